// SPDX-License-Identifier: GPL-3.0-or-later
// Images through the same visitors as messages, and messages out of images.
#include "core/wire/image.h"

#include "core/wire/decoder.h"
#include "core/wire/encoder.h"

namespace kolam::wire {

namespace {

constexpr auto asParameter(auto& value) {
    using Value = std::remove_cvref_t<decltype(value)>;
    if constexpr (std::is_same_v<Value, PoolHandle>) {
        return parameter<ParameterType::PoolHandle>(value);
    } else if constexpr (std::is_same_v<Value, PoolElement>) {
        return parameter<ParameterType::PoolElement>(value);
    } else if constexpr (std::is_same_v<Value, Policy>) {
        return parameter<ParameterType::Policy>(value);
    } else if constexpr (std::is_same_v<Value, ServerInformation>) {
        return parameter<ParameterType::ServerInformation>(value);
    } else {
        return parameter(value);
    }
}

/// Images are short and their size is a multiple of 4: copied in place, without asking a library how to do it best.
inline std::byte* copyImage(OctetView image, std::byte* to) {
    constexpr std::size_t piece = 16;
    const std::byte* const from = image.data();
    const std::size_t size = image.size();
    if (size < piece) {
        for (std::size_t at = 0; at < size; at += 4) {
            std::memcpy(to + at, from + at, 4);
        }
        return to + size;
    }
    for (std::size_t at = 0; at < size - piece; at += piece) {
        std::memcpy(to + at, from + at, piece);
    }
    std::memcpy(to + size - piece, from + size - piece, piece); // may write some octets a second time
    return to + size;
}

/// Without the padding, which the encoder leaves to whatever comes next.
template <typename Value>
[[gnu::flatten]] std::size_t sizeWithoutPadding(const Value& value) {
    Sizer sizer;
    sizer("image", asParameter(value));
    return sizer.size();
}

} // namespace

template <typename Value>
std::size_t imageSize(const Value& value) {
    return padded(sizeWithoutPadding(value));
}

template <typename Value>
[[gnu::flatten]] std::byte* writeImage(const Value& value, std::byte* at) {
    Encoder encoder{at};
    encoder("image", asParameter(value));
    encoder.pad();
    return encoder.at();
}

template <typename Value>
Octets quoted(const Value& value) {
    Octets octets;
    octets.resize(imageSize(value));
    writeImage(value, octets.data());
    octets.resize(sizeWithoutPadding(value));
    return octets;
}

template <typename Value>
bool readImage(OctetView image, Value& into) {
    DecodingContext context{image.data()};
    Decoder decoder{context, image.data(), image.data() + image.size(), nullptr};
    decoder("image", asParameter(into));
    decoder.finishExact(WireErrc::TrailingOctets);
    return !context.failed;
}

// As in instantiate.h. NOLINTBEGIN(bugprone-macro-parentheses)
#define KOLAM_WIRE_IMAGE(Value)                                                                                        \
    template std::size_t imageSize(const Value&);                                                                      \
    template std::byte* writeImage(const Value&, std::byte*);                                                          \
    template Octets quoted(const Value&);                                                                              \
    template bool readImage(OctetView, Value&);
// NOLINTEND(bugprone-macro-parentheses)
KOLAM_WIRE_IMAGE(PoolHandle)
KOLAM_WIRE_IMAGE(PoolElement)
KOLAM_WIRE_IMAGE(Policy)
KOLAM_WIRE_IMAGE(TransportParameter)
KOLAM_WIRE_IMAGE(ServerInformation)

void encodeFromImages(std::uint8_t type, std::uint8_t flags, std::span<const std::uint32_t> words,
                      std::span<const OctetView> images, Octets& into) {
    std::size_t length = messageHeaderLength + words.size_bytes();
    for (const OctetView image : images) {
        assert(image.size() % 4 == 0);
        length += image.size();
    }
    if (length > maxMessageLength) [[unlikely]] {
        into.clear();
        return;
    }
    into.resize(length);
    Encoder header{into.data()};
    header.number(type);
    header.number(flags);
    header.number(static_cast<std::uint16_t>(length));
    for (const std::uint32_t word : words) {
        header.number(word);
    }
    std::byte* at = header.at();
    for (const OctetView image : images) {
        at = copyImage(image, at);
    }
}

} // namespace kolam::wire
