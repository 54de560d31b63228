// SPDX-License-Identifier: GPL-3.0-or-later
// The parameters that ASAP and ENRP messages are made of (RFC 5354), as plain values.
// How each travels is said once, by its fields(), in the words of fields.h; codec.h does the work.
#pragma once

#include "core/base/address.h"
#include "core/base/ids.h"
#include "core/base/octets.h"
#include "core/wire/fields.h"

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace kolam::wire {

/// A header flag; the message's declaration says which bit it is.
template <std::uint8_t bit>
struct Flag {
    static constexpr std::uint8_t mask = bit;
    bool set = false;
    constexpr Flag() = default;
    constexpr Flag(bool value) : set(value) {} // NOLINT: reads well as `message.reject = true`
    constexpr operator bool() const { return set; }
    friend bool operator==(const Flag&, const Flag&) = default;
};

/// The value of a parameter that says all by being there.
struct Mark {
    static constexpr void fields(auto& /*self*/, auto&& /*visit*/) {}
    friend bool operator==(const Mark&, const Mark&) = default;
};

/// What a transport parameter speaks of; the numbers are the parameter types (RFC 5354 section 3).
enum class TransportProtocol : std::uint16_t { Dccp = 3, Sctp = 4, Tcp = 5, Udp = 6, UdpLite = 7, Opaque = 0x10 };
/// Whether ASAP's control messages share the association with the data.
enum class TransportUse : std::uint16_t { DataOnly = 0, DataPlusControl = 1 };

/// Where a service can be reached: one of the six transport parameters.
struct TransportParameter {
    TransportProtocol protocol = TransportProtocol::Sctp;
    std::uint16_t port = 0;
    TransportUse use = TransportUse::DataOnly; // SCTP; TCP's reserved word is read as use, as rsplib and tshark do
    std::vector<IpAddress> addresses;          // 1..n for SCTP, exactly one for the others, none for Opaque
    std::uint32_t dccpServiceCode = 0;         // Dccp only
    Octets opaque;                             // Opaque only
    static constexpr void fields(auto& self, auto&& visit) {
        const bool opaque = self.protocol == TransportProtocol::Opaque;
        const bool sctp = self.protocol == TransportProtocol::Sctp;
        const bool hasUse = sctp || self.protocol == TransportProtocol::Tcp;
        visit("port", when(!opaque, self.port));
        visit("use", when(hasUse, self.use));
        visit("reserved", when(!opaque && !hasUse, Ignored<std::uint16_t>{}));
        visit("service-code", when(self.protocol == TransportProtocol::Dccp, self.dccpServiceCode));
        visit("addresses", when(!opaque, parameters(self.addresses, 1, sctp ? unlimited : 1)));
        visit("opaque", when(opaque, self.opaque));
    }
    friend bool operator==(const TransportParameter&, const TransportParameter&) = default;
};
template <>
struct OwnType<TransportParameter> {
    static constexpr bool accepts(ParameterType type) {
        return type == ParameterType::SctpTransport || type == ParameterType::OpaqueTransport ||
               (type >= ParameterType::DccpTransport && type <= ParameterType::UdpLiteTransport);
    }
    static constexpr ParameterType of(const TransportParameter& transport) {
        return static_cast<ParameterType>(transport.protocol);
    }
    static constexpr void assign(TransportParameter& transport, ParameterType type) {
        transport.protocol = static_cast<TransportProtocol>(type);
    }
};
template <>
struct OwnType<IpAddress> {
    static constexpr bool accepts(ParameterType type) {
        return type == ParameterType::Ipv4Address || type == ParameterType::Ipv6Address;
    }
    static constexpr ParameterType of(const IpAddress& address) {
        return address.v6 ? ParameterType::Ipv6Address : ParameterType::Ipv4Address;
    }
    static constexpr void assign(IpAddress& address, ParameterType type) {
        address.v6 = type == ParameterType::Ipv6Address;
    }
};

/// Selection policies by their type words (RFC 5356, rsplib's private ones, ours from spec/extensions).
enum class PolicyType : std::uint32_t {
    RoundRobin = 0x00000001,
    WeightedRoundRobin = 0x00000002,
    Random = 0x00000003,
    WeightedRandom = 0x00000004,
    Priority = 0x00000005,
    LeastUsed = 0x40000001,
    LeastUsedDegradation = 0x40000002,
    PriorityLeastUsed = 0x40000003,
    RandomizedLeastUsed = 0x40000004,
    RandomizedPriorityLeastUsed = 0xb0001001,
    RandomizedLeastUsedDegradation = 0xb0001002,
    PriorityLeastUsedDegradation = 0xb0001003,
    RandomizedPriorityLeastUsedDegradation = 0xb0001004,
    WeightedRandomDpf = 0xb0002001,
    LeastUsedDpf = 0xb0002002,
    LeastUsedDegradationDpf = 0xb0002003,
    PowerOfTwoChoices = 0xb0003001,
    LeastSessions = 0xb0003002,
    ConsistentHash = 0xb0003003,
};

/// Which words a policy has behind its type, in the order of Policy's fields.
class PolicyWords {
public:
    enum Word : std::uint8_t { None = 0, Weight = 1, Load = 2, Degradation = 4, PenaltyFactor = 8, Unknown = 16 };
    constexpr explicit PolicyWords(int words) : m_words(words) {}
    /// A penalty factor always comes with a distance.
    [[nodiscard]] constexpr bool has(Word word) const { return (m_words & word) != 0; }

private:
    int m_words;
};
[[nodiscard]] constexpr PolicyWords policyWords(PolicyType type) {
    using Word = PolicyWords::Word;
    switch (type) {
    case PolicyType::RoundRobin:
    case PolicyType::Random: return PolicyWords{Word::None};
    case PolicyType::WeightedRoundRobin:
    case PolicyType::WeightedRandom:
    case PolicyType::Priority:
    case PolicyType::ConsistentHash: return PolicyWords{Word::Weight};
    case PolicyType::LeastUsed:
    case PolicyType::RandomizedLeastUsed:
    case PolicyType::PowerOfTwoChoices:
    case PolicyType::LeastSessions: return PolicyWords{Word::Load};
    case PolicyType::LeastUsedDegradation:
    case PolicyType::PriorityLeastUsed:
    case PolicyType::RandomizedPriorityLeastUsed:
    case PolicyType::RandomizedLeastUsedDegradation:
    case PolicyType::PriorityLeastUsedDegradation:
    case PolicyType::RandomizedPriorityLeastUsedDegradation: return PolicyWords{Word::Load | Word::Degradation};
    case PolicyType::WeightedRandomDpf: return PolicyWords{Word::Weight | Word::PenaltyFactor};
    case PolicyType::LeastUsedDpf: return PolicyWords{Word::Load | Word::PenaltyFactor};
    case PolicyType::LeastUsedDegradationDpf: return PolicyWords{Word::Load | Word::Degradation | Word::PenaltyFactor};
    }
    return PolicyWords{Word::Unknown};
}

/// A pool member selection policy with its words. Loads, degradations and penalty factors are fractions of 0xffffffff.
struct Policy {
    PolicyType type = PolicyType::RoundRobin;
    std::uint32_t weight = 0; // weight, or priority of PolicyType::Priority
    std::uint32_t load = 0;   // or the sessions of PolicyType::LeastSessions
    std::uint32_t degradation = 0;
    std::uint32_t penaltyFactor = 0;         // DPF: of weight or load, per millisecond of distance
    std::uint32_t distance = 0;              // milliseconds
    Octets unknown;                          // the words of a type that is not in the list, kept as they came
    static constexpr bool extensible = true; // words behind those of a known type are ignored
    static constexpr void fields(auto& self, auto&& visit) {
        visit("type", self.type);
        const PolicyWords words = policyWords(self.type);
        visit("weight", when(words.has(PolicyWords::Weight), self.weight));
        visit("load", when(words.has(PolicyWords::Load), self.load));
        visit("degradation", when(words.has(PolicyWords::Degradation), self.degradation));
        visit("penalty-factor", when(words.has(PolicyWords::PenaltyFactor), self.penaltyFactor));
        visit("distance", when(words.has(PolicyWords::PenaltyFactor), self.distance));
        visit("unknown", when(words.has(PolicyWords::Unknown), self.unknown));
    }
    friend bool operator==(const Policy&, const Policy&) = default;
};
/// "RoundRobin", "LeastUsed", ... as in rsplib's option texts; "0x12345678" for unknown types.
[[nodiscard]] std::string toText(PolicyType type);

/// Registration life on the wire is in milliseconds (rsplib; the RFC says seconds); all ones means for ever.
using RegistrationLife = std::chrono::duration<std::uint32_t, std::milli>;
inline constexpr RegistrationLife endlessLife{0xffffffff};

/// A server of a pool (RFC 5354 section 3.10).
struct PoolElement {
    PeIdentifier identifier;
    ServerId homeRegistrar; // 0: not known yet
    RegistrationLife life{};
    TransportParameter userTransport;
    Policy policy;
    std::optional<TransportParameter> asapTransport; // between registrars; absent towards users
    static constexpr void fields(auto& self, auto&& visit) {
        visit("identifier", self.identifier);
        visit("home-registrar", self.homeRegistrar);
        visit("life", self.life);
        visit("user-transport", parameter(self.userTransport));
        visit("policy", parameter<ParameterType::Policy>(self.policy));
        visit("asap-transport", parameter<ParameterType::SctpTransport>(self.asapTransport));
    }
    friend bool operator==(const PoolElement&, const PoolElement&) = default;
};

/// A registrar, as it presents itself to its peers.
struct ServerInformation {
    ServerId server;
    TransportParameter transport; // its ENRP endpoint
    static constexpr void fields(auto& self, auto&& visit) {
        visit("server", self.server);
        visit("transport", parameter<ParameterType::SctpTransport>(self.transport));
    }
    friend bool operator==(const ServerInformation&, const ServerInformation&) = default;
};

/// Error causes of RFC 5354 section 4, and those private ones of rsplib that we understand (never send).
enum class CauseCode : std::uint16_t {
    Unspecified = 0x0000,
    UnrecognizedParameter = 0x0001, // information: the whole parameter
    UnrecognizedMessage = 0x0002,   // information: the whole message
    InvalidValues = 0x0003,         // information: the offending parameter
    NonUniqueIdentifier = 0x0004,
    InconsistentPolicy = 0x0005, // information: the pool's policy parameter
    LackOfResources = 0x0006,
    InconsistentTransport = 0x0007, // information: a transport parameter of the pool's type
    InconsistentControlChannel = 0x0008,
    UnknownPoolHandle = 0x0009,
    RejectedForSecurity = 0x000a,
    RsplibInvalidMessage = 0x0010,
    RsplibInvalidValue = 0x0011,
    RsplibWrongProtocol = 0x100a,
    RsplibUnknownPolicy = 0x100b,
    RsplibInvalidIdentifier = 0xf000,
    RsplibInvalidAddresses = 0xf005,
    RsplibNoAsapAddresses = 0xf007,
    RsplibNoUserAddresses = 0xf008,
};
[[nodiscard]] std::string toText(CauseCode code);

struct ErrorCause {
    CauseCode code = CauseCode::Unspecified;
    Octets information; // without padding
    static constexpr void fields(auto& self, auto&& visit) { visit("information", self.information); }
    friend bool operator==(const ErrorCause&, const ErrorCause&) = default;
};
/// Causes look like parameters, with the code as their type; none is unknown.
template <>
struct OwnType<ErrorCause> {
    static constexpr bool accepts(ParameterType) { return true; }
    static constexpr ParameterType of(const ErrorCause& cause) { return static_cast<ParameterType>(cause.code); }
    static constexpr void assign(ErrorCause& cause, ParameterType type) { cause.code = static_cast<CauseCode>(type); }
};
struct OperationError {
    std::vector<ErrorCause> causes; // 1..n
    static constexpr void fields(auto& self, auto&& visit) { visit("causes", parameters(self.causes, 1)); }
    friend bool operator==(const OperationError&, const OperationError&) = default;
};

/// What an endpoint of ours can do beyond the RFCs (extensions, number 0xbff2).
struct Features {
    static constexpr std::uint32_t sessionKeepAlive = 1u << 0;
    static constexpr std::uint32_t extendedFractals = 1u << 1;
    static constexpr std::uint32_t checkpoints = 1u << 2;
    static constexpr std::uint32_t handlespaceDigest = 1u << 3;
    static constexpr std::uint32_t windowedTables = 1u << 4;
    std::uint32_t version = 1;
    std::uint32_t mask = 0;
    static constexpr bool extensible = true; // a later version may say more
    static constexpr void fields(auto& self, auto&& visit) {
        visit("version", self.version);
        visit("mask", self.mask);
    }
    friend bool operator==(const Features&, const Features&) = default;
};

} // namespace kolam::wire
