// SPDX-License-Identifier: GPL-3.0-or-later
// Two visitors that turn a message into octets: the first adds up how many there will be, the second writes them.
// So the buffer grows once at most, and the writer needs no checks. Only *_codec.cpp include this.
#pragma once

#include "core/base/octets.h"
#include "core/wire/codec.h"
#include "core/wire/numbers.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <string>
#include <string_view>

namespace kolam::wire {

[[nodiscard]] constexpr std::size_t padded(std::size_t length) {
    return (length + 3) & ~std::size_t{3};
}

inline constexpr std::size_t parameterHeaderLength = 4; // type, length; the same for an error cause
inline constexpr std::size_t messageHeaderLength = 4;   // type, flags, length

/// Walks the fields and hands what must be written to `Derived`: openParameter(), closeParameter(), number(), octets(),
/// zeros(), flag() and messageType().
template <typename Derived>
class Outward {
public:
    template <typename Field>
    void operator()(std::string_view, const Field& field) {
        out(field);
    }

private:
    Outward() = default;
    friend Derived;
    Derived& self() { return static_cast<Derived&>(*this); }

    template <Number Value>
    void out(const Value& value) {
        self().number(toBits(value));
    }
    template <std::uint8_t bit>
    void out(const Flag<bit>& flag) {
        self().flag(flag ? bit : std::uint8_t{0});
    }
    void out(const std::string& text) { self().octets(text.data(), text.size()); }
    void out(const PoolHandle& handle) { out(handle.value); }
    void out(const Octets& octets) { self().octets(octets.data(), octets.size()); }
    template <std::size_t size>
    void out(const std::array<std::uint8_t, size>& octets) {
        self().octets(octets.data(), size);
    }
    void out(const IpAddress& address) { self().octets(address.octets.data(), address.v6 ? 16 : 4); }
    template <typename Value>
        requires requires(const Value& value, Outward& visit) { Value::fields(value, visit); }
    void out(const Value& value) {
        Value::fields(value, *this);
    }

    template <typename Kind, typename Value>
    void oneParameter(const Value& value) {
        const ParameterType type = Kind::of(value);
        if constexpr (HasOwnType<Value>) {
            assert(type == static_cast<ParameterType>(OwnType<Value>::of(value)));
        }
        const auto open = self().openParameter(type);
        out(value);
        self().closeParameter(open);
    }
    template <typename Kind, typename Value>
    void out(const Parameter<Kind, Value>& parameter) {
        if constexpr (requires { parameter.value.has_value(); }) {
            if (parameter.value) {
                oneParameter<Kind>(*parameter.value);
            }
        } else {
            oneParameter<Kind>(parameter.value);
        }
    }
    template <typename Kind, typename Values>
    void out(const Parameters<Kind, Values>& parameters) {
        assert(parameters.values.size() >= parameters.least && parameters.values.size() <= parameters.most);
        for (const auto& value : parameters.values) {
            oneParameter<Kind>(value);
        }
    }
    template <typename Values>
    void out(const Groups<Values>& groups) {
        for (const auto& group : groups.values) {
            out(group);
        }
    }
    template <ParameterType type>
    void out(const Dropped<type>&) {}
    template <typename Field>
    void out(const When<Field>& field) {
        if (field.present) {
            out(field.field);
        }
    }
    template <typename Count, typename Values>
    void out(const Counted<Count, Values>& counted) {
        self().number(static_cast<Count>(counted.values.size()));
        for (const auto& value : counted.values) {
            out(value);
        }
    }
    template <std::size_t width, typename Value>
    void out(const PaddedText<width, Value>& text) {
        const std::size_t size = std::min(text.value.size(), width - 1);
        self().octets(text.value.data(), size);
        self().zeros(width - size);
    }
    template <typename Value>
    void out(const Trailing<Value>& trailing) {
        if (trailing.value) {
            out(*trailing.value);
        }
    }
    template <typename Value>
    void out(const HeaderType<Value>& type) {
        self().messageType(toBits(type.value));
    }
    template <typename Word, Word number>
    void out(const Constant<Word, number>&) {
        self().number(number);
    }
    template <typename Word, Word number>
    void out(const Ignored<Word, number>&) {
        self().number(number);
    }
};

/// How many octets a message takes.
class Sizer : public Outward<Sizer> {
public:
    struct Open {};
    [[nodiscard]] std::size_t size() const { return m_size; }
    Open openParameter(ParameterType) {
        m_size = padded(m_size) + parameterHeaderLength;
        return {};
    }
    void closeParameter(Open) {}
    template <typename Word>
    void number(Word) {
        m_size += sizeof(Word);
    }
    void octets(const void*, std::size_t size) { m_size += size; }
    void zeros(std::size_t size) { m_size += size; }
    void flag(std::uint8_t) {}
    void messageType(std::uint8_t) {}

private:
    std::size_t m_size = 0;
};

/// Writes. A parameter's padding is written by whatever comes after it: so no length counts the padding of its last
/// part, which is how rsplib does it (only the message's own length does).
class Encoder : public Outward<Encoder> {
public:
    /// `start` has room for all that the Sizer counted.
    explicit Encoder(std::byte* start) : m_start(start), m_at(start) {}

