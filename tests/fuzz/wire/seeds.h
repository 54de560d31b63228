// SPDX-License-Identifier: GPL-3.0-or-later
// The captured messages as a corpus for the codec's fuzzer.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace kolam::test {

/// The protocols that the fuzzer's first octet selects from, by their names in the lists of captured messages.
inline constexpr std::array<std::string_view, 7> fuzzedProtocols{"ASAP",   "ENRP",   "CSP",   "PPID32",
                                                                 "PPID33", "PPID34", "PPID35"};

/// Writes one file for each captured message that the lists in `captures` hold into `folder`.
void writeSeeds(const std::string& captures, const std::string& folder);

} // namespace kolam::test
