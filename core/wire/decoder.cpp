// SPDX-License-Identifier: GPL-3.0-or-later
// The decoder's rare paths: what to say when a message is wrong.
#include "core/wire/decoder.h"

namespace kolam::wire {

namespace {

/// An error message has to hold what it quotes, with room for headers.
constexpr std::size_t maxQuotation = maxMessageLength - 64;

} // namespace

void DecodingContext::fail(WireErrc what, const std::byte* at, OctetView parameter) {
    if (failed) {
        return;
    }
    failed = true;
    code = what;
    mistake = at;
    cause = CauseCode::InvalidValues;
    quoted = parameter;
}

void DecodingContext::failUnrecognized(const std::byte* at, OctetView parameter) {
    if (failed) {
        return;
    }
    failed = true;
    code = WireErrc::UnrecognizedParameter;
    mistake = at;
    const auto found = static_cast<ParameterType>(readBigEndian<std::uint16_t>(parameter, 0));
    if (unknownAction(found) == UnknownAction::StopAndReport) {
        cause = CauseCode::UnrecognizedParameter;
        quoted = parameter;
    }
}

WireError DecodingContext::error() const {
    WireError error{code, static_cast<std::size_t>(mistake - message), {}};
    if (!quoted.empty()) {
        error.report = quote(cause, quoted);
    }
    return error;
}

std::optional<ErrorCause> quote(CauseCode code, OctetView quoted) {
    if (quoted.size() > maxQuotation) {
        return std::nullopt;
    }
    return ErrorCause{code, Octets(quoted.begin(), quoted.end())};
}

WireError unknownType(OctetView bytes) {
    constexpr std::uint8_t reportBits = 0x40; // the two top bits of the type are 01 (RFC 5354 section 2)
    constexpr std::uint8_t actionBits = 0xc0;
    WireError error{WireErrc::UnknownType, 0, {}};
    if ((peekType(bytes) & actionBits) == reportBits) {
        error.report = quote(CauseCode::UnrecognizedMessage, bytes);
    }
    return error;
}

std::string_view toText(WireErrc code) {
    switch (code) {
    case WireErrc::Truncated: return "truncated";
    case WireErrc::BadLength: return "bad length";
    case WireErrc::MissingParameter: return "missing parameter";
    case WireErrc::UnknownType: return "unknown type";
    case WireErrc::UnrecognizedParameter: return "unrecognised parameter";
    case WireErrc::BadValue: return "bad value";
    case WireErrc::TrailingOctets: return "trailing octets";
    }
    return "unknown error";
}

} // namespace kolam::wire
