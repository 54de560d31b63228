// SPDX-License-Identifier: GPL-3.0-or-later
// The visitor that reads a message's fields from octets, in one pass, checking every length before it is believed.
// Only *_codec.cpp include this. Next door: encoder.h, its mirror image.
//
// Parameters stand in the declared order. Between them may stand parameters that nobody here knows; their type's top
// bits say what to do with them. "Skip and report" is skipped without a report, as rsplib does: an unasked report
// would make its elements and users abort the association.
#pragma once

#include "core/wire/codec.h"
#include "core/wire/encoder.h"

namespace kolam::wire {

class Decoder {
public:
    /// Reads the octets from `at` to the end of `message`.
    Decoder(OctetView message, std::size_t at)
        : m_start(message.data())
        , m_at(message.data() + at)
        , m_end(message.data() + message.size()) {}
    /// For messages with a header: its type and flags octets are fields, too.
    void setHeader(std::uint8_t type, std::uint8_t flags) {
        m_messageType = type;
        m_flags = flags;
    }

    template <typename Field>
    void operator()(std::string_view, Field&& field) {
        if (!m_failed) [[likely]] {
            in(field);
        }
    }

    /// Steps over what may stand behind the last parameter.
    void finishParameters() {
        while (m_at != m_end && !m_failed) {
            if (readHeader() && mayStepOver()) {
                m_at = next();
            }
        }
    }
    void finishExact() {
        if (m_at != m_end && !m_failed) {
            fail(WireErrc::TrailingOctets, m_at);
        }
    }
    [[nodiscard]] bool failed() const { return m_failed; }
    [[nodiscard]] WireError error() const;

private:
    [[nodiscard]] std::size_t room() const { return static_cast<std::size_t>(m_end - m_at); }
    [[gnu::cold, gnu::noinline]] void fail(WireErrc code, const std::byte* at);
    [[gnu::cold, gnu::noinline]] void failUnrecognized();

    // ---- numbers and octets ----

    template <Number Value>
    void in(Value& value) {
        if (room() < sizeof(Bits<Value>)) [[unlikely]] {
            fail(WireErrc::Truncated, m_end);
            return;
        }
        value = fromBits<Value>(take<Bits<Value>>());
    }
    template <typename Word>
    Word take() {
        const Word word = readBigEndian<Word>({m_at, sizeof(Word)}, 0);
        m_at += sizeof(Word);
        return word;
    }
    template <std::uint8_t bit>
    void in(Flag<bit>& flag) {
        flag = (m_flags & bit) != 0;
    }
    void in(std::string& text) {
        text.assign(reinterpret_cast<const char*>(m_at), room());
        m_at = m_end;
    }
    void in(PoolHandle& handle) { in(handle.value); }
    void in(Octets& octets) {
        octets.assign(m_at, m_end);
        m_at = m_end;
    }
    template <std::size_t size>
    void in(std::array<std::uint8_t, size>& octets) {
        if (room() < size) [[unlikely]] {
            fail(WireErrc::Truncated, m_end);
            return;
        }
        std::memcpy(octets.data(), m_at, size);
        m_at += size;
    }
    void in(IpAddress& address) {
        const std::size_t size = address.v6 ? 16 : 4;
        if (room() != size) [[unlikely]] {
            fail(WireErrc::BadValue, m_at);
            return;
        }
        if (address.v6) {
            std::memcpy(address.octets.data(), m_at, 16);
        } else {
            address.octets = {};
            std::memcpy(address.octets.data(), m_at, 4);
        }
        m_at += size;
    }
    template <typename Value>
        requires requires(Value& value, Decoder& visit) { Value::fields(value, visit); }
    void in(Value& value) {
        Value::fields(value, *this);
    }

    // ---- parameters ----

