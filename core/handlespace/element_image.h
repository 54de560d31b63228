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

/// How long an element's two images are, padding included. They stand one behind the other: the pool element parameter
/// without ASAP transport, as users get it, and the ASAP transport parameter, if there is one.
struct ImageSizes {
    std::size_t image;
    std::size_t asap;
    [[nodiscard]] std::size_t total() const { return image + asap; }
};

// `words` are those of the element's policy, whose type is known. core/wire could write images, too; but registering
// again what has not changed is the most frequent thing of all, and comparing is faster than writing.

[[nodiscard]] ImageSizes imageSizes(const wire::PoolElement& element, wire::PolicyWords words);
void writeImages(const wire::PoolElement& element, wire::PolicyWords words, ImageSizes sizes, std::byte* at);
/// Whether writeImages() would write what stands at `images`; the sizes are the same.
[[nodiscard]] bool equalsImages(const wire::PoolElement& element, wire::PolicyWords words, ImageSizes sizes,
                                const std::byte* images);
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
/// away.
/// @param scratch  memory to work in, kept by the caller for its capacity
[[nodiscard]] std::uint64_t elementDigest(std::string_view handle, OctetView image, OctetView asap, Octets& scratch);

} // namespace kolam
