// SPDX-License-Identifier: GPL-3.0-or-later
// The scripting protocol, both ends: a server with a room that does what the test says, a user in the simulated
// network.
#include "core/wire/codec.h"
#include "core/wire/script_receipt.h"
#include "demos/services/scripting/script_service.h"
#include "demos/users/scripting/script_user.h"
#include "tests/unit/services/fake_link.h"
#include "tests/unit/services/service_world.h"

#include <QTemporaryDir>

using namespace kolam;
using namespace kolam::scripting;
using namespace kolam::testing;

namespace {

/// Does jobs when the test says so.
class FakeRoom final : public JobRoom {
public:
    std::expected<std::unique_ptr<Job>, std::string> start(JobOrder order,
                                                           std::function<void(JobResult)> done) override {
        class FakeJob final : public Job {
        public:
            explicit FakeJob(FakeRoom& room) : m_room(room) { ++m_room.running; }
            ~FakeJob() override { --m_room.running; }

        private:
            FakeRoom& m_room;
        };
        std::array<std::byte, 100'000> octets;
        const auto got = readAt(order.package.get(), 0, octets);
        packages.emplace_back(asText(OctetView{octets}.first(static_cast<std::size_t>(got))));
        environments.push_back(order.environment);
        m_done = std::move(done);
        return std::make_unique<FakeJob>(*this);
    }
    void finish(std::uint32_t status, std::string_view output) {
        JobResult result{.receipt = {.exitStatus = status, .outputOctets = output.size()}, .output = Descriptor{}};
        result.output = std::move(*anonymousFile());
        static_cast<void>(append(result.output.get(), asOctets(output)));
        std::exchange(m_done, nullptr)(std::move(result));
    }
    std::vector<std::string> packages;
    std::vector<std::string> environments;
    int running = 0;

private:
    std::function<void(JobResult)> m_done;
};

Octets bytes(std::string_view text) {
    const OctetView octets = asOctets(text);
    return {octets.begin(), octets.end()};
}

struct Bench {
    explicit Bench(const ScriptServiceOptions& options = {.capacity = 1, .host = "here"})
        : cache(*EnvironmentCache::open({}, {}, log))
        , service(dispatcher, log, room, *cache, options)
        , session(service.open(link)) {}
    template <typename Message>
    void say(const Message& message) {
        session->onMessage(wire::scriptingPpid, wire::encode(message));
    }
    void upload(std::string_view text) {
        say(wire::ScriptUpload{.data = bytes(text)});
        say(wire::ScriptUpload{});
    }
    /// What was said since the last time, one line each.
    std::string heard() {
        std::string text;
        for (; m_heard < link.messages.size(); ++m_heard) {
            const OctetView message = link.messages[m_heard];
            text += wire::peekType(message) == wire::ScriptReceipt::type
                        ? "SSP_RECEIPT"
                        : std::visit([](const auto& what) { return wire::toText(what); },
                                     wire::decodeScripting(message).value());
            text += "\n";
        }
        return text;
    }
    VirtualDispatcher dispatcher{1};
    SilentLog log;
    FakeRoom room;
    std::unique_ptr<EnvironmentCache> cache;
    ScriptService service;
    FakeLink link;
    std::unique_ptr<ServiceSession> session;

private:
    std::size_t m_heard = 0;
};

constexpr std::array<std::uint8_t, 20> sha1OfHello{0xaa, 0xf4, 0xc6, 0x1d, 0xdc, 0xc5, 0xe8, 0xa2, 0xda, 0xbe,
                                                   0xde, 0x0f, 0x3b, 0x48, 0x2c, 0xd9, 0xae, 0xa9, 0x43, 0x4d};

/// A pool whose rooms the test commands, and a user with a piece of work.
struct Pool : ServiceWorld {
    Pool() : ServiceWorld(PoolHandle{"ScriptingPool"}), cache(*EnvironmentCache::open({}, {}, log)) {}
    Element& add(std::uint8_t number, FakeRoom& room) {
        return addElement(number, [&](Dispatcher& own) {
            return std::make_shared<ScriptService>(own, log, room, *cache, ScriptServiceOptions{.capacity = 1});
        });
    }
    void submit(std::string_view work) {
        package = std::move(*anonymousFile());
        static_cast<void>(append(package.get(), asOctets(work)));
        job = std::make_unique<ScriptUser>(userDispatcher(), *user->user, log, ScriptUserOptions{.retryDelay = 1s},
                                           ScriptWork{.package = package.get()});
        job->onDone([this](std::expected<ScriptUser::Outcome, std::string> result) {
            outcome = std::move(result);
            done = true;
        });
    }
    std::string results() {
        std::string text(sizeOf(outcome->output.get()), '\0');
        static_cast<void>(readAt(outcome->output.get(), 0, std::as_writable_bytes(std::span{text})));
        return text;
    }
    std::unique_ptr<EnvironmentCache> cache;
    Descriptor package;
    std::unique_ptr<ScriptUser> job;
    std::expected<ScriptUser::Outcome, std::string> outcome;
    bool done = false;
};

} // namespace

