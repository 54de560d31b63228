// SPDX-License-Identifier: GPL-3.0-or-later
// What nodes tell viewers: stories from their beginning to their end, and a snapshot that says the same as all events
// before it. On the simulated network.
#include "core/node/watched_transport.h"
#include "core/telemetry/event_hub.h"
#include "core/telemetry/standing_events.h"
#include "tests/unit/node/endpoint_world.h"

using namespace kolam;
using namespace kolam::testing;
using namespace kolam::telemetry;

namespace {

/// One component's hub, and all that it was told since it began.
struct Book final : EventListener {
    Book(Dispatcher& dispatcher, ComponentId component, std::optional<Level> wanted)
        : hub(dispatcher, component, [&dispatcher] { return WallTime{dispatcher.now().time_since_epoch().count()}; })
        , listens(wanted) {
        hub.listen(*this);
        events = told();
    }
    ~Book() override { hub.forget(*this); }
    [[nodiscard]] std::optional<Level> level() const override { return listens; }
    void happened(const Event& event) override { events.push_back(event); }
    [[nodiscard]] std::string story(StoryId story) const {
        std::string text;
        for (const Event& event : events) {
            if (event.story == story) {
                text += text.empty() ? "" : " ";
                text += nameOf(event.body);
            }
        }
        return text;
    }
    template <typename Body>
    [[nodiscard]] std::optional<Body> last() const {
        for (auto event = events.rbegin(); event != events.rend(); ++event) {
            if (const auto* const body = std::get_if<Body>(&event->body)) {
                return *body;
            }
        }
        return std::nullopt;
    }
    template <typename Body>
    [[nodiscard]] std::size_t count() const {
        return static_cast<std::size_t>(
            std::ranges::count_if(events, [](const Event& event) { return std::holds_alternative<Body>(event.body); }));
    }
    /// How things are, from the events; what is only counted is left out.
    static std::string standing(const std::vector<Event>& all) {
        StandingEvents state;
        for (const Event& event : all) {
            state.take(event);
        }
        std::string text;
        for (const Event& event : state.all({}, {})) {
            if (!std::holds_alternative<RegistrarCounted>(event.body)) {
                text += toText(event.body) + "\n";
            }
        }
        return text;
    }
    [[nodiscard]] std::string fromEvents() const { return standing(events); }
    [[nodiscard]] std::string fromSnapshot() { return standing(told()); }
    [[nodiscard]] std::vector<Event> told() {
        std::vector<Event> all;
        auto parts = hub.snapshot();
        for (auto part = parts(); !part.empty(); part = parts()) {
            std::ranges::copy(part, std::back_inserter(all));
        }
        return all;
    }

