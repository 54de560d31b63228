// SPDX-License-Identifier: GPL-3.0-or-later
// What a run has come to, as figures that two runs can be compared by. A function of its events alone.
// Next door: demos/lab/account.h, which counts most of them; compare_dialog.h, which shows two.
#pragma once

#include "demos/lab/account.h"
#include "gui/common/model.h"

#include <QString>
#include <vector>

namespace kolam::gui {

class RunFigures {
public:
    void take(const telemetry::Event& event);

    [[nodiscard]] const std::vector<Duration>& failovers() const; // how long they took, sorted
    [[nodiscard]] Duration length() const;                        // from the first event to the last
    [[nodiscard]] std::uint64_t events() const { return m_events; }
    [[nodiscard]] const lab::Account& account() const { return m_account; }
    [[nodiscard]] std::uint64_t resolutions() const;

private:
    lab::Account m_account;
    mutable std::vector<Duration> m_failovers; // sorted when they are asked for
    mutable bool m_sorted = true;
    std::map<telemetry::ComponentId, std::pair<std::uint64_t, std::uint64_t>> m_resolutions; // first count, last one
    std::optional<WallTime> m_first;
    WallTime m_last;
    std::uint64_t m_events = 0;
};

/// One line of the comparison.
struct Figure {
    QString name;
    QString a;
    QString b;
    QString difference; // of b to a; empty: none that says anything
};
[[nodiscard]] std::vector<Figure> compare(const RunFigures& a, const RunFigures& b);

} // namespace kolam::gui