class TestScriptService : public QObject {
    Q_OBJECT
private slots:
    void givenUser_whenItsWorkIsDone_thenTheConversationIsRsplibs() {
        Bench bench;
        QCOMPARE(bench.heard(), std::string{"SSP_READY info=\"here\"\n"});
        bench.upload("work");
        QCOMPARE(bench.heard(), std::string{"SSP_STATUS exit-status=0\n"});
        QCOMPARE(bench.room.packages, std::vector<std::string>{"work"});
        bench.say(wire::ScriptKeepAlive{});
        QCOMPARE(bench.heard(), std::string{"SSP_KEEPALIVE_ACK status=0\n"});
        bench.room.finish(7, "done");
        QCOMPARE(bench.heard(),
                 std::string{"SSP_STATUS exit-status=7\nSSP_DOWNLOAD data=\"done\"\nSSP_DOWNLOAD data=\n"});
        QCOMPARE(bench.link.order.back(), 'S');
        bench.dispatcher.runFor(1s);
        QCOMPARE(bench.room.running, 0);
    }

    void givenEnvironment_whenItIsUnknown_thenItIsUploadedOnce() {
        Bench bench;
        bench.heard();
        bench.say(wire::ScriptEnvironment{.uploadNeeded = {}, .sha1 = sha1OfHello});
        QVERIFY(bench.heard().find("upload-needed") != std::string::npos);
        bench.upload("work");
        QCOMPARE(bench.heard(), std::string{});
        bench.upload("hello");
        QCOMPARE(bench.heard(), std::string{"SSP_STATUS exit-status=0\n"});
        QVERIFY(QFile::exists(QString::fromStdString(bench.room.environments.at(0))));
        bench.session.reset();
        FakeLink link;
        const auto next = bench.service.open(link);
        next->onMessage(wire::scriptingPpid,
                        wire::encode(wire::ScriptEnvironment{.uploadNeeded = {}, .sha1 = sha1OfHello}));
        const auto answer = wire::decode<wire::ScriptEnvironment>(link.messages.back());
        QVERIFY(answer && !answer->uploadNeeded.set);
        next->onMessage(wire::scriptingPpid, wire::encode(wire::ScriptUpload{.data = bytes("more")}));
        next->onMessage(wire::scriptingPpid, wire::encode(wire::ScriptUpload{}));
        QCOMPARE(bench.room.environments.size(), std::size_t{2});
        QCOMPARE(bench.room.environments[1], bench.room.environments[0]);
    }

    void givenEnvironmentOfAnotherName_whenItIsUploaded_thenTheSessionIsAborted() {
        Bench bench;
        bench.say(wire::ScriptEnvironment{.uploadNeeded = {}, .sha1 = sha1OfHello});
        bench.upload("work");
        bench.upload("evil");
        QCOMPARE(bench.link.why, std::string{"the environment is not the one that was announced"});
        QCOMPARE(bench.cache->size(), std::size_t{0});
    }

    void givenBusyServer_whenAnotherUserComes_thenItIsToldSoAndTheSessionEnds() {
        Bench bench;
        FakeLink other;
        const auto session = bench.service.open(other);
        QVERIFY(session);
        const auto said = wire::decode<wire::ScriptNotReady>(other.messages.at(0));
        QVERIFY(said && said->reason == wire::ScriptNotReady::fullyLoaded);
        QCOMPARE(other.order, std::string{"MS"});
    }

    void givenHostileUser_whenItSpeaksOutOfTurn_thenItsSessionIsAbortedAndItsJobEnds() {
        const auto after = [](auto speak) {
            Bench bench;
            speak(bench);
            const bool over = bench.link.order.back() == 'A' && bench.room.running == 0;
            return over ? bench.link.why : "goes on";
        };
        QCOMPARE(after([](Bench& b) { b.say(wire::ScriptKeepAlive{}); }), std::string{"a keep-alive out of turn"});
        QCOMPARE(after([](Bench& b) { b.say(wire::ScriptKeepAliveAck{}); }),
                 std::string{"an answer that nobody asked for"});
        QCOMPARE(after([](Bench& b) { b.say(wire::ScriptReady{}); }), std::string{"a message that only servers send"});
        QCOMPARE(after([](Bench& b) { b.session->onMessage(wire::scriptingPpid, bytes("garbage")); }),
                 std::string{"a malformed message"});
        QCOMPARE(after([](Bench& b) { b.session->onMessage(0, bytes("hello")); }),
                 std::string{"not the scripting protocol"});
        QCOMPARE(after([](Bench& b) { b.session->onCookieEcho(bytes("cookie")); }),
                 std::string{"a cookie, but this service gives none"});
        QCOMPARE(after([](Bench& b) {
                     b.upload("work");
                     b.upload("more");
                 }),
                 std::string{"an upload out of turn"});
        QCOMPARE(after([](Bench& b) {
                     b.say(wire::ScriptUpload{.data = bytes("work")});
                     b.say(wire::ScriptEnvironment{});
                 }),
                 std::string{"an environment out of turn"});
    }

