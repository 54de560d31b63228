// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/registrar_teller.h"

#include "core/node/element_facts.h"

#include <utility>

namespace kolam {

using namespace telemetry;

namespace {

constexpr std::size_t elementsInAPart = 64; // less than a millisecond
constexpr RateLimit resolutionSamples{20, 20};

Removal asRemoval(asap::RemovalReason reason) {
    switch (reason) {
    case asap::RemovalReason::None:
    case asap::RemovalReason::Deregistered: return Removal::Deregistered;
    case asap::RemovalReason::AssociationLost: return Removal::AssociationLost;
    case asap::RemovalReason::KeepAliveTimeout: return Removal::KeepAliveTimeout;
    case asap::RemovalReason::Unreachable: return Removal::Unreachable;
    case asap::RemovalReason::LifeExpired: return Removal::LifeExpired;
    }
    std::unreachable();
}

} // namespace

RegistrarTeller::RegistrarTeller(Dispatcher& dispatcher, Telemetry& telemetry, Registrar registrar)
    : m_dispatcher(dispatcher)
    , m_telemetry(telemetry)
    , m_registrar(std::move(registrar)) {
    telemetry.attach(*this);
}

RegistrarTeller::~RegistrarTeller() {
    m_telemetry.detach(*this);
}

void RegistrarTeller::stateChanged() {
    m_telemetry.tellLazily(Level::State, {}, [this] { return StateChanged{.state = m_registrar.state()}; });
}

void RegistrarTeller::elementChanged(const asap::ElementEvent& event) {
    if (!m_telemetry.wants(Level::State)) {
        return;
    }
    const ElementRef element = event.element;
    const PoolHandle& pool = m_registrar.handlespace.poolHandle(element);
    const PeIdentifier identifier = m_registrar.handlespace.identifier(element);
    switch (event.change) {
    case asap::ElementChange::Added: return m_telemetry.tell(ElementRegistered{facts(element)});
    case asap::ElementChange::Changed: return m_telemetry.tell(ElementReregistered{facts(element)});
    case asap::ElementChange::Refreshed: return; // counted
    case asap::ElementChange::Removed:
        // Who deregisters does not fail, and is no part of a story.
        return m_telemetry.tell(ElementRemoved{pool, identifier, asRemoval(event.reason)},
                                event.reason == asap::RemovalReason::Deregistered ? StoryId{}
                                                                                  : storyOf(pool, identifier));
    }
}

void RegistrarTeller::copyChanged(ElementRef element, enrp::CopyChange change) {
    if (!m_telemetry.wants(Level::State)) {
        return;
    }
    const PoolHandle& pool = m_registrar.handlespace.poolHandle(element);
    const PeIdentifier identifier = m_registrar.handlespace.identifier(element);
    switch (change) {
    case enrp::CopyChange::Added: return m_telemetry.tell(ElementRegistered{facts(element)});
    case enrp::CopyChange::Changed: return m_telemetry.tell(ElementReregistered{facts(element)});
    case enrp::CopyChange::Removed:
        return m_telemetry.tell(ElementRemoved{pool, identifier, Removal::OwnerSaysSo}, storyOf(pool, identifier));
    }
}

void RegistrarTeller::takenOver(ElementRef element, ServerId from) {
    m_telemetry.tellLazily(Level::State, storyOf(from), [&] {
        return OwnerChanged{.pool = m_registrar.handlespace.poolHandle(element),
                            .element = m_registrar.handlespace.identifier(element),
                            .from = from,
                            .to = m_registrar.id};
    });
}

void RegistrarTeller::received(OctetView message, const std::function<TransportAddress()>& from) {
    if (!m_telemetry.wants(Level::State)) {
        return;
    }
    if (wire::peekType(message) == wire::EndpointUnreachable::type) {
        if (const auto report = wire::decode<wire::EndpointUnreachable>(message)) {
            m_telemetry.tell(UnreachableReported{report->poolHandle, report->element, from()},
                             storyOf(report->poolHandle, report->element));
        }
    } else if (wire::peekType(message) == wire::HandleResolution::type) {
        if (!m_samples.take(resolutionSamples, m_dispatcher.now())) {
            ++m_skipped;
        } else if (const auto question = wire::decode<wire::HandleResolution>(message)) {
            m_telemetry.tell(HandleResolved{question->poolHandle, from(), std::exchange(m_skipped, 0)});
        }
    }
}

// ---- How things are ------------------------------------------------------------------------------------------------

void RegistrarTeller::tick() {
    if (const RegistrarCounted now = counted(); now != m_told) {
        m_told = now;
        m_telemetry.tell(now);
    }
}

SnapshotParts RegistrarTeller::snapshot() {
    return [this, begun = false, position = TablePosition{}]() mutable {
        if (!std::exchange(begun, true)) {
            return general();
        }
        std::vector<EventBody> part;
        for (const ElementRef element : m_registrar.handlespace.tablePart(position, elementsInAPart, std::nullopt)) {
            part.emplace_back(ElementRegistered{facts(element)});
            position = {m_registrar.handlespace.poolHandle(element), m_registrar.handlespace.identifier(element)};
        }
        return part;
    };
}

std::vector<EventBody> RegistrarTeller::general() const {
    std::vector<EventBody> events{StateChanged{.state = m_registrar.state()}, counted()};
    for (const enrp::PeerView& peer : m_registrar.peers()) {
        events.emplace_back(PeerUp{peer.id, peer.address});
    }
    return events;
}

RegistrarCounted RegistrarTeller::counted() const {
    const asap::RegistrarCounters& counters = m_registrar.machine.counters();
    return {.registrations = counters.registrations + counters.reRegistrations,
            .deregistrations = counters.of(asap::RemovalReason::Deregistered),
            .resolutions = counters.resolutions,
            .unreachableReports = counters.unreachableReports,
            .elements = m_registrar.handlespace.elementCount(),
            .ownElements = m_registrar.handlespace.countOwnedBy(m_registrar.id),
            .pools = m_registrar.handlespace.poolCount(),
            .associations = m_registrar.associations()};
}

ElementFacts RegistrarTeller::facts(ElementRef ref) const {
    return factsOf(m_registrar.handlespace.poolHandle(ref), m_registrar.handlespace.element(ref));
}

} // namespace kolam
