// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/telemetry/event_log.h"
#include "tests/unit/telemetry/arbitrary_event.h"

#include <QTest>
#include <nlohmann/json.hpp>
#include <set>

using namespace kolam;
using namespace kolam::telemetry;

namespace {

constexpr std::size_t kinds = std::variant_size_v<AnyEvent>;

} // namespace

class TestEventLog : public QObject {
    Q_OBJECT

private slots:
    void givenAnyEvent_whenItTravelsAsJson_thenItIsTheSame() {
        for (std::uint64_t seed = 0; seed < 200; ++seed) {
            for (std::size_t kind = 0; kind < kinds; ++kind) {
                Random random{seed * kinds + kind};
                const Event event = ArbitraryEvent{random}.event(kind);
                const std::string json = toJson(event);
                const auto read = readEvent(json);
                QVERIFY2(read.has_value(), (json + (read ? "" : read.error().sentence)).c_str());
                QVERIFY2(*read == event, json.c_str());
                // As a library writes what it reads: no key twice, nothing escaped in vain or forgotten.
                QCOMPARE(json, nlohmann::ordered_json::parse(json).dump());
            }
        }
    }

    void givenAllKinds_whenComparingNames_thenEachHasItsOwn() {
        Random random{1};
        std::set<std::string_view> names;
        for (std::size_t kind = 0; kind < kinds; ++kind) {
            names.insert(nameOf(ArbitraryEvent{random}.event(kind).body));
        }
        QCOMPARE(names.size(), kinds);
    }

    void givenAnEventOfAnotherVersion_whenRead_thenItIsUnknownAndNoMistake() {
        const auto read = readEvent(R"({"n":1,"component":"user-0x00000000000007","event":"coffee_made","cups":2})");
        QVERIFY(!read && read.error().unknown);
        const auto more =
            readEvent(R"({"n":1,"component":"user-0x00000000000007","event":"component_final","cups":2})");
        QVERIFY(more.has_value());
    }

    void givenNonsense_whenRead_thenItIsRefused_data() {
        QTest::addColumn<QString>("json");
        QTest::newRow("empty") << "";
        QTest::newRow("no object") << "[1,2]";
        QTest::newRow("no component") << R"({"event":"component_final"})";
        QTest::newRow("no such component") << R"({"event":"component_final","component":"user"})";
        QTest::newRow("no event") << R"({"component":"user-0x1"})";
        QTest::newRow("number as text") << R"({"event":"events_dropped","component":"user-0x1","count":"3"})";
        QTest::newRow("negative") << R"({"event":"events_dropped","component":"user-0x1","count":-3})";
        QTest::newRow("fraction") << R"({"event":"events_dropped","component":"user-0x1","count":3.5})";
        QTest::newRow("too large") << R"({"event":"component_up","component":"user-0x1","pid":4294967296})";
        QTest::newRow("bad word") << R"({"event":"component_down","component":"user-0x1","how":"bored"})";
        QTest::newRow("bad handle") << R"({"event":"session_opened","component":"user-0x1","pool":"\\q"})";
        QTest::newRow("bad address") << R"({"event":"peer_up","component":"user-0x1","address":"here"})";
    }
    void givenNonsense_whenRead_thenItIsRefused() {
        QFETCH(QString, json);
        const auto read = readEvent(json.toStdString());
        QVERIFY(!read && !read.error().unknown && !read.error().sentence.empty());
    }

    void givenAnyCutOrFlippedEvent_whenRead_thenNothingBreaks() {
        Random random{3};
        for (std::size_t round = 0; round < 5000; ++round) {
            std::string json = toJson(ArbitraryEvent{random}.event(round % kinds));
            if (random.chance(0.5)) {
                json.resize(random.below(json.size()));
            } else {
                json[random.below(json.size())] = static_cast<char>(random.below(256));
            }
            if (const auto read = readEvent(json)) {
                QVERIFY(!toText(*read).empty());
            }
        }
    }

