// SPDX-License-Identifier: GPL-3.0-or-later
// SCTP of the operating system's kernel, by lksctp: multi-homed, and spoken by every other SCTP host.
// Next door: user_transport.h for hosts without it; auto_transport.h, which takes what there is.
#pragma once

#include "core/dispatch/dispatcher.h"
#include "core/transport/transport.h"

#include <expected>
#include <memory>
#include <system_error>

namespace kolam::transport {

/// The transport named "kernel". Error: what the system says to an SCTP socket; `protocol_not_supported` or
/// "socket type not supported" where it has no SCTP.
[[nodiscard]] std::expected<std::unique_ptr<Transport>, std::error_code>
makeKernelTransport(DescriptorDispatcher& dispatcher);

} // namespace kolam::transport
