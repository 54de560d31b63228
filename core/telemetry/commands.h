// SPDX-License-Identifier: GPL-3.0-or-later
// What a component can be told through its socket: one line of JSON each, answered with one line. Whoever may connect
// may command, and that is the user whose process it is.
// Next door: observer_server.h, which carries the lines; core/node/component_socket.h, who obeys.
#pragma once

#include "core/base/address.h"
#include "core/base/time.h"
#include "core/telemetry/event_words.h"

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kolam::telemetry {

/// Take no more users, go when the last one has gone. {"command":"drain","version":1}
struct DrainCommand {
    friend bool operator==(const DrainCommand&, const DrainCommand&) = default;
};
/// End all sessions; their users fail over, perhaps to this same element. {"command":"close_sessions","version":1}
struct CloseSessionsCommand {
    friend bool operator==(const CloseSessionsCommand&, const CloseSessionsCommand&) = default;
};
/// Leave the pool and take no more users, but go on running; or go into the pool again.
/// {"command":"maintenance","version":1,"on":true}
struct MaintenanceCommand {
    bool on = true;
    friend bool operator==(const MaintenanceCommand&, const MaintenanceCommand&) = default;
};
/// End as after SIGTERM. {"command":"stop","version":1}
struct StopCommand {
    friend bool operator==(const StopCommand&, const StopCommand&) = default;
};
/// Make the network to these peers worse: loss, delay or partition.
/// {"command":"fault","version":1,"kind":"loss","probability":0.2,"peers":["127.0.0.1:3863"],"lasts_ns":5000000000}
struct FaultCommand {
    FaultKind kind = FaultKind::Partition;
    std::vector<TransportAddress> peers; // none: all; port 0: every port
    double probability = 0;              // of loss, each way
    Duration delay{};                    // each way
    Duration lasts{};                    // 0: until it is healed
    friend bool operator==(const FaultCommand&, const FaultCommand&) = default;
};
/// {"command":"heal","version":1,"fault":3}, or all faults without a number.
struct HealCommand {
    std::optional<std::uint64_t> fault;
    friend bool operator==(const HealCommand&, const HealCommand&) = default;
};
using Command =
    std::variant<DrainCommand, MaintenanceCommand, CloseSessionsCommand, StopCommand, FaultCommand, HealCommand>;

[[nodiscard]] std::string toLine(const Command& command);
/// Nothing: the line is no command. The error is a sentence.
[[nodiscard]] std::optional<std::expected<Command, std::string>> readCommand(std::string_view line);

/// What was done; the number of a fault that has begun, for HealCommand.
struct CommandDone {
    std::optional<std::uint64_t> fault;
    friend bool operator==(const CommandDone&, const CommandDone&) = default;
};
[[nodiscard]] std::string toLine(const CommandDone& done);
/// The error is a sentence: what the component has said instead.
[[nodiscard]] std::expected<CommandDone, std::string> readCommandDone(std::string_view line);

} // namespace kolam::telemetry
