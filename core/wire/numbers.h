// SPDX-License-Identifier: GPL-3.0-or-later
// Fields that are numbers, whatever they are called: integers, enumerations, identifiers, durations, doubles.
// Encoder and decoder see them through toBits() and fromBits() as unsigned integers of the width that they have on the
// wire.
#pragma once

#include "core/base/strong.h"

#include <bit>
#include <chrono>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <type_traits>

namespace kolam::wire {

template <typename Value>
struct NumberTraits {
    static constexpr bool isNumber = std::is_integral_v<Value> || std::is_enum_v<Value>;
};
template <>
struct NumberTraits<double> {
    static constexpr bool isNumber = true;
};
template <typename Tag, typename Inner>
struct NumberTraits<Strong<Tag, Inner>> {
    static constexpr bool isNumber = std::is_integral_v<Inner>;
};
template <typename Rep, typename Period>
struct NumberTraits<std::chrono::duration<Rep, Period>> {
    static constexpr bool isNumber = true;
};
template <typename Value>
concept Number = NumberTraits<Value>::isNumber;

/// rsplib sends NaN like this and knows no negative zero.
inline constexpr std::uint64_t notANumberBits = 0x7ff00001'00000001;

template <Number Value>
[[nodiscard]] constexpr auto toBits(const Value& value) {
    if constexpr (std::is_integral_v<Value>) {
        return static_cast<std::make_unsigned_t<Value>>(value);
    } else if constexpr (std::is_enum_v<Value>) {
        return static_cast<std::make_unsigned_t<std::underlying_type_t<Value>>>(value);
    } else if constexpr (std::is_same_v<Value, double>) {
        if (std::isnan(value)) {
            return notANumberBits;
        }
        return value == 0 ? std::uint64_t{0} : std::bit_cast<std::uint64_t>(value);
    } else if constexpr (requires { value.count(); }) {
        return static_cast<std::make_unsigned_t<typename Value::rep>>(value.count());
    } else {
        return static_cast<std::make_unsigned_t<typename Value::Value>>(value.value);
    }
}
template <Number Value>
using Bits = decltype(toBits(std::declval<Value>()));

template <Number Value>
[[nodiscard]] constexpr Value fromBits(Bits<Value> bits) {
    if constexpr (std::is_same_v<Value, double>) {
        return std::bit_cast<double>(bits);
    } else if constexpr (std::is_integral_v<Value> || std::is_enum_v<Value>) {
        return static_cast<Value>(bits);
    } else if constexpr (requires(Value value) { value.count(); }) {
        return Value{static_cast<typename Value::rep>(bits)};
    } else {
        return Value{static_cast<typename Value::Value>(bits)};
    }
}

} // namespace kolam::wire
