// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/common/event_history.h"

#include <algorithm>
#include <cassert>

namespace kolam::gui {

EventHistory::EventHistory(Limits limits) : m_limits(limits) {
    m_chapters.emplace_back();
}

void EventHistory::clear() {
    m_chapters.clear();
    m_chapters.emplace_back();
    m_live = {};
    m_last = {};
}

void EventHistory::append(telemetry::Event event) {
    const std::size_t things = m_live.components().size() + m_live.elements().size();
    if (m_chapters.back().events.size() >= std::max(m_limits.chapter, 4 * things)) {
        m_chapters.push_back({.first = end(), .start = m_live, .events = {}});
        while (m_chapters.size() > 1 && end() - m_chapters[1].first >= m_limits.events) {
            m_chapters.pop_front();
        }
    }
    m_live.take(event);
    m_last = std::max(m_last, event.wall);
    m_chapters.back().events.push_back({m_last, std::move(event)});
}

const EventHistory::Chapter& EventHistory::chapterOf(Position position) const {
    assert(position >= begin() && position <= end());
    const auto after = std::ranges::upper_bound(m_chapters, position, {}, &Chapter::first);
    return *std::prev(after);
}

const EventHistory::Entry& EventHistory::entry(Position position) const {
    const Chapter& chapter = chapterOf(position);
    return chapter.events.at(position - chapter.first);
}

const telemetry::Event& EventHistory::at(Position position) const {
    return entry(position).event;
}

WallTime EventHistory::timeAt(Position position) const {
    return empty() ? WallTime{} : entry(std::clamp(position, begin(), end() - 1)).time;
}

Position EventHistory::positionAt(WallTime time) const {
    Position low = begin();
    Position high = end();
    while (low < high) {
        const Position middle = low + (high - low) / 2;
        if (entry(middle).time <= time) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

Model EventHistory::modelAt(Position position) const {
    const Chapter& chapter = chapterOf(std::clamp(position, begin(), end()));
    Model model = chapter.start;
    for (Position at = chapter.first; at < std::min(position, end()); ++at) {
        model.take(chapter.events[at - chapter.first].event);
    }
    return model;
}

void EventHistory::move(Model& model, Position from, Position to) const {
    if (from < begin() || to < from || to - from > m_limits.chapter) {
        model = to == end() ? m_live : modelAt(to);
        return;
    }
    for (Position at = from; at < to; ++at) {
        model.take(entry(at).event);
    }
}

} // namespace kolam::gui
