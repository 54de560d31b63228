// SPDX-License-Identifier: GPL-3.0-or-later
// Parameters as they travel, without a message around them: to quote one in an error cause, to keep an element as the
// octets that its messages will need, and to put messages together from such images.
// Next door: codec.h, for whole messages; their octets are the same.
#pragma once

#include "core/wire/parameters.h"

#include <span>

namespace kolam::wire {

// For PoolHandle, PoolElement, Policy, TransportParameter and ServerInformation.

/// Octets of the parameter's image: header, value, zeros up to a multiple of 4.
template <typename Value>
[[nodiscard]] std::size_t imageSize(const Value& value);

/// Writes the image, for which there must be room at `at`.
/// @return one past the last octet written
template <typename Value>
std::byte* writeImage(const Value& value, std::byte* at);

/// The parameter without its padding, as RFC 5354 wants it quoted in an error cause.
template <typename Value>
[[nodiscard]] Octets quoted(const Value& value);

/// Reads what writeImage() wrote, or what a message held, reusing the capacity of `into`. False when it is anything
/// else; then `into` holds unspecified values.
template <typename Value>
[[nodiscard]] bool readImage(OctetView image, Value& into);

/// Replaces `into` by a message of this header, these words and these parameters, whose images are padded. This is how
/// a message with many elements is made fastest: HandleResolutionResponse has no words and the images of its handle,
/// its policy and its elements; HandleTableResponse the words sender and receiver, and those of handles and elements.
/// As with encodeInto(), a message that is too long to be sent leaves `into` empty.
void encodeFromImages(std::uint8_t type, std::uint8_t flags, std::span<const std::uint32_t> words,
                      std::span<const OctetView> images, Octets& into);

} // namespace kolam::wire