    void givenEndlessUpload_whenItIsTooLarge_thenTheSessionIsAborted() {
        Bench bench{{.capacity = 1, .maxUpload = 100'000}};
        const wire::ScriptUpload piece{.data = Octets(16'384)};
        for (int i = 0; i < 10; ++i) {
            bench.say(piece);
        }
        QCOMPARE(bench.link.why, std::string{"an upload that is too large"});
    }

    void givenUserWhoFallsSilent_whenTimePasses_thenItsSessionEnds() {
        Bench uploading;
        uploading.say(wire::ScriptUpload{.data = bytes("wo")});
        uploading.dispatcher.runFor(31s);
        QCOMPARE(uploading.link.why, std::string{"it has not uploaded anything for too long"});

        Bench running;
        running.upload("work");
        running.dispatcher.runFor(16s);
        running.say(wire::ScriptKeepAliveAck{});
        running.dispatcher.runFor(24s);
        QCOMPARE(running.room.running, 1);
        running.dispatcher.runFor(3s);
        QCOMPARE(running.link.why, std::string{"it does not answer"});
        QCOMPARE(running.room.running, 0);

        Bench downloading;
        downloading.upload("work");
        downloading.link.room = 0;
        downloading.room.finish(0, std::string(3'000'000, 'x'));
        downloading.dispatcher.runFor(31s);
        QCOMPARE(downloading.link.why, std::string{"it has not taken anything for too long"});
    }

    void givenPool_whenWorkIsSubmitted_thenItsResultsComeBackWithAReceipt() {
        FakeRoom room;
        Pool pool;
        pool.add(1, room);
        const std::string work(100'000, 'w');
        pool.submit(work);
        QVERIFY(pool.until([&] { return room.running == 1; }));
        QVERIFY(room.packages.at(0) == work.substr(0, room.packages[0].size()));
        QCOMPARE(room.packages[0].size(), std::size_t{100'000});
        pool.dispatcher.runFor(60s); // keep-alives both ways
        QCOMPARE(room.running, 1);
        const std::string results(200'000, 'r');
        room.finish(0, results);
        QVERIFY(pool.until([&] { return pool.done; }));
        QVERIFY(pool.outcome.has_value());
        QVERIFY(pool.results() == results);
        QCOMPARE(pool.outcome->failovers, 0u);
    }

    void givenWork_whenItsServerIsKilled_thenAnotherDoesItFromTheBeginning() {
        FakeRoom one;
        FakeRoom two;
        Pool pool;
        pool.add(1, one);
        pool.submit("work");
        QVERIFY(pool.until([&] { return one.running == 1; }));
        pool.add(2, two);
        pool.at(pool.job->element()).kill();
        QVERIFY(pool.until([&] { return two.running == 1; }, 60s));
        two.finish(0, "results");
        QVERIFY(pool.until([&] { return pool.done; }));
        QCOMPARE(pool.results(), std::string{"results"});
        QCOMPARE(pool.outcome->failovers, 1u);
    }

    void givenWorkThatEndsBadly_whenItWasTriedOften_thenTheLastResultCounts() {
        FakeRoom one;
        FakeRoom two;
        Pool pool;
        pool.add(1, one);
        pool.add(2, two);
        pool.submit("work");
        for (int trial = 0; trial < 3; ++trial) {
            QVERIFY(pool.until([&] { return one.running + two.running == 1; }, 60s));
            (one.running == 1 ? one : two).finish(9, "why");
            pool.dispatcher.runFor(100ms);
        }
        QVERIFY(pool.until([&] { return pool.done; }, 60s));
        QCOMPARE(pool.outcome->exitStatus, 9u);
        QCOMPARE(pool.outcome->trials, 3u);
        QCOMPARE(pool.results(), std::string{"why"});
    }

    void givenFrozenServer_whenWorkIsThere_thenTheUserGoesElsewhere() {
        FakeRoom one;
        FakeRoom two;
        Pool pool;
        pool.add(1, one);
        pool.submit("work");
        QVERIFY(pool.until([&] { return one.running == 1; }));
        pool.add(2, two);
        pool.at(pool.job->element()).process->freeze();
        QVERIFY(pool.until([&] { return two.running == 1; }, 60s));
        two.finish(0, "results");
        QVERIFY(pool.until([&] { return pool.done; }));
    }
};

QTEST_GUILESS_MAIN(TestScriptService)
#include "test_script_service.moc"
