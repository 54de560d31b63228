// SPDX-License-Identifier: GPL-3.0-or-later
// A component's stream from end to end: hub, socket, viewers and the source that finds them.
#include "core/telemetry/event_source.h"
#include "core/telemetry/event_streams.h"
#include "core/telemetry/observer_folder.h"
#include "core/telemetry/observer_server.h"
#include "tests/unit/registrar/observer_world.h"

#include <QtTest>
#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace kolam;
using namespace kolam::telemetry;
using namespace std::chrono_literals;

namespace {

/// A component that has told `things` log lines about itself, and repeats them when asked how things are.
struct Component : TelemetrySubject {
    Component(DescriptorDispatcher& dispatcher, const std::filesystem::path& folder, ComponentId id,
              EventStreams::Limits limits = {})
        : hub(dispatcher, id)
        , streams(dispatcher, hub, limits) {
        hub.introduce({.program = "test", .pid = static_cast<std::uint32_t>(::getpid())});
        hub.attach(*this);
        server = std::move(*ObserverServer::open(
            dispatcher, {.folder = folder, .name = toText(id), .limits = {}},
            [this](std::string_view line) -> std::expected<NextLine, std::string> {
                const auto command = readCommand(line);
                if (!command || !*command) {
                    return std::unexpected(command ? command->error() : "no command");
                }
                commands.push_back(**command);
                return [once = std::optional{toLine(CommandDone{7})}]() mutable {
                    return std::exchange(once, std::nullopt);
                };
            },
            [this](std::string_view line) -> std::optional<ObserverServer::Admission> {
                const auto level = readStreamQuery(line);
                if (!level || !*level) {
                    return std::nullopt;
                }
                return [this, wanted = **level](LocalSocket socket) { streams.add(std::move(socket), wanted); };
            }));
    }
    ~Component() override { hub.detach(*this); }
    SnapshotParts snapshot() override {
        return [this, at = 0]() mutable {
            return at < things ? std::vector<EventBody>{LogLine{Severity::Info, std::to_string(at++)}}
                               : std::vector<EventBody>{};
        };
    }
    void tick() override { ++ticks; }
    void happens() { hub.tell(LogLine{Severity::Info, std::to_string(things++)}); }

    int things = 0;
    int ticks = 0;
    std::vector<Command> commands;
    EventHub hub;
    EventStreams streams;
    std::unique_ptr<ObserverServer> server;
};

struct Fixture : ObserverWorld {
    Fixture() : folder(*makeObserverFolder("test")) {}
    std::unique_ptr<EventSource> source(Level level = Level::State, Duration silence = 10s) {
        return std::make_unique<EventSource>(
            dispatcher, EventSource::Config{.folder = folder, .level = level, .look = 20ms, .silence = silence},
            [this](const Event& event) { heard.push_back(event); });
    }
    std::unique_ptr<Component> component(ComponentId id = componentId(ServerId{1}), EventStreams::Limits limits = {}) {
        return std::make_unique<Component>(dispatcher, folder, id, limits);
    }
    [[nodiscard]] std::size_t count(std::string_view name) const {
        return static_cast<std::size_t>(
            std::ranges::count_if(heard, [&](const Event& event) { return nameOf(event.body) == name; }));
    }
    /// The names of the events, without what only says that time goes by.
    [[nodiscard]] std::string story() const {
        std::string text;
        for (const Event& event : heard) {
            text += text.empty() ? "" : " ";
            text += nameOf(event.body);
        }
        return text;
    }
    std::filesystem::path folder;
    std::vector<Event> heard;
};

} // namespace

class TestEventStream : public QObject {
    Q_OBJECT
private slots:
    void givenNobodyWatches_whenSomethingHappens_thenNothingIsPutTogether() {
        Fixture fixture;
        const auto component = fixture.component();
        QVERIFY(!component->hub.wants(Level::State));
        bool made = false;
        component->hub.tellLazily(Level::State, {}, [&] {
            made = true;
            return SnapshotBegan{};
        });
        QVERIFY(!made);
        QCOMPARE(component->ticks, 0);
    }

