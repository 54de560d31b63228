// SPDX-License-Identifier: GPL-3.0-or-later
// Components, and questions about them. Next door: model_handlespace.cpp, what registrars know; model_sessions.cpp,
// users and stories.
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
    if (const auto* const dropped = std::get_if<EventsDropped>(&event.body)) {
        m_lost += dropped->count;
    }
    if (event.component == noComponent) {
        return;
    }
    const bool isNew = !m_components.contains(event.component);
    ComponentView& component = m_components[event.component];
    component.heard = event.wall;
    if (isNew) {
        component.since = event.wall;
    }
    takeStory(event); // before the session forgets what it was
    (void)(takeComponent(event, component) || takeElement(event) || takePeer(event, component) ||
           takeSession(event, component) || takeNetwork(event, component));
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
                                  inPool(e.pool, event.component).reports = 0;
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
                              component.reported.clear();
                              for (const StatusReported::Association& association : e.associations) {
                                  component.reported.push_back(association.receiver);
                              }
                              if (roleOf(event.component) == Role::Element) {
                                  reportsItself(event);
                              }
                              if (component.introduction.host.empty()) {
                                  component.introduction.host = e.location;
                              }
                              if (e.final) {
                                  vanish(Presence::Left);
                              } else {
                                  appear();
                              }
                              if (component.reportsOnly && e.workload != wire::CspReport::noWorkload) {
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
    component.reported.clear();
    component.told = false;
    unlist(id);
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
        const auto told = std::ranges::find(component.reported, Role::Registrar, &telemetry::roleOf);
        return told == component.reported.end() ? std::nullopt : std::optional{*told};
    }
    const auto node = whoIsAt(component.state.registrarAddress);
    return node && roleOf(node->component) == Role::Registrar ? std::optional{node->component} : std::nullopt;
}

std::optional<ComponentId> Model::homeOf(const NodeId& id, const ElementView& element) const {
    if (element.facts.owner != ServerId{}) {
        return componentId(element.facts.owner);
    }
    const ComponentView* const own = component(id.component);
    return own == nullptr ? std::nullopt : registrarOf(*own);
}

std::map<ComponentId, std::uint64_t> Model::ownedElements() const {
    std::map<ComponentId, std::uint64_t> owned;
    for (const auto& [id, element] : m_elements) {
        const ComponentView* const own = component(id.component);
        const bool isThere = !element.listedBy.empty() || (own != nullptr && !own->reported.empty());
        if (const auto home = isThere ? homeOf(id, element) : std::nullopt) {
            ++owned[*home];
        }
    }
    return owned;
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
