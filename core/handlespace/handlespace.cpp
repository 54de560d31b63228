// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlespace/handlespace.h"

#include "core/handlespace/element_image.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

namespace kolam {

namespace {

constexpr std::uint32_t maxLoad = 0xffffffff;
using wire::PolicyType;

enum class Family { Ordered, Uniform, Weighted, TwoChoices, Hashed };
Family familyOf(PolicyType type) {
    switch (type) {
    case PolicyType::Random: return Family::Uniform;
    case PolicyType::WeightedRandom:
    case PolicyType::RandomizedLeastUsed:
    case PolicyType::RandomizedPriorityLeastUsed:
    case PolicyType::RandomizedLeastUsedDegradation:
    case PolicyType::RandomizedPriorityLeastUsedDegradation:
    case PolicyType::WeightedRandomDpf: return Family::Weighted;
    case PolicyType::PowerOfTwoChoices: return Family::TwoChoices;
    case PolicyType::ConsistentHash: return Family::Hashed;
    default: return Family::Ordered;
    }
}

std::uint32_t saturated(double value) {
    return value >= static_cast<double>(maxLoad) ? maxLoad : static_cast<std::uint32_t>(value);
}
std::uint32_t plus(std::uint32_t a, std::uint32_t b) {
    return a > maxLoad - b ? maxLoad : a + b;
}
double penalty(const wire::Policy& policy, double scale) {
    return scale * policy.distance * (static_cast<double>(policy.penaltyFactor) / maxLoad);
}

/// Positions of a weighted element within a round, in 2^-20ths: the middles of `weight` equal parts.
std::uint32_t partMiddle(std::uint32_t part, std::uint32_t weight) {
    return static_cast<std::uint32_t>(((2 * std::uint64_t{part} + 1) << 19) / weight);
}
std::uint32_t firstPartAt(std::uint32_t middle, std::uint32_t weight) {
    const std::uint64_t doubled = ((std::uint64_t{middle} * weight + (1u << 19) - 1) >> 19);
    return static_cast<std::uint32_t>(doubled / 2);
}

std::uint64_t mix(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return x ^ (x >> 31);
}

struct PoolOrder {
    bool operator()(const PoolHandle& a, const PoolHandle& b) const {
        return a.value.size() != b.value.size() ? a.value.size() < b.value.size() : a.value < b.value;
    }
};

struct Element {
    const PoolHandle* handle = nullptr;
    wire::PoolElement data;
    ElementExtra extra;
    DeadlineKind kind = DeadlineKind::None;
    TimePoint deadline = never;
    std::uint64_t sequence = 0;
    std::uint64_t round = 0;
    std::uint32_t part = 0; // or rsplib's virtual counter
    std::uint32_t degraded = 0;
};

struct Pool {
    std::map<PeIdentifier, std::uint32_t> elements; // slots
    wire::Policy first;
    wire::TransportProtocol protocol{};
    wire::TransportUse use{};
    std::uint64_t sequence = 0xfffffff0;
};

struct Slot {
    std::uint32_t generation = 0;
    std::optional<Element> element;
};

} // namespace

struct Handlespace::Impl {
    Impl(std::uint64_t seed, const Settings& given) : settings(given), random(seed) {}

    Settings settings;
    Random random;
    std::map<PoolHandle, Pool, PoolOrder> pools;
    std::vector<Slot> slots;
    std::vector<std::uint32_t> freeSlots;
    std::set<std::pair<TimePoint, std::uint32_t>> deadlines;
    struct Owned {
        std::set<std::uint32_t> slots;
        std::uint64_t sum = 0;
        std::uint64_t digest = 0;
    };
    std::map<ServerId, Owned> owned;
    std::size_t count = 0;

    Element& at(ElementRef ref) {
        assert(ref.slot < slots.size() && slots[ref.slot].element && slots[ref.slot].generation == ref.generation);
        return *slots[ref.slot].element;
    }
    ElementRef refOf(std::uint32_t slot) const { return {slot, slots[slot].generation}; }

