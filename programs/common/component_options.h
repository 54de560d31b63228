// SPDX-License-Identifier: GPL-3.0-or-later
// How people say what is to be seen of a program. Next door: core/node/component.h, which makes it seen.
#pragma once

#include "core/node/component.h"
#include "programs/common/values.h"

#include <string>
#include <string_view>

namespace kolam::programs {

/// One address with a port, 2960 if none is given.
[[nodiscard]] Read<TransportAddress> readCspServer(std::string_view text);
/// "250ms"; also a number alone, of milliseconds, as the variable CSP_INTERVAL has it.
[[nodiscard]] Read<Duration> readCspInterval(std::string_view text);
/// What the environment says, where no option has said it. The error is a sentence.
[[nodiscard]] std::expected<void, std::string> readEnvironment(ComponentOptions& options);

/// "kolam-registrar 0.1.0"
[[nodiscard]] std::string withVersion(std::string_view program);

} // namespace kolam::programs
