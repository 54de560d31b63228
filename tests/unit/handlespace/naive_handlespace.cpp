// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/handlespace/naive_handlespace.h"

#include "core/wire/codec.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <xxhash.h>

using namespace kolam;
using wire::PolicyType;

namespace {

constexpr std::uint64_t maxLoad = 0xffffffff;

/// Positions within a round are in 2^-20ths: the middles of `weight` equal parts.
std::uint64_t middleOf(std::uint64_t part, std::uint64_t weight) {
    return ((2 * part + 1) << 19) / weight;
}

std::uint64_t mixed(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return x ^ (x >> 31);
}
double raceTime(std::uint64_t key, std::uint64_t runner, std::uint64_t weight) {
    const double u = (static_cast<double>(mixed(mixed(key) ^ mixed(runner)) >> 11) + 0.5) * 0x1.0p-53;
    return -std::log(u) / static_cast<double>(weight);
}

} // namespace

std::string NaiveHandlespace::registerElement(const PoolHandle& handle, const wire::PoolElement& element) {
    const auto [place, founded] = m_pools.try_emplace(handle);
    Pool& pool = place->second;
    if (founded) {
        pool.founding = element.policy;
        pool.transport = element.userTransport;
    }
    if (pool.founding.type != element.policy.type) {
        return "InconsistentPolicy";
    }
    if (pool.transport.protocol != element.userTransport.protocol) {
        return "InconsistentTransport";
    }
    if (pool.transport.use != element.userTransport.use) {
        return "InconsistentControlChannel";
    }
    if (const auto known = pool.elements.find(element.identifier); known != pool.elements.end()) {
        const bool changed = known->second.data != element;
        reenterOrder(pool, known->second, element.policy);
        known->second.data = element;
        return changed ? "changed" : "same";
    }
    Element& entered = pool.elements[element.identifier];
    entered.data = element;
    enterOrder(pool, entered);
    return "added";
}

void NaiveHandlespace::remove(const Name& name) {
    const auto pool = m_pools.find(name.first);
    pool->second.elements.erase(name.second);
    if (pool->second.elements.empty()) {
        m_pools.erase(pool);
    }
}

bool NaiveHandlespace::contains(const Name& name) const {
    const auto pool = m_pools.find(name.first);
    return pool != m_pools.end() && pool->second.elements.contains(name.second);
}

bool NaiveHandlespace::blocks(const Element& element) const {
    return m_settings.rsplibCompatible && element.data.policy.type == PolicyType::WeightedRoundRobin;
}

bool NaiveHandlespace::selectable(const Element& element) const {
    const wire::Policy& policy = element.data.policy;
    switch (policy.type) {
    case PolicyType::WeightedRoundRobin: return policy.weight > 0 || m_settings.rsplibCompatible;
    case PolicyType::ConsistentHash: return policy.weight > 0;
    default: return chance(policy) > 0;
    }
}

std::uint64_t NaiveHandlespace::chance(const wire::Policy& policy) {
    const auto what = [](std::uint64_t used) { return used >= maxLoad ? 1 : maxLoad - used; };
    switch (policy.type) {
    case PolicyType::WeightedRandom: return policy.weight;
    case PolicyType::RandomizedLeastUsed:
    case PolicyType::RandomizedLeastUsedDegradation: return what(policy.load);
    case PolicyType::RandomizedPriorityLeastUsed:
    case PolicyType::RandomizedPriorityLeastUsedDegradation:
        return what(std::uint64_t{policy.load} + policy.degradation);
    case PolicyType::WeightedRandomDpf: {
        const double lost = std::rint(1.0 * policy.weight * policy.distance * (policy.penaltyFactor / 4294967295.0));
        return lost > policy.weight ? 1 : policy.weight - static_cast<std::uint64_t>(lost);
    }
    default: return 1;
    }
}

