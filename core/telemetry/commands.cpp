// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/telemetry/commands.h"

#include "core/base/strong.h"
#include "core/telemetry/event_fields.h"

#include <fmt/format.h>

namespace kolam::telemetry {

using fields::dump;
using fields::Json;

namespace {

constexpr int version = 1;

Json command(const char* what) {
    return {{"command", what}, {"version", version}};
}

std::expected<Command, std::string> readFault(const Json& object) {
    FaultCommand fault;
    fields::Reader read{object};
    if (!object.contains("kind")) {
        return std::unexpected("a fault needs its kind");
    }
    read("kind", fault.kind);
    read("peers", fault.peers);
    read("probability", fault.probability);
    read("delay_ns", fault.delay);
    read("lasts_ns", fault.lasts);
    if (fault.kind != FaultKind::Loss && fault.kind != FaultKind::Delay && fault.kind != FaultKind::Partition) {
        return std::unexpected("a component can do loss, delay and partition itself; other faults are done to it");
    }
    if (fault.kind == FaultKind::Loss && !(fault.probability > 0 && fault.probability <= 1)) {
        return std::unexpected("the probability of loss is over 0 and at most 1");
    }
    if (fault.kind == FaultKind::Delay && (fault.delay <= Duration{} || fault.delay > std::chrono::minutes{1})) {
        return std::unexpected("a delay is over 0 and at most a minute");
    }
    if (fault.lasts < Duration{}) {
        return std::unexpected("a fault lasts for some time, or until it is healed");
    }
    return fault;
}

std::expected<Command, std::string> readKnown(const std::string& what, const Json& object) {
    if (what == "drain") {
        return DrainCommand{};
    }
    if (what == "maintenance") {
        return MaintenanceCommand{object.value("on", true)};
    }
    if (what == "close_sessions") {
        return CloseSessionsCommand{};
    }
    if (what == "stop") {
        return StopCommand{};
    }
    if (what == "fault") {
        return readFault(object);
    }
    if (what == "heal") {
        HealCommand heal;
        if (object.contains("fault")) {
            fields::Reader::read(object.at("fault"), heal.fault.emplace());
        }
        return heal;
    }
    return std::unexpected("the commands are drain, maintenance, close_sessions, stop, fault and heal");
}

} // namespace

std::string toLine(const Command& what) {
    return std::visit(Overloaded{[](const DrainCommand&) { return dump(command("drain")); },
                                 [](const MaintenanceCommand& maintenance) {
                                     Json line = command("maintenance");
                                     line["on"] = maintenance.on;
                                     return dump(line);
                                 },
                                 [](const CloseSessionsCommand&) { return dump(command("close_sessions")); },
                                 [](const StopCommand&) { return dump(command("stop")); },
                                 [](const FaultCommand& fault) {
                                     Json line = command("fault");
                                     fields::Writer write{line};
                                     write("kind", fault.kind);
                                     write("peers", fault.peers);
                                     write("probability", fault.probability);
                                     write("delay_ns", fault.delay);
                                     write("lasts_ns", fault.lasts);
                                     return dump(line);
                                 },
                                 [](const HealCommand& heal) {
                                     Json line = command("heal");
                                     if (heal.fault) {
                                         line["fault"] = *heal.fault;
                                     }
                                     return dump(line);
                                 }},
                      what);
}

std::optional<std::expected<Command, std::string>> readCommand(std::string_view line) {
    const Json object = Json::parse(line, nullptr, false);
    if (!object.is_object() || !object.contains("command")) {
        return std::nullopt;
    }
    if (object.value("version", Json{}) != version) {
        return std::unexpected(fmt::format("commands are of version {} here", version));
    }
    try {
        return readKnown(object.at("command").get<std::string>(), object);
    } catch (const Json::exception&) {
        return std::unexpected("a command has a key of the wrong type");
    } catch (const fields::Unreadable& unreadable) {
        return std::unexpected("a command has " + unreadable.what);
    }
}

std::string toLine(const CommandDone& done) {
    Json line{{"done", true}};
    if (done.fault) {
        line["fault"] = *done.fault;
    }
    return dump(line);
}

std::expected<CommandDone, std::string> readCommandDone(std::string_view line) {
    const Json object = Json::parse(line.substr(0, line.find('\n')), nullptr, false);
    if (object.is_object() && object.contains("error") && object.at("error").is_string()) {
        return std::unexpected(object.at("error").get<std::string>());
    }
    if (!object.is_object() || object.value("done", Json{}) != true) {
        return std::unexpected("the answer cannot be read");
    }
    CommandDone done;
    if (object.contains("fault") && object.at("fault").is_number_unsigned()) {
        done.fault = object.at("fault").get<std::uint64_t>();
    }
    return done;
}

} // namespace kolam::telemetry
