// SPDX-License-Identifier: GPL-3.0-or-later
// The registrar's side of ASAP: registers elements, answers who serves a pool, and finds out which elements are dead.
// It is told what happened and when, and writes what to do into a sink; it owns no socket, clock or thread.
// Every REGISTRATION, DEREGISTRATION and HANDLE_RESOLUTION is answered exactly once, in order, and nothing but
// KEEP_ALIVE is sent unasked: requesters of rsplib match answers by their order.
// Next door: registrar_sink.h, the actions; core/handlespace, where the elements live; node/registrar_node.h performs.
// Source: RFC 5352 section 3, RFC 5355.
#pragma once

#include "core/asap/registrar_limits.h"
#include "core/asap/registrar_sink.h"
#include "core/base/authorizer.h"
#include "core/base/random.h"
#include "core/handlespace/handlespace.h"
#include "core/wire/asap.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace kolam::asap {

struct RegistrarCounters {
    std::uint64_t registrations = 0;   // accepted, of new elements
    std::uint64_t reRegistrations = 0; // accepted
    std::uint64_t resolutions = 0;     // answered with elements
    std::uint64_t unknownPools = 0;
    std::uint64_t unreachableReports = 0; // taken seriously
    std::uint64_t keepAlives = 0;
    std::uint64_t keepAliveAcks = 0;
    std::array<std::uint64_t, 6> removals{}; // by RemovalReason
    std::array<std::uint64_t, incidentKindCount> incidents{};

    [[nodiscard]] std::uint64_t of(IncidentKind kind) const { return incidents[static_cast<std::size_t>(kind)]; }
    [[nodiscard]] std::uint64_t of(RemovalReason reason) const { return removals[static_cast<std::size_t>(reason)]; }
};

class RegistrarSide {
public:
    struct Settings {
        ServerId id;
        Duration keepAliveInterval;
        Duration keepAliveTimeout;
        double keepAliveVariation = 0.5; // the interval varies by so much, so that elements do not march in step
        int deadlineParts = 16;          // of the shorter keep-alive time: deadlines are rounded up to one
        std::uint16_t maxUnreachableReports = 3; // distinct reporters that shorten the patience with a silent element
        AddressScope minimumScope = AddressScope::Loopback;
        RegistrarLimits limits;
    };
    /// Everything referred to must outlive the machine.
    RegistrarSide(const Settings& settings, Handlespace& handlespace, Authorizer& authorizer, Random& random,
                  RegistrarSink& sink);

    /// Somebody has connected, or an element that takeOver() called has answered. `peer`: every address it is known by.
    void associationUp(AssociationId association, const TransportAddress& peer, TimePoint now);
    /// Its elements are gone at once: this is how a crashed process is noticed.
    void associationDown(AssociationId association, TimePoint now);
    void message(AssociationId association, OctetView octets, TimePoint now);
    /// @return copies of other registrars' elements whose life is over: whoever keeps them decides what that means
    [[nodiscard]] std::vector<ElementRef> deadlineReached(TimePoint now);
    /// Deadlines were set from outside: the timer may have to ring earlier.
    void deadlinesChanged() { arm(); }
    /// Makes this registrar the owner of another one's element, and tells it so (KEEP_ALIVE with the H flag).
    /// False when there is no way to call it; then nothing has changed.
    bool takeOver(ElementRef element, TimePoint now);
    /// Another registrar owns it now: it is watched no longer. Its association is remembered while it lasts.
    void release(ElementRef element);
    /// The copy of another registrar's element is about to be removed from the handlespace.
    void forget(ElementRef element);
    /// Whether it is registered over an association that is up.
    [[nodiscard]] bool isConnected(ElementRef element) const;
    /// Whether it is ours, connected, and has not owed us a sign of life for long.
    [[nodiscard]] bool holds(ElementRef element, TimePoint now) const;
    /// This registrar has another identifier from now on.
    void rename(ServerId id) { m_settings.id = id; }

