// SPDX-License-Identifier: GPL-3.0-or-later
// How many questions a registrar answers over the kernel's SCTP, beside rsplib's and beside a bare echo of the same
// boot: rates, latency, processor time and system calls. Next door: failures.h, scale.h.
#pragma once

#include "tests/bench/guest/bench_world.h"

namespace kolam::guest {

void measureRates(BenchWorld& world, Report& report);

} // namespace kolam::guest