    void givenAnEvent_whenPrinted_thenPeopleCanReadIt() {
        const Event event{.number = 3,
                          .component = componentId(Role::User, 7),
                          .wall = WallTime{1'795'886'682'123'456'789},
                          .monotonic = {},
                          .story = storyOf(PoolHandle{"Echo"}, PeIdentifier{0x100}),
                          .body = FailoverBegan{.session = 7,
                                                .pool = PoolHandle{"Echo"},
                                                .failed = PeIdentifier{0x100},
                                                .reason = FailoverReason::KeepAliveTimeout,
                                                .cookieOctets = 76}};
        QCOMPARE(QString::fromStdString(toText(event.wall)), QString{"2026-11-28 17:24:42.123456789"});
        QCOMPARE(QString::fromStdString(toText(event)),
                 QString::fromStdString("17:24:42.123456789 user-0x00000000000007 failover_began session=7 pool=Echo "
                                        "failed=0x00000100 reason=keep_alive_timeout cookie_octets=76 story=" +
                                        toText(event.story)));
    }

    void givenOneFailure_whenUserAndRegistrarNameTheStory_thenItIsTheSameAndNoOther() {
        const StoryId story = storyOf(PoolHandle{"Echo"}, PeIdentifier{1});
        QVERIFY(story == storyOf(PoolHandle{"Echo"}, PeIdentifier{1}));
        QVERIFY(story != storyOf(PoolHandle{"Echo"}, PeIdentifier{2}));
        QVERIFY(story != storyOf(PoolHandle{"Other"}, PeIdentifier{1}));
        QVERIFY(story != storyOf(ServerId{1}));
        QVERIFY(storyOf(ServerId{0}) != StoryId{});
    }

    void givenComponents_whenNamed_thenTheNameLeadsBack() {
        for (const ComponentId id :
             {componentId(ServerId{0x2a}), componentId(PeIdentifier{1}), componentId(Role::User, 0xe42563e0440fbd),
              ComponentId{0x0912345678901234}, ComponentId{0}, componentId(Role::Registrar, 0x1234567890)}) {
            QVERIFY2(readComponentId(toText(id)) == id, toText(id).c_str());
        }
        for (const char* text : {"", "user", "user-", "user-7", "user-0x", "user-0x100000000000000", "group-0x1",
                                 "group256-0x1", "registrar-0x1 "}) {
            QVERIFY2(!readComponentId(text), text);
        }
    }

    void givenRecordsInAnyPieces_whenTaken_thenEachComesOnce() {
        Random random{5};
        std::vector<std::string> sent;
        std::string stream;
        for (std::size_t kind = 0; kind < kinds; ++kind) {
            sent.push_back(toJson(ArbitraryEvent{random}.event(kind)));
            appendRecord(stream, sent.back());
        }
        std::vector<std::string> arrived;
        RecordReader reader;
        while (!stream.empty()) {
            const std::size_t piece = 1 + random.below(std::min<std::size_t>(stream.size(), 300));
            reader.take(std::string_view{stream}.substr(0, piece));
            stream.erase(0, piece);
            while (const auto record = reader.next()) {
                arrived.emplace_back(*record);
            }
        }
        QVERIFY(arrived == sent);
        QVERIFY(!reader.broken());
    }

    void givenARecordLongerThanAny_whenTaken_thenTheStreamIsBroken() {
        RecordReader reader;
        reader.take(std::string_view{"\x7f\xff\xff\xff{}", 6});
        QVERIFY(!reader.next());
        QVERIFY(reader.broken());
    }

    void givenQueriesAndHello_whenRead_thenTheyAreUnderstoodOrRefused() {
        for (const Level level : {Level::State, Level::Messages, Level::Payload}) {
            const auto query = readStreamQuery(streamQuery(level));
            QVERIFY(query && *query && **query == level);
        }
        QVERIFY(!readStreamQuery(R"({"query":"snapshot","version":1})"));
        QVERIFY(!readStreamQuery("nonsense"));
        QVERIFY(!readStreamQuery("[]"));
        const auto future = readStreamQuery(R"({"query":"events","version":2,"level":"state"})");
        QVERIFY(future && !*future);
        const auto strange = readStreamQuery(R"({"query":"events","version":1,"level":"gossip"})");
        QVERIFY(strange && !*strange);
        const StreamHello hello{componentId(ServerId{7}), 42, Level::Messages};
        QVERIFY(readHello(toJson(hello)) == hello);
        for (const char* text : {"", "{}", R"({"kolam":"events","version":1})",
                                 R"({"kolam":"events","version":9,"component":"user-0x1"})"}) {
            QVERIFY(!readHello(text));
        }
    }
};

QTEST_GUILESS_MAIN(TestEventLog)
#include "test_event_log.moc"