    bool readHeader() {
        if (room() < parameterHeaderLength) [[unlikely]] {
            fail(WireErrc::Truncated, m_end);
            return false;
        }
        m_type = static_cast<ParameterType>(readBigEndian<std::uint16_t>({m_at, 4}, 0));
        m_length = readBigEndian<std::uint16_t>({m_at, 4}, 2);
        if (m_length < parameterHeaderLength || m_length > room()) [[unlikely]] {
            fail(WireErrc::BadLength, m_at + 2);
            return false;
        }
        return true;
    }
    /// Behind the parameter whose header was read. Its padding may be missing at the end of the parameter around it.
    const std::byte* next() {
        const std::size_t length = padded(m_length);
        if (length <= room()) [[likely]] {
            return m_at + length;
        }
        if (m_length != room()) {
            fail(WireErrc::BadLength, m_at + 2);
        }
        return m_end;
    }
    bool mayStepOver() {
        if (maySkip(m_type)) {
            return true;
        }
        failUnrecognized();
        return false;
    }
    enum class Presence : std::uint8_t { Optional, Mandatory };
    /// Goes to the next parameter of this kind; false when it is not there, and when reading failed.
    template <typename Kind, Presence presence>
    bool find() {
        while (m_at != m_end) {
            if (!readHeader()) [[unlikely]] {
                return false;
            }
            if (Kind::accepts(m_type)) [[likely]] {
                return true;
            }
            if (isKnown(m_type) && (presence == Presence::Optional || !maySkip(m_type))) {
                break; // it belongs to a later field, or is out of place
            }
            if (!mayStepOver()) {
                return false;
            }
            m_at = next();
        }
        if constexpr (presence == Presence::Mandatory) {
            fail(WireErrc::MissingParameter, m_at);
        }
        return false;
    }
    /// Reads the parameter whose header was read: its value is what its length says, and nothing must be left of it.
    template <typename Kind, typename Value>
    void oneParameter(Value& value) {
        const std::byte* const behind = next();
        const std::byte* const outerEnd = m_end;
        const std::byte* const outerParameter = m_parameter;
        m_parameter = m_at;
        m_end = m_at + m_length;
        m_at += parameterHeaderLength;
        Kind::assign(value, m_type);
        in(value);
        if constexpr (requires { requires Value::extensible; }) {
            // Words behind the known ones are for those who know more than we do.
        } else if constexpr (requires(Decoder& visit) { Value::fields(value, visit); }) {
            finishParameters();
        } else if (m_at != m_end && !m_failed) [[unlikely]] {
            fail(WireErrc::BadValue, m_at);
        }
        m_at = behind;
        m_end = outerEnd;
        m_parameter = outerParameter;
    }
    template <typename Kind, typename Value>
    void in(Parameter<Kind, Value>& parameter) {
        if constexpr (requires { parameter.value.has_value(); }) {
            if (!find<Kind, Presence::Optional>()) {
                parameter.value.reset();
                return;
            }
            if (!parameter.value) {
                parameter.value.emplace();
            }
            oneParameter<Kind>(*parameter.value);
        } else if (find<Kind, Presence::Mandatory>()) [[likely]] {
            oneParameter<Kind>(parameter.value);
        }
    }
    template <typename Kind, typename Values>
    void in(Parameters<Kind, Values>& parameters) {
        std::size_t count = 0;
        while (count < parameters.most && find<Kind, Presence::Optional>() && !m_failed) {
            oneParameter<Kind>(item(parameters.values, count++));
        }
        cut(parameters.values, count);
        if (count < parameters.least && !m_failed) [[unlikely]] {
            fail(WireErrc::MissingParameter, m_at);
        }
    }
    template <typename Values>
    void in(Groups<Values>& groups) {
        std::size_t count = 0;
        while (find<FixedType<Values::value_type::opening>, Presence::Optional>() && !m_failed) {
            in(item(groups.values, count++));
        }
        cut(groups.values, count);
    }
    /// The item of this number, which keeps the memory that it has from an earlier message.
    template <typename Values>
    static auto& item(Values& values, std::size_t number) {
        return number < values.size() ? values[number] : values.emplace_back();
    }
    template <typename Values>
    static void cut(Values& values, std::size_t count) {
        if (values.size() > count) {
            values.erase(values.begin() + static_cast<std::ptrdiff_t>(count), values.end());
        }
    }
    template <ParameterType type>
    void in(Dropped<type>&) {
        if (find<FixedType<type>, Presence::Optional>()) {
            m_at = next();
        }
    }

    // ---- the other words ----

    template <typename Field>
    void in(When<Field>& field) {
        if (field.present) {
            in(field.field);
        } else {
            reset(field.field);
        }
    }
    template <Number Value>
    static void reset(Value& value) {
        value = Value{};
    }
    static void reset(Octets& octets) { octets.clear(); }
    template <typename Kind, typename Values>
    static void reset(Parameters<Kind, Values>& parameters) {
        parameters.values.clear();
    }
    template <typename Word, Word number>
    static void reset(Ignored<Word, number>&) {}

