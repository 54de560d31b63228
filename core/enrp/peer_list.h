// SPDX-License-Identifier: GPL-3.0-or-later
// The other registrars, as one registrar knows them, and the associations that lead to them.
// Next door: enrp_side.h, which decides what to do with them.
#pragma once

#include "core/base/association_id.h"
#include "core/enrp/enrp_settings.h"
#include "core/enrp/table_tally.h"
#include "core/handlespace/handlespace.h"

#include <map>
#include <optional>
#include <set>

namespace kolam::enrp {

/// A table that is being downloaded from a peer.
struct Fetch {
    bool ownChildren = false;      // only its own elements (an audit); else everything (from a mentor)
    std::uint32_t outstanding = 0; // requests that have no response yet
    bool complete = false;         // the last part has come; what is outstanding brings nothing
    TimePoint deadline = never;    // of the next response
    TableTally told{};
};

struct Peer {
    ServerId id;
    TransportAddress address; // of its ENRP endpoint; no ips: only its elements are known
    AssociationId association = AssociationId::None;
    bool up = false;            // the association is
    std::uint32_t features = 0; // of our extensions, those that it has announced
    bool ours = false;          // has announced features at all: not an rsplib registrar
    bool presented = false;     // has sent its presence over this association: it may ask for tables
    bool listAsked = false;     // for the peers that it knows
    bool triedAsMentor = false; // and it had no table for us
    bool inSync = false;        // at its last presence our copy of its elements was equal
    TimePoint lastHeard{};
    TimePoint lastConnect{};

    PeerState state = PeerState::Active;
    TimePoint deadline = never;     // of the state: silence, no response, expiry of the takeover
    std::set<ServerId> awaited;     // TakingOver: whose consent is missing
    ServerId successor;             // Yielded: who takes it over
    std::set<ServerId> consentOwed; // Probing, because these have asked: who waits for our word that it is dead

    std::optional<Fetch> fetch;
    std::optional<TablePosition> given; // of the table that it downloads from us: what it has got
};

/// An association of the ENRP endpoint.
struct Link {
    TransportAddress address; // of its other end
    bool up = false;
    ServerId peer; // 0: nobody has presented itself over it
};

class PeerList {
public:
    using Peers = std::map<ServerId, Peer>; // ordered, so that the same life has the same order everywhere

    [[nodiscard]] Peer* find(ServerId id);
    [[nodiscard]] const Peer* find(ServerId id) const { return const_cast<PeerList*>(this)->find(id); }
    Peer& add(ServerId id);
    void remove(ServerId id);
    [[nodiscard]] Peers& all() { return m_peers; }
    [[nodiscard]] const Peers& all() const { return m_peers; }
    [[nodiscard]] std::vector<ServerId> ids() const;

    [[nodiscard]] Link* link(AssociationId id);
    [[nodiscard]] std::size_t linkCount() const { return m_links.size(); }
    Link& addLink(AssociationId id, const TransportAddress& address);
    void removeLink(AssociationId id) { m_links.erase(id); }
    /// The association to a port at one of these addresses; None when there is none.
    [[nodiscard]] AssociationId linkTo(const TransportAddress& address) const;
    /// This association leads to this peer from now on.
    void bind(AssociationId id, Peer& peer);
    /// It leads to nobody.
    void unbind(Peer& peer);

private:
    Peers m_peers;
    std::map<AssociationId, Link> m_links;
};

/// Whether both name the same port, and at least one common address.
[[nodiscard]] bool sameEndpoint(const TransportAddress& one, const TransportAddress& other);

} // namespace kolam::enrp
