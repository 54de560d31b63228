// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/rogue.h"

#include "core/wire/arbitrary.h"

#include <algorithm>

namespace kolam::sim {

namespace {

constexpr Duration least = 5ms; // between two of its messages
constexpr Duration most = 50ms;
constexpr Duration heartbeat = 200ms;

/// An arbitrary message of a protocol.
template <typename Message>
Octets arbitraryOf(Random& random) {
    Octets octets;
    const std::uint64_t chosen = random.below(std::variant_size_v<Message>);
    const auto make = [&]<std::size_t... index>(std::index_sequence<index...>) {
        ((chosen == index
              ? wire::encodeInto(wire::arbitrary<std::variant_alternative_t<index, Message>>(random), octets)
              : void()),
         ...);
    };
    make(std::make_index_sequence<std::variant_size_v<Message>>{});
    return octets;
}

} // namespace

Rogue::Rogue(World& world, const Member& neighbour, std::uint64_t seed)
    : m_world(world)
    , m_random(seed)
    , m_id(ServerId{m_random.nonZero32()})
    , m_process(world.addProcess(neighbour)) {
    transport::EndpointConfig config;
    config.local = {{neighbour.host}, 0};
    config.listen = true;
    m_endpoint = *m_process->open(config, [this](const transport::Event& event) { happened(event); });
    for (const auto& registrar : world.members(Role::Registrar)) {
        if (registrar->up()) {
            connect({{registrar->host}, 3863}, wire::asapPpid);
            connect({{registrar->host}, 9901}, wire::enrpPpid);
        }
    }
    m_timer = m_process->dispatcher().callIn(least, [this] { speak(); });
}

Rogue::~Rogue() {
    m_process->dispatcher().cancel(m_timer);
    m_endpoint.reset();
    m_process->kill();
}

void Rogue::connect(const TransportAddress& address, std::uint32_t ppid) {
    if (const auto begun = m_endpoint->connect(address)) {
        m_victims.emplace(*begun, Victim{.ppid = ppid});
    }
}

void Rogue::happened(const transport::Event& event) {
    if (const auto* up = std::get_if<transport::Up>(&event)) {
        Victim& victim = m_victims.try_emplace(up->assoc, Victim{.ppid = wire::enrpPpid}).first->second;
        victim.up = true;
        present(up->assoc, victim);
    } else if (const auto* down = std::get_if<transport::Down>(&event)) {
        m_victims.erase(down->assoc);
    }
}

/// As a registrar that has no elements.
void Rogue::present(transport::AssocId to, Victim& victim) {
    if (victim.ppid != wire::enrpPpid) {
        return;
    }
    victim.presented = m_world.now();
    wire::Presence presence;
    presence.sender = m_id;
    presence.checksum = Handlespace{0}.checksum(m_id);
    presence.digest = Handlespace{0}.digest(m_id);
    presence.features = wire::Features{.mask = wire::Features::handlespaceDigest};
    presence.server.emplace();
    presence.server->server = m_id;
    presence.server->transport.port = m_endpoint->local().port;
    presence.server->transport.addresses = m_endpoint->local().ips;
    (void)m_endpoint->send(to, wire::encode(presence), {.ppid = wire::enrpPpid});
}

void Rogue::speak() {
    for (auto& [association, victim] : m_victims) {
        if (!victim.up) {
            continue;
        }
        if (m_world.now() - victim.presented > heartbeat) {
            present(association, victim);
        }
        std::optional<Octets> words;
        if (victim.ppid == wire::enrpPpid && m_random.chance(0.5)) {
            words = meddling();
        }
        if (!words) {
            words = garbage(victim.ppid);
        }
        if (!words->empty()) {
            (void)m_endpoint->send(association, *words, {.ppid = victim.ppid});
        }
    }
    const Duration pause = least + std::chrono::milliseconds{m_random.below((most - least) / 1ms)};
    m_timer = m_process->dispatcher().callIn(pause, [this] { speak(); });
}

/// Never something that can be read: then it would be a message, and perhaps a lie that must be believed.
Octets Rogue::garbage(std::uint32_t ppid) {
    const bool enrp = ppid == wire::enrpPpid;
    Octets octets = enrp ? arbitraryOf<wire::EnrpMessage>(m_random) : arbitraryOf<wire::AsapMessage>(m_random);
    if (octets.empty()) {
        return octets;
    }
    if (m_random.chance(0.5)) {
        octets.resize(1 + m_random.below(octets.size()));
    }
    for (std::uint64_t flips = m_random.below(8); flips > 0; --flips) {
        octets[m_random.below(octets.size())] ^= static_cast<std::byte>(1 + m_random.below(255));
    }
    const bool readable = enrp ? wire::decodeEnrp(octets).has_value() : wire::decodeAsap(octets).has_value();
    return readable ? Octets{} : octets;
}

/// What somebody says about an element that is not its own.
std::optional<Octets> Rogue::meddling() {
    const auto& registrars = m_world.members(Role::Registrar);
    const Member& asked = *registrars[m_random.below(registrars.size())];
    if (!asked.up()) {
        return std::nullopt;
    }
    const Handlespace& known = asked.registrar->handlespace();
    const std::vector<ElementRef> all = known.all();
    if (all.empty()) {
        return std::nullopt;
    }
    const ElementRef chosen = all[m_random.below(all.size())];
    wire::HandleUpdate update;
    update.sender = m_id;
    update.action = m_random.chance(0.5) ? wire::UpdateAction::Add : wire::UpdateAction::Delete;
    update.poolHandle = known.poolHandle(chosen);
    update.element = known.element(chosen);
    update.element.userTransport.port ^= 1;
    return wire::encode(update);
}

} // namespace kolam::sim
