// SPDX-License-Identifier: GPL-3.0-or-later
// How things are, as the events that still hold: the last state of each component, the elements that are registered,
// the sessions that are open. A pure function of the events so far; the key frames of recordings are made of it.
// Next door: events.h, where the events that say what is are marked "(state)"; recording_writer.h.
#pragma once

#include "core/telemetry/event_log.h"

#include <map>
#include <string>
#include <vector>

namespace kolam::telemetry {

class StandingEvents {
public:
    void take(const Event& event);
    /// For each component SnapshotBegan, what holds, SnapshotEnded; all at this time, and without numbers.
    [[nodiscard]] std::vector<Event> all(WallTime wall, TimePoint monotonic) const;
    [[nodiscard]] std::size_t componentCount() const { return m_components.size(); }

private:
    /// By what the event is about: "element/Pool/0x00000001". The keys are in the order in which events can be told.
    using Component = std::map<std::string, Event, std::less<>>;
    static void take(Component& component, const Event& event);
    std::map<ComponentId, Component> m_components;
};

} // namespace kolam::telemetry
