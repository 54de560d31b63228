// SPDX-License-Identifier: GPL-3.0-or-later
// A history that stays: found again by object, kind and time, after whatever end; the oldest goes; each part stands
// alone.
#include "core/telemetry/recording_reader.h"
#include "core/telemetry/recording_store.h"
#include "tests/unit/telemetry/arbitrary_event.h"

#include <QTemporaryDir>
#include <QtTest>
#include <fstream>

using namespace kolam;
using namespace kolam::telemetry;

namespace {

constexpr std::int64_t start = 1'795'886'682'000'000'000;
constexpr std::int64_t second = 1'000'000'000;
const PoolHandle pool{"Pool"};

Event eventAt(std::int64_t seconds, ComponentId component, EventBody body) {
    return {.number = 0,
            .component = component,
            .wall = WallTime{start + seconds * second},
            .monotonic = {},
            .story = {},
            .body = std::move(body)};
}
ComponentId element(std::uint32_t number) {
    return componentId(PeIdentifier{number});
}
const ComponentId registrar = componentId(ServerId{7});

struct Fixture {
    QTemporaryDir folder;
    std::unique_ptr<RecordingStore> store;
    explicit Fixture(RecordingStore::Limits limits = {}) { open(limits); }
    void open(RecordingStore::Limits limits = {}) {
        store.reset();
        store = std::move(*RecordingStore::open(folder.filePath("history").toStdString(), limits));
    }
    /// A hundred seconds: an element is registered in each, and element 1 tells its load.
    void fill() {
        for (std::int64_t at = 0; at < 100; ++at) {
            store->write(eventAt(at, registrar,
                                 ElementRegistered{{.pool = pool,
                                                    .element = PeIdentifier{static_cast<std::uint32_t>(at % 10)},
                                                    .owner = ServerId{9},
                                                    .address = {},
                                                    .policy = "RoundRobin"}}));
            store->write(eventAt(at, element(1), LoadChanged{.load = static_cast<double>(at) / 100}));
        }
    }
    [[nodiscard]] static std::size_t kindOf(const EventBody& body) { return body.index(); }
};

} // namespace

