// SPDX-License-Identifier: GPL-3.0-or-later
// libkolam's C++ API as other programs see it: its shared library and public headers, a registrar in a process of its
// own, and the examples of the README as processes that are killed.
#include "tests/api/children.h"

#include <QDir>
#include <QFile>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QtTest>
#include <array>
#include <kolam/kolam.h>
#include <set>
#include <sys/socket.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>

using namespace kolam::testing;
using namespace kolam::api;
using namespace std::chrono_literals;

namespace {

Settings at(const RegistrarChild& registrar) {
    Settings settings;
    settings.registrars = {registrar.address().toStdString()};
    settings.profile = "demo";
    return settings;
}

/// Answers with what it hears; counts, and says who has come.
class EchoService : public Service {
public:
    std::unique_ptr<ServiceSession> open(SessionLink& link) override { return std::make_unique<Session>(*this, link); }
    std::size_t opened = 0;
    std::size_t closed = 0;
    std::string cookie;
    Result<void> emptySend;
    Result<void> asapSend;

private:
    class Session final : public ServiceSession {
    public:
        Session(EchoService& owner, SessionLink& link) : m_owner(owner), m_link(link) { ++m_owner.opened; }
        void onMessage(std::uint32_t ppid, OctetView data) override {
            m_owner.emptySend = m_link.send({});
            m_owner.asapSend = m_link.send(data, 11);
            (void)m_link.sendCookie(data);
            (void)m_link.send(data, ppid);
        }
        void onCookieEcho(OctetView echo) override { m_owner.cookie = asText(echo); }
        void onClosed() override { ++m_owner.closed; }

    private:
        EchoService& m_owner;
        SessionLink& m_link;
    };
};

/// Remembers all that happens to a session.
class Diary final : public SessionEvents {
public:
    void onEstablished(ElementId at, bool withState) override {
        elements.push_back(at);
        resumed = withState;
    }
    void onMessage(std::uint32_t number, OctetView data) override {
        ppid = number;
        messages.emplace_back(asText(data));
    }
    void onFailover(ElementId, FailoverCause cause) override { causes.push_back(cause); }
    void onWaiting(Errc reason) override { reasons.insert(reason); }
    std::vector<ElementId> elements;
    std::vector<std::string> messages;
    std::vector<FailoverCause> causes;
    std::set<Errc> reasons;
    std::uint32_t ppid = 0;
    bool resumed = false;
};

/// A loop with one instance.
struct Life {
    explicit Life(const Settings& settings)
        : loop(std::move(*EventLoop::create(EventLoop::Transport::User)))
        , instance(std::move(*Instance::create(*loop, settings))) {}
    bool until(const std::function<bool()>& done) { return loop->runUntil(done, 60s); }
    bool untilRegistered(const Server& server) {
        return until([&] { return server.status().state == RegistrationState::Registered; });
    }
    std::unique_ptr<EventLoop> loop;
    std::unique_ptr<Instance> instance;
};

/// Somebody who watches a component: all that its socket has told.
class Viewer {
public:
    explicit Viewer(const QString& path) : m_socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0)) {
        sockaddr_un name{.sun_family = AF_UNIX, .sun_path = {}};
        path.toLocal8Bit().left(sizeof name.sun_path - 1).toStdString().copy(name.sun_path, sizeof name.sun_path - 1);
        ::connect(m_socket, reinterpret_cast<const sockaddr*>(&name), sizeof name);
        constexpr std::string_view query = "{\"query\":\"events\",\"version\":1,\"level\":\"state\"}\n";
        ::send(m_socket, query.data(), query.size(), MSG_NOSIGNAL);
    }
    ~Viewer() { ::close(m_socket); }
    Viewer(const Viewer&) = delete;
    Viewer& operator=(const Viewer&) = delete;
    bool hears(std::string_view text) {
        std::array<char, 4096> part;
        for (ssize_t got = 0; (got = ::recv(m_socket, part.data(), part.size(), 0)) > 0;) {
            m_heard.append(part.data(), static_cast<std::size_t>(got));
        }
        return m_heard.find(text) != std::string::npos;
    }

private:
    int m_socket;
    std::string m_heard;
};

Errc errorOf(const auto& result) {
    return result ? Errc{} : result.error().code;
}

} // namespace

