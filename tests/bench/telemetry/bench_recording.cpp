// SPDX-License-Identifier: GPL-3.0-or-later
// Recordings of a million events, or as many as --events=N says: how fast they are written, indexed, and how long a
// jump to any moment takes.
#include "core/telemetry/recording_reader.h"
#include "core/telemetry/recording_store.h"
#include "core/telemetry/recording_writer.h"

#include "core/base/random.h"
#include <algorithm>
#include <array>
#include <benchmark/benchmark.h>
#include <chrono>
#include <cstdlib>
#include <fmt/format.h>
#include <unistd.h>

namespace {

using namespace kolam;
using namespace kolam::telemetry;

constexpr std::uint64_t millisecond = 1'000'000; // in nanoseconds

/// A pool of a hundred elements and users, a thousand events a second.
Event eventOf(std::uint64_t number, Random& random) {
    const PeIdentifier element{1 + static_cast<std::uint32_t>(random.below(100))};
    Event event{.number = number,
                .component = componentId(element),
                .wall = WallTime{static_cast<std::int64_t>(1'795'886'682'000'000'000 + number * millisecond)},
                .monotonic = TimePoint{Duration{static_cast<std::int64_t>(number * millisecond)}}};
    switch (random.below(4)) {
    case 0: event.body = LoadChanged{.load = random.unit(), .sessions = random.below(10)}; break;
    case 1: event.body = SessionAccepted{.session = random.below(10), .user = {}}; break;
    case 2: event.body = SessionEnded{.session = random.below(10)}; break;
    default: event.body = LogLine{Severity::Info, "session 7 goes on at 0x0a000001 after 12 ms"}; break;
    }
    return event;
}

std::filesystem::path recordingOf(std::uint64_t events) {
    const std::filesystem::path path = std::filesystem::temp_directory_path() /
                                       fmt::format("kolam-bench-{}-{}{}", ::getpid(), events, recordingSuffix);
    static std::vector<std::filesystem::path> made;
    if (std::filesystem::exists(path)) {
        return path;
    }
    if (made.empty()) {
        std::atexit([] {
            for (const auto& file : made) {
                std::filesystem::remove(file);
                std::filesystem::remove(indexPath(file));
            }
        });
    }
    made.push_back(path);
    Random random{1};
    const auto writer = std::move(*RecordingWriter::open(path));
    for (std::uint64_t number = 0; number < events; ++number) {
        writer->write(eventOf(number, random));
    }
    return path;
}

void writeEvents(benchmark::State& state) {
    const auto path =
        std::filesystem::temp_directory_path() / fmt::format("kolam-bench-{}-written{}", ::getpid(), recordingSuffix);
    Random random{1};
    std::uint64_t number = 0;
    {
        const auto writer = std::move(*RecordingWriter::open(path));
        for (auto _ : state) {
            writer->write(eventOf(number++, random));
        }
    }
    state.SetItemsProcessed(state.iterations());
    std::filesystem::remove(path);
    std::filesystem::remove(indexPath(path));
}
BENCHMARK(writeEvents);

/// To an arbitrary moment, with all that holds then.
void seekAnywhere(benchmark::State& state) {
    const auto events = static_cast<std::uint64_t>(state.range(0));
    const auto reader = std::move(*RecordingReader::open(recordingOf(events)));
    Random random{2};
    std::size_t told = 0;
    double longest = 0; // milliseconds
    for (auto _ : state) {
        const auto begun = std::chrono::steady_clock::now();
        const std::uint64_t at = random.below(events) * millisecond;
        told += reader->seek(WallTime{reader->index().first.value + static_cast<std::int64_t>(at)}).size();
        longest = std::max(longest,
                           std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count());
    }
    state.counters["longest ms"] = longest;
    state.counters["events read"] = benchmark::Counter(static_cast<double>(told), benchmark::Counter::kAvgIterations);
}

void makeIndexAgain(benchmark::State& state) {
    const auto path = recordingOf(static_cast<std::uint64_t>(state.range(0)));
    for (auto _ : state) {
        benchmark::DoNotOptimize(makeIndex(path));
    }
}

// ---- A history that stays ------------------------------------------------------------------------------------------

/// A million events in as many recordings as they need.
RecordingStore& storeOfAMillion() {
    static const std::filesystem::path folder =
        std::filesystem::temp_directory_path() / fmt::format("kolam-bench-{}-store", ::getpid());
    static const std::unique_ptr<RecordingStore> store = [] {
        std::atexit([] { std::filesystem::remove_all(folder); });
        auto made = std::move(*RecordingStore::open(folder));
        Random random{1};
        for (std::uint64_t number = 0; number < 1'000'000; ++number) {
            made->write(eventOf(number, random));
        }
        return made;
    }();
    return *store;
}

/// The last thousand events that fit, read from the disk: by object, by kind, by a minute, and by all three.
void findInStore(benchmark::State& state) {
    RecordingStore& store = storeOfAMillion();
    const std::int64_t first = eventOf(0, *std::make_unique<Random>(1)).wall.value;
    Random random{3};
    std::uint64_t all = 0;
    for (auto _ : state) {
        EventQuery query;
        const auto wanted = state.range(0);
        if (wanted == 0 || wanted == 3) {
            query.object = componentId(PeIdentifier{1 + static_cast<std::uint32_t>(random.below(100))});
        }
        if (wanted == 1 || wanted == 3) {
            query.kind = EventBody{LoadChanged{}}.index();
        }
        if (wanted >= 2) {
            const auto at = static_cast<std::int64_t>(random.below(900'000) * millisecond);
            query.from = WallTime{first + at};
            query.to = WallTime{first + at + 60'000'000'000};
        }
        all += store.find(query).all;
    }
    static constexpr std::array names{"by object", "by kind", "by a minute", "by all three"};
    state.SetLabel(names[static_cast<std::size_t>(state.range(0))]);
    state.counters["found"] = benchmark::Counter(static_cast<double>(all), benchmark::Counter::kAvgIterations);
}
BENCHMARK(findInStore)->DenseRange(0, 3)->Unit(benchmark::kMillisecond);

} // namespace

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv); // takes its own arguments away
    constexpr std::string_view ours = "--events=";
    std::int64_t events = 1'000'000;
    for (int at = 1; at < argc; ++at) {
        const std::string_view argument = argv[at];
        if (!argument.starts_with(ours) || (events = std::atoll(argv[at] + ours.size())) < 1) {
            fmt::print(stderr, "bench_recording: \"{}\" is not --events=N\n", argument);
            return 2;
        }
    }
    benchmark::RegisterBenchmark("seekAnywhere", seekAnywhere)->Arg(events)->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark("makeIndexAgain", makeIndexAgain)->Arg(events)->Unit(benchmark::kMillisecond);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
