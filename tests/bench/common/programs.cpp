// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/common/programs.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <fstream>
#include <sstream>
#include <unistd.h>

namespace kolam::bench {

std::string runForText(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                       const std::filesystem::path& complaints) {
    const std::string command =
        fmt::format("'{}' '{}' 2>>'{}'", program.string(), fmt::join(arguments, "' '"), complaints.string());
    std::FILE* const pipe = ::popen(command.c_str(), "r");
    std::string text;
    std::array<char, 4096> part{};
    while (pipe != nullptr && std::fgets(part.data(), static_cast<int>(part.size()), pipe) != nullptr) {
        text += part.data();
    }
    if (pipe != nullptr) {
        ::pclose(pipe);
    }
    return text;
}

nlohmann::json runForJson(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                          const std::filesystem::path& complaints) {
    auto read = nlohmann::json::parse(runForText(program, arguments, complaints), nullptr, false);
    return read.is_discarded() ? nlohmann::json{} : read;
}

nlohmann::json resultOf(const nlohmann::json& report, const std::string& what) {
    if (report.is_object() && report.contains("results")) {
        for (const auto& result : report["results"]) {
            if (result["what"] == what) {
                return result;
            }
        }
    }
    return {};
}

double processorSeconds(pid_t process) {
    // Nanoseconds where this kernel counts them; the ticks of stat are coarse.
    std::ifstream fine{fmt::format("/proc/{}/schedstat", process)};
    if (std::uint64_t nanoseconds = 0; fine >> nanoseconds) {
        return static_cast<double>(nanoseconds) / 1e9;
    }
    std::ifstream status{fmt::format("/proc/{}/stat", process)};
    std::string text;
    std::getline(status, text);
    std::istringstream fields{text.substr(std::min(text.find(')') + 1, text.size()))};
    std::string skipped;
    for (int i = 3; i < 14; ++i) { // fields are numbered from 1, and the name was the second
        fields >> skipped;
    }
    double user = 0;
    double system = 0;
    fields >> user >> system;
    return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

bool isTraced(pid_t process) {
    std::ifstream status{fmt::format("/proc/{}/status", process)};
    for (std::string word; status >> word;) {
        if (word == "TracerPid:") {
            pid_t tracer = 0;
            return static_cast<bool>(status >> tracer) && tracer != 0;
        }
    }
    return false;
}

double residentMebibytes(pid_t process) {
    std::ifstream memory{fmt::format("/proc/{}/statm", process)};
    double all = 0;
    double resident = 0;
    memory >> all >> resident;
    return resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1024 * 1024);
}

} // namespace kolam::bench
