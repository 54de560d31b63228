// SPDX-License-Identifier: GPL-3.0-or-later
// Makes arbitrary messages, for tests and fuzzers: a visitor over the fields, so that no message can be forgotten.
// What it makes is what the codec can carry: decode(encode(m)) == m.
#pragma once

#include "core/base/random.h"
#include "core/wire/codec.h"
#include "core/wire/numbers.h"

#include <algorithm>
#include <array>

namespace kolam::wire {

class Arbitrary {
public:
    explicit Arbitrary(Random& random) : m_random(random) {}

    template <typename Field>
    void operator()(std::string_view, Field&& field) {
        make(field);
    }

    template <typename Value>
        requires requires(Value& value, Arbitrary& visit) { Value::fields(value, visit); }
    void make(Value& value) {
        Value::fields(value, *this);
    }

private:
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(m_random.below(bound)); }

    template <Number Value>
    void make(Value& value) {
        // Small numbers and the largest one meet limits more often than chance would.
        switch (below(8)) {
        case 0: value = fromBits<Value>(static_cast<Bits<Value>>(below(4))); break;
        case 1: value = fromBits<Value>(static_cast<Bits<Value>>(~Bits<Value>{0})); break;
        default: value = fromBits<Value>(static_cast<Bits<Value>>(m_random())); break;
        }
    }
    void make(double& value) { value = (m_random.unit() - 0.5) * static_cast<double>(1 << below(20)); }
    void make(PolicyType& type) {
        constexpr std::array known{PolicyType::RoundRobin,
                                   PolicyType::WeightedRoundRobin,
                                   PolicyType::Random,
                                   PolicyType::WeightedRandom,
                                   PolicyType::Priority,
                                   PolicyType::LeastUsed,
                                   PolicyType::LeastUsedDegradation,
                                   PolicyType::PriorityLeastUsed,
                                   PolicyType::RandomizedLeastUsed,
                                   PolicyType::RandomizedPriorityLeastUsed,
                                   PolicyType::RandomizedLeastUsedDegradation,
                                   PolicyType::PriorityLeastUsedDegradation,
                                   PolicyType::RandomizedPriorityLeastUsedDegradation,
                                   PolicyType::WeightedRandomDpf,
                                   PolicyType::LeastUsedDpf,
                                   PolicyType::LeastUsedDegradationDpf,
                                   PolicyType::PowerOfTwoChoices,
                                   PolicyType::LeastSessions,
                                   PolicyType::ConsistentHash,
                                   PolicyType{0x99}};
        type = known[below(known.size())];
    }
    template <std::uint8_t bit>
    void make(Flag<bit>& flag) {
        flag = m_random.chance(0.5);
    }
    void make(std::string& text) {
        text.resize(below(41));
        for (char& octet : text) {
            octet = static_cast<char>(below(256));
        }
    }
    void make(PoolHandle& handle) { make(handle.value); }
    void make(Octets& octets) {
        octets.resize(below(41));
        for (std::byte& octet : octets) {
            octet = static_cast<std::byte>(below(256));
        }
    }
    template <std::size_t size>
    void make(std::array<std::uint8_t, size>& octets) {
        for (std::uint8_t& octet : octets) {
            octet = static_cast<std::uint8_t>(below(256));
        }
    }
    void make(IpAddress& address) {
        address = {.v6 = address.v6};
        for (std::size_t octet = 0; octet < (address.v6 ? 16 : 4); ++octet) {
            address.octets[octet] = static_cast<std::uint8_t>(below(256));
        }
    }

    /// Causes hold what RFC 5354 wants them to, so that others understand them as well.
    void make(ErrorCause& cause) {
        switch (cause.code) {
        case CauseCode::UnrecognizedParameter:
        case CauseCode::InvalidValues:
        case CauseCode::InconsistentPolicy:
        case CauseCode::InconsistentTransport: cause.information = fromHex("0008000800000001"); break;
        case CauseCode::UnrecognizedMessage: cause.information = fromHex("4b000004"); break;
        default: make(cause.information); break;
        }
    }

    /// A type that this kind of parameter may have.
    template <typename Kind, typename Value>
    void assignType(Value& value) {
        ParameterType type{};
        do {
            type = static_cast<ParameterType>(below(0x20));
        } while (!Kind::accepts(type));
        Kind::assign(value, type);
    }
    template <typename Kind, typename Value>
    void oneParameter(Value& value) {
        if constexpr (HasOwnType<Value>) {
            assignType<Kind>(value);
        }
        make(value);
    }
    template <typename Kind, typename Value>
    void make(Parameter<Kind, Value>& parameter) {
        if constexpr (requires { parameter.value.has_value(); }) {
            parameter.value.reset();
            if (m_random.chance(0.5)) {
                oneParameter<Kind>(parameter.value.emplace());
            }
        } else {
            oneParameter<Kind>(parameter.value);
        }
    }
    template <typename Kind, typename Values>
    void make(Parameters<Kind, Values>& parameters) {
        const std::size_t more = std::min<std::size_t>(parameters.most - parameters.least, 3);
        parameters.values.clear();
        parameters.values.resize(parameters.least + below(more + 1));
        for (auto& value : parameters.values) {
            oneParameter<Kind>(value);
        }
    }
    template <typename Values>
    void make(Groups<Values>& groups) {
        groups.values.clear();
        groups.values.resize(below(4));
        for (auto& group : groups.values) {
            make(group);
        }
    }
    template <ParameterType type>
    void make(Dropped<type>&) {}
    template <typename Field>
    void make(When<Field>& field) {
        if (field.present) {
            make(field.field);
        }
    }
    template <typename Count, typename Values>
    void make(Counted<Count, Values>& counted) {
        counted.values.clear();
        counted.values.resize(below(FractalData::maxPoints + 1) / (1 + below(100)));
        for (auto& value : counted.values) {
            make(value);
        }
    }
    template <std::size_t width, typename Value>
    void make(PaddedText<width, Value>& text) {
        text.value.resize(below(width));
        for (char& character : text.value) {
            character = static_cast<char>(1 + below(255));
        }
    }
    template <typename Value>
    void make(Trailing<Value>& trailing) {
        trailing.value.reset();
        if (m_random.chance(0.5)) {
            make(trailing.value.emplace());
        }
    }
    template <typename Value>
    void make(HeaderType<Value>& type) {
        type.value = static_cast<Value>(type.first + below(static_cast<std::size_t>(type.last - type.first) + 1));
    }
    template <typename Word, Word number>
    void make(Constant<Word, number>&) {}
    template <typename Word, Word number>
    void make(Ignored<Word, number>&) {}

    Random& m_random;
};

/// An arbitrary message of this type.
template <typename Message>
[[nodiscard]] Message arbitrary(Random& random) {
    Message message;
    Arbitrary{random}.make(message);
    return message;
}

} // namespace kolam::wire
