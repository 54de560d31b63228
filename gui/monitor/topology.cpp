// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/monitor/topology.h"

#include "gui/common/element_colours.h"
#include "gui/common/sentences.h"

#include <QCoreApplication>
#include <algorithm>
#include <unordered_map>

namespace kolam::gui {

using telemetry::Role;

namespace {

struct TopologyWords {
    Q_DECLARE_TR_FUNCTIONS(Topology)
};

constexpr Duration takeoverShown = std::chrono::seconds{5};          // after its end, by the clock of the events
constexpr std::uint64_t groupOfElements = std::uint64_t{0xfe} << 56; // no component has these identifiers
constexpr std::uint64_t groupOfUsers = std::uint64_t{0xfd} << 56;

/// Puts one topology together.
class Drafting {
public:
    Drafting(const Model& model, std::size_t limit) : m_model(model), m_owned(model.ownedElements()) {
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
            const ComponentId owner = m_model.homeOf(id, element).value_or(ComponentId{});
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
        takeovers();
        return std::move(m_topology);
    }

private:
    void add(const NodeId& id, const NodeId& shownAs) {
        const auto next = static_cast<int>(m_topology.nodes.size());
        if (shownAs == id) {
            m_shown.emplace_hint(m_shown.end(), id, next); // they come in this order
            m_topology.nodes.push_back(describe(id));
            return;
        }
        const auto [place, isNew] = m_groups.try_emplace(shownAs, next);
        m_shown.emplace_hint(m_shown.end(), id, place->second);
        if (isNew) {
            m_topology.nodes.push_back({.id = shownAs, .role = telemetry::roleOf(id.component)});
        }
        TopologyNode& node = m_topology.nodes[static_cast<std::size_t>(place->second)];
        const TopologyNode one = describe(id);
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
            node.owner = ownerOf(m_model.homeOf(id, *element));
            node.inferred |= own == nullptr;
            node.caption = textOf(id.pool);
            if (node.load < 0 && !element->listedBy.empty()) {
                node.load = element->facts.load;
            }
        }
        if (node.role == Role::Registrar) {
            node.owner = m_owners.at(id.component);
            const auto owned = m_owned.find(id.component);
            node.caption = TopologyWords::tr("owns %1").arg(owned == m_owned.end() ? 0 : owned->second);
        } else if (node.role == Role::User && own != nullptr) {
            node.sessions = own->sessions.empty() ? sessionsReported(*own) : own->sessions.size();
            node.caption = QString::fromStdString(own->introduction.program).section(u' ', 0, 0);
        }
        return node;
    }

    [[nodiscard]] int ownerOf(const std::optional<ComponentId>& registrar) const {
        const auto found = registrar ? m_owners.find(*registrar) : m_owners.end();
        return found == m_owners.end() ? -1 : found->second;
    }
    static quint64 sessionsReported(const ComponentView& user) {
        return static_cast<quint64>(std::ranges::count(user.reported, Role::Element, &telemetry::roleOf));
    }
    /// Of an element of which only the identifier is known, the first one.
    [[nodiscard]] NodeId nodeOf(ComponentId component) const {
        const auto first = m_shown.lower_bound(NodeId{component, {}});
        return first != m_shown.end() && first->first.component == component ? first->first : NodeId{component, {}};
    }

    void link(const NodeId& one, const NodeId& other, LinkKind kind, bool silent = false) {
        const auto from = m_shown.find(one);
        const auto to = m_shown.find(other);
        if (from == m_shown.end() || to == m_shown.end() || from->second == to->second) {
            return;
        }
        const auto ends = std::minmax(from->second, to->second);
        const auto key = (static_cast<std::uint64_t>(ends.first) << 34U) |
                         (static_cast<std::uint64_t>(ends.second) << 3U) | static_cast<std::uint64_t>(kind);
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
            if (component.reportsOnly) {
                linksReported(id, component);
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

    /// Reports tell of associations: what they are for follows from the roles of their ends.
    void linksReported(ComponentId id, const ComponentView& component) {
        const bool silent = component.presence == Presence::Silent;
        for (const ComponentId other : component.reported) {
            const Role to = telemetry::roleOf(other);
            if (telemetry::roleOf(id) == Role::Registrar && to == Role::Registrar) {
                link(nodeOf(id), nodeOf(other), LinkKind::Enrp, silent);
            } else if (telemetry::roleOf(id) == Role::User && to == Role::Element) {
                link(nodeOf(id), nodeOf(other), LinkKind::Session, silent);
            } else if (telemetry::roleOf(id) == Role::Element && to == Role::Registrar) {
                link(nodeOf(id), nodeOf(other), LinkKind::Asap, silent);
            }
        }
    }

    void takeovers() {
        const auto before = m_model.now().value - takeoverShown.count();
        for (const Takeover& takeover : m_model.takeovers()) {
            if (takeover.ended.value_or(takeover.began).value < before) {
                continue;
            }
            const QString who = TopologyWords::tr("takeover %1 → %2")
                                    .arg(nameOf(registrarNode(takeover.target)), nameOf(registrarNode(takeover.by)));
            m_topology.takeovers.push_back(
                {registrarNode(takeover.target), registrarNode(takeover.by),
                 takeover.ended
                     ? QStringLiteral("%1, %2").arg(who, textOf(Duration{takeover.ended->value - takeover.began.value}))
                     : who + QStringLiteral(" …")});
        }
    }

    const Model& m_model;
    std::map<ComponentId, std::uint64_t> m_owned;
    bool m_grouped = false;
    Topology m_topology;
    std::map<ComponentId, int> m_owners;
    std::map<NodeId, int> m_groups; // where they are shown
    std::map<NodeId, int> m_shown;  // where each thing is
    std::unordered_map<std::uint64_t, std::size_t> m_links;
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
