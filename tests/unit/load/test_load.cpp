// SPDX-License-Identifier: GPL-3.0-or-later
// Loads in the simulated network, where every duration is known: what is counted is what has happened.
#include "demos/load/registrar_load.h"
#include "demos/load/session_load.h"
#include "tests/unit/node/endpoint_world.h"

using namespace kolam;
using namespace kolam::load;
using namespace kolam::testing;

namespace {

/// Sends back what it gets.
class Echo final : public Service {
public:
    std::unique_ptr<ServiceSession> open(SessionLink& link) override { return std::make_unique<Session>(link); }

private:
    class Session final : public ServiceSession {
    public:
        explicit Session(SessionLink& link) : m_link(link) {}
        void onMessage(std::uint32_t ppid, OctetView data) override { (void)m_link.send(ppid, data); }
        void onCookieEcho(OctetView) override {}

    private:
        SessionLink& m_link;
    };
};

/// A registrar without limits, and the host that loads it.
class LoadWorld : public World {
public:
    explicit LoadWorld(const asap::RegistrarLimits& limits = {
                           .elementsPerAssociation = 0, .elementsPerPool = 0, .registrations = {}, .resolutions = {}}) {
        network.setLink({.latency = 1ms, .jitter = {}});
        registrar = process(registrarHost());
        RegistrarNode::Config config;
        config.id = ServerId{1};
        config.asap = {{registrarHost()}, 3863};
        config.loopbackOnly = false;
        config.profile = profile;
        config.limits = limits;
        registrar->registrar =
            *RegistrarNode::start(registrar->process->dispatcher(), *registrar->process, log, access, config);
        loader = process(userHost());
    }
    [[nodiscard]] RegistrarLoad::Settings settings() const {
        return {.registrar = {{registrarHost()}, 3863},
                .local = userHost(),
                .pool = PoolHandle{"LoadPool"},
                .associations = 3,
                .elements = 10,
                .patience = 5s};
    }
    LoadResult connect(RegistrarLoad& load) {
        return await([&](auto done) { load.connect(done); });
    }
    LoadResult run(RegistrarLoad& load, const RegistrarLoad::Phase& phase) {
        return await([&](auto done) { load.run(phase, done); });
    }
    std::unique_ptr<Process> addEcho(std::uint8_t number) {
        auto made = process(elementHost(number));
        ElementNode::Config config;
        config.poolHandle = PoolHandle{"EchoPool"};
        config.identifier = PeIdentifier{number};
        config.local = {{elementHost(number)}, 0};
        config.registrars = sources;
        config.profile = profile;
        made->element = *ElementNode::start(made->process->dispatcher(), *made->process, log, echo, config);
        return made;
    }

