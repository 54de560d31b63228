// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlespace/handlespace.h"

#include "core/handlespace/deadline_wheel.h"
#include "core/handlespace/element_image.h"
#include "core/handlespace/key_order.h"
#include "core/handlespace/owner_index.h"
#include "core/handlespace/pool.h"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace kolam {

struct Handlespace::Impl {
    Impl(std::uint64_t seed, const Settings& given)
        : settings(given)
        , random(seed)
        , hashSeed(random())
        , pools(random()) {}

    Settings settings;
    Random random;
    std::uint64_t hashSeed;
    PoolIndex pools;
    Slab slab;
    SegmentedHash byKey; // pool and identifier
    DeadlineWheel deadlines;
    OwnerIndex owners;
    KeyOrder keyOrder;
    std::size_t elementCount = 0;
    bool digestsKept = false; // they cost more than all the rest of a registration: only once somebody has asked
    Octets digestScratch;     // both are kept for their capacity
    Octets imageScratch;

    /// Strangers choose the identifiers; they do not know the seed.
    [[nodiscard]] std::uint32_t keyHash(std::uint32_t pool, std::uint32_t identifier) const {
        std::uint64_t mixed = (std::uint64_t{pool} << 32 | identifier) ^ hashSeed;
        mixed = (mixed ^ (mixed >> 32)) * 0xd6e8feb86659fd93;
        mixed = (mixed ^ (mixed >> 32)) * 0xd6e8feb86659fd93;
        return static_cast<std::uint32_t>(mixed >> 32);
    }
    [[nodiscard]] std::uint32_t findSlot(std::uint32_t pool, std::uint32_t identifier, std::uint32_t hash) const {
        return byKey.find(
            hash, [&](std::uint32_t slot) { return slab[slot].identifier == identifier && slab[slot].pool == pool; });
    }
    void select(const PoolHandle& handle, SelectionRequest request, std::vector<ElementRef>& into) {
        const Pool* pool = pools.find(handle.value);
        if (pool == nullptr) {
            into.clear();
            return;
        }
        request.items = request.items == 0 ? settings.defaultItems : std::min(request.items, settings.maxItems);
        if (const std::size_t most = std::min(request.items, pool->elementCount); into.size() < most) {
            into.resize(most);
        }
        into.resize(pool->selector->select(slab, request, random, into.data()));
    }
    [[nodiscard]] Element& at(ElementRef ref) {
        assert(slab.contains(ref));
        return slab[ref.slot];
    }

    /// What an element adds to its owner's checksum.
    static std::uint64_t wordSum(const Pool& pool, const Element& element) {
        return std::uint64_t{pool.wordSum} + (element.identifier >> 16) + (element.identifier & 0xffff);
    }
    /// The RFC's one's complement of such a sum.
    static std::uint16_t fold(std::uint64_t sum) {
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return static_cast<std::uint16_t>(~sum);
    }
    [[nodiscard]] OctetView image(std::uint32_t slot) const { return {slab.images(slot), slab[slot].imageSize}; }
    [[nodiscard]] OctetView asapImage(std::uint32_t slot) const {
        return {slab.images(slot) + slab[slot].imageSize, slab[slot].asapSize};
    }
    [[nodiscard]] std::uint64_t digestOf(std::uint32_t slot) {
        return elementDigest(pools[slab[slot].pool].handle.value, image(slot), asapImage(slot), digestScratch);
    }
    void own(std::uint32_t slot, ServerId id, std::uint64_t words) {
        OwnerIndex::Owner& owner = owners.add(slab, slot, id);
        owner.wordSum += words;
        if (digestsKept) {
            owner.digest += digestOf(slot);
        }
    }
    void disown(std::uint32_t slot, std::uint64_t words) {
        OwnerIndex::Owner& owner = owners.ownerOf(slab[slot]);
        owner.wordSum -= words;
        if (digestsKept) {
            owner.digest -= digestOf(slot);
        }
        owners.remove(slab, slot);
    }
    void keepDigests() {
        digestsKept = true;
        for (std::uint32_t slot = 0; slot < slab.end(); ++slot) {
            if (slab[slot].identifier != 0) {
                owners.ownerOf(slab[slot]).digest += digestOf(slot);
            }
        }
    }

    void keepImages(std::uint32_t slot, const ElementImages& images) {
        std::byte* const room = slab.roomForImages(slot, images.elementSize, images.asapSize());
        std::memcpy(room, images.both.data(), images.both.size());
    }
    // What these return is what registerElement() returns: copying small results takes longer than making them.
    using Registered = std::expected<RegistrationResult, RegistrationErrc>;
    Registered enter(Pool& pool, const wire::PoolElement& element, const ElementImages& images, std::uint32_t hash);
    Registered replace(Pool& pool, std::uint32_t slot, const wire::PoolElement& element, const ElementImages& images);
};