    struct Open {
        std::byte* at;
        ParameterType type;
    };
    Open openParameter(ParameterType type) {
        pad();
        m_at += parameterHeaderLength;
        return {m_at - parameterHeaderLength, type};
    }
    void closeParameter(Open open) {
        const auto length = static_cast<std::uint16_t>(m_at - open.at);
        put(open.at, static_cast<std::uint32_t>(open.type) << 16 | length);
    }
    template <typename Word>
    void number(Word word) {
        put(m_at, word);
        m_at += sizeof(Word);
    }
    void octets(const void* data, std::size_t size) {
        if (size > 0) {
            std::memcpy(m_at, data, size);
            m_at += size;
        }
    }
    void zeros(std::size_t size) {
        std::memset(m_at, 0, size);
        m_at += size;
    }
    void flag(std::uint8_t bit) { m_start[1] |= std::byte{bit}; }
    void messageType(std::uint8_t type) { m_start[0] = std::byte{type}; }
    /// Where the next octet goes.
    [[nodiscard]] std::byte* at() const { return m_at; }
    void pad() {
        while (((m_at - m_start) & 3) != 0) {
            *m_at++ = std::byte{0};
        }
    }

private:
    template <typename Word>
    static void put(std::byte* at, Word word) {
        writeBigEndian(std::span<std::byte>{at, sizeof(Word)}, 0, word);
    }
    std::byte* m_start;
    std::byte* m_at;
};

/// Cookies are octets for somebody else's message: they have no header of their own.
template <typename Message>
concept Bare = requires { requires Message::bare; };
/// The services' messages end where their length says; those of ASAP and ENRP are padded to a multiple of 4.
template <typename Message>
concept ExactLength = requires { requires Message::exactLength; };

template <typename Message>
[[nodiscard, gnu::flatten]] std::size_t messageSize(const Message& message) {
    Sizer sizer;
    Message::fields(message, sizer);
    if constexpr (Bare<Message>) {
        return sizer.size();
    } else {
        return messageHeaderLength + (ExactLength<Message> ? sizer.size() : padded(sizer.size()));
    }
}

template <typename Message>
[[gnu::flatten]] void encodeMessage(const Message& message, Octets& into) {
    const std::size_t length = messageSize(message);
    if (length > maxMessageLength) [[unlikely]] {
        into.clear();
        return;
    }
    into.resize(length);
    Encoder encoder{into.data()};
    if constexpr (!Bare<Message>) {
        std::uint8_t type = 0; // HeaderType replaces it where it is a field
        if constexpr (requires { Message::type; }) {
            type = Message::type;
        }
        encoder.number(type);
        encoder.number(std::uint8_t{0});
        encoder.number(static_cast<std::uint16_t>(length));
    }
    Message::fields(message, encoder);
    if constexpr (!Bare<Message> && !ExactLength<Message>) {
        encoder.pad();
    }
}

} // namespace kolam::wire
