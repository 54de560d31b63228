// SPDX-License-Identifier: GPL-3.0-or-later
// The pool view with real processes: registrars and elements appear by themselves; sessions are closed and fail over;
// an element is drained and leaves; registrars that are stopped are missed. Limits are for hangs only.
#include "core/telemetry/observer_folder.h"
#include "gui/common/english_plurals.h"
#include "gui/feeds/core_feed.h"
#include "gui/poolview/audit_log.h"
#include "gui/poolview/header_bar.h"
#include "gui/poolview/pool_view_window.h"
#include "programs/common/signals.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QtTest>
#include <memory>
#include <vector>

using namespace kolam;
using namespace kolam::gui;

namespace {

constexpr int patience = 30'000; // milliseconds, of a loaded machine

struct Scene {
    QTemporaryDir folder;
    std::vector<std::unique_ptr<QProcess>> processes;

    Scene() { qputenv("XDG_RUNTIME_DIR", folder.path().toLocal8Bit()); }
    ~Scene() {
        for (const auto& process : processes) {
            process->kill();
            process->waitForFinished();
        }
    }
    QProcess& start(const char* program, QStringList arguments) {
        arguments << QStringLiteral("--transport") << QStringLiteral("user") << QStringLiteral("--scope")
                  << QStringLiteral("test");
        processes.push_back(std::make_unique<QProcess>());
        processes.back()->setProcessChannelMode(QProcess::MergedChannels);
        processes.back()->start(QString::fromLocal8Bit(program), arguments);
        if (!processes.back()->waitForStarted()) {
            qFatal("a program cannot be started");
        }
        return *processes.back();
    }
    /// A registrar at a port of its own, which is told to elements and users.
    /// @param group  where it meets others; 0: it is alone
    QString registrar(const char* id = "0x7", quint16 group = 0) {
        QStringList arguments{QStringLiteral("--id"),        QString::fromLatin1(id),      QStringLiteral("--asap"),
                              QStringLiteral("127.0.0.1:0"), QStringLiteral("--announce"), QStringLiteral("off"),
                              QStringLiteral("--profile"),   QStringLiteral("demo")};
        if (group == 0) {
            arguments << QStringLiteral("--no-enrp");
        } else {
            arguments << QStringLiteral("--enrp") << QStringLiteral("127.0.0.1:0") << QStringLiteral("--enrp-group")
                      << QStringLiteral("239.0.0.51:%1").arg(group);
        }
        QProcess& process = start(KOLAM_REGISTRAR, arguments);
        QByteArray said;
        const QRegularExpression where(QStringLiteral("serves ASAP at (\\S+) over"));
        while (!where.match(QString::fromUtf8(said)).hasMatch() && process.waitForReadyRead(patience)) {
            said += process.readAllStandardOutput();
        }
        return where.match(QString::fromUtf8(said)).captured(1);
    }
    void element(const char* id, const QString& registrar) {
        start(KOLAM_COMMAND, {QStringLiteral("serve"), QStringLiteral("pingpong"), QStringLiteral("--id"),
                              QString::fromLatin1(id), QStringLiteral("--registrar"), registrar});
    }
    [[nodiscard]] CoreFeed::Config source() const {
        return {.folder = telemetry::observerFolder("test"),
                .scope = QStringLiteral("test"),
                .csp = {},
                .enrp = {},
                .record = {},
                .history = folder.filePath(QStringLiteral("history")).toStdString()};
    }
};

int countOf(const Model& model, ElementState state) {
    int count = 0;
    for (const auto& [node, element] : model.elements()) {
        count += stateOf(model, node) == state ? 1 : 0;
    }
    return count;
}

} // namespace

