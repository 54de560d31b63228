// SPDX-License-Identifier: GPL-3.0-or-later
// What operators do: only where it is allowed and possible, never the last one by mistake, and always written down.
#include "gui/common/english_plurals.h"
#include "gui/feeds/lab_client.h"
#include "gui/poolview/audit_log.h"
#include "gui/poolview/operation_dialog.h"
#include "gui/poolview/options.h"
#include "gui/poolview/pool_view_actions.h"
#include "gui/poolview/table_page.h"
#include "tests/gui/common/fake_lab.h"
#include "tests/gui/poolview/pool_view_stage.h"

#include <QApplication>
#include <QDialogButtonBox>
#include <QFile>
#include <QJsonDocument>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>

using namespace kolam;
using namespace kolam::gui;
using namespace kolam::telemetry;

namespace {

struct Control {
    QTemporaryDir folder;
    AuditLog log{folder.filePath(QStringLiteral("sub/audit.jsonl"))};
    FakeFeed feed;
    EventStory story;
    Model model;
    Operations operations;
    QStringList failures;

    explicit Control(bool allowed = true, LabClient* lab = nullptr)
        : operations(feed, {.allowed = allowed, .log = &log, .lab = lab}) {
        QObject::connect(&operations, &Operations::failed, &operations,
                         [this](const QString& why) { failures.append(why); });
        story.registrars();
        for (std::uint32_t i = 1; i <= 3; ++i) {
            story.elementComes(i, story.one);
        }
        take();
    }
    void take() {
        for (const Event& event : story.events) {
            model.take(event);
        }
        story.events.clear();
    }
    [[nodiscard]] NodeId node(std::uint32_t number) const {
        return elementNode(story.pool, EventStory::element(number));
    }
    [[nodiscard]] QList<QJsonObject> written() const {
        QList<QJsonObject> entries;
        QFile file(log.path());
        if (file.open(QIODevice::ReadOnly)) {
            while (!file.atEnd()) {
                entries.append(QJsonDocument::fromJson(file.readLine()).object());
            }
        }
        return entries;
    }
};

} // namespace