    template <typename Count, typename Values>
    void in(Counted<Count, Values>& counted) {
        Count count = 0;
        in(count);
        using Item = typename std::remove_reference_t<Values>::value_type;
        if constexpr (Number<Item>) {
            if (m_failed || count > room() / sizeof(Bits<Item>)) [[unlikely]] {
                fail(WireErrc::Truncated, m_end);
                return;
            }
            counted.values.resize(count);
            for (Item& value : counted.values) {
                value = fromBits<Item>(take<Bits<Item>>());
            }
        } else {
            std::size_t number = 0;
            while (number < count && !m_failed) {
                in(item(counted.values, number++));
            }
            cut(counted.values, number);
        }
    }
    template <std::size_t width, typename Value>
    void in(PaddedText<width, Value>& text) {
        if (room() < width) [[unlikely]] {
            fail(WireErrc::Truncated, m_end);
            return;
        }
        const char* const start = reinterpret_cast<const char*>(m_at);
        text.value.assign(start, strnlen(start, width - 1));
        m_at += width;
    }
    template <typename Value>
    void in(Trailing<Value>& trailing) {
        if (m_at == m_end) {
            trailing.value.reset();
            return;
        }
        in(trailing.value.emplace());
    }
    template <typename Value>
    void in(HeaderType<Value>& type) {
        if (m_messageType < type.first || m_messageType > type.last) {
            fail(WireErrc::UnknownType, m_start);
            return;
        }
        type.value = static_cast<Value>(m_messageType);
    }
    template <typename Word, Word number>
    void in(Constant<Word, number>&) {
        const std::byte* const at = m_at;
        Word word{};
        in(word);
        if (word != number && !m_failed) {
            fail(WireErrc::BadValue, at);
        }
    }
    template <typename Word, Word number>
    void in(Ignored<Word, number>&) {
        Word word{};
        in(word);
    }

    const std::byte* m_start;
    const std::byte* m_at;
    const std::byte* m_end;                 // of the innermost parameter, or of the message
    const std::byte* m_parameter = nullptr; // the innermost one that is being read; none: the message itself
    ParameterType m_type{};                 // what readHeader() found at m_at
    std::uint16_t m_length = 0;
    std::uint8_t m_messageType = 0;
    std::uint8_t m_flags = 0;
    bool m_failed = false;
    WireErrc m_code{}; // the first mistake, its place, and what to quote of it
    const std::byte* m_mistake = nullptr;
    CauseCode m_cause{};
    OctetView m_quoted;
};

/// The cause that tells a sender about what we quote; nothing when that is too long for a message.
[[nodiscard]] std::optional<ErrorCause> quote(CauseCode code, OctetView quoted);
/// What is wrong with a message of this type, which this protocol does not have: told as its top bits ask.
[[nodiscard]] WireError unknownType(OctetView bytes);

/// Checks the header's length field against the octets that there are.
template <typename Message>
[[nodiscard]] WireResult<void> checkLength(OctetView bytes) {
    if (bytes.size() < messageHeaderLength) {
        return std::unexpected(WireError{WireErrc::Truncated, bytes.size(), {}});
    }
    const std::size_t length = readBigEndian<std::uint16_t>(bytes, 2);
    const std::size_t whole = ExactLength<Message> ? length : padded(length);
    if (length < messageHeaderLength || whole > bytes.size()) {
        return std::unexpected(WireError{WireErrc::BadLength, 2, {}});
    }
    if (whole < bytes.size()) {
        return std::unexpected(WireError{WireErrc::TrailingOctets, whole, {}});
    }
    return {};
}

template <typename Message>
[[nodiscard]] WireResult<void> decodeMessage(OctetView bytes, Message& into) {
    if constexpr (!Bare<Message>) {
        if (auto checked = checkLength<Message>(bytes); !checked) {
            return checked;
        }
        if constexpr (requires { Message::type; }) {
            if (peekType(bytes) != Message::type) {
                return std::unexpected(unknownType(bytes));
            }
        }
    }
    Decoder decoder{bytes, Bare<Message> ? 0 : messageHeaderLength};
    if constexpr (!Bare<Message>) {
        decoder.setHeader(peekType(bytes), std::to_integer<std::uint8_t>(bytes[1]));
    }
    Message::fields(into, decoder);
    if constexpr (Bare<Message> || ExactLength<Message>) {
        decoder.finishExact();
    } else {
        decoder.finishParameters();
    }
    if (decoder.failed()) [[unlikely]] {
        return std::unexpected(decoder.error());
    }
    return {};
}

/// Decodes into that alternative of a protocol's variant whose type the first octet names.
template <typename Variant, std::size_t index = 0>
[[nodiscard]] WireResult<Variant> decodeAny(OctetView bytes) {
    if constexpr (index == std::variant_size_v<Variant>) {
        return bytes.size() < messageHeaderLength ? std::unexpected(WireError{WireErrc::Truncated, bytes.size(), {}})
                                                  : std::unexpected(unknownType(bytes));
    } else {
        using Message = std::variant_alternative_t<index, Variant>;
        if (bytes.empty() || peekType(bytes) != Message::type) {
            return decodeAny<Variant, index + 1>(bytes);
        }
        WireResult<Variant> result{std::in_place, std::in_place_index<index>};
        if (auto decoded = decodeInto(bytes, std::get<index>(*result)); !decoded) {
            result = std::unexpected(std::move(decoded.error()));
        }
        return result;
    }
}

} // namespace kolam::wire
