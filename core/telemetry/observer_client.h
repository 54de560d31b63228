// SPDX-License-Identifier: GPL-3.0-or-later
// Asks a component on this host, through its local socket, and waits for the answer: for programs that have nothing
// else to do meanwhile. Next door: observer_server.h, the other end; observer_folder.h, where sockets are found.
#pragma once

#include "core/base/time.h"

#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>
#include <string_view>

namespace kolam::telemetry {

struct ObserverError {
    bool nobodyThere = false; // no process listens at that socket
    std::string sentence;
};

/// @param query  one line
/// @param limit  octets of an answer
/// @return every line of the answer; the component has closed the association behind it.
[[nodiscard]] std::expected<std::string, ObserverError> askObserver(const std::filesystem::path& socket,
                                                                    std::string_view query, Duration timeout,
                                                                    std::size_t limit = 256 * 1024 * 1024);

} // namespace kolam::telemetry
