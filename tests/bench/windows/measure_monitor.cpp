// SPDX-License-Identifier: GPL-3.0-or-later
// How smooth the monitor is with very many components: 10,000 elements and 20,000 links without groups, moved, zoomed
// and told of changes; and reports by CSP of 1,000 senders, four a second each, over real UDP. What is printed is the
// work of the window's thread for each picture, and the longest time for which it did nothing else.
// measure_monitor [map|window|reports] [COUNT]
#include "core/base/random.h"
#include "gui/common/english_plurals.h"
#include "gui/monitor/charts_panel.h"
#include "gui/monitor/topology_view.h"
#include "tests/bench/windows/report_storm.h"
#include "tests/bench/windows/turn_watch.h"
#include "tests/gui/monitor/monitor_stage.h"

#include <QTimer>
#include <cstring>
#include <numbers>

using namespace kolam;
using namespace kolam::gui;

namespace {

using Clock = std::chrono::steady_clock;
constexpr int tick = 10;       // milliseconds between two movements: as many as a mouse makes
constexpr int stretch = 6'000; // milliseconds of each measurement

/// Elements with two registrars, each with a link to its home and a session of one of a hundred users.
void crowd(EventStory& story, std::uint32_t elements) {
    using namespace telemetry;
    story.registrars();
    for (std::uint32_t i = 1; i <= elements; ++i) {
        const ServerId home = i % 2 == 0 ? story.one : story.two;
        ElementFacts facts = story.facts(i, home, (i * 37 % 100) / 100.0);
        facts.pool = PoolHandle{"Pool" + std::to_string(i % 20)};
        story.tell(componentId(home), ElementRegistered{facts});
    }
    for (std::uint64_t user = 1; user <= 100; ++user) {
        const ComponentId id = componentId(Role::User, user);
        story.tell(id, ComponentUp{.program = "kolam-fractal 0.1.0", .pid = 200, .host = "lab"});
        story.tell(id, StateChanged{.state = ComponentState::Serving, .registrar = story.one});
        for (std::uint32_t i = static_cast<std::uint32_t>(user); i <= elements; i += 100) {
            const PoolHandle pool{"Pool" + std::to_string(i % 20)};
            story.tell(id, SessionOpened{i, pool});
            story.tell(id, SessionEstablished{.session = i, .pool = pool, .element = EventStory::element(i)});
        }
    }
}

/// Moves the map and zooms in and out around its middle, from marks to cards, as somebody does who looks for something.
void move(TopologyView& map, int step) {
    const QPointF middle(map.width() / 2.0, map.height() / 2.0);
    map.zoom(step / 120 % 2 == 0 ? 1.03 : 1 / 1.03, middle + QPointF(step % 200 - 100, step % 90 - 45));
    map.pan({std::sin(step / 20.0) * 12, std::cos(step / 15.0) * 8});
}

void measureMap(TurnWatch& watch, std::uint32_t nodes) {
    Topology topology;
    Random random{3};
    for (std::uint32_t i = 0; i < nodes; ++i) {
        topology.nodes.push_back({.id = elementNode(PoolHandle{"Crowd"}, PeIdentifier{i + 1}),
                                  .role = telemetry::Role::Element,
                                  .name = QString::number(i),
                                  .state = ElementState::Up,
                                  .owner = static_cast<int>(i % 5)});
    }
    for (std::uint32_t i = 0; i < 2 * nodes; ++i) {
        topology.links.push_back({.from = static_cast<int>(random.below(nodes)),
                                  .to = static_cast<int>(random.below(nodes)),
                                  .kind = LinkKind::Session});
    }
    TopologyView map;
    map.resize(1600, 900);
    map.show();
    map.setTopology(std::move(topology));
    TurnWatch::runFor(1'500); // the links come from another thread
    QTimer hand;
    int step = 0;
    QObject::connect(&hand, &QTimer::timeout, &map, [&] { move(map, step++); });
    watch.reset();
    hand.start(tick);
    TurnWatch::runFor(stretch);
    hand.stop();
    watch.report("map: moved and zoomed");
}

void measureWindow(TurnWatch& watch, std::uint32_t elements) {
    FakeFeed feed;
    EventStory story;
    MonitorWindow window(feed, nullptr, {.useSettings = false, .nodeLimit = 1'000'000});
    window.resize(1600, 1000);
    window.show();
    crowd(story, elements);
    // As a feed tells them: never too many at once.
    watch.reset();
    const auto begun = Clock::now();
    constexpr std::size_t batch = 500;
    const std::vector<telemetry::Event> all = std::exchange(story.events, {});
    std::size_t told = 0;
    QEventLoop loop;
    QTimer teller;
    QObject::connect(&teller, &QTimer::timeout, &window, [&] {
        const std::size_t end = std::min(told + batch, all.size());
        emit feed.heard(
            {all.begin() + static_cast<std::ptrdiff_t>(told), all.begin() + static_cast<std::ptrdiff_t>(end)});
        told = end;
        if (told == all.size()) {
            teller.stop();
            loop.quit();
        }
    });
    teller.start(33);
    loop.exec();
    TurnWatch::runFor(1'000);
    std::printf("%zu events told in %.1f s: %zu nodes, %zu links\n", all.size(),
                std::chrono::duration<double>(Clock::now() - begun).count(), window.map().topology().nodes.size(),
                window.map().topology().links.size());
    watch.report("window: while all appear");
    Random random{5};
    const auto change = [&](int count) {
        for (int i = 0; i < count; ++i) {
            const auto number = static_cast<std::uint32_t>(1 + random.below(elements));
            telemetry::ElementFacts facts = story.facts(number, number % 2 == 0 ? story.one : story.two, random.unit());
            facts.pool = PoolHandle{"Pool" + std::to_string(number % 20)};
            story.tell(telemetry::componentId(facts.owner), telemetry::ElementReregistered{facts});
        }
        feed.hear(story);
        story.events.clear();
        story.wait(std::chrono::milliseconds{33});
    };
    teller.disconnect();
    QObject::connect(&teller, &QTimer::timeout, &window, [&] { change(66); });
    watch.reset();
    teller.start(33);
    TurnWatch::runFor(stretch);
    watch.report("window: 2,000 changes a second");
    QTimer hand;
    int step = 0;
    QObject::connect(&hand, &QTimer::timeout, &window, [&] { move(window.map(), step++); });
    watch.reset();
    hand.start(tick);
    TurnWatch::runFor(stretch);
    watch.report("window: the same, moved and zoomed");
    hand.stop();
    teller.stop();
    watch.reset();
    window.close();
    TurnWatch::runFor(100);
    watch.report("window: close");
}

} // namespace

int main(int argc, char** argv) {
    const QByteArray scene(argc > 1 ? argv[1] : "all");
    const auto count = static_cast<std::uint32_t>(argc > 2 ? std::max(1, std::atoi(argv[2])) : 0);
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    std::optional<ReportStorm> storm;
    if (scene == "all" || scene == "reports") {
        storm.emplace(count == 0 ? 1'000U : count); // before the first thread: it is a process
    }
    TurnWatch watch(argc, argv);
    EnglishPlurals plurals;
    QCoreApplication::installTranslator(&plurals);
    applyTheme(watch, Theme::Dark);
    if (scene == "all" || scene == "map") {
        measureMap(watch, count == 0 ? 10'000 : count);
    }
    if (scene == "all" || scene == "window") {
        measureWindow(watch, count == 0 ? 10'000 : count);
    }
    if (storm) {
        storm->measure(watch);
    }
    return 0;
}
