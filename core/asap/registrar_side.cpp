// SPDX-License-Identifier: GPL-3.0-or-later
// Receiving and answering. Next door: registrar_watch.cpp has what happens between messages (keep-alives, lives,
// associations that come and go); registrar_side.h says what for.
#include "core/asap/registrar_side.h"

#include "core/asap/registrar_addresses.h"
#include "core/asap/registrar_answers.h"
#include "core/handlespace/distance.h"
#include "core/wire/image.h"

#include <algorithm>
#include <utility>

namespace kolam::asap {
namespace {

/// No message of ours gets longer: its length field has 16 bits, and the header and an error need their part.
constexpr std::size_t answerRoom = 65'000;
/// A handle, or what is quoted of a wrong message, has no more than this part of it.
constexpr std::size_t longestQuotation = 32'000;

} // namespace

/// Which messages a registrar handles: one line each, which cannot be written without a verb, a handler that wants a
/// permit, and what to say to those who may not. Whatever is not here is unexpected.
struct RegistrarSide::Handlers {
    using Run = void (*)(RegistrarSide&, Source, OctetView);

    template <typename Message, Verb verb, auto handler>
    static void run(RegistrarSide& side, Source from, OctetView octets) {
        Message& message = std::get<Message>(side.m_received);
        if (const auto decoded = wire::decodeInto(octets, message); !decoded) {
            return side.malformed(from, Message::type, decoded.error());
        }
        if (auto wrong = side.unusable(message.poolHandle)) {
            return side.malformed(from, Message::type, *wrong);
        }
        if (const auto permit = side.m_authorizer.authorize(from.association.identity, verb, message.poolHandle)) {
            (side.*handler)(*permit, from, message);
        } else {
            side.count({.kind = IncidentKind::Unauthorized,
                        .association = from.association.id,
                        .messageType = Message::type,
                        .pool = &message.poolHandle});
            side.refuse(from, message);
        }
    }