    void givenAComponent_whenWatched_thenItTellsHowThingsAreAndThenWhatHappens() {
        Fixture fixture;
        const auto component = fixture.component();
        component->things = 2;
        const auto source = fixture.source();
        QVERIFY(fixture.until([&] { return fixture.count("snapshot_ended") == 1; }));
        component->happens();
        QVERIFY(fixture.until([&] { return fixture.count("log_line") == 3; }));
        QCOMPARE(fixture.story(), std::string("snapshot_began component_up log_line log_line snapshot_ended log_line"));
        QCOMPARE(fixture.heard.back().number, std::uint64_t{1});
        QCOMPARE(fixture.heard.front().number, std::uint64_t{0});
        QVERIFY(fixture.heard.back().component == componentId(ServerId{1}));
        QVERIFY(source->components() == std::vector{componentId(ServerId{1})});
        QVERIFY(fixture.until([&] { return component->ticks > 0; }));
    }

    void givenAnyNumberOfViewers_whenSomethingHappens_thenEachHearsAtItsLevel() {
        Fixture fixture;
        const auto component = fixture.component();
        const auto state = fixture.source(Level::State);
        std::vector<Event> other;
        EventSource payload{fixture.dispatcher,
                            {.folder = fixture.folder, .level = Level::Payload},
                            [&](const Event& event) { other.push_back(event); }};
        QVERIFY(fixture.until([&] { return component->streams.viewerCount() == 2 && !other.empty(); }));
        component->hub.tell(MessageSeen{.ppid = 11, .octets = 2, .payload = fromHex("0102")});
        component->happens();
        const auto messages = [&] {
            return std::ranges::count_if(other, [](const Event& e) { return nameOf(e.body) == "message_seen"; });
        };
        QVERIFY(fixture.until([&] { return messages() == 1 && fixture.count("log_line") == 1; }));
        QCOMPARE(fixture.count("message_seen"), std::size_t{0});
    }

    void givenASourceThatWasFirst_whenComponentsComeAndGo_thenItFindsThemAndTellsCrashFromFarewell() {
        Fixture fixture;
        const auto source = fixture.source();
        auto first = fixture.component(componentId(ServerId{1}));
        auto second = fixture.component(componentId(PeIdentifier{2}));
        QVERIFY(fixture.until([&] { return fixture.count("snapshot_ended") == 2; }));
        first->hub.tell(ComponentFinal{"asked to"});
        first.reset();
        QVERIFY(fixture.until([&] { return source->components().size() == 1; }));
        QCOMPARE(fixture.count("component_final"), std::size_t{1});
        QCOMPARE(fixture.count("component_down"), std::size_t{0});
        second.reset(); // without a word
        QVERIFY(fixture.until([&] { return fixture.count("component_down") == 1; }));
        QVERIFY(fixture.heard.back().component == componentId(PeIdentifier{2}));
        second = fixture.component(componentId(PeIdentifier{2}));
        QVERIFY(fixture.until([&] { return fixture.count("snapshot_ended") == 3; }));
    }

    void givenASlowViewer_whenMuchHappens_thenItLosesByCountAndIsHealedByASnapshot() {
        Fixture fixture;
        const auto component = fixture.component(componentId(ServerId{1}), {.viewers = 16, .backlog = 64 * 1024});
        RawViewer slow{component->server->path()};
        QVERIFY(slow.say(streamQuery(Level::State) + "\n"));
        QVERIFY(fixture.until([&] { return component->streams.viewerCount() == 1; }));
        const std::string filler(1000, 'x');
        for (int i = 0; i < 2000; ++i) {
            component->hub.tell(LogLine{Severity::Info, filler});
            fixture.dispatcher.turn();
        }
        const std::uint64_t dropped = component->streams.dropped();
        QVERIFY(dropped > 100);
        RecordReader records;
        std::size_t told = 0;
        std::uint64_t missing = 0;
        bool healed = false;
        QVERIFY(fixture.until([&] {
            (void)slow.read();
            records.take(std::exchange(slow.heard, {}));
            while (const auto record = records.next()) {
                const auto event = readEvent(*record);
                if (!event) {
                    continue; // the hello, and signs of life
                }
                told += nameOf(event->body) == "log_line" ? 1u : 0u;
                if (const auto* const lost = std::get_if<EventsDropped>(&event->body)) {
                    missing += lost->count;
                }
                healed = missing > 0 && nameOf(event->body) == "snapshot_ended";
            }
            return healed;
        }));
        QCOMPARE(told + missing, std::size_t{2000});
        QCOMPARE(missing, dropped);
    }

