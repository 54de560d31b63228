// SPDX-License-Identifier: GPL-3.0-or-later
#include "programs/common/component_options.h"

#include <cstdlib>
#include <fmt/format.h>
#include <utility>

namespace kolam::programs {

using namespace std::chrono_literals;

namespace {

constexpr Duration shortestCspInterval = 10ms;
constexpr Duration longestCspInterval = 1h;

} // namespace

Read<TransportAddress> readCspServer(std::string_view text) {
    auto address = TransportAddress::parse(text, wire::cspPort);
    if (!address || address->ips.size() != 1 || address->port == 0) {
        return std::unexpected("must be the address of a monitor such as 127.0.0.1:2960");
    }
    return std::move(*address);
}

Read<Duration> readCspInterval(std::string_view text) {
    if (const auto milliseconds = readNumber(text, 10, 3'600'000)) {
        return std::chrono::milliseconds{*milliseconds};
    }
    return readDuration(text, shortestCspInterval, longestCspInterval);
}

std::expected<void, std::string> readEnvironment(ComponentOptions& options) {
    if (const char* const server = std::getenv("CSP_SERVER"); server != nullptr && !options.cspServer) {
        auto address = readCspServer(server);
        if (!address) {
            return std::unexpected(fmt::format("CSP_SERVER {}, not \"{}\"", address.error(), server));
        }
        options.cspServer = std::move(*address);
    }
    if (const char* const interval = std::getenv("CSP_INTERVAL"); interval != nullptr && !options.cspInterval) {
        const auto duration = readCspInterval(interval);
        if (!duration) {
            return std::unexpected(fmt::format("CSP_INTERVAL {}, not \"{}\"", duration.error(), interval));
        }
        options.cspInterval = *duration;
    }
    return {};
}

std::string withVersion(std::string_view program) {
    return fmt::format("{} {}", program, KOLAM_VERSION);
}

} // namespace kolam::programs