    static std::uint64_t wordSum(const Element& element) {
        std::uint64_t sum = (element.data.identifier.value >> 16) + (element.data.identifier.value & 0xffff);
        const std::string& handle = element.handle->value;
        for (std::size_t i = 0; i < handle.size(); ++i) {
            sum += std::uint64_t{static_cast<unsigned char>(handle[i])} << (i % 2 == 0 ? 8 : 0);
        }
        return sum;
    }
    static std::uint64_t digestOf(const Element& element) {
        Octets handle(handleImageSize(element.handle->value));
        writeHandleImage(element.handle->value, handle.data());
        Octets image(elementImageSize(element.data));
        writeElementImage(element.data, image.data());
        return elementDigest(handle, image);
    }
    void own(std::uint32_t slot) {
        const Element& element = *slots[slot].element;
        Owned& owner = owned[element.data.homeRegistrar];
        owner.slots.insert(slot);
        owner.sum += wordSum(element);
        owner.digest += digestOf(element);
    }
    void disown(std::uint32_t slot) {
        const Element& element = *slots[slot].element;
        const auto owner = owned.find(element.data.homeRegistrar);
        owner->second.slots.erase(slot);
        owner->second.sum -= wordSum(element);
        owner->second.digest -= digestOf(element);
        if (owner->second.slots.empty()) {
            owned.erase(owner);
        }
    }

    // ---- Ordered policies ----
    bool blocks(const Element& element) const {
        return settings.rsplibCompatible && element.data.policy.type == PolicyType::WeightedRoundRobin;
    }
    bool selectable(const Element& element) const {
        const wire::Policy& policy = element.data.policy;
        switch (policy.type) {
        case PolicyType::WeightedRoundRobin: return settings.rsplibCompatible || policy.weight > 0;
        case PolicyType::WeightedRandom:
        case PolicyType::WeightedRandomDpf: return valueOf(policy) > 0;
        case PolicyType::ConsistentHash: return policy.weight > 0;
        default: return true;
        }
    }
    using Key = std::tuple<std::uint64_t, std::uint32_t, std::uint64_t>;
    Key keyOf(const Element& element) const {
        const wire::Policy& policy = element.data.policy;
        const std::uint32_t degraded = element.degraded;
        std::uint32_t first = 0;
        switch (policy.type) {
        case PolicyType::WeightedRoundRobin:
            return {element.round, blocks(element) ? element.part : partMiddle(element.part, policy.weight),
                    element.sequence};
        case PolicyType::Priority: first = maxLoad - policy.weight; break;
        case PolicyType::LeastUsed: first = policy.load; break;
        case PolicyType::LeastSessions:
        case PolicyType::LeastUsedDegradation: first = plus(policy.load, degraded); break;
        case PolicyType::PriorityLeastUsed: first = plus(policy.load, policy.degradation); break;
        case PolicyType::PriorityLeastUsedDegradation:
            first = plus(plus(policy.load, policy.degradation), degraded);
            break;
        case PolicyType::LeastUsedDpf: first = saturated(std::rint(policy.load + penalty(policy, maxLoad))); break;
        case PolicyType::LeastUsedDegradationDpf:
            first = saturated(std::rint(static_cast<double>(policy.load) + degraded + penalty(policy, maxLoad)));
            break;
        default: break;
        }
        return {first, 0, element.sequence};
    }
    void advance(Element& element) const {
        const wire::Policy& policy = element.data.policy;
        switch (policy.type) {
        case PolicyType::WeightedRoundRobin:
            if (blocks(element) ? element.part > 1 : element.part + 1 < policy.weight) {
                element.part += blocks(element) ? 0xffffffff : 1;
            } else {
                ++element.round;
                element.part = blocks(element) ? policy.weight : 0;
            }
            break;
        case PolicyType::LeastSessions: element.degraded = plus(element.degraded, 1); break;
        case PolicyType::LeastUsedDegradation:
        case PolicyType::PriorityLeastUsedDegradation:
        case PolicyType::LeastUsedDegradationDpf: element.degraded = plus(element.degraded, policy.degradation); break;
        default: break;
        }
    }
    std::vector<std::uint32_t> candidates(const Pool& pool) const {
        std::vector<std::uint32_t> result;
        for (const auto& [identifier, slot] : pool.elements) {
            if (selectable(*slots[slot].element)) {
                result.push_back(slot);
            }
        }
        return result;
    }
    std::vector<std::uint32_t> inOrder(const Pool& pool) const {
        std::vector<std::uint32_t> result = candidates(pool);
        std::ranges::sort(result, {}, [&](std::uint32_t slot) { return keyOf(*slots[slot].element); });
        return result;
    }
    /// Where a weighted element joins: at the front's position, never before it.
    void joinRound(Element& element, std::uint64_t round, std::uint32_t middle) const {
        element.round = round;
        element.part = firstPartAt(middle, element.data.policy.weight);
        if (element.part >= element.data.policy.weight) {
            element.part = 0;
            ++element.round;
        }
    }
    void enterOrder(const Pool& pool, Element& element, std::uint64_t sequence) {
        element.sequence = sequence;
        element.degraded = 0;
        if (element.data.policy.type == PolicyType::WeightedRoundRobin && selectable(element)) {
            std::vector<std::uint32_t> others = inOrder(pool);
            std::erase_if(others, [&](std::uint32_t slot) { return &*slots[slot].element == &element; });
            const Element* front = others.empty() ? nullptr : &*slots[others.front()].element;
            if (settings.rsplibCompatible) {
                element.round = front ? front->round : 0xfffffff0;
                element.part = element.data.policy.weight;
            } else {
                const auto [round, middle, seq] = front ? keyOf(*front) : Key{};
                joinRound(element, round, middle);
            }
        }
        if (settings.rsplibCompatible) {
            advance(element);
        }
    }
    void reenterOrder(const Pool& pool, Element& element, const wire::Policy& policy) {
        const bool was = selectable(element);
        const bool same = policy == element.data.policy;
        if (same && element.degraded == 0) {
            return;
        }
        const Key key = was ? keyOf(element) : Key{};
        element.data.policy = policy;
        element.degraded = 0;
        if (policy.type == PolicyType::WeightedRoundRobin && !settings.rsplibCompatible) {
            if (was && selectable(element)) {
                joinRound(element, std::get<0>(key), std::get<1>(key));
            } else if (selectable(element)) {
                enterOrder(pool, element, element.sequence);
            }
        }
        if (settings.rsplibCompatible) {
            element.part = std::min(element.part, policy.weight);
            advance(element);
        }
    }

