// SPDX-License-Identifier: GPL-3.0-or-later
// kolam-monitor: watches pools. Reads options, builds feed, lab's hand and window, turns the loop.
#include "core/telemetry/observer_folder.h"
#include "gui/common/english_plurals.h"
#include "gui/monitor/core_feed.h"
#include "gui/monitor/exports.h"
#include "gui/monitor/lab_client.h"
#include "gui/monitor/monitor_actions.h"
#include "gui/monitor/monitor_window.h"
#include "gui/monitor/options.h"
#include "gui/monitor/recording_feed.h"
#include "gui/monitor/screenshot_taker.h"
#include "programs/common/signals.h"

#include <QApplication>
#include <QSettings>
#include <cstdio>

using namespace kolam;
using namespace kolam::gui;

namespace {

std::unique_ptr<Feed> makeFeed(const MonitorOptions& options) {
    if (!options.replay.isEmpty()) {
        return std::make_unique<RecordingFeed>(options.replay);
    }
    return std::make_unique<CoreFeed>(CoreFeed::Config{.folder = telemetry::observerFolder(options.scope.toStdString()),
                                                       .scope = options.scope,
                                                       .csp = options.csp,
                                                       .messages = true,
                                                       .record = options.record.toStdString()});
}

} // namespace

int main(int argc, char* argv[]) {
    QStringList arguments;
    for (int index = 0; index < argc; ++index) {
        arguments.append(QString::fromLocal8Bit(argv[index]));
    }
    QCoreApplication::setOrganizationName(QStringLiteral("kolam"));
    QCoreApplication::setApplicationName(QStringLiteral("kolam-monitor"));
    QCoreApplication::setApplicationVersion(QStringLiteral(KOLAM_VERSION));
    const auto options = parseMonitorOptions(arguments); // before there is a display: --help needs none
    if (!options) {
        std::fputs(qPrintable(options.error().text), options.error().isError ? stderr : stdout);
        if (options.error().isError) {
            std::fputs("\n\"kolam-monitor --help\" lists all options.\n", stderr);
        }
        return options.error().isError ? 2 : 0;
    }
    if (options->replay.isEmpty()) {
        programs::blockSignals(); // before the first thread; the feed takes them
    }
    if (options->headless) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    QApplication application(argc, argv);
    EnglishPlurals plurals;
    QCoreApplication::installTranslator(&plurals);
    QApplication::setApplicationDisplayName(QStringLiteral("Kolam"));
    QSettings settings;
    if (options->resetSettings) {
        settings.clear();
    }
    const QString theme = options->theme.isEmpty() && !options->headless
                              ? settings.value(QStringLiteral("theme")).toString()
                              : options->theme;
    applyTheme(application, themeFromName(theme, options->headless ? Theme::Dark : themeOfDesktop()));

    const std::unique_ptr<Feed> feed = makeFeed(*options);
    QObject::connect(feed.get(), &Feed::failed, [](const QString& why) {
        std::fprintf(stderr, "kolam-monitor: %s\n", qPrintable(why)); // also for those who see no window
    });
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
        taker.emplace(window, *options);
    }
    window.show();
    QApplication::exec();
    return taker ? taker->exitCode() : 0;
}
