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

/// What all levels of one message's decoding share.
struct DecodingContext {
    const std::byte* message; // where it starts
    std::uint8_t type = 0;    // the header's octets are fields, too
    std::uint8_t flags = 0;
    // The first mistake, its place, and what to quote of it.
    bool failed = false;
    WireErrc code{};
    const std::byte* mistake = nullptr;
    CauseCode cause{};
    OctetView quoted;

    [[gnu::cold, gnu::noinline]] void fail(WireErrc what, const std::byte* at, OctetView parameter);
    [[gnu::cold, gnu::noinline]] void failUnrecognized(const std::byte* at, OctetView parameter);
    [[nodiscard]] WireError error() const;
};

/// Reads one level: the message, or a parameter within it, which gets a decoder of its own.
/// Nothing outside ever sees this object, so that the compiler can keep its members in registers.
class Decoder {
public:
    /// @param from       where the fields start, and `end` where they must end
    /// @param parameter  the parameter that they are the value of; none for a message
    Decoder(DecodingContext& context, const std::byte* from, const std::byte* end, const std::byte* parameter)
        : m_context(context)
        , m_at(from)
        , m_end(end)
        , m_parameter(parameter) {}

    template <typename Field>
    void operator()(std::string_view, Field&& field) {
        in(field);
    }