    // ---- Random policies ----
    static std::uint64_t valueOf(const wire::Policy& policy) {
        const auto atLeastOne = [](std::uint32_t value) { return std::max<std::uint64_t>(value, 1); };
        switch (policy.type) {
        case PolicyType::WeightedRandom: return policy.weight;
        case PolicyType::RandomizedLeastUsed:
        case PolicyType::RandomizedLeastUsedDegradation: return atLeastOne(maxLoad - policy.load);
        case PolicyType::RandomizedPriorityLeastUsed:
        case PolicyType::RandomizedPriorityLeastUsedDegradation:
            return atLeastOne(maxLoad - plus(policy.load, policy.degradation));
        case PolicyType::WeightedRandomDpf: {
            const double value = policy.weight - std::rint(penalty(policy, policy.weight));
            return value < 0 ? 1 : static_cast<std::uint64_t>(value);
        }
        default: return 1;
        }
    }
    std::uint32_t draw(std::vector<std::uint32_t>& left) {
        std::uint64_t sum = 0;
        for (const std::uint32_t slot : left) {
            sum += valueOf(slots[slot].element->data.policy);
        }
        std::uint64_t r = random.below(sum);
        for (auto it = left.begin();; ++it) {
            const std::uint64_t value = valueOf(slots[*it].element->data.policy);
            if (r < value) {
                const std::uint32_t slot = *it;
                left.erase(it);
                return slot;
            }
            r -= value;
        }
    }
    std::uint32_t drawOneOfTwo(std::vector<std::uint32_t>& left) {
        const std::size_t a = random.below(left.size());
        std::size_t chosen = a;
        if (left.size() > 1) {
            std::size_t b = random.below(left.size() - 1);
            b += b >= a ? 1 : 0;
            const auto load = [&](std::size_t i) { return slots[left[i]].element->data.policy.load; };
            chosen = load(b) < load(a) ? b : a;
        }
        const std::uint32_t slot = left[chosen];
        left.erase(left.begin() + static_cast<std::ptrdiff_t>(chosen));
        return slot;
    }
    std::vector<std::uint32_t> byKey(const Pool& pool, std::uint64_t key) const {
        std::vector<std::uint32_t> result = candidates(pool);
        std::ranges::sort(result, {}, [&](std::uint32_t slot) {
            const wire::PoolElement& element = slots[slot].element->data;
            std::uint64_t nearest = std::numeric_limits<std::uint64_t>::max();
            for (std::uint64_t probe = 1; probe <= 21; ++probe) {
                const std::uint64_t point = mix(key + probe * 0x9e3779b97f4a7c15);
                nearest = std::min(nearest, mix(element.identifier.value) - point);
            }
            return std::pair{static_cast<double>(nearest) / element.policy.weight, element.identifier};
        });
        return result;
    }

