// SPDX-License-Identifier: GPL-3.0-or-later
// The pool view's rows and the table that sorts and narrows them; states with reason and teller; command lines.
#include "gui/common/event_history.h"
#include "gui/poolview/options.h"
#include "gui/poolview/pool_rows.h"
#include "gui/poolview/state_story.h"
#include "tests/gui/common/event_story.h"

#include <QAbstractItemModelTester>
#include <QtTest>
#include <random>

using namespace kolam;
using namespace kolam::gui;
using namespace kolam::telemetry;
using namespace std::chrono_literals;

namespace {

Model modelOfStory(const EventStory& story) {
    Model model;
    for (const Event& event : story.events) {
        model.take(event);
    }
    return model;
}

WallTime timeOf(const EventStory& story) {
    return WallTime{EventStory::midnight + story.now.count()};
}

int columnOf(const std::vector<Column>& columns, const char* key) {
    const auto found = std::ranges::find_if(
        columns, [&](const Column& column) { return QLatin1String(column.key) == QLatin1String(key); });
    return static_cast<int>(found - columns.begin());
}

/// What a table shows, a line for each row.
QStringList shown(const PoolTable& table, const QModelIndex& parent = {}) {
    QStringList lines;
    for (int row = 0; row < table.rowCount(parent); ++row) {
        const QModelIndex index = table.index(row, 0, parent);
        lines.append((parent.isValid() ? QStringLiteral("  ") : QString()) + index.data().toString());
        lines += shown(table, index);
    }
    return lines;
}

Row rowOf(const QString& key, double number, ElementState state, std::vector<Row> children = {}) {
    return {.key = key,
            .cells = {{key, {}}, {QString::number(number), number}},
            .node = {},
            .state = state,
            .children = std::move(children)};
}

std::vector<Column> twoColumns() {
    return {{.key = "name", .heading = QStringLiteral("Name"), .help = {}},
            {.key = "number", .heading = QStringLiteral("Number"), .help = {}, .isNumber = true}};
}

} // namespace

