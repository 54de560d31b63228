// SPDX-License-Identifier: GPL-3.0-or-later
// kolam-monitor: watches pools. Reads options, builds feed, lab's hand and window, turns the loop.
#include "gui/common/identity.h"
#include "gui/common/language.h"
#include "gui/feeds/core_feed.h"
#include "gui/feeds/lab_client.h"
#include "gui/feeds/scenario_lab.h"
#include "gui/feeds/screenshot_taker.h"
#include "gui/feeds/watch_program.h"
#include "gui/monitor/charts_panel.h"
#include "gui/monitor/lesson_pilot.h"
#include "gui/monitor/lesson_shelf.h"
#include "gui/monitor/map_places.h"
#include "gui/monitor/monitor_actions.h"
#include "gui/monitor/monitor_window.h"
#include "gui/monitor/options.h"

#include <QApplication>
#include <QDir>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>

using namespace kolam;
using namespace kolam::gui;

namespace {

const QString scenarioCopy = QStringLiteral("scenario.rsdemo");

/// A scenario that is played in this window, and the folder of its logs, which goes with the window.
struct Stage {
    lab::Scenario scenario;
    std::unique_ptr<QTemporaryDir> folder;
};

std::expected<Stage, QString> setStage(const QString& path) {
    auto scenario = readScenarioFile(path);
    if (!scenario) {
        return std::unexpected(scenario.error());
    }
    const QString runtime = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    auto folder = std::make_unique<QTemporaryDir>((runtime.isEmpty() ? QDir::tempPath() : runtime) +
                                                  QStringLiteral("/kolam-lab-XXXXXX"));
    if (const QString trouble = copyScenario(path, folder->filePath(scenarioCopy)); !trouble.isEmpty()) {
        return std::unexpected(trouble);
    }
    return Stage{*std::move(scenario), std::move(folder)};
}

} // namespace

int main(int argc, char* argv[]) {
    QCoreApplication::setOrganizationName(QStringLiteral("kolam"));
    QCoreApplication::setApplicationName(QStringLiteral("kolam-monitor"));
    QCoreApplication::setApplicationVersion(QStringLiteral(KOLAM_VERSION));
    const QStringList arguments = argumentsOf(argc, argv);
    const LanguageChoice language = chosenLanguage(arguments);
    auto options = [&] { // before there is a display: --help needs none
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
    std::optional<Stage> stage;
    if (!options->scenario.isEmpty()) {
        auto set = setStage(options->scenario);
        if (!set) {
            return tellEnd({set.error() + u'.', true});
        }
        stage = std::move(*set);
        options->scope = QStringLiteral("lab-%1").arg(QCoreApplication::applicationPid());
    }
    const std::unique_ptr<Feed> feed = makeFeed(*options);
    std::unique_ptr<LabClient> lab;
    if (stage) {
        const auto descriptor = startLab({.programs = QCoreApplication::applicationDirPath(),
                                          .scenario = stage->folder->filePath(scenarioCopy),
                                          .logs = stage->folder->path(),
                                          .scope = options->scope,
                                          .byHand = !stage->scenario.lesson.empty(),
                                          .windows = !options->headless});
        if (!descriptor) {
            return tellEnd({descriptor.error() + u'.', true});
        }
        lab = std::make_unique<LabClient>(*descriptor, stage->folder->path());
    } else if (!options->control.isEmpty()) {
        lab = std::make_unique<LabClient>(options->control);
    }
    MonitorWindow window(
        *feed, lab.get(),
        {.useSettings = !options->headless,
         .placesKey = placesKey(options->scope, options->scenario + options->replay)}); // one of them at most
    if (stage) {
        window.teach(stage->scenario, *lab);
    }
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
            window, *feed, window.playback(),
            [&window] {
                window.refresh();
                window.charts().refresh();
            },
            *options);
    }
    std::optional<LessonPilot> pilot;
    if (options->headless && window.lesson().isOn()) {
        pilot.emplace(window.lesson());
    }
    window.show();
    QApplication::exec();
    return taker ? taker->exitCode() : 0;
}
