// SPDX-License-Identifier: GPL-3.0-or-later
// The enumerations of events and their words, each in one table: JSON, windows and tests read the same ones.
// Next door: events.h, which uses them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace kolam::telemetry {

/// How much a viewer wants to hear; each level has all of those before it.
enum class Level : std::uint8_t { State, Messages, Payload };
constexpr std::array<std::string_view, 3> wordsOf(Level) {
    return {"state", "messages", "payload"};
}

/// What a component says of itself.
enum class ComponentState : std::uint8_t {
    Starting,
    Looking,     // an element or user without a registrar; a registrar without a mentor
    Registering, // an element that has asked
    Rejected,    // an element that the registrar does not want
    Serving,
    Draining, // serves those that are there, and nobody else
    Leaving,
};
constexpr std::array<std::string_view, 7> wordsOf(ComponentState) {
    return {"starting", "looking", "registering", "rejected", "serving", "draining", "leaving"};
}

/// The detail of the state of an element that drains, and will serve again when it is told to.
inline constexpr std::string_view maintenanceDetail = "maintenance";

/// How a component went that said nothing, as seen by whoever watched it.
enum class DownKind : std::uint8_t {
    StreamEnded, // its process has closed the stream without a farewell: it has crashed or was killed
    Silent,      // no sign of life for too long: frozen; by reports alone: frozen, crashed or cut off
};
constexpr std::array<std::string_view, 2> wordsOf(DownKind) {
    return {"stream_ended", "silent"};
}

enum class Removal : std::uint8_t {
    Deregistered,
    AssociationLost,
    KeepAliveTimeout,
    Unreachable, // reported by users, and it did not answer
    LifeExpired,
    OwnerSaysSo, // its registrar, another one, has removed it
};
constexpr std::array<std::string_view, 6> wordsOf(Removal) {
    return {"deregistered", "association_lost", "keep_alive_timeout", "unreachable", "life_expired", "owner_says_so"};
}

enum class FailoverReason : std::uint8_t {
    AssociationLost,
    PeerShutdown,
    KeepAliveTimeout,
    ConnectFailed,
    Application, // which asked for it
};
constexpr std::array<std::string_view, 5> wordsOf(FailoverReason) {
    return {"association_lost", "peer_shutdown", "keep_alive_timeout", "connect_failed", "application"};
}

enum class SelectionSource : std::uint8_t { Registrar, Memory }; // Memory: what the user has heard before
constexpr std::array<std::string_view, 2> wordsOf(SelectionSource) {
    return {"registrar", "memory"};
}

enum class FaultKind : std::uint8_t { Loss, Delay, Partition, Freeze, Crash, Stop, Slow, Overload };
constexpr std::array<std::string_view, 8> wordsOf(FaultKind) {
    return {"loss", "delay", "partition", "freeze", "crash", "stop", "slow", "overload"};
}

enum class Direction : std::uint8_t { Sent, Received };
constexpr std::array<std::string_view, 2> wordsOf(Direction) {
    return {"sent", "received"};
}

enum class Severity : std::uint8_t { Debug, Info, Warning, Error };
constexpr std::array<std::string_view, 4> wordsOf(Severity) {
    return {"debug", "info", "warning", "error"};
}

template <typename Enum>
concept HasWords = requires(Enum value) { wordsOf(value).size(); };

/// "?" for a number that is none of the enumeration's.
template <HasWords Enum>
[[nodiscard]] constexpr std::string_view toText(Enum value) {
    constexpr auto words = wordsOf(Enum{});
    const auto at = static_cast<std::size_t>(value);
    return at < words.size() ? words[at] : "?";
}
template <HasWords Enum>
[[nodiscard]] constexpr std::optional<Enum> readWord(std::string_view text) {
    constexpr auto words = wordsOf(Enum{});
    for (std::size_t at = 0; at < words.size(); ++at) {
        if (words[at] == text) {
            return static_cast<Enum>(at);
        }
    }
    return std::nullopt;
}

} // namespace kolam::telemetry
