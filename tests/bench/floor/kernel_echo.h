// SPDX-License-Identifier: GPL-3.0-or-later
// SCTP of the kernel at its barest: sockets that block, two system calls for a message and its answer, nothing else.
// Next door: user_echo.h, the same over SCTP in user space.
#pragma once

#include "tests/bench/floor/asking.h"

#include <string>

namespace kolam::floor {

/// Answers every message with so many octets, until it is killed. The error is a sentence.
[[nodiscard]] std::string serveByKernel(const TransportAddress& at, std::size_t answerOctets);
/// What went wrong is among the failures.
[[nodiscard]] load::LoadResult askByKernel(const Asking& asking);

} // namespace kolam::floor
