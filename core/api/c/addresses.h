// SPDX-License-Identifier: GPL-3.0-or-later
// Addresses as the C API has them, one sockaddr behind the other, and as the C++ API has them.
// Next door: info.cpp, sockets.cpp and basic_mode.cpp, which take and give them.
#pragma once

#include "core/api/c/outcome.h"
#include "kolam/types.h"

#include <memory>
#include <string>
#include <sys/socket.h>
#include <vector>

namespace kolam::rsp {

/// Reads so many; wildcards are left out. Errors: EINVAL (none, or of different ports), EAFNOSUPPORT.
[[nodiscard]] Outcome<api::Address> addressOf(const sockaddr* packed, std::size_t count);
/// "10.0.0.1,10.0.0.2:3863".
[[nodiscard]] std::string textOf(const api::Address& address);
/// Freed with free().
struct Packed {
    sockaddr* addresses = nullptr; // null: no memory
    std::size_t count = 0;
    std::size_t firstLength = 0;
    int firstFamily = AF_UNSPEC;
};
[[nodiscard]] Packed pack(const api::Address& address);
/// Reads "127.0.0.1:3863", "[::1]:3863", "10.0.0.1,10.0.0.2:3863". Errors: EINVAL.
[[nodiscard]] Outcome<api::Address> readAddress(std::string_view text, std::uint16_t defaultPort);

} // namespace kolam::rsp
