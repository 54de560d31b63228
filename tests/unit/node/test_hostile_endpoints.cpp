// SPDX-License-Identifier: GPL-3.0-or-later
// Elements and users among strangers, liars and registrars of other implementations: who is believed, who is counted,
// and that nobody dies of it. Next door: test_endpoints.cpp, where everybody is well-behaved.
#include "core/wire/codec.h"
#include "tests/unit/node/endpoint_world.h"

using namespace kolam;
using namespace kolam::testing;
using transport::AssocId;

namespace {

/// Anybody at all with an endpoint: connects, sends octets, remembers what it was told; or a registrar by hand.
class Stranger {
public:
    Stranger(transport::Transport& transport, const TransportAddress& local, bool listen = false) {
        transport::EndpointConfig config;
        config.local = local;
        config.listen = listen;
        endpoint = std::move(*transport.open(config, [this](const transport::Event& event) { happened(event); }));
    }
    void connect(const TransportAddress& target) { association = *endpoint->connect(target); }
    void sendOctets(OctetView octets, std::uint32_t ppid = wire::asapPpid) {
        (void)endpoint->send(association, octets, {.ppid = ppid});
    }
    template <typename Message>
    void send(const Message& message) {
        sendOctets(wire::encode(message));
    }
    template <typename Message>
    [[nodiscard]] std::size_t count() const {
        return static_cast<std::size_t>(std::ranges::count_if(
            received, [](const auto& octets) { return wire::peekType(octets) == Message::type; }));
    }
    template <typename Message>
    [[nodiscard]] Message last() const {
        const auto found = std::find_if(received.rbegin(), received.rend(),
                                        [](const auto& octets) { return wire::peekType(octets) == Message::type; });
        return found == received.rend() ? Message{} : *wire::decode<Message>(*found);
    }

    std::unique_ptr<transport::Endpoint> endpoint;
    AssocId association = AssocId::None; // the last one that came up
    TransportAddress peer;
    std::size_t ups = 0;
    std::vector<transport::DownReason> downs;
    std::vector<Octets> received;
    std::function<void(const wire::AsapMessage&)> onMessage;

private:
    void happened(const transport::Event& event) {
        if (const auto* up = std::get_if<transport::Up>(&event)) {
            ++ups;
            association = up->assoc;
            peer = up->peer;
        } else if (const auto* down = std::get_if<transport::Down>(&event)) {
            downs.push_back(down->reason);
        } else if (const auto* message = std::get_if<transport::Message>(&event)) {
            received.emplace_back(message->data.begin(), message->data.end());
            if (const auto decoded = wire::decodeAsap(message->data); decoded && onMessage) {
                onMessage(*decoded);
            }
        }
    }
};

Octets randomOctets(Random& random, std::size_t most) {
    Octets octets(1 + random.below(most));
    for (std::byte& octet : octets) {
        octet = static_cast<std::byte>(random());
    }
    return octets;
}

/// A message that is nearly right: one of ours with some octets changed, cut or added.
Octets spoilt(Octets octets, Random& random) {
    for (std::uint64_t changes = random.below(4); changes > 0 && !octets.empty(); --changes) {
        octets[random.below(octets.size())] = static_cast<std::byte>(random());
    }
    if (random.chance(0.3)) {
        octets.resize(1 + random.below(octets.size()));
    } else if (random.chance(0.2)) {
        octets.resize(octets.size() + random.below(9));
    }
    return octets;
}

std::vector<Octets> honestMessages() {
    wire::PoolElement element;
    element.identifier = PeIdentifier{7};
    element.userTransport.port = 9;
    element.userTransport.addresses = {World::elementHost(1)};
    wire::EndpointKeepAlive keepAlive;
    keepAlive.poolHandle = poolHandle;
    keepAlive.features = wire::Features{.mask = 1};
    wire::HandleResolutionResponse resolution;
    resolution.poolHandle = poolHandle;
    resolution.policy = wire::Policy{};
    resolution.elements = {element, element};
    return {wire::encode(keepAlive),
            wire::encode(resolution),
            wire::encode(wire::Cookie{fromHex("0011223344556677")}),
            wire::encode(wire::CookieEcho{fromHex("0011223344556677")}),
            wire::encode(wire::BusinessCard{poolHandle, std::nullopt, {element}}),
            wire::encode(wire::Registration{poolHandle, element}),
            wire::encode(wire::Deregistration{poolHandle, PeIdentifier{7}}),
            wire::encode(wire::EndpointUnreachable{poolHandle, PeIdentifier{7}}),
            wire::encode(wire::EndpointKeepAliveAck{wire::Features{.mask = 1}, poolHandle, PeIdentifier{7}}),
            wire::encode(wire::AsapError{{{{wire::CauseCode::Unspecified, {}}}}})};
}

/// Where registrars may connect to an element: where its registration came from.
TransportAddress asapTransportOf(const Process& element, const Process& registrar) {
    const Handlespace& handlespace = registrar.registrar->handlespace();
    const auto entry = handlespace.element(handlespace.find(poolHandle, element.element->identifier()));
    return entry.asapTransport ? TransportAddress{entry.asapTransport->addresses, entry.asapTransport->port}
                               : TransportAddress{};
}

constexpr std::uint8_t strangersHost = 66;

} // namespace

