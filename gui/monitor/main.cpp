// SPDX-License-Identifier: GPL-3.0-or-later
// kolam-monitor: watches pools. Reads options, builds feed, lab's hand and window, turns the loop.
#include "gui/common/identity.h"
#include "gui/common/language.h"
#include "gui/feeds/core_feed.h"
#include "gui/feeds/lab_client.h"
#include "gui/feeds/screenshot_taker.h"
#include "gui/feeds/watch_program.h"
#include "gui/monitor/charts_panel.h"
#include "gui/monitor/monitor_actions.h"
#include "gui/monitor/monitor_window.h"
#include "gui/monitor/options.h"

#include <QApplication>
#include <QSettings>

using namespace kolam;
using namespace kolam::gui;

int main(int argc, char* argv[]) {
    QCoreApplication::setOrganizationName(QStringLiteral("kolam"));
    QCoreApplication::setApplicationName(QStringLiteral("kolam-monitor"));
    QCoreApplication::setApplicationVersion(QStringLiteral(KOLAM_VERSION));
    const QStringList arguments = argumentsOf(argc, argv);
    const LanguageChoice language = chosenLanguage(arguments);
    const auto options = [&] { // before there is a display: --help needs none
        QCoreApplication words(argc, argv);
        const Translations translations(language);
        return parseMonitorOptions(arguments);
    }();
    if (!options) {
        return tellEnd(options.error());
    }
    prepareProcess(*options);
    QApplication application(argc, argv);
    const Translations translations(language);
    QApplication::setApplicationDisplayName(QStringLiteral("Kolam"));
    introduce(QStringLiteral("kolam-monitor"));
    QSettings settings;
    if (options->resetSettings) {
        settings.clear();
    }
    applyWantedTheme(application, *options, settings);
    const std::unique_ptr<Feed> feed = makeFeed(*options);
    std::unique_ptr<LabClient> lab;
    if (!options->control.isEmpty()) {
        lab = std::make_unique<LabClient>(options->control);
    }
    MonitorWindow window(*feed, lab.get(), {.useSettings = !options->headless});
    if (options->layout) {
        window.actions().layouts[static_cast<int>(*options->layout)]->trigger();
    }
    if (options->size) {
        window.resize(*options->size);
    } else if (options->headless || !settings.contains(QStringLiteral("monitor/geometry"))) {
        window.resize(1600, 1000);
    }
    if (const auto* const core = qobject_cast<CoreFeed*>(feed.get())) {
        QObject::connect(core, &CoreFeed::signalled, &window, &QWidget::close);
    }
    QObject::connect(&window, &MonitorWindow::closed, &application, &QCoreApplication::quit);
    std::optional<ScreenshotTaker> taker;
    if (!options->screenshot.isEmpty()) {
        taker.emplace(
            window, window.playback(),
            [&window] {
                window.refresh();
                window.charts().refresh();
            },
            *options);
    }
    window.show();
    QApplication::exec();
    return taker ? taker->exitCode() : 0;
}
