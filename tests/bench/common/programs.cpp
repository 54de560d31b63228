// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/common/programs.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <fstream>
#include <sstream>
#include <sys/mman.h>
#include <unistd.h>

namespace kolam::bench {

namespace {

/// What proc(5) says in the stat of a process, from this field on; they are numbered from 1, the second is the name.
std::istringstream statusFrom(pid_t process, int field) {
    std::ifstream status{fmt::format("/proc/{}/stat", process)};
    std::string text;
    std::getline(status, text);
    std::istringstream fields{text.substr(std::min(text.rfind(')') + 1, text.size()))};
    std::string skipped;
    for (int i = 3; i < field; ++i) {
        fields >> skipped;
    }
    return fields;
}

} // namespace

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
    std::istringstream fields = statusFrom(process, 14);
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

double pageFaults(pid_t process) {
    std::istringstream fields = statusFrom(process, 10);
    double faults = 0;
    fields >> faults;
    return faults;
}

double pageFaultMilliseconds() {
    constexpr std::size_t pages = 4'096;
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    void* const memory = ::mmap(nullptr, pages * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        return 0;
    }
    ::madvise(memory, pages * page, MADV_NOHUGEPAGE); // a huge one would be a single fault
    auto* const octets = static_cast<volatile char*>(memory);
    const auto begun = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < pages; ++i) {
        octets[i * page] = 1;
    }
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begun;
    ::munmap(memory, pages * page);
    return took.count() / static_cast<double>(pages);
}

} // namespace kolam::bench
