// SPDX-License-Identifier: GPL-3.0-or-later
// What a job has used: written by the runner, shown to the user and in the element's log.
// Next door: runner/main.cpp writes it, script_workshop.h reads it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kolam::scripting {

struct Receipt {
    std::uint32_t exitStatus = 0;
    std::uint64_t cpuMilliseconds = 0; // of all its processes
    std::uint64_t memoryKilobytes = 0; // resident, of its largest process
    std::uint64_t packageOctets = 0;   // unpacked
    std::uint64_t outputOctets = 0;
    std::string limitsHit; // "cpu disk "; empty: none
    std::string error;     // why the script could not be run; empty: it was
    friend bool operator==(const Receipt&, const Receipt&) = default;
};

/// One line for each field: "name value".
[[nodiscard]] std::string toText(const Receipt& receipt);
/// Nothing when it is not one.
[[nodiscard]] std::optional<Receipt> readReceipt(std::string_view text);
/// "exit status 0, 1.2 s of CPU, 12 MiB of memory, 34 kB of results": for people.
[[nodiscard]] std::string describe(const Receipt& receipt);

} // namespace kolam::scripting
