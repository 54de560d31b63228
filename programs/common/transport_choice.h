// SPDX-License-Identifier: GPL-3.0-or-later
// Which SCTP a program uses: what --transport chooses. Next door: core/transport, the transports.
#pragma once

#include "core/dispatch/dispatcher.h"
#include "core/transport/auto_transport.h"
#include "core/transport/transport.h"
#include "programs/common/values.h"

#include <expected>
#include <memory>
#include <string>
#include <string_view>

namespace kolam::programs {

using TransportChoice = transport::TransportKind;

/// "auto", "user" or "kernel".
[[nodiscard]] Read<TransportChoice> readTransportChoice(std::string_view text);

/// Opens it. The error is a sentence.
[[nodiscard]] std::expected<std::unique_ptr<transport::Transport>, std::string>
openTransport(TransportChoice choice, DescriptorDispatcher& dispatcher);

} // namespace kolam::programs
