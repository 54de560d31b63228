// SPDX-License-Identifier: GPL-3.0-or-later
// What the map shows of a model: nodes and the links between them, bundled by pair; and, above a limit, groups that
// stand for many, which say for how many. Pure values. Next door: layouts.h, where nodes are; topology_view.h.
#pragma once

#include "gui/common/element_state.h"

#include <QMetaType>
#include <QString>
#include <vector>

namespace kolam::gui {

struct TopologyNode {
    NodeId id;
    telemetry::Role role = telemetry::Role::None;
    QString name;
    QString caption; // in smaller letters
    QString host;
    ElementState state = ElementState::Unknown;
    double load = -1; // 0 to 1; -1: it has none
    quint64 sessions = 0;
    int owner = -1;     // colour of its registrar, or its own if it is one; -1: nobody's
    quint64 hidden = 0; // a group: stands for so many
    bool inferred = false;
    friend bool operator==(const TopologyNode&, const TopologyNode&) = default;
};

enum class LinkKind : quint8 { Enrp, Asap, Session, Failing };

struct TopologyLink {
    int from = 0; // indices of nodes
    int to = 0;
    LinkKind kind = LinkKind::Asap;
    quint64 count = 1;
    bool silent = false; // one end does not hear the other
    friend bool operator==(const TopologyLink&, const TopologyLink&) = default;
};

/// A takeover that goes on, or has ended just now.
struct TopologyTakeover {
    NodeId target; // whose elements they were
    NodeId by;
    QString words; // "takeover PR 0x00000001 → PR 0x00000002, 3.2 ms"
    friend bool operator==(const TopologyTakeover&, const TopologyTakeover&) = default;
};

struct Topology {
    std::vector<TopologyNode> nodes;
    std::vector<TopologyLink> links;
    std::vector<TopologyTakeover> takeovers;
    quint64 hidden = 0; // things that only groups stand for

    [[nodiscard]] int find(const NodeId& id) const; // -1: not shown
    friend bool operator==(const Topology&, const Topology&) = default;
};

inline constexpr std::size_t usualNodeLimit = 1'500;

/// @param nodeLimit  above it, elements are grouped by pool and owner, and users by registrar
[[nodiscard]] Topology topologyOf(const Model& model, std::size_t nodeLimit = usualNodeLimit);
/// The colours of registrars, in the order of their identifiers.
[[nodiscard]] QColor ownerColour(int owner);

} // namespace kolam::gui
