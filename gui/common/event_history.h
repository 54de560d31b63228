// SPDX-License-Identifier: GPL-3.0-or-later
// All that was told, in the order in which it was heard, and the model at any moment of it. Bounded: the oldest part is
// forgotten as a whole, and that is said. Kept in chapters, each opened by a key frame, which is the model at its
// beginning; so going to a moment costs one copy and a part of one chapter.
// A moment is a position: the number of events before it. Times of positions never go back, though the clocks of hosts
// differ a little. Next door: model.h; playback.h, which moves through it.
#pragma once

#include "gui/common/model.h"

#include <algorithm>
#include <deque>
#include <vector>

namespace kolam::gui {

using Position = std::uint64_t;

class EventHistory {
public:
    struct Limits {
        std::size_t events = 400'000;
        std::size_t chapter = 2'048; // events, or four for each thing in the model if that is more
    };
    explicit EventHistory(Limits limits);
    EventHistory() : EventHistory(Limits{}) {}

    void append(telemetry::Event event);
    void clear();

    [[nodiscard]] Position begin() const { return m_chapters.front().first; }
    [[nodiscard]] Position end() const { return m_chapters.back().first + m_chapters.back().events.size(); }
    [[nodiscard]] bool empty() const { return begin() == end(); }
    /// Events that are forgotten.
    [[nodiscard]] std::uint64_t forgotten() const { return begin(); }
    [[nodiscard]] const telemetry::Event& at(Position position) const;
    /// When the event at a position was heard; at the end, that of the last one.
    [[nodiscard]] WallTime timeAt(Position position) const;
    /// After all events up to and with this time.
    [[nodiscard]] Position positionAt(WallTime time) const;

    /// Calls `visit` with time and event of all from one position up to another.
    template <typename Visit>
    void walk(Position from, Position to, const Visit& visit) const {
        for (const Chapter& chapter : m_chapters) {
            const Position end = std::min(to, chapter.first + chapter.events.size());
            for (Position at = std::max(from, chapter.first); at < end; ++at) {
                const Entry& entry = chapter.events[at - chapter.first];
                visit(entry.time, entry.event);
            }
        }
    }

    /// After the last event.
    [[nodiscard]] const Model& live() const { return m_live; }
    /// After all events before `position`.
    [[nodiscard]] Model modelAt(Position position) const;
    /// Moves a model from one position to another: forward by what lies between, if that is less than going anew.
    void move(Model& model, Position from, Position to) const;

private:
    struct Entry {
        WallTime time;
        telemetry::Event event;
    };
    struct Chapter {
        Position first = 0;
        Model start;
        std::vector<Entry> events;
    };
    [[nodiscard]] const Chapter& chapterOf(Position position) const;
    [[nodiscard]] const Entry& entry(Position position) const;

    Limits m_limits;
    std::deque<Chapter> m_chapters; // never empty
    Model m_live;
    WallTime m_last;
};

} // namespace kolam::gui
