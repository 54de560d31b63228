// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/rogue.h"

#include "core/wire/arbitrary.h"

#include <algorithm>

namespace kolam::sim {

namespace {

constexpr Duration least = 5ms; // between two of its messages
constexpr Duration most = 50ms;

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

Rogue::Rogue(World& world, const Member& face, std::uint64_t seed)
    : m_world(world)
    , m_face(ServerId{face.id})
    , m_random(seed)
    , m_process(world.addProcess(face)) {
    transport::EndpointConfig config;
    config.local = {{face.host}, 0};
    m_endpoint = *m_process->open(config, [this](const transport::Event& event) {
        if (const auto* down = std::get_if<transport::Down>(&event)) {
            m_victims.erase(down->assoc);
        }
    });
    for (const auto& registrar : world.members(Role::Registrar)) {
        if (registrar->up() && registrar.get() != &face) {
            connect({{registrar->host}, 3863}, ServerId{registrar->id}, wire::asapPpid);
            connect({{registrar->host}, 9901}, ServerId{registrar->id}, wire::enrpPpid);
        }
    }
    m_timer = m_process->dispatcher().callIn(least, [this] { speak(); });
}

Rogue::~Rogue() {
    m_process->dispatcher().cancel(m_timer);
    m_endpoint.reset();
    m_process->kill();
}

void Rogue::connect(const TransportAddress& address, ServerId id, std::uint32_t ppid) {
    if (const auto begun = m_endpoint->connect(address)) {
        m_victims.emplace(*begun, Victim{id, ppid});
    }
}

void Rogue::speak() {
    for (const auto& [association, victim] : m_victims) {
        std::optional<Octets> words;
        if (victim.ppid == wire::enrpPpid && m_random.chance(0.5)) {
            words = meddling(victim.id);
        }
        if (!words) {
            words = garbage(victim.ppid);
        }
        if (!words->empty()) {
            (void)m_endpoint->send(association, *words, {.ppid = victim.ppid});
        }
    }
    m_timer = m_process->dispatcher().callIn(
        least + Duration{static_cast<std::int64_t>(m_random.below((most - least).count()))}, [this] { speak(); });
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
std::optional<Octets> Rogue::meddling(ServerId receiver) {
    for (const auto& registrar : m_world.members(Role::Registrar)) {
        if (!registrar->up() || registrar->id != receiver.value) {
            continue;
        }
        const Handlespace& known = registrar->registrar->handlespace();
        const std::vector<ElementRef> all = known.all();
        if (all.empty()) {
            return std::nullopt;
        }
        const ElementRef chosen = all[m_random.below(all.size())];
        if (known.owner(chosen) == m_face) {
            return std::nullopt;
        }
        wire::HandleUpdate update;
        update.sender = m_face;
        update.receiver = receiver;
        update.action = m_random.chance(0.5) ? wire::UpdateAction::Add : wire::UpdateAction::Delete;
        update.poolHandle = known.poolHandle(chosen);
        update.element = known.element(chosen);
        update.element.userTransport.port ^= 1;
        return wire::encode(update);
    }
    return std::nullopt;
}

} // namespace kolam::sim
