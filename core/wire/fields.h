// SPDX-License-Identifier: GPL-3.0-or-later
// How a field travels: the words that the declaration of a message uses for its fields. They hold references only.
// Next door: parameters.h and the messages, which speak these words; encoder.h, decoder.h, printer.h and arbitrary.h,
// the visitors that understand them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kolam::wire {

// A message or parameter declares its fields once, in wire order:
//
//     static constexpr void fields(auto& self, auto&& visit) {
//         visit("reject", self.reject);                                           // Flag: a bit of the header
//         visit("server", self.server);                                           // a number: as wide as its type
//         visit("pool-handle", parameter<ParameterType::PoolHandle>(self.handle)); // type, length, value
//         visit("error", parameter<ParameterType::OperationError>(self.error));   // std::optional: may be absent
//     }
//
// Text and octets without a word around them take all that is left of their parameter or message.

/// The types of parameters (RFC 5354 section 3, draft asap-hropt, and ours, which begin with 0xbff).
enum class ParameterType : std::uint16_t {
    Ipv4Address = 0x0001,
    Ipv6Address = 0x0002,
    DccpTransport = 0x0003,
    SctpTransport = 0x0004,
    TcpTransport = 0x0005,
    UdpTransport = 0x0006,
    UdpLiteTransport = 0x0007,
    Policy = 0x0008,
    PoolHandle = 0x0009,
    PoolElement = 0x000a,
    ServerInformation = 0x000b,
    OperationError = 0x000c,
    Cookie = 0x000d,
    PeIdentifier = 0x000e,
    PeChecksum = 0x000f,
    OpaqueTransport = 0x0010,
    HandleResolutionOption = 0x803f,
    Features = 0xbff2,
    HandlespaceDigest = 0xbff3,
    SessionKey = 0xbff4,
    OnlyLooks = 0xbff5,
};

/// Whether some message of ours has a place for this type; all others are handled by their top bits.
[[nodiscard]] constexpr bool isKnown(ParameterType type) {
    const auto number = static_cast<std::uint16_t>(type);
    return (number >= 0x0001 && number <= 0x0010) || type == ParameterType::HandleResolutionOption ||
           (number >= 0xbff2 && number <= 0xbff5);
}

/// The two top bits of a type say what to do with a parameter that nobody expected (RFC 5354 section 3).
enum class UnknownAction : std::uint8_t { Stop = 0, StopAndReport = 1, Skip = 2, SkipAndReport = 3 };
[[nodiscard]] constexpr UnknownAction unknownAction(ParameterType type) {
    return static_cast<UnknownAction>(static_cast<std::uint16_t>(type) >> 14);
}
[[nodiscard]] constexpr bool maySkip(ParameterType type) {
    return (static_cast<std::uint16_t>(type) & 0x8000) != 0;
}

/// Where the type of a parameter is part of its value (which transport, which address family, which error cause):
/// specialised with accepts(type), of(value) and assign(value, type).
template <typename Value>
struct OwnType;
template <typename Value>
concept HasOwnType = requires(Value value) { OwnType<Value>::of(value); };

/// Where a parameter always has the same type.
template <ParameterType only>
struct FixedType {
    static constexpr bool accepts(ParameterType type) { return type == only; }
    static constexpr ParameterType of(const auto&) { return only; }
    template <typename Value>
    static constexpr void assign(Value& value, ParameterType type) {
        if constexpr (HasOwnType<Value>) {
            OwnType<Value>::assign(value, type);
        }
    }
};

template <typename Value>
struct Plain {
    using Type = Value;
};
template <typename Value>
struct Plain<const Value> : Plain<Value> {};
template <typename Value>
struct Plain<std::optional<Value>> : Plain<Value> {};
template <typename Value>
struct Plain<std::vector<Value>> : Plain<Value> {};

/// One parameter; a std::optional may be absent.
template <typename Kind, typename Value>
struct Parameter {
    Value& value;
};
template <ParameterType type, typename Value>
constexpr Parameter<FixedType<type>, Value> parameter(Value& value) {
    return {value};
}
template <typename Value>
constexpr auto parameter(Value& value) {
    return Parameter<OwnType<typename Plain<Value>::Type>, Value>{value};
}

/// A vector's items as parameters one after the other, at least `least` and at most `most` of them.
template <typename Kind, typename Values>
struct Parameters {
    Values& values;
    std::size_t least;
    std::size_t most;
};
inline constexpr std::size_t unlimited = std::numeric_limits<std::size_t>::max();
template <ParameterType type, typename Values>
constexpr Parameters<FixedType<type>, Values> parameters(Values& values, std::size_t least) {
    return {values, least, unlimited};
}
template <typename Values>
constexpr auto parameters(Values& values, std::size_t least, std::size_t most = unlimited) {
    return Parameters<OwnType<typename Plain<Values>::Type>, Values>{values, least, most};
}

/// A vector's items one after the other, each a run of parameters that begins with one of type Item::opening.
template <typename Values>
struct Groups {
    Values& values;
};
template <typename Values>
constexpr Groups<Values> groups(Values& values) {
    return {values};
}

/// A parameter that some senders put here and nobody needs: dropped when received, never sent.
template <ParameterType type>
struct Dropped {};

/// A field that exists only for some values of the fields before it; when absent it is reset.
template <typename Field>
struct When {
    bool present;
    Field field; // a reference, or another of these words
};
template <typename Field>
constexpr When<Field> when(bool present, Field&& field) {
    return {present, std::forward<Field>(field)};
}

/// A number of items, then the items: numbers, or structures without type and length.
template <typename Count, typename Values>
struct Counted {
    Values& values;
};
template <typename Count, typename Values>
constexpr Counted<Count, Values> counted(Values& values) {
    return {values};
}

/// Text in a field of fixed width, filled up with zeros, of which at least one follows the text. Longer text is cut.
template <std::size_t width, typename Value>
struct PaddedText {
    Value& value;
};
template <std::size_t width, typename Value>
constexpr PaddedText<width, Value> paddedText(Value& value) {
    return {value};
}

/// A number at the very end that may be left out.
template <typename Value>
struct Trailing {
    Value& value;
};
template <typename Value>
constexpr Trailing<Value> trailing(Value& value) {
    return {value};
}

/// The header's type octet, where one structure serves for a range of types.
template <typename Value>
struct HeaderType {
    Value& value;
    std::uint8_t first;
    std::uint8_t last;
};
template <typename Value>
constexpr HeaderType<Value> headerType(Value& value, std::uint8_t first, std::uint8_t last) {
    return {value, first, last};
}

/// A number that must be just this one.
template <typename Number, Number number>
struct Constant {};
/// A number that is sent like this and not looked at when received: reserved fields, and worse.
template <typename Number, Number number = 0>
struct Ignored {};

} // namespace kolam::wire
