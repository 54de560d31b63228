// SPDX-License-Identifier: GPL-3.0-or-later
// An element as the octets that messages need: how it is kept, and what the digest is computed over.
// Next door: slab.h, where the octets are kept; core/wire/image.h, which writes and reads them.
#pragma once

#include "core/base/octets.h"
#include "core/wire/parameters.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kolam {

/// An element's two images, padding included, one behind the other: the pool element parameter without ASAP transport,
/// as users get it, and the ASAP transport parameter, if there is one.
struct ElementImages {
    OctetView both;
    std::size_t elementSize; // of the first
    [[nodiscard]] std::size_t asapSize() const { return both.size() - elementSize; }
};

/// Writes them into a scratch memory, which grows when it must; they are valid until it is used again.
[[nodiscard]] ElementImages writeElementImages(const wire::PoolElement& element, Octets& scratch);
/// Reads an element back, reusing the capacity of `into`.
void readElementImages(OctetView image, OctetView asap, wire::PoolElement& into);
/// The home registrar is the one part of an image that changes by itself.
void setHomeRegistrar(std::byte* image, ServerId owner);
/// The policy parameter within a pool element parameter.
[[nodiscard]] OctetView policyWithin(OctetView image);

/// What one element contributes to the digest (extensions, number 0xbff3): XXH3-64, seed 0, over its canonical wire
/// image. That is, as in the body of a HANDLE_UPDATE: the pool handle parameter with its header and padding, directly
/// followed by the pool element parameter with its header and padding (identifier, home registrar, registration life in
/// milliseconds, user transport, policy, ASAP transport if there is one). As everywhere on the wire, padding is zeros
/// up to a multiple of 4, and no length field counts the padding of its own last part. An owner's digest is the sum
/// modulo 2^64 over its elements, 0 for none: it does not depend on any order, and elements can be added and taken
/// away. The distance of a policy that has one counts as 0, because every registrar has its own (distance.h).
/// @param scratch  memory to work in, kept by the caller for its capacity
[[nodiscard]] std::uint64_t elementDigest(std::string_view handle, OctetView image, OctetView asap, Octets& scratch);

} // namespace kolam
