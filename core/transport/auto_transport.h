// SPDX-License-Identifier: GPL-3.0-or-later
// All real transports as one: it listens on every one that this host has, and connects with whichever answers first.
// Here is also the factory that programs call. Next door: kernel_transport.h and user_transport.h.
#pragma once

#include "core/dispatch/dispatcher.h"
#include "core/transport/transport.h"

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string_view>
#include <system_error>
#include <vector>

namespace kolam::transport {

enum class TransportKind : std::uint8_t { Auto, Kernel, User };
/// "auto", "kernel" or "user".
[[nodiscard]] std::optional<TransportKind> parseTransportKind(std::string_view text);
[[nodiscard]] std::string_view toText(TransportKind kind);

/// Makes a transport of real sockets. Auto takes those that this host has, and is that one when there is only one.
/// Errors: those of makeKernelTransport() and makeUserTransport(); of Auto when it finds none at all.
[[nodiscard]] std::expected<std::unique_ptr<Transport>, std::error_code>
makeTransport(TransportKind kind, DescriptorDispatcher& dispatcher);

/// Joins transports, the preferred one first. Endpoints are opened on all of them with one port number; an association
/// is tried on the first, a moment later on the next, and so on: the first that is up carries it, the others are
/// dropped. A refusal is told only when nothing else is left to try.
[[nodiscard]] std::unique_ptr<Transport> joinTransports(Dispatcher& dispatcher,
                                                        std::vector<std::unique_ptr<Transport>> transports);

} // namespace kolam::transport
