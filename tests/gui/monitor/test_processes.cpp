// SPDX-License-Identifier: GPL-3.0-or-later
// The monitor with real processes: a registrar appears by itself, is killed and frozen, and the map says so; what was
// recorded shows the same again. How long it takes is printed; limits are for hangs only.
#include "core/telemetry/observer_folder.h"
#include "gui/common/english_plurals.h"
#include "gui/common/sentences.h"
#include "gui/feeds/core_feed.h"
#include "gui/feeds/recording_feed.h"
#include "gui/monitor/monitor_actions.h"
#include "gui/monitor/monitor_window.h"
#include "gui/monitor/samples.h"
#include "gui/monitor/topology_view.h"
#include "programs/common/signals.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <csignal>
#include <memory>

using namespace kolam;
using namespace kolam::gui;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 20'000; // milliseconds, of a loaded machine

struct Scene {
    QTemporaryDir folder;
    QProcess registrar;
    QByteArray said; // by it

    explicit Scene() {
        qputenv("XDG_RUNTIME_DIR", folder.path().toLocal8Bit());
        start();
    }
    ~Scene() {
        registrar.kill();
        registrar.waitForFinished();
    }
    void start() {
        registrar.setProcessChannelMode(QProcess::MergedChannels);
        registrar.start(QStringLiteral(KOLAM_REGISTRAR),
                        {QStringLiteral("--id"), QStringLiteral("0x7"), QStringLiteral("--asap"),
                         QStringLiteral("127.0.0.1:0"), QStringLiteral("--no-enrp"), QStringLiteral("--announce"),
                         QStringLiteral("off"), QStringLiteral("--transport"), QStringLiteral("user"),
                         QStringLiteral("--scope"), QStringLiteral("test")});
        QVERIFY(registrar.waitForStarted());
    }
    /// Where the registrar serves elements and users.
    QString asap() {
        const QRegularExpression where(QStringLiteral("serves ASAP at (\\S+) over"));
        while (!where.match(QString::fromUtf8(said)).hasMatch() && registrar.waitForReadyRead(patience)) {
            said += registrar.readAllStandardOutput();
        }
        return where.match(QString::fromUtf8(said)).captured(1);
    }
    [[nodiscard]] CoreFeed::Config source() const {
        return {.folder = telemetry::observerFolder("test"),
                .scope = QStringLiteral("test"),
                .csp = {},
                .enrp = {},
                .record = folder.filePath(QStringLiteral("run")).toStdString()};
    }
};

ElementState shownState(MonitorWindow& window) {
    const Topology& map = window.map().topology();
    const int node = map.find(registrarNode(ServerId{7}));
    return node < 0 ? ElementState::Unknown : map.nodes[static_cast<std::size_t>(node)].state;
}