class TestCppApi : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { qputenv("KOLAM_TRANSPORT", "user"); }

    void givenServerAndUser_whenSomebodyWatches_thenBothTellOfTheirSession() {
        RegistrarChild registrar;
        const QTemporaryDir folder;
        const QByteArray before = qgetenv("XDG_RUNTIME_DIR");
        qputenv("XDG_RUNTIME_DIR", folder.path().toLocal8Bit());
        const auto back = qScopeGuard([&] { qputenv("XDG_RUNTIME_DIR", before); });
        Life life{at(registrar)};
        EchoService service;
        const auto server = Server::start(*life.instance, service, {.pool = "WatchedPool"});
        QVERIFY(server && life.untilRegistered(**server));
        Diary diary;
        const auto session = Session::open(*life.instance, "WatchedPool", diary);
        QVERIFY(life.until([&] { return diary.elements.size() == 1; }));
        const QDir sockets{folder.filePath("kolam/default")};
        const QStringList elements = sockets.entryList({"element-*.sock"}, QDir::System);
        const QStringList users = sockets.entryList({"user-*.sock"}, QDir::System);
        QCOMPARE(elements.size(), 1);
        QCOMPARE(users.size(), 1);
        Viewer element{sockets.filePath(elements[0])};
        Viewer user{sockets.filePath(users[0])};
        QVERIFY(life.until([&] { return element.hears("session_accepted") && user.hears("session_established"); }));
        QVERIFY(element.hears("WatchedPool") && element.hears("libkolam"));
        QVERIFY(user.hears("WatchedPool") && user.hears("libkolam"));

        Settings unseen = at(registrar);
        unseen.scope.clear();
        const auto other = Instance::create(*life.loop, unseen);
        const auto hidden = Server::start(**other, service, {.pool = "HiddenPool"});
        QVERIFY(hidden && life.untilRegistered(**hidden));
        QCOMPARE(sockets.entryList({"element-*.sock"}, QDir::System), elements);
    }

    void givenServerAndUserOnOneLoop_whenAMessageIsSent_thenItComesBack() {
        RegistrarChild registrar;
        Life life{at(registrar)};
        EchoService service;
        const auto server = Server::start(*life.instance, service, {.pool = "Pool"});
        QVERIFY(server.has_value());
        QVERIFY(life.untilRegistered(**server));
        Diary diary;
        const auto session = Session::open(*life.instance, "Pool", diary);
        QCOMPARE(errorOf((*session)->send(asOctets("early"))), Errc::NotConnected);
        QVERIFY(life.until([&] { return diary.elements.size() == 1; }));
        QCOMPARE(diary.elements[0], (*server)->id());
        QVERIFY((*session)->send(asOctets("hello"), 77));
        QVERIFY(life.until([&] { return !diary.messages.empty(); }));
        QCOMPARE(diary.messages[0], std::string("hello"));
        QCOMPARE(diary.ppid, 77u);
        QCOMPARE((*session)->status().cookieSize, std::size_t{5});
        QCOMPARE(errorOf(service.emptySend), Errc::BadArgument);
        QCOMPARE(errorOf(service.asapSend), Errc::BadArgument);
        QCOMPARE((*server)->sessions(), std::size_t{1});
    }

    void givenSessionWithACookie_whenItsServerIsDestroyed_thenAnotherOneGetsTheState() {
        RegistrarChild registrar;
        Life life{at(registrar)};
        EchoService services[2];
        std::unique_ptr<Server> servers[2];
        for (int i = 0; i < 2; ++i) {
            servers[i] = std::move(*Server::start(*life.instance, services[i], {.pool = "Pool"}));
            QVERIFY(life.untilRegistered(*servers[i]));
        }
        Diary diary;
        const auto session = Session::open(*life.instance, "Pool", diary);
        QVERIFY(life.until([&] { return diary.elements.size() == 1; }));
        QVERIFY((*session)->send(asOctets("state")));
        QVERIFY(life.until([&] { return !diary.messages.empty(); }));
        const int used = diary.elements[0] == servers[0]->id() ? 0 : 1;
        servers[used].reset();
        QVERIFY(life.until([&] { return diary.elements.size() == 2 && !services[1 - used].cookie.empty(); }));
        QCOMPARE(services[1 - used].cookie, std::string("state"));
        QVERIFY(diary.resumed);
        QCOMPARE(diary.causes.size(), std::size_t{1});
        QCOMPARE((*session)->status().failovers, std::uint64_t{1});
    }

    void givenServerOfTwoSlots_whenThreeUsersCome_thenOneIsRefusedUntilASlotIsFree() {
        RegistrarChild registrar;
        Life life{at(registrar)};
        EchoService service;
        const auto server = Server::start(*life.instance, service, {.pool = "Pool", .capacity = 2});
        QVERIFY(life.untilRegistered(**server));
        Diary diaries[3];
        std::unique_ptr<Session> sessions[3];
        for (int i = 0; i < 3; ++i) {
            sessions[i] = std::move(*Session::open(*life.instance, "Pool", diaries[i]));
            QVERIFY(life.until([&] { return i == 2 || !diaries[i].elements.empty(); }));
        }
        QVERIFY(life.until([&] { return diaries[2].reasons.contains(Errc::Refused); }));
        QCOMPARE((*server)->sessions(), std::size_t{2});
        QVERIFY((*server)->refused() >= 1);
        sessions[0].reset();
        QVERIFY(life.until([&] { return sessions[2]->status().established && service.closed == 1; }));
    }

    void givenServerWithASession_whenItIsDrained_thenTheSessionMayComeToItsEnd() {
        RegistrarChild registrar;
        Life life{at(registrar)};
        EchoService service;
        auto server = std::move(*Server::start(*life.instance, service, {.pool = "Pool"}));
        QVERIFY(life.untilRegistered(*server));
        Diary diary;
        auto session = std::move(*Session::open(*life.instance, "Pool", diary));
        QVERIFY(life.until([&] { return diary.elements.size() == 1; }));
        bool drained = false;
        server->drain(noLimit, [&] {
            drained = true;
            server.reset();
        });
        QVERIFY(life.until([&] { return server->status().state == RegistrationState::Left; }));
        QVERIFY(session->send(asOctets("still here")));
        QVERIFY(life.until([&] { return diary.messages.size() == 1; }));
        QVERIFY(!drained);
        session.reset();
        QVERIFY(life.until([&] { return drained; }));
        QVERIFY(server == nullptr);
    }

    void givenTwoInstancesWithRegistrarsOfTheirOwn_whenBothAsk_thenEachSeesItsOwnPools() {
        RegistrarChild registrars[2];
        Life life{at(registrars[0])};
        const auto other = std::move(*Instance::create(*life.loop, at(registrars[1])));
        RegistrationRequest request;
        request.pool = "Web";
        request.protocol = Protocol::Tcp;
        request.address = {.hosts = {"127.0.0.1"}, .port = 8080};
        request.policy = {.type = PolicyType::WeightedRandom, .weight = 7};
        const auto web = std::move(*Registration::start(*life.instance, request));
        QVERIFY(life.until([&] { return web->status().state == RegistrationState::Registered; }));
        std::optional<Result<std::vector<Element>>> here;
        std::optional<Result<std::vector<Element>>> there;
        life.instance->resolve("Web", 0, [&](const auto& answer) { here = answer; });
        other->resolve("Web", 0, [&](const auto& answer) { there = answer; });
        QVERIFY(life.until([&] { return here && there; }));
        QCOMPARE((*here)->size(), std::size_t{1});
        QCOMPARE((**here)[0].id, web->id());
        QCOMPARE((**here)[0].protocol, Protocol::Tcp);
        QCOMPARE((**here)[0].address.port, std::uint16_t{8080});
        QCOMPARE((**here)[0].policy.weight, 7u);
        QCOMPARE(errorOf(*there), Errc::UnknownPool);
        bool left = false;
        web->leave([&] { left = true; });
        QVERIFY(life.until([&] { return left; }));
    }

    void givenNobody_whenSomethingImpossibleIsAsked_thenItSaysWhat() {
        Settings settings;
        settings.announceGroup.clear(); // nobody answers
        settings.profile = "demo";
        Life life{settings};
        QCOMPARE(errorOf(EventLoop::create(EventLoop::Transport::User)), Errc::TransportInUse);
        QCOMPARE(errorOf(Instance::create(*life.loop, {.profile = "slow"})), Errc::BadArgument);
        QCOMPARE(errorOf(Instance::create(*life.loop, {.registrars = {"here"}})), Errc::BadArgument);
        QCOMPARE(errorOf(Instance::create(*life.loop, {.registrars = {"10.0.0.1:3863"}})), Errc::BeyondLoopback);
        QCOMPARE(errorOf(Instance::create(*life.loop, {.hosts = {"10.0.0.1"}})), Errc::BeyondLoopback);
        QCOMPARE(errorOf(Instance::create(*life.loop, {.announceGroup = "127.0.0.1:3863"})), Errc::BadArgument);
        Diary diary;
        QCOMPARE(errorOf(Session::open(*life.instance, "", diary)), Errc::BadArgument);
        EchoService service;
        QCOMPARE(errorOf(Server::start(*life.instance, service, {.pool = ""})), Errc::BadArgument);
        QCOMPARE(errorOf(Server::start(*life.instance, service, {.pool = "P", .policy = {.type = PolicyType{99}}})),
                 Errc::BadArgument);
        QCOMPARE(errorOf(Registration::start(*life.instance, {.pool = "P"})), Errc::BadArgument);
        std::optional<Result<std::vector<Element>>> answer;
        life.instance->resolve("Pool", 0, [&](const auto& told) { answer = told; });
        QVERIFY(life.until([&] { return answer.has_value(); }));
        QCOMPARE(errorOf(*answer), Errc::NoRegistrar);
        QCOMPARE(toText(answer->error()), std::string("no registrar answers"));
    }

    void givenInstance_whenItRegistersMoreThanAnAssociationMayHave_thenAllAreFoundAndLeave() {
        constexpr std::uint16_t count = 150;
        RegistrarChild registrar;
        Life life{at(registrar)};
        std::vector<std::unique_ptr<Registration>> all;
        for (std::uint16_t i = 0; i < count; ++i) {
            all.push_back(std::move(*Registration::start(
                *life.instance,
                {.pool = "Web", .protocol = Protocol::Tcp, .address = {{"127.0.0.1"}, std::uint16_t(8000 + i)}})));
        }
        QVERIFY(life.until([&] {
            return std::ranges::all_of(
                all, [](const auto& one) { return one->status().state == RegistrationState::Registered; });
        }));
        int left = 0;
        for (const auto& one : all) {
            one->leave([&] { ++left; });
        }
        QVERIFY(life.until([&] { return left == count; }));
        std::optional<Result<std::vector<Element>>> answer;
        life.instance->resolve("Web", 0, [&](const auto& told) { answer = told; });
        QVERIFY(life.until([&] { return answer.has_value(); }));
        QCOMPARE(errorOf(*answer), Errc::UnknownPool);
    }

    void givenBlockingServer_whenManyThreadsTalkToIt_thenEachGetsItsOwnAnswers() {
        RegistrarChild registrar;
        std::atomic<int> served = 0;
        const auto server = BlockingServer::start(
            [&](BlockingLink& link) {
                while (const auto received = link.receive()) {
                    ++served; // before the user can know it
                    (void)link.send(received->data, received->ppid);
                }
            },
            {.pool = "Pool", .capacity = 8}, at(registrar));
        QVERIFY(server.has_value());
        QVERIFY((*server)->waitRegistered().has_value());
        std::atomic<int> right = 0;
        std::vector<std::jthread> users;
        for (int number = 0; number < 8; ++number) {
            users.emplace_back([&, number] {
                const auto session = BlockingSession::connect("Pool", at(registrar));
                for (int i = 0; session && i < 25; ++i) {
                    const std::string text = std::to_string(number) + "/" + std::to_string(i);
                    (void)(*session)->send(asOctets(text));
                    const auto answer = (*session)->receive(30s);
                    right += answer && asText(answer->data) == text ? 1 : 0;
                }
            });
        }
        users.clear();
        QCOMPARE(right.load(), 200);
        QCOMPARE(served.load(), 200);
        (*server)->drain(0s);
    }

    void givenServerOfItsOwn_whenItIsRegisteredWithoutALoop_thenItIsFoundAndLeaves() {
        RegistrarChild registrar;
        const RegistrationRequest request{.pool = "Web",
                                          .policy = {.type = PolicyType::LeastUsed, .load = 0.25},
                                          .protocol = Protocol::Tcp,
                                          .address = {{"127.0.0.1"}, 8080}};
        auto registration = BlockingRegistration::start(request, at(registrar));
        QVERIFY(registration.has_value());
        QVERIFY((*registration)->waitRegistered().has_value());
        const auto found = resolve("Web", 0, at(registrar));
        QVERIFY(found && found->size() == 1 && found->front().id == (*registration)->id());
        QCOMPARE(found->front().address.port, std::uint16_t{8080});
        constexpr double step = 1e-9; // a load has 32 bits on the wire
        QVERIFY(std::abs(found->front().policy.load - 0.25) < step);
        QVERIFY((*registration)->setPolicy({.type = PolicyType::LeastUsed, .load = 0.75}).has_value());
        QVERIFY(waitFor([&] {
            const auto again = resolve("Web", 0, at(registrar));
            return again && again->size() == 1 && std::abs(again->front().policy.load - 0.75) < step;
        }));
        // It answers keep-alives, so one report does not remove it; three do not come in one second.
        QVERIFY(reportFailure("Web", (*registration)->id(), at(registrar)).has_value());
        QVERIFY(resolve("Web", 0, at(registrar)).has_value());
        (*registration)->leave();
        QCOMPARE(errorOf(resolve("Web", 0, at(registrar))), Errc::UnknownPool);

        QCOMPARE(errorOf(BlockingRegistration::start({.pool = "Web"}, at(registrar))), Errc::BadArgument);
        registrar.child().end(SIGKILL);
        auto alone = BlockingRegistration::start(request, at(registrar));
        QVERIFY(alone.has_value());
        QCOMPARE(errorOf((*alone)->waitRegistered(300ms)), Errc::NoRegistrar);
        QCOMPARE(errorOf(reportFailure("Web", (*alone)->id(), at(registrar), 300ms)), Errc::TimedOut);
    }

    void givenNoPool_whenAProgramWaitsForOne_thenItIsToldWhyThereIsNone() {
        RegistrarChild registrar;
        QVERIFY(waitFor([&] { return errorOf(resolve("Nobody", 0, at(registrar))) == Errc::UnknownPool; }));
        QCOMPARE(errorOf(BlockingSession::connect("Nobody", at(registrar), 500ms)), Errc::UnknownPool);
        registrar.child().end(SIGKILL);
        QCOMPARE(errorOf(BlockingSession::connect("Nobody", at(registrar), 500ms)), Errc::NoRegistrar);
        QCOMPARE(errorOf(resolve("Nobody", 0, at(registrar))), Errc::NoRegistrar);
        QCOMPARE(errorOf(resolve("Nobody", 0, at(registrar), 1ms)), Errc::TimedOut);
    }

    void givenTheExamplesOfTheReadme_whenServersAreKilled_thenTheCountGoesOn() {
        RegistrarChild registrar;
        std::vector<std::unique_ptr<Child>> servers;
        for (const char* program : {KOLAM_EXAMPLES "/echo_server", KOLAM_EXAMPLES "/event_server"}) {
            servers.push_back(std::make_unique<Child>(program, QStringList{registrar.address()}));
            QVERIFY(waitFor([&] {
                const auto pool = resolve("Echo", 9, at(registrar));
                return pool && pool->size() == servers.size();
            }));
        }
        Child client{KOLAM_EXAMPLES "/echo_client", {registrar.address()}};
        client.type("one\n");
        QVERIFY2(waitFor([&] { return client.said().contains("1: one"); }), client.said());
        servers[0].reset(); // perhaps this is the one in use, perhaps the next
        client.type("two\n");
        QVERIFY2(waitFor([&] { return client.said().contains("2: two"); }), client.said());
        servers.push_back(std::make_unique<Child>(KOLAM_EXAMPLES "/echo_server", QStringList{registrar.address()}));
        QVERIFY(waitFor([&] {
            const auto pool = resolve("Echo", 9, at(registrar));
            return pool && pool->size() == 2;
        }));
        servers[1].reset();
        client.type("three\n");
        QVERIFY2(waitFor([&] { return client.said().contains("3: three"); }), client.said());
        client.closeInput();
        QCOMPARE(client.result(), 0);
        servers[2]->signal(SIGTERM);
        QCOMPARE(servers[2]->result(), 0);
        QCOMPARE(errorOf(resolve("Echo", 0, at(registrar))), Errc::UnknownPool); // it has said goodbye
    }

    void givenTheReadme_whenItShowsTheExamples_thenTheyAreThese() {
        QFile readme{KOLAM_SOURCE "/README.md"};
        QVERIFY(readme.open(QIODevice::ReadOnly));
        const QByteArray text = readme.readAll();
        for (const char* name : {"echo_server.cpp", "echo_client.cpp"}) {
            QFile example{QString(KOLAM_SOURCE "/examples/") + name};
            QVERIFY(example.open(QIODevice::ReadOnly));
            QVERIFY2(text.contains(example.readAll()), name);
        }
    }
};

QTEST_GUILESS_MAIN(TestCppApi)
#include "test_cpp_api.moc"
