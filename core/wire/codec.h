// SPDX-License-Identifier: GPL-3.0-or-later
// From messages to octets and back, driven by each message's list of fields.
// Decoding never reads outside the octets and never allocates more than they justify.
#pragma once

#include "core/wire/asap.h"
#include "core/wire/csp.h"
#include "core/wire/enrp.h"
#include "core/wire/services.h"

#include <expected>
#include <string>

namespace kolam::wire {

enum class WireErrc : std::uint8_t {
    Truncated,             // fewer octets than a header or a field needs
    BadLength,             // a length field under its minimum, past the end, or not matching the message
    MissingParameter,      // an expected parameter is not there
    UnknownType,           // a message type that this protocol does not have
    UnrecognizedParameter, // an unknown parameter whose action bits say: stop
    BadValue,              // a field holds a value that it must not have
    TrailingOctets,        // something follows the end of the message
};
[[nodiscard]] std::string_view toText(WireErrc code);

struct WireError {
    WireErrc code;
    std::size_t offset; // octets from the message's start
    /// What RFC 5354 wants to be told to the sender: nothing when the action bits ask for silence.
    std::optional<ErrorCause> report;
};
template <typename T>
using WireResult = std::expected<T, WireError>;

/// The first octet of a message, whatever it is; 0 for an empty one.
[[nodiscard]] inline std::uint8_t peekType(OctetView bytes) {
    return bytes.empty() ? std::uint8_t{0} : std::to_integer<std::uint8_t>(bytes[0]);
}

/// The length field of a message has 16 bits.
inline constexpr std::size_t maxMessageLength = 0xffff;

/// Octets that the message takes; more than maxMessageLength cannot be sent.
template <typename Message>
[[nodiscard]] std::size_t encodedSize(const Message& message);

/// Appends nothing: replaces `into` by the message as rsplib would encode it (message length counts the last padding).
/// Reuses the capacity of `into`, so that a hot path allocates nothing. A message that is too long to be sent leaves
/// `into` empty; whoever puts an unlimited number of things into a message has to look at encodedSize() first.
template <typename Message>
void encodeInto(const Message& message, Octets& into);

template <typename Message>
[[nodiscard]] Octets encode(const Message& message) {
    Octets octets;
    encodeInto(message, octets);
    return octets;
}

/// Reads one whole message, as the association delivered it, into `into`, reusing the capacity of its strings and
/// vectors. On an error `into` holds unspecified values.
template <typename Message>
[[nodiscard]] WireResult<void> decodeInto(OctetView bytes, Message& into);

template <typename Message>
[[nodiscard]] WireResult<Message> decode(OctetView bytes) {
    Message message;
    if (auto result = decodeInto(bytes, message); !result) {
        return std::unexpected(std::move(result.error()));
    }
    return message;
}

/// Decodes by the type octet. Errors: UnknownType when no message of the protocol has it.
[[nodiscard]] WireResult<AsapMessage> decodeAsap(OctetView bytes);
[[nodiscard]] WireResult<EnrpMessage> decodeEnrp(OctetView bytes);
[[nodiscard]] WireResult<FractalMessage> decodeFractal(OctetView bytes);
[[nodiscard]] WireResult<PingPongMessage> decodePingPong(OctetView bytes);
[[nodiscard]] WireResult<ScriptingMessage> decodeScripting(OctetView bytes);

/// One line for logs, tests and windows: the RFC's name of the message, then field=value.
template <typename Message>
[[nodiscard]] std::string toText(const Message& message);

} // namespace kolam::wire
