// SPDX-License-Identifier: GPL-3.0-or-later
// Many of everything at one registrar, over the kernel's SCTP: elements, associations, questions at once; and a
// registrar that joins and has to learn it all. Next door: rates.h, for few of them.
#pragma once

#include "tests/bench/guest/bench_world.h"

namespace kolam::guest {

void measureScale(BenchWorld& world, Report& report);

} // namespace kolam::guest
