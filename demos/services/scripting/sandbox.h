// SPDX-License-Identifier: GPL-3.0-or-later
// The box in which strangers' work is done: bubblewrap with namespaces of its own (no network, no files but /usr,
// a disk in memory of limited size), a list of allowed system calls, and limits of resources. Inside of it, the runner
// (runner/) unpacks the work package, runs it and hands out the results; whatever it leaves is gone with the box.
// Next door: system_calls.h, the list; script_workshop.h, which has jobs done here.
#pragma once

#include "core/base/time.h"

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace kolam::scripting {

using namespace std::chrono_literals;

/// What a job may use. Those of the kernel are per process, so the number of processes counts, too.
struct JobLimits {
    Duration time = 1h;                      // by the clock
    std::uint64_t cpuSeconds = 3600;         // of each process
    std::uint64_t memory = 1ULL << 30U;      // octets of address space of each process
    std::uint64_t disk = 256ULL << 20U;      // octets of all files together
    std::uint64_t output = 64ULL << 20U;     // octets of the results
    std::uint64_t checkpoint = 16ULL << 20U; // octets of a checkpoint, packed
    std::uint32_t processes = 64;
    std::uint32_t openFiles = 256;
    std::uint32_t entries = 10'000; // files and folders of the work package
};

/// Where it is done.
enum class Confinement : std::uint8_t {
    Sandbox,
    None, // with all rights of this process: for those who have asked for it, loudly
};

/// The descriptors that the runner gets.
inline constexpr int packageDescriptor = 3;    // the work package, for reading
inline constexpr int outputDescriptor = 4;     // takes the results
inline constexpr int receiptDescriptor = 5;    // takes the receipt
inline constexpr int filterDescriptor = 6;     // the system calls, for bubblewrap
inline constexpr int checkpointDescriptor = 7; // takes checkpoints: the length of each, 8 octets, and its archive
inline constexpr int resumeDescriptor = 8;     // the checkpoint to go on from, for reading; may be closed

/// The command line that does one job. It needs the descriptors above.
/// @param environment  a file of the host, shown to the job read-only; empty: none
/// @param folder  for Confinement::None: an empty folder that nobody else uses
[[nodiscard]] std::vector<std::string> jobCommand(Confinement confinement, const std::string& runner,
                                                  const JobLimits& limits, const std::string& environment,
                                                  const std::string& folder);

/// Tries whether an empty box can be made here. The error says what is missing.
std::expected<void, std::string> checkSandbox();

/// The runner beside this program, or where installation has put it; empty when there is none.
[[nodiscard]] std::string findRunner();

} // namespace kolam::scripting
