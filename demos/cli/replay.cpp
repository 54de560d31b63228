// SPDX-License-Identifier: GPL-3.0-or-later
// `kolam replay`: a recording as text or as JSON: all of it, a part of it, or how things were at one moment.
// Next door: record.cpp, which makes it; core/telemetry/recording_reader.h; recording_moment.h.
#include "core/base/counted.h"
#include "core/telemetry/recording_reader.h"
#include "core/telemetry/standing_events.h"
#include "demos/cli/commands.h"
#include "demos/cli/option_reading.h"
#include "demos/cli/recording_moment.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fmt/format.h>
#include <memory>

namespace kolam::cli {

namespace {

using telemetry::Event;
using telemetry::WallTime;

struct ReplayOptions {
    std::string file;
    bool json = false;
    std::string at;
    std::string from;
    std::string to;
};

/// False: nobody reads any more.
bool print(const Event& event, bool json) {
    const std::string line = (json ? telemetry::toJson(event) : telemetry::toText(event)) + "\n";
    return std::fwrite(line.data(), 1, line.size(), stdout) == line.size();
}

int printState(telemetry::RecordingReader& reader, WallTime moment, bool json) {
    telemetry::StandingEvents standing;
    for (const Event& event : reader.seek(moment)) {
        standing.take(event);
    }
    for (const Event& event : standing.all(moment, {})) {
        if (!print(event, json)) {
            return cannotRun;
        }
    }
    return 0;
}

int printPart(telemetry::RecordingReader& reader, std::optional<WallTime> from, std::optional<WallTime> to, bool json) {
    if (from) {
        (void)reader.seek(WallTime{from->value - 1});
    }
    while (const auto event = reader.next()) {
        if (to && event->wall > *to) {
            break;
        }
        if (!print(*event, json)) {
            return cannotRun;
        }
    }
    if (reader.torn()) {
        fmt::print(stderr, "kolam replay: the recording ends in the middle of a block; what was in it is lost\n");
    }
    const auto& counters = reader.counters();
    if (counters.unknown + counters.unreadable > 0) {
        fmt::print(stderr, "kolam replay: {} of a later version, {} that cannot be read\n",
                   counted(counters.unknown, "event"), counters.unreadable);
    }
    return 0;
}

int replay(const ReplayOptions& options) {
    const auto reader = telemetry::RecordingReader::open(options.file);
    if (!reader) {
        fmt::print(stderr, "kolam replay: {}\n", reader.error());
        return cannotRun;
    }
    std::optional<WallTime> at;
    std::optional<WallTime> from;
    std::optional<WallTime> to;
    for (const auto& [name, text, moment] :
         {std::tuple{"--at", &options.at, &at}, std::tuple{"--from", &options.from, &from},
          std::tuple{"--to", &options.to, &to}}) {
        if (text->empty()) {
            continue;
        }
        const auto read = readMoment(*text, (*reader)->index());
        if (!read) {
            fmt::print(stderr, "kolam replay: {} {}, not \"{}\"\n", name, read.error(), *text);
            return badOption;
        }
        *moment = *read;
    }
    return at ? printState(**reader, *at, options.json) : printPart(**reader, from, to, options.json);
}

} // namespace

void addReplay(CLI::App& kolam, Run& run) {
    auto options = std::make_shared<ReplayOptions>();
    CLI::App* const command = kolam.add_subcommand(
        "replay", "Print a recording. Moments are 12.5s since its beginning, 17:24:42.5, or a date and time (UTC)");
    command->add_option("FILE", options->file, "The recording")->required();
    command->add_flag("--json", options->json, "One event a line, for programs");
    CLI::Option* const at = command->add_option("--at", options->at, "How things were at this moment");
    command->add_option("--from", options->from, "From this moment on")->excludes(at);
    command->add_option("--to", options->to, "Up to this moment")->excludes(at);
    command->callback([options, &run] { run = [options] { return replay(*options); }; });
}

} // namespace kolam::cli
