// SPDX-License-Identifier: GPL-3.0-or-later
// `kolam record`: what all components of a scope tell, and what others report by CSP, into one recording.
// Next door: replay.cpp, which prints it; core/telemetry/recording_writer.h.
#include "core/base/counted.h"
#include "core/dispatch/epoll_dispatcher.h"
#include "core/telemetry/csp_source.h"
#include "core/telemetry/event_source.h"
#include "core/telemetry/observer_folder.h"
#include "core/telemetry/recording_writer.h"
#include "demos/cli/commands.h"
#include "demos/cli/option_reading.h"
#include "programs/common/component_options.h"
#include "programs/common/signals.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <memory>

namespace kolam::cli {

namespace {

using namespace std::chrono_literals;

struct RecordOptions {
    std::string name;
    std::string scope{telemetry::defaultScope};
    telemetry::Level level = telemetry::Level::Payload;
    std::optional<TransportAddress> csp;
    Duration time{}; // 0: until it is asked to end
};

int record(const RecordOptions& options) {
    EpollDispatcher dispatcher;
    const std::filesystem::path path = telemetry::recordingPath(options.name);
    auto writer = telemetry::RecordingWriter::open(path);
    if (!writer) {
        return complain("record", writer.error());
    }
    telemetry::EventSource events{dispatcher,
                                  {.folder = telemetry::observerFolder(options.scope), .level = options.level},
                                  [&](const telemetry::Event& event) { (*writer)->write(event); }};
    std::unique_ptr<telemetry::CspSource> reports;
    if (options.csp) {
        auto opened = telemetry::CspSource::open(
            dispatcher, {.local = *options.csp, .limits = {}},
            [&](const telemetry::Event& event, OctetView datagram) { (*writer)->write(event, datagram); });
        if (!opened) {
            return complain("record", opened.error());
        }
        reports = std::move(*opened);
    }
    bool good = true;
    const std::uint64_t flush = dispatcher.addFlush([&] {
        good = good && (*writer)->flush();
        if (!good) {
            dispatcher.stop();
        }
    });
    const programs::SignalWatch signals{dispatcher, [&](int) { dispatcher.stop(); }};
    if (options.time > Duration{}) {
        dispatcher.callIn(options.time, [&] { dispatcher.stop(); });
    }
    fmt::print(stderr, "kolam record: records into {} until it is interrupted\n", path.string());
    dispatcher.run();
    dispatcher.removeFlush(flush);
    if (!good) {
        return complain("record", (*writer)->trouble());
    }
    const std::uint64_t dropped = events.counters().dropped + (reports ? reports->counters().dropped : 0);
    fmt::print(stderr, "kolam record: {} in {}; {} dropped\n", counted((*writer)->events(), "event"), path.string(),
               dropped);
    return 0;
}

} // namespace

void addRecord(CLI::App& kolam, Run& run) {
    auto options = std::make_shared<RecordOptions>();
    CLI::App* const command =
        kolam.add_subcommand("record", "Record what happens in pools of this host, for kolam replay and Wireshark");
    const auto read = [command](const char* name, const char* help, auto store) {
        command
            ->add_option_function<std::string>(
                name,
                [store, name](const std::string& text) {
                    if (const std::string error = store(text); !error.empty()) {
                        throw CLI::ValidationError(name, error);
                    }
                },
                help)
            ->type_name("TEXT");
    };
    command->add_option("NAME", options->name, "Into NAME.kolam.pcapng; one that is there already goes on")->required();
    read("--scope", "Of the components (default)", [options](const std::string& text) {
        auto scope = programs::readScope(text);
        options->scope = scope.value_or(std::string{});
        return scope ? std::string{} : scope.error();
    });
    read("--level", "How much: state, messages or payload (payload)", [options](const std::string& text) {
        const auto level = telemetry::readWord<telemetry::Level>(text);
        options->level = level.value_or(telemetry::Level::State);
        return level ? std::string{} : std::string{"must be state, messages or payload"};
    });
    read("--csp", "Hear reports of CSP, too, at ADDRESS:PORT, usually 127.0.0.1:2960",
         [options](const std::string& text) {
             auto address = programs::readCspServer(text);
             if (!address) {
                 return address.error();
             }
             options->csp = std::move(*address);
             return std::string{};
         });
    read("--for", "End after this time, as 30s or 5min", [options](const std::string& text) {
        const auto time = programs::readDuration(text, 10ms, 24h * 365);
        options->time = time.value_or(Duration{});
        return time ? std::string{} : time.error();
    });
    command->callback([options, &run] { run = [options] { return record(*options); }; });
}

} // namespace kolam::cli
