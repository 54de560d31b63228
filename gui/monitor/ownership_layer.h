// SPDX-License-Identifier: GPL-3.0-or-later
// Whose elements are whose, behind the nodes: a soft ground in the colour of the home registrar, joined where
// neighbours have the same one; and, when a registrar takes others over, the stripe that wipes and an arrow that says
// so. Next door: topology_view.h, which paints it below everything; map_painter.h, the stripe.
#pragma once

#include "gui/common/theme.h"
#include "gui/monitor/topology.h"

#include <QElapsedTimer>
#include <QObject>
#include <QPainterPath>
#include <QPointF>
#include <QTimer>
#include <map>
#include <vector>

class QPainter;

namespace kolam::gui {

class OwnershipLayer final : public QObject {
    Q_OBJECT
public:
    explicit OwnershipLayer(QObject* parent = nullptr);

    /// The nodes are others, or their owners: those that have changed wipe.
    void setTopology(const Topology& before, const Topology& now);
    void setPlaces(const Topology& topology, const std::vector<QPointF>& places);
    void setEnabled(bool enabled);
    [[nodiscard]] bool isEnabled() const { return m_enabled; }
    /// The painter's transformation is the map's.
    void paint(QPainter& painter) const;
    static void paintTakeovers(QPainter& painter, const Topology& topology, const std::vector<QPointF>& places,
                               const ThemeTokens& tokens);

    struct Wipe {
        int former = -1;
        qint64 begun = 0; // milliseconds of our clock
    };
    /// Nothing: its owner has not changed just now.
    [[nodiscard]] const Wipe* wipeOf(const NodeId& node) const;
    [[nodiscard]] double progress(const Wipe& wipe) const; // 0 to 1
    [[nodiscard]] const std::vector<std::pair<int, QPainterPath>>& grounds() const { return m_grounds; }

    static constexpr qint64 wipeMilliseconds = 900;
    static constexpr std::size_t mostNodes = 400; // above, cards are too small for it

signals:
    void changed();

private:
    void tick();

    bool m_enabled = true;
    std::vector<std::pair<int, QPainterPath>> m_grounds; // by owner
    std::map<NodeId, Wipe> m_wipes;
    QElapsedTimer m_clock;
    QTimer m_frames;
};

} // namespace kolam::gui