Handlespace::Impl::Registered Handlespace::Impl::enter(Pool& pool, const wire::PoolElement& element,
                                                       const ElementImages& images, std::uint32_t hash) {
    const std::uint32_t slot = slab.take();
    Element& entered = slab[slot];
    entered.identifier = element.identifier.value;
    entered.pool = pool.number;
    entered.kind = DeadlineKind::None;
    slab.details(slot).extra = {};
    keepImages(slot, images);
    entered.base = pool.rule->base(element.policy);
    entered.step = pool.rule->step(element.policy);
    pool.selector->insert(slab, slot);
    byKey.insert(hash, slot);
    own(slot, element.homeRegistrar, wordSum(pool, entered));
    keyOrder.add(pool, entered.identifier, slab.refOf(slot));
    ++pool.elementCount;
    ++elementCount;
    return Registered{std::in_place, slab.refOf(slot), true, true, ServerId{}};
}

Handlespace::Impl::Registered Handlespace::Impl::replace(Pool& pool, std::uint32_t slot,
                                                         const wire::PoolElement& element,
                                                         const ElementImages& images) {
    Element& known = slab[slot];
    if (known.imageSize == images.elementSize && known.asapSize == images.asapSize() &&
        std::memcmp(slab.images(slot), images.both.data(), images.both.size()) == 0) {
        if (known.step != 0) { // also now a registration wipes away what selections have added to the element
            pool.selector->revise(slab, slot, known.base, known.step);
        }
        return Registered{std::in_place, slab.refOf(slot), false, false, element.homeRegistrar};
    }
    pool.selector->revise(slab, slot, pool.rule->base(element.policy), pool.rule->step(element.policy));
    const ServerId formerOwner = owners.idOf(known);
    const bool sumsChange = digestsKept || formerOwner != element.homeRegistrar;
    if (sumsChange) {
        disown(slot, wordSum(pool, known));
    }
    keepImages(slot, images);
    if (sumsChange) {
        own(slot, element.homeRegistrar, wordSum(pool, known));
    }
    return Registered{std::in_place, slab.refOf(slot), false, true, formerOwner};
}

Handlespace::Handlespace(std::uint64_t seed) : Handlespace(seed, Settings{}) {}
Handlespace::Handlespace(std::uint64_t seed, const Settings& settings)
    : m_impl(std::make_unique<Impl>(seed, settings)) {}
Handlespace::~Handlespace() = default;
Handlespace::Handlespace(Handlespace&&) noexcept = default;
Handlespace& Handlespace::operator=(Handlespace&&) noexcept = default;

std::expected<RegistrationResult, RegistrationErrc> Handlespace::registerElement(const PoolHandle& handle,
                                                                                 const wire::PoolElement& element) {
    Impl& impl = *m_impl;
    if (element.identifier.value == 0) {
        return std::unexpected(RegistrationErrc::InvalidIdentifier);
    }
    Pool* pool = impl.pools.find(handle.value);
    const PolicyRule* rule = pool != nullptr ? pool->rule : findPolicyRule(element.policy.type);
    if (pool != nullptr && rule->type != element.policy.type) {
        return std::unexpected(findPolicyRule(element.policy.type) != nullptr ? RegistrationErrc::InconsistentPolicy
                                                                              : RegistrationErrc::InvalidPolicy);
    }
    if (rule == nullptr) {
        return std::unexpected(RegistrationErrc::InvalidPolicy);
    }
    if (pool != nullptr && pool->protocol != element.userTransport.protocol) {
        return std::unexpected(RegistrationErrc::InconsistentTransport);
    }
    if (pool != nullptr && pool->use != element.userTransport.use) {
        return std::unexpected(RegistrationErrc::InconsistentControlChannel);
    }
    std::uint32_t hash = 0;
    std::uint32_t slot = SegmentedHash::none;
    if (pool != nullptr) {
        hash = impl.keyHash(pool->number, element.identifier.value);
        slot = impl.findSlot(pool->number, element.identifier.value, hash);
        impl.slab.fetchDetails(slot);
    }
    constexpr std::size_t maxBody = 0xffe0; // what a message can hold besides its own header and numbers
    const ElementImages images = writeElementImages(element, impl.imageScratch);
    if (handle.value.empty() || handle.value.size() + images.both.size() > maxBody) {
        return std::unexpected(RegistrationErrc::InvalidHandle);
    }
    if (pool == nullptr) {
        pool = &impl.pools.add(handle);
        pool->rule = rule;
        pool->selector = rule->selector(impl.settings.rsplibCompatible);
        pool->protocol = element.userTransport.protocol;
        pool->use = element.userTransport.use;
        pool->founding = element.policy;
        impl.keyOrder.addPool(*pool);
        hash = impl.keyHash(pool->number, element.identifier.value);
    }
    return slot == SegmentedHash::none ? impl.enter(*pool, element, images, hash)
                                       : impl.replace(*pool, slot, element, images);
}

