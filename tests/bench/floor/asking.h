// SPDX-License-Identifier: GPL-3.0-or-later
// Questions to whoever answers each with one message, and how late the answers are: the same asker meets a bare echo
// and a registrar, so that the difference is what the registrar costs.
// Next door: kernel_echo.h and user_echo.h, the two kinds of sockets.
#pragma once

#include "core/base/address.h"
#include "core/base/octets.h"
#include "demos/load/load_result.h"

#include <cstddef>
#include <vector>

namespace kolam::floor {

struct Asking {
    TransportAddress to;
    IpAddress from;
    std::uint32_t ppid = 0;
    std::vector<Octets> questions;               // in turn
    bool (*fits)(OctetView answer) = nullptr;    // whether it is an answer, and a positive one; nothing: anything is
    bool (*isNone)(OctetView message) = nullptr; // whether it answers nothing, such as a keep-alive: passed over
    std::size_t outstanding = 1;
    std::size_t requests = 0; // 0: as many as the time allows
    Duration time{};          // and no longer; 0: until all requests are through
};

} // namespace kolam::floor