/// What map, lists and charts say differently of the moment that is shown; empty: nothing.
QString disagreement(MonitorWindow& window) {
    const Model& model = window.playback().model();
    for (const TopologyNode& node : window.map().topology().nodes) {
        const Row* const row = window.components().rowAt(window.components().find(node.id));
        if (row == nullptr || row->state != node.state || node.state != stateOf(model, node.id)) {
            return QStringLiteral("map and list about ") + node.name;
        }
    }
    const auto shown = window.map().topology().nodes.size();
    std::size_t listed = 0;
    for (const Row& group : window.components().rows()) {
        listed += group.children.size();
    }
    if (listed != shown) {
        return QStringLiteral("map and list about how many there are");
    }
    const Playback& playback = window.playback();
    const Samples samples = samplesOf(playback.history(), playback.position(), playback.time(), 3600s, 400);
    if (static_cast<std::uint64_t>(samples.sessions.points.back().y()) != model.sessionCount() ||
        model.sessionCount() != window.sessions().rows().size()) {
        return QStringLiteral("charts and list about sessions");
    }
    std::map<QString, double> loads;
    for (const auto& [id, component] : model.components()) {
        if (component.load && telemetry::roleOf(id) == telemetry::Role::Element) {
            loads[nameOf(id)] = component.load->load * 100;
        }
    }
    for (const Line& line : samples.load) {
        const auto own = loads.find(line.name);
        if (std::abs(line.points.back().y() - (own == loads.end() ? 0 : own->second)) > 0.01) {
            return QStringLiteral("chart and inspector about the load of ") + line.name;
        }
        loads.erase(line.name);
    }
    if (!loads.empty()) {
        return QStringLiteral("the chart about the load of ") + loads.begin()->first;
    }
    if (window.failovers().rows().size() !=
        distributionOf(model).took.size() + static_cast<std::size_t>(std::ranges::count_if(
                                                model.failovers(), [](const auto& one) { return !one.took; }))) {
        return QStringLiteral("chart and list about failovers");
    }
    return {};
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
    /// The acceptance of issue 7: what was seen live is seen again, and at every moment of it map, lists and charts say
    /// the same.
    void givenARecordingOfARealFailover_whenScrubbed_thenMapListsAndChartsAgreeEverywhere() {
        Scene scene;
        std::vector<std::unique_ptr<QProcess>> others;
        const auto start = [&](QStringList arguments) {
            arguments << QStringLiteral("--registrar") << scene.asap() << QStringLiteral("--transport")
                      << QStringLiteral("user") << QStringLiteral("--scope") << QStringLiteral("test");
            others.push_back(std::make_unique<QProcess>());
            others.back()->start(QStringLiteral(KOLAM_COMMAND), arguments);
            QVERIFY(others.back()->waitForStarted());
        };
        std::uint64_t lived = 0;
        {
            CoreFeed::Config config = scene.source();
            config.messages = false; // of which a window hears a part only
            CoreFeed feed(config);
            MonitorWindow window(feed, nullptr, {.useSettings = false});
            window.actions().messages->setChecked(false);
            const auto model = [&]() -> const Model& { return window.playback().model(); };
            for (const char* const id : {"0x101", "0x102"}) {
                start({QStringLiteral("serve"), QStringLiteral("pingpong"), QStringLiteral("--id"),
                       QString::fromLatin1(id)});
            }
            QTRY_COMPARE_WITH_TIMEOUT(model().elements().size(), std::size_t{2}, patience);
            start({QStringLiteral("ping")});
            const auto serving = [&]() -> std::optional<NodeId> {
                for (const auto& [node, element] : model().elements()) {
                    if (model().sessionsWith(node) > 0) {
                        return node;
                    }
                }
                return std::nullopt;
            };
            QTRY_VERIFY_WITH_TIMEOUT(serving().has_value(), patience);
            others[serving()->component == telemetry::componentId(PeIdentifier{0x101}) ? 0 : 1]->kill();
            QTRY_COMPARE_WITH_TIMEOUT(model().failovers().size(), std::size_t{1}, patience);
            QTRY_VERIFY_WITH_TIMEOUT(model().failovers().front().took.has_value(), patience);
            for (auto process = others.rbegin(); process != others.rend(); ++process) {
                (*process)->terminate();
                (*process)->waitForFinished();
            }
            scene.registrar.terminate();
            const auto here = [](const auto& entry) { return entry.second.presence == Presence::Here; };
            QTRY_VERIFY_WITH_TIMEOUT(std::ranges::none_of(model().components(), here), patience);
            lived = hashOf(window.playback().history().live());
        }
        RecordingFeed recorded(scene.folder.filePath(QStringLiteral("run.kolam.pcapng")));
        MonitorWindow window(recorded, nullptr, {.useSettings = false});
        bool ended = false;
        connect(&recorded, &RecordingFeed::ended, this, [&] { ended = true; });
        QTRY_VERIFY_WITH_TIMEOUT(ended, patience);
        const EventHistory& history = window.playback().history();
        QCOMPARE(hashOf(history.live()), lived);
        Model told; // from the beginning, event by event
        for (Position at = history.begin(); at <= history.end(); ++at) {
            window.playback().seekPosition(at);
            window.refresh();
            QCOMPARE(hashOf(window.playback().model()), hashOf(told));
            const QString trouble = disagreement(window);
            QVERIFY2(trouble.isEmpty(), qPrintable(QStringLiteral("%1: %2").arg(at).arg(trouble)));
            if (at < history.end()) {
                told.take(history.at(at));
            }
        }
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
