// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/cli/top_model.h"

#include "core/base/counted.h"
#include "core/wire/asap.h"
#include "core/wire/enrp.h"
#include "core/wire/services.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <tuple>

namespace kolam::cli {

using namespace std::chrono_literals;
using telemetry::ComponentId;
using telemetry::Role;
using telemetry::StatusReported;

namespace {

constexpr std::array<std::string_view, 6> orders{"role", "load", "age", "uptime", "associations", "location"};
constexpr std::uint16_t heavy = 0xfffe / 10 * 9; // from 90 % on
constexpr int silentAfter = 3;                   // intervals

// A terminal's attributes.
constexpr std::string_view plain = "\x1b[0m";
constexpr std::string_view bold = "\x1b[1m";
constexpr std::string_view dim = "\x1b[2m";
constexpr std::string_view inverse = "\x1b[7m";

std::string_view colourOf(Role role) {
    switch (role) {
    case Role::Registrar: return "\x1b[31m";
    case Role::Element: return "\x1b[34m";
    case Role::User: return "\x1b[32m";
    case Role::None:
    case Role::Director: break;
    }
    return "";
}

/// Harmless for a terminal, and not longer than its column; what is cut is seen to be.
std::string fitted(std::string_view text, std::size_t width) {
    std::string shown = toText(PoolHandle{std::string{text}});
    if (shown.size() > width) {
        shown.resize(width);
        if (width > 0) {
            shown.back() = '~';
        }
    }
    shown.append(width - shown.size(), ' ');
    return shown;
}

std::string uptime(std::uint64_t microseconds) {
    const std::uint64_t seconds = microseconds / 1'000'000;
    const std::uint64_t days = seconds / 86'400;
    return days > 0 ? fmt::format("{}d{:02}h", std::min<std::uint64_t>(days, 99'999), seconds / 3'600 % 24)
                    : fmt::format("{:02}:{:02}:{:02}", seconds / 3'600, seconds / 60 % 60, seconds % 60);
}

std::string age(Duration duration) {
    const auto tenths = std::max<std::int64_t>(duration / 100ms, 0);
    return tenths < 1'000 ? fmt::format("{}.{}s", tenths / 10, tenths % 10)
                          : fmt::format("{}s", std::min<std::int64_t>(tenths / 10, 99'999));
}

std::string load(std::uint16_t workload) {
    return workload == wire::CspReport::noWorkload ? "-" : fmt::format("{:.0f}%", workload * 100.0 / 0xfffe);
}

std::string identifier(ComponentId id) {
    const std::string whole = telemetry::toText(id);
    return whole.substr(whole.find('-') + 1);
}

std::string protocol(std::uint32_t ppid) {
    switch (ppid) {
    case wire::asapPpid: return "ASAP";
    case wire::enrpPpid: return "ENRP";
    case wire::fractalPpid: return "fractal";
    case wire::pingPongPpid: return "ping-pong";
    case wire::calcAppPpid: return "CalcApp";
    case wire::scriptingPpid: return "scripting";
    default: return fmt::format("PPID {}", ppid);
    }
}

std::string association(const StatusReported::Association& association) {
    const bool known = association.durationUs != wire::CspAssociation::unknownDuration;
    return fmt::format("           {} with {}{}", protocol(association.ppid), telemetry::toText(association.receiver),
                       known ? " for " + uptime(association.durationUs) : "");
}

std::string cut(std::string line, std::size_t columns) {
    line.resize(std::min(line.size(), columns));
    return line;
}

} // namespace

std::string_view toText(TopOrder order) {
    return orders[static_cast<std::size_t>(order)];
}

std::optional<TopOrder> readTopOrder(std::string_view text) {
    const auto found = std::ranges::find(orders, text);
    return found == orders.end() ? std::nullopt : std::optional{static_cast<TopOrder>(found - orders.begin())};
}

void TopModel::take(const telemetry::Event& event) {
    if (const auto* const status = std::get_if<StatusReported>(&event.body)) {
        if (status->final) {
            m_components.erase(event.component);
        } else {
            m_components[event.component] = {*status, event.monotonic};
        }
    } else if (std::holds_alternative<telemetry::ComponentDown>(event.body)) {
        m_components.erase(event.component);
    }
}

std::vector<const TopModel::Entry*> TopModel::sorted(const TopLook& look) const {
    std::vector<const Entry*> entries;
    for (const Entry& entry : m_components) {
        entries.push_back(&entry);
    }
    // Most of what one looks for comes first: the busiest, the most silent, the newest.
    const auto before = [&](const Entry* left, const Entry* right) {
        const StatusReported& a = left->second.status;
        const StatusReported& b = right->second.status;
        const auto loadOf = [](const StatusReported& status) {
            return status.workload == wire::CspReport::noWorkload ? -1 : int{status.workload};
        };
        switch (look.order) {
        case TopOrder::Role: return left->first < right->first;
        case TopOrder::Load: return loadOf(a) > loadOf(b);
        case TopOrder::Age: return left->second.heard < right->second.heard;
        case TopOrder::Uptime: return a.uptimeUs < b.uptimeUs;
        case TopOrder::Associations: return a.associations.size() > b.associations.size();
        case TopOrder::Location: return a.location < b.location;
        }
        return false;
    };
    std::ranges::stable_sort(entries, before);
    if (look.reversed) {
        std::ranges::reverse(entries);
    }
    return entries;
}

std::string TopModel::summary(const TopLook& look, const TopReception& reception) const {
    std::array<std::size_t, 3> counts{};
    for (const auto& [id, component] : m_components) {
        const auto role = static_cast<std::size_t>(telemetry::roleOf(id));
        if (role >= 1 && role <= counts.size()) {
            ++counts[role - 1];
        }
    }
    return fmt::format("kolam top at {}: {}, {}, {}; {}, {} dropped, {} unreadable; by {}{}", reception.address,
                       counted(counts[0], "registrar"), counted(counts[1], "element"), counted(counts[2], "user"),
                       counted(reception.reports, "report"), reception.dropped, reception.malformed, toText(look.order),
                       look.reversed ? ", reversed" : "");
}

std::vector<std::string> TopModel::lines(const TopLook& look, const TopReception& reception, TimePoint now) const {
    constexpr std::size_t fixed = 10 + 17 + 9 + 7 + 5 + 6; // the columns of fixed width, with their spaces
    const std::size_t left = look.columns > fixed ? look.columns - fixed : 0;
    const std::size_t locationWidth = std::min<std::size_t>(left / 2, 32);
    const std::size_t statusWidth = left - locationWidth - (locationWidth > 0 ? 1 : 0);
    const auto styled = [&](std::string_view style, std::string line) {
        line = cut(std::move(line), look.columns);
        return look.colours && !style.empty() ? fmt::format("{}{}{}", style, line, plain) : line;
    };
    const auto row = [&](std::string_view role, std::string_view id, std::string_view location, std::string_view up,
                         std::string_view silent, std::string_view busy, std::string_view associations,
                         std::string_view status) {
        return fmt::format("{:<9} {:<16} {} {:>8} {:>6} {:>4} {:>5} {}", role, id, fitted(location, locationWidth), up,
                           silent, busy, associations, fitted(status, statusWidth));
    };
    std::vector<std::string> lines{
        styled(bold, summary(look, reception)),
        styled(inverse, row("ROLE", "ID", "LOCATION", "UP", "AGE", "LOAD", "ASSOC", "STATUS"))};
    for (const Entry* const entry : sorted(look)) {
        const auto& [id, component] = *entry;
        const StatusReported& status = component.status;
        const Duration since = now - component.heard;
        const bool silent = since > silentAfter * std::chrono::microseconds{status.intervalUs};
        const std::string words = silent               ? "silent; was: " + status.status
                                  : status.conflicting ? "CONFLICTING: " + status.status
                                                       : status.status;
        const bool isHeavy = status.workload != wire::CspReport::noWorkload && status.workload >= heavy;
        lines.push_back(
            styled(silent               ? dim
                   : isHeavy            ? inverse
                   : status.conflicting ? inverse
                                        : colourOf(telemetry::roleOf(id)),
                   row(toText(telemetry::roleOf(id)), identifier(id), status.location, uptime(status.uptimeUs),
                       age(since), load(status.workload), std::to_string(status.associations.size()), words)));
        if (look.associations) {
            for (const StatusReported::Association& one : status.associations) {
                lines.push_back(styled("", association(one)));
            }
        }
    }
    if (look.rows > 2 && lines.size() > look.rows) {
        const std::size_t hidden = lines.size() - look.rows + 1;
        lines.resize(look.rows - 1);
        lines.push_back(styled(bold, fmt::format("... and {} more", counted(hidden, "line"))));
    }
    return lines;
}

} // namespace kolam::cli