    /// Steps over what may stand behind the last parameter.
    void finishParameters() {
        while (m_at != m_end) {
            if (Header header; readHeader(header)) {
                stepOver(header);
            }
        }
    }
    void finishExact(WireErrc otherwise) {
        if (m_at != m_end) [[unlikely]] {
            fail(otherwise, m_at);
        }
    }

private:
    [[nodiscard]] std::size_t room() const { return static_cast<std::size_t>(m_end - m_at); }
    /// Takes the rest away from the fields to come: they find nothing, and only the first mistake is kept.
    void fail(WireErrc code, const std::byte* at) {
        m_context.fail(code, at, m_parameter == nullptr ? OctetView{} : OctetView{m_parameter, m_end});
        m_at = m_end;
    }

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
        flag = (m_context.flags & bit) != 0;
    }
    void in(std::string& text) {
        text.assign(reinterpret_cast<const char*>(m_at), room());
        m_at = m_end;
    }
    void in(PoolHandle& handle) { in(handle.value); }
    void in(Octets& octets) {
        assign(octets, m_at, room());
        m_at = m_end;
    }
    /// Out of line, because what the library does when memory has to grow is long, and octets are rare.
    [[gnu::noinline]] static void assign(Octets& octets, const std::byte* from, std::size_t size) {
        octets.assign(from, from + size);
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

    struct Header {
        ParameterType type;
        std::size_t length;
    };
    bool readHeader(Header& header) {
        if (room() < parameterHeaderLength) [[unlikely]] {
            fail(WireErrc::Truncated, m_end);
            return false;
        }
        const auto word = readBigEndian<std::uint32_t>({m_at, 4}, 0);
        header = {static_cast<ParameterType>(word >> 16), word & 0xffff};
        // One comparison for both limits: a length under the minimum wraps around.
        if (header.length - parameterHeaderLength > room() - parameterHeaderLength) [[unlikely]] {
            fail(WireErrc::BadLength, m_at + 2);
            return false;
        }
        return true;
    }
    /// Goes behind the parameter; its padding may be missing at the end of the parameter around it.
    void advance(const Header& header) {
        const std::size_t length = padded(header.length);
        if (length <= room()) [[likely]] {
            m_at += length;
        } else if (header.length == room()) {
            m_at = m_end;
        } else {
            fail(WireErrc::BadLength, m_at + 2);
        }
    }
    /// Passes a parameter that nobody here wants, unless its type says that this ends the message.
    void stepOver(const Header& header) {
        if (maySkip(header.type)) {
            advance(header);
        } else {
            m_context.failUnrecognized(m_at, {m_at, header.length});
            m_at = m_end;
        }
    }
    enum class Need : std::uint8_t { Optional, Mandatory };
    /// Goes to the next parameter of this kind; false when it is not there, and when reading failed.
    template <typename Kind, Need need>
    bool find(Header& header) {
        while (m_at != m_end) {
            if (!readHeader(header)) [[unlikely]] {
                return false;
            }
            if (Kind::accepts(header.type)) [[likely]] {
                return true;
            }
            if (isKnown(header.type) && (need == Need::Optional || !maySkip(header.type))) {
                break; // it belongs to a later field, or is out of place
            }
            stepOver(header);
        }
        if constexpr (need == Need::Mandatory) {
            fail(WireErrc::MissingParameter, m_at);
        }
        return false;
    }
    /// Reads the parameter at hand: its value is what its length says, and nothing must be left of it.
    template <typename Kind, typename Value>
    void oneParameter(const Header& header, Value& value) {
        const std::byte* const parameter = m_at;
        advance(header);
        Kind::assign(value, header.type);
        Decoder inner{m_context, parameter + parameterHeaderLength, parameter + header.length, parameter};
        inner.in(value);
        if constexpr (requires { requires Value::extensible; }) {
            // Words behind the known ones are for those who know more than we do.
        } else if constexpr (requires(Decoder& visit) { Value::fields(value, visit); }) {
            inner.finishParameters();
        } else {
            inner.finishExact(WireErrc::BadValue);
        }
    }
    template <typename Kind, typename Value>
    void in(Parameter<Kind, Value>& parameter) {
        Header header;
        if constexpr (requires { parameter.value.has_value(); }) {
            if (!find<Kind, Need::Optional>(header)) {
                parameter.value.reset();
                return;
            }
            if (!parameter.value) {
                parameter.value.emplace();
            }
            oneParameter<Kind>(header, *parameter.value);
        } else if (find<Kind, Need::Mandatory>(header)) [[likely]] {
            oneParameter<Kind>(header, parameter.value);
        }
    }
    template <typename Kind, typename Values>
    void in(Parameters<Kind, Values>& parameters) {
        Filling filling{parameters.values};
        Header header;
        while (filling.count < parameters.most && find<Kind, Need::Optional>(header)) {
            oneParameter<Kind>(header, filling.next());
        }
        filling.finish();
        if (filling.count < parameters.least) [[unlikely]] {
            fail(WireErrc::MissingParameter, m_at);
        }
    }
    template <typename Values>
    void in(Groups<Values>& groups) {
        Filling filling{groups.values};
        Header header;
        while (find<FixedType<Values::value_type::opening>, Need::Optional>(header)) {
            in(filling.next());
        }
        filling.finish();
    }
    template <ParameterType type>
    void in(Dropped<type>&) {
        if (Header header; find<FixedType<type>, Need::Optional>(header)) {
            advance(header);
        }
    }
    /// Fills a vector anew from its start. Items that it has already keep the memory that they have.
    template <typename Values>
    struct Filling {
        using Iterator = typename Values::iterator;
        explicit Filling(Values& filled) : values(filled), at(filled.begin()), end(filled.end()) {}
        auto& next() {
            ++count;
            if (at == end) [[unlikely]] {
                at = added(values);
                end = values.end();
            }
            return *at++;
        }
        void finish() {
            if (at != end) [[unlikely]] {
                cut(values, at);
            }
        }
        // Rare, and without `this`: so that the members above stay in registers.
        [[gnu::noinline]] static Iterator added(Values& to) {
            to.emplace_back();
            return std::prev(to.end());
        }
        [[gnu::noinline]] static void cut(Values& from, Iterator first) { from.erase(first, from.end()); }

        Values& values;
        Iterator at;
        Iterator end;
        std::size_t count = 0;
    };

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
            if (count > room() / sizeof(Bits<Item>)) [[unlikely]] {
                fail(WireErrc::Truncated, m_end);
                return;
            }
            counted.values.resize(count);
            const std::byte* from = m_at;
            for (Item& value : counted.values) {
                value = fromBits<Item>(readBigEndian<Bits<Item>>({from, sizeof(Bits<Item>)}, 0));
                from += sizeof(Bits<Item>);
            }
            m_at = from;
        } else {
            Filling filling{counted.values};
            while (filling.count < count && m_at != m_end) {
                in(filling.next());
            }
            filling.finish();
            if (filling.count < count) [[unlikely]] {
                fail(WireErrc::Truncated, m_end);
            }
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
        if (m_context.type < type.first || m_context.type > type.last) [[unlikely]] {
            fail(WireErrc::UnknownType, m_context.message);
            return;
        }
        type.value = static_cast<Value>(m_context.type);
    }
    template <typename Word, Word number>
    void in(Constant<Word, number>&) {
        const std::byte* const at = m_at;
        Word word = number;
        in(word);
        if (word != number) [[unlikely]] {
            fail(WireErrc::BadValue, at);
        }
    }
    template <typename Word, Word number>
    void in(Ignored<Word, number>&) {
        Word word{};
        in(word);
    }

    DecodingContext& m_context;
    const std::byte* m_at;
    const std::byte* m_end;
    const std::byte* m_parameter;
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
[[nodiscard, gnu::flatten]] WireResult<void> decodeMessage(OctetView bytes, Message& into) {
    DecodingContext context{bytes.data()};
    std::size_t at = 0;
    if constexpr (!Bare<Message>) {
        if (auto checked = checkLength<Message>(bytes); !checked) [[unlikely]] {
            return checked;
        }
        context.type = peekType(bytes);
        context.flags = std::to_integer<std::uint8_t>(bytes[1]);
        at = messageHeaderLength;
        if constexpr (requires { Message::type; }) {
            if (context.type != Message::type) [[unlikely]] {
                return std::unexpected(unknownType(bytes));
            }
        }
    }
    Decoder decoder{context, bytes.data() + at, bytes.data() + bytes.size(), nullptr};
    Message::fields(into, decoder);
    if constexpr (Bare<Message> || ExactLength<Message>) {
        decoder.finishExact(WireErrc::TrailingOctets);
    } else {
        decoder.finishParameters();
    }
    if (context.failed) [[unlikely]] {
        return std::unexpected(context.error());
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
