// SPDX-License-Identifier: GPL-3.0-or-later
// `kolam dump`: what registrars know, their peers and their handlespace, as tables or as JSON. On this host it asks
// their local sockets, which nobody else notices; elsewhere it asks as a peer. Next door: core/node/enrp_inquiry.h, the
// latter.
#include "core/dispatch/epoll_dispatcher.h"
#include "core/node/enrp_inquiry.h"
#include "core/telemetry/observer_client.h"
#include "core/telemetry/observer_folder.h"
#include "core/telemetry/registrar_snapshot.h"
#include "core/wire/enrp.h"
#include "demos/cli/commands.h"
#include "demos/cli/option_reading.h"
#include "demos/cli/snapshot_table.h"
#include "programs/common/transport_choice.h"
#include "programs/common/values.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <memory>

namespace kolam::cli {

namespace {

using namespace std::chrono_literals;
using telemetry::Detail;
using telemetry::RegistrarSnapshot;

struct DumpOptions {
    std::string target; // identifier or socket; empty: list who is there
    std::string scope{telemetry::defaultScope};
    std::optional<TransportAddress> enrp;
    programs::TransportChoice transport = programs::TransportChoice::Auto;
    Duration timeout = 5s;
    bool json = false;
};

void print(const RegistrarSnapshot& snapshot, bool json) {
    fmt::print("{}", json ? telemetry::toJson(snapshot) + "\n" : toTable(snapshot));
}

std::expected<RegistrarSnapshot, telemetry::ObserverError> ask(const std::filesystem::path& socket, Detail detail,
                                                               Duration timeout) {
    const auto answer = telemetry::askObserver(socket, telemetry::snapshotQuery(detail), timeout);
    if (!answer) {
        return std::unexpected(answer.error());
    }
    auto snapshot = telemetry::readSnapshot(*answer);
    if (!snapshot) {
        return std::unexpected(
            telemetry::ObserverError{false, fmt::format("{}: {}", socket.string(), snapshot.error())});
    }
    return std::move(*snapshot);
}

struct Found {
    std::filesystem::path socket;
    telemetry::RegistrarSummary summary;
};

/// Who answers in the scope; who is there and does not is told on standard error. Sockets of the dead are nobody.
std::vector<Found> findRegistrars(const DumpOptions& options, std::size_t& silent) {
    std::vector<Found> found;
    for (const auto& socket : telemetry::observerSockets(telemetry::observerFolder(options.scope))) {
        if (!socket.filename().string().starts_with("registrar-")) {
            continue;
        }
        auto answer = ask(socket, Detail::Summary, options.timeout);
        if (answer) {
            found.push_back({socket, std::move(answer->summary)});
        } else if (!answer.error().nobodyThere) {
            ++silent;
            complain("dump", answer.error().sentence);
        }
    }
    return found;
}

int list(const DumpOptions& options) {
    std::size_t silent = 0;
    std::vector<telemetry::RegistrarSummary> summaries;
    for (Found& found : findRegistrars(options, silent)) {
        summaries.push_back(std::move(found.summary));
    }
    if (options.json) {
        fmt::print("{}\n", telemetry::toJson(summaries));
    } else if (!summaries.empty()) {
        fmt::print("{}", toTable(summaries));
    }
    if (summaries.empty() && silent == 0) {
        return complain("dump", fmt::format("no registrar of this user runs on this host in scope {} ({})",
                                            options.scope, telemetry::observerFolder(options.scope).string()));
    }
    return silent == 0 ? 0 : cannotRun;
}

int dumpSocket(const std::filesystem::path& socket, const DumpOptions& options) {
    const auto snapshot = ask(socket, Detail::Everything, options.timeout);
    if (!snapshot) {
        return complain("dump", snapshot.error().sentence);
    }
    print(*snapshot, options.json);
    return 0;
}

int dumpId(ServerId id, const DumpOptions& options) {
    // The socket has this name, unless two have had the same identifier, or one has another by now.
    const std::filesystem::path usual =
        telemetry::observerFolder(options.scope) / fmt::format("registrar-{}.sock", toText(id));
    if (const auto summary = ask(usual, Detail::Summary, options.timeout);
        summary ? summary->summary.id == id : !summary.error().nobodyThere) {
        return dumpSocket(usual, options);
    }
    std::size_t silent = 0;
    for (const Found& found : findRegistrars(options, silent)) {
        if (found.summary.id == id) {
            return dumpSocket(found.socket, options);
        }
    }
    return complain(
        "dump", fmt::format("no registrar {} of this user runs on this host in scope {}", toText(id), options.scope));
}

int dumpByEnrp(const DumpOptions& options) {
    EpollDispatcher dispatcher;
    auto transport = programs::openTransport(options.transport, dispatcher);
    if (!transport) {
        return complain("dump", transport.error());
    }
    fmt::print(stderr,
               "kolam dump: asks {} by ENRP: registrars see this program as a peer until they notice that it "
               "is gone (rsplib's: some 10 s)\n",
               toText(*options.enrp));
    EnrpInquiry::Answer answer;
    const EnrpInquiry inquiry{dispatcher, **transport, {*options.enrp, options.timeout, {}}, [&](auto answered) {
                                  answer = std::move(answered);
                                  dispatcher.stop();
                              }};
    dispatcher.run();
    if (!answer) {
        return complain("dump", answer.error().sentence);
    }
    print(*answer, options.json);
    return 0;
}

int dump(const DumpOptions& options) {
    if (options.enrp) {
        return dumpByEnrp(options);
    }
    if (options.target.empty()) {
        return list(options);
    }
    if (options.target.find('/') != std::string::npos) {
        return dumpSocket(options.target, options);
    }
    if (const auto id = programs::readNumber(options.target, 1, 0xffffffff)) {
        return dumpId(ServerId{static_cast<std::uint32_t>(*id)}, options);
    }
    return complain("dump", fmt::format("\"{}\" is neither an identifier such as 0x0000002a nor the path of a socket",
                                        options.target));
}

} // namespace

void addDump(CLI::App& kolam, Run& run) {
    CLI::App* const command = kolam.add_subcommand("dump", "Show what registrars know: their peers and handlespace");
    auto options = std::make_shared<DumpOptions>();
    auto* const target = command->add_option(
        "registrar", options->target,
        "Identifier or socket of a registrar on this host; without it, those of this user are listed");
    addRead(*command, "--scope", "Where registrars on this host are looked for (default)", options->scope,
            programs::readScope);
    addRead<TransportAddress>(*command, "--enrp", "Ask any registrar (ADDRESS:PORT), rsplib's too, as if this were one",
                              options->enrp, programs::readAddress, wire::enrpPort)
        ->excludes(target);
    addRead(*command, "--transport", "SCTP for --enrp: kernel, user or auto (auto)", options->transport,
            programs::readTransportChoice);
    addRead<Duration, Duration, Duration, Duration>(*command, "--timeout", "Patience with a silent registrar (5s)",
                                                    options->timeout, programs::readDuration, 10ms, 1h);
    command->add_flag("--json", options->json, "JSON, for programs");
    command->callback([options, &run] { run = [options] { return dump(*options); }; });
}

} // namespace kolam::cli
