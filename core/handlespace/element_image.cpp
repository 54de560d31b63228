// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlespace/element_image.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace kolam {

namespace {

using wire::PolicyWords;

constexpr std::size_t headerSize = 4;

std::size_t padded(std::size_t size) {
    return (size + 3) & ~std::size_t{3};
}

template <typename Number>
std::byte* put(std::byte* at, Number number) {
    writeBigEndian(std::span<std::byte>{at, sizeof number}, 0, number);
    return at + sizeof number;
}

std::byte* putPadding(std::byte* start, std::byte* at) {
    while (((at - start) & 3) != 0) {
        *at++ = std::byte{0};
    }
    return at;
}

std::byte* openParameter(std::byte* at, wire::ParameterType type) {
    return put(at, static_cast<std::uint16_t>(type)) + sizeof(std::uint16_t);
}

void closeParameter(std::byte* open, const std::byte* end) {
    put(open + sizeof(std::uint16_t), static_cast<std::uint16_t>(end - open));
}

std::byte* putOctets(std::byte* at, const void* octets, std::size_t size) {
    if (size > 0) {
        std::memcpy(at, octets, size);
    }
    return at + size;
}

std::size_t transportSize(const wire::TransportParameter& transport) {
    if (transport.protocol == wire::TransportProtocol::Opaque) {
        return headerSize + transport.opaque.size();
    }
    std::size_t size = headerSize + 4 + (transport.protocol == wire::TransportProtocol::Dccp ? 4 : 0);
    for (const IpAddress& address : transport.addresses) {
        size += headerSize + (address.v6 ? 16 : 4);
    }
    return size;
}

std::byte* putTransport(const wire::TransportParameter& transport, std::byte* at) {
    std::byte* const open = at;
    at = openParameter(at, static_cast<wire::ParameterType>(transport.protocol));
    if (transport.protocol == wire::TransportProtocol::Opaque) {
        at = putOctets(at, transport.opaque.data(), transport.opaque.size());
    } else {
        const bool hasUse =
            transport.protocol == wire::TransportProtocol::Sctp || transport.protocol == wire::TransportProtocol::Tcp;
        at = put(at, transport.port);
        at = put(at, hasUse ? static_cast<std::uint16_t>(transport.use) : std::uint16_t{0});
        if (transport.protocol == wire::TransportProtocol::Dccp) {
            at = put(at, transport.dccpServiceCode);
        }
        for (const IpAddress& address : transport.addresses) {
            const std::size_t size = address.v6 ? 16 : 4;
            at = put(at, static_cast<std::uint16_t>(wire::OwnType<IpAddress>::of(address)));
            at = put(at, static_cast<std::uint16_t>(headerSize + size));
            at = putOctets(at, address.octets.data(), size);
        }
    }
    closeParameter(open, at);
    return putPadding(open, at);
}

std::size_t policySize(const wire::Policy& policy) {
    const PolicyWords words = wire::policyWords(policy.type);
    if (words.has(PolicyWords::Unknown)) {
        return headerSize + 4 + policy.unknown.size();
    }
    std::size_t size = headerSize + 4;
    for (const auto word : {PolicyWords::Weight, PolicyWords::Load, PolicyWords::Degradation}) {
        size += words.has(word) ? std::size_t{4} : std::size_t{0};
    }
    return size + (words.has(PolicyWords::PenaltyFactor) ? std::size_t{8} : std::size_t{0});
}

std::byte* putPolicy(const wire::Policy& policy, std::byte* at) {
    std::byte* const open = at;
    at = put(openParameter(at, wire::ParameterType::Policy), static_cast<std::uint32_t>(policy.type));
    const PolicyWords words = wire::policyWords(policy.type);
    if (words.has(PolicyWords::Weight)) {
        at = put(at, policy.weight);
    }
    if (words.has(PolicyWords::Load)) {
        at = put(at, policy.load);
    }
    if (words.has(PolicyWords::Degradation)) {
        at = put(at, policy.degradation);
    }
    if (words.has(PolicyWords::PenaltyFactor)) {
        at = put(put(at, policy.penaltyFactor), policy.distance);
    }
    if (words.has(PolicyWords::Unknown)) {
        at = putOctets(at, policy.unknown.data(), policy.unknown.size());
    }
    closeParameter(open, at);
    return putPadding(open, at);
}

} // namespace

std::size_t elementImageSize(const wire::PoolElement& element) {
    const std::size_t asap = element.asapTransport ? padded(transportSize(*element.asapTransport)) : 0;
    return headerSize + 12 + padded(transportSize(element.userTransport)) + padded(policySize(element.policy)) + asap;
}

std::byte* writeElementImage(const wire::PoolElement& element, std::byte* at) {
    std::byte* const open = at;
    at = openParameter(at, wire::ParameterType::PoolElement);
    at = put(at, element.identifier.value);
    at = put(at, element.homeRegistrar.value);
    at = put(at, element.life.count());
    at = putTransport(element.userTransport, at);
    at = putPolicy(element.policy, at);
    std::size_t lastPadding = padded(policySize(element.policy)) - policySize(element.policy);
    if (element.asapTransport) {
        at = putTransport(*element.asapTransport, at);
        lastPadding = padded(transportSize(*element.asapTransport)) - transportSize(*element.asapTransport);
    }
    closeParameter(open, at - lastPadding);
    return at;
}

std::size_t handleImageSize(std::string_view handle) {
    return headerSize + padded(handle.size());
}

std::byte* writeHandleImage(std::string_view handle, std::byte* at) {
    std::byte* const open = at;
    at = putOctets(openParameter(at, wire::ParameterType::PoolHandle), handle.data(), handle.size());
    closeParameter(open, at);
    return putPadding(open, at);
}

std::uint64_t elementDigest(OctetView handleImage, OctetView elementImage) {
    XXH3_state_t state;
    XXH3_64bits_reset(&state);
    XXH3_64bits_update(&state, handleImage.data(), handleImage.size());
    XXH3_64bits_update(&state, elementImage.data(), elementImage.size());
    return XXH3_64bits_digest(&state);
}

} // namespace kolam
