// SPDX-License-Identifier: GPL-3.0-or-later
// How much faster than the plain loop the kernels are, for every instruction set of the machine, on one core.
// Plain loop and kernels are timed in turns, so that a busy or throttled machine slows both; "ratio" is the median of
// the turns' ratios, "low" their lower quartile.
#include "core/base/double_double.h"
#include "demos/services/fractal/fractal_kernel.h"
#include "demos/services/fractal/smooth_plane.h"
#include "plain_loop.h"

#include <algorithm>
#include <benchmark/benchmark.h>
#include <ctime>
#include <fmt/format.h>

using namespace kolam;
using namespace kolam::fractal;

namespace {

struct View {
    const char* name;
    wire::FractalParameter parameter;
};
const View views[] = {
    {"default view",
     {.width = 800,
      .height = 600,
      .maxIterations = 1024,
      .c1Real = -0.5,
      .c1Imag = 1.5,
      .c2Real = 2.5,
      .c2Imag = -1.5}},
    {"zoom",
     {.width = 800,
      .height = 600,
      .maxIterations = 1024,
      .c1Real = 0.743,
      .c1Imag = -0.133,
      .c2Real = 0.745,
      .c2Imag = -0.131}},
    {"interior",
     {.width = 800,
      .height = 600,
      .maxIterations = 1000,
      .c1Real = -0.2,
      .c1Imag = -0.2,
      .c2Real = 0.2,
      .c2Imag = 0.2}},
};

double threadSeconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}
template <typename Function>
double secondsOf(Function function) {
    const double begin = threadSeconds();
    function();
    return threadSeconds() - begin;
}

constexpr std::uint64_t batch = 5184;   // as the service's workers compute
constexpr std::uint32_t plainRows = 60; // of the view, evenly spread: enough to know the plain loop's speed

double plainSeconds(const Plane& plane, std::vector<std::uint32_t>& counts) {
    return secondsOf([&] {
        for (std::uint32_t row = 0; row < plainRows; ++row) {
            const std::uint32_t y = row * (plane.height / plainRows);
            for (std::uint32_t x = 0; x < plane.width; ++x) {
                counts[y * plane.width + x] = plainCount({plane.real(x), plane.imag(y)}, plane.maxIterations);
            }
        }
    });
}

void againstThePlainLoop(benchmark::State& state, const View& view, const LanesTarget& target) {
    const Plane plane = Plane::of(view.parameter);
    std::vector<std::uint32_t> counts(plane.points());
    std::vector<std::uint32_t> plain(plane.points());
    std::vector<double> ratios;
    for (auto _ : state) {
        const double usual = plainSeconds(plane, plain) * (double(plane.height) / plainRows);
        const double seconds = secondsOf([&] {
            for (std::uint64_t first = 0; first < counts.size(); first += batch) {
                computeCounts(plane, first, std::span{counts}.subspan(first, std::min(batch, counts.size() - first)),
                              target);
            }
        });
        ratios.push_back(usual / seconds);
        state.SetIterationTime(seconds);
    }
    std::uint64_t iterations = 0;
    for (std::uint32_t y = 0; y < plane.height; ++y) {
        for (std::uint32_t x = 0; x < plane.width; ++x) {
            const std::size_t pixel = y * plane.width + x;
            iterations += counts[pixel];
            if (y % (plane.height / plainRows) == 0 && counts[pixel] != plain[pixel]) {
                state.SkipWithError("counts differ from the plain loop's");
                return;
            }
        }
    }
    std::ranges::sort(ratios);
    state.counters["ratio"] = ratios[ratios.size() / 2];
    state.counters["low"] = ratios[ratios.size() / 4];
    state.counters["Mpx/s"] =
        benchmark::Counter(double(counts.size()) * 1e-6, benchmark::Counter::kIsIterationInvariantRate);
    state.counters["Giter/s"] =
        benchmark::Counter(double(iterations) * 1e-9, benchmark::Counter::kIsIterationInvariantRate);
}

// ---- Smooth counts: beside the same computation, one pixel at a time ----

