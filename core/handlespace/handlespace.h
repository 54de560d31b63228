// SPDX-License-Identifier: GPL-3.0-or-later
// Who is where: all pools with their elements, as one registrar (or the cache of a pool user) knows them.
// Selection by policy, ownership, checksum and deadlines; no sockets, no clock. Next door: policy.h, one line a policy.
#pragma once

#include "core/base/ids.h"
#include "core/base/octets.h"
#include "core/base/random.h"
#include "core/base/time.h"
#include "core/wire/parameters.h"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace kolam {

/// Points at one element until it is removed; a handle that has outlived its element is found out (generation).
struct ElementRef {
    std::uint32_t slot = 0xffffffff;
    std::uint32_t generation = 0;
    friend bool operator==(const ElementRef&, const ElementRef&) = default;
    [[nodiscard]] bool isNull() const { return slot == 0xffffffff; }
};

/// What an element's deadline is for; an element has at most one at a time (procedures of the registrar, section 8.5).
enum class DeadlineKind : std::uint8_t { None, KeepAliveTransmission, KeepAliveTimeout, Expiry };

/// Why a registration was refused.
enum class RegistrationErrc : std::uint8_t {
    InvalidIdentifier,          // identifier 0
    InvalidHandle,              // empty, or handle and element are longer than a message can be
    InvalidPolicy,              // a policy type that is not in the table
    InconsistentPolicy,         // the pool has another policy type
    InconsistentTransport,      // the pool has another transport protocol
    InconsistentControlChannel, // the pool's transport use differs
};

struct RegistrationResult {
    ElementRef element;
    bool added = false;   // else an element that was known
    bool changed = false; // something besides timers is new (also true when added): peers want to know
    ServerId formerOwner; // of a known element; 0 when added
};

/// Which associations, reports and marks a registrar keeps with an element; the handlespace stores, never reads them.
struct ElementExtra {
    std::uint64_t association = 0; // transport::AssocId of the registrant; 0: none (learned from a peer)
    std::uint16_t unreachableReports = 0;
    bool marked = false;        // for mark and purge of a resynchronisation
    TimePoint lifeEnds = never; // when an owned element's registration runs out
};

/// A position in a table that is handed out in parts: after this element, in key order.
struct TablePosition {
    PoolHandle poolHandle;
    PeIdentifier element; // 0: before the first element of the pool
};

class Handlespace {
public:
    struct Settings {
        std::uint32_t defaultItems = 3; // elements of a resolution that names no number
        std::uint32_t maxItems = 128;   // cap of one that does
        std::uint32_t maxIncrement = 1; // of the selected elements, so many move to the back (ordered policies)
        bool rsplibCompatible = false;  // oracle for comparisons: rsplib's doubled degradation, blocks of WRR
    };
    explicit Handlespace(std::uint64_t seed);
    Handlespace(std::uint64_t seed, const Settings& settings);
    ~Handlespace();
    Handlespace(Handlespace&&) noexcept;
    Handlespace& operator=(Handlespace&&) noexcept;

    // ---- Changing ----
    /// Enters an element, or replaces the data of a known one (identified by handle and identifier). The first element
    /// of a pool fixes its policy type, transport protocol and transport use. The owner is element.homeRegistrar.
    /// Deadline and extra of a known element stay as they are. Source: RFC 5353 section 3.2, RFC 5356.
    std::expected<RegistrationResult, RegistrationErrc> registerElement(const PoolHandle& handle,
                                                                        const wire::PoolElement& element);
    /// Removes; an emptied pool disappears. False when there is no such element.
    bool remove(ElementRef ref);
    void setOwner(ElementRef ref, ServerId owner);
    /// Gives all elements of one owner to another, as a takeover does; returns them, in no particular order.
    std::vector<ElementRef> setOwnerOfAll(ServerId from, ServerId to);
    /// Removes everything.
    void clear();

