// SPDX-License-Identifier: GPL-3.0-or-later
// One event with who says it and when, as JSON, as a line for people, and as a record of a stream.
// A stream is what a component answers to the query of streamQuery(): records, each four octets with its length and
// then so many octets of JSON. The first one is a StreamHello; then SnapshotBegan, how things are, SnapshotEnded, and
// from there on numbered events. Whoever reads must ignore keys and events that he does not know.
// Next door: events.h, what can be said; event_server.h and event_source.h, the two ends of a stream.
#pragma once

#include "core/telemetry/events.h"

#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace kolam::telemetry {

/// Nanoseconds since 1970, UTC: for people, and to put components of several hosts in order.
using WallTime = Strong<struct WallTimeTag, std::int64_t>;
/// "2026-11-28 17:24:42.123456789", UTC.
[[nodiscard]] std::string toText(WallTime time);

struct Event {
    std::uint64_t number = 0; // of its component's events, from 1 on; 0: told in a snapshot, or by who watches
    ComponentId component;
    WallTime wall;
    TimePoint monotonic{}; // of the component's host: in order, whatever happens to the wall clock
    StoryId story;         // what it is part of; 0: of nothing
    EventBody body;
    friend bool operator==(const Event&, const Event&) = default;
};

/// {"n":12,"component":"user-0x00000000000007","wall_ns":...,"mono_ns":...,"story":"0x...","event":"failover_began",
/// "session":7,...}. Text that is no UTF-8 is made so.
[[nodiscard]] std::string toJson(const Event& event);

struct EventError {
    bool unknown = false; // well said, but nothing that this version knows: ignore it
    std::string sentence;
};
[[nodiscard]] std::expected<Event, EventError> readEvent(std::string_view json);

/// "17:24:42.123456789 user-0x00000000000007 failover_began session=7 ...", UTC.
[[nodiscard]] std::string toText(const Event& event);
/// "failover_began session=7 ...".
[[nodiscard]] std::string toText(const EventBody& body);

// ---- Streams -------------------------------------------------------------------------------------------------------

inline constexpr int streamVersion = 1;
inline constexpr std::size_t longestRecord = 1024 * 1024; // octets

/// The line with which a viewer asks for the stream.
[[nodiscard]] std::string streamQuery(Level level);
/// Nothing: the line asks for something else. The error is the end of a sentence.
[[nodiscard]] std::optional<std::expected<Level, std::string>> readStreamQuery(std::string_view line);

struct StreamHello {
    ComponentId component;
    std::uint32_t pid = 0;
    Level level = Level::State;
    friend bool operator==(const StreamHello&, const StreamHello&) = default;
};
[[nodiscard]] std::string toJson(const StreamHello& hello);
/// The error is a sentence.
[[nodiscard]] std::expected<StreamHello, std::string> readHello(std::string_view json);

/// Appends a record to what will be sent.
void appendRecord(std::string& stream, std::string_view json);

/// Takes what arrives, in whatever pieces, and gives whole records.
class RecordReader {
public:
    void take(std::string_view arrived);
    /// Valid until the next call of anything; nothing: more must arrive first.
    [[nodiscard]] std::optional<std::string_view> next();
    /// A record says that it is longer than any: the stream cannot be read on.
    [[nodiscard]] bool broken() const { return m_broken; }

private:
    std::string m_arrived;
    std::size_t m_read = 0;
    bool m_broken = false;
};

} // namespace kolam::telemetry