class TestOperations : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, Theme::Dark); }

    void givenAnElement_whenDrained_thenItIsCommandedAndEachStepIsWritten() {
        Control control;
        QVERIFY(control.operations.run(control.model, {control.node(1)}, Operation::Drain, {}));
        QCOMPARE(control.feed.commands,
                 QStringList{QStringLiteral("element-0x0a000001 {\"command\":\"drain\",\"version\":1}")});
        emit control.feed.answered(QStringLiteral("PE 0a000001"), {});
        emit control.feed.answered(QStringLiteral("PE 0a000001"), {}); // of somebody else's command
        const auto entries = control.written();
        QCOMPARE(entries.size(), 2);
        QCOMPARE(entries[0][QStringLiteral("operation")].toString(), QStringLiteral("drain"));
        QCOMPARE(entries[0][QStringLiteral("component")].toString(), QStringLiteral("element-0x0a000001"));
        QCOMPARE(entries[0][QStringLiteral("pool")].toString(), QStringLiteral("FractalGeneratorPool"));
        QCOMPARE(entries[0][QStringLiteral("result")].toString(), QStringLiteral("asked"));
        QCOMPARE(entries[1][QStringLiteral("result")].toString(), QStringLiteral("done"));
        for (const char* const key : {"at", "user", "host", "source"}) {
            QVERIFY2(!entries[0][QLatin1String(key)].toString().isEmpty(), key);
        }
        QCOMPARE(QFile::permissions(control.log.path()) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions{});
        QVERIFY(control.operations.run(control.model, {control.node(2)}, Operation::CloseSessions, {}));
        QVERIFY(control.feed.commands.back().contains(QStringLiteral("close_sessions")));
        emit control.feed.answered(QStringLiteral("PE 0a000002"),
                                   QStringLiteral("this component cannot close its sessions"));
        QVERIFY(control.failures.back().contains(QStringLiteral("cannot close")));
        QVERIFY(control.written().back()[QStringLiteral("result")].toString().contains(QStringLiteral("cannot close")));
    }
    void givenAWindowThatOnlyWatches_whenAskedToDoSomething_thenItRefusesAndWritesThat() {
        Control control(false);
        QVERIFY(!control.operations.run(control.model, {control.node(1)}, Operation::Drain, {}));
        QVERIFY(control.feed.commands.isEmpty());
        QVERIFY(control.failures.back().contains(QStringLiteral("--allow-control")));
        QCOMPARE(control.written().size(), 1);
        QVERIFY(control.written()[0][QStringLiteral("result")].toString().startsWith(QStringLiteral("refused")));
    }
    void givenNoPlaceToWrite_whenAsked_thenNothingIsDone() {
        Control control;
        AuditLog nowhere(QStringLiteral("/proc/nowhere/audit.jsonl"));
        Operations operations(control.feed, {.allowed = true, .log = &nowhere, .lab = nullptr});
        QVERIFY(!operations.run(control.model, {control.node(1)}, Operation::Drain, {}));
        QVERIFY(control.feed.commands.isEmpty());
    }
    void givenWhatCannotBeDone_whenAsked_thenTheReasonIsSaid_data() {
        QTest::addColumn<Operation>("operation");
        QTest::addColumn<QString>("who");
        QTest::addColumn<QString>("reason");
        QTest::newRow("registrar") << Operation::Drain << QStringLiteral("registrar")
                                   << QStringLiteral("only elements");
        QTest::newRow("stranger") << Operation::Stop << QStringLiteral("stranger")
                                  << QStringLiteral("no component of this scope");
        QTest::newRow("gone") << Operation::Stop << QStringLiteral("gone") << QStringLiteral("not there");
        QTest::newRow("leaving") << Operation::Drain << QStringLiteral("leaving") << QStringLiteral("leaving already");
        QTest::newRow("restart") << Operation::Restart << QStringLiteral("element") << QStringLiteral("only a lab");
        QTest::newRow("nobody") << Operation::Stop << QStringLiteral("nobody") << QStringLiteral("Select");
        QTest::newRow("recording") << Operation::Stop << QStringLiteral("recording") << QStringLiteral("recording");
    }
    void givenWhatCannotBeDone_whenAsked_thenTheReasonIsSaid() {
        QFETCH(Operation, operation);
        QFETCH(QString, who);
        QFETCH(QString, reason);
        Control control;
        std::vector<NodeId> nodes{control.node(1)};
        if (who == u"registrar") {
            nodes = {registrarNode(control.story.one)};
        } else if (who == u"stranger") {
            control.story.tell(componentId(control.story.one),
                               ElementRegistered{control.story.facts(9, control.story.one)});
            nodes = {control.node(9)};
        } else if (who == u"gone") {
            control.story.tell(control.node(1).component, ComponentDown{DownKind::StreamEnded});
        } else if (who == u"leaving") {
            control.story.tell(control.node(1).component, StateChanged{.state = ComponentState::Draining});
        } else if (who == u"nobody") {
            nodes.clear();
        } else if (who == u"recording") {
            control.feed.live = false;
        }
        control.take();
        const QString why = control.operations.obstacle(control.model, nodes, operation);
        QVERIFY2(why.contains(reason), qPrintable(why));
        QVERIFY(!control.operations.run(control.model, nodes, operation, {}));
        QVERIFY(control.feed.commands.isEmpty());
    }
    void givenTheLastOnes_whenStopped_thenTheirNameMustBeTyped() {
        Control control;
        const std::vector<NodeId> all{control.node(1), control.node(2), control.node(3)};
        QVERIFY(Operations::stakeOf(control.model, {control.node(1), control.node(2)}, Operation::Stop)
                    .challenge.isEmpty());
        const Stake pool = Operations::stakeOf(control.model, all, Operation::Stop);
        QCOMPARE(pool.challenge, QStringLiteral("FractalGeneratorPool"));
        QVERIFY(Operations::stakeOf(control.model, all, Operation::CloseSessions).challenge.isEmpty());
        QVERIFY(!control.operations.run(control.model, all, Operation::Stop, QStringLiteral("fractal")));
        QVERIFY(control.feed.commands.isEmpty());
        QVERIFY(control.operations.run(control.model, all, Operation::Stop, pool.challenge));
        QCOMPARE(control.feed.commands.size(), 3);

        QVERIFY(Operations::stakeOf(control.model, {registrarNode(control.story.one)}, Operation::Stop)
                    .challenge.isEmpty());
        control.story.tell(componentId(control.story.two), ComponentDown{DownKind::StreamEnded});
        control.take();
        const Stake last = Operations::stakeOf(control.model, {registrarNode(control.story.one)}, Operation::Stop);
        QCOMPARE(last.challenge, QStringLiteral("registrar"));
        QVERIFY(last.sentence.contains(QStringLiteral("No registrar")));
    }
    void givenMaintenance_whenItBeginsAndEnds_thenOnlyWhatFitsIsPossible() {
        Control control;
        QVERIFY(control.operations.run(control.model, {control.node(1)}, Operation::Maintenance, {}));
        QVERIFY(control.feed.commands.back().contains(QStringLiteral("\"on\":true")));
        control.story.tell(control.node(1).component,
                           StateChanged{.state = ComponentState::Draining, .detail = std::string{maintenanceDetail}});
        control.take();
        const std::vector<NodeId> one{control.node(1)};
        QVERIFY(!control.operations.obstacle(control.model, one, Operation::Maintenance).isEmpty());
        QVERIFY(control.operations.obstacle(control.model, one, Operation::Drain).isEmpty());
        QVERIFY(control.operations.run(control.model, one, Operation::ServeAgain, {}));
        QVERIFY(control.feed.commands.back().contains(QStringLiteral("\"on\":false")));
        QCOMPARE(control.written().back()[QStringLiteral("operation")].toString(), QStringLiteral("serve_again"));
    }
    void givenAnElementOfALab_whenRestarted_thenItIsStoppedFirstAndStartedWhenItHasEnded() {
        FakeLab lab;
        LabClient client(lab.path());
        Control control(true, &client);
        QTRY_VERIFY(client.controls(control.node(1).component));
        QVERIFY(control.operations.obstacle(control.model, {control.node(1)}, Operation::Restart).isEmpty());
        QVERIFY(control.operations.run(control.model, {control.node(1)}, Operation::Restart, {}));
        QTRY_VERIFY(lab.heard.contains(R"("do":"stop")"));
        QVERIFY(!control.operations.obstacle(control.model, {control.node(1)}, Operation::Restart).isEmpty());
        QVERIFY(!lab.heard.contains("restart"));
        lab.say("gone");
        QTRY_VERIFY(lab.heard.contains(R"("do":"restart")"));
    }
    void givenADialog_whenMuchIsAtStake_thenItGoesOnlyWithTheName() {
        Control control;
        OperationDialog plain(QStringLiteral("Drain"), Operation::Drain, {control.node(1)}, {}, nullptr);
        QVERIFY(plain.field() == nullptr && plain.canAccept());
        OperationDialog guarded(QStringLiteral("Stop"), Operation::Stop, {control.node(1)},
                                {QStringLiteral("the last one"), QStringLiteral("Pool")}, nullptr);
        QPushButton* const go = guarded.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
        QVERIFY(!go->isEnabled());
        QTest::keyClicks(guarded.field(), QStringLiteral("Poo"));
        QVERIFY(!go->isEnabled());
        QTest::keyClicks(guarded.field(), QStringLiteral("l"));
        QVERIFY(go->isEnabled());
        QCOMPARE(guarded.typed(), QStringLiteral("Pool"));
    }
    void givenTheWindow_whenRowsAreChosen_thenWhatIsPossibleIsEnabledAndTheRestSaysWhyNot() {
        const QTemporaryDir folder;
        AuditLog log(folder.filePath(QStringLiteral("audit.jsonl")));
        PoolViewStage stage(nullptr, {.allowed = true, .log = &log, .lab = nullptr});
        stage.show();
        stage.story.registrars();
        stage.story.elementComes(1, stage.story.one);
        stage.story.elementComes(2, stage.story.one);
        stage.tell();
        const auto& operations = stage.window.actions().operations;
        for (const QAction* const action : operations) {
            QVERIFY(!action->isEnabled() && action->toolTip().contains(QStringLiteral("Select")));
        }
        stage.window.select(elementNode(stage.story.pool, EventStory::element(1)));
        stage.window.refresh();
        QVERIFY(operations[static_cast<std::size_t>(Operation::Drain)]->isEnabled());
        const QAction* const maintenance = operations[static_cast<std::size_t>(Operation::Maintenance)];
        QVERIFY(maintenance->isEnabled());
        const QAction* const again = operations[static_cast<std::size_t>(Operation::ServeAgain)];
        QVERIFY(!again->isEnabled() && again->toolTip().contains(QStringLiteral("not in maintenance")));
        QTest::keyClick(&stage.window, Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
        auto* const dialog = stage.window.findChild<OperationDialog*>();
        QVERIFY(dialog != nullptr && stage.feed.commands.isEmpty());
        dialog->accept();
        QCOMPARE(stage.feed.commands.size(), 1);
    }
    void givenCommandLines_whenControlIsAllowed_thenOnlyOfWhatLives() {
        const QString program = QStringLiteral("kolam-poolview");
        QVERIFY(!parsePoolViewOptions({program})->allowControl);
        const auto allowed = parsePoolViewOptions(
            {program, QStringLiteral("--allow-control"), QStringLiteral("--audit-log"), QStringLiteral("/x")});
        QVERIFY(allowed->allowControl && allowed->auditLog == u"/x");
        const auto wrong = parsePoolViewOptions({program, QStringLiteral("--allow-control"), QStringLiteral("--replay"),
                                                 QStringLiteral(KOLAM_SOURCE "/README.md")});
        QVERIFY(!wrong && wrong.error().text.contains(QStringLiteral("--allow-control")));
    }
};

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    EnglishPlurals plurals;
    QCoreApplication::installTranslator(&plurals);
    TestOperations test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_operations.moc"
