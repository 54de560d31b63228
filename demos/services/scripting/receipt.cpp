// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/services/scripting/receipt.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace kolam::scripting {

namespace {

/// Names and places of the fields: reading and writing walk over the same list.
template <typename Of, typename Visit>
void fields(Of& receipt, Visit visit) {
    visit("exit-status", receipt.exitStatus);
    visit("cpu-ms", receipt.cpuMilliseconds);
    visit("memory-kb", receipt.memoryKilobytes);
    visit("package-octets", receipt.packageOctets);
    visit("output-octets", receipt.outputOctets);
    visit("limits-hit", receipt.limitsHit);
    visit("error", receipt.error);
}

void read(std::string_view text, std::string& into) {
    into = text;
}
template <typename Number>
void read(std::string_view text, Number& into) {
    std::from_chars(text.data(), text.data() + text.size(), into);
}

} // namespace

std::string toText(const Receipt& receipt) {
    std::string text;
    fields(receipt, [&](std::string_view name, const auto& value) {
        std::string shown = fmt::format("{}", value);
        std::ranges::replace(shown, '\n', ' '); // a line is a field
        text += fmt::format("{} {}\n", name, shown);
    });
    return text;
}

std::optional<Receipt> readReceipt(std::string_view text) {
    Receipt receipt;
    bool complete = true;
    fields(receipt, [&](std::string_view name, auto& value) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        complete = complete && end < text.size() && line.starts_with(name) && line.substr(name.size()).starts_with(' ');
        if (complete) {
            read(line.substr(name.size() + 1), value);
            text.remove_prefix(end + 1);
        }
    });
    return complete ? std::optional{receipt} : std::nullopt;
}

std::string describe(const Receipt& receipt) {
    if (!receipt.error.empty()) {
        return receipt.error;
    }
    return fmt::format("exit status {}, {:.2f} s of CPU, {} kB of memory, {} octets of results{}{}", receipt.exitStatus,
                       static_cast<double>(receipt.cpuMilliseconds) / 1000, receipt.memoryKilobytes,
                       receipt.outputOctets, receipt.limitsHit.empty() ? "" : ", limits hit: ", receipt.limitsHit);
}

} // namespace kolam::scripting
