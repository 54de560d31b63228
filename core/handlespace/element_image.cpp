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

constexpr std::size_t lengthOffset = 2;
constexpr std::size_t headerSize = 4;
constexpr std::size_t homeRegistrarOffset = 8;
constexpr std::size_t userTransportOffset = 16;
constexpr std::size_t maxSize = 0xffff;

std::size_t padded(std::size_t size) {
    return (size + 3) & ~std::size_t{3};
}
std::size_t lengthField(OctetView parameter) {
    return readBigEndian<std::uint16_t>(parameter, lengthOffset);
}
void setLength(std::byte* parameter, std::size_t length) {
    writeBigEndian(std::span{parameter, headerSize}, lengthOffset, static_cast<std::uint16_t>(length));
}

std::byte* append(std::byte* at, const void* octets, std::size_t size) {
    std::memcpy(at, octets, size);
    return at + size;
}

} // namespace

ElementImages::ElementImages(const wire::PoolElement& element, Octets& scratch) {
    const std::size_t size = wire::imageSize(element);
    if (size > maxSize) {
        return;
    }
    m_octets = m_small.data();
    if (size > m_small.size()) {
        scratch.resize(size);
        m_octets = scratch.data();
    }
    wire::writeImage(element, m_octets);
    m_asapSize = static_cast<std::uint16_t>(element.asapTransport ? wire::imageSize(*element.asapTransport) : 0);
    m_imageSize = static_cast<std::uint16_t>(size - m_asapSize);
    setLength(m_octets, m_imageSize); // a policy is never padded, nor is anything else at the end of this part
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
