// SPDX-License-Identifier: GPL-3.0-or-later
// The account of a run as JSON, so that a script can judge it: what was computed, how often it failed over, how long
// that took, what was computed again, who took part. Next door: main.cpp writes it.
#pragma once

#include "demos/users/fractal/fractal_update.h"

#include <QJsonObject>
#include <algorithm>

namespace kolam::gui {

class RunReport {
public:
    void apply(const fractal::FractalUpdate& update);
    /// Attempts a second of the waiting session that tries most, as it is now; the report holds the highest.
    void noteAttempts(double perSecond) { m_attempts = std::max(m_attempts, perSecond); }
    [[nodiscard]] QJsonObject toJson() const;

private:
    fractal::FractalUpdate m_latest; // without counts, pieces and tiles
    std::vector<fractal::FailoverEvent> m_failovers;
    double m_attempts = 0;
    std::vector<std::uint16_t> m_doneBy; // of each tile, by the engine's table; 0: not done
};

/// The counts as 32-bit big-endian numbers, row by row.
[[nodiscard]] QByteArray bigEndianCounts(const std::vector<quint32>& counts);

} // namespace kolam::gui