/// Where neighbouring points differ by 1e-20: twice a double's precision.
wire::FractalParameter deepView() {
    wire::FractalParameter image{
        .width = 96, .height = 64, .maxIterations = 20'000, .algorithm = wire::FractalAlgorithm::SmoothMandelbrot};
    const DoubleDouble real{-0.7436438870371587, -3.628952515063387e-17};
    const DoubleDouble imag{0.13182590420531198, -1.2892807754956675e-17};
    const auto put = [](const DoubleDouble& number, double& high, double& low) {
        high = number.high;
        low = number.low;
    };
    put(real - DoubleDouble{0.48e-18}, image.c1Real, image.c1RealLow);
    put(real + DoubleDouble{0.48e-18}, image.c2Real, image.c2RealLow);
    put(imag + DoubleDouble{0.32e-18}, image.c1Imag, image.c1ImagLow);
    put(imag - DoubleDouble{0.32e-18}, image.c2Imag, image.c2ImagLow);
    return image;
}

wire::FractalParameter smoothView() {
    return {.width = 800,
            .height = 600,
            .maxIterations = 1024,
            .algorithm = wire::FractalAlgorithm::SmoothMandelbrot,
            .c1Real = -2.5,
            .c1Imag = 1.5,
            .c2Real = 1.5,
            .c2Imag = -1.5};
}

void smoothAgainstOneByOne(benchmark::State& state, const wire::FractalParameter& parameter,
                           const LanesTarget& target) {
    const Plane plane = Plane::of(parameter);
    std::vector<std::uint64_t> counts(plane.points());
    constexpr std::uint32_t plainOnes = 16; // rows or so, evenly spread
    std::vector<double> ratios;
    for (auto _ : state) {
        bool equal = true;
        const double seconds = secondsOf([&] {
            for (std::uint64_t first = 0; first < counts.size(); first += batch) {
                computeSmoothCounts(plane, first,
                                    std::span{counts}.subspan(first, std::min(batch, counts.size() - first)), target);
            }
        });
        const double plain = secondsOf([&] {
            for (std::uint32_t row = 0; row < plainOnes; ++row) {
                const std::uint32_t y = row * (plane.height / plainOnes);
                for (std::uint32_t x = 0; x < plane.width; ++x) {
                    equal = equal && referenceSmoothCount(plane, x, y) == counts[std::size_t{y} * plane.width + x];
                }
            }
        });
        if (!equal) {
            state.SkipWithError("counts differ from those of the loop that takes one pixel at a time");
            return;
        }
        ratios.push_back(plain * (double(plane.height) / plainOnes) / seconds);
        state.SetIterationTime(seconds);
    }
    std::uint64_t iterations = 0;
    for (const std::uint64_t count : counts) {
        iterations += count >> 32U;
    }
    std::ranges::sort(ratios);
    state.counters["ratio"] = ratios[ratios.size() / 2];
    state.counters["low"] = ratios[ratios.size() / 4];
    state.counters["Mpx/s"] =
        benchmark::Counter(double(counts.size()) * 1e-6, benchmark::Counter::kIsIterationInvariantRate);
    state.counters["Giter/s"] =
        benchmark::Counter(double(iterations) * 1e-9, benchmark::Counter::kIsIterationInvariantRate);
}

const bool registered = [] {
    for (const View& view : views) {
        for (const LanesTarget& target : kernelTargets()) {
            benchmark::RegisterBenchmark(
                fmt::format("{}/{}", view.name, toText(target)).c_str(),
                [&view, &target](benchmark::State& state) { againstThePlainLoop(state, view, target); })
                ->UseManualTime()
                ->Unit(benchmark::kMillisecond)
                ->Iterations(9);
        }
    }
    for (const auto& [name, parameter] : {std::pair{"smooth", smoothView()}, {"smooth, deep", deepView()}}) {
        for (const LanesTarget& target : kernelTargets()) {
            benchmark::RegisterBenchmark(fmt::format("{}/{}", name, toText(target)).c_str(),
                                         [parameter = parameter, &target](benchmark::State& state) {
                                             smoothAgainstOneByOne(state, parameter, target);
                                         })
                ->UseManualTime()
                ->Unit(benchmark::kMillisecond)
                ->Iterations(5);
        }
    }
    return true;
}();

} // namespace