class TestPoolViewProcesses : public QObject {
    Q_OBJECT
private slots:
    void givenAPool_whenOperated_thenSessionsFailOverAndElementsLeave() {
        Scene scene;
        const QString registrar = scene.registrar();
        QVERIFY(!registrar.isEmpty());
        for (const char* const id : {"0x101", "0x102"}) {
            scene.element(id, registrar);
        }
        scene.start(KOLAM_COMMAND, {QStringLiteral("ping"), QStringLiteral("--registrar"), registrar});
        AuditLog log(scene.folder.filePath(QStringLiteral("audit.jsonl")));
        CoreFeed feed(scene.source());
        PoolViewWindow window(feed, {.useSettings = false,
                                     .clock = {},
                                     .notifier = nullptr,
                                     .control = {.allowed = true, .log = &log, .lab = nullptr}});
        window.show();
        const auto model = [&]() -> const Model& { return window.playback().model(); };
        QTRY_COMPARE_WITH_TIMEOUT(countOf(model(), ElementState::Up), 2, patience);
        QTRY_VERIFY_WITH_TIMEOUT(window.header().agreement().startsWith(QStringLiteral("One registrar (checksum ")),
                                 patience);
        const auto serving = [&]() -> std::optional<NodeId> {
            for (const auto& [node, element] : model().elements()) {
                if (model().sessionsWith(node) > 0) {
                    return node;
                }
            }
            return std::nullopt;
        };
        QTRY_VERIFY_WITH_TIMEOUT(serving().has_value(), patience);
        QVERIFY(window.operations().run(model(), {*serving()}, Operation::CloseSessions, {}));
        QTRY_COMPARE_WITH_TIMEOUT(model().failovers().size(), std::size_t{1}, patience);
        QTRY_VERIFY_WITH_TIMEOUT(model().failovers().front().took.has_value(), patience);
        QCOMPARE(countOf(model(), ElementState::Up), 2); // nobody has left
        QTRY_VERIFY_WITH_TIMEOUT(serving().has_value(), patience);
        const NodeId idle = *serving() == elementNode(serving()->pool, PeIdentifier{0x101})
                                ? elementNode(serving()->pool, PeIdentifier{0x102})
                                : elementNode(serving()->pool, PeIdentifier{0x101});
        const auto known = [&] { return model().element(idle)->listedBy.size(); };
        QVERIFY(window.operations().run(model(), {idle}, Operation::Maintenance, {}));
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(model(), idle), ElementState::Draining, patience);
        QTRY_COMPARE_WITH_TIMEOUT(known(), std::size_t{0}, patience); // nobody is sent to it
        QVERIFY(window.operations().run(model(), {idle}, Operation::ServeAgain, {}));
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(model(), idle), ElementState::Up, patience);
        QTRY_COMPARE_WITH_TIMEOUT(known(), std::size_t{1}, patience);
        // Out of maintenance it can be drained, too.
        QVERIFY(window.operations().run(model(), {idle}, Operation::Maintenance, {}));
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(model(), idle), ElementState::Draining, patience);
        QTRY_COMPARE_WITH_TIMEOUT(known(), std::size_t{0}, patience);
        QVERIFY(window.operations().run(model(), {idle}, Operation::Drain, {}));
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(model(), idle), ElementState::Left, patience);
        // The one that is left is the last one.
        QVERIFY(!window.operations().run(model(), {*serving()}, Operation::Stop, {}));
        QFile file(log.path());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray written = file.readAll();
        // All of it is on the disk, too, and can be found there.
        telemetry::EventQuery query;
        query.object = idle.component;
        query.kind = telemetry::EventBody{telemetry::ComponentFinal{}}.index();
        quint64 count = 0;
        connect(&feed, &Feed::found, this,
                [&](const auto& events, quint64 all) { count = std::min<quint64>(all, events.size()); });
        feed.find(query);
        QTRY_COMPARE_WITH_TIMEOUT(count, quint64{1}, patience);
        QVERIFY(written.contains("\"close_sessions\"") && written.contains("\"done\"") && written.contains("refused"));
    }
    /// The acceptance of issue 8. A heartbeat is what the feed gives while components are connected, twice a second.
    void givenRegistrarsThatAreCutOff_whenOneLearnsOfAnElement_thenTheyDifferBeforeTheNextHeartbeat() {
        Scene scene;
        const auto group = static_cast<quint16>(20'000 + QRandomGenerator::global()->bounded(20'000));
        const QString one = scene.registrar("0x1", group);
        scene.registrar("0x2", group);
        scene.element("0x101", one);
        CoreFeed feed(scene.source());
        PoolViewWindow window(feed, {.useSettings = false, .clock = {}, .notifier = nullptr, .control = {}});
        window.show();
        const auto says = [&](const char* words) {
            return window.header().agreement().startsWith(QString::fromLatin1(words));
        };
        QTRY_VERIFY_WITH_TIMEOUT(
            says("2 registrars agree") && countOf(window.playback().model(), ElementState::Up) == 1, patience);
        const telemetry::ComponentId two = telemetry::componentId(ServerId{2});
        feed.command(two, telemetry::FaultCommand{.kind = telemetry::FaultKind::Partition, .peers = {}});
        QTRY_VERIFY_WITH_TIMEOUT(!window.playback().model().component(two)->faults.empty(), patience);
        QElapsedTimer clock;
        int beats = 0;
        connect(&feed, &Feed::heard, this, [&](const std::vector<telemetry::Event>& events) {
            for (const telemetry::Event& event : events) {
                const auto* const listed = std::get_if<telemetry::ElementRegistered>(&event.body);
                if (listed != nullptr && listed->facts.element == PeIdentifier{0x102}) {
                    clock.start();
                }
            }
        });
        connect(&feed, &Feed::alive, this,
                [&] { beats += clock.isValid() && !says("Registrars differ about 1 element") ? 1 : 0; });
        scene.element("0x102", one);
        QTRY_VERIFY_WITH_TIMEOUT(says("Registrars differ about 1 element"), patience);
        qInfo("disagreement: shown %lld ms after it was heard of, heartbeats between: %d",
              static_cast<long long>(clock.elapsed()), beats);
        QVERIFY(beats <= 1);
        feed.command(two, telemetry::HealCommand{});
        clock.start();
        QTRY_VERIFY_WITH_TIMEOUT(says("2 registrars agree"), patience);
        qInfo("agreement: shown %lld ms after the network was healed", static_cast<long long>(clock.elapsed()));
    }
};

int main(int argc, char** argv) {
    programs::blockSignals(); // as the program does
    QApplication application(argc, argv);
    EnglishPlurals plurals;
    QCoreApplication::installTranslator(&plurals);
    TestPoolViewProcesses test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_processes.moc"
