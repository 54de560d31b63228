// SPDX-License-Identifier: GPL-3.0-or-later
// The table of a measurement: what was measured of ours, of rsplib and of the floor, what was promised, and whether it
// was kept. Next door: rates.h, failures.h, scale.h and pictures.h, which fill it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace kolam::guest {

/// Lower and upper values over all repetitions; one of them is what a goal speaks of.
struct Sample {
    std::vector<double> values;
    [[nodiscard]] bool empty() const { return values.empty(); }
    [[nodiscard]] double quantile(double share) const; // NaN when there are none
    [[nodiscard]] double median() const { return quantile(0.5); }
};

struct Row {
    std::string section; // of design goals: "C", "D", "E", "F"
    std::string what;
    std::string ours;
    std::string rsplib; // in parentheses: not measured now, but listed from an earlier measurement
    std::string floor;
    std::string goal;
    std::optional<bool> met; // nothing: no goal, or nothing to judge it by
};

class Report {
public:
    void add(Row row); // prints it, too: a measurement takes minutes
    /// Prints everything as a table.
    void print() const;
    /// Writes all rows as JSON; false when the file cannot be written.
    [[nodiscard]] bool write(const std::string& file) const;

private:
    std::vector<Row> m_rows;
};

} // namespace kolam::guest
