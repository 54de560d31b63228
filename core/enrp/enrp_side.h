// SPDX-License-Identifier: GPL-3.0-or-later
// A registrar among registrars: keeps one handlespace with its peers, and takes over the elements of those that die.
// It is told what happened and when, and writes what to do into a sink; it owns no socket, clock or thread, and knows
// nothing of ASAP: core/node joins the two.
//
// What is believed: an element's owner speaks for it, nobody else. An update is an event, and the newest one wins; a
// table is a memory, and loses against an element that is connected here. Nobody is declared dead against the word of a
// registrar that still hears it. Whatever is lost on the way is found by the audit that comes with every presence.
//
// Its rooms: enrp_side.cpp (associations, presence, peers), enrp_tables.cpp (mentor, downloads, audit),
// enrp_updates.cpp (what changes), enrp_takeover.cpp. Next door: enrp_sink.h, the actions; peer_list.h.
// Source: RFC 5353; where rsplib differs, procedures section 12.
#pragma once

#include "core/base/authorizer.h"
#include "core/base/random.h"
#include "core/enrp/enrp_settings.h"
#include "core/enrp/enrp_sink.h"
#include "core/enrp/peer_list.h"
#include "core/wire/enrp.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

namespace kolam::enrp {

struct EnrpCounters {
    std::uint64_t updatesSent = 0;     // messages
    std::uint64_t updatesReceived = 0; // believed
    std::uint64_t audits = 0;          // presences compared
    std::uint64_t mismatches = 0;      // and found different
    std::uint64_t tableParts = 0;      // received
    std::uint64_t takeovers = 0;       // of registrars, completed by us
    std::uint64_t takenOver = 0;       // elements, thereby or by suggestion
    std::array<std::uint64_t, incidentKindCount> incidents{};
    [[nodiscard]] std::uint64_t of(IncidentKind kind) const { return incidents[static_cast<std::size_t>(kind)]; }
};

/// What has happened to an element of this registrar itself.
enum class OwnChange : std::uint8_t { Changed, Refreshed, Removed };

class EnrpSide {
public:
    /// Everything referred to must outlive the machine.
    EnrpSide(const Settings& settings, Handlespace& handlespace, Authorizer& authorizer, Random& random,
             EnrpSink& sink);

    /// `own`: where peers reach us, as they are told.
    void start(const TransportAddress& own, TimePoint now);
    /// Replaces the static peers: names have been resolved again.
    void setStaticPeers(std::vector<TransportAddress> peers, TimePoint now);
    void associationUp(AssociationId association, const TransportAddress& peer, TimePoint now);
    /// `dead`: its host says that nobody is there any more.
    void associationDown(AssociationId association, bool dead, TimePoint now);
    void message(AssociationId association, OctetView octets, TimePoint now);
    /// From the group: presences.
    void datagram(const TransportAddress& from, OctetView octets, TimePoint now);
    void deadlineReached(TimePoint now);
    /// An element of ours; Removed: it is still in the handlespace. Takes notes only, so a sink may call it.
    void ownElementChanged(ElementRef element, OwnChange change, TimePoint now);
    /// The life of a copy is over: it goes, unless its owner still vouches for it.
    void copyExpired(ElementRef element, TimePoint now);
    /// Hands every element to a peer; farewell() follows when that is done, or has taken too long.
    void leave(TimePoint now);

    [[nodiscard]] ServerId id() const { return m_settings.id; }
    [[nodiscard]] bool serving() const { return !m_starting; }
    [[nodiscard]] std::vector<PeerView> peers() const;
    [[nodiscard]] const EnrpCounters& counters() const { return m_counters; }

private:
    struct Source { // of the message being handled
        AssociationId association;
        const TransportAddress& address;
        Peer* peer; // nothing: a stranger
        TimePoint now;
    };
    struct Handlers;
    enum class Claim : std::uint8_t { Event, Memory }; // how somebody's word about an element has come

    // ---- Messages. None can be handled without a permit. ----
    void presence(Permit, Source from, const wire::Presence& message);
    void tableRequest(Permit, Source from, const wire::HandleTableRequest& message);
    void tableResponse(Permit, Source from, const wire::HandleTableResponse& message);
    void update(Permit, Source from, const wire::HandleUpdate& message);
    void listRequest(Permit, Source from, const wire::ListRequest& message);
    void listResponse(Permit, Source from, const wire::ListResponse& message);
    void initTakeover(Permit, Source from, const wire::InitTakeover& message);
    void initTakeoverAck(Permit, Source from, const wire::InitTakeoverAck& message);
    void takeoverServer(Permit, Source from, const wire::TakeoverServer& message);
    void error(Permit, Source from, const wire::EnrpError& message);
    void malformed(Source from, std::uint8_t type, ServerId sender, const wire::WireError& error);

