// SPDX-License-Identifier: GPL-3.0-or-later
// A message of whichever protocol, for tests that treat all alike.
#pragma once

#include "core/wire/codec.h"

#include <string_view>
#include <variant>

namespace kolam::test {

/// Decodes by protocol name as in the lists of captured messages and hands the message to `use`.
template <typename Use>
[[nodiscard]] wire::WireResult<void> withDecoded(std::string_view protocol, OctetView octets, Use&& use) {
    const auto done = [&](auto&& result) -> wire::WireResult<void> {
        if (!result) {
            return std::unexpected(result.error());
        }
        if constexpr (requires { std::variant_size<std::remove_reference_t<decltype(*result)>>::value; }) {
            std::visit(use, *result);
        } else {
            use(*result);
        }
        return {};
    };
    if (protocol == "ASAP") {
        return done(wire::decodeAsap(octets));
    }
    if (protocol == "ENRP") {
        return done(wire::decodeEnrp(octets));
    }
    if (protocol == "CSP") {
        return done(wire::decode<wire::CspReport>(octets));
    }
    if (protocol == "PPID32") {
        return done(wire::decodeFractal(octets));
    }
    if (protocol == "PPID33") {
        return done(wire::decodePingPong(octets));
    }
    if (protocol == "PPID34") {
        return done(wire::decode<wire::CalcAppMessage>(octets));
    }
    if (protocol == "PPID35") {
        return done(wire::decodeScripting(octets));
    }
    std::abort();
}

/// Decoded and encoded again.
[[nodiscard]] inline wire::WireResult<Octets> reencoded(std::string_view protocol, OctetView octets) {
    Octets again;
    if (auto decoded = withDecoded(protocol, octets, [&](const auto& message) { wire::encodeInto(message, again); });
        !decoded) {
        return std::unexpected(decoded.error());
    }
    return again;
}

/// Decoded and printed.
[[nodiscard]] inline wire::WireResult<std::string> asText(std::string_view protocol, OctetView octets) {
    std::string text;
    if (auto decoded = withDecoded(protocol, octets, [&](const auto& message) { text = wire::toText(message); });
        !decoded) {
        return std::unexpected(decoded.error());
    }
    return text;
}

/// "bad length at 2", "unrecognised parameter at 4, report cause 0x0001 41230008..."
[[nodiscard]] inline std::string describe(const wire::WireError& error) {
    std::string text = std::string{wire::toText(error.code)} + " at " + std::to_string(error.offset);
    if (error.report) {
        text += ", report " + wire::toText(error.report->code) + ' ' + toHex(error.report->information);
    }
    return text;
}

} // namespace kolam::test