bool Handlespace::remove(ElementRef ref) {
    Impl& impl = *m_impl;
    if (!contains(ref)) {
        return false;
    }
    Element& element = impl.slab[ref.slot];
    Pool& pool = impl.pools[element.pool];
    impl.deadlines.set(impl.slab, ref.slot, DeadlineKind::None, never);
    impl.disown(ref.slot, Impl::wordSum(pool, element));
    impl.keyOrder.remove(pool, element.identifier);
    impl.byKey.erase(impl.keyHash(pool.number, element.identifier), ref.slot);
    pool.selector->erase(impl.slab, ref.slot);
    impl.slab.give(ref.slot);
    --impl.elementCount;
    if (--pool.elementCount == 0) {
        impl.keyOrder.removePool(pool);
        impl.pools.remove(pool);
    }
    return true;
}

void Handlespace::setOwner(ElementRef ref, ServerId owner) {
    Impl& impl = *m_impl;
    const Element& element = impl.at(ref);
    if (impl.owners.idOf(element) != owner) {
        const std::uint64_t words = Impl::wordSum(impl.pools[element.pool], element);
        impl.disown(ref.slot, words);
        setHomeRegistrar(impl.slab.images(ref.slot), owner);
        impl.own(ref.slot, owner, words);
    }
}

std::vector<ElementRef> Handlespace::setOwnerOfAll(ServerId from, ServerId to) {
    Impl& impl = *m_impl;
    std::vector<ElementRef> all = ownedBy(from);
    if (all.empty() || from == to) {
        return all;
    }
    std::uint64_t digest = 0;
    for (const ElementRef ref : all) {
        setHomeRegistrar(impl.slab.images(ref.slot), to);
        digest += impl.digestsKept ? impl.digestOf(ref.slot) : 0;
    }
    impl.owners.moveAll(impl.slab, from, to).digest += digest;
    return all;
}

void Handlespace::clear() {
    for (const ElementRef ref : all()) {
        remove(ref);
    }
}

ElementRef Handlespace::find(const PoolHandle& handle, PeIdentifier identifier) const {
    const Impl& impl = *m_impl;
    const Pool* pool = impl.pools.find(handle.value);
    if (pool == nullptr) {
        return {};
    }
    const std::uint32_t hash = impl.keyHash(pool->number, identifier.value);
    const std::uint32_t slot = impl.findSlot(pool->number, identifier.value, hash);
    return slot == SegmentedHash::none ? ElementRef{} : impl.slab.refOf(slot);
}

bool Handlespace::contains(ElementRef ref) const {
    return m_impl->slab.contains(ref);
}

wire::PoolElement Handlespace::element(ElementRef ref) const {
    wire::PoolElement result;
    elementInto(ref, result);
    return result;
}
void Handlespace::elementInto(ElementRef ref, wire::PoolElement& into) const {
    readElementImages(elementImage(ref), asapImage(ref), into);
}
OctetView Handlespace::elementImage(ElementRef ref) const {
    assert(contains(ref));
    return m_impl->image(ref.slot);
}
OctetView Handlespace::asapImage(ElementRef ref) const {
    assert(contains(ref));
    return m_impl->asapImage(ref.slot);
}
OctetView Handlespace::policyImage(ElementRef ref) const {
    return policyWithin(elementImage(ref));
}
const PoolHandle& Handlespace::poolHandle(ElementRef ref) const {
    return m_impl->pools[m_impl->at(ref).pool].handle;
}
PeIdentifier Handlespace::identifier(ElementRef ref) const {
    return PeIdentifier{m_impl->at(ref).identifier};
}
ServerId Handlespace::owner(ElementRef ref) const {
    return m_impl->owners.idOf(m_impl->at(ref));
}
ElementExtra& Handlespace::extra(ElementRef ref) {
    assert(contains(ref));
    return m_impl->slab.details(ref.slot).extra;
}
const ElementExtra& Handlespace::extra(ElementRef ref) const {
    assert(contains(ref));
    return m_impl->slab.details(ref.slot).extra;
}

void Handlespace::select(const PoolHandle& handle, std::uint32_t items, const std::optional<std::uint64_t>& sessionKey,
                         std::vector<ElementRef>& into) {
    m_impl->select(handle, {items, m_impl->settings.maxIncrement, sessionKey}, into);
}

void Handlespace::look(const PoolHandle& handle, std::uint32_t items, std::vector<ElementRef>& into) {
    m_impl->select(handle, {items, 0, std::nullopt}, into);
}