    EventHub hub;
    std::optional<Level> listens;
    std::vector<Event> events;
};

/// Processes with books; a process's transport is watched, too.
class WatchedWorld : public World {
public:
    struct Watched {
        std::unique_ptr<Process> process;
        std::unique_ptr<Book> book;
        std::unique_ptr<WatchedTransport> transport;
        void kill() { process->kill(); }
        void freeze() const { process->process->freeze(); }
        ~Watched() {
            if (process) {
                process->kill();
            }
        }
        Watched() = default;
        Watched(Watched&&) = default;
    };
    Watched registrar(std::uint8_t number, bool mesh = false) {
        const ServerId id{0x11111111u * number};
        Watched made = watched(registrarHost(number), componentId(id));
        RegistrarNode::Config config;
        config.id = id;
        config.asap = {{registrarHost(number)}, 3863};
        config.loopbackOnly = false;
        config.profile = profile;
        config.telemetry = &made.book->hub;
        if (mesh) {
            config.mesh.emplace().enrp = {{registrarHost(number)}, 9901};
        }
        made.process->registrar =
            *RegistrarNode::start(made.process->process->dispatcher(), *made.transport, log, access, config);
        return made;
    }
    Watched element(std::uint8_t number) {
        const PeIdentifier id{number};
        Watched made = watched(elementHost(number), componentId(id));
        made.process->service = std::make_unique<CountingService>(1'000);
        ElementNode::Config config;
        config.poolHandle = poolHandle;
        config.identifier = id;
        config.local = {{elementHost(number)}, 0};
        config.registrars = sources;
        config.profile = profile;
        config.telemetry = &made.book->hub;
        made.process->element = *ElementNode::start(made.process->process->dispatcher(), *made.transport, log,
                                                    *made.process->service, config);
        return made;
    }
    Watched user(std::optional<Level> level = Level::State) {
        Watched made = watched(userHost(), componentId(Role::User, 7), level);
        UserNode::Config config;
        config.registrars = sources;
        config.local = TransportAddress{{userHost()}, 0};
        config.profile = profile;
        config.telemetry = &made.book->hub;
        made.process->user = *UserNode::start(made.process->process->dispatcher(), *made.transport, log, config);
        return made;
    }
    bool untilServing(const std::vector<const Watched*>& elements) {
        return until([&] {
            return std::ranges::all_of(elements, [](const Watched* element) {
                return element->process->element->status().state == ElementState::Registered;
            });
        });
    }

private:
    Watched watched(const IpAddress& host, ComponentId id, std::optional<Level> level = Level::State) {
        Watched made;
        made.process = process(host);
        Dispatcher& own = made.process->process->dispatcher();
        made.book = std::make_unique<Book>(own, id, level);
        made.transport = std::make_unique<WatchedTransport>(own, *made.process->process, made.book->hub);
        return made;
    }
};

} // namespace

class TestTelling : public QObject {
    Q_OBJECT
private slots:
    void givenASession_whenItsElementIsKilled_thenUserAndRegistrarTellOneStory() {
        WatchedWorld world;
        const auto registrar = world.registrar(1);
        WatchedWorld::Watched elements[] = {world.element(1), world.element(2)};
        QVERIFY(world.untilServing({&elements[0], &elements[1]}));
        const auto user = world.user();
        CountingUser session{*user.process->user, world.dispatcher};
        QVERIFY(world.until([&] { return session.expected.number >= 100; }));
        const PeIdentifier failed = session.element;
        const StoryId story = storyOf(poolHandle, failed);
        QCOMPARE(user.book->story(story), std::string{});
        elements[failed.value - 1].kill();
        QVERIFY(world.until([&] { return session.expected.number >= 200; }));
        world.dispatcher.runFor(2s);
        QCOMPARE(QString::fromStdString(user.book->story(story)),
                 QString("failover_began unreachable_sent elements_selected connecting cookie_handed_over "
                         "failover_ended session_established"));
        QVERIFY2(registrar.book->story(story).find("element_removed") != std::string::npos,
                 registrar.book->story(story).c_str());
        const auto ended = user.book->last<FailoverEnded>();
        QVERIFY(ended->failed == failed && ended->next == session.element && ended->took == session.failovers[0]);
        QVERIFY(ended->cookieOctets > 0 && user.book->last<SessionEstablished>()->resumed);
        const Book& next = *elements[session.element.value - 1].book;
        QVERIFY(next.last<SessionResumed>().has_value() &&
                next.last<SessionResumed>()->cookieOctets == user.book->last<CookieHandedOver>()->octets);
    }

    void givenASession_whenItsElementIsFrozen_thenTheReportIsInTheRegistrarsStory() {
        WatchedWorld world;
        const auto registrar = world.registrar(1);
        WatchedWorld::Watched elements[] = {world.element(1), world.element(2)};
        QVERIFY(world.untilServing({&elements[0], &elements[1]}));
        const auto user = world.user();
        CountingUser session{*user.process->user, world.dispatcher};
        QVERIFY(world.until([&] { return session.expected.number >= 100; }));
        const StoryId story = storyOf(poolHandle, session.element);
        elements[session.element.value - 1].freeze();
        QVERIFY(world.until([&] { return session.expected.number >= 200; }));
        world.dispatcher.runFor(1s);
        // Who is first, its keep-alive or the user's report, is a matter of timers.
        const std::string told = registrar.book->story(story);
        QVERIFY2(told.find("unreachable_reported") != std::string::npos &&
                     told.find("element_removed") != std::string::npos,
                 told.c_str());
        QVERIFY(user.book->last<FailoverEnded>()->reason == FailoverReason::KeepAliveTimeout);
    }

    void givenAMesh_whenARegistrarIsKilled_thenTheTakeoverIsOneStory() {
        WatchedWorld world;
        WatchedWorld::Watched first = world.registrar(1, true);
        const auto one = world.element(1);
        const auto two = world.element(2);
        QVERIFY(world.untilServing({&one, &two}));
        const auto second = world.registrar(2, true);
        const auto third = world.registrar(3, true);
        const auto knowsAll = [](const WatchedWorld::Watched& registrar) {
            return registrar.process->registrar->serving() &&
                   registrar.process->registrar->handlespace().elementCount() == 2 &&
                   registrar.process->registrar->peers().size() == 2;
        };
        QVERIFY(world.until([&] { return knowsAll(second) && knowsAll(third); }));
        const StoryId story = storyOf(first.process->registrar->id());
        first.kill();
        const Book* winner = nullptr;
        QVERIFY(world.until([&] {
            for (const auto* const registrar : {&second, &third}) {
                if (registrar->book->last<TakeoverEnded>().has_value() && registrar->book->count<OwnerChanged>() == 2) {
                    winner = registrar->book.get();
                }
            }
            return winner != nullptr;
        }));
        const std::string told = winner->story(story);
        QVERIFY2(told.find("takeover_began") < told.find("takeover_acknowledged") &&
                     told.find("takeover_acknowledged") < told.find("owner_changed") &&
                     told.find("takeover_ended") != std::string::npos,
                 told.c_str());
        QVERIFY(winner->last<TakeoverAcknowledged>()->target == ServerId{0x11111111});
    }

