// SPDX-License-Identifier: GPL-3.0-or-later
// Load over time: whose word counts, when there is none, and how it becomes cells.
#include "gui/poolview/load_history.h"
#include "tests/gui/common/event_story.h"

#include <QtTest>

using namespace kolam;
using namespace kolam::gui;
using namespace kolam::telemetry;
using namespace std::chrono_literals;

namespace {

struct Loads {
    EventStory story;
    EventHistory history;
    LoadHistory loads;

    void tell() {
        const Position from = history.end();
        for (const Event& event : story.events) {
            history.append(event);
        }
        story.events.clear();
        loads.take(history, from);
    }
    [[nodiscard]] WallTime now() const { return WallTime{EventStory::midnight + story.now.count()}; }
    [[nodiscard]] NodeId node(std::uint32_t number) const {
        return elementNode(story.pool, EventStory::element(number));
    }
    [[nodiscard]] float at(std::uint32_t number) const { return loads.at(node(number), now()); }
};

} // namespace

class TestLoad : public QObject {
    Q_OBJECT
private slots:
    void givenAnElementThatSpeaks_whenRegistrarsSayOtherwise_thenItsOwnWordCounts() {
        Loads loads;
        loads.story.registrars();
        loads.story.elementComes(1, loads.story.one, 0.25);
        loads.tell();
        QCOMPARE(loads.at(1), 0.25F);
        loads.story.tell(componentId(loads.story.one), ElementReregistered{loads.story.facts(1, loads.story.one, 0.9)});
        loads.story.tell(componentId(loads.story.one), ElementRegistered{loads.story.facts(2, loads.story.one, 0.5)});
        loads.tell();
        QCOMPARE(loads.at(1), 0.25F);
        QCOMPARE(loads.at(2), 0.5F); // which says nothing itself
        QCOMPARE(loads.at(3), -1.0F);
    }
    void givenAnElementThatIsSilentOrGone_whenAsked_thenItHasNoLoadUntilItIsHeard() {
        Loads loads;
        loads.story.registrars();
        loads.story.elementComes(1, loads.story.one, 0.25);
        loads.story.wait(1s);
        loads.story.tell(loads.node(1).component, ComponentDown{DownKind::Silent});
        loads.tell();
        QCOMPARE(loads.at(1), -1.0F);
        loads.story.wait(1s);
        loads.story.tell(loads.node(1).component, ComponentHeard{1s});
        loads.tell();
        QCOMPARE(loads.at(1), 0.25F);
        loads.story.wait(1s);
        loads.story.tell(loads.node(1).component, ComponentFinal{});
        loads.tell();
        QCOMPARE(loads.at(1), -1.0F);
        QCOMPARE(loads.loads.at(loads.node(1), WallTime{EventStory::midnight + 500'000'000}), 0.25F); // as it was
    }
    void givenLoads_whenMadeCells_thenEachHasTheHighestOfItsTime() {
        Loads loads;
        loads.story.registrars();
        loads.story.elementComes(1, loads.story.one, 0.25);
        loads.story.wait(2'500ms);
        loads.story.tell(loads.node(1).component, LoadChanged{.load = 0.9});
        loads.story.wait(100ms);
        loads.story.tell(loads.node(1).component, LoadChanged{.load = 0.1});
        loads.story.wait(1'900ms);
        loads.tell();
        const HeatGrid grid = heatOf(loads.loads, loads.now(), 10s, 10, 100);
        QCOMPARE(grid.rows.size(), std::size_t{1});
        QCOMPARE(grid.step, Duration{1s});
        QCOMPARE(grid.timeOf(9).value, EventStory::midnight + 4'000'000'000); // whole seconds, whatever time it is
        const std::vector<float> expected{-1, -1, -1, -1, -1, 0.25F, 0.25F, 0.9F, 0.1F, 0.1F};
        QCOMPARE(grid.cells, expected);
        loads.story.wait(300ms);
        QCOMPARE(heatOf(loads.loads, loads.now(), 10s, 10, 100).cells, expected); // no cell has changed
    }
    void givenMoreElementsThanRows_whenMadeCells_thenNeighboursOfOnePoolShareThem() {
        Loads loads;
        loads.story.registrars();
        for (std::uint32_t i = 1; i <= 100; ++i) {
            ElementFacts facts = loads.story.facts(i, loads.story.one, i / 100.0);
            facts.pool = PoolHandle{i <= 30 ? "A" : "B"};
            loads.story.tell(componentId(loads.story.one), ElementRegistered{facts});
        }
        loads.tell();
        const HeatGrid grid = heatOf(loads.loads, loads.now(), 10s, 10, 20);
        QVERIFY(grid.rows.size() <= 21);
        std::size_t elements = 0;
        for (std::size_t row = 0; row < grid.rows.size(); ++row) {
            elements += grid.rows[row].size();
            QVERIFY(grid.rows[row].front().pool == grid.rows[row].back().pool);
        }
        QCOMPARE(elements, std::size_t{100});
        QCOMPARE(grid.at(0, 9), 0.05F); // the busiest of five
        QCOMPARE(grid.rowOf(elementNode(PoolHandle{"A"}, EventStory::element(3))), 0);
        QCOMPARE(grid.rowOf(loads.node(3)), -1);
    }
    void givenAShortHistory_whenItForgets_thenTheLongGoneAreForgottenToo() {
        Loads loads;
        loads.history = EventHistory({.events = 100, .chapter = 10});
        loads.story.registrars();
        loads.story.elementComes(1, loads.story.one);
        loads.story.tell(loads.node(1).component, ComponentFinal{});
        loads.tell();
        QCOMPARE(loads.loads.samples().size(), std::size_t{1});
        for (int i = 0; i < 300; ++i) {
            loads.story.wait(1ms);
            loads.story.tell(componentId(loads.story.one), LogLine{telemetry::Severity::Info, "still here"});
        }
        loads.tell();
        QVERIFY(loads.history.forgotten() > 0);
        QVERIFY(loads.loads.samples().empty());
    }
};

QTEST_GUILESS_MAIN(TestLoad)
#include "test_load.moc"
