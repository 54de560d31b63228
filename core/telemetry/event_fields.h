// SPDX-License-Identifier: GPL-3.0-or-later
// The visitors over the fields of events: to JSON (as a tree, and as text at once), from JSON, to text. They are for
// this folder's own files. Next door: events.h, the fields; tests/unit/telemetry/arbitrary_event.h, the visitor that
// makes events up.
#pragma once

#include "core/base/address.h"
#include "core/base/octets.h"
#include "core/base/time.h"
#include "core/telemetry/component.h"
#include "core/telemetry/event_words.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace kolam::telemetry::fields {

using Json = nlohmann::ordered_json; // keys in the order in which people want to read them

/// One line of UTF-8; octets that are none are replaced.
inline std::string dump(const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

template <typename Value>
concept HasFields = requires(Value& value) { Value::fields(value, [](std::string_view, auto&) {}); };
template <typename Value>
concept Arithmetic = std::is_arithmetic_v<Value>;

/// A field holds what its type cannot: thrown while reading, told as one sentence.
struct Unreadable {
    std::string what;
};

// ---- Octets that are a name, escaped as people see them, and back ---------------------------------------------------

inline PoolHandle readHandle(std::string_view text) {
    PoolHandle handle;
    while (!text.empty()) {
        unsigned char octet = 0;
        if (text.front() != '\\') {
            handle.value += text.front();
            text.remove_prefix(1);
        } else if (text.size() >= 4 && text[1] == 'x' &&
                   std::from_chars(text.data() + 2, text.data() + 4, octet, 16).ptr == text.data() + 4) {
            handle.value += static_cast<char>(octet);
            text.remove_prefix(4);
        } else {
            throw Unreadable{"no pool handle"};
        }
    }
    return handle;
}

template <typename Number>
Number readHex(const std::string& text) {
    Number number = 0;
    const char* const end = text.data() + text.size();
    if (!text.starts_with("0x") || std::from_chars(text.data() + 2, end, number, 16).ptr != end) {
        throw Unreadable{"no identifier such as 0x0000002a"};
    }
    return number;
}

// ---- What JSON has no word for is text ------------------------------------------------------------------------------

inline const std::string& textOf(const std::string& text) {
    return text;
}
inline std::string textOf(const TransportAddress& address) {
    return address == TransportAddress{} ? std::string{} : kolam::toText(address);
}
inline std::string textOf(const Octets& octets) {
    return toHex(octets);
}
inline std::string textOf(ComponentId id) {
    return telemetry::toText(id);
}
template <typename Value>
    requires requires(const Value& value) { kolam::toText(value); } && (!HasFields<Value>) && (!HasWords<Value>)
std::string textOf(const Value& value) { // handles and identifiers
    return kolam::toText(value);
}
template <HasWords Value>
std::string_view textOf(Value value) {
    return telemetry::toText(value);
}

// ---- To JSON's tree, which others add to ----------------------------------------------------------------------------

struct Writer {
    Json& object;
    template <typename Value>
    void operator()(std::string_view name, const Value& value) {
        object[std::string{name}] = json(value);
    }

    template <typename Value>
    static Json json(const Value& value) {
        if constexpr (Arithmetic<Value>) {
            return value;
        } else if constexpr (std::is_same_v<Value, Duration>) {
            return value.count();
        } else if constexpr (HasFields<Value>) {
            Json inner = Json::object();
            Value::fields(value, Writer{inner});
            return inner;
        } else {
            return std::string{textOf(value)};
        }
    }
    template <typename Item>
        requires(!std::is_same_v<Item, std::byte>)
    static Json json(const std::vector<Item>& items) {
        Json list = Json::array();
        for (const Item& item : items) {
            list.push_back(json(item));
        }
        return list;
    }
};

// ---- To JSON's text: the same without the tree, because events are many ---------------------------------------------

struct Scribe {
    std::string& text; // an object that is open
    template <typename Value>
    void operator()(std::string_view name, const Value& value) {
        text += text.back() == '{' ? "\"" : ",\"";
        text += name;
        text += "\":";
        write(value);
    }

private:
    template <typename Value>
    void write(const Value& value) {
        if constexpr (std::is_same_v<Value, bool>) {
            text += value ? "true" : "false";
        } else if constexpr (std::is_integral_v<Value>) {
            text += fmt::format_int{value}.c_str();
        } else if constexpr (std::is_floating_point_v<Value>) {
            text += dump(value);
        } else if constexpr (std::is_same_v<Value, Duration>) {
            write(value.count());
        } else if constexpr (HasFields<Value>) {
            text += '{';
            Value::fields(value, *this);
            text += '}';
        } else {
            quote(textOf(value));
        }
    }
    template <typename Item>
        requires(!std::is_same_v<Item, std::byte>)
    void write(const std::vector<Item>& items) {
        text += '[';
        for (const Item& item : items) {
            text += text.back() == '[' ? "" : ",";
            write(item);
        }
        text += ']';
    }
    void quote(std::string_view string) {
        const bool plain =
            std::ranges::all_of(string, [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
        if (plain) {
            text += '"';
            text += string;
            text += '"';
        } else {
            text += dump(std::string{string});
        }
    }
};

// ---- From JSON: a field that is missing keeps its default, so that older recordings can be read ---------------------

struct Reader {
    const Json& object;
    template <typename Value>
    void operator()(std::string_view name, Value& value) {
        if (const auto found = object.find(name); found != object.end()) {
            read(*found, value);
        }
    }

    template <Arithmetic Value>
    static void read(const Json& from, Value& value) {
        if constexpr (std::is_same_v<Value, bool>) {
            value = from.get<bool>();
        } else if (!from.is_number() || (!std::is_floating_point_v<Value> && from.is_number_float())) {
            throw Unreadable{"no number"};
        } else if constexpr (std::is_unsigned_v<Value>) {
            const auto wide = from.is_number_unsigned() ? from.get<std::uint64_t>() : ~std::uint64_t{0};
            if (wide > std::numeric_limits<Value>::max() || !from.is_number_unsigned()) {
                throw Unreadable{"a number out of range"};
            }
            value = static_cast<Value>(wide);
        } else {
            value = from.get<Value>();
        }
    }
    static void read(const Json& from, std::string& text) { text = from.get<std::string>(); }
    static void read(const Json& from, PoolHandle& handle) { handle = readHandle(from.get_ref<const std::string&>()); }
    static void read(const Json& from, ComponentId& id) {
        const auto component = readComponentId(from.get_ref<const std::string&>());
        if (!component) {
            throw Unreadable{"no component"};
        }
        id = *component;
    }
    static void read(const Json& from, PeIdentifier& id) {
        id.value = readHex<std::uint32_t>(from.get_ref<const std::string&>());
    }
    static void read(const Json& from, ServerId& id) {
        id.value = readHex<std::uint32_t>(from.get_ref<const std::string&>());
    }
    static void read(const Json& from, Duration& duration) { duration = Duration{from.get<std::int64_t>()}; }
    static void read(const Json& from, TransportAddress& address) {
        const auto& text = from.get_ref<const std::string&>();
        auto parsed = text.empty() ? TransportAddress{} : TransportAddress::parse(text, 0);
        if (!parsed) {
            throw Unreadable{"no address"};
        }
        address = std::move(*parsed);
    }
    static void read(const Json& from, Octets& octets) {
        const auto& text = from.get_ref<const std::string&>();
        octets = fromHex(text);
        if (octets.size() * 2 != text.size()) {
            throw Unreadable{"no octets"};
        }
    }
    template <HasWords Value>
    static void read(const Json& from, Value& value) {
        const auto word = readWord<Value>(from.get_ref<const std::string&>());
        if (!word) {
            throw Unreadable{"a word that is not known here"};
        }
        value = *word;
    }
    template <HasFields Value>
    static void read(const Json& from, Value& value) {
        if (!from.is_object()) {
            throw Unreadable{"no object"};
        }
        Value::fields(value, Reader{from});
    }
    template <typename Item>
    static void read(const Json& from, std::vector<Item>& items) {
        if (!from.is_array()) {
            throw Unreadable{"no list"};
        }
        items.clear();
        for (const Json& item : from) {
            read(item, items.emplace_back());
        }
    }
};

// ---- To text: what is empty, none or 0 is left out, because people look for what is there ---------------------------

struct Printer {
    std::string& text;
    template <typename Value>
    void operator()(std::string_view name, const Value& value) {
        if (value != Value{} || std::is_enum_v<Value>) {
            text += text.empty() || text.back() == '{' ? "" : " ";
            // JSON's keys say nanoseconds; people read the unit behind the number.
            text += name.ends_with("_ns") ? name.substr(0, name.size() - 3) : name;
            text += '=';
            print(value);
        }
    }

    template <typename Value>
    void print(const Value& value) {
        if constexpr (HasFields<Value>) {
            text += '{';
            Value::fields(value, Printer{text});
            text += '}';
        } else if constexpr (std::is_same_v<Value, std::string>) {
            text += fmt::format("\"{}\"", kolam::toText(PoolHandle{value})); // harmless for a terminal
        } else if constexpr (std::is_same_v<Value, Duration>) {
            text += fmt::format("{:.3f}ms", static_cast<double>(value.count()) / 1e6);
        } else if constexpr (std::is_same_v<Value, Octets>) {
            text += toHex(value);
        } else if constexpr (std::is_same_v<Value, bool>) {
            text += value ? "yes" : "no";
        } else if constexpr (Arithmetic<Value>) {
            text += fmt::format("{}", value);
        } else if constexpr (requires { text += telemetry::toText(value); }) {
            text += telemetry::toText(value);
        } else {
            text += kolam::toText(value);
        }
    }
    template <typename Item>
        requires(!std::is_same_v<Item, std::byte>)
    void print(const std::vector<Item>& items) {
        text += '[';
        std::string_view between;
        for (const Item& item : items) {
            text += between;
            print(item);
            between = " ";
        }
        text += ']';
    }
};

} // namespace kolam::telemetry::fields
