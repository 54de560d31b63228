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
#include <QProcess>
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
    /// One registrar, at a port of its own, which is told to elements and users.
    QString registrar() {
        QProcess& process =
            start(KOLAM_REGISTRAR, {QStringLiteral("--id"), QStringLiteral("0x7"), QStringLiteral("--asap"),
                                    QStringLiteral("127.0.0.1:0"), QStringLiteral("--no-enrp"),
                                    QStringLiteral("--announce"), QStringLiteral("off")});
        QByteArray said;
        const QRegularExpression where(QStringLiteral("serves ASAP at (\\S+) over"));
        while (!where.match(QString::fromUtf8(said)).hasMatch() && process.waitForReadyRead(patience)) {
            said += process.readAllStandardOutput();
        }
        return where.match(QString::fromUtf8(said)).captured(1);
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
            scene.start(KOLAM_COMMAND, {QStringLiteral("serve"), QStringLiteral("pingpong"), QStringLiteral("--id"),
                                        QString::fromLatin1(id), QStringLiteral("--registrar"), registrar});
        }
        scene.start(KOLAM_COMMAND, {QStringLiteral("ping"), QStringLiteral("--registrar"), registrar});
        AuditLog log(scene.folder.filePath(QStringLiteral("audit.jsonl")));
        CoreFeed feed({.folder = telemetry::observerFolder("test"),
                       .scope = QStringLiteral("test"),
                       .csp = {},
                       .record = {},
                       .history = scene.folder.filePath(QStringLiteral("history")).toStdString()});
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