class TestPoolTable : public QObject {
    Q_OBJECT
private slots:
    void givenGroups_whenSortedAndNarrowed_thenRowsStandInTheirGroups() {
        PoolTable table(twoColumns());
        const QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::QtTest);
        table.setRows(
            {rowOf(QStringLiteral("b"), 2, ElementState::Up,
                   {rowOf(QStringLiteral("b1"), 9, ElementState::Up),
                    rowOf(QStringLiteral("b2"), 10, ElementState::Frozen)}),
             rowOf(QStringLiteral("a"), 1, ElementState::Up, {rowOf(QStringLiteral("a1"), 7, ElementState::Crashed)})});
        table.sort(0, Qt::AscendingOrder);
        QCOMPARE(shown(table).join(u'|'), QStringLiteral("a|  a1|b|  b1|  b2"));
        table.sort(1, Qt::DescendingOrder); // 10 is more than 9, though "10" comes before "9"
        QCOMPARE(shown(table).join(u'|'), QStringLiteral("b|  b2|  b1|a|  a1"));
        RowFilter filter;
        filter.states.set(static_cast<std::size_t>(ElementState::Frozen));
        filter.states.set(static_cast<std::size_t>(ElementState::Crashed));
        table.setFilter(filter);
        QCOMPARE(shown(table).join(u'|'), QStringLiteral("b|  b2|a|  a1"));
        QCOMPARE(table.shownRows(), 2);
        QCOMPARE(table.allRows(), 3);
        filter.states.reset();
        filter.words = QStringLiteral("B 9"); // one in the group's name, one in the row
        table.setFilter(filter);
        QCOMPARE(shown(table).join(u'|'), QStringLiteral("b|  b1"));
    }
    void givenAnIndexThatIsRemembered_whenRowsComeGoAndMove_thenItFollowsItsRow() {
        PoolTable table(twoColumns());
        const QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::QtTest);
        table.setRows(
            {rowOf(QStringLiteral("x"), 5, ElementState::Up), rowOf(QStringLiteral("y"), 6, ElementState::Up)});
        table.sort(1, Qt::AscendingOrder);
        const QPersistentModelIndex remembered = table.index(1, 1);
        QCOMPARE(remembered.data().toString(), QStringLiteral("6"));
        table.setRows({rowOf(QStringLiteral("w"), 9, ElementState::Up), rowOf(QStringLiteral("x"), 5, ElementState::Up),
                       rowOf(QStringLiteral("y"), 1, ElementState::Up)});
        QVERIFY(remembered.isValid());
        QCOMPARE(remembered.row(), 0);
        QCOMPARE(remembered.data().toString(), QStringLiteral("1"));
        table.setRows({rowOf(QStringLiteral("x"), 5, ElementState::Up)});
        QVERIFY(!remembered.isValid());
    }
    void givenRandomRows_whenChangedSortedAndNarrowed_thenTheModelKeepsItsPromises() {
        const auto seed = std::random_device{}();
        qInfo("seed %u", seed);
        std::mt19937 random(seed);
        const auto below = [&](int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(random); };
        PoolTable table(twoColumns());
        const QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::QtTest);
        for (int round = 0; round < 200; ++round) {
            std::vector<Row> rows;
            int expected = 0;
            for (int group = 0; group < below(4); ++group) {
                std::vector<Row> children;
                for (int child = 0; child < 1 + below(5); ++child) {
                    children.push_back(rowOf(QStringLiteral("%1-%2").arg(group).arg(child), below(10),
                                             static_cast<ElementState>(below(9))));
                }
                expected += static_cast<int>(children.size());
                rows.push_back(
                    rowOf(QStringLiteral("group %1").arg(group), below(10), ElementState::Up, std::move(children)));
            }
            table.setRows(std::move(rows));
            QCOMPARE(table.allRows(), expected);
            if (below(3) == 0) {
                table.sort(below(2), below(2) == 0 ? Qt::AscendingOrder : Qt::DescendingOrder);
            }
            if (below(3) == 0) {
                RowFilter filter{.words = below(2) == 0 ? QString() : QString::number(below(10)), .states = {}};
                filter.states.set(static_cast<std::size_t>(below(9)), below(2) == 0);
                table.setFilter(filter);
            }
            for (int row = 0; row < table.rowCount(); ++row) {
                const QModelIndex group = table.index(row, 0);
                for (int child = 0; child < table.rowCount(group); ++child) {
                    QCOMPARE(table.index(child, 0, group).parent(), group);
                }
            }
        }
    }
    void givenAPool_whenShown_thenItAddsUpAndItsElementsSayWhatIsKnown() {
        EventStory story;
        story.whole();
        const Model model = modelOfStory(story);
        const auto columns = elementColumns(true);
        const auto rows = poolRows(model, timeOf(story));
        QCOMPARE(rows.size(), std::size_t{1});
        const auto cell = [&](const Row& row, const char* key) {
            return row.cells[static_cast<std::size_t>(columnOf(columns, key))];
        };
        QCOMPARE(rows[0].children.size(), std::size_t{3});
        QCOMPARE(rows[0].cells.size(), columns.size());
        QCOMPARE(*rows[0].state, ElementState::Crashed);
        QVERIFY(cell(rows[0], "up").text.startsWith(QStringLiteral("2 of 3")));
        QCOMPARE(cell(rows[0], "load").text, QStringLiteral("63 %")); // of the two that are up
        QCOMPARE(cell(rows[0], "load_max").text, QStringLiteral("75 %"));
        QCOMPARE(cell(rows[0], "failovers").text, QStringLiteral("1"));
        QCOMPARE(cell(rows[0], "failover_p95").text, QStringLiteral("2.80 ms"));
        QCOMPARE(cell(rows[0], "sessions").text, QStringLiteral("3"));
        const Row& second = rows[0].children[1];
        QCOMPARE(second.cells.size(), columns.size());
        QCOMPARE(cell(second, "state").text, wordOf(ElementState::Up));
        QCOMPARE(cell(second, "known_to").text, QStringLiteral("2 of 2"));
        QCOMPARE(cell(second, "age").text, QStringLiteral("3 s"));
        QVERIFY(cell(second, "owner").text.contains(QStringLiteral("11111111")));
        QCOMPARE(elementRows(model, timeOf(story)).size(), std::size_t{3});
        for (const Row& row : registrarRows(model, timeOf(story))) {
            QCOMPARE(row.cells.size(), registrarColumns().size());
        }
        for (const Row& row : poolSessionRows(model, timeOf(story))) {
            QCOMPARE(row.cells.size(), sessionColumns().size());
        }
        QCOMPARE(poolSessionRows(model, timeOf(story)).size(), std::size_t{3});
        for (const Row& row : differenceRows(model, timeOf(story))) {
            QCOMPARE(row.cells.size(), differenceColumns().size());
        }
    }
    void givenCounts_whenThereIsTrouble_thenEachStateHasItsNumber() {
        EventStory story;
        story.whole();
        const PoolCounts counts = countsOf(modelOfStory(story), timeOf(story));
        QCOMPARE(counts.pools, 1);
        QCOMPARE(counts.elements, 3);
        QCOMPARE(counts.registrars, 2);
        QCOMPARE(counts.states[static_cast<std::size_t>(ElementState::Up)], 2);
        QCOMPARE(counts.states[static_cast<std::size_t>(ElementState::Crashed)], 1);
        QCOMPARE(counts.failoversLastHour, 1);
        QCOMPARE(counts.failoverP95, Duration{2'800us});
        QCOMPARE(countsOf(modelOfStory(story), WallTime{timeOf(story).value + 7'200'000'000'000}).failoversLastHour, 0);
    }
    void givenEveryState_whenAsked_thenThereIsAReasonATellerAndATime() {
        EventStory story;
        story.whole();
        const NodeId one = elementNode(story.pool, EventStory::element(1));
        const NodeId two = elementNode(story.pool, EventStory::element(2));
        const NodeId three = elementNode(story.pool, EventStory::element(3));
        StateStory crashed = storyOfState(modelOfStory(story), one);
        QCOMPARE(crashed.state, ElementState::Crashed);
        QVERIFY(crashed.reason.contains(QStringLiteral("without a farewell")));
        QCOMPARE(crashed.teller, QStringLiteral("this window"));
        QVERIFY(crashed.since != WallTime{} && !crashed.inferred);

        story.tell(componentId(story.one),
                   UnreachableReported{story.pool, EventStory::element(2), EventStory::address(7'000)});
        const StateStory suspect = storyOfState(modelOfStory(story), two);
        QCOMPARE(suspect.state, ElementState::Suspect);
        QCOMPARE(suspect.teller, QStringLiteral("users"));
        QVERIFY(suspect.inferred);

        story.tell(three.component, StateChanged{.state = ComponentState::Draining});
        const StateStory draining = storyOfState(modelOfStory(story), three);
        QCOMPARE(draining.state, ElementState::Draining);
        QCOMPARE(draining.teller, QStringLiteral("PE 0a000003"));
        story.tell(three.component, ComponentDown{DownKind::Silent});
        QCOMPARE(storyOfState(modelOfStory(story), three).state, ElementState::Frozen);
        story.tell(three.component, ComponentFinal{});
        QCOMPARE(storyOfState(modelOfStory(story), three).state, ElementState::Left);

        EventStory registrarsOnly;
        registrarsOnly.registrars();
        registrarsOnly.tell(componentId(story.one), ElementRegistered{story.facts(9, story.one)});
        const NodeId nine = elementNode(story.pool, EventStory::element(9));
        const StateStory up = storyOfState(modelOfStory(registrarsOnly), nine);
        QVERIFY(up.state == ElementState::Up && up.inferred);
        QVERIFY(up.teller.contains(QStringLiteral("11111111")));
        registrarsOnly.tell(componentId(story.one),
                            ElementRemoved{story.pool, EventStory::element(9), Removal::KeepAliveTimeout});
        const StateStory removed = storyOfState(modelOfStory(registrarsOnly), nine);
        QCOMPARE(removed.state, ElementState::Crashed);
        QVERIFY(removed.reason.contains(QStringLiteral("keep-alive")));
        registrarsOnly.tell(componentId(story.two), PeerSilent{story.one});
        const StateStory deaf = storyOfState(modelOfStory(registrarsOnly), registrarNode(story.one));
        QCOMPARE(deaf.state, ElementState::Suspect);
        QVERIFY(deaf.teller.contains(QStringLiteral("22222222")));
    }
    void givenRegistrarsThatDiffer_whenShown_thenTheRowSaysWhoMissesWhat() {
        EventStory story;
        story.registrars();
        story.tell(componentId(story.one), ElementRegistered{story.facts(1, story.one)});
        story.tell(componentId(story.one), ElementRegistered{story.facts(2, story.one)});
        story.tell(componentId(story.two), ElementRegistered{story.facts(2, story.two)});
        story.wait(5s);
        const Model model = modelOfStory(story);
        const auto rows = differenceRows(model, timeOf(story));
        QCOMPARE(rows.size(), std::size_t{2});
        QVERIFY(rows[0].cells[2].text.startsWith(QStringLiteral("not known to PR 22222222")));
        QVERIFY(rows[1].cells[2].text.contains(QStringLiteral("PR 22222222 says PR 22222222")));
        QCOMPARE(rows[0].cells[3].text, QStringLiteral("5 s"));
        QVERIFY(checksumOf(model, componentId(story.one)) != checksumOf(model, componentId(story.two)));
    }
    void givenEqualHandlespaces_whenSummed_thenTheirChecksumsAreThoseOfTheRfc() {
        EventStory story;
        story.registrars();
        ElementFacts facts = story.facts(1, story.one);
        facts.pool = PoolHandle{"abc"}; // words 6162 and 6300; element 0a00 and 0001
        story.tell(componentId(story.one), ElementRegistered{facts});
        story.tell(componentId(story.two), ElementRegistered{facts});
        const Model model = modelOfStory(story);
        const auto expected = static_cast<std::uint16_t>(~(0x6162 + 0x6300 + 0x0a00 + 0x0001));
        QCOMPARE(checksumOf(model, componentId(story.one)), expected);
        QCOMPARE(checksumOf(model, componentId(story.two)), expected);
    }
    void givenASelectedRow_whenItsStateIsPainted_thenItCanBeToldFromTheSelection() {
        const QImage plain = stateIcon(ElementState::Crashed).pixmap(QSize(32, 32), QIcon::Normal).toImage();
        const QImage selected = stateIcon(ElementState::Crashed).pixmap(QSize(32, 32), QIcon::Selected).toImage();
        QCOMPARE(plain.pixelColor(16, 16), currentTokens().bad);
        QCOMPARE(selected.pixelColor(16, 16), currentTokens().onAccent);
    }
    void givenCommandLines_whenRead_thenTheirValuesAreThereOrTheSentenceNamesTheOption() {
        const QString program = QStringLiteral("kolam-poolview");
        const auto options = parsePoolViewOptions({program, QStringLiteral("--view"), QStringLiteral("registrars"),
                                                   QStringLiteral("--source"), QStringLiteral("scope:class-1")});
        QVERIFY(options.has_value());
        QCOMPARE(options->view, QStringLiteral("registrars"));
        QCOMPARE(options->scope, QStringLiteral("class-1"));
        const auto wrong = parsePoolViewOptions({program, QStringLiteral("--view"), QStringLiteral("moon")});
        QVERIFY(!wrong && wrong.error().isError && wrong.error().text.contains(QStringLiteral("--view")));
        QVERIFY(
            parsePoolViewOptions({program, QStringLiteral("--select"), QStringLiteral("element-0x0a000001")})->select);
        QVERIFY(!parsePoolViewOptions({program, QStringLiteral("--select"), QStringLiteral("everything")}));
        const auto kept = parsePoolViewOptions({program, QStringLiteral("--history"), QStringLiteral("/x"),
                                                QStringLiteral("--history-size"), QStringLiteral("50")});
        QVERIFY(kept->history == u"/x" && kept->historyOctets == 50'000'000);
        QVERIFY(!parsePoolViewOptions({program, QStringLiteral("--history-size"), QStringLiteral("1")}));
        const auto help = parsePoolViewOptions({program, QStringLiteral("--help")});
        QVERIFY(!help && !help.error().isError && help.error().text.contains(QStringLiteral("--replay")));
    }
};

QTEST_MAIN(TestPoolTable)
#include "test_table.moc"
