// SPDX-License-Identifier: GPL-3.0-or-later
// What registrars know: elements, who is whose home, whether all say the same, takeovers. Next door: model.cpp.
#include "core/base/strong.h"
#include "gui/common/model.h"

#include <algorithm>

namespace kolam::gui {

using namespace telemetry;

void Model::unlist(ComponentId registrar) {
    if (roleOf(registrar) == Role::Registrar) {
        for (auto& [id, element] : m_elements) {
            element.listedBy.erase(registrar);
        }
    }
}

// ---- Do registrars agree? ------------------------------------------------------------------------------------------

/// From now on its word is compared with that of others, or not.
void Model::tells(ComponentId registrar, bool whole) {
    if (roleOf(registrar) != Role::Registrar || m_tellers.contains(registrar) == whole) {
        return;
    }
    if (whole) {
        m_tellers.insert(registrar);
    } else {
        m_tellers.erase(registrar);
    }
    const std::size_t before = m_agreement.unequal;
    for (auto& [id, element] : m_elements) {
        compare(element);
    }
    compared(before);
}

void Model::compare(ElementView& element) {
    std::size_t known = 0;
    std::optional<ServerId> home;
    bool unequal = false;
    for (const ComponentId teller : m_tellers) {
        if (const auto told = element.listedBy.find(teller); told != element.listedBy.end()) {
            ++known;
            unequal |= home && *home != told->second;
            home = told->second;
        }
    }
    unequal |= known != 0 && known != m_tellers.size();
    if (unequal != element.unequalSince.has_value()) {
        element.unequalSince = unequal ? std::optional{m_now} : std::nullopt;
        m_agreement.unequal = unequal ? m_agreement.unequal + 1 : m_agreement.unequal - 1;
    }
}

/// The clock of convergence.
void Model::compared(std::size_t unequalBefore) {
    const bool differed = unequalBefore != 0;
    if (differed == (m_agreement.unequal != 0)) {
        return;
    }
    if (differed) {
        m_agreement.last = Duration{m_now.value - m_agreement.since.value};
        m_agreement.longest = std::max(m_agreement.longest, m_agreement.last);
        ++m_agreement.times;
    }
    m_agreement.since = m_now;
}

// ---- Elements ------------------------------------------------------------------------------------------------------

bool Model::takeElement(const Event& event) {
    const auto changed = [this](ElementView& element) {
        const std::size_t before = m_agreement.unequal;
        compare(element);
        compared(before);
    };
    return std::visit(Overloaded{
                          [&](const ElementRegistered& e) {
                              listed(event, e.facts);
                              return true;
                          },
                          [&](const ElementReregistered& e) {
                              listed(event, e.facts);
                              return true;
                          },
                          [&](const ElementRemoved& e) {
                              const auto found = m_elements.find(elementNode(e.pool, e.element));
                              if (found != m_elements.end()) {
                                  ElementView& element = found->second;
                                  element.listedBy.erase(event.component);
                                  changed(element);
                                  // Copies follow their owner: its reason is the reason.
                                  if (!element.removed || e.reason != Removal::OwnerSaysSo) {
                                      element.removed = e.reason;
                                      element.since = event.wall;
                                  }
                              }
                              return true;
                          },
                          [&](const OwnerChanged& e) {
                              const auto found = m_elements.find(elementNode(e.pool, e.element));
                              if (found != m_elements.end()) {
                                  found->second.facts.owner = e.to;
                                  if (const auto told = found->second.listedBy.find(event.component);
                                      told != found->second.listedBy.end()) {
                                      told->second = e.to;
                                      changed(found->second);
                                  }
                              }
                              return true;
                          },
                          [&](const UnreachableReported& e) {
                              const auto found = m_elements.find(elementNode(e.pool, e.element));
                              if (found != m_elements.end()) {
                                  ++found->second.reports;
                              }
                              return true;
                          },
                          [](const auto&) { return false; },
                      },
                      event.body);
}

void Model::listed(const Event& event, const ElementFacts& facts) {
    const bool isNew = !m_elements.contains(elementNode(facts.pool, facts.element));
    ElementView& element = inPool(facts.pool, componentId(facts.element));
    if (element.listedBy.empty()) {
        element.since = event.wall;
    }
    // The owner speaks for an element; a copy is believed while the owner says nothing.
    const bool teller = componentId(facts.owner) == event.component;
    if (isNew || teller || !element.listedBy.contains(componentId(element.facts.owner))) {
        element.facts = facts;
    }
    element.listedBy[event.component] = facts.owner;
    element.reports = 0;
    element.removed.reset();
    const std::size_t before = m_agreement.unequal;
    compare(element);
    compared(before);
}

ElementView& Model::inPool(const PoolHandle& pool, ComponentId id) {
    if (!pool.value.empty()) {
        m_elements.erase(NodeId{id, {}}); // as which it was known by its reports
    }
    ElementView& element = m_elements[NodeId{id, pool}];
    element.facts.pool = pool;
    element.facts.element = PeIdentifier{static_cast<std::uint32_t>(objectOf(id))};
    return element;
}

/// Reports say nothing of pools: until somebody else does, it is an element without one.
void Model::reportsItself(const Event& event) {
    const auto first = m_elements.lower_bound(NodeId{event.component, {}});
    if (first == m_elements.end() || first->first.component != event.component) {
        inPool({}, event.component).since = event.wall;
    }
}

void Model::heardOf(const NodeId& id) {
    if (const auto found = m_elements.find(id); found != m_elements.end()) {
        found->second.reports = 0;
    }
}

// ---- Registrars ----------------------------------------------------------------------------------------------------

bool Model::takePeer(const Event& event, ComponentView& component) {
    const auto running = [&](ServerId target) {
        return std::ranges::find_if(m_takeovers, [&](const Takeover& takeover) {
            return takeover.target == target && componentId(takeover.by) == event.component && !takeover.ended;
        });
    };
    return std::visit(Overloaded{
                          [&](const PeerUp& e) {
                              component.peers[e.peer] = false;
                              return true;
                          },
                          [&](const PeerSilent& e) {
                              component.peers[e.peer] = true;
                              return true;
                          },
                          [&](const PeerLost& e) {
                              component.peers.erase(e.peer);
                              return true;
                          },
                          [&](const RegistrarCounted& e) {
                              component.counted = e;
                              return true;
                          },
                          [&](const TakeoverBegan& e) {
                              m_takeovers.push_back(
                                  {.target = e.target,
                                   .by = ServerId{static_cast<std::uint32_t>(objectOf(event.component))},
                                   .elements = e.elements,
                                   .began = event.wall});
                              if (m_takeovers.size() > mostGone) {
                                  m_takeovers.pop_front();
                              }
                              return true;
                          },
                          [&](const TakeoverAcknowledged& e) {
                              if (const auto takeover = running(e.target); takeover != m_takeovers.end()) {
                                  ++takeover->acknowledged;
                              }
                              return true;
                          },
                          [&](const TakeoverEnded& e) {
                              if (const auto takeover = running(e.target); takeover != m_takeovers.end()) {
                                  takeover->ended = event.wall;
                                  takeover->elements = std::max(takeover->elements, e.elements);
                              }
                              return true;
                          },
                          [](const auto&) { return false; },
                      },
                      event.body);
}

} // namespace kolam::gui
