// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlespace/element_image.h"

#include "core/handlespace/distance.h"
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

constexpr std::size_t padded(std::size_t size) {
    return (size + 3) & ~std::size_t{3};
}
std::size_t lengthField(OctetView parameter) {
    return readBigEndian<std::uint16_t>(parameter, lengthOffset);
}
void setLength(std::byte* parameter, std::size_t length) {
    writeBigEndian(std::span{parameter, headerSize}, lengthOffset, static_cast<std::uint16_t>(length));
}

/// No transport's image is larger. The exact size takes as long as writing it.
std::size_t roomFor(const wire::TransportParameter& transport) {
    constexpr std::size_t numbers = 12;
    constexpr std::size_t largestAddress = headerSize + 16;
    return numbers + transport.addresses.size() * largestAddress + padded(transport.opaque.size());
}
std::size_t roomFor(const wire::PoolElement& element) {
    constexpr std::size_t largestPolicy = 28;
    return userTransportOffset + largestPolicy + roomFor(element.userTransport) +
           padded(element.policy.unknown.size()) + (element.asapTransport ? roomFor(*element.asapTransport) : 0);
}

/// Where a policy parameter has its distance: 0, when it has none. It is the last of the words that the type has.
std::size_t distanceOffset(OctetView policy) {
    using wire::PolicyWords;
    constexpr std::size_t typeSize = 4;
    constexpr std::size_t wordSize = 4;
    const auto type = wire::PolicyType{readBigEndian<std::uint32_t>(policy, headerSize)};
    if (!hasDistance(type)) {
        return 0;
    }
    const PolicyWords words = wire::policyWords(type);
    std::size_t before = 1; // the penalty factor
    for (const auto word : {PolicyWords::Weight, PolicyWords::Load, PolicyWords::Degradation}) {
        before += words.has(word) ? 1U : 0U;
    }
    return headerSize + typeSize + before * wordSize;
}

std::byte* append(std::byte* at, const void* octets, std::size_t size) {
    std::memcpy(at, octets, size);
    return at + size;
}

} // namespace

ElementImages writeElementImages(const wire::PoolElement& element, Octets& scratch) {
    if (const std::size_t room = roomFor(element); room > scratch.size()) {
        scratch.resize(room);
    }
    std::byte* const start = scratch.data();
    const std::byte* const end = wire::writeImage(element, start);
    const OctetView both{start, end};
    std::size_t elementSize = both.size();
    constexpr std::size_t longest = 0xffff; // more is refused, whatever it says of its parts' lengths
    if (element.asapTransport &&
        both.size() <= longest) { // it is the last part, and the first image's length must not count it
        const OctetView policy = policyWithin(both);
        elementSize -= policy.size() - padded(lengthField(policy));
        setLength(start, elementSize);
    }
    return {both, elementSize};
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
    if (const OctetView policy = policyWithin(image); const std::size_t offset = distanceOffset(policy)) {
        const auto before = static_cast<std::size_t>(policy.data() - image.data());
        writeBigEndian(std::span{element, image.size()}, before + offset, std::uint32_t{0});
    }
    if (!asap.empty()) {
        append(at, asap.data(), asap.size());
        setLength(element, image.size() + lengthField(asap));
    }
    return XXH3_64bits(scratch.data(), scratch.size());
}

} // namespace kolam