    [[nodiscard]] const RegistrarCounters& counters() const { return m_counters; }
    [[nodiscard]] std::size_t associationCount() const { return m_associations.size(); }

private:
    struct Association {
        AssociationId id{};
        Identity identity;
        std::vector<IpAddress> usable; // of its addresses, those that may be registered; sorted
        bool up = false;               // else we are still connecting to it
        TokenBucket registrations;
        TokenBucket resolutions;
        TokenBucket unreachableReports;
        TimePoint heard{};    // anything
        TimePoint answered{}; // the last keep-alive that was, by when it was sent
        std::size_t elementCount = 0;
        std::vector<ElementRef> elements; // may hold some that have moved or gone; see attach()
    };
    struct Suspicion { // of being dead
        TimePoint probed{};
        std::vector<AssociationId> reporters; // its users
        unsigned late = 0;                    // times that it was given more time to answer
        TimePoint asked{};                    // while it is late: when the keep-alive was sent
    };
    struct Source { // of the message being handled
        Association& association;
        TimePoint now;
    };
    struct Handlers;

    // Handlers of messages. None can be called without a permit.
    void registration(Permit, Source from, wire::Registration& message);
    void deregistration(Permit, Source from, const wire::Deregistration& message);
    void resolution(Permit, Source from, const wire::HandleResolution& message);
    void keepAliveAck(Permit, Source from, const wire::EndpointKeepAliveAck& message);
    void unreachable(Permit, Source from, const wire::EndpointUnreachable& message);
    // Their answers to those who may not.
    void refuse(Source from, const wire::Registration& message);
    void refuse(Source from, const wire::Deregistration& message);
    void refuse(Source from, const wire::HandleResolution& message);
    void refuse(Source, const wire::EndpointKeepAliveAck&) {}
    void refuse(Source, const wire::EndpointUnreachable&) {}

    [[nodiscard]] std::optional<wire::WireError> unusable(const PoolHandle& handle) const;
    void malformed(Source from, std::uint8_t type, const wire::WireError& error);
    void unexpected(Source from, OctetView octets);
    void count(const Incident& incident);
    void reject(Source from, const wire::Registration& message, IncidentKind kind, wire::ErrorCause cause);
    void answerUnresolved(Source from, const wire::HandleResolution& message, wire::CauseCode cause);
    template <typename Message>
    void send(AssociationId to, const Message& message) {
        wire::encodeInto(message, m_octets);
        m_sink.send(to, m_octets);
    }

    [[nodiscard]] bool isRegistrant(ElementRef element, const Association& association);
    [[nodiscard]] bool overQuota(const Association& association, const PoolHandle& handle) const;
    [[nodiscard]] bool tooManyAssociations(const TransportAddress& peer) const;
    [[nodiscard]] Association* find(AssociationId id);
    Association& open(AssociationId id, const TransportAddress& peer);
    void attach(ElementRef element, Association& association);
    void detach(ElementRef element);
    void remove(ElementRef element, RemovalReason reason);
    void startLife(ElementRef element, wire::RegistrationLife life, TimePoint now);
    void waitForNextKeepAlive(ElementRef element, TimePoint now);
    void sendKeepAlive(ElementRef element, bool newHome, TimePoint now);
    void setDeadline(ElementRef element, DeadlineKind kind, TimePoint when);
    void due(const Handlespace::Due& due, TimePoint now);
    [[nodiscard]] TimePoint askedAt(ElementRef element, TimePoint deadline) const;
    bool mayBeLate(const Handlespace::Due& due, AssociationId holder, TimePoint now);
    void arm();

    Settings m_settings;
    Handlespace& m_handlespace;
    Authorizer& m_authorizer;
    Random& m_random;
    RegistrarSink& m_sink;
    std::unordered_map<AssociationId, Association> m_associations;
    std::map<TransportAddress, AssociationId> m_byAddress; // for takeOver(): the association that is there already
    std::map<IpAddress, std::size_t> m_perHost;
    std::unordered_map<std::uint32_t, Suspicion> m_suspicions; // by the element's slot
    TimePoint m_armed = never;
    std::vector<ElementRef> m_expired;
    RegistrarCounters m_counters;
    // Kept from message to message for the memory they have, so that the hot ones allocate nothing.
    std::tuple<wire::Registration, wire::Deregistration, wire::HandleResolution, wire::EndpointKeepAliveAck,
               wire::EndpointUnreachable>
        m_received;
    wire::PoolElement m_entering;
    wire::RegistrationResponse m_registered;
    wire::EndpointKeepAlive m_keepAlive;
    Octets m_handleImage;
    std::vector<OctetView> m_images;
    std::vector<ElementRef> m_selected;
    wire::PoolElement m_element;
    Octets m_octets;
};

} // namespace kolam::asap
