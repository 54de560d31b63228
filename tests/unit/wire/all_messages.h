// SPDX-License-Identifier: GPL-3.0-or-later
// Every type of message there is, for tests that say something about all of them.
#pragma once

#include "core/wire/codec.h"
#include "core/wire/script_extensions.h"

#include <tuple>
#include <variant>

namespace kolam::test {

template <typename... Lists>
struct Joined;
template <typename... Messages>
struct Joined<std::tuple<Messages...>> {
    using Type = std::tuple<Messages...>;
};
template <typename... Messages, typename... More, typename... Lists>
struct Joined<std::tuple<Messages...>, std::variant<More...>, Lists...>
    : Joined<std::tuple<Messages..., More...>, Lists...> {};

using AllMessages = Joined<std::tuple<>, wire::AsapMessage, wire::EnrpMessage, wire::FractalMessage,
                           wire::PingPongMessage, wire::ScriptingMessage, wire::ScriptExtension,
                           std::variant<wire::CalcAppMessage, wire::CspReport, wire::FractalCookie,
                                        wire::PingPongCookie, wire::CalcAppCookie, wire::ScriptCookie>>::Type;

/// Calls use.operator()<Message>() for every type.
template <typename Use>
void forEveryMessage(Use&& use) {
    [&]<typename... Messages>(std::type_identity<std::tuple<Messages...>>) {
        (use.template operator()<Messages>(), ...);
    }(std::type_identity<AllMessages>{});
}

} // namespace kolam::test
