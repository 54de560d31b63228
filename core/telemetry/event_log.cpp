// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/telemetry/event_log.h"

#include "core/telemetry/event_fields.h"

#include <array>
#include <cassert>
#include <ctime>
#include <fmt/format.h>
#include <unordered_map>

namespace kolam::telemetry {

using fields::dump;
using fields::Json;

namespace {

constexpr std::int64_t second = 1'000'000'000; // in nanoseconds

std::tm calendar(WallTime time, std::int64_t& nanoseconds) {
    nanoseconds = time.value % second;
    std::int64_t seconds = time.value / second;
    if (nanoseconds < 0) {
        nanoseconds += second;
        --seconds;
    }
    const std::time_t when = seconds;
    std::tm parts{};
    ::gmtime_r(&when, &parts);
    return parts;
}

using Make = EventBody (*)(const Json&);

template <typename Body>
EventBody make(const Json& from) {
    Body body;
    Body::fields(body, fields::Reader{from});
    return body;
}

template <typename... Bodies>
std::unordered_map<std::string_view, Make> makersOf(const std::variant<Bodies...>*) {
    return {{Bodies::name, &make<Bodies>}...};
}

} // namespace

std::string toText(WallTime time) {
    std::int64_t nanoseconds = 0;
    const std::tm parts = calendar(time, nanoseconds);
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}.{:09}", parts.tm_year + 1900, parts.tm_mon + 1,
                       parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, nanoseconds);
}

std::string toJson(const Event& event) {
    std::string text{"{"};
    fields::Scribe write{text};
    write("n", event.number);
    write("component", event.component);
    write("wall_ns", event.wall.value);
    write("mono_ns", event.monotonic.time_since_epoch());
    if (event.story != StoryId{}) {
        write("story", toText(event.story));
    }
    std::visit(
        [&]<typename Body>(const Body& body) {
            write("event", std::string{Body::name});
            Body::fields(body, write);
        },
        event.body);
    return text + '}';
}

std::expected<Event, EventError> readEvent(std::string_view text) {
    static const auto makers = makersOf(static_cast<const EventBody*>(nullptr));
    const Json object = Json::parse(text, nullptr, false);
    if (!object.is_object()) {
        return std::unexpected(EventError{false, "an event is one object of JSON"});
    }
    try {
        const auto& name = object.at("event").get_ref<const std::string&>();
        const auto maker = makers.find(name);
        if (maker == makers.end()) {
            return std::unexpected(EventError{true, fmt::format("\"{}\" is no event that is known here", name)});
        }
        Event event;
        fields::Reader read{object};
        read("n", event.number);
        fields::Reader::read(object.at("component"), event.component);
        read("wall_ns", event.wall.value);
        std::int64_t monotonic = 0;
        read("mono_ns", monotonic);
        event.monotonic = TimePoint{Duration{monotonic}};
        if (const auto story = object.find("story"); story != object.end()) {
            event.story.value = fields::readHex<std::uint64_t>(story->get_ref<const std::string&>());
        }
        event.body = maker->second(object);
        return event;
    } catch (const Json::exception&) {
        return std::unexpected(EventError{false, "an event has a key of the wrong type, or lacks one"});
    } catch (const fields::Unreadable& unreadable) {
        return std::unexpected(EventError{false, "an event has " + unreadable.what});
    }
}

std::string toText(const EventBody& body) {
    return std::visit(
        []<typename Body>(const Body& event) {
            std::string text{Body::name};
            Body::fields(event, fields::Printer{text});
            return text;
        },
        body);
}

std::string toText(const Event& event) {
    const std::string when = toText(event.wall);
    return fmt::format("{} {} {}{}", std::string_view{when}.substr(when.find(' ') + 1), toText(event.component),
                       toText(event.body), event.story == StoryId{} ? "" : " story=" + toText(event.story));
}

// ---- Streams -------------------------------------------------------------------------------------------------------

std::string streamQuery(Level level) {
    return dump({{"query", "events"}, {"version", streamVersion}, {"level", std::string{toText(level)}}});
}

std::optional<std::expected<Level, std::string>> readStreamQuery(std::string_view line) {
    const Json query = Json::parse(line, nullptr, false);
    const auto text = [&](const char* key) {
        const auto found = query.find(key);
        return found != query.end() && found->is_string() ? found->get<std::string>() : std::string{};
    };
    if (!query.is_object() || text("query") != "events") {
        return std::nullopt;
    }
    if (query.value("version", Json{}) != streamVersion) {
        return std::unexpected(fmt::format("events are of version {} here", streamVersion));
    }
    const auto level = readWord<Level>(text("level"));
    if (!level) {
        return std::unexpected(std::string{"the levels are state, messages and payload"});
    }
    return *level;
}

std::string toJson(const StreamHello& hello) {
    return dump({{"kolam", "events"},
                 {"version", streamVersion},
                 {"component", toText(hello.component)},
                 {"pid", hello.pid},
                 {"level", std::string{toText(hello.level)}}});
}

std::expected<StreamHello, std::string> readHello(std::string_view text) {
    const Json object = Json::parse(text, nullptr, false);
    if (!object.is_object() || object.value("kolam", Json{}) != "events") {
        return std::unexpected("the answer is no stream of events");
    }
    if (object.value("version", Json{}) != streamVersion) {
        return std::unexpected("the stream is of a version that is not known here");
    }
    try {
        StreamHello hello;
        fields::Reader read{object};
        fields::Reader::read(object.at("component"), hello.component);
        read("pid", hello.pid);
        read("level", hello.level);
        return hello;
    } catch (const Json::exception&) {
        return std::unexpected("the stream does not say whose it is");
    } catch (const fields::Unreadable& unreadable) {
        return std::unexpected("the stream begins with " + unreadable.what);
    }
}

void appendRecord(std::string& stream, std::string_view json) {
    assert(json.size() <= longestRecord);
    std::array<std::byte, 4> length{};
    writeBigEndian(length, 0, static_cast<std::uint32_t>(json.size()));
    stream += asText(length);
    stream += json;
}

void RecordReader::take(std::string_view arrived) {
    m_arrived.erase(0, std::exchange(m_read, 0));
    m_arrived += arrived;
}

std::optional<std::string_view> RecordReader::next() {
    const std::string_view left = std::string_view{m_arrived}.substr(m_read);
    if (m_broken || left.size() < 4) {
        return std::nullopt;
    }
    const std::size_t length = readBigEndian<std::uint32_t>(asOctets(left), 0);
    m_broken = length > longestRecord;
    if (m_broken || left.size() < 4 + length) {
        return std::nullopt;
    }
    m_read += 4 + length;
    return left.substr(4, length);
}

} // namespace kolam::telemetry
