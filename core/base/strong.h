// SPDX-License-Identifier: GPL-3.0-or-later
// A value with a name of its own, so that two numbers of different meaning cannot be mixed up.
#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <utility>

namespace kolam {

/// A value of type T that only compares with, and converts to, its own kind.
template <typename Tag, typename T>
struct Strong {
    using Value = T;
    T value{};
    constexpr Strong() = default;
    constexpr explicit Strong(T v) : value(std::move(v)) {}
    friend constexpr auto operator<=>(const Strong&, const Strong&) = default;
};

/// Joins lambdas into one visitor: std::visit(Overloaded{[](A) {...}, [](B) {...}}, variant).
template <typename... Functions>
struct Overloaded : Functions... {
    using Functions::operator()...;
};
template <typename... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

} // namespace kolam

template <typename Tag, typename T>
struct std::hash<kolam::Strong<Tag, T>> {
    std::size_t operator()(const kolam::Strong<Tag, T>& strong) const noexcept { return std::hash<T>{}(strong.value); }
};
