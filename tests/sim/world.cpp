// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/world.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace kolam::sim {

namespace {

constexpr std::uint64_t worldSalt = 0x776f726c64;
constexpr std::uint64_t mostStepsAtOnce = 200'000; // of one instant; a world of ours needs some hundreds

IpAddress hostOf(Role role, unsigned number) {
    return IpAddress::v4(10, static_cast<std::uint8_t>(role), static_cast<std::uint8_t>(number / 250),
                         static_cast<std::uint8_t>(number % 250 + 1));
}

wire::PolicyType drawPolicy(Random& random) {
    constexpr std::array policies{wire::PolicyType::RoundRobin, wire::PolicyType::Random, wire::PolicyType::LeastUsed,
                                  wire::PolicyType::WeightedRoundRobin, wire::PolicyType::PowerOfTwoChoices};
    return policies[random.below(policies.size())];
}

} // namespace

World::World(const Settings& settings, Trace& traceToWrite)
    : dispatcher(settings.seed)
    , trace(traceToWrite)
    , network(dispatcher, settings.seed)
    , m_settings(settings)
    , m_random(settings.seed ^ worldSalt) {
    policy = drawPolicy(m_random);
    m_announces = m_random.chance(0.75);
    m_peersAnnounce = m_random.chance(0.75);
    const std::size_t share = settings.elements == 0 ? 1 : 2 * settings.users / settings.elements + 1;
    m_capacity = m_random.chance(0.5) ? share : 1'000;
    for (unsigned i = 0; i < settings.registrars; ++i) {
        add(Role::Registrar);
    }
    for (unsigned i = 0; i < settings.elements; ++i) {
        add(Role::Element);
    }
    for (unsigned i = 0; i < settings.users; ++i) {
        add(Role::User);
    }
}

World::~World() {
    for (auto& role : m_members) {
        for (auto& each : role) {
            end(*each);
        }
    }
}

Member& World::add(Role role) {
    auto& all = members(role);
    const unsigned number = m_numbers[static_cast<std::size_t>(role)]++;
    return *all.emplace_back(std::make_unique<Member>(role, number, hostOf(role, number), trace, dispatcher));
}

Member& World::member(Role role, unsigned number) {
    return *members(role)[number % members(role).size()];
}

std::vector<IpAddress> World::hosts() const {
    std::vector<IpAddress> hosts;
    for (const auto& role : m_members) {
        for (const auto& each : role) {
            hosts.push_back(each->host);
        }
    }
    return hosts;
}

std::uint64_t World::traceHash() const {
    return network.traceHash() ^ trace.hash();
}

// ---- Lives ---------------------------------------------------------------------------------------------------------

void World::startAll() {
    for (auto& role : m_members) {
        for (auto& each : role) {
            start(*each, false);
        }
    }
}

/// Never one that has been used before: whoever dies must not come back by chance.
std::uint32_t World::newIdentifier(Role role) {
    std::uint32_t id = 0;
    do {
        id = m_random.nonZero32();
    } while (!m_used.insert(id).second || role == Role::User);
    return id;
}

void World::start(Member& member, bool sameIdentifier) {
    assert(!member.process || !member.process->alive());
    if (member.role != Role::User && (!sameIdentifier || member.id == 0)) {
        member.id = newIdentifier(member.role);
    }
    member.process =
        m_hosts.insert(member.host).second ? network.addHost({member.host}) : network.addProcess(member.host);
    member.state = Member::State::Up;
    member.since = now();
    member.left = false;
    ++member.lives;
    trace.line(now(), "{} starts with identifier {:#010x}", member.name, member.id);
    switch (member.role) {
    case Role::Registrar: startRegistrar(member); break;
    case Role::Element: startElement(member); break;
    case Role::User: startUser(member); break;
    }
}

void World::startRegistrar(Member& member) {
    RegistrarNode::Config config;
    config.id = ServerId{member.id};
    config.asap = {{member.host}, 3863};
    config.loopbackOnly = false;
    config.profile = m_settings.profile;
    if (m_settings.registrars > 1) {
        RegistrarMesh mesh;
        mesh.enrp = {{member.host}, 9901};
        mesh.group.enabled = m_peersAnnounce;
        if (!m_peersAnnounce) {
            for (unsigned i = 0; i < m_settings.registrars; ++i) {
                if (i != member.number) {
                    mesh.peers.push_back({{hostOf(Role::Registrar, i)}, 9901});
                }
            }
        }
        mesh.weaknesses = {.noTakeoverCompletion = m_settings.weakness == Weakness::Takeover,
                           .noAudit = m_settings.weakness == Weakness::Audit,
                           .noOwnerCheck = m_settings.weakness == Weakness::Owner};
        config.mesh = std::move(mesh);
    }
    member.registrar =
        *RegistrarNode::start(member.process->dispatcher(), *member.process, member.log, m_access, config);
    member.registrar->onElementChange([this, &member](const asap::ElementEvent& event) {
        if (m_watcher != nullptr) {
            m_watcher->onElementChange(member, event);
        }
    });
}

