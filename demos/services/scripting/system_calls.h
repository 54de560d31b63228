// SPDX-License-Identifier: GPL-3.0-or-later
// Which system calls a job may make: what programs need to compute, and to read and write files. Everything else fails
// with "operation not permitted", so that a hole in a rarely used part of the kernel is of no use to a job.
// Next door: sandbox.h, the rest of the box.
#pragma once

#include <expected>
#include <string>

namespace kolam::scripting {

/// The list as a filter for bubblewrap, in an anonymous file, at its beginning. The caller closes it.
/// The error is a sentence.
std::expected<int, std::string> systemCallFilter();

} // namespace kolam::scripting