    Echo echo;
    std::unique_ptr<Process> registrar;
    std::unique_ptr<Process> loader;

private:
    template <typename Begin>
    LoadResult await(Begin begin) {
        std::optional<LoadResult> result;
        begin([&](LoadResult got) { result.emplace(std::move(got)); });
        (void)until([&] { return result.has_value(); }, 600s);
        return result.value_or(LoadResult{.what = "never ended"});
    }
};

QString text(const LoadResult& result) {
    QString line = QStringLiteral("%1: %2 answered")
                       .arg(QString::fromStdString(result.what))
                       .arg(static_cast<qulonglong>(result.answered));
    for (const auto& [why, times] : result.failures) {
        line += QStringLiteral(", %1 x %2").arg(static_cast<qulonglong>(times)).arg(QString::fromStdString(why));
    }
    return line;
}

class TestLoad : public QObject {
    Q_OBJECT
private slots:
    void givenARegistrar_everyPhaseCountsWhatItHasAsked() {
        LoadWorld world;
        RegistrarLoad load{world.loader->process->dispatcher(), *world.loader->process, world.settings()};
        QCOMPARE(text(world.connect(load)), QString("association: 3 answered"));
        const Handlespace& known = world.registrar->registrar->handlespace();
        const LoadResult registered = world.run(load, {.question = Question::Register, .outstanding = 2});
        QCOMPARE(text(registered), QString("registration: 10 answered"));
        QCOMPARE(known.elementCount(PoolHandle{"LoadPool"}), 10u);
        QCOMPARE(text(world.run(load, {.question = Question::Reregister, .outstanding = 4, .requests = 1000})),
                 QString("re-registration: 1000 answered"));
        QCOMPARE(world.registrar->registrar->counters().reRegistrations, std::uint64_t{1000});
        const LoadResult resolved =
            world.run(load, {.question = Question::Resolve, .outstanding = 8, .requests = 3000});
        QCOMPARE(text(resolved), QString("resolution: 3000 answered"));
        // There and back, nothing else; and 24 under way at any time.
        QCOMPARE(resolved.latency.least(), Duration{2ms});
        QVERIFY(resolved.latency.quantile(0.99) < 3ms);
        QVERIFY(resolved.perSecond() > 11'000 && resolved.perSecond() <= 12'001);
        QCOMPARE(text(world.run(load, {.question = Question::Deregister, .outstanding = 2})),
                 QString("deregistration: 10 answered"));
        QCOMPARE(known.elementCount(), 0u);
        QCOMPARE(world.registrar->registrar->associationCount(), 3u);
    }
    void givenATime_thePhaseEndsWithItsLastAnswer() {
        LoadWorld world;
        RegistrarLoad load{world.loader->process->dispatcher(), *world.loader->process, world.settings()};
        (void)world.connect(load);
        (void)world.run(load, {.question = Question::Register});
        const TimePoint begin = world.dispatcher.now();
        const LoadResult result = world.run(load, {.question = Question::Resolve, .time = 2s});
        QCOMPARE(result.failed(), std::uint64_t{0});
        QVERIFY(world.dispatcher.now() - begin >= 2s && world.dispatcher.now() - begin < 2100ms);
        QVERIFY(result.answered >= 2990 && result.answered <= 3003); // three associations, 2 ms each time
    }
    void givenKeepAlives_theyAreAnswered() {
        LoadWorld world;
        RegistrarLoad load{world.loader->process->dispatcher(), *world.loader->process, world.settings()};
        (void)world.connect(load);
        (void)world.run(load, {.question = Question::Register});
        world.dispatcher.runFor(30s);
        QVERIFY(load.keepAlives() >= 10);
        QCOMPARE(world.registrar->registrar->handlespace().elementCount(), 10u); // all of them live
        QCOMPARE(load.alive(), 3u);
    }
    void givenLimits_refusalsAreCountedByReason() {
        LoadWorld world{{.elementsPerAssociation = 2, .registrations = {}, .resolutions = {}}};
        RegistrarLoad load{world.loader->process->dispatcher(), *world.loader->process, world.settings()};
        (void)world.connect(load);
        const LoadResult result = world.run(load, {.question = Question::Register});
        QCOMPARE(result.answered, std::uint64_t{6}); // 4 + 3 + 3 elements, of which 2 each may be
        QCOMPARE(result.failures.size(), std::size_t{1});
        QCOMPARE(result.failures.begin()->second, std::uint64_t{4});
        QVERIFY(result.failures.begin()->first.starts_with("refused: "));
    }
    void givenAnUnknownPool_everyResolutionFails() {
        LoadWorld world;
        RegistrarLoad load{world.loader->process->dispatcher(), *world.loader->process, world.settings()};
        (void)world.connect(load);
        const LoadResult result = world.run(load, {.question = Question::Resolve, .requests = 5});
        QCOMPARE(result.answered, std::uint64_t{0});
        QCOMPARE(result.failed(), std::uint64_t{5});
    }
    void givenNobody_connectingFails() {
        LoadWorld world;
        world.registrar->kill();
        RegistrarLoad load{world.loader->process->dispatcher(), *world.loader->process, world.settings()};
        const LoadResult result = world.connect(load);
        QCOMPARE(result.answered, std::uint64_t{0});
        QCOMPARE(result.failed(), std::uint64_t{3});
        QCOMPARE(load.alive(), 0u);
        // Nothing can be asked, and that ends at once.
        QCOMPARE(text(world.run(load, {.question = Question::Resolve, .requests = 5})),
                 QString("resolution: 0 answered"));
    }
    void givenARegistrarThatDies_whatItOwesIsCounted() {
        LoadWorld world;
        RegistrarLoad load{world.loader->process->dispatcher(), *world.loader->process, world.settings()};
        (void)world.connect(load);
        (void)world.run(load, {.question = Question::Register});
        world.dispatcher.callIn(500ms, [&] { world.registrar->kill(); });
        const LoadResult result = world.run(load, {.question = Question::Resolve, .outstanding = 2, .time = 10s});
        QVERIFY(result.answered > 1000);
        QCOMPARE(load.alive(), 0u);
        QCOMPARE(result.failures.at("not answered: association lost"), std::uint64_t{6});
    }
    void givenASilentRegistrar_patienceEnds() {
        LoadWorld world;
        RegistrarLoad::Settings settings = world.settings();
        settings.patience = 200ms;
        RegistrarLoad load{world.loader->process->dispatcher(), *world.loader->process, settings};
        (void)world.connect(load);
        (void)world.run(load, {.question = Question::Register});
        world.registrar->process->freeze();
        const TimePoint begin = world.dispatcher.now();
        const LoadResult result = world.run(load, {.question = Question::Resolve, .outstanding = 2, .time = 10s});
        QVERIFY(world.dispatcher.now() - begin < 400ms);
        QCOMPARE(result.failures.at("not answered in time"), std::uint64_t{6});
    }