RegistrarSources World::sources() const {
    RegistrarSources sources{.announces = m_announces, .loopbackOnly = false};
    if (!m_announces) {
        for (unsigned i = 0; i < m_settings.registrars; ++i) {
            sources.fixed.push_back({{hostOf(Role::Registrar, i)}, 3863});
        }
    }
    return sources;
}

void World::startElement(Member& member) {
    m_graves.erase(member.id);
    member.service = std::make_unique<testing::CountingService>(m_capacity);
    ElementNode::Config config;
    config.poolHandle = pool;
    config.identifier = PeIdentifier{member.id};
    config.policy.type = policy;
    config.policy.weight = 1 + member.number % 3;
    config.local = {{member.host}, 0};
    config.registrars = sources();
    config.profile = m_settings.profile;
    member.element =
        *ElementNode::start(member.process->dispatcher(), *member.process, member.log, *member.service, config);
}

void World::startUser(Member& member) {
    UserNode::Config config;
    config.registrars = sources();
    config.local = TransportAddress{{member.host}, 0};
    config.profile = m_settings.profile;
    if (m_settings.weakness == Weakness::Backoff) {
        config.profile.retryFirst = config.profile.retryMax = 1ms;
    }
    member.user = *UserNode::start(member.process->dispatcher(), *member.process, member.log, config);
    const Duration pause = 100ms + std::chrono::milliseconds{m_random.below(900)};
    member.session = std::make_unique<SimUser>(*member.user, member.process->dispatcher(), pause);
    member.session->whenEstablished = [this, &member](PeIdentifier element) {
        trace.note(element.value);
        trace.line(now(), "{} is served by element {}", member.name, toText(element));
        if (m_watcher != nullptr) {
            m_watcher->onSessionEstablished(member, element);
        }
    };
}

void World::kill(Member& member, transport::Death death) {
    if (member.is(Member::State::Down)) {
        return;
    }
    trace.line(now(), "{} is killed", member.name);
    member.process->kill(death);
    end(member);
}

void World::end(Member& member) {
    const auto isTwin = [&member](const auto& other) {
        return other.get() != &member && other->id == member.id && !other->is(Member::State::Down);
    };
    if (member.role == Role::Element && !member.is(Member::State::Down) &&
        std::ranges::none_of(members(Role::Element), isTwin)) {
        m_graves[member.id] = now();
    }
    if (member.session) {
        m_wrong += member.session->wrong;
        m_answers += member.session->expected.number;
    }
    member.state = Member::State::Down;
    member.since = now();
    member.session.reset();
    member.user.reset();
    member.element.reset();
    member.registrar.reset();
    member.service.reset();
    if (member.process && member.process->alive()) {
        member.process->kill();
    }
}

void World::freeze(Member& member) {
    if (member.up()) {
        trace.line(now(), "{} freezes", member.name);
        member.process->freeze();
        member.state = Member::State::Frozen;
        member.since = now();
    }
}

void World::thaw(Member& member) {
    if (member.is(Member::State::Frozen)) {
        trace.line(now(), "{} thaws", member.name);
        member.process->thaw();
        member.state = Member::State::Up;
        member.since = now();
    }
}

void World::leave(Member& member) {
    if (!member.up()) {
        return;
    }
    trace.line(now(), "{} leaves", member.name);
    member.state = Member::State::Leaving;
    member.since = now();
    const auto done = [&member] { member.left = true; };
    switch (member.role) {
    case Role::Registrar: member.registrar->leave(done); break;
    case Role::Element: member.element->leave(done); break;
    case Role::User:
        member.user->closeSession(member.session->id);
        member.left = true;
        break;
    }
}

bool World::bury() {
    bool any = false;
    for (auto& role : m_members) {
        for (auto& each : role) {
            if (each->is(Member::State::Leaving) && each->left) {
                trace.line(now(), "{} has left", each->name);
                end(*each);
                any = true;
            }
        }
    }
    return any;
}

Member& World::addExtra(Role role, std::optional<std::uint32_t> identifier) {
    Member& member = add(role);
    member.extra = true;
    member.id = identifier.value_or(0);
    start(member, true);
    return member;
}

void World::drop(Member& extra) {
    assert(extra.extra);
    kill(extra, transport::Death::Noticed);
    std::erase_if(members(extra.role), [&extra](const auto& each) { return each.get() == &extra; });
}

std::size_t World::wrongAnswers() const {
    std::size_t wrong = m_wrong;
    for (const auto& user : members(Role::User)) {
        wrong += user->session ? user->session->wrong : 0;
    }
    return wrong;
}

std::uint64_t World::answers() const {
    std::uint64_t answers = m_answers;
    for (const auto& user : members(Role::User)) {
        answers += user->session ? user->session->expected.number : 0;
    }
    return answers;
}

// ---- Time ----------------------------------------------------------------------------------------------------------

bool World::runUntil(TimePoint end) {
    TimePoint instant = now();
    std::uint64_t began = dispatcher.steps();
    while (dispatcher.next() <= end) {
        dispatcher.step();
        if (now() != instant) {
            instant = now();
            began = dispatcher.steps();
        } else if (dispatcher.steps() - began > mostStepsAtOnce) {
            return false;
        }
    }
    dispatcher.runUntil(end);
    return true;
}

} // namespace kolam::sim