    void givenComponentsThatHaveLived_whenASnapshotIsTaken_thenItSaysWhatTheEventsHaveSaid() {
        WatchedWorld world;
        const auto registrar = world.registrar(1, true);
        const auto peer = world.registrar(2, true);
        WatchedWorld::Watched elements[] = {world.element(1), world.element(2), world.element(3)};
        QVERIFY(world.untilServing({&elements[0], &elements[1], &elements[2]}));
        const auto user = world.user();
        CountingUser session{*user.process->user, world.dispatcher};
        CountingUser other{*user.process->user, world.dispatcher};
        QVERIFY(world.until([&] { return session.expected.number >= 100 && other.expected.number >= 100; }));
        elements[session.element.value - 1].kill();
        QVERIFY(world.until([&] { return session.expected.number >= 200 && other.expected.number >= 200; }));
        world.dispatcher.runFor(5s);
        for (const auto* const watched : {&registrar, &peer, &user}) {
            const std::string events = watched->book->fromEvents();
            const std::string snapshot = watched->book->fromSnapshot();
            QVERIFY2(events == snapshot, (events + "---- and not ----\n" + snapshot).c_str());
            QVERIFY(watched->book->fromSnapshot().find("association_up") != std::string::npos);
        }
        for (const auto& element : elements) {
            if (element.process->alive()) {
                QCOMPARE(element.book->fromEvents(), element.book->fromSnapshot());
            }
        }
        QVERIFY(registrar.book->last<RegistrarCounted>()->registrations >= 2);
        QVERIFY(registrar.book->last<HandleResolved>()->pool == poolHandle);
    }

    void givenAViewerOfMessages_whenMessagesPass_thenItSeesTheirNamesAndNotTooMany() {
        WatchedWorld world;
        const auto registrar = world.registrar(1);
        const auto element = world.element(1);
        QVERIFY(world.untilServing({&element}));
        const auto user = world.user(Level::Payload);
        CountingUser session{*user.process->user, world.dispatcher};
        QVERIFY(world.until([&] { return session.expected.number >= 1'000; }));
        std::set<std::string> names;
        std::uint64_t told = 0;
        std::uint64_t skipped = 0;
        for (const Event& event : user.book->events) {
            if (const auto* const message = std::get_if<MessageSeen>(&event.body)) {
                names.insert(message->type);
                ++told;
                skipped += message->skipped;
                QCOMPARE(message->payload.size(), std::size_t{message->octets});
            }
        }
        QVERIFY(names.contains("ASAP_HANDLE_RESOLUTION") && names.contains("ASAP_HANDLE_RESOLUTION_RESPONSE"));
        QVERIFY(names.contains("ASAP_COOKIE") && names.contains("ASAP_SERVER_ANNOUNCE"));
        const double seconds = std::chrono::duration<double>(world.dispatcher.now() - TimePoint{}).count();
        QVERIFY(static_cast<double>(told) <= 200 * (seconds + 1));
        QVERIFY(skipped > 0);
        QVERIFY(element.book->count<MessageSeen>() == 0); // its viewers want to know the state only
    }

    void givenNobodyWhoListens_whenMuchHappens_thenNothingIsTold() {
        WatchedWorld world;
        const auto registrar = world.registrar(1);
        const auto element = world.element(1);
        QVERIFY(world.untilServing({&element}));
        const auto user = world.user(std::nullopt);
        const std::size_t before = user.book->events.size();
        CountingUser session{*user.process->user, world.dispatcher};
        QVERIFY(world.until([&] { return session.expected.number >= 100; }));
        QCOMPARE(user.book->events.size(), before);
        QVERIFY(user.book->fromSnapshot().find("session_established") != std::string::npos); // but it can be asked
    }
};

QTEST_GUILESS_MAIN(TestTelling)
#include "test_telling.moc"
