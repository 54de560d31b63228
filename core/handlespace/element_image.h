// SPDX-License-Identifier: GPL-3.0-or-later
// An element as octets, exactly as HANDLE_UPDATE carries it: what the digest is computed over, and how elements are
// kept. Next door: handlespace.cpp, which stores the images; core/wire/encoder.h writes the same octets for messages.
#pragma once

#include "core/base/octets.h"
#include "core/wire/parameters.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kolam {

/// Octets that writeElementImage() needs; more than 0xffff cannot be sent in a message.
[[nodiscard]] std::size_t elementImageSize(const wire::PoolElement& element);
/// Writes the pool element parameter with its header: identifier, home registrar, registration life in milliseconds,
/// user transport, policy, and the ASAP transport if there is one. Padded to a multiple of 4 with zeros; as everywhere
/// on the wire, the length fields do not count the padding of their last part.
/// @return one past the last octet written
std::byte* writeElementImage(const wire::PoolElement& element, std::byte* at);

/// Octets of a pool handle parameter: header, handle, zeros up to a multiple of 4.
[[nodiscard]] std::size_t handleImageSize(std::string_view handle);
std::byte* writeHandleImage(std::string_view handle, std::byte* at);

/// What one element contributes to the digest (extensions, number 0xbff3): XXH3-64, seed 0, over its canonical wire
/// image. That is, as in the body of a HANDLE_UPDATE: the pool handle parameter with its header and padding, directly
/// followed by the pool element parameter with its header and padding. An owner's digest is the sum modulo 2^64 over
/// its elements, 0 for none; so it does not depend on any order, and elements can be added and taken away.
[[nodiscard]] std::uint64_t elementDigest(OctetView handleImage, OctetView elementImage);

} // namespace kolam
