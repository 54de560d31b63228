// SPDX-License-Identifier: GPL-3.0-or-later
// What users notice when elements and registrars are killed, frozen or vanish, over the kernel's SCTP.
// Next door: pinged_element.h, the victim; ../mesh/measure_mesh.cpp, which is run for takeovers.
#pragma once

#include "tests/bench/guest/bench_world.h"

namespace kolam::guest {

void measureFailures(BenchWorld& world, Report& report);

} // namespace kolam::guest
