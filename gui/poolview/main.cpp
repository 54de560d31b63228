// SPDX-License-Identifier: GPL-3.0-or-later
// kolam-poolview: keeps an eye on pools. Reads options, builds feed and window, turns the loop.
#include "gui/common/english_plurals.h"
#include "gui/feeds/core_feed.h"
#include "gui/feeds/screenshot_taker.h"
#include "gui/feeds/watch_program.h"
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
    // Before there is a display: --help needs none.
    const auto options = parsePoolViewOptions(argumentsOf(argc, argv));
    if (!options) {
        return tellEnd(options.error());
    }
    prepareProcess(*options);
    QApplication application(argc, argv);
    EnglishPlurals plurals;
    QCoreApplication::installTranslator(&plurals);
    QApplication::setApplicationDisplayName(QStringLiteral("Kolam"));
    QSettings settings;
    if (options->resetSettings) {
        settings.clear();
    }
    applyWantedTheme(application, *options, settings);
    const std::unique_ptr<Feed> feed = makeFeed(*options);
    PoolViewWindow window(*feed, {.useSettings = !options->headless, .clock = {}});
    if (!options->view.isEmpty()) {
        window.showView(options->view);
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
        taker.emplace(window, window.playback(), [&window] { window.refresh(); }, *options);
    }
    window.show();
    QApplication::exec();
    return taker ? taker->exitCode() : 0;
}