    // ---- Looking up ----
    [[nodiscard]] ElementRef find(const PoolHandle& handle, PeIdentifier identifier) const;
    [[nodiscard]] bool contains(ElementRef ref) const;
    /// The whole element, as it was registered, ready for a message.
    [[nodiscard]] wire::PoolElement element(ElementRef ref) const;
    /// The same into a caller's object, reusing its capacity: allocates nothing when it is large enough.
    void elementInto(ElementRef ref, wire::PoolElement& into) const;
    /// The element as octets (core/wire/image.h), ready to be put into messages; valid until something is changed. The
    /// pool element parameter as users get it, that is without ASAP transport;
    [[nodiscard]] OctetView elementImage(ElementRef ref) const;
    /// the ASAP transport parameter, empty when there is none: behind the other, with the length in its header raised
    /// by this one's length, it makes the parameter that registrars exchange;
    [[nodiscard]] OctetView asapImage(ElementRef ref) const;
    /// and the policy parameter, which is a part of the first.
    [[nodiscard]] OctetView policyImage(ElementRef ref) const;
    [[nodiscard]] const PoolHandle& poolHandle(ElementRef ref) const;
    [[nodiscard]] PeIdentifier identifier(ElementRef ref) const;
    [[nodiscard]] ServerId owner(ElementRef ref) const;
    [[nodiscard]] ElementExtra& extra(ElementRef ref);
    [[nodiscard]] const ElementExtra& extra(ElementRef ref) const;

    // ---- Selecting ----
    /// Chooses up to `items` elements of a pool by its policy, best first, into `into` (replaced). items 0: the
    /// default. Empty when the pool is unknown, or no element of it may be selected (weight 0).
    /// @param sessionKey  for ConsistentHash; other policies ignore it.
    void select(const PoolHandle& handle, std::uint32_t items, const std::optional<std::uint64_t>& sessionKey,
                std::vector<ElementRef>& into);
    /// The same, for those who are not going to use anybody: it does not count, nobody's turn has come.
    void look(const PoolHandle& handle, std::uint32_t items, std::vector<ElementRef>& into);
    /// The policy of a pool's first element; nothing when the pool is unknown.
    [[nodiscard]] std::optional<wire::Policy> poolPolicy(const PoolHandle& handle) const;

    // ---- Deadlines ----
    /// Replaces the element's deadline. DeadlineKind::None removes it.
    void setDeadline(ElementRef ref, DeadlineKind kind, TimePoint when);
    [[nodiscard]] DeadlineKind deadlineKind(ElementRef ref) const;
    /// `never` when there is none.
    [[nodiscard]] TimePoint deadline(ElementRef ref) const;
    /// Not later than the earliest deadline, and never earlier than it by more than the timers' grain; `never` if none.
    [[nodiscard]] TimePoint nextDeadline() const;
    struct Due {
        ElementRef element;
        DeadlineKind kind;
        TimePoint deadline; // what it was set to
    };
    /// Takes one deadline that lies at or before `now`; it is removed. Nothing when none is due.
    [[nodiscard]] std::optional<Due> popDue(TimePoint now);

    // ---- Ownership and audit ----
    /// The RFC's checksum over the elements of `owner`, bit for bit as rsplib computes it (wire format, section 9).
    /// O(1).
    [[nodiscard]] std::uint16_t checksum(ServerId owner) const;
    /// The same over those elements only whose pools `told` accepts: what a peer knows that cannot be told of all. O(1)
    /// for each pool, and O(1) for each element of the owner when there are other pools.
    using PoolFilter = std::function<bool(const PoolHandle& handle, wire::PolicyType policy)>;
    [[nodiscard]] std::uint16_t checksum(ServerId owner, const PoolFilter& told) const;
    /// Our digest over the same elements' whole wire images (extensions, number 0xbff3), but for their distances, of
    /// which every registrar has its own. O(1).
    [[nodiscard]] std::uint64_t digest(ServerId owner) const;
    [[nodiscard]] std::size_t countOwnedBy(ServerId owner) const;
    /// Elements of an owner, in no particular order; the list may be changed while it is walked over.
    [[nodiscard]] std::vector<ElementRef> ownedBy(ServerId owner) const;
    [[nodiscard]] std::vector<ServerId> owners() const;

    // ---- Whole tables ----
    [[nodiscard]] std::size_t poolCount() const;
    [[nodiscard]] std::size_t elementCount() const;
    /// Elements of one pool; 0 when it is unknown.
    [[nodiscard]] std::size_t elementCount(const PoolHandle& handle) const;
    /// Elements after `position` in key order (handle length, handle octets, identifier), at most `limit` of them;
    /// only those of `owner` when one is given. Stable under changes between two calls.
    [[nodiscard]] std::vector<ElementRef> tablePart(const TablePosition& position, std::size_t limit,
                                                    std::optional<ServerId> owner) const;
    /// Every element, pool by pool in key order.
    [[nodiscard]] std::vector<ElementRef> all() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace kolam
