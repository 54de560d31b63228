// SPDX-License-Identifier: GPL-3.0-or-later
// The model as a function of events, and going to any moment: seeking equals replaying, whatever has happened.
#include "core/base/random.h"
#include "gui/common/element_state.h"
#include "gui/common/playback.h"
#include "gui/common/sentences.h"
#include "tests/gui/common/event_story.h"
#include "tests/unit/telemetry/arbitrary_event.h"

#include <QSignalSpy>
#include <QtTest>
#include <set>

using namespace kolam;
using namespace kolam::gui;
using namespace kolam::telemetry;
using namespace std::chrono_literals;
using gui::Model;

namespace {

Model modelOf(const std::vector<Event>& events) {
    Model model;
    for (const Event& event : events) {
        model.take(event);
    }
    return model;
}

/// Few names, so that arbitrary events concern each other.
struct FewNames {
    Random& random;
    void operator()(std::string_view name, auto& value) {
        using Value = std::remove_cvref_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, PeIdentifier> || std::is_same_v<Value, ServerId>) {
            value.value = 1 + static_cast<std::uint32_t>(random.below(3));
        } else if constexpr (std::is_same_v<Value, PoolHandle>) {
            value.value = random.chance(0.5) ? "One" : "Two";
        } else if constexpr (std::is_same_v<Value, std::uint64_t>) {
            if (name == "session" || name == "fault" || name == "association") {
                value = random.below(3);
            }
        }
    }
};

Event arbitraryEvent(Random& random, std::int64_t& clock) {
    ArbitraryEvent make{random};
    Event event = make.event(random.below(std::variant_size_v<AnyEvent>));
    event.component = componentId(static_cast<Role>(1 + random.below(4)), 1 + random.below(3));
    event.wall.value = clock += static_cast<std::int64_t>(random.below(3'000'000)) - 500'000; // clocks may go back
    event.story.value = random.below(4);
    std::visit([&]<typename Body>(Body& body) { Body::fields(body, FewNames{random}); }, event.body);
    return event;
}

} // namespace

