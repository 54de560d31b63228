// SPDX-License-Identifier: GPL-3.0-or-later
// How many descriptors a process may have. Over the kernel's SCTP every association takes one, and the usual soft limit
// of 1024, made for programs that call select(), would end associations that the limits of ours allow.
#pragma once

namespace kolam::programs {

/// Raises the soft limit to the hard one.
void allowManyDescriptors();

} // namespace kolam::programs
