// SPDX-License-Identifier: GPL-3.0-or-later
// Makes encodeInto(), decodeInto() and toText() for the messages that a *_codec.cpp names, once for the whole program:
// so whoever includes codec.h compiles none of the visitors.
#pragma once

#include "core/wire/decoder.h"
#include "core/wire/encoder.h"
#include "core/wire/printer.h"

namespace kolam::wire {

template <typename Message>
std::size_t encodedSize(const Message& message) {
    return messageSize(message);
}
template <typename Message>
void encodeInto(const Message& message, Octets& into) {
    encodeMessage(message, into);
}
template <typename Message>
WireResult<void> decodeInto(OctetView bytes, Message& into) {
    return decodeMessage(bytes, into);
}
template <typename Message>
std::string toText(const Message& message) {
    return messageText(message);
}

} // namespace kolam::wire

// A macro, because an explicit instantiation cannot be spelled in any other way for a list of types; and a type in
// parentheses is no type. NOLINTBEGIN(bugprone-macro-parentheses)
#define KOLAM_WIRE_MESSAGE(Message)                                                                                    \
    template std::size_t encodedSize(const Message&);                                                                  \
    template void encodeInto(const Message&, Octets&);                                                                 \
    template WireResult<void> decodeInto(OctetView, Message&);                                                         \
    template std::string toText(const Message&);
// NOLINTEND(bugprone-macro-parentheses)