class TestModel : public QObject {
    Q_OBJECT
private slots:
    void givenAnyHistory_whenSeeking_thenTheModelIsThatOfReplay_data() {
        QTest::addColumn<quint64>("seed");
        for (quint64 seed = 1; seed <= 12; ++seed) {
            QTest::addRow("seed %llu", static_cast<unsigned long long>(seed)) << seed;
        }
    }
    void givenAnyHistory_whenSeeking_thenTheModelIsThatOfReplay() {
        QFETCH(quint64, seed);
        Random random{seed};
        std::int64_t clock = EventStory::midnight;
        EventHistory history{{.events = 1'500, .chapter = 64}};
        std::vector<Event> all;
        for (int i = 0; i < 2'500; ++i) {
            all.push_back(arbitraryEvent(random, clock));
            history.append(all.back());
        }
        QVERIFY(history.forgotten() > 0);
        QCOMPARE(history.end(), Position{2'500});
        QCOMPARE(hashOf(history.live()), hashOf(modelOf(all)));
        Model moving = history.modelAt(history.begin());
        Position at = history.begin();
        for (int i = 0; i < 40; ++i) {
            const Position to = history.begin() + random.below(history.end() - history.begin() + 1);
            history.move(moving, at, to);
            at = to;
            const Model replayed = modelOf({all.begin(), all.begin() + static_cast<std::ptrdiff_t>(to)});
            QVERIFY(moving == replayed);
            QCOMPARE(hashOf(moving), hashOf(replayed));
            const WallTime time = history.timeAt(to);
            const Position byTime = history.positionAt(time);
            QVERIFY(byTime == history.end() || history.timeAt(byTime) > time);
        }
    }
    void givenEventsOfAnyKind_whenToldTwice_thenTwoModelsAreEqual() {
        Random random{7};
        std::int64_t clock = EventStory::midnight;
        std::vector<Event> events;
        for (int i = 0; i < 3'000; ++i) {
            events.push_back(arbitraryEvent(random, clock));
            static_cast<void>(sentenceOf(events.back())); // any event can be put into words
            QVERIFY(!subjectsOf(events.back()).empty());
        }
        QCOMPARE(toJson(modelOf(events)), toJson(modelOf(events)));
    }
    void givenAFailover_whenToldByAll_thenItIsOneStoryWithItsSteps() {
        EventStory story;
        story.whole();
        const Model model = modelOf(story.events);
        QCOMPARE(model.failovers().size(), std::size_t{1});
        const Failover& failover = model.failovers().front();
        QString text;
        for (const FailoverStretch& stretch : stretchesOf(failover)) {
            text += QStringLiteral("%1+%2 ").arg(int(stretch.until)).arg(stretch.length.count() / 1000);
        }
        // Detected, reported, reselected, connecting, cookie, resumed: each in µs after the one before.
        QCOMPARE(text.trimmed(), QStringLiteral("1+200 2+100 5+700 6+0 7+1500 8+500"));
        QCOMPARE(failover.next, EventStory::element(2));
        QCOMPARE(failover.redone, std::uint64_t{3});
        QVERIFY(failover.at(FailoverStep::Heard) && failover.at(FailoverStep::Removed));
        QCOMPARE(*failover.how, DownKind::StreamEnded);
        QCOMPARE(*failover.took, Duration{2'800us});
    }
    void givenElements_whenThingsHappen_thenEachOfTheNineStatesShows() {
        EventStory story;
        story.whole();
        const auto state = [&](std::uint32_t number) {
            return wordOf(stateOf(modelOf(story.events), elementNode(story.pool, EventStory::element(number))));
        };
        const auto own = [](std::uint32_t number) { return componentId(EventStory::element(number)); };
        QCOMPARE(state(1), QStringLiteral("crashed"));
        QCOMPARE(state(2), QStringLiteral("up"));
        story.tell(componentId(story.one), UnreachableReported{story.pool, EventStory::element(2), {}});
        QCOMPARE(state(2), QStringLiteral("suspect"));
        story.tell(own(2), ComponentDown{DownKind::Silent});
        QCOMPARE(state(2), QStringLiteral("frozen"));
        story.tell(own(2), ComponentHeard{5s});
        story.tell(own(2), LoadChanged{.load = 0.1});
        QCOMPARE(state(2), QStringLiteral("up"));
        story.tell(own(2), StateChanged{.state = telemetry::ComponentState::Draining});
        QCOMPARE(state(2), QStringLiteral("draining"));
        story.tell(own(2), ComponentFinal{});
        QCOMPARE(state(2), QStringLiteral("left"));
        story.tell(own(3), StateChanged{.state = telemetry::ComponentState::Registering});
        QCOMPARE(state(3), QStringLiteral("registering"));
        story.tell(own(3), StatusReported{.conflicting = true});
        QCOMPARE(state(3), QStringLiteral("conflicting"));
        story.tell(componentId(story.one), ElementRegistered{story.facts(4, story.one)}); // of others: no stream
        QCOMPARE(state(4), QStringLiteral("up"));
        story.tell(componentId(story.one), ComponentDown{DownKind::StreamEnded});
        QCOMPARE(state(4), QStringLiteral("unknown"));
        std::set<QString> words;
        std::set<const char*> keys;
        for (std::size_t i = 0; i < elementStates; ++i) {
            const ElementStateLook& look = lookOf(static_cast<ElementState>(i));
            QCOMPARE(static_cast<std::size_t>(look.state), i);
            QVERIFY(!look.shape().isEmpty() && !meaningOf(look.state).isEmpty());
            words.insert(wordOf(look.state));
        }
        QCOMPARE(words.size(), elementStates);
    }
    void givenARegistrarThatDies_whenItIsTakenOver_thenItsElementsHaveAnotherOwner() {
        EventStory story;
        story.whole();
        story.tell(componentId(story.two), ComponentDown{DownKind::StreamEnded});
        story.tell(componentId(story.one), PeerLost{story.two});
        story.tell(componentId(story.one), TakeoverBegan{story.two, 1}, storyOf(story.two));
        story.wait(2ms);
        story.tell(componentId(story.one), OwnerChanged{story.pool, EventStory::element(3), story.two, story.one});
        story.tell(componentId(story.one), TakeoverEnded{story.two, story.one, 1}, storyOf(story.two));
        const Model model = modelOf(story.events);
        const ElementView* const element = model.element(elementNode(story.pool, EventStory::element(3)));
        QVERIFY(element != nullptr);
        QCOMPARE(element->facts.owner, story.one);
        QCOMPARE(model.takeovers().size(), std::size_t{1});
        QCOMPARE(model.takeovers().front().ended->value - model.takeovers().front().began.value, 2'000'000);
        QCOMPARE(stateOf(model, registrarNode(story.two)), ElementState::Crashed);
    }
    void givenRegistrars_whenOneMissesAnElementOrItsHome_thenTheyDifferUntilItIsTold() {
        EventStory story;
        story.registrars();
        QCOMPARE(modelOf(story.events).tellers().size(), std::size_t{2});
        const auto facts = story.facts(1, story.one);
        story.wait(1s);
        story.tell(componentId(story.one), ElementRegistered{facts});
        Model model = modelOf(story.events);
        const NodeId node = elementNode(story.pool, EventStory::element(1));
        QCOMPARE(model.agreement().unequal, std::size_t{1});
        QCOMPARE(model.element(node)->unequalSince, std::optional{story.events.back().wall});
        story.wait(4ms);
        story.tell(componentId(story.two), ElementRegistered{facts});
        model = modelOf(story.events);
        QCOMPARE(model.agreement().unequal, std::size_t{0});
        QCOMPARE(model.agreement().last, Duration{4ms});
        QCOMPARE(model.agreement().times, std::uint64_t{1});
        story.wait(1s);
        story.tell(componentId(story.two), OwnerChanged{story.pool, EventStory::element(1), story.one, story.two});
        model = modelOf(story.events);
        QCOMPARE(model.agreement().unequal, std::size_t{1});
        QCOMPARE(model.agreement().since, story.events.back().wall);
        QCOMPARE(model.element(node)->listedBy.at(componentId(story.two)), story.two);
        story.wait(2s);
        story.tell(componentId(story.one), OwnerChanged{story.pool, EventStory::element(1), story.one, story.two});
        model = modelOf(story.events);
        QCOMPARE(model.agreement().unequal, std::size_t{0});
        QCOMPARE(model.agreement().longest, Duration{2s});
    }
    void givenARegistrarThatIsSilentOrNew_whenOthersKnowMore_thenItIsNotAskedUntilItTells() {
        EventStory story;
        story.registrars();
        story.tell(componentId(story.two), ComponentDown{DownKind::Silent});
        story.tell(componentId(story.one), ElementRegistered{story.facts(1, story.one)});
        QCOMPARE(modelOf(story.events).agreement().unequal, std::size_t{0}); // a frozen one says nothing
        story.tell(componentId(story.two), ComponentHeard{2s});
        QCOMPARE(modelOf(story.events).agreement().unequal, std::size_t{1}); // and now it is behind
        story.tell(componentId(story.two), SnapshotBegan{});
        QCOMPARE(modelOf(story.events).agreement().unequal, std::size_t{0}); // it is about to say all
        story.tell(componentId(story.two), ElementRegistered{story.facts(1, story.one)});
        story.tell(componentId(story.two), SnapshotEnded{});
        QCOMPARE(modelOf(story.events).agreement().unequal, std::size_t{0});
        QCOMPARE(modelOf(story.events).tellers().size(), std::size_t{2});
    }
    void givenALiveMoment_whenScrubbedAndPlayed_thenItComesBackToNow() {
        EventStory story;
        story.whole();
        Playback playback;
        QSignalSpy shown(&playback, &Playback::shown);
        playback.take(story.events);
        QCOMPARE(shown.size(), 1);
        QCOMPARE(hashOf(playback.model()), hashOf(playback.history().live()));
        playback.seek(WallTime{EventStory::midnight + 150'000'000}); // three elements, no user yet
        QCOMPARE(playback.mode(), Playback::Mode::Paused);
        QCOMPARE(playback.model().component(story.user), nullptr);
        playback.step(1);
        QVERIFY(playback.model().component(story.user) != nullptr);
        playback.step(-1);
        QCOMPARE(playback.model().component(story.user), nullptr);
        story.tell(componentId(story.one), LogLine{telemetry::Severity::Info, "late"});
        playback.take({story.events.back()}); // the present goes on meanwhile
        QCOMPARE(playback.model().component(story.user), nullptr);
        playback.setSpeed(Playback::fastest);
        playback.play();
        QTRY_COMPARE(playback.mode(), Playback::Mode::Live);
        QCOMPARE(playback.position(), playback.history().end());
        QCOMPARE(playback.speed(), 1.0);
    }
    void givenDurations_whenRanked_thenPercentilesAreOnesThatHappened() {
        QCOMPARE(percentile({}, 0.5), Duration{});
        QCOMPARE(percentile({1ms, 2ms, 3ms, 4ms}, 0.5), Duration{2ms});
        QCOMPARE(percentile({1ms, 2ms, 3ms, 4ms}, 0.99), Duration{4ms});
        QCOMPARE(textOf(Duration{2'800us}), QStringLiteral("2.80 ms"));
        QCOMPARE(textOf(Duration{5'123ms}), QStringLiteral("5.12 s"));
    }
};

QTEST_GUILESS_MAIN(TestModel)
#include "test_model.moc"
