// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/guest/report.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <fmt/format.h>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>

namespace kolam::guest {

namespace {

std::string verdict(const Row& row) {
    return !row.met ? "-" : *row.met ? "yes" : "NO";
}

} // namespace

double Sample::quantile(double share) const {
    if (values.empty()) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    std::vector<double> sorted = values;
    std::ranges::sort(sorted);
    return sorted[static_cast<std::size_t>(std::lround(share * static_cast<double>(sorted.size() - 1)))];
}

void Report::add(Row row) {
    fmt::print("{} {}: ours {}, rsplib {}, floor {}, goal {}: {}\n", row.section, row.what, row.ours, row.rsplib,
               row.floor, row.goal, verdict(row));
    std::fflush(stdout);
    m_rows.push_back(std::move(row));
}

void Report::print() const {
    fmt::print("\n| | What | Ours | rsplib | Floor | Goal | Met |\n|---|---|---|---|---|---|---|\n");
    for (const Row& row : m_rows) {
        fmt::print("| {} | {} | {} | {} | {} | {} | {} |\n", row.section, row.what, row.ours, row.rsplib, row.floor,
                   row.goal, verdict(row));
    }
}

bool Report::write(const std::string& file) const {
    nlohmann::ordered_json rows = nlohmann::ordered_json::array();
    for (const Row& row : m_rows) {
        rows.push_back({{"section", row.section},
                        {"what", row.what},
                        {"ours", row.ours},
                        {"rsplib", row.rsplib},
                        {"floor", row.floor},
                        {"goal", row.goal},
                        {"met", row.met ? nlohmann::ordered_json(*row.met) : nlohmann::ordered_json()}});
    }
    std::ofstream out{file};
    out << rows.dump(2) << '\n';
    return out.good();
}

} // namespace kolam::guest
