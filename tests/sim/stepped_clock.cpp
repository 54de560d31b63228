// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/stepped_clock.h"

#include <ctime>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

namespace {

std::int64_t ahead = 0; // seconds
std::uint64_t askedSoFar = 0;

} // namespace

// The C library's functions of these names, for everything in this program.
extern "C" {

int clock_gettime(clockid_t clock, timespec* time) noexcept {
    const auto result = static_cast<int>(syscall(SYS_clock_gettime, clock, time));
    if (clock == CLOCK_REALTIME) {
        ++askedSoFar;
        time->tv_sec += ahead;
    }
    return result;
}

time_t time(time_t* into) noexcept {
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    if (into != nullptr) {
        *into = now.tv_sec;
    }
    return now.tv_sec;
}

int gettimeofday(timeval* into, void*) noexcept {
    timespec now{};
    const int result = clock_gettime(CLOCK_REALTIME, &now);
    *into = {.tv_sec = now.tv_sec, .tv_usec = now.tv_nsec / 1000};
    return result;
}

} // extern "C"

namespace kolam::sim {

void SteppedClock::step(Duration by) {
    ahead += by / 1s;
}

std::uint64_t SteppedClock::asked() {
    return askedSoFar;
}

} // namespace kolam::sim