NaiveHandlespace::Key NaiveHandlespace::keyOf(const Element& element) const {
    const wire::Policy& policy = element.data.policy;
    const double penalty = 1.0 * policy.distance * (policy.penaltyFactor / 4294967295.0) * 4294967295.0;
    double order = 0;
    switch (policy.type) {
    case PolicyType::WeightedRoundRobin:
        return {element.round, blocks(element) ? element.part : middleOf(element.part, policy.weight),
                element.sequence};
    case PolicyType::Priority: order = static_cast<double>(maxLoad - policy.weight); break;
    case PolicyType::LeastUsed: order = policy.load; break;
    case PolicyType::LeastSessions:
    case PolicyType::LeastUsedDegradation: order = policy.load + static_cast<double>(element.added); break;
    case PolicyType::PriorityLeastUsed: order = static_cast<double>(policy.load) + policy.degradation; break;
    case PolicyType::PriorityLeastUsedDegradation:
        order = static_cast<double>(policy.load) + policy.degradation + static_cast<double>(element.added);
        break;
    case PolicyType::LeastUsedDpf: order = std::rint(policy.load + penalty); break;
    case PolicyType::LeastUsedDegradationDpf:
        order = std::rint(policy.load + static_cast<double>(element.added) + penalty);
        break;
    default: break;
    }
    return {order >= static_cast<double>(maxLoad) ? maxLoad : static_cast<std::uint64_t>(order), 0, element.sequence};
}

std::vector<NaiveHandlespace::Element*> NaiveHandlespace::sorted(Pool& pool, const Element* without) const {
    std::vector<Element*> result;
    for (auto& [identifier, element] : pool.elements) {
        if (selectable(element) && &element != without) {
            result.push_back(&element);
        }
    }
    std::ranges::sort(result, {}, [&](const Element* element) { return keyOf(*element); });
    return result;
}

void NaiveHandlespace::advance(Element& element) const {
    const wire::Policy& policy = element.data.policy;
    std::uint64_t step = policy.degradation;
    switch (policy.type) {
    case PolicyType::WeightedRoundRobin:
        if (blocks(element)) {
            element.round += element.part > 1 ? 0 : 1;
            element.part = element.part > 1 ? element.part - 1 : policy.weight;
        } else {
            element.round += element.part + 1 < policy.weight ? 0 : 1;
            element.part = element.part + 1 < policy.weight ? element.part + 1 : 0;
        }
        return;
    case PolicyType::LeastSessions: step = 1; [[fallthrough]];
    case PolicyType::LeastUsedDegradation:
    case PolicyType::PriorityLeastUsedDegradation:
    case PolicyType::LeastUsedDegradationDpf: element.added = std::min(maxLoad, element.added + step); return;
    default: return;
    }
}

void NaiveHandlespace::join(Element& element, std::uint64_t round, std::uint64_t position) const {
    const std::uint64_t weight = element.data.policy.weight;
    // The first part that is not before the position: guess low, then walk.
    std::uint64_t part =
        static_cast<std::uint64_t>(static_cast<double>(position) / 1048576.0 * static_cast<double>(weight));
    part = part > 2 ? part - 2 : 0;
    while (part < weight && middleOf(part, weight) < position) {
        ++part;
    }
    element.round = part < weight ? round : round + 1;
    element.part = part < weight ? part : 0;
}

/// rsplib's sequence numbers have 32 bits and start near their end.
void NaiveHandlespace::renumber(Pool& pool, std::uint64_t items, const Element* without) const {
    constexpr std::uint64_t start = 0xfffffff0;
    if (m_settings.rsplibCompatible && pool.sequence + start * (pool.renumbered ? 0 : 1) + items > maxLoad) {
        const std::vector<Element*> inOrder = sorted(pool, without);
        pool.sequence = 0;
        pool.renumbered = true;
        for (Element* element : inOrder) {
            element->sequence = pool.sequence++;
        }
    }
}

void NaiveHandlespace::enterOrder(Pool& pool, Element& element) const {
    renumber(pool, 1, &element);
    element.sequence = pool.sequence++;
    element.added = 0;
    if (element.data.policy.type == PolicyType::WeightedRoundRobin && selectable(element)) {
        const std::vector<Element*> others = sorted(pool, &element);
        if (m_settings.rsplibCompatible) {
            element.round = others.empty() ? 0 : others.front()->round;
            element.part = element.data.policy.weight;
        } else {
            const Key front = others.empty() ? Key{} : keyOf(*others.front());
            join(element, std::get<0>(front), std::get<1>(front));
        }
    }
    if (m_settings.rsplibCompatible) {
        advance(element);
    }
}

