// SPDX-License-Identifier: GPL-3.0-or-later
// Between the words of the public headers and those of the core, both ways.
// Next door: instance.cpp and the others of this folder, which need it everywhere.
#pragma once

#include "core/base/address.h"
#include "core/node/element_node.h"
#include "core/node/user_node.h"
#include "core/wire/parameters.h"
#include "kolam/instance.h"
#include "kolam/session.h"

#include <system_error>

namespace kolam::api {

[[nodiscard]] Error systemError(std::error_code code);
[[nodiscard]] Error sendError(SessionSendError error);
[[nodiscard]] Error resolveError(ResolveErrc error);
[[nodiscard]] Errc waitError(WaitReason reason);

/// Numbers only; errors: BadArgument.
[[nodiscard]] Result<std::vector<IpAddress>> ipsOf(const std::vector<std::string>& hosts);
[[nodiscard]] Address addressOf(const std::vector<IpAddress>& ips, std::uint16_t port);
[[nodiscard]] bool isBeyondLoopback(const std::vector<IpAddress>& ips);

/// Errors: BadArgument, for what is no policy or beyond 0 to 1.
[[nodiscard]] Result<wire::Policy> policyOf(const Policy& policy);
[[nodiscard]] Policy policyOf(const wire::Policy& policy);
[[nodiscard]] Element elementOf(const wire::PoolElement& element);
[[nodiscard]] RegistrationStatus statusOf(const ElementStatus& status);
[[nodiscard]] FailoverCause causeOf(kolam::FailoverCause cause);
[[nodiscard]] SessionStatus statusOf(const kolam::SessionStatus& status);

/// What may be sent: at least one octet, and not under ASAP's number, which is the session's own.
[[nodiscard]] Result<void> checkMessage(OctetView data, std::uint32_t ppid);
/// Errors: BadArgument.
[[nodiscard]] Result<void> checkPool(std::string_view pool);

} // namespace kolam::api
