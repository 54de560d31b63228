// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlespace/element_image.h"

#include <algorithm>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace kolam {

namespace {

using wire::PolicyWords;
using wire::TransportProtocol;

constexpr std::size_t headerSize = 4;

std::size_t padded(std::size_t size) {
    return (size + 3) & ~std::size_t{3};
}

template <typename Number>
std::byte* put(std::byte* at, Number number) {
    writeBigEndian(std::span<std::byte>{at, sizeof number}, 0, number);
    return at + sizeof number;
}

std::byte* putHeader(std::byte* at, wire::ParameterType type, std::size_t length) {
    return put(put(at, static_cast<std::uint16_t>(type)), static_cast<std::uint16_t>(length));
}

std::byte* putOctets(std::byte* at, const void* octets, std::size_t size) {
    if (size > 0) {
        std::memcpy(at, octets, size);
    }
    std::byte* const end = at + padded(size);
    std::fill(at + size, end, std::byte{0});
    return end;
}

std::size_t transportLength(const wire::TransportParameter& transport) {
    if (transport.protocol == TransportProtocol::Opaque) {
        return headerSize + transport.opaque.size();
    }
    std::size_t length = headerSize + (transport.protocol == TransportProtocol::Dccp ? 8 : 4);
    for (const IpAddress& address : transport.addresses) {
        length += headerSize + (address.v6 ? 16 : 4);
    }
    return length;
}

std::size_t lengthField(const std::byte* parameter) {
    return readBigEndian<std::uint16_t>({parameter, headerSize}, 2);
}

bool hasUse(TransportProtocol protocol) {
    return protocol == TransportProtocol::Sctp || protocol == TransportProtocol::Tcp;
}

} // namespace

std::size_t transportImageSize(const wire::TransportParameter& transport) {
    return padded(transportLength(transport));
}

std::byte* writeTransportImage(const wire::TransportParameter& transport, std::byte* at) {
    at = putHeader(at, wire::OwnType<wire::TransportParameter>::of(transport), transportLength(transport));
    if (transport.protocol == TransportProtocol::Opaque) {
        return putOctets(at, transport.opaque.data(), transport.opaque.size());
    }
    at = put(at, transport.port);
    at = put(at, hasUse(transport.protocol) ? static_cast<std::uint16_t>(transport.use) : std::uint16_t{0});
    if (transport.protocol == TransportProtocol::Dccp) {
        at = put(at, transport.dccpServiceCode);
    }
    for (const IpAddress& address : transport.addresses) {
        const std::size_t size = address.v6 ? 16 : 4;
        at = putHeader(at, wire::OwnType<IpAddress>::of(address), headerSize + size);
        at = putOctets(at, address.octets.data(), size);
    }
    return at;
}

void readTransportImage(OctetView image, wire::TransportParameter& into) {
    into.protocol = static_cast<TransportProtocol>(readBigEndian<std::uint16_t>(image, 0));
    const std::size_t length = lengthField(image.data());
    into.opaque.clear();
    into.dccpServiceCode = 0;
    if (into.protocol == TransportProtocol::Opaque) {
        into.port = 0;
        into.use = {};
        into.addresses.clear();
        into.opaque.assign(image.begin() + headerSize, image.begin() + static_cast<std::ptrdiff_t>(length));
        return;
    }
    into.port = readBigEndian<std::uint16_t>(image, 4);
    into.use = static_cast<wire::TransportUse>(readBigEndian<std::uint16_t>(image, 6));
    std::size_t at = headerSize + 4;
    if (into.protocol == TransportProtocol::Dccp) {
        into.dccpServiceCode = readBigEndian<std::uint32_t>(image, at);
        at += 4;
    }
    std::size_t count = 0;
    for (std::size_t next = at; next < length; next += lengthField(image.data() + next)) {
        ++count;
    }
    into.addresses.resize(count);
    for (IpAddress& address : into.addresses) {
        const std::size_t size = lengthField(image.data() + at) - headerSize;
        address.v6 = size == 16;
        if (!address.v6) {
            address.octets = {};
        }
        std::memcpy(address.octets.data(), image.data() + at + headerSize, size);
        at += headerSize + size;
    }
}

PolicyValues policyValues(const wire::Policy& policy) {
    const PolicyWords words = wire::policyWords(policy.type);
    PolicyValues values;
    if (words.has(PolicyWords::Weight)) {
        values.amount = policy.weight;
    }
    if (words.has(PolicyWords::Load)) {
        values.amount = policy.load;
    }
    if (words.has(PolicyWords::Degradation)) {
        values.degradation = policy.degradation;
    }
    if (words.has(PolicyWords::PenaltyFactor)) {
        values.penaltyFactor = policy.penaltyFactor;
        values.distance = policy.distance;
    }
    return values;
}

void readPolicyValues(wire::PolicyType type, const PolicyValues& values, wire::Policy& into) {
    const PolicyWords words = wire::policyWords(type);
    into.type = type;
    into.weight = words.has(PolicyWords::Weight) ? values.amount : 0;
    into.load = words.has(PolicyWords::Load) ? values.amount : 0;
    into.degradation = values.degradation;
    into.penaltyFactor = values.penaltyFactor;
    into.distance = values.distance;
    into.unknown.clear();
}

std::uint64_t elementDigest(std::string_view handle, const StoredElement& element, Octets& scratch) {
    const ElementDetails& details = element.details;
    constexpr std::size_t longestPolicy = headerSize + 20;
    scratch.resize(2 * headerSize + padded(handle.size()) + 12 + longestPolicy + details.transportsSize());

    std::byte* at = putHeader(scratch.data(), wire::ParameterType::PoolHandle, headerSize + handle.size());
    at = putOctets(at, handle.data(), handle.size());

    std::byte* const start = at;
    at += headerSize;
    at = put(put(put(at, element.identifier), element.homeRegistrar), details.life);
    at = putOctets(at, details.transportOctets(), details.userSize);

    std::byte* const policy = at;
    at = put(at + headerSize, static_cast<std::uint32_t>(element.policyType));
    const PolicyWords words = wire::policyWords(element.policyType);
    if (words.has(PolicyWords::Weight) || words.has(PolicyWords::Load)) {
        at = put(at, details.values.amount);
    }
    if (words.has(PolicyWords::Degradation)) {
        at = put(at, details.values.degradation);
    }
    if (words.has(PolicyWords::PenaltyFactor)) {
        at = put(put(at, details.values.penaltyFactor), details.values.distance);
    }
    putHeader(policy, wire::ParameterType::Policy, static_cast<std::size_t>(at - policy));

    std::size_t lastPadding = 0;
    if (details.asapSize > 0) {
        const std::byte* asap = details.transportOctets() + details.userSize;
        at = putOctets(at, asap, details.asapSize);
        lastPadding = details.asapSize - lengthField(asap);
    }
    putHeader(start, wire::ParameterType::PoolElement, static_cast<std::size_t>(at - start) - lastPadding);
    return XXH3_64bits(scratch.data(), static_cast<std::size_t>(at - scratch.data()));
}

} // namespace kolam