class TestRecordingStore : public QObject {
    Q_OBJECT
private slots:
    void givenAHistory_whenAsked_thenEventsAreFoundByObjectKindAndTime() {
        Fixture fixture;
        fixture.fill();
        QCOMPARE(fixture.store->events(), std::uint64_t{200});
        QCOMPARE(fixture.store->find({}).all, std::uint64_t{200});
        // What it tells, and what is told about it.
        QCOMPARE(fixture.store->find({.object = element(1)}).all, std::uint64_t{110});
        QCOMPARE(fixture.store->find({.object = element(3)}).all, std::uint64_t{10});
        QCOMPARE(fixture.store->find({.object = componentId(ServerId{9})}).all, std::uint64_t{100}); // their owner
        QCOMPARE(fixture.store->find({.object = element(77)}).all, std::uint64_t{0});
        const auto loads = fixture.store->find({.from = WallTime{start + 10 * second},
                                                .to = WallTime{start + 19 * second},
                                                .kind = Fixture::kindOf(LoadChanged{})});
        QCOMPARE(loads.all, std::uint64_t{10});
        QCOMPARE(loads.events.size(), std::size_t{10});
        QCOMPARE(std::get<LoadChanged>(loads.events.front().body).load, 0.10);
        QCOMPARE(std::get<LoadChanged>(loads.events.back().body).load, 0.19);
        const auto few = fixture.store->find({.object = element(1), .most = 3});
        QCOMPARE(few.all, std::uint64_t{110});
        QCOMPARE(few.events.size(), std::size_t{3});
        QVERIFY(few.events.back().wall.value == start + 99 * second); // the last ones
    }
    void givenAnEnd_whenOpenedAgain_thenEverythingIsStillFound() {
        Fixture fixture;
        fixture.fill();
        fixture.open();
        QCOMPARE(fixture.store->find({.object = element(1)}).events.size(), std::size_t{110});
        // Without its index, or with one that is cut, or of another file: it is made again.
        for (const int damage : {0, 1, 2}) {
            const auto path = SearchIndex::pathOf(fixture.store->recordings().front());
            fixture.store.reset();
            if (damage == 0) {
                std::filesystem::remove(path);
            } else if (damage == 1) {
                std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
            } else {
                std::ofstream(path) << "something else entirely, and long enough";
            }
            fixture.open();
            QCOMPARE(fixture.store->find({.object = element(1)}).events.size(), std::size_t{110});
        }
        fixture.store->write(eventAt(500, element(1), LoadChanged{.load = 1}));
        QCOMPARE(fixture.store->find({.object = element(1)}).all, std::uint64_t{111});
    }
    void givenALimit_whenReached_thenTheOldestGoAndTheRestIsWhole() {
        const RecordingStore::Limits limits{.octets = 200'000, .recording = 40'000};
        Fixture fixture{limits};
        std::int64_t written = 0;
        fixture.store->write(eventAt(
            0, element(1), ComponentUp{.program = "test", .pid = 1, .host = "lab", .pool = pool, .addresses = {}}));
        for (; written < 5'000; ++written) {
            fixture.store->write(
                eventAt(written, element(1), LoadChanged{.load = static_cast<double>(written % 100) / 100}));
            if (written % 100 == 0) {
                QVERIFY(fixture.store->flush());
                QVERIFY(fixture.store->octets() <= limits.octets);
            }
        }
        const auto found = fixture.store->find({.object = element(1), .most = 1'000'000});
        QVERIFY(found.all > 100 && found.all < 5'000);
        QCOMPARE(found.events.size(), found.all);
        for (std::size_t at = 1; at < found.events.size(); ++at) {
            QCOMPARE(found.events[at].wall.value, found.events[at - 1].wall.value + second); // no gap
        }
        QCOMPARE(found.events.back().wall.value, start + (written - 1) * second);
        std::uint64_t octets = 0;
        for (const auto& entry :
             std::filesystem::directory_iterator(fixture.folder.filePath("history").toStdString())) {
            octets += entry.path().string().ends_with(recordingSuffix) ? entry.file_size() : 0;
        }
        QVERIFY(octets <= limits.octets);
        // A part alone knows how things were before it.
        const auto last = fixture.store->recordings().back();
        fixture.store.reset();
        const auto reader = std::move(*RecordingReader::open(last));
        const auto before = reader->seek(reader->index().first);
        QVERIFY(std::ranges::any_of(
            before, [](const Event& event) { return std::holds_alternative<ComponentUp>(event.body); }));
    }
    void givenMessages_whenWritten_thenTheyAreNotKept() {
        Fixture fixture;
        fixture.store->write(eventAt(0, element(1), MessageSeen{}));
        QCOMPARE(fixture.store->events(), std::uint64_t{0});
    }
    void givenAPlaceThatCannotBe_whenOpened_thenASentenceSaysSo() {
        const auto opened = RecordingStore::open("/proc/nowhere");
        QVERIFY(!opened && opened.error().find("/proc/nowhere") != std::string::npos);
    }
    void givenAnyEvents_whenKept_thenTheyComeBackAsTheyWere() {
        Fixture fixture;
        Random random{42};
        std::vector<Event> events;
        while (events.size() < 300) {
            Event event = ArbitraryEvent{random}.event(random.below(std::variant_size_v<AnyEvent>));
            if (std::holds_alternative<KeyFrameBegan>(event.body) ||
                std::holds_alternative<KeyFrameEnded>(event.body) || std::holds_alternative<MessageSeen>(event.body)) {
                continue;
            }
            event.component = element(1 + static_cast<std::uint32_t>(events.size() % 5));
            event.wall = WallTime{start + static_cast<std::int64_t>(events.size()) * second};
            fixture.store->write(event);
            events.push_back(std::move(event));
        }
        QVERIFY(fixture.store->find({}).events == events);
    }
};

QTEST_GUILESS_MAIN(TestRecordingStore)
#include "test_recording_store.moc"
