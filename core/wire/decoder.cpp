// SPDX-License-Identifier: GPL-3.0-or-later
// The decoder's rare paths: what to say when a message is wrong.
#include "core/wire/decoder.h"

namespace kolam::wire {

namespace {

/// An error message has to hold what it quotes, with room for headers.
constexpr std::size_t maxQuotation = maxMessageLength - 64;

} // namespace

void Decoder::fail(WireErrc code, const std::byte* at) {
    if (m_failed) {
        return; // the first mistake is the one to tell
    }
    m_failed = true;
    m_code = code;
    m_mistake = at;
    if (m_parameter != nullptr) {
        m_cause = CauseCode::InvalidValues;
        m_quoted = {m_parameter, m_end};
    }
}

void Decoder::failUnrecognized() {
    if (m_failed) {
        return;
    }
    m_failed = true;
    m_code = WireErrc::UnrecognizedParameter;
    m_mistake = m_at;
    if (unknownAction(m_type) == UnknownAction::StopAndReport) {
        m_cause = CauseCode::UnrecognizedParameter;
        m_quoted = {m_at, m_length};
    }
}

WireError Decoder::error() const {
    WireError error{m_code, static_cast<std::size_t>(m_mistake - m_start), {}};
    if (!m_quoted.empty()) {
        error.report = quote(m_cause, m_quoted);
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