    void givenViewersWithoutManners_whenTheyAskNonsense_thenTheyAreToldSo() {
        Fixture fixture;
        const auto component = fixture.component();
        for (const char* nonsense : {"{}\n", "\xff\xfe\n", "{\"query\":\"events\"}\n",
                                     "{\"command\":\"fault\",\"version\":1,\"kind\":\"freeze\"}\n",
                                     "{\"command\":\"heal\",\"version\":1,\"fault\":\"all\"}\n"}) {
            RawViewer viewer{component->server->path()};
            QVERIFY(viewer.say(nonsense));
            QVERIFY(fixture.until([&] { return viewer.read(); }));
            QVERIFY2(viewer.heard.find("error") != std::string::npos, nonsense);
        }
        QVERIFY(component->commands.empty());
    }

    void givenTooManyViewers_whenOneMoreComes_thenItIsClosed() {
        Fixture fixture;
        const auto component = fixture.component(componentId(ServerId{1}), {.viewers = 1});
        RawViewer first{component->server->path()};
        RawViewer second{component->server->path()};
        QVERIFY(first.say(streamQuery(Level::State) + "\n"));
        QVERIFY(fixture.until([&] { return component->streams.viewerCount() == 1; }));
        QVERIFY(second.say(streamQuery(Level::State) + "\n"));
        QVERIFY(fixture.until([&] { return second.read(); }));
        QCOMPARE(component->streams.viewerCount(), std::size_t{1});
    }

    void givenACommand_whenSent_thenItIsObeyedAndAnswered() {
        Fixture fixture;
        const auto component = fixture.component();
        const auto source = fixture.source();
        QVERIFY(fixture.until([&] { return !source->components().empty(); }));
        const FaultCommand fault{.kind = FaultKind::Loss,
                                 .peers = {*TransportAddress::parse("127.0.0.1:3863", 0)},
                                 .probability = 0.5,
                                 .lasts = 3s};
        std::optional<std::expected<CommandDone, std::string>> answer;
        source->command(componentId(ServerId{1}), fault, [&](auto result) { answer = std::move(result); });
        QVERIFY(fixture.until([&] { return answer.has_value(); }));
        QVERIFY(*answer && (*answer)->fault == 7);
        QVERIFY(component->commands == std::vector<Command>{fault});
        answer.reset();
        source->command(componentId(ServerId{2}), StopCommand{}, [&](auto result) { answer = std::move(result); });
        QVERIFY(!answer);
        QVERIFY(fixture.until([&] { return answer.has_value(); }));
        QVERIFY(!*answer);
    }

    void givenCommands_whenTheyTravel_thenTheyAreTheSame() {
        for (const Command& command :
             {Command{DrainCommand{}}, Command{MaintenanceCommand{}}, Command{MaintenanceCommand{false}},
              Command{CloseSessionsCommand{}}, Command{StopCommand{}}, Command{HealCommand{}}, Command{HealCommand{3}},
              Command{FaultCommand{}}, Command{FaultCommand{.kind = FaultKind::Delay, .delay = 20ms}}}) {
            const auto read = readCommand(toLine(command));
            QVERIFY2(read && *read && **read == command, toLine(command).c_str());
        }
    }

    void givenAFrozenProcess_whenItStopsAndGoesOn_thenItIsSilentAndHeardAgain() {
        Fixture fixture;
        const pid_t child = ::fork();
        if (child == 0) {
            EpollDispatcher dispatcher{2};
            const Component component{dispatcher, fixture.folder, componentId(PeIdentifier{9})};
            dispatcher.run();
            ::_exit(0);
        }
        const auto source = fixture.source(Level::State, 700ms);
        QVERIFY(fixture.until([&] { return fixture.count("snapshot_ended") == 1; }));
        ::kill(child, SIGSTOP);
        QVERIFY(fixture.until([&] { return fixture.count("component_down") == 1; }));
        QVERIFY(std::get<ComponentDown>(fixture.heard.back().body).how == DownKind::Silent);
        ::kill(child, SIGCONT);
        QVERIFY(fixture.until([&] { return fixture.count("component_heard") == 1; }));
        ::kill(child, SIGKILL);
        QVERIFY(fixture.until([&] { return fixture.count("component_down") == 2; }));
        QVERIFY(std::get<ComponentDown>(fixture.heard.back().body).how == DownKind::StreamEnded);
        ::waitpid(child, nullptr, 0);
    }
};

QTEST_GUILESS_MAIN(TestEventStream)
#include "test_event_stream.moc"
