// SPDX-License-Identifier: GPL-3.0-or-later
// What a registrar knows at one moment, as values, and as the lines of JSON in which it tells a viewer:
//   {"kolam":"registrar","version":1,"id":"0x00000001","pid":42,...,"peers":[...]}
//   {"pool":"EchoPool","elements":[...]}        any number of lines, a large pool in several
//   {"end":true,"elements":3}                   without this line, something is missing
// Whoever reads must ignore keys that he does not know. Next door: observer_server.h, which carries the lines.
#pragma once

#include "core/base/time.h"
#include "core/wire/enrp.h"

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kolam::telemetry {

/// The version of the lines; a reader of another one cannot read them.
inline constexpr int snapshotVersion = 1;
/// What a viewer asks: everything, or the first line and the last one.
enum class Detail : std::uint8_t { Everything, Summary };
[[nodiscard]] std::string snapshotQuery(Detail detail);
/// The error is the end of a sentence.
[[nodiscard]] std::expected<Detail, std::string> readSnapshotQuery(std::string_view line);

struct RegistrarPeer {
    struct Contact {
        std::string state;       // "active", "probing", ...
        bool extensions = false; // announces ours: a registrar of this implementation
        bool connected = false;
        bool inSync = false;  // at its last presence its elements were known as they are
        Duration silentFor{}; // since it was heard last
        friend bool operator==(const Contact&, const Contact&) = default;
    };
    ServerId id;
    TransportAddress address;       // of its ENRP endpoint; no ips: unknown
    std::optional<Contact> contact; // nothing: all that is known is that it is a peer
    std::size_t elements = 0;       // that it owns
    friend bool operator==(const RegistrarPeer&, const RegistrarPeer&) = default;
};

struct RegistrarSummary {
    ServerId id;
    std::uint32_t pid = 0; // 0: not of this host
    std::optional<TransportAddress> asap;
    std::optional<TransportAddress> enrp; // nothing: alone
    bool serving = false;
    std::size_t elements = 0;
    std::size_t pools = 0;
    std::size_t ownElements = 0;
    std::vector<RegistrarPeer> peers;
    friend bool operator==(const RegistrarSummary&, const RegistrarSummary&) = default;
};

struct RegistrarSnapshot {
    RegistrarSummary summary;
    std::vector<wire::PoolEntry> pools; // each once, with its elements in the order of their identifiers
    friend bool operator==(const RegistrarSnapshot&, const RegistrarSnapshot&) = default;
};

[[nodiscard]] std::string summaryLine(const RegistrarSummary& summary);
[[nodiscard]] std::string poolLine(const wire::PoolEntry& part);
[[nodiscard]] std::string endLine(std::size_t elements);
/// Joins the lines again. The error is a sentence: what the component has said instead, or what is wrong.
[[nodiscard]] std::expected<RegistrarSnapshot, std::string> readSnapshot(std::string_view lines);

/// One JSON document, for programs: the first line's keys, and "pools" with the pool lines.
[[nodiscard]] std::string toJson(const RegistrarSnapshot& snapshot);
/// {"version":1,"registrars":[...]}: the first lines of several.
[[nodiscard]] std::string toJson(const std::vector<RegistrarSummary>& summaries);

/// "SCTP", "UDP", ...
[[nodiscard]] std::string_view toText(wire::TransportProtocol protocol);

} // namespace kolam::telemetry