    std::vector<std::uint32_t> choose(Pool& pool, std::uint32_t items, std::optional<std::uint64_t> sessionKey) {
        const Family family = familyOf(pool.first.type);
        if (family == Family::Ordered || family == Family::Hashed) {
            std::vector<std::uint32_t> chosen =
                family == Family::Ordered ? inOrder(pool) : byKey(pool, sessionKey ? *sessionKey : random());
            chosen.resize(std::min<std::size_t>(chosen.size(), items));
            for (std::size_t i = 0; family == Family::Ordered && i < chosen.size() && i < settings.maxIncrement; ++i) {
                Element& element = *slots[chosen[i]].element;
                element.sequence = pool.sequence++;
                advance(element);
                if (settings.rsplibCompatible) {
                    advance(element);
                }
            }
            return chosen;
        }
        std::vector<std::uint32_t> left = candidates(pool);
        std::vector<std::uint32_t> chosen;
        while (chosen.size() < items && !left.empty()) {
            chosen.push_back(family == Family::TwoChoices ? drawOneOfTwo(left) : draw(left));
        }
        return chosen;
    }
};

Handlespace::Handlespace(std::uint64_t seed) : Handlespace(seed, Settings{}) {}
Handlespace::Handlespace(std::uint64_t seed, const Settings& settings)
    : m_impl(std::make_unique<Impl>(seed, settings)) {}
Handlespace::~Handlespace() = default;
Handlespace::Handlespace(Handlespace&&) noexcept = default;
Handlespace& Handlespace::operator=(Handlespace&&) noexcept = default;

std::expected<RegistrationResult, RegistrationErrc> Handlespace::registerElement(const PoolHandle& handle,
                                                                                 const wire::PoolElement& element) {
    if (element.identifier.value == 0) {
        return std::unexpected(RegistrationErrc::InvalidIdentifier);
    }
    if (handle.value.empty()) {
        return std::unexpected(RegistrationErrc::InvalidHandle);
    }
    if (wire::policyWords(element.policy.type).has(wire::PolicyWords::Unknown)) {
        return std::unexpected(RegistrationErrc::InvalidPolicy);
    }
    const auto known = m_impl->pools.find(handle);
    if (known != m_impl->pools.end()) {
        const Pool& pool = known->second;
        if (pool.first.type != element.policy.type) {
            return std::unexpected(RegistrationErrc::InconsistentPolicy);
        }
        if (pool.protocol != element.userTransport.protocol) {
            return std::unexpected(RegistrationErrc::InconsistentTransport);
        }
        if (pool.use != element.userTransport.use) {
            return std::unexpected(RegistrationErrc::InconsistentControlChannel);
        }
    }
    const auto place = known != m_impl->pools.end() ? known : m_impl->pools.try_emplace(handle).first;
    Pool& pool = place->second;
    if (pool.elements.empty()) {
        pool.first = element.policy;
        pool.protocol = element.userTransport.protocol;
        pool.use = element.userTransport.use;
    }
    if (const auto found = pool.elements.find(element.identifier); found != pool.elements.end()) {
        Element& old = *m_impl->slots[found->second].element;
        const bool changed = old.data != element;
        m_impl->disown(found->second);
        m_impl->reenterOrder(pool, old, element.policy);
        old.data = element;
        m_impl->own(found->second);
        return RegistrationResult{m_impl->refOf(found->second), false, changed};
    }
    if (m_impl->freeSlots.empty()) {
        m_impl->freeSlots.push_back(static_cast<std::uint32_t>(m_impl->slots.size()));
        m_impl->slots.emplace_back();
    }
    const std::uint32_t slot = m_impl->freeSlots.back();
    m_impl->freeSlots.pop_back();
    Element& entered = m_impl->slots[slot].element.emplace();
    entered.handle = &place->first;
    entered.data = element;
    m_impl->enterOrder(pool, entered, pool.sequence++);
    pool.elements.emplace(element.identifier, slot);
    m_impl->own(slot);
    ++m_impl->count;
    return RegistrationResult{m_impl->refOf(slot), true, true};
}

bool Handlespace::remove(ElementRef ref) {
    if (!contains(ref)) {
        return false;
    }
    setDeadline(ref, DeadlineKind::None, never);
    m_impl->disown(ref.slot);
    const Element& element = m_impl->at(ref);
    const auto pool = m_impl->pools.find(*element.handle);
    pool->second.elements.erase(element.data.identifier);
    if (pool->second.elements.empty()) {
        m_impl->pools.erase(pool);
    }
    m_impl->slots[ref.slot].element.reset();
    ++m_impl->slots[ref.slot].generation;
    m_impl->freeSlots.push_back(ref.slot);
    --m_impl->count;
    return true;
}

void Handlespace::setOwner(ElementRef ref, ServerId owner) {
    m_impl->disown(ref.slot);
    m_impl->at(ref).data.homeRegistrar = owner;
    m_impl->own(ref.slot);
}

void Handlespace::clear() {
    for (const ElementRef ref : all()) {
        remove(ref);
    }
}

ElementRef Handlespace::find(const PoolHandle& handle, PeIdentifier identifier) const {
    const auto pool = m_impl->pools.find(handle);
    if (pool == m_impl->pools.end()) {
        return {};
    }
    const auto element = pool->second.elements.find(identifier);
    return element == pool->second.elements.end() ? ElementRef{} : m_impl->refOf(element->second);
}

bool Handlespace::contains(ElementRef ref) const {
    return ref.slot < m_impl->slots.size() && m_impl->slots[ref.slot].element &&
           m_impl->slots[ref.slot].generation == ref.generation;
}

wire::PoolElement Handlespace::element(ElementRef ref) const {
    return m_impl->at(ref).data;
}
void Handlespace::elementInto(ElementRef ref, wire::PoolElement& into) const {
    into = m_impl->at(ref).data;
}
const PoolHandle& Handlespace::poolHandle(ElementRef ref) const {
    return *m_impl->at(ref).handle;
}
PeIdentifier Handlespace::identifier(ElementRef ref) const {
    return m_impl->at(ref).data.identifier;
}
ServerId Handlespace::owner(ElementRef ref) const {
    return m_impl->at(ref).data.homeRegistrar;
}
ElementExtra& Handlespace::extra(ElementRef ref) {
    return m_impl->at(ref).extra;
}
const ElementExtra& Handlespace::extra(ElementRef ref) const {
    return m_impl->at(ref).extra;
}

void Handlespace::select(const PoolHandle& handle, std::uint32_t items, std::optional<std::uint64_t> sessionKey,
                         std::vector<ElementRef>& into) {
    into.clear();
    const auto pool = m_impl->pools.find(handle);
    if (pool == m_impl->pools.end()) {
        return;
    }
    items = items == 0 ? m_impl->settings.defaultItems : std::min(items, m_impl->settings.maxItems);
    for (const std::uint32_t slot : m_impl->choose(pool->second, items, sessionKey)) {
        into.push_back(m_impl->refOf(slot));
    }
}

std::optional<wire::Policy> Handlespace::poolPolicy(const PoolHandle& handle) const {
    const auto pool = m_impl->pools.find(handle);
    return pool == m_impl->pools.end() ? std::nullopt : std::optional{pool->second.first};
}

void Handlespace::setDeadline(ElementRef ref, DeadlineKind kind, TimePoint when) {
    Element& element = m_impl->at(ref);
    if (element.kind != DeadlineKind::None) {
        m_impl->deadlines.erase({element.deadline, ref.slot});
    }
    element.kind = kind;
    element.deadline = when;
    if (kind != DeadlineKind::None) {
        m_impl->deadlines.insert({when, ref.slot});
    }
}
DeadlineKind Handlespace::deadlineKind(ElementRef ref) const {
    return m_impl->at(ref).kind;
}
TimePoint Handlespace::nextDeadline() const {
    return m_impl->deadlines.empty() ? never : m_impl->deadlines.begin()->first;
}
std::optional<Handlespace::Due> Handlespace::popDue(TimePoint now) {
    if (m_impl->deadlines.empty() || m_impl->deadlines.begin()->first > now) {
        return std::nullopt;
    }
    const ElementRef ref = m_impl->refOf(m_impl->deadlines.begin()->second);
    const DeadlineKind kind = m_impl->at(ref).kind;
    setDeadline(ref, DeadlineKind::None, never);
    return Due{ref, kind};
}

std::uint16_t Handlespace::checksum(ServerId owner) const {
    const auto owned = m_impl->owned.find(owner);
    std::uint64_t sum = owned == m_impl->owned.end() ? 0 : owned->second.sum;
    while (sum > 0xffff) {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    return static_cast<std::uint16_t>(~sum);
}
std::uint64_t Handlespace::digest(ServerId owner) const {
    const auto owned = m_impl->owned.find(owner);
    return owned == m_impl->owned.end() ? 0 : owned->second.digest;
}
std::size_t Handlespace::countOwnedBy(ServerId owner) const {
    const auto owned = m_impl->owned.find(owner);
    return owned == m_impl->owned.end() ? 0 : owned->second.slots.size();
}
std::vector<ElementRef> Handlespace::ownedBy(ServerId owner) const {
    std::vector<ElementRef> result;
    if (const auto owned = m_impl->owned.find(owner); owned != m_impl->owned.end()) {
        for (const std::uint32_t slot : owned->second.slots) {
            result.push_back(m_impl->refOf(slot));
        }
    }
    return result;
}
std::vector<ServerId> Handlespace::owners() const {
    std::vector<ServerId> result;
    for (const auto& [owner, owned] : m_impl->owned) {
        result.push_back(owner);
    }
    return result;
}

std::size_t Handlespace::poolCount() const {
    return m_impl->pools.size();
}
std::size_t Handlespace::elementCount() const {
    return m_impl->count;
}
std::size_t Handlespace::elementCount(const PoolHandle& handle) const {
    const auto pool = m_impl->pools.find(handle);
    return pool == m_impl->pools.end() ? 0 : pool->second.elements.size();
}
std::vector<ElementRef> Handlespace::tablePart(const TablePosition& position, std::size_t limit,
                                               std::optional<ServerId> owner) const {
    std::vector<ElementRef> result;
    for (auto pool = m_impl->pools.lower_bound(position.poolHandle); pool != m_impl->pools.end(); ++pool) {
        const auto& elements = pool->second.elements;
        auto element = pool->first == position.poolHandle ? elements.upper_bound(position.element) : elements.begin();
        for (; element != elements.end(); ++element) {
            if (result.size() == limit) {
                return result;
            }
            const ElementRef ref = m_impl->refOf(element->second);
            if (!owner || m_impl->at(ref).data.homeRegistrar == *owner) {
                result.push_back(ref);
            }
        }
    }
    return result;
}
std::vector<ElementRef> Handlespace::all() const {
    return tablePart({}, std::numeric_limits<std::size_t>::max(), std::nullopt);
}

} // namespace kolam