class TestHostileEndpoints : public QObject {
    Q_OBJECT
private slots:
    void givenStrangers_whenTheySendGarbageToEveryPort_thenItIsCountedAndTheSessionGoesOn() {
        World world;
        const auto registrar = world.addRegistrar();
        const auto element = world.addElement(1);
        QVERIFY(world.untilRegistered({element.get()}));
        const auto user = world.addUser();
        CountingUser session{*user->user, world.dispatcher};
        QVERIFY(world.until([&] { return session.expected.number >= 10; }));

        const auto host = world.network.addHost({World::userHost(strangersHost)});
        Random random{5};
        const auto honest = honestMessages();
        const TransportAddress asapTransport = asapTransportOf(*element, *registrar);
        for (const TransportAddress& target : {element->element->serviceAddress(), asapTransport}) {
            for (int round = 0; round < 20; ++round) {
                Stranger stranger{*host, {{World::userHost(strangersHost)}, 0}};
                stranger.connect(target);
                QVERIFY(world.until([&] { return stranger.ups == 1; }));
                for (int i = 0; i < 100; ++i) {
                    stranger.sendOctets(random.chance(0.3) ? randomOctets(random, 100)
                                                           : spoilt(honest[random.below(honest.size())], random));
                }
                world.dispatcher.runFor(50ms);
            }
        }
        QVERIFY(element->element->counters().garbage > 1'000);
        QVERIFY(element->element->counters().ignored > 100);
        QVERIFY2(world.log.lines.size() < 200, std::to_string(world.log.lines.size()).c_str());
        QCOMPARE(element->element->status().state, ElementState::Registered);
        QCOMPARE(element->element->status().registrar, ServerId{0x11111111});
        const auto number = session.expected.number;
        QVERIFY(world.until([&] { return session.expected.number >= number + 100; }));
        QVERIFY(session.causes.empty());
        QCOMPARE(session.wrong, std::size_t{0});
    }

    void givenElementThatTalksNonsense_whenAUserIsThere_thenTheUserSurvives() {
        World world;
        const auto registrar = world.addRegistrar();
        const auto user = world.addUser();
        const auto host = world.network.addHost({World::elementHost(strangersHost)});
        Stranger liar{*host, {{World::elementHost(strangersHost)}, 7000}, true};
        // It enters itself into the pool like anybody else.
        Stranger registrant{*host, {{World::elementHost(strangersHost)}, 0}};
        registrant.connect(registrar->registrar->asapAddress());
        QVERIFY(world.until([&] { return registrant.ups == 1; }));
        wire::Registration registration;
        registration.poolHandle = poolHandle;
        registration.element.identifier = PeIdentifier{7};
        registration.element.life = 60s;
        registration.element.userTransport = {
            .port = 7000, .use = wire::TransportUse::DataPlusControl, .addresses = {World::elementHost(strangersHost)}};
        registrant.onMessage = [&](const wire::AsapMessage& message) {
            if (const auto* keepAlive = std::get_if<wire::EndpointKeepAlive>(&message)) {
                registrant.send(wire::EndpointKeepAliveAck{{}, keepAlive->poolHandle, PeIdentifier{7}});
            }
        };
        registrant.send(registration);
        QVERIFY(world.until([&] { return registrant.count<wire::RegistrationResponse>() == 1; }));

        CountingUser session{*user->user, world.dispatcher};
        QVERIFY(world.until([&] { return session.established > 0; }));
        Random random{6};
        const auto honest = honestMessages();
        for (int i = 0; i < 5'000; ++i) {
            liar.sendOctets(random.chance(0.3) ? randomOctets(random, 100)
                                               : spoilt(honest[random.below(honest.size())], random),
                            random.chance(0.8) ? wire::asapPpid : countPpid);
            if (i % 50 == 0) {
                world.dispatcher.runFor(10ms);
            }
        }
        QVERIFY(user->user->counters().garbage > 500);
        const auto element = world.addElement(1);
        QVERIFY(world.untilRegistered({element.get()}));
        session.wrong = 0;
        session.expected = {};
        user->user->dropCookie(session.id);
        user->user->forceFailover(session.id, true);
        QVERIFY(world.until([&] { return session.expected.number >= 100; }));
    }

    void givenFalseAnnouncements_whenThousandsCome_thenTheRegistrarIsStillFound() {
        World world;
        const auto host = world.network.addHost({World::userHost(strangersHost)});
        auto port = *host->openMulticast(
            {.group = world.sources.group, .port = world.sources.groupPort, .receive = false, .loopbackOnly = false},
            [](const auto&, auto) {});
        Random random{7};
        const auto user = world.addUser();
        for (int i = 0; i < 2'000; ++i) {
            wire::ServerAnnounce announce{ServerId{random.nonZero32()}, {}};
            announce.transports.push_back(
                {.port = static_cast<std::uint16_t>(random()), .addresses = {World::userHost(strangersHost)}});
            port->send(random.chance(0.5) ? wire::encode(announce) : randomOctets(random, 40));
            world.dispatcher.runFor(1ms);
        }
        QVERIFY(user->user->status().looking);
        QVERIFY(user->user->counters().garbage > 500);
        const auto registrar = world.addRegistrar();
        QVERIFY(world.until([&] { return !user->user->status().looking; }, 10s));
        QCOMPARE(user->user->status().registrar, ServerId{0x11111111});
    }

    void givenRegistrarOfAnotherImplementation_whenSeveralResolve_thenItIsAskedOneAfterTheOther() {
        World world;
        world.sources.announces = false;
        world.sources.fixed = {{{World::registrarHost(9)}, 3863}};
        const auto host = world.network.addHost({World::registrarHost(9)});
        Stranger registrar{*host, {{World::registrarHost(9)}, 3863}, true};
        const auto user = world.addUser();
        QVERIFY(world.until([&] { return !user->user->status().looking; }));
        std::vector<std::string> answers;
        for (const char* handle : {"A", "B", "C"}) {
            user->user->resolve(PoolHandle{handle}, 1, [&, handle](const auto& answer) {
                answers.push_back(std::string{handle} + (answer ? " found" : " not found"));
            });
        }
        world.dispatcher.runFor(50ms);
        QCOMPARE(registrar.count<wire::HandleResolution>(), std::size_t{1});
        // What it must not send is ignored; then it answers the first question, and the second one comes.
        registrar.send(wire::DeregistrationResponse{poolHandle, PeIdentifier{7}, {}});
        registrar.sendOctets(fromHex("2a000004"));
        wire::HandleResolutionResponse answer;
        answer.poolHandle = PoolHandle{"A"};
        answer.elements.push_back({.identifier = PeIdentifier{1}});
        answer.elements[0].userTransport.addresses = {World::elementHost(1)};
        registrar.send(answer); // without a policy: that means round robin
        world.dispatcher.runFor(50ms);
        QCOMPARE(answers, std::vector<std::string>{"A found"});
        QCOMPARE(registrar.count<wire::HandleResolution>(), std::size_t{2});
        QCOMPARE(registrar.last<wire::HandleResolution>().poolHandle, PoolHandle{"B"});
        QVERIFY(registrar.downs.empty());
        QVERIFY(user->user->counters().ignored >= 1);
    }

    void givenTakeover_whenTheNewHomeConnects_thenItIsAdoptedAndTheOldOneIsLeftGracefully() {
        World world;
        const auto first = world.network.addHost({World::registrarHost(8)});
        const auto second = world.network.addHost({World::registrarHost(9)});
        world.sources.announces = false;
        world.sources.fixed = {{{World::registrarHost(8)}, 3863}};
        Stranger old{*first, {{World::registrarHost(8)}, 3863}, true};
        Stranger young{*second, {{World::registrarHost(9)}, 3863}, true};
        for (Stranger* registrar : {&old, &young}) {
            registrar->onMessage = [registrar](const wire::AsapMessage& message) {
                if (const auto* registration = std::get_if<wire::Registration>(&message)) {
                    registrar->send(
                        wire::RegistrationResponse{{}, registration->poolHandle, registration->element.identifier, {}});
                }
            };
        }
        const auto element = world.addElement(1);
        QVERIFY(world.untilRegistered({element.get()}));
        QCOMPARE(old.count<wire::Registration>(), std::size_t{1});

        young.connect(old.peer); // the element listens where its registration came from
        QVERIFY(world.until([&] { return young.ups == 1; }));
        wire::EndpointKeepAlive keepAlive;
        keepAlive.newHome = true;
        keepAlive.server = ServerId{0x99};
        keepAlive.poolHandle = poolHandle;
        keepAlive.element = element->element->identifier();
        young.send(keepAlive);
        QVERIFY(world.until([&] { return young.count<wire::Registration>() == 1; }, 100ms)); // at once, not with T4
        QCOMPARE(young.count<wire::EndpointKeepAliveAck>(), std::size_t{1});
        QCOMPARE(young.last<wire::Registration>().element.homeRegistrar, ServerId{0x99});
        QVERIFY(world.until([&] { return old.downs.size() == 1; }));
        QCOMPARE(old.downs[0], transport::DownReason::ShutdownByPeer); // no ABORT: that would look like a death
        QCOMPARE(element->element->status().registrar, ServerId{0x99});

        // Keep-alives are answered where they come from, and not more than ten a second.
        for (int i = 0; i < 200; ++i) {
            keepAlive.newHome = false;
            young.send(keepAlive);
            world.dispatcher.runFor(5ms);
        }
        QVERIFY(young.count<wire::EndpointKeepAliveAck>() <= 22);
        QCOMPARE(old.count<wire::EndpointKeepAliveAck>(), std::size_t{0});
    }

    void givenStranger_whenItClaimsToBeTheNewHome_thenTheElementStaysWhereItIs() {
        World world;
        const auto registrar = world.addRegistrar();
        const auto element = world.addElement(1);
        QVERIFY(world.untilRegistered({element.get()}));
        const TransportAddress asapTransport = asapTransportOf(*element, *registrar);
        const auto host = world.network.addHost({World::userHost(strangersHost)});
        Stranger stranger{*host, {{World::userHost(strangersHost)}, 0}};
        stranger.connect(asapTransport);
        QVERIFY(world.until([&] { return stranger.ups == 1; }));
        wire::EndpointKeepAlive keepAlive;
        keepAlive.newHome = true;
        keepAlive.server = ServerId{0x66};
        keepAlive.poolHandle = poolHandle;
        stranger.send(keepAlive);
        QVERIFY(world.until([&] { return stranger.count<wire::EndpointKeepAliveAck>() == 1; }));
        world.dispatcher.runFor(1s);
        QCOMPARE(element->element->status().registrar, ServerId{0x11111111});
        QCOMPARE(stranger.count<wire::Registration>(), std::size_t{0});
        QCOMPARE(registrar->registrar->handlespace().elementCount(), std::size_t{1});
    }

    void givenManyStrangers_whenTheyConnectToTheRegistrarPort_thenOnlySoManyAreLetIn() {
        World world;
        const auto registrar = world.addRegistrar();
        const auto element = world.addElement(1);
        QVERIFY(world.untilRegistered({element.get()}));
        const TransportAddress asapTransport = asapTransportOf(*element, *registrar);
        const auto host = world.network.addHost({World::userHost(strangersHost)});
        std::vector<std::unique_ptr<Stranger>> strangers;
        for (int i = 0; i < 40; ++i) {
            strangers.push_back(
                std::make_unique<Stranger>(*host, TransportAddress{{World::userHost(strangersHost)}, 0}));
            strangers.back()->connect(asapTransport);
        }
        world.dispatcher.runFor(1s);
        const auto thrownOut = std::ranges::count_if(strangers, [](const auto& s) { return !s->downs.empty(); });
        QCOMPARE(thrownOut, std::ptrdiff_t{24});
        QCOMPARE(element->element->counters().refused, std::uint64_t{24});
        QCOMPARE(element->element->status().state, ElementState::Registered);
    }

    void givenDeadElement_whenManySessionsLoseIt_thenTheRegistrarIsToldOnce() {
        World world;
        world.sources.announces = false;
        world.sources.fixed = {{{World::registrarHost(9)}, 3863}};
        const auto host = world.network.addHost({World::registrarHost(9)});
        Stranger registrar{*host, {{World::registrarHost(9)}, 3863}, true};
        wire::HandleResolutionResponse answer;
        registrar.onMessage = [&](const wire::AsapMessage& message) {
            if (const auto* registration = std::get_if<wire::Registration>(&message)) {
                answer.poolHandle = registration->poolHandle;
                answer.elements = {registration->element};
                registrar.send(
                    wire::RegistrationResponse{{}, registration->poolHandle, registration->element.identifier, {}});
            } else if (std::holds_alternative<wire::HandleResolution>(message)) {
                registrar.send(answer);
            }
        };
        auto element = world.addElement(1);
        QVERIFY(world.untilRegistered({element.get()}));
        const auto user = world.addUser();
        std::vector<std::unique_ptr<CountingUser>> sessions;
        for (int i = 0; i < 16; ++i) {
            sessions.push_back(std::make_unique<CountingUser>(*user->user, world.dispatcher));
        }
        QVERIFY(world.until(
            [&] { return std::ranges::all_of(sessions, [](const auto& s) { return s->expected.number > 10; }); }));
        // The registrar's hand-written sink answers the element and the user on whichever came last; the user did.
        element->kill();
        world.dispatcher.runFor(2s);
        QVERIFY(std::ranges::all_of(sessions, [](const auto& s) { return s->causes.size() == 1; }));
        QCOMPARE(registrar.count<wire::EndpointUnreachable>(), std::size_t{1});
    }
};

QTEST_APPLESS_MAIN(TestHostileEndpoints)
#include "test_hostile_endpoints.moc"