    static constexpr auto table = [] {
        std::array<Run, 16> byType{};
        byType[wire::Registration::type] = run<wire::Registration, Verb::Register, &RegistrarSide::registration>;
        byType[wire::Deregistration::type] =
            run<wire::Deregistration, Verb::Deregister, &RegistrarSide::deregistration>;
        byType[wire::HandleResolution::type] = run<wire::HandleResolution, Verb::Resolve, &RegistrarSide::resolution>;
        byType[wire::EndpointKeepAliveAck::type] =
            run<wire::EndpointKeepAliveAck, Verb::Register, &RegistrarSide::keepAliveAck>;
        byType[wire::EndpointUnreachable::type] =
            run<wire::EndpointUnreachable, Verb::ReportUnreachable, &RegistrarSide::unreachable>;
        return byType;
    }();
};

RegistrarSide::RegistrarSide(const Settings& settings, Handlespace& handlespace, Authorizer& authorizer, Random& random,
                             RegistrarSink& sink)
    : m_settings(settings)
    , m_handlespace(handlespace)
    , m_authorizer(authorizer)
    , m_random(random)
    , m_sink(sink) {
    m_entering.asapTransport.emplace();
}

void RegistrarSide::message(AssociationId association, OctetView octets, TimePoint now) {
    Association* const known = find(association);
    if (known == nullptr) {
        return; // refused, or gone: what was still on its way
    }
    known->heard = now;
    const std::uint8_t type = wire::peekType(octets);
    const Source from{*known, now};
    if (type < Handlers::table.size() && Handlers::table[type] != nullptr) {
        Handlers::table[type](*this, from, octets);
    } else {
        unexpected(from, octets);
    }
    arm();
}

// ---- Registration --------------------------------------------------------------------------------------------------

void RegistrarSide::registration(Permit, Source from, wire::Registration& message) {
    Association& association = from.association;
    const RegistrarLimits& limits = m_settings.limits;
    const auto scale = static_cast<std::uint32_t>(std::max<std::size_t>(association.elementCount, 1));
    if (!association.registrations.take(limits.registrations, from.now, scale)) {
        return reject(from, message, IncidentKind::TooFast, plainCause(wire::CauseCode::LackOfResources));
    }
    const ElementRef known = m_handlespace.find(message.poolHandle, message.element.identifier);
    if (!known.isNull() && !isRegistrant(known, association)) {
        return reject(from, message, IncidentKind::Stranger, plainCause(wire::CauseCode::RejectedForSecurity));
    }
    if (message.element.identifier == PeIdentifier{0}) {
        return reject(from, message, IncidentKind::Rejected, invalidElement(message.element));
    }
    if (message.element.userTransport.port == 0 || !keepUsable(message.element.userTransport, association.usable)) {
        return reject(from, message, IncidentKind::Rejected, invalidTransport(message.element.userTransport));
    }
    if (known.isNull() && overQuota(association, message.poolHandle)) {
        return reject(from, message, IncidentKind::TooMany, plainCause(wire::CauseCode::LackOfResources));
    }
    // A scratch element of its own keeps the memory of its ASAP transport, which no registration brings along.
    std::swap(m_entering.userTransport, message.element.userTransport);
    std::swap(m_entering.policy, message.element.policy);
    m_entering.identifier = message.element.identifier;
    m_entering.homeRegistrar = m_settings.id;
    m_entering.life = message.element.life;
    m_entering.asapTransport->port = association.identity.address.port;
    m_entering.asapTransport->addresses = association.usable;
    if (hasDistance(m_entering.policy.type)) { // whatever it says itself: nobody but its home registrar can know
        m_entering.policy.distance = distanceOf(m_sink.roundTrip(association.id));
    }
    const auto entered = m_handlespace.registerElement(message.poolHandle, m_entering);
    if (!entered) {
        std::swap(m_entering.userTransport, message.element.userTransport);
        std::swap(m_entering.policy, message.element.policy);
        return reject(from, message, IncidentKind::Rejected, refusalCause(entered.error(), m_handlespace, message));
    }
    attach(entered->element, association);
    startLife(entered->element, message.element.life, from.now);
    m_suspicions.erase(entered->element.slot);
    waitForNextKeepAlive(entered->element, from.now);
    ++(entered->added ? m_counters.registrations : m_counters.reRegistrations);
    m_sink.elementChanged({entered->element, entered->added     ? ElementChange::Added
                                             : entered->changed ? ElementChange::Changed
                                                                : ElementChange::Refreshed});
    m_registered.poolHandle.value.assign(message.poolHandle.value);
    m_registered.element = message.element.identifier;
    send(association.id, m_registered);
}

bool RegistrarSide::overQuota(const Association& association, const PoolHandle& handle) const {
    const RegistrarLimits& limits = m_settings.limits;
    const auto reached = [](std::size_t count, std::size_t limit) { return limit != 0 && count >= limit; };
    if (reached(m_handlespace.elementCount(), limits.elements) ||
        reached(association.elementCount, limits.elementsPerAssociation) ||
        reached(m_handlespace.elementCount(handle), limits.elementsPerPool)) {
        return true;
    }
    if (limits.poolsPerAssociation == 0) {
        return false;
    }
    std::vector<const PoolHandle*> pools;
    for (const ElementRef element : association.elements) {
        if (!m_handlespace.contains(element)) {
            continue;
        }
        const PoolHandle& pool = m_handlespace.poolHandle(element);
        if (pool == handle) {
            return false; // no further pool, and usually the first one looked at
        }
        if (std::ranges::find(pools, pool, [](const PoolHandle* seen) { return *seen; }) == pools.end()) {
            pools.push_back(&pool);
        }
    }
    return pools.size() >= limits.poolsPerAssociation;
}

void RegistrarSide::reject(Source from, const wire::Registration& message, IncidentKind kind, wire::ErrorCause cause) {
    count({.kind = kind,
           .association = from.association.id,
           .messageType = wire::Registration::type,
           .pool = &message.poolHandle,
           .element = message.element.identifier,
           .cause = cause.code});
    wire::RegistrationResponse response;
    response.reject = true;
    response.poolHandle = message.poolHandle;
    response.element = message.element.identifier;
    if (cause.information.size() > longestQuotation) {
        cause.information.clear();
    }
    response.error.emplace().causes.push_back(std::move(cause));
    send(from.association.id, response);
}

void RegistrarSide::refuse(Source from, const wire::Registration& message) {
    wire::RegistrationResponse response;
    response.reject = true;
    response.poolHandle = message.poolHandle;
    response.element = message.element.identifier;
    response.error.emplace().causes.push_back(plainCause(wire::CauseCode::RejectedForSecurity));
    send(from.association.id, response);
}

// ---- Deregistration ------------------------------------------------------------------------------------------------

void RegistrarSide::deregistration(Permit, Source from, const wire::Deregistration& message) {
    const ElementRef known = m_handlespace.find(message.poolHandle, message.element);
    if (!known.isNull() && !isRegistrant(known, from.association)) {
        count({.kind = IncidentKind::Stranger,
               .association = from.association.id,
               .messageType = wire::Deregistration::type,
               .pool = &message.poolHandle,
               .element = message.element,
               .cause = wire::CauseCode::RejectedForSecurity});
        return refuse(from, message);
    }
    if (!known.isNull()) {
        remove(known, RemovalReason::Deregistered);
    }
    wire::DeregistrationResponse response; // also for one that is not there: it is what the sender wanted
    response.poolHandle = message.poolHandle;
    response.element = message.element;
    send(from.association.id, response);
}

void RegistrarSide::refuse(Source from, const wire::Deregistration& message) {
    wire::DeregistrationResponse response;
    response.poolHandle = message.poolHandle;
    response.element = message.element;
    response.error.emplace().causes.push_back(plainCause(wire::CauseCode::RejectedForSecurity));
    send(from.association.id, response);
}

// ---- Handle resolution ---------------------------------------------------------------------------------------------

void RegistrarSide::resolution(Permit, Source from, const wire::HandleResolution& message) {
    if (!from.association.resolutions.take(m_settings.limits.resolutions, from.now)) {
        // Told the truth at once: a delayed or dropped answer would break the order that requesters rely on.
        count({.kind = IncidentKind::TooFast,
               .association = from.association.id,
               .messageType = wire::HandleResolution::type,
               .pool = &message.poolHandle});
        return answerUnresolved(from, message, wire::CauseCode::LackOfResources);
    }
    const std::uint32_t items = message.items.value_or(0);
    if (message.onlyLooks) {
        m_handlespace.look(message.poolHandle, items, m_selected);
    } else {
        m_handlespace.select(message.poolHandle, items, message.sessionKey, m_selected);
    }
    if (m_selected.empty()) {
        ++m_counters.unknownPools;
        return answerUnresolved(from, message, wire::CauseCode::UnknownPoolHandle);
    }
    ++m_counters.resolutions;
    m_handleImage.resize(wire::imageSize(message.poolHandle));
    wire::writeImage(message.poolHandle, m_handleImage.data());
    m_images.clear();
    m_images.push_back(m_handleImage);
    m_images.push_back(m_handlespace.policyImage(m_selected.front()));
    std::size_t room = answerRoom - m_handleImage.size() - m_images.back().size();
    for (const ElementRef chosen : m_selected) {
        const OctetView image = m_handlespace.elementImage(chosen);
        if (image.size() > room) {
            break;
        }
        room -= image.size();
        m_images.push_back(image);
    }
    wire::encodeFromImages(wire::HandleResolutionResponse::type, 0, {}, m_images, m_octets);
    m_sink.send(from.association.id, m_octets);
}

void RegistrarSide::answerUnresolved(Source from, const wire::HandleResolution& message, wire::CauseCode cause) {
    wire::HandleResolutionResponse response;
    response.poolHandle = message.poolHandle;
    response.error.emplace().causes.push_back(plainCause(cause));
    send(from.association.id, response);
}

void RegistrarSide::refuse(Source from, const wire::HandleResolution& message) {
    answerUnresolved(from, message, wire::CauseCode::RejectedForSecurity);
}

// ---- What is wrong with a message ----------------------------------------------------------------------------------

std::optional<wire::WireError> RegistrarSide::unusable(const PoolHandle& handle) const {
    constexpr std::size_t place = 4; // it is the first parameter of all that we handle
    if (handle.value.empty()) {
        return wire::WireError{wire::WireErrc::BadValue, place, emptyHandle()};
    }
    const std::size_t limit = m_settings.limits.handleOctets == 0 ? longestQuotation : m_settings.limits.handleOctets;
    if (handle.value.size() > limit) {
        return wire::WireError{wire::WireErrc::BadValue, place, plainCause(wire::CauseCode::LackOfResources)};
    }
    return std::nullopt;
}

void RegistrarSide::malformed(Source from, std::uint8_t type, const wire::WireError& error) {
    count({.kind = IncidentKind::Malformed, .association = from.association.id, .messageType = type, .error = &error});
    const bool silence = error.code == wire::WireErrc::UnknownType ||
                         error.code == wire::WireErrc::UnrecognizedParameter; // as their action bits ask
    if (!error.report && silence) {
        return;
    }
    wire::AsapError answer; // also where there is nothing to quote: a request gets its one answer
    answer.error.causes.push_back(error.report.value_or(plainCause(wire::CauseCode::Unspecified)));
    send(from.association.id, answer);
}

void RegistrarSide::unexpected(Source from, OctetView octets) {
    // Decoded nevertheless: a message that is not even well-formed gets the answer that its form deserves. One that
    // reports an error does not, or two implementations could answer each other for ever.
    if (const auto decoded = wire::decodeAsap(octets); !decoded && wire::peekType(octets) != wire::AsapError::type) {
        return malformed(from, wire::peekType(octets), decoded.error());
    }
    count(
        {.kind = IncidentKind::Unexpected, .association = from.association.id, .messageType = wire::peekType(octets)});
}

void RegistrarSide::count(const Incident& incident) {
    ++m_counters.incidents[static_cast<std::size_t>(incident.kind)];
    m_sink.incident(incident);
}

} // namespace kolam::asap