    // ---- Sessions ----
    void givenAPoolThatEchoes_messagesComeBack() {
        LoadWorld world;
        auto one = world.addEcho(1);
        auto two = world.addEcho(2);
        QVERIFY(world.untilRegistered({one.get(), two.get()}));
        auto user = world.addUser(2);
        SessionLoad load{
            world.dispatcher,
            *user->user,
            {.pool = PoolHandle{"EchoPool"}, .sessions = 4, .outstanding = 3, .messages = 400, .patience = 10s}};
        std::optional<SessionLoad::Results> results;
        load.run([&](SessionLoad::Results got) { results.emplace(std::move(got)); });
        QVERIFY(world.until([&] { return results.has_value(); }, 60s));
        QCOMPARE(text(results->setUp), QString("session set-up: 4 answered"));
        QCOMPARE(text(results->message), QString("message: 400 answered"));
        QCOMPARE(text(results->failover), QString("failover: 0 answered"));
        QCOMPARE(results->message.latency.least(), Duration{2ms});
    }
    void givenAnElementThatDies_itsSessionsGoOnAndTheirLossIsCounted() {
        LoadWorld world;
        auto one = world.addEcho(1);
        auto two = world.addEcho(2);
        QVERIFY(world.untilRegistered({one.get(), two.get()}));
        auto user = world.addUser(2);
        SessionLoad load{
            world.dispatcher,
            *user->user,
            {.pool = PoolHandle{"EchoPool"}, .sessions = 4, .outstanding = 2, .time = 5s, .patience = 10s}};
        std::optional<SessionLoad::Results> results;
        load.run([&](SessionLoad::Results got) { results.emplace(std::move(got)); });
        world.dispatcher.callIn(2s, [&] { one->kill(); });
        QVERIFY(world.until([&] { return results.has_value(); }, 60s));
        QVERIFY(results->failover.answered >= 1 && results->failover.answered <= 4);
        QCOMPARE(results->message.failures.at("lost with an element"), 2 * results->failover.answered);
        QVERIFY(results->message.answered > 5'000);
    }
    void givenAPoolThatDiesOut_theLoadEndsAllTheSame() {
        LoadWorld world;
        auto one = world.addEcho(1);
        QVERIFY(world.untilRegistered({one.get()}));
        auto user = world.addUser(2);
        SessionLoad load{world.dispatcher,
                         *user->user,
                         {.pool = PoolHandle{"EchoPool"}, .sessions = 2, .messages = 1'000'000, .patience = 3s}};
        std::optional<SessionLoad::Results> results;
        load.run([&](SessionLoad::Results got) { results.emplace(std::move(got)); });
        world.dispatcher.callIn(2s, [&] { one->kill(); });
        QVERIFY(world.until([&] { return results.has_value(); }, 60s));
        QCOMPARE(text(results->setUp), QString("session set-up: 2 answered"));
        QCOMPARE(results->message.failures.at("lost with an element"), std::uint64_t{2});
        QCOMPARE(results->message.failures.at("no session stands any more"), std::uint64_t{1});
    }
    void givenAMessageThatIsTooBig_itIsNotSentForEver() {
        LoadWorld world;
        auto one = world.addEcho(1);
        QVERIFY(world.untilRegistered({one.get()}));
        auto user = world.addUser(2);
        SessionLoad load{world.dispatcher,
                         *user->user,
                         {.pool = PoolHandle{"EchoPool"}, .octets = 100'000'000, .messages = 10, .patience = 3s}};
        std::optional<SessionLoad::Results> results;
        load.run([&](SessionLoad::Results got) { results.emplace(std::move(got)); });
        QVERIFY(world.until([&] { return results.has_value(); }, 60s));
        QCOMPARE(text(results->message), QString("message: 0 answered, 1 x too big to be sent"));
    }
    void givenNoPool_noSessionStands() {
        LoadWorld world;
        auto user = world.addUser(2);
        SessionLoad load{world.dispatcher,
                         *user->user,
                         {.pool = PoolHandle{"EchoPool"}, .sessions = 2, .messages = 10, .patience = 3s}};
        std::optional<SessionLoad::Results> results;
        load.run([&](SessionLoad::Results got) { results.emplace(std::move(got)); });
        QVERIFY(world.until([&] { return results.has_value(); }, 60s));
        QCOMPARE(text(results->setUp), QString("session set-up: 0 answered, 2 x does not stand in time"));
        QCOMPARE(text(results->message), QString("message: 0 answered"));
    }
};

} // namespace

QTEST_GUILESS_MAIN(TestLoad)
#include "test_load.moc"
