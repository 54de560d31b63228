// SPDX-License-Identifier: GPL-3.0-or-later
// What the registrar's side of ASAP wants done: the actions that registrar_side.h writes, performed by core/node (or
// written down as text by a test). A sink must not call back into the machine.
#pragma once

#include "core/base/address.h"
#include "core/base/association_id.h"
#include "core/base/octets.h"
#include "core/base/time.h"
#include "core/handlespace/handlespace.h"
#include "core/wire/codec.h"

#include <cstdint>
#include <string_view>

namespace kolam::asap {

using kolam::AssociationId;

enum class ElementChange : std::uint8_t {
    Added,
    Changed,   // registered again with other data, or under another owner
    Refreshed, // registered again, nothing new but its life
    Removed,
};
enum class RemovalReason : std::uint8_t {
    None,
    Deregistered,
    AssociationLost,
    KeepAliveTimeout,
    Unreachable, // reported by several users, and it did not answer our probe
    LifeExpired,
};
[[nodiscard]] std::string_view toText(RemovalReason reason);

/// What happened to an element; it is in the handlespace during the call, also when it is about to be removed.
struct ElementEvent {
    ElementRef element;
    ElementChange change = ElementChange::Added;
    RemovalReason reason = RemovalReason::None;
};

/// Why something that came was not done. Each kind is counted; the sink may tell people.
enum class IncidentKind : std::uint8_t {
    Malformed,    // `error` says what and where
    Unexpected,   // a message that no registrar can use
    Unauthorized, // refused by the access rules
    Stranger,     // not the registrant of the element
    TooFast,      // over a rate
    TooMany,      // over a quota
    Rejected,     // a registration that cannot be: `cause` says why
};
inline constexpr std::size_t incidentKindCount = 7;
[[nodiscard]] std::string_view toText(IncidentKind kind);

struct Incident {
    IncidentKind kind;
    AssociationId association;
    std::uint8_t messageType = 0;
    const PoolHandle* pool = nullptr;
    PeIdentifier element{};
    const wire::WireError* error = nullptr;
    wire::CauseCode cause = wire::CauseCode::Unspecified;
};

/// Views and pointers are valid during the call only.
class RegistrarSink {
public:
    virtual ~RegistrarSink() = default;
    virtual void send(AssociationId to, OctetView message) = 0;
    /// Begins an association to an element's ASAP transport; None when that cannot even begin.
    virtual AssociationId connect(const TransportAddress& element) = 0;
    virtual void abort(AssociationId association, std::string_view why) = 0;
    /// The smoothed time to the other end of an association and back; 0 when it is not known yet.
    [[nodiscard]] virtual Duration roundTrip(AssociationId association) = 0;
    /// Wants deadlineReached() at `deadline`; replaces the earlier wish.
    virtual void armTimer(TimePoint deadline) = 0;
    virtual void elementChanged(const ElementEvent& event) = 0;
    virtual void incident(const Incident& incident) = 0;
};

} // namespace kolam::asap