void NaiveHandlespace::reenterOrder(Pool& pool, Element& element, const wire::Policy& policy) const {
    if (policy == element.data.policy && element.added == 0) {
        return;
    }
    const bool was = selectable(element);
    const Key key = was ? keyOf(element) : Key{};
    element.data.policy = policy;
    element.added = 0;
    if (policy.type == PolicyType::WeightedRoundRobin && !m_settings.rsplibCompatible && selectable(element)) {
        if (was) {
            join(element, std::get<0>(key), std::get<1>(key));
        } else {
            enterOrder(pool, element);
        }
    }
    if (m_settings.rsplibCompatible) {
        element.part = std::min<std::uint64_t>(element.part, policy.weight);
        advance(element);
    }
}

std::vector<PeIdentifier> NaiveHandlespace::selectInOrder(const PoolHandle& handle, std::uint32_t items, bool counts) {
    Pool& pool = m_pools.at(handle);
    renumber(pool, items, nullptr);
    std::vector<Element*> chosen = sorted(pool);
    chosen.resize(std::min<std::size_t>(chosen.size(), items));
    std::vector<PeIdentifier> result;
    for (Element* element : chosen) {
        if (counts && result.size() < m_settings.maxIncrement) {
            element->sequence = pool.sequence++;
            advance(*element);
            if (m_settings.rsplibCompatible) {
                advance(*element);
            }
        }
        result.push_back(element->data.identifier);
    }
    return result;
}

std::vector<PeIdentifier> NaiveHandlespace::selectByKey(const PoolHandle& handle, std::uint32_t items,
                                                        std::uint64_t key) const {
    std::vector<PeIdentifier> result;
    std::vector<const Element*> left;
    for (const auto& [identifier, element] : m_pools.at(handle).elements) {
        if (selectable(element)) {
            left.push_back(&element);
        }
    }
    while (result.size() < items && !left.empty()) {
        std::map<std::uint64_t, std::uint64_t> buckets;
        const auto bucketOf = [](const Element* element) {
            return (std::uint64_t{1} << 32) + (mixed(element->data.identifier.value) >> 56);
        };
        for (const Element* element : left) {
            buckets[bucketOf(element)] += element->data.policy.weight;
        }
        const auto bucket = std::ranges::min_element(
            buckets, {}, [&](const auto& entry) { return raceTime(key, entry.first, entry.second); });
        const auto best = std::ranges::min_element(left, {}, [&](const Element* element) {
            return bucketOf(element) == bucket->first
                       ? raceTime(key, element->data.identifier.value, element->data.policy.weight)
                       : std::numeric_limits<double>::infinity();
        });
        result.push_back((*best)->data.identifier);
        left.erase(best);
    }
    return result;
}

std::uint16_t NaiveHandlespace::checksum(ServerId owner) const {
    std::uint64_t sum = 0;
    for (const Name& name : tablePart({}, maxLoad, owner)) {
        std::string block = name.first.value;
        block.resize((block.size() + 3) / 4 * 4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            block += static_cast<char>(name.second.value >> shift);
        }
        for (std::size_t i = 0; i < block.size(); i += 2) {
            sum += readBigEndian<std::uint16_t>(asOctets(block), i);
        }
    }
    while (sum >> 16) {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    return static_cast<std::uint16_t>(~sum);
}

/// From the messages that registrars would send: what stands behind the fixed fields of a HANDLE_UPDATE.
std::uint64_t NaiveHandlespace::digest(ServerId owner) const {
    std::uint64_t sum = 0;
    for (const Name& name : tablePart({}, maxLoad, owner)) {
        wire::HandleUpdate update;
        update.poolHandle = name.first;
        update.element = m_pools.at(name.first).elements.at(name.second).data;
        update.element.policy.distance = 0; // every registrar has its own
        const Octets message = wire::encode(update);
        sum += XXH3_64bits(message.data() + 16, message.size() - 16);
    }
    return sum;
}

std::vector<NaiveHandlespace::Name> NaiveHandlespace::tablePart(const Name& position, std::size_t limit,
                                                                std::optional<ServerId> owner) const {
    std::vector<Name> result;
    for (const auto& [handle, pool] : m_pools) {
        for (const auto& [identifier, element] : pool.elements) {
            const bool behind =
                HandleOrder{}(position.first, handle) || (handle == position.first && identifier > position.second);
            if (behind && result.size() < limit && (!owner || element.data.homeRegistrar == *owner)) {
                result.emplace_back(handle, identifier);
            }
        }
    }
    return result;
}
