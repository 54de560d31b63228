// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/element_choice.h"

#include <algorithm>
#include <iterator>

namespace kolam::session {

using wire::PoolElement;

namespace {
constexpr std::size_t troublesRemembered = 16;
} // namespace

void ElementChoice::refused(PeIdentifier element, TimePoint now) {
    m_refusedBy.push_back(element);
    remember(element, now, now);
}

void ElementChoice::tookTheSession(PeIdentifier element) {
    std::erase_if(m_troubles, [&](const Trouble& trouble) { return trouble.element == element; });
}

void ElementChoice::forgetEarlierRefusals() {
    if (!m_refusedBy.empty()) {
        m_refusedBy.erase(m_refusedBy.begin(), m_refusedBy.end() - 1);
    }
}

bool ElementChoice::hasFailed(PeIdentifier element, TimePoint now) const {
    const auto found = std::ranges::find(m_troubles, element, &Trouble::element);
    return found != m_troubles.end() && now < found->avoidedUntil;
}

bool ElementChoice::isFresh(const PoolElement& element, TimePoint now) const {
    return isReachable(element) && !hasRefused(element.identifier) && !hasFailed(element.identifier, now);
}

const PoolElement* ElementChoice::fresh(const std::vector<PoolElement>& elements, TimePoint now) const {
    const auto found = std::ranges::find_if(elements, [&](const PoolElement& one) { return isFresh(one, now); });
    return found == elements.end() ? nullptr : &*found;
}

const PoolElement* ElementChoice::returned(const std::vector<PoolElement>& elements, TimePoint failover) const {
    return longestAgo(elements, [&](const PoolElement& one) {
        return !hasRefused(one.identifier) && troubleAt(one.identifier) < failover;
    });
}

const PoolElement* ElementChoice::anyOf(const std::vector<PoolElement>& elements) const {
    return longestAgo(elements, [](const PoolElement&) { return true; });
}

std::vector<PoolElement> ElementChoice::beside(const PoolElement& chosen,
                                               const std::vector<PoolElement>& elements) const {
    std::vector<PoolElement> others;
    std::ranges::copy_if(elements, std::back_inserter(others), [&](const PoolElement& one) {
        return one.identifier != chosen.identifier && isReachable(one) && !hasRefused(one.identifier);
    });
    return others;
}

bool ElementChoice::isReachable(const PoolElement& element) {
    return element.userTransport.protocol == wire::TransportProtocol::Sctp && element.userTransport.port != 0 &&
           !element.userTransport.addresses.empty() && element.identifier != PeIdentifier{};
}

void ElementChoice::remember(PeIdentifier element, TimePoint now, TimePoint avoidedUntil) {
    tookTheSession(element);
    if (m_troubles.size() >= troublesRemembered) {
        m_troubles.erase(m_troubles.begin());
    }
    m_troubles.push_back({element, now, avoidedUntil});
}

/// TimePoint::min() for one that has had none.
TimePoint ElementChoice::troubleAt(PeIdentifier element) const {
    const auto found = std::ranges::find(m_troubles, element, &Trouble::element);
    return found == m_troubles.end() ? TimePoint::min() : found->when;
}

bool ElementChoice::hasRefused(PeIdentifier element) const {
    return std::ranges::find(m_refusedBy, element) != m_refusedBy.end();
}

/// Of those allowed, the first of equals.
const PoolElement* ElementChoice::longestAgo(const std::vector<PoolElement>& elements,
                                             const std::function<bool(const PoolElement&)>& allowed) const {
    const PoolElement* oldest = nullptr;
    for (const PoolElement& one : elements) {
        if (isReachable(one) && allowed(one) &&
            (oldest == nullptr || troubleAt(one.identifier) < troubleAt(oldest->identifier))) {
            oldest = &one;
        }
    }
    return oldest;
}

} // namespace kolam::session
