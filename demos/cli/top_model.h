// SPDX-License-Identifier: GPL-3.0-or-later
// What `kolam top` knows of the components that report by CSP, and how it looks as lines of a terminal. A pure
// function of the events and of the time: no terminal, no socket. Next door: top.cpp, which has both.
#pragma once

#include "core/telemetry/event_log.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kolam::cli {

enum class TopOrder : std::uint8_t { Role, Load, Age, Uptime, Associations, Location };
/// "role", "load", ...
[[nodiscard]] std::string_view toText(TopOrder order);
[[nodiscard]] std::optional<TopOrder> readTopOrder(std::string_view text);

struct TopLook {
    std::size_t columns = 80;
    std::size_t rows = 24; // 0: as many as there are
    TopOrder order = TopOrder::Role;
    bool reversed = false;
    bool associations = false; // a line for each of them, too
    bool colours = true;       // and other attributes of a terminal
};
/// What the first line says of the reception.
struct TopReception {
    std::string address;
    std::uint64_t reports = 0;
    std::uint64_t dropped = 0;
    std::uint64_t malformed = 0;
};

class TopModel {
public:
    /// Reports, and who has gone; other events mean nothing here.
    void take(const telemetry::Event& event);
    [[nodiscard]] std::size_t count() const { return m_components.size(); }
    /// Each line without its end, none longer than there are columns.
    [[nodiscard]] std::vector<std::string> lines(const TopLook& look, const TopReception& reception,
                                                 TimePoint now) const;

private:
    struct Component {
        telemetry::StatusReported status;
        TimePoint heard{};
    };
    using Entry = std::pair<const telemetry::ComponentId, Component>;
    [[nodiscard]] std::vector<const Entry*> sorted(const TopLook& look) const;
    [[nodiscard]] std::string summary(const TopLook& look, const TopReception& reception) const;

    std::map<telemetry::ComponentId, Component> m_components;
};

} // namespace kolam::cli
