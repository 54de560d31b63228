// SPDX-License-Identifier: GPL-3.0-or-later
// Components, elements and registrars. Next door: model_sessions.cpp, users and stories.
#include "gui/common/model.h"

#include "core/base/strong.h"

#include <algorithm>

namespace kolam::gui {

using namespace telemetry;

namespace {

bool oneOf(const TransportAddress& wanted, const TransportAddress& address) {
    return wanted.port == address.port && std::ranges::any_of(wanted.ips, [&](const IpAddress& ip) {
               return std::ranges::find(address.ips, ip) != address.ips.end();
           });
}

} // namespace

void Model::take(const Event& event) {
    ++m_events;
    m_now = std::max(m_now, event.wall);
    const bool isNew = !m_components.contains(event.component);
    ComponentView& component = m_components[event.component];
    component.heard = event.wall;
    if (isNew) {
        component.since = event.wall;
    }
    takeStory(event); // before the session forgets what it was
    const bool known = takeComponent(event, component) || takeElement(event) || takePeer(event, component) ||
                       takeSession(event, component) || takeNetwork(event, component);
    if (!known) {
        if (const auto* const dropped = std::get_if<EventsDropped>(&event.body)) {
            m_lost += dropped->count;
        }
    }
    forgetTheLongGone();
}

// ---- Components ----------------------------------------------------------------------------------------------------

bool Model::takeComponent(const Event& event, ComponentView& component) {
    const auto appear = [&] {
        if (component.presence != Presence::Here) {
            if (component.presence == Presence::Silent && component.told) {
                tells(event.component, true); // what it knew before its silence
            }
            component.presence = Presence::Here;
            component.since = event.wall;
        }
    };
    const auto vanish = [&](Presence how) {
        component.presence = how;
        component.since = event.wall;
        if (how != Presence::Silent) {
            beginAgain(event.component, component);
        }
        tells(event.component, false);
    };
    return std::visit(Overloaded{
                          [&](const SnapshotBegan&) {
                              beginAgain(event.component, component);
                              tells(event.component, false);
                              return true;
                          },
                          [&](const SnapshotEnded&) {
                              component.told = true;
                              tells(event.component, true);
                              return true;
                          },
                          [&](const ComponentUp& e) {
                              appear();
                              component.introduction = e;
                              component.reportsOnly = false;
                              if (roleOf(event.component) == Role::Element && !e.pool.value.empty()) {
                                  const NodeId id{event.component, e.pool};
                                  ElementView& element = m_elements[id];
                                  element.facts.pool = e.pool;
                                  element.facts.element =
                                      PeIdentifier{static_cast<std::uint32_t>(objectOf(event.component))};
                                  heardOf(id);
                              }
                              return true;
                          },
                          [&](const StateChanged& e) {
                              appear();
                              if (component.state.state != e.state) {
                                  component.since = event.wall;
                              }
                              component.state = e;
                              return true;
                          },
                          [&](const ComponentFinal&) {
                              vanish(Presence::Left);
                              return true;
                          },
                          [&](const ComponentDown& e) {
                              if (component.presence == Presence::Here || component.presence == Presence::Silent) {
                                  vanish(e.how == DownKind::Silent ? Presence::Silent : Presence::Crashed);
                              }
                              return true;
                          },
                          [&](const ComponentHeard&) {
                              appear();
                              return true;
                          },
                          [&](const StatusReported& e) {
                              component.reportsOnly = component.introduction.program.empty();
                              component.conflicting = e.conflicting;
                              component.status = e.status;
                              if (component.introduction.host.empty()) {
                                  component.introduction.host = e.location;
                              }
                              if (e.final) {
                                  vanish(Presence::Left);
                              } else {
                                  appear();
                              }
                              if (e.workload != wire::CspReport::noWorkload) {
                                  component.load = LoadChanged{.load = static_cast<double>(e.workload) / 0xfffe};
                              }
                              return true;
                          },
                          [&](const LoadChanged& e) {
                              component.load = e;
                              heardOf({event.component, component.introduction.pool});
                              return true;
                          },
                          [](const auto&) { return false; },
                      },
                      event.body);
}

/// What it has said holds no more: it says everything anew, or nothing ever.
void Model::beginAgain(ComponentId id, ComponentView& component) {
    component.associations.clear();
    component.faults.clear();
    component.sessions.clear();
    component.peers.clear();
    component.counted.reset();
    component.load.reset();
    component.told = false;
    unlist(id);
}

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
    const auto [found, isNew] = m_elements.try_emplace(elementNode(facts.pool, facts.element));
    ElementView& element = found->second;
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

bool Model::takeNetwork(const Event& event, ComponentView& component) {
    return std::visit(Overloaded{
                          [&](const AssociationUp& e) {
                              component.associations[e.association] = e.peer;
                              return true;
                          },
                          [&](const AssociationDown& e) {
                              component.associations.erase(e.association);
                              return true;
                          },
                          [&](const FaultBegan& e) {
                              component.faults[e.fault] = e;
                              return true;
                          },
                          [&](const FaultEnded& e) {
                              component.faults.erase(e.fault);
                              return true;
                          },
                          [](const auto&) { return false; },
                      },
                      event.body);
}

// ---- Questions -----------------------------------------------------------------------------------------------------

const ComponentView* Model::component(ComponentId id) const {
    const auto found = m_components.find(id);
    return found == m_components.end() ? nullptr : &found->second;
}

const ElementView* Model::element(const NodeId& id) const {
    const auto found = m_elements.find(id);
    return found == m_elements.end() ? nullptr : &found->second;
}

std::optional<NodeId> Model::whoIsAt(const TransportAddress& address) const {
    for (const auto& [id, component] : m_components) {
        if (std::ranges::any_of(component.introduction.addresses,
                                [&](const TransportAddress& own) { return oneOf(address, own); })) {
            return NodeId{id, roleOf(id) == Role::Element ? component.introduction.pool : PoolHandle{}};
        }
    }
    for (const auto& [id, element] : m_elements) {
        if (oneOf(address, element.facts.address)) {
            return id;
        }
    }
    return std::nullopt;
}

std::optional<ComponentId> Model::registrarOf(const ComponentView& component) const {
    if (component.state.registrar != ServerId{}) {
        return componentId(component.state.registrar);
    }
    if (component.state.registrarAddress.port == 0) {
        return std::nullopt;
    }
    const auto node = whoIsAt(component.state.registrarAddress);
    return node && roleOf(node->component) == Role::Registrar ? std::optional{node->component} : std::nullopt;
}

// ---- The gone ------------------------------------------------------------------------------------------------------

void Model::forgetTheLongGone() {
    const auto gone = [](const auto& entry) {
        return entry.second.presence == Presence::Left || entry.second.presence == Presence::Crashed;
    };
    // Counting all is for the rare event that makes one more gone thing.
    if (m_components.size() <= mostGone && m_elements.size() <= mostGone) {
        return;
    }
    if (m_events % mostGone != 0) {
        return;
    }
    std::vector<std::pair<WallTime, ComponentId>> components;
    for (const auto& entry : m_components) {
        if (gone(entry)) {
            components.emplace_back(entry.second.since, entry.first);
        }
    }
    std::vector<std::pair<WallTime, NodeId>> elements;
    for (const auto& [id, element] : m_elements) {
        const ComponentView* const own = component(id.component);
        if (element.listedBy.empty() && (own == nullptr || own->presence != Presence::Here)) {
            elements.emplace_back(element.since, id);
        }
    }
    const auto forget = [](auto& list, auto& map) {
        if (list.size() > mostGone) {
            std::ranges::sort(list);
            for (std::size_t i = 0; i + mostGone < list.size(); ++i) {
                map.erase(list[i].second);
            }
        }
    };
    forget(components, m_components);
    forget(elements, m_elements);
}

} // namespace kolam::gui
