// SPDX-License-Identifier: GPL-3.0-or-later
// What a registrar's ENRP side wants done, and what it has to ask: performed and answered by core/node (or by a test).
// A sink may call ownElementChanged() of the machine, which only takes notes, and nothing else.
#pragma once

#include "core/base/address.h"
#include "core/base/association_id.h"
#include "core/base/ids.h"
#include "core/base/octets.h"
#include "core/base/time.h"
#include "core/enrp/enrp_settings.h"
#include "core/handlespace/handlespace.h"
#include "core/wire/codec.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace kolam::enrp {

/// Why something that came was not done. Each kind is counted; the sink may tell people.
enum class IncidentKind : std::uint8_t {
    Malformed,    // `error` says what and where
    Unauthorized, // refused by the access rules
    Stranger,     // from nobody who has presented itself
    NotOwner,     // speaks about an element of another registrar, or takes over one that lives
    Collision,    // two registrars with one identifier
    Refused,      // an element that cannot be in this handlespace
    TooMany,      // over a limit
    Reported,     // a peer says that a message of ours was wrong
};
inline constexpr std::size_t incidentKindCount = 8;
[[nodiscard]] std::string_view toText(IncidentKind kind);

struct Incident {
    IncidentKind kind;
    AssociationId association;
    ServerId sender;
    std::uint8_t messageType = 0;
    const wire::WireError* error = nullptr;
};

enum class PeerChange : std::uint8_t { Appeared, Silent, Returned, TakingOver, TakenOver, Lost };
[[nodiscard]] std::string_view toText(PeerChange change);

struct PeerEvent {
    PeerView peer;
    PeerChange change;
    ServerId successor; // TakenOver: by whom, if not by us
    std::size_t elements = 0;
};

/// What has happened to the copy of another registrar's element, which is in the handlespace during the call.
enum class CopyChange : std::uint8_t { Added, Changed, Removed };

/// Views and references are valid during the call only.
class EnrpSink {
public:
    virtual ~EnrpSink() = default;
    virtual void send(AssociationId to, OctetView message) = 0;
    /// To the group, for registrars that we do not know yet.
    virtual void multicast(OctetView message) = 0;
    /// Begins an association; None when that cannot even begin.
    virtual AssociationId connect(const TransportAddress& peer) = 0;
    virtual void abort(AssociationId association, std::string_view why) = 0;
    /// The smoothed time to the other end of an association and back; 0 when it is not known yet.
    [[nodiscard]] virtual Duration roundTrip(AssociationId association) = 0;
    /// Wants deadlineReached() at `deadline`; replaces the earlier wish.
    virtual void armTimer(TimePoint deadline) = 0;

    /// The handlespace is complete, or nobody could give us one: announce to elements and users.
    virtual void serviceBegins() = 0;
    /// Nothing is left that only we could do: close.
    virtual void farewell() = 0;
    /// Our identifier was somebody else's; the handlespace already has the new one.
    virtual void renamed(ServerId id) = 0;

    /// Whether the element itself says that we are its home: it is registered over an association that is up, and has
    /// not owed us a sign of life for long.
    [[nodiscard]] virtual bool holds(ElementRef element, TimePoint now) = 0;
    /// Makes us its owner and calls it. False when there is no way to call it.
    virtual bool takeOver(ElementRef element, TimePoint now) = 0;
    /// Another registrar has become its owner: it is watched no longer.
    virtual void release(ElementRef element) = 0;
    /// Its owner does not have it any more. When it is still connected here it becomes ours; else it goes.
    virtual void drop(ElementRef element, TimePoint now) = 0;

    virtual void copyChanged(ElementRef element, CopyChange change) = 0;
    virtual void peerChanged(const PeerEvent& event) = 0;
    virtual void incident(const Incident& incident) = 0;
};

} // namespace kolam::enrp