    // ---- Peers ----
    [[nodiscard]] Peer* enter(ServerId id, const TransportAddress& address, TimePoint now);
    void heard(Peer& peer, TimePoint now);
    void contact(Peer& peer, TimePoint now);
    void contactStatic();
    void greet(AssociationId association, ServerId receiver);
    void sendPresence(const Peer& peer, bool replyRequired);
    void collision(AssociationId association, const TransportAddress& other, TimePoint now);
    void rename(TimePoint now);
    void heartbeat(TimePoint now);
    void peerDeadline(Peer& peer, TimePoint now);
    void lose(ServerId id, TimePoint now);
    void adoptOrphans(TimePoint now);
    [[nodiscard]] PeerView view(const Peer& peer) const;
    [[nodiscard]] wire::Presence presenceFor(const Peer* peer) const;

    // ---- Tables ----
    void nextMentor(TimePoint now);
    void beginService();
    void audit(Peer& peer, const wire::Presence& message, TimePoint now);
    void beginFetch(Peer& peer, bool ownChildren, TimePoint now);
    void requestPart(Peer& peer, bool continuation, TimePoint now);
    void finishFetch(Peer& peer, TimePoint now);
    void failFetch(Peer& peer, TimePoint now);
    void applyEntry(Peer& peer, bool ownChildren, const PoolHandle& handle, const wire::PoolElement& element,
                    TimePoint now);

    // ---- Elements ----
    ElementRef take(Peer& from, const PoolHandle& handle, const wire::PoolElement& element, Claim claim, TimePoint now);
    /// Whether this peer can be told of an element of such a pool.
    [[nodiscard]] static bool understands(const Peer& peer, const PoolHandle& handle, wire::PolicyType policy);
    [[nodiscard]] static bool rsplibUnderstands(const PoolHandle& handle, wire::PolicyType policy);
    void startLife(ElementRef copy, TimePoint now);
    void flushUpdates();
    void sendUpdate(const Peer& peer, ElementRef element, bool takeoverSuggested);
    void suggest(ElementRef element);
    void checkFarewell();

    // ---- Takeover ----
    void silent(Peer& peer, TimePoint now);
    void unanswered(Peer& peer, TimePoint now);
    void beginTakeover(Peer& target, TimePoint now);
    void takeoverExpired(Peer& target, TimePoint now);
    void completeTakeover(Peer& target, TimePoint now);
    void consent(Peer& initiator, Peer* target, ServerId targetId, TimePoint now);
    [[nodiscard]] bool beats(ServerId one, ServerId other) const;

    void tell(const Peer& peer, PeerChange change, ServerId successor = {}, std::size_t elements = 0);
    void count(const Incident& incident);
    void arm();
    template <typename Message>
    void send(AssociationId to, const Message& message) {
        wire::encodeInto(message, m_octets);
        m_sink.send(to, m_octets);
    }

    Settings m_settings;
    Handlespace& m_handlespace;
    Authorizer& m_authorizer;
    Random& m_random;
    EnrpSink& m_sink;
    TransportAddress m_own;
    PeerList m_peers;
    bool m_starting = true;
    ServerId m_mentor;
    TimePoint m_startDeadline = never; // never: over, as soon as nobody is left to ask
    TimePoint m_heartbeat = never;
    bool m_leaving = false;
    TimePoint m_leaveDeadline = never;
    TimePoint m_armed = never;

    struct Note { // of an element of ours that peers have to hear of
        ElementRef element;
        bool changed; // else only its life goes on, which peers of ours know from the audit
    };
    std::vector<Note> m_notes;
    std::unordered_map<std::uint32_t, std::size_t> m_noteOf; // by slot
    std::vector<wire::HandleUpdate> m_removals;
    TimePoint m_flush = never;

    EnrpCounters m_counters;
    Octets m_octets;
    wire::HandleUpdate m_update;
    wire::PoolElement m_element;
};

} // namespace kolam::enrp