std::optional<wire::Policy> Handlespace::poolPolicy(const PoolHandle& handle) const {
    const Pool* pool = m_impl->pools.find(handle.value);
    return pool != nullptr ? std::optional{pool->founding} : std::nullopt;
}

void Handlespace::setDeadline(ElementRef ref, DeadlineKind kind, TimePoint when) {
    assert(contains(ref));
    m_impl->deadlines.set(m_impl->slab, ref.slot, kind, when);
}
DeadlineKind Handlespace::deadlineKind(ElementRef ref) const {
    return m_impl->at(ref).kind;
}
TimePoint Handlespace::deadline(ElementRef ref) const {
    return deadlineKind(ref) == DeadlineKind::None ? never : m_impl->at(ref).deadline;
}
TimePoint Handlespace::nextDeadline() const {
    return m_impl->deadlines.next(m_impl->slab);
}
std::optional<Handlespace::Due> Handlespace::popDue(TimePoint now) {
    const std::uint32_t slot = m_impl->deadlines.pop(m_impl->slab, now);
    if (slot == nowhere) {
        return std::nullopt;
    }
    Element& element = m_impl->slab[slot];
    const auto kind = element.kind;
    element.kind = DeadlineKind::None;
    return std::optional<Due>{std::in_place, m_impl->slab.refOf(slot), kind, element.deadline};
}

std::uint16_t Handlespace::checksum(ServerId owner) const {
    const OwnerIndex::Owner* found = m_impl->owners.find(owner);
    return Impl::fold(found != nullptr ? found->wordSum : 0);
}
std::uint16_t Handlespace::checksum(ServerId owner, const PoolFilter& told) const {
    const OwnerIndex::Owner* found = m_impl->owners.find(owner);
    std::uint64_t sum = found != nullptr ? found->wordSum : 0;
    std::vector<bool> hidden; // by number of the pool
    m_impl->pools.forEach([&](const Pool& pool) {
        if (!told(pool.handle, pool.founding.type)) {
            hidden.resize(std::max<std::size_t>(hidden.size(), pool.number + 1));
            hidden[pool.number] = true;
        }
    });
    for (std::uint32_t i = 0; found != nullptr && !hidden.empty() && i < found->elements.size(); ++i) {
        const Element& element = m_impl->slab[found->elements[i].slot];
        if (element.pool < hidden.size() && hidden[element.pool]) {
            sum -= Impl::wordSum(m_impl->pools[element.pool], element);
        }
    }
    return Impl::fold(sum);
}
std::uint64_t Handlespace::digest(ServerId owner) const {
    if (!m_impl->digestsKept) {
        m_impl->keepDigests();
    }
    const OwnerIndex::Owner* found = m_impl->owners.find(owner);
    return found != nullptr ? found->digest : 0;
}
std::size_t Handlespace::countOwnedBy(ServerId owner) const {
    const OwnerIndex::Owner* found = m_impl->owners.find(owner);
    return found != nullptr ? found->elements.size() : 0;
}
std::vector<ElementRef> Handlespace::ownedBy(ServerId owner) const {
    std::vector<ElementRef> result;
    if (const OwnerIndex::Owner* found = m_impl->owners.find(owner); found != nullptr) {
        result.reserve(found->elements.size());
        for (std::uint32_t i = found->elements.size(); i-- > 0;) { // last first: that is cheapest to take away
            result.push_back(found->elements[i]);
        }
    }
    return result;
}
std::vector<ServerId> Handlespace::owners() const {
    std::vector<ServerId> result;
    m_impl->owners.forEach([&](const OwnerIndex::Owner& owner) { result.push_back(owner.id); });
    return result;
}

std::size_t Handlespace::poolCount() const {
    return m_impl->pools.count();
}
std::size_t Handlespace::elementCount() const {
    return m_impl->elementCount;
}
std::size_t Handlespace::elementCount(const PoolHandle& handle) const {
    const Pool* pool = m_impl->pools.find(handle.value);
    return pool != nullptr ? pool->elementCount : 0;
}
std::vector<ElementRef> Handlespace::tablePart(const TablePosition& position, std::size_t limit,
                                               std::optional<ServerId> owner) const {
    const Impl& impl = *m_impl;
    if (!impl.keyOrder.kept()) {
        m_impl->keyOrder.keep(impl.slab, impl.pools);
    }
    const std::size_t owned = owner ? countOwnedBy(*owner) : impl.elementCount;
    if (owned == impl.elementCount) {
        return impl.keyOrder.part(position, limit);
    }
    return owned == 0 ? std::vector<ElementRef>{}
                      : impl.keyOrder.partOf(impl.owners.numberOf(*owner), impl.slab, position, std::min(limit, owned));
}
std::vector<ElementRef> Handlespace::all() const {
    return tablePart({}, elementCount(), std::nullopt);
}

} // namespace kolam
