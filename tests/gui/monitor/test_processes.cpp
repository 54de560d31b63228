// SPDX-License-Identifier: GPL-3.0-or-later
// The monitor with real processes: a registrar appears by itself, is killed and frozen, and the map says so; what was
// recorded shows the same again. How long it takes is printed; limits are for hangs only.
#include "core/telemetry/observer_folder.h"
#include "gui/common/english_plurals.h"
#include "gui/feeds/core_feed.h"
#include "gui/feeds/recording_feed.h"
#include "gui/monitor/monitor_window.h"
#include "gui/monitor/topology_view.h"
#include "programs/common/signals.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>
#include <csignal>

using namespace kolam;
using namespace kolam::gui;

namespace {

constexpr int patience = 20'000; // milliseconds, of a loaded machine

struct Scene {
    QTemporaryDir folder;
    QProcess registrar;

    explicit Scene() {
        qputenv("XDG_RUNTIME_DIR", folder.path().toLocal8Bit());
        start();
    }
    ~Scene() {
        registrar.kill();
        registrar.waitForFinished();
    }
    void start() {
        registrar.start(QStringLiteral(KOLAM_REGISTRAR),
                        {QStringLiteral("--id"), QStringLiteral("0x7"), QStringLiteral("--asap"),
                         QStringLiteral("127.0.0.1:0"), QStringLiteral("--no-enrp"), QStringLiteral("--announce"),
                         QStringLiteral("off"), QStringLiteral("--transport"), QStringLiteral("user"),
                         QStringLiteral("--scope"), QStringLiteral("test")});
        QVERIFY(registrar.waitForStarted());
    }
    [[nodiscard]] CoreFeed::Config source() const {
        return {.folder = telemetry::observerFolder("test"),
                .scope = QStringLiteral("test"),
                .csp = {},
                .record = folder.filePath(QStringLiteral("run")).toStdString()};
    }
};

ElementState shownState(MonitorWindow& window) {
    const Topology& map = window.map().topology();
    const int node = map.find(registrarNode(ServerId{7}));
    return node < 0 ? ElementState::Unknown : map.nodes[static_cast<std::size_t>(node)].state;
}

} // namespace

class TestMonitorProcesses : public QObject {
    Q_OBJECT
private slots:
    void givenARegistrar_whenFrozenThawedAndKilled_thenTheMapSaysSoAndARecordingAgain() {
        Scene scene;
        std::uint64_t lived = 0;
        {
            CoreFeed feed(scene.source());
            MonitorWindow window(feed, nullptr, {.useSettings = false});
            window.show();
            QTRY_COMPARE_WITH_TIMEOUT(shownState(window), ElementState::Up, patience);
            QElapsedTimer clock;
            const auto process = static_cast<pid_t>(scene.registrar.processId());
            clock.start();
            ::kill(process, SIGSTOP);
            QTRY_COMPARE_WITH_TIMEOUT(shownState(window), ElementState::Frozen, patience);
            qInfo("frozen: shown after %lld ms", static_cast<long long>(clock.elapsed()));
            ::kill(process, SIGCONT);
            QTRY_COMPARE_WITH_TIMEOUT(shownState(window), ElementState::Up, patience);
            clock.start();
            ::kill(process, SIGKILL);
            QTRY_COMPARE_WITH_TIMEOUT(shownState(window), ElementState::Crashed, patience);
            qInfo("killed: shown after %lld ms", static_cast<long long>(clock.elapsed()));
            scene.registrar.waitForFinished();
            scene.start(); // the same identifier: it is the same component
            QTRY_COMPARE_WITH_TIMEOUT(shownState(window), ElementState::Up, patience);
            scene.registrar.terminate(); // with a farewell
            QTRY_COMPARE_WITH_TIMEOUT(shownState(window), ElementState::Left, patience);
            lived = window.playback().model().events();
        }
        RecordingFeed recorded(scene.folder.filePath(QStringLiteral("run.kolam.pcapng")));
        MonitorWindow window(recorded, nullptr, {.useSettings = false});
        // Queued behind what the feed's thread has told before; a spy would hear it at once, in that thread.
        bool ended = false;
        connect(&recorded, &RecordingFeed::ended, this, [&] { ended = true; });
        QTRY_VERIFY_WITH_TIMEOUT(ended, patience);
        window.refresh();
        QCOMPARE(shownState(window), ElementState::Left);
        QVERIFY(window.playback().model().events() >= lived);
        int crashes = 0;
        for (Position at = window.playback().history().begin(); at < window.playback().history().end(); ++at) {
            crashes +=
                std::holds_alternative<telemetry::ComponentDown>(window.playback().history().at(at).body) ? 1 : 0;
        }
        QCOMPARE(crashes, 2); // frozen once, killed once
    }
};

int main(int argc, char** argv) {
    programs::blockSignals(); // as the program does
    QApplication application(argc, argv);
    EnglishPlurals plurals;
    QCoreApplication::installTranslator(&plurals);
    TestMonitorProcesses test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_processes.moc"
