// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/fault_driver.h"

#include <algorithm>
#include <utility>

namespace kolam::sim {

namespace {

/// While they last, nobody promises anything.
bool isNoise(FaultKind kind) {
    switch (kind) {
    case FaultKind::Loss:
    case FaultKind::Delay:
    case FaultKind::OneWay:
    case FaultKind::Collision:
    case FaultKind::SendFailure:
    case FaultKind::MassRestart: return true;
    default: return false;
    }
}

/// Nobody should notice them.
bool isHarmless(FaultKind kind) {
    switch (kind) {
    case FaultKind::Duplication:
    case FaultKind::Reordering:
    case FaultKind::ClockStep:
    case FaultKind::ClockSkew:
    case FaultKind::Malformed: return true;
    default: return false;
    }
}

/// A bit that depends on the fault and on a host.
std::uint64_t mixed(std::uint64_t chance, const IpAddress& host) {
    std::uint64_t hash = chance;
    for (std::size_t octet = 0; octet < 4; ++octet) {
        hash = (hash ^ host.octets[octet]) * 0x9e3779b97f4a7c15;
        hash ^= hash >> 31;
    }
    return hash;
}

/// Up to ten seconds; short delays are as interesting as long ones.
Duration mostDelay(const Fault& fault) {
    return std::chrono::milliseconds{
        static_cast<std::int64_t>(fault.strength * fault.strength * fault.strength * 10'000)};
}

bool bit(const Fault& fault, unsigned number) {
    return ((fault.chance >> number) & 1) != 0;
}

} // namespace

FaultDriver::FaultDriver(World& world, const Settings& settings, const FaultPlan& plan)
    : m_world(world)
    , m_settings(settings)
    , m_plan(plan)
    , m_bounds(boundsOf(settings)) {}

TimePoint FaultDriver::next() const {
    TimePoint earliest = m_nextBegin < m_plan.size() ? TimePoint{} + m_plan[m_nextBegin].begin : never;
    for (const Active& active : m_active) {
        earliest = std::min(earliest, TimePoint{} + m_plan[active.fault].end);
    }
    return earliest;
}

void FaultDriver::act() {
    const Duration now = m_world.now().time_since_epoch();
    std::vector<Active> ending;
    std::erase_if(m_active, [&](const Active& active) {
        const bool due = m_plan[active.fault].end <= now;
        if (due) {
            ending.push_back(active);
        }
        return due;
    });
    for (const Active& active : ending) {
        end(active);
    }
    while (m_nextBegin < m_plan.size() && m_plan[m_nextBegin].begin <= now) {
        begin(m_nextBegin++);
    }
}

void FaultDriver::begin(std::size_t index) {
    const Fault& fault = m_plan[index];
    Active active{.fault = index};
    if (!apply(fault, active)) {
        return;
    }
    ++m_injected[static_cast<std::size_t>(fault.kind)];
    m_world.trace.line(m_world.now(), "---- fault {} begins: {}", index, toText(fault));
    changed(fault);
    m_noisy += isNoise(fault.kind) ? 1u : 0u;
    m_active.push_back(active);
}

void FaultDriver::changed(const Fault& fault) {
    if (!isHarmless(fault.kind)) {
        const bool single = fault.kind == FaultKind::Kill || fault.kind == FaultKind::SilentKill ||
                            fault.kind == FaultKind::Stop || fault.kind == FaultKind::Pause;
        m_gentle = single && fault.role != Role::Registrar && calmFor(m_bounds.agreement) && !divided();
        m_silent = fault.kind == FaultKind::SilentKill || fault.kind == FaultKind::Pause;
        m_lastChange = std::max(m_lastChange, m_world.now());
    }
}

bool FaultDriver::apply(const Fault& fault, Active& active) {
    const std::size_t index = active.fault;
    if (m_world.members(fault.role).empty()) {
        return false;
    }
    Member& member = m_world.member(fault.role, fault.number);
    const auto meets = [&](auto&& what) {
        if (!member.up()) {
            return false;
        }
        active.member = &member;
        what();
        return true;
    };
    switch (fault.kind) {
    case FaultKind::Loss:
    case FaultKind::Duplication:
    case FaultKind::Reordering:
    case FaultKind::Delay:
        m_links.insert(index);
        setLinks();
        return true;
    case FaultKind::Partition:
    case FaultKind::OneWay:
    case FaultKind::Isolation:
        m_cuts.insert(index);
        setCuts();
        return true;
    case FaultKind::Kill:
    case FaultKind::Restart:
    case FaultKind::Replacement: return meets([&] { m_world.kill(member, transport::Death::Noticed); });
    case FaultKind::SilentKill: return meets([&] { m_world.kill(member, transport::Death::Silent); });
    case FaultKind::Stop: return meets([&] { m_world.leave(member); });
    case FaultKind::Pause: return meets([&] { m_world.freeze(member); });
    case FaultKind::ClockSkew:
        return meets([&] {
            member.process->setClockRate(static_cast<std::int32_t>((fault.strength - 0.5) * 100'000)); // up to 5 %
        });
    case FaultKind::SendFailure: return meets([&] { member.process->blockSends(true); });
    case FaultKind::Malformed:
        return meets([&] { m_rogues[index] = std::make_unique<Rogue>(m_world, member, fault.chance); });
    case FaultKind::ClockStep: m_settings.wallClock->step(bit(fault, 0) ? 1h : -1h); return true;
    case FaultKind::Collision: return collide(index, member);
    case FaultKind::MassJoin: return massJoin(fault, index);
    case FaultKind::MassRestart: return massRestart(fault, index);
    }
    return false;
}

bool FaultDriver::collide(std::size_t index, Member& member) {
    if (!member.up() || (member.role == Role::Registrar && m_settings.registrars == 1)) {
        return false; // a registrar that is alone speaks with no others
    }
    m_masses[index].push_back(&m_world.addExtra(member.role, member.id));
    setLinks(); // they reach to the newcomer, too
    setCuts();
    return true;
}

bool FaultDriver::massJoin(const Fault& fault, std::size_t index) {
    const auto count = 1 + static_cast<unsigned>(fault.strength * m_settings.elements);
    for (unsigned i = 0; i < count; ++i) {
        m_masses[index].push_back(&m_world.addExtra(Role::Element, std::nullopt));
    }
    setLinks();
    setCuts();
    return true;
}

/// All elements at once, often; sometimes all registrars or users.
bool FaultDriver::massRestart(const Fault& fault, std::size_t index) {
    const Role role = fault.strength < 0.6 ? Role::Element : fault.strength < 0.9 ? Role::Registrar : Role::User;
    std::vector<Member*>& down = m_masses[index];
    for (const auto& member : m_world.members(role)) {
        if (member->up() && !member->extra) {
            m_world.kill(*member, bit(fault, 1) ? transport::Death::Silent : transport::Death::Noticed);
            down.push_back(member.get());
        }
    }
    return true;
}

void FaultDriver::end(const Active& active) {
    const Fault& fault = m_plan[active.fault];
    Member* const member = active.member;
    m_world.trace.line(m_world.now(), "---- fault {} ends: {}", active.fault, toText(fault.kind));
    changed(fault);
    m_noisy -= isNoise(fault.kind) ? 1u : 0u;
    switch (fault.kind) {
    case FaultKind::Loss:
    case FaultKind::Duplication:
    case FaultKind::Reordering:
        m_links.erase(active.fault);
        setLinks();
        break;
    case FaultKind::Delay:
        m_links.erase(active.fault);
        setLinks();
        m_lastChange = m_world.now() + mostDelay(fault); // until then late packets come
        break;
    case FaultKind::Partition:
    case FaultKind::OneWay:
    case FaultKind::Isolation:
        m_cuts.erase(active.fault);
        setCuts();
        break;
    case FaultKind::Kill:
    case FaultKind::SilentKill:
    case FaultKind::Stop: restart(*member, bit(fault, 0)); break;
    case FaultKind::Restart: restart(*member, true); break;
    case FaultKind::Replacement: restart(*member, false); break;
    case FaultKind::Pause: m_world.thaw(*member); break;
    case FaultKind::ClockSkew:
        if (member->process->alive()) {
            member->process->setClockRate(0);
        }
        break;
    case FaultKind::SendFailure:
        if (member->process->alive()) {
            member->process->blockSends(false);
        }
        break;
    case FaultKind::Malformed: m_rogues.erase(active.fault); break;
    case FaultKind::ClockStep: break;
    case FaultKind::Collision:
    case FaultKind::MassJoin:
        for (Member* const extra : m_masses[active.fault]) {
            m_world.drop(*extra);
        }
        break;
    case FaultKind::MassRestart:
        for (Member* const each : m_masses[active.fault]) {
            restart(*each, bit(fault, 0));
        }
        break;
    }
}

/// Whoever has been stopped and is still saying good-bye is killed.
void FaultDriver::restart(Member& member, bool sameIdentifier) {
    if (member.is(Member::State::Leaving)) {
        m_world.kill(member, transport::Death::Noticed);
    }
    if (member.is(Member::State::Down)) {
        m_world.start(member, sameIdentifier);
    }
}

// ---- Links ---------------------------------------------------------------------------------------------------------

IpAddress FaultDriver::anyHost(std::uint64_t chance) const {
    const auto& registrars = m_world.members(Role::Registrar);
    if (chance % 2 == 0) {
        return registrars[chance / 2 % registrars.size()]->host;
    }
    const std::vector<IpAddress> hosts = m_world.hosts();
    return hosts[chance / 2 % hosts.size()];
}

/// A fault of links is everywhere, or on the links of one host.
void FaultDriver::setLinks() {
    transport::LinkModel everywhere;
    std::map<IpAddress, transport::LinkModel> around;
    const auto add = [](transport::LinkModel& model, const Fault& fault) {
        switch (fault.kind) {
        case FaultKind::Loss: model.loss = std::max(model.loss, 0.3 * fault.strength); break;
        case FaultKind::Duplication: model.duplication = 0.1 * fault.strength; break;
        case FaultKind::Reordering: model.reordering = 0.3 * fault.strength; break;
        default:
            model.latency += mostDelay(fault) * 9 / 10;
            model.jitter += mostDelay(fault) / 10;
            break;
        }
    };
    for (const std::size_t index : m_links) {
        const Fault& fault = m_plan[index];
        if (bit(fault, 0)) {
            add(everywhere, fault);
        } else {
            add(around[anyHost(fault.chance >> 8)], fault);
        }
    }
    m_world.network.clearLinks();
    m_world.network.setLink(everywhere);
    for (auto& [host, model] : around) {
        model.loss = std::max(model.loss, everywhere.loss);
        model.duplication = std::max(model.duplication, everywhere.duplication);
        model.reordering = std::max(model.reordering, everywhere.reordering);
        model.latency = std::max(model.latency, everywhere.latency);
        model.jitter = std::max(model.jitter, everywhere.jitter);
        for (const IpAddress& other : m_world.hosts()) {
            m_world.network.setLink(host, other, model);
            m_world.network.setLink(other, host, model);
        }
    }
}

bool FaultDriver::onSide(const Fault& fault, const IpAddress& host) {
    return (mixed(fault.chance, host) & 1) != 0;
}

void FaultDriver::setCuts() {
    m_world.network.heal();
    for (const std::size_t index : m_cuts) {
        const Fault& fault = m_plan[index];
        if (fault.kind == FaultKind::Isolation) {
            m_world.network.isolate(m_world.member(fault.role, fault.number).host);
            continue;
        }
        std::vector<IpAddress> sides[2];
        for (const IpAddress& host : m_world.hosts()) {
            sides[onSide(fault, host) ? 1 : 0].push_back(host);
        }
        if (fault.kind == FaultKind::Partition) {
            m_world.network.partition(sides[0], sides[1]);
            continue;
        }
        for (const IpAddress& from : sides[0]) {
            for (const IpAddress& to : sides[1]) {
                m_world.network.cut(from, to);
            }
        }
    }
}

std::string FaultDriver::partOf(const IpAddress& host) const {
    std::string part;
    for (const std::size_t index : m_cuts) {
        const Fault& fault = m_plan[index];
        if (fault.kind == FaultKind::Isolation) {
            part += host == m_world.member(fault.role, fault.number).host ? "alone," : "others,";
        } else {
            part += onSide(fault, host) ? "1," : "0,";
        }
    }
    return part;
}

} // namespace kolam::sim
