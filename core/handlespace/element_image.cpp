// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlespace/element_image.h"

#include "core/wire/image.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <optional>
#include <utility>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace kolam {

namespace {

using wire::PolicyWords;
using wire::TransportProtocol;

constexpr std::size_t lengthOffset = 2;
constexpr std::size_t headerSize = 4;
constexpr std::size_t homeRegistrarOffset = 8;
constexpr std::size_t userTransportOffset = 16;

constexpr std::size_t padded(std::size_t size) {
    return (size + 3) & ~std::size_t{3};
}
std::size_t lengthField(OctetView parameter) {
    return readBigEndian<std::uint16_t>(parameter, lengthOffset);
}
void setLength(std::byte* parameter, std::size_t length) {
    writeBigEndian(std::span{parameter, headerSize}, lengthOffset, static_cast<std::uint16_t>(length));
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
std::size_t policyLength(PolicyWords words) {
    std::size_t count = 2;
    count += words.has(PolicyWords::Weight) ? 1u : 0u;
    count += words.has(PolicyWords::Load) ? 1u : 0u;
    count += words.has(PolicyWords::Degradation) ? 1u : 0u;
    count += words.has(PolicyWords::PenaltyFactor) ? 2u : 0u;
    return count * 4;
}

/// Takes the words of an image, one after the other, by writing them.
class Writer {
public:
    explicit Writer(std::byte* at) : m_at(at) {}
    void word(std::uint32_t value) {
        writeBigEndian(std::span{m_at, sizeof value}, 0, value);
        m_at += sizeof value;
    }
    void octets(const void* octets, std::size_t size) {
        if (size > 0) {
            std::memcpy(m_at, octets, size);
        }
        std::fill(m_at + size, m_at + padded(size), std::byte{0});
        m_at += padded(size);
    }

private:
    std::byte* m_at;
};

/// Takes them by comparing with an image. It does not stop at a difference: what is looked for is that there is none.
class Comparer {
public:
    explicit Comparer(const std::byte* at) : m_at(at) {}
    [[nodiscard]] bool equal() const { return m_difference == 0; }
    void word(std::uint32_t value) {
        m_difference |= value ^ readBigEndian<std::uint32_t>({m_at, sizeof value}, 0);
        m_at += sizeof value;
    }
    void octets(const void* octets, std::size_t size) {
        if (size == sizeof m_difference) {
            std::uint32_t mine;
            std::uint32_t theirs;
            std::memcpy(&mine, octets, sizeof mine);
            std::memcpy(&theirs, m_at, sizeof theirs);
            m_difference |= mine ^ theirs;
        } else if (size > 0) {
            m_difference |= std::memcmp(m_at, octets, size) != 0 ? 1u : 0u;
        }
        m_at += padded(size);
    }

private:
    const std::byte* m_at;
    std::uint32_t m_difference = 0;
};

std::uint32_t header(wire::ParameterType type, std::size_t length) {
    return static_cast<std::uint32_t>(type) << 16 | static_cast<std::uint32_t>(length);
}

template <typename Taker>
void takeTransport(const wire::TransportParameter& transport, Taker& taker) {
    const TransportProtocol protocol = transport.protocol;
    taker.word(header(static_cast<wire::ParameterType>(protocol), transportLength(transport)));
    if (protocol == TransportProtocol::Opaque) {
        taker.octets(transport.opaque.data(), transport.opaque.size());
        return;
    }
    const bool hasUse = protocol == TransportProtocol::Sctp || protocol == TransportProtocol::Tcp;
    taker.word(std::uint32_t{transport.port} << 16 | (hasUse ? static_cast<std::uint32_t>(transport.use) : 0));
    if (protocol == TransportProtocol::Dccp) {
        taker.word(transport.dccpServiceCode);
    }
    for (const IpAddress& address : transport.addresses) {
        if (address.v6) {
            taker.word(header(wire::ParameterType::Ipv6Address, headerSize + 16));
            taker.octets(address.octets.data(), 16);
        } else {
            taker.word(header(wire::ParameterType::Ipv4Address, headerSize + 4));
            taker.octets(address.octets.data(), 4);
        }
    }
}

template <typename Taker>
void takeImages(const wire::PoolElement& element, PolicyWords words, ImageSizes sizes, Taker& taker) {
    taker.word(header(wire::ParameterType::PoolElement, sizes.image)); // what ends with a policy has no padding
    taker.word(element.identifier.value);
    taker.word(element.homeRegistrar.value);
    taker.word(element.life.count());
    takeTransport(element.userTransport, taker);
    const wire::Policy& policy = element.policy;
    taker.word(header(wire::ParameterType::Policy, policyLength(words)));
    taker.word(static_cast<std::uint32_t>(policy.type));
    if (words.has(PolicyWords::Weight)) {
        taker.word(policy.weight);
    }
    if (words.has(PolicyWords::Load)) {
        taker.word(policy.load);
    }
    if (words.has(PolicyWords::Degradation)) {
        taker.word(policy.degradation);
    }
    if (words.has(PolicyWords::PenaltyFactor)) {
        taker.word(policy.penaltyFactor);
        taker.word(policy.distance);
    }
    if (element.asapTransport) {
        takeTransport(*element.asapTransport, taker);
    }
}

std::byte* append(std::byte* at, const void* octets, std::size_t size) {
    std::memcpy(at, octets, size);
    return at + size;
}

} // namespace

ImageSizes imageSizes(const wire::PoolElement& element, PolicyWords words) {
    return {userTransportOffset + padded(transportLength(element.userTransport)) + policyLength(words),
            element.asapTransport ? padded(transportLength(*element.asapTransport)) : 0};
}
void writeImages(const wire::PoolElement& element, PolicyWords words, ImageSizes sizes, std::byte* at) {
    Writer writer{at};
    takeImages(element, words, sizes, writer);
}
bool equalsImages(const wire::PoolElement& element, PolicyWords words, ImageSizes sizes, const std::byte* images) {
    Comparer comparer{images};
    takeImages(element, words, sizes, comparer);
    return comparer.equal();
}

void readElementImages(OctetView image, OctetView asap, wire::PoolElement& into) {
    std::optional<wire::TransportParameter> transport = std::move(into.asapTransport); // for its capacity
    [[maybe_unused]] bool read = wire::readImage(image, into);
    if (!asap.empty()) {
        if (!transport) {
            transport.emplace();
        }
        read = wire::readImage(asap, *transport) && read;
        into.asapTransport = std::move(transport);
    }
    assert(read);
}

void setHomeRegistrar(std::byte* image, ServerId owner) {
    writeBigEndian(std::span{image, userTransportOffset}, homeRegistrarOffset, owner.value);
}

OctetView policyWithin(OctetView image) {
    const OctetView userTransport = image.subspan(userTransportOffset);
    return userTransport.subspan(padded(lengthField(userTransport)));
}

std::uint64_t elementDigest(std::string_view handle, OctetView image, OctetView asap, Octets& scratch) {
    const std::size_t handleSize = headerSize + padded(handle.size());
    scratch.resize(handleSize + image.size() + asap.size());
    writeBigEndian(std::span{scratch}, 0, static_cast<std::uint16_t>(wire::ParameterType::PoolHandle));
    setLength(scratch.data(), headerSize + handle.size());
    std::byte* at = append(scratch.data() + headerSize, handle.data(), handle.size());
    std::byte* const element = scratch.data() + handleSize;
    std::fill(at, element, std::byte{0});
    at = append(element, image.data(), image.size());
    if (!asap.empty()) {
        append(at, asap.data(), asap.size());
        setLength(element, image.size() + lengthField(asap));
    }
    return XXH3_64bits(scratch.data(), scratch.size());
}

} // namespace kolam
