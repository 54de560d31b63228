// SPDX-License-Identifier: GPL-3.0-or-later
// What both ends of a session make of a transport's answer to send().
#pragma once

#include "core/node/service.h"
#include "core/transport/transport.h"

#include <expected>
#include <utility>

namespace kolam {

[[nodiscard]] inline std::expected<void, SessionSendError>
asSessionResult(std::expected<void, transport::SendError> sent) {
    if (sent) {
        return {};
    }
    switch (sent.error()) {
    case transport::SendError::WouldBlock: return std::unexpected(SessionSendError::WouldBlock);
    case transport::SendError::TooBig: return std::unexpected(SessionSendError::TooBig);
    case transport::SendError::BadStream:
    case transport::SendError::NoAssociation:
    case transport::SendError::Closing: return std::unexpected(SessionSendError::Closed);
    }
    std::unreachable();
}

} // namespace kolam
