// SPDX-License-Identifier: GPL-3.0-or-later
// kolam-poolview: keeps an eye on pools. Reads options, builds feed and window, turns the loop.
#include "gui/common/identity.h"
#include "gui/common/language.h"
#include "gui/feeds/core_feed.h"
#include "gui/feeds/lab_client.h"
#include "gui/feeds/screenshot_taker.h"
#include "gui/feeds/watch_program.h"
#include "gui/poolview/audit_log.h"
#include "gui/poolview/notifier.h"
#include "gui/poolview/options.h"
#include "gui/poolview/pool_view_window.h"

#include <QApplication>
#include <QSettings>

using namespace kolam;
using namespace kolam::gui;

int main(int argc, char* argv[]) {
    QCoreApplication::setOrganizationName(QStringLiteral("kolam"));
    QCoreApplication::setApplicationName(QStringLiteral("kolam-poolview"));
    QCoreApplication::setApplicationVersion(QStringLiteral(KOLAM_VERSION));
    const QStringList arguments = argumentsOf(argc, argv);
    const LanguageChoice language = chosenLanguage(arguments);
    const auto options = [&] { // before there is a display: --help needs none
        QCoreApplication words(argc, argv);
        const Translations translations(language);
        return parsePoolViewOptions(arguments);
    }();
    if (!options) {
        return tellEnd(options.error());
    }
    prepareProcess(*options);
    QApplication application(argc, argv);
    const Translations translations(language);
    QApplication::setApplicationDisplayName(QStringLiteral("Kolam"));
    introduce(QStringLiteral("kolam-poolview"));
    QSettings settings;
    if (options->resetSettings) {
        settings.clear();
    }
    applyWantedTheme(application, *options, settings);
    const std::unique_ptr<Feed> feed = makeFeed(*options);
    DesktopNotifier notifier;
    const bool tells = feed->isLive() && !options->headless; // the past is no news
    std::unique_ptr<LabClient> lab;
    if (!options->control.isEmpty()) {
        lab = std::make_unique<LabClient>(options->control);
    }
    AuditLog log(options->auditLog);
    PoolViewWindow window(*feed, {.useSettings = !options->headless,
                                  .clock = {},
                                  .notifier = tells ? &notifier : nullptr,
                                  .control = {.allowed = options->allowControl, .log = &log, .lab = lab.get()}});
    if (!options->view.isEmpty()) {
        window.showView(options->view);
    }
    if (options->select) {
        window.selectLater(*options->select);
    }
    if (options->size) {
        window.resize(*options->size);
    } else if (options->headless || !settings.contains(QStringLiteral("poolview/geometry"))) {
        window.resize(1500, 900);
    }
    if (const auto* const core = qobject_cast<CoreFeed*>(feed.get())) {
        QObject::connect(core, &CoreFeed::signalled, &window, &QWidget::close);
    }
    QObject::connect(&window, &PoolViewWindow::closed, &application, &QCoreApplication::quit);
    std::optional<ScreenshotTaker> taker;
    if (!options->screenshot.isEmpty()) {
        taker.emplace(window, *feed, window.playback(), [&window] { window.refresh(); }, *options);
    }
    window.show();
    QApplication::exec();
    return taker ? taker->exitCode() : 0;
}
