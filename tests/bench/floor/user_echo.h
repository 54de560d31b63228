// SPDX-License-Identifier: GPL-3.0-or-later
// SCTP in user space without a protocol upon it: our transport, and nothing that reads the messages.
// Next door: kernel_echo.h, the same over the kernel's.
#pragma once

#include "tests/bench/floor/asking.h"

#include <string>

namespace kolam::floor {

/// Answers every message with so many octets, until it is killed. The error is a sentence.
[[nodiscard]] std::string serveByUser(const TransportAddress& at, std::size_t answerOctets);
/// What went wrong is among the failures.
[[nodiscard]] load::LoadResult askByUser(const Asking& asking);

} // namespace kolam::floor
