// SPDX-License-Identifier: GPL-3.0-or-later
// Parts of an element as octets, exactly as HANDLE_UPDATE carries them: transports are kept like this, and the digest
// is computed over a whole element. core/wire does the same for messages; here it is our own data, which needs no
// checks. Next door: slab.h, where the octets are kept; handlespace.cpp.
#pragma once

#include "core/base/octets.h"
#include "core/handlespace/slab.h"
#include "core/wire/parameters.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kolam {

/// Octets of a transport parameter: header, fields, addresses, zeros up to a multiple of 4.
[[nodiscard]] std::size_t transportImageSize(const wire::TransportParameter& transport);
/// @return one past the last octet written
std::byte* writeTransportImage(const wire::TransportParameter& transport, std::byte* at);
/// Reads what writeTransportImage() has written, reusing the capacity of `into`.
void readTransportImage(OctetView image, wire::TransportParameter& into);

/// The words that the policy's type has; 0 for those that it does not have.
[[nodiscard]] PolicyValues policyValues(const wire::Policy& policy);
void readPolicyValues(wire::PolicyType type, const PolicyValues& values, wire::Policy& into);

/// An element as it is kept.
struct StoredElement {
    std::uint32_t identifier;
    std::uint32_t homeRegistrar;
    wire::PolicyType policyType;
    const ElementDetails& details;
};
/// What one element contributes to the digest (extensions, number 0xbff3): XXH3-64, seed 0, over its canonical wire
/// image. That is, as in the body of a HANDLE_UPDATE: the pool handle parameter with its header and padding, directly
/// followed by the pool element parameter with its header and padding (identifier, home registrar, registration life in
/// milliseconds, user transport, policy, ASAP transport if there is one). As everywhere on the wire, padding is zeros
/// up to a multiple of 4, and no length field counts the padding of its own last part. An owner's digest is the sum
/// modulo 2^64 over its elements, 0 for none: it does not depend on any order, and elements can be added and taken
/// away.
/// @param scratch  memory to work in, kept by the caller for its capacity
[[nodiscard]] std::uint64_t elementDigest(std::string_view handle, const StoredElement& element, Octets& scratch);

} // namespace kolam
