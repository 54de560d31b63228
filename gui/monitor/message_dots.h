// SPDX-License-Identifier: GPL-3.0-or-later
// Dots that travel along links: messages that components have told of. A picture of what goes on, not a count: no more
// than so many at a time, and how many there were besides is said. Next door: topology_view.h, which paints them.
#pragma once

#include "gui/common/playback.h"
#include "gui/monitor/topology.h"

#include <QColor>
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <deque>
#include <map>

namespace kolam::gui {

class MessageDots final : public QObject {
    Q_OBJECT
public:
    explicit MessageDots(const Playback& playback, QObject* parent = nullptr);

    struct Dot {
        NodeId from;
        NodeId to;
        qint64 begun = 0; // milliseconds of our clock
        bool session = false;
    };
    [[nodiscard]] const std::deque<Dot>& dots() const { return m_dots; }
    /// 0 to 1 on its way.
    [[nodiscard]] double progress(const Dot& dot) const;
    void setEnabled(bool enabled);

    static constexpr std::size_t mostDots = 200;
    static constexpr qint64 travelMilliseconds = 450;

signals:
    /// Dots have moved.
    void moved();

private:
    void follow();
    void tick();

    const Playback& m_playback;
    std::map<TransportAddress, std::optional<NodeId>> m_places; // who is where, as looked up once a second
    qint64 m_placesFrom = 0;
    std::deque<Dot> m_dots;
    QElapsedTimer m_clock;
    QTimer m_frames;
    Position m_seen = 0;
    bool m_enabled = true;
};

} // namespace kolam::gui
