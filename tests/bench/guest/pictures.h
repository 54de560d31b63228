// SPDX-License-Identifier: GPL-3.0-or-later
// How long a picture takes: a registrar, two elements and a user of ours beside those of rsplib, on the same view, from
// one host to another over the kernel's SCTP. Next door: rates.h, failures.h, scale.h.
#pragma once

#include "tests/bench/guest/bench_world.h"

namespace kolam::guest {

void measurePictures(BenchWorld& world, Report& report);

} // namespace kolam::guest
