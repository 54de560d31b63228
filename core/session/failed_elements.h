// SPDX-License-Identifier: GPL-3.0-or-later
// Remembers for a while which elements have failed a session, so that it does not go straight back to them.
// Next door: user_session.h.
#pragma once

#include "core/base/ids.h"
#include "core/base/time.h"

#include <algorithm>
#include <vector>

namespace kolam::session {

class FailedElements {
public:
    explicit FailedElements(std::size_t limit = 16) : m_limit(limit) {}

    void add(PeIdentifier element, TimePoint now, TimePoint until) {
        remove(element);
        if (m_entries.size() >= m_limit) {
            m_entries.erase(m_entries.begin());
        }
        m_entries.push_back({element, now, until});
    }
    void remove(PeIdentifier element) {
        std::erase_if(m_entries, [&](const Entry& entry) { return entry.element == element; });
    }
    /// True while it should be avoided.
    [[nodiscard]] bool contains(PeIdentifier element, TimePoint now) const {
        return std::ranges::any_of(m_entries,
                                   [&](const Entry& entry) { return entry.element == element && now < entry.until; });
    }
    /// When it has failed; TimePoint::min() for one that has not.
    [[nodiscard]] TimePoint failedAt(PeIdentifier element) const {
        const auto found = std::ranges::find(m_entries, element, &Entry::element);
        return found == m_entries.end() ? TimePoint::min() : found->when;
    }

private:
    struct Entry {
        PeIdentifier element;
        TimePoint when;
        TimePoint until;
    };
    std::size_t m_limit;
    std::vector<Entry> m_entries; // the oldest first
};

} // namespace kolam::session
