// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/monitor/topology.h"

#include "gui/common/element_colours.h"
#include "gui/common/sentences.h"

#include <QCoreApplication>
#include <algorithm>

namespace kolam::gui {

using telemetry::Role;

namespace {

struct TopologyWords {
    Q_DECLARE_TR_FUNCTIONS(Topology)
};

constexpr std::uint64_t groupOfElements = std::uint64_t{0xfe} << 56; // no component has these identifiers
constexpr std::uint64_t groupOfUsers = std::uint64_t{0xfd} << 56;

/// Puts one topology together.
class Drafting {
public:
    Drafting(const Model& model, std::size_t limit) : m_model(model) {
        std::size_t things = model.elements().size();
        for (const auto& [id, component] : model.components()) {
            things += telemetry::roleOf(id) == Role::Element ? 0U : 1U;
        }
        m_grouped = things > limit;
    }

    Topology make() {
        for (const auto& [id, component] : m_model.components()) {
            if (telemetry::roleOf(id) == Role::Registrar) {
                m_owners.emplace(id, static_cast<int>(m_owners.size()));
                add({id, {}}, {id, {}});
            }
        }
        for (const auto& [id, element] : m_model.elements()) {
            const ComponentId owner = telemetry::componentId(element.facts.owner);
            add(id, m_grouped ? NodeId{ComponentId{groupOfElements | telemetry::objectOf(owner)}, id.pool} : id);
        }
        for (const auto& [id, component] : m_model.components()) {
            if (telemetry::roleOf(id) == Role::User && component.presence != Presence::Left) {
                const auto registrar = m_model.registrarOf(component);
                const std::uint64_t object = registrar ? telemetry::objectOf(*registrar) : 0;
                add({id, {}}, m_grouped ? NodeId{ComponentId{groupOfUsers | object}, {}} : NodeId{id, {}});
            }
        }
        links();
        return std::move(m_topology);
    }

private:
    void add(const NodeId& id, const NodeId& shownAs) {
        const auto [place, isNew] = m_places.try_emplace(shownAs, static_cast<int>(m_topology.nodes.size()));
        m_shown[id] = place->second;
        if (isNew) {
            m_topology.nodes.push_back({.id = shownAs, .role = telemetry::roleOf(id.component)});
        }
        TopologyNode& node = m_topology.nodes[static_cast<std::size_t>(place->second)];
        const TopologyNode one = describe(id);
        if (shownAs == id) {
            node = one;
            return;
        }
        ++node.hidden;
        ++m_topology.hidden;
        node.name = node.role == Role::User
                        ? TopologyWords::tr("%n user(s)", nullptr, static_cast<int>(node.hidden))
                        : TopologyWords::tr("%n element(s)", nullptr, static_cast<int>(node.hidden));
        node.caption = textOf(id.pool);
        node.state = std::max(node.hidden == 1 ? ElementState::Up : node.state, one.state); // of a group, the worst
        node.owner = one.owner;
        node.sessions += one.sessions;
        if (one.load >= 0) {
            node.load = std::max(node.load, 0.0) +
                        (one.load - std::max(node.load, 0.0)) / static_cast<double>(node.hidden); // the mean
        }
    }

    [[nodiscard]] TopologyNode describe(const NodeId& id) const {
        TopologyNode node{
            .id = id, .role = telemetry::roleOf(id.component), .name = nameOf(id), .state = stateOf(m_model, id)};
        const ComponentView* const own = m_model.component(id.component);
        const ElementView* const element = m_model.element(id);
        if (own != nullptr) {
            node.host = QString::fromStdString(own->introduction.host);
            node.inferred = own->reportsOnly;
            if (own->load) {
                node.load = own->load->load;
                node.sessions = own->load->sessions;
            }
        }
        if (element != nullptr) {
            node.owner = ownerOf(element->facts.owner);
            node.inferred = own == nullptr;
            node.caption = textOf(id.pool);
            if (node.load < 0 && !element->listedBy.empty()) {
                node.load = element->facts.load;
            }
        }
        if (node.role == Role::Registrar) {
            node.owner = m_owners.at(id.component);
            quint64 owned = 0;
            for (const auto& [other, view] : m_model.elements()) {
                owned += telemetry::componentId(view.facts.owner) == id.component && !view.listedBy.empty() ? 1U : 0U;
            }
            node.caption = TopologyWords::tr("owns %1").arg(owned);
        } else if (node.role == Role::User && own != nullptr) {
            node.sessions = own->sessions.size();
            node.caption = QString::fromStdString(own->introduction.program).section(u' ', 0, 0);
        }
        return node;
    }

    [[nodiscard]] int ownerOf(ServerId registrar) const {
        const auto found = m_owners.find(telemetry::componentId(registrar));
        return found == m_owners.end() ? -1 : found->second;
    }

    void link(const NodeId& one, const NodeId& other, LinkKind kind, bool silent = false) {
        const auto from = m_shown.find(one);
        const auto to = m_shown.find(other);
        if (from == m_shown.end() || to == m_shown.end() || from->second == to->second) {
            return;
        }
        const auto ends = std::minmax(from->second, to->second);
        const auto key = std::tuple{ends.first, ends.second, kind};
        const auto [place, isNew] = m_links.try_emplace(key, m_topology.links.size());
        if (isNew) {
            m_topology.links.push_back({.from = from->second, .to = to->second, .kind = kind, .silent = silent});
        } else if (kind != LinkKind::Enrp) { // which both ends tell of
            ++m_topology.links[place->second].count;
        }
        m_topology.links[place->second].silent |= silent;
    }

    void links() {
        for (const auto& [id, component] : m_model.components()) {
            if (component.presence == Presence::Left || component.presence == Presence::Crashed) {
                continue;
            }
            for (const auto& [peer, silent] : component.peers) {
                link({id, {}}, registrarNode(peer), LinkKind::Enrp, silent);
            }
            if (telemetry::roleOf(id) == Role::User) {
                if (const auto registrar = m_model.registrarOf(component)) {
                    link({id, {}}, {*registrar, {}}, LinkKind::Asap, component.presence == Presence::Silent);
                }
            }
            for (const auto& [number, session] : component.sessions) {
                if (session.element != PeIdentifier{}) {
                    link({id, {}}, elementNode(session.pool, session.element),
                         session.stage == SessionView::Stage::Established ? LinkKind::Session : LinkKind::Failing);
                }
            }
        }
        for (const auto& [id, element] : m_model.elements()) {
            if (!element.listedBy.empty()) {
                link(id, registrarNode(element.facts.owner), LinkKind::Asap, element.reports > 0);
            }
        }
    }

    const Model& m_model;
    bool m_grouped = false;
    Topology m_topology;
    std::map<ComponentId, int> m_owners;
    std::map<NodeId, int> m_places; // of what is shown
    std::map<NodeId, int> m_shown;  // of what is there
    std::map<std::tuple<int, int, LinkKind>, std::size_t> m_links;
};

} // namespace

int Topology::find(const NodeId& id) const {
    const auto found = std::ranges::find(nodes, id, &TopologyNode::id);
    return found == nodes.end() ? -1 : static_cast<int>(found - nodes.begin());
}

Topology topologyOf(const Model& model, std::size_t nodeLimit) {
    return Drafting{model, nodeLimit}.make();
}

QColor ownerColour(int owner) {
    return owner < 0 ? QColor(Qt::gray) : ElementColours::colourAt(owner);
}

} // namespace kolam::gui
