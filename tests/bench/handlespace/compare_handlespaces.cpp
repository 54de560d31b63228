// SPDX-License-Identifier: GPL-3.0-or-later
// Two handlespaces beside each other: runs ours and another program of the same kind in turn, so that both see the same
// machine, and prints how many times as long the other one takes.
//   compare_handlespaces OURS OTHER [--repetitions N] [--seconds S] POLICY:POOLS:PES_PER_POOL ...
// Both programs take POLICY POOLS PES_PER_POOL SECONDS and print lines engine,policy,pools,pes,total,op,items,value.
// Ours runs twice in each repetition: where its own two figures differ by more than 15 %, the machine was too busy to
// say anything, and the line is marked. Pin it to one processor (taskset -c 1), which its children inherit.
// Next door: handlespace_ops.cpp, the program that is meant by OURS.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace {

struct Row {
    std::string operation;
    std::vector<double> ours; // one of each repetition
    std::vector<double> oursAgain;
    std::vector<double> other;
};

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts{{}};
    for (const char c : text) {
        if (c == separator) {
            parts.emplace_back();
        } else {
            parts.back() += c;
        }
    }
    return parts;
}

/// What the program printed: operation with its number of items, and value.
std::vector<std::pair<std::string, double>> run(const std::string& program, const std::vector<std::string>& shape,
                                                const std::string& seconds) {
    const std::string command = fmt::format("'{}' {} {} {} {}", program, shape[0], shape[1], shape[2], seconds);
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> output(popen(command.c_str(), "r"), pclose);
    if (!output) {
        fmt::print(stderr, "cannot run {}\n", command);
        std::exit(1);
    }
    std::vector<std::pair<std::string, double>> found;
    char line[256];
    while (std::fgets(line, sizeof line, output.get()) != nullptr) {
        const std::vector<std::string> words = split(line, ',');
        if (words.size() == 8) {
            found.emplace_back(words[6] == "0" ? words[5] : fmt::format("{} {}", words[5], words[6]),
                               std::atof(words[7].c_str()));
        }
    }
    return found;
}

/// The value a quarter of the way up: what a quiet machine would have measured, for times.
double quartile(std::vector<double> values) {
    std::ranges::sort(values);
    return values[(values.size() - 1) / 4];
}

std::vector<Row> measure(const std::string& ours, const std::string& other, const std::vector<std::string>& shape,
                         const std::string& seconds, int repetitions) {
    std::vector<Row> rows;
    const auto enter = [&](const auto& found, std::vector<double> Row::* column) {
        for (const auto& [operation, value] : found) {
            auto row = std::ranges::find(rows, operation, &Row::operation);
            if (row == rows.end()) {
                row = rows.insert(rows.end(), Row{operation, {}, {}, {}});
            }
            ((*row).*column).push_back(value);
        }
    };
    for (int repetition = 0; repetition < repetitions; ++repetition) {
        enter(run(ours, shape, seconds), &Row::ours);
        enter(run(other, shape, seconds), &Row::other);
        enter(run(ours, shape, seconds), &Row::oursAgain);
    }
    return rows;
}

void print(const std::vector<std::string>& shape, const std::vector<Row>& rows) {
    fmt::print("\n{}, {} pools of {}\n", shape[0], shape[1], shape[2]);
    fmt::print("{:<16}{:>12}{:>12}{:>16}{:>10}\n", "operation", "ours ns", "other ns", "other/ours", "A/A");
    for (const Row& row : rows) {
        if (row.ours.empty() || row.other.empty() || row.ours.size() != row.other.size()) {
            continue; // only one of the two has it
        }
        std::vector<double> ratios;
        std::vector<double> own = row.ours;
        own.insert(own.end(), row.oursAgain.begin(), row.oursAgain.end());
        for (std::size_t i = 0; i < row.ours.size(); ++i) {
            ratios.push_back(row.other[i] / ((row.ours[i] + row.oursAgain[i]) / 2));
        }
        const double again = quartile(row.oursAgain) / quartile(row.ours);
        fmt::print("{:<16}{:>12.2f}{:>12.2f}{:>16.2f}{:>10.2f}{}\n", row.operation, quartile(own), quartile(row.other),
                   quartile(ratios), again, std::abs(again - 1) > 0.15 ? "  noisy" : "");
    }
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv) {
    std::vector<std::string> programs;
    std::vector<std::vector<std::string>> shapes;
    int repetitions = 5;
    std::string seconds = "0.1";
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--repetitions" && i + 1 < argc) {
            repetitions = std::max(std::atoi(argv[++i]), 1);
        } else if (word == "--seconds" && i + 1 < argc) {
            seconds = argv[++i];
        } else if (programs.size() < 2) {
            programs.push_back(word);
        } else {
            shapes.push_back(split(word, ':'));
        }
    }
    if (shapes.empty() || !std::ranges::all_of(shapes, [](const auto& shape) { return shape.size() == 3; })) {
        fmt::print(stderr,
                   "usage: {} OURS OTHER [--repetitions N] [--seconds S] POLICY:POOLS:PES_PER_POOL ...\n"
                   "OURS and OTHER are programs like handlespace_ops.\n",
                   argv[0]);
        return 1;
    }
    for (const auto& shape : shapes) {
        print(shape, measure(programs[0], programs[1], shape, seconds, repetitions));
    }
}
