// SPDX-License-Identifier: GPL-3.0-or-later
// The scripting protocol, both ends: a server with a room that does what the test says, a user in the simulated
// network.
#include "core/node/access.h"
#include "core/wire/codec.h"
#include "core/wire/script_extensions.h"
#include "demos/services/scripting/script_service.h"
#include "demos/users/scripting/script_user.h"
#include "tests/unit/services/fake_link.h"
#include "tests/unit/services/service_world.h"

#include <QTemporaryDir>

using namespace kolam;
using namespace kolam::scripting;
using namespace kolam::testing;

namespace {

std::string textOf(int file) {
    std::string text(sizeOf(file), '\0');
    static_cast<void>(readAt(file, 0, std::as_writable_bytes(std::span{text})));
    return text;
}

/// Does jobs when the test says so.
class FakeRoom final : public JobRoom {
public:
    std::expected<std::unique_ptr<Job>, std::string> start(JobOrder order, JobEvents events) override {
        class FakeJob final : public Job {
        public:
            explicit FakeJob(FakeRoom& room) : m_room(room) { ++m_room.running; }
            ~FakeJob() override { --m_room.running; }

        private:
            FakeRoom& m_room;
        };
        packages.push_back(textOf(order.package.get()));
        environments.push_back(order.environment);
        checkpoints.push_back(order.checkpoint.ok() ? textOf(order.checkpoint.get()) : "none");
        m_events = std::move(events);
        return std::make_unique<FakeJob>(*this);
    }
    void finish(std::uint32_t status, std::string_view output) {
        JobResult result{.receipt = {.exitStatus = status, .outputOctets = output.size()}, .output = Descriptor{}};
        result.output = std::move(*anonymousFile());
        static_cast<void>(append(result.output.get(), asOctets(output)));
        std::exchange(m_events.done, nullptr)(std::move(result));
    }
    void makeCheckpoint(std::string_view text) {
        auto file = anonymousFile();
        static_cast<void>(append(file->get(), asOctets(text)));
        m_events.checkpoint(std::move(*file));
    }
    std::vector<std::string> packages;
    std::vector<std::string> environments;
    std::vector<std::string> checkpoints; // to go on from
    int running = 0;

private:
    JobEvents m_events;
};

Octets bytes(std::string_view text) {
    const OctetView octets = asOctets(text);
    return {octets.begin(), octets.end()};
}

struct Bench {
    explicit Bench(const ScriptServiceOptions& options = {.capacity = 1, .host = "here"})
        : cache(*EnvironmentCache::open({}, {}, log))
        , service(dispatcher, log, room, *cache, access, options)
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
            const auto said = [](const auto& what) { return wire::toText(what); };
            text += wire::peekType(message) == wire::ScriptReceipt::type ? "SSP_RECEIPT"
                    : wire::isScriptExtension(message) ? std::visit(said, wire::decodeScriptExtension(message).value())
                                                       : std::visit(said, wire::decodeScripting(message).value());
            text += "\n";
        }
        return text;
    }
    VirtualDispatcher dispatcher{1};
    SilentLog log;
    FakeRoom room;
    std::unique_ptr<EnvironmentCache> cache;
    AccessRules access;
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
    explicit Pool(std::uint32_t features = 0)
        : ServiceWorld(PoolHandle{"ScriptingPool"}, 1, features)
        , cache(*EnvironmentCache::open({}, {}, log)) {}
    Element& add(std::uint8_t number, FakeRoom& room) {
        return addElement(number, [&](Dispatcher& own) {
            return std::make_shared<ScriptService>(own, log, room, *cache, access, ScriptServiceOptions{.capacity = 1});
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
    std::string results() { return textOf(outcome->output.get()); }
    std::unique_ptr<EnvironmentCache> cache;
    AccessRules access;
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

    void givenRulesOfAccess_whenAStrangerComes_thenItGetsNoSession() {
        Bench bench{{.capacity = 1, .pool = PoolHandle{"Work"}}};
        bench.access = AccessRules{{*AccessRule::parse("upload-script pool=Work from=10.0.0.0/8")}, {}};
        FakeLink friendly;
        QVERIFY(bench.service.open(friendly) != nullptr);
        FakeLink stranger;
        stranger.address = {{IpAddress::v4(192, 168, 0, 1)}, 40'000};
        QVERIFY(bench.service.open(stranger) == nullptr);
        QVERIFY(stranger.messages.empty());
        QCOMPARE(bench.service.statistics().denied, std::uint64_t{1});
        QCOMPARE(bench.access.counts(Verb::UploadScript).denied, std::uint64_t{1});
    }

    void givenHostileUser_whenItSpeaksOutOfTurn_thenItsSessionIsAbortedAndItsJobEnds() {
        const auto after = [](auto speak) {
            Bench bench;
            speak(bench);
            bench.dispatcher.runFor(1ms);
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
        QCOMPARE(after([](Bench& b) { b.session->onCookieEcho(bytes("cookie")); }), std::string{"a malformed cookie"});
        QCOMPARE(after([](Bench& b) { b.session->onCookieEcho(wire::encode(wire::ScriptCookie{})); }),
                 std::string{"a malformed cookie"});
        QCOMPARE(after([](Bench& b) {
                     b.upload("work");
                     b.session->onCookieEcho(wire::encode(wire::ScriptCookie{.checkpoint = 1}));
                 }),
                 std::string{"a cookie out of turn"});
        QCOMPARE(after([](Bench& b) { b.say(wire::ScriptCheckpoint{.number = 1}); }),
                 std::string{"a checkpoint out of turn"});
        QCOMPARE(after([](Bench& b) { b.say(wire::ScriptCheckpointWanted{1}); }),
                 std::string{"a message that only servers send"});
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

    void givenUserWhoKnowsCheckpoints_whenTheJobMakesThem_thenItGetsThemAndACookieForEach() {
        Bench bench;
        bench.link.features = wire::Features::checkpoints;
        bench.upload("work");
        bench.heard();
        bench.room.makeCheckpoint("half");
        QCOMPARE(bench.heard(), std::string{"SSP_CHECKPOINT number=1 data=\"half\"\nSSP_CHECKPOINT number=1 data=\n"});
        const auto cookie = wire::decode<wire::ScriptCookie>(bench.link.cookies.at(0));
        QVERIFY(cookie && cookie->checkpoint == 1);
        bench.link.room = 0; // three are made while the user takes nothing: the second is out of date by then
        bench.room.makeCheckpoint("two thirds");
        bench.room.makeCheckpoint("three quarters");
        bench.room.makeCheckpoint("nearly all");
        bench.link.room = 1'000;
        bench.session->onWritable();
        const std::string said = bench.heard();
        QVERIFY2(said.find("two thirds") != std::string::npos && said.find("nearly all") != std::string::npos &&
                     said.find("three quarters") == std::string::npos,
                 said.c_str());
        QCOMPARE(bench.service.statistics().checkpoints, std::uint64_t{3});

        Bench other; // a user of rsplib
        other.upload("work");
        other.heard();
        other.room.makeCheckpoint("half");
        QCOMPARE(other.heard(), std::string{});
        QVERIFY(other.link.cookies.empty());
    }

    void givenUserWithACookie_whenItHasTheCheckpoint_thenTheJobGoesOnFromIt() {
        const auto cookieOf = [](std::string_view text) {
            const auto file = anonymousFile();
            static_cast<void>(append(file->get(), asOctets(text)));
            return wire::ScriptCookie{4, digestsOf(file->get())->sha256};
        };
        const auto resume = [&](Bench& bench, const wire::ScriptCookie& cookie, std::string_view text) {
            bench.link.features = wire::Features::checkpoints;
            bench.session->onCookieEcho(wire::encode(cookie));
            bench.upload("work");
            const bool asked = bench.heard().ends_with("SSP_CHECKPOINT_WANTED number=4\n");
            if (!text.empty()) {
                bench.say(wire::ScriptCheckpoint{.number = 4, .data = bytes(text)});
            }
            bench.say(wire::ScriptCheckpoint{.number = 4});
            return asked;
        };
        Bench good;
        QVERIFY(resume(good, cookieOf("half"), "half"));
        QCOMPARE(good.room.checkpoints, std::vector<std::string>{"half"});
        QCOMPARE(good.heard(), std::string{"SSP_STATUS exit-status=0\n"});
        good.room.makeCheckpoint("more"); // numbers go on
        QVERIFY(good.heard().starts_with("SSP_CHECKPOINT number=5"));

        Bench forged;
        QVERIFY(resume(forged, cookieOf("half"), "evil"));
        QCOMPARE(forged.room.checkpoints, std::vector<std::string>{"none"});
        Bench lost;
        QVERIFY(resume(lost, cookieOf("half"), ""));
        QCOMPARE(lost.room.checkpoints, std::vector<std::string>{"none"});
        Bench large{{.capacity = 1, .maxCheckpoint = 3}};
        resume(large, cookieOf("half"), "half");
        QCOMPARE(large.link.why, std::string{"a checkpoint that is too large"});
        Bench silent;
        silent.link.features = wire::Features::checkpoints;
        silent.session->onCookieEcho(wire::encode(cookieOf("half")));
        silent.upload("work");
        silent.dispatcher.runFor(31s);
        QCOMPARE(silent.link.why, std::string{"it has not uploaded anything for too long"});
    }

    void givenWorkWithCheckpoints_whenItsServerIsKilled_thenAnotherGoesOnFromTheLastOne() {
        FakeRoom one;
        FakeRoom two;
        Pool pool{wire::Features::checkpoints};
        pool.add(1, one);
        pool.submit("work");
        QVERIFY(pool.until([&] { return one.running == 1; }));
        const std::string half(100'000, 'h');
        one.makeCheckpoint("a third");
        one.makeCheckpoint(half);
        pool.dispatcher.runFor(1s);
        pool.add(2, two);
        pool.at(pool.job->element()).kill();
        QVERIFY(pool.until([&] { return two.running == 1; }, 60s));
        QVERIFY(two.checkpoints.at(0) == half);
        two.finish(0, "results");
        QVERIFY(pool.until([&] { return pool.done; }));
        QCOMPARE(pool.outcome->checkpoints, 2u);
        QCOMPARE(pool.outcome->resumptions, 1u);
        QCOMPARE(pool.outcome->failovers, 1u);
    }

    void givenServerKilledWhileACheckpointIsOnItsWay_whenAnotherAsks_thenItGetsTheOneThatItKnowsOf() {
        FakeRoom one;
        FakeRoom two;
        Pool pool{wire::Features::checkpoints};
        pool.add(1, one);
        pool.submit("work");
        QVERIFY(pool.until([&] { return one.running == 1; }));
        one.makeCheckpoint("a third");
        pool.dispatcher.runFor(1s);
        pool.at(pool.job->element()).process->blockSends(true);
        one.makeCheckpoint("two thirds");
        pool.dispatcher.runFor(10ms);
        pool.add(2, two);
        pool.at(pool.job->element()).kill();
        QVERIFY(pool.until([&] { return two.running == 1; }, 60s));
        QCOMPARE(QByteArray::fromStdString(two.checkpoints.at(0).substr(0, 10)), QByteArray("a third"));
    }

    void givenPiecesOfCheckpoints_whenTheyAreKept_thenTheLastTwoWholeOnesAre() {
        CheckpointStore store{10};
        const auto take = [&](std::uint32_t number, std::string_view text) {
            return store.take(number, asOctets(text)) || store.take(number, {});
        };
        QVERIFY(!store.take(1, asOctets("on")) && !store.take(1, asOctets("e")) && store.take(1, {}));
        QCOMPARE(QByteArray::fromStdString(textOf(store.find(1))), QByteArray("one"));
        QVERIFY(take(2, "two") && take(3, "three"));
        QVERIFY(store.find(1) < 0 && store.find(2) >= 0 && store.find(3) >= 0);
        QVERIFY(!take(4, "far too long") && !take(5, ""));
        QVERIFY(!store.take(6, asOctets("begun, and"))); // its element fails here
        store.dropIncoming();
        QVERIFY(take(6, "six"));
        QCOMPARE(QByteArray::fromStdString(textOf(store.find(6))), QByteArray("six"));
        QVERIFY(store.find(2) < 0 && store.find(3) >= 0 && store.find(4) < 0 && store.find(5) < 0);
        store.clear();
        QVERIFY(store.find(6) < 0);
    }

    void givenWorkThatEndsBadly_whenItHadMadeACheckpoint_thenItBeginsAnew() {
        FakeRoom one;
        Pool pool{wire::Features::checkpoints};
        pool.add(1, one);
        pool.submit("work");
        QVERIFY(pool.until([&] { return one.running == 1; }));
        one.makeCheckpoint("nonsense");
        pool.dispatcher.runFor(1s);
        one.finish(9, "why");
        QVERIFY(pool.until([&] { return one.checkpoints.size() == 2; }, 60s));
        QCOMPARE(one.checkpoints[1], std::string{"none"});
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
