// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps a user with many sessions from reporting one dead element many times.
// Next door: user_node.h.
#pragma once

#include "core/base/ids.h"
#include "core/base/time.h"

#include <algorithm>
#include <vector>

namespace kolam {

using namespace std::chrono_literals;

class UnreachableReports {
public:
    /// True once for an element in `memory`.
    [[nodiscard]] bool isNews(const PoolHandle& handle, PeIdentifier element, TimePoint now) {
        std::erase_if(m_reported, [&](const Report& report) { return now >= report.when + memory; });
        const bool known = std::ranges::any_of(
            m_reported, [&](const Report& report) { return report.element == element && report.handle == handle; });
        if (!known) {
            m_reported.push_back({handle, element, now});
        }
        return !known;
    }

private:
    static constexpr Duration memory = 5s;
    struct Report {
        PoolHandle handle;
        PeIdentifier element;
        TimePoint when;
    };
    std::vector<Report> m_reported;
};

} // namespace kolam
