// SPDX-License-Identifier: GPL-3.0-or-later
// What transports, policies, error causes and other values look like in a line of text.
#include "core/wire/printer.h"

#include <algorithm>

namespace kolam::wire {

namespace {

std::string_view protocolName(TransportProtocol protocol) {
    switch (protocol) {
    case TransportProtocol::Dccp: return "DCCP";
    case TransportProtocol::Sctp: return "SCTP";
    case TransportProtocol::Tcp: return "TCP";
    case TransportProtocol::Udp: return "UDP";
    case TransportProtocol::UdpLite: return "UDP-Lite";
    case TransportProtocol::Opaque: return "opaque";
    }
    return "unknown";
}

/// Octets that are text for people are shown as text.
bool isPlainCharacter(std::byte octet) {
    return octet >= std::byte{' '} && octet <= std::byte{'~'} && octet != std::byte{'"'} && octet != std::byte{'\\'};
}

} // namespace

std::string toText(PolicyType type) {
    switch (type) {
    case PolicyType::RoundRobin: return "RoundRobin";
    case PolicyType::WeightedRoundRobin: return "WeightedRoundRobin";
    case PolicyType::Random: return "Random";
    case PolicyType::WeightedRandom: return "WeightedRandom";
    case PolicyType::Priority: return "Priority";
    case PolicyType::LeastUsed: return "LeastUsed";
    case PolicyType::LeastUsedDegradation: return "LeastUsedDegradation";
    case PolicyType::PriorityLeastUsed: return "PriorityLeastUsed";
    case PolicyType::RandomizedLeastUsed: return "RandomizedLeastUsed";
    case PolicyType::RandomizedPriorityLeastUsed: return "RandomizedPriorityLeastUsed";
    case PolicyType::RandomizedLeastUsedDegradation: return "RandomizedLeastUsedDegradation";
    case PolicyType::PriorityLeastUsedDegradation: return "PriorityLeastUsedDegradation";
    case PolicyType::RandomizedPriorityLeastUsedDegradation: return "RandomizedPriorityLeastUsedDegradation";
    case PolicyType::WeightedRandomDpf: return "WeightedRandomDPF";
    case PolicyType::LeastUsedDpf: return "LeastUsedDPF";
    case PolicyType::LeastUsedDegradationDpf: return "LeastUsedDegradationDPF";
    case PolicyType::PowerOfTwoChoices: return "PowerOfTwoChoices";
    case PolicyType::LeastSessions: return "LeastSessions";
    case PolicyType::ConsistentHash: return "ConsistentHash";
    }
    return fmt::format("0x{:08x}", toBits(type));
}

std::string toText(CauseCode code) {
    switch (code) {
    case CauseCode::Unspecified: return "unspecified error";
    case CauseCode::UnrecognizedParameter: return "unrecognised parameter";
    case CauseCode::UnrecognizedMessage: return "unrecognised message";
    case CauseCode::InvalidValues: return "invalid values";
    case CauseCode::NonUniqueIdentifier: return "non-unique PE identifier";
    case CauseCode::InconsistentPolicy: return "inconsistent pooling policy";
    case CauseCode::LackOfResources: return "lack of resources";
    case CauseCode::InconsistentTransport: return "inconsistent transport type";
    case CauseCode::InconsistentControlChannel: return "inconsistent data/control configuration";
    case CauseCode::UnknownPoolHandle: return "unknown pool handle";
    case CauseCode::RejectedForSecurity: return "rejected due to security considerations";
    case CauseCode::RsplibInvalidMessage: return "rsplib: invalid message";
    case CauseCode::RsplibInvalidValue: return "rsplib: invalid value";
    case CauseCode::RsplibWrongProtocol: return "rsplib: wrong protocol";
    case CauseCode::RsplibUnknownPolicy: return "rsplib: unknown policy";
    case CauseCode::RsplibInvalidIdentifier: return "rsplib: invalid identifier";
    case CauseCode::RsplibInvalidAddresses: return "rsplib: invalid addresses";
    case CauseCode::RsplibNoAsapAddresses: return "rsplib: no usable ASAP addresses";
    case CauseCode::RsplibNoUserAddresses: return "rsplib: no usable user addresses";
    }
    return fmt::format("cause 0x{:04x}", toBits(code));
}

void print(std::string& to, const TransportParameter& transport) {
    to += protocolName(transport.protocol);
    to += '/';
    if (transport.protocol == TransportProtocol::Opaque) {
        print(to, transport.opaque);
        return;
    }
    to += kolam::toText(TransportAddress{transport.addresses, transport.port});
    if (transport.use == TransportUse::DataPlusControl) {
        to += "/data+control";
    } else if (transport.use != TransportUse::DataOnly) {
        to += fmt::format("/use-{}", toBits(transport.use));
    }
    if (transport.protocol == TransportProtocol::Dccp) {
        to += fmt::format("/service-0x{:08x}", transport.dccpServiceCode);
    }
}

void print(std::string& to, const Policy& policy) {
    const PolicyWords words = policyWords(policy.type);
    to += toText(policy.type);
    const auto fraction = [&](std::string_view name, std::uint32_t value) {
        to += fmt::format(":{}={:.4g}%", name, value / double{0xffffffff} * 100);
    };
    if (words.has(PolicyWords::Weight)) {
        to += fmt::format(":{}", policy.weight);
    }
    if (words.has(PolicyWords::Load) && policy.type == PolicyType::LeastSessions) {
        to += fmt::format(":{}", policy.load);
    } else if (words.has(PolicyWords::Load)) {
        fraction("load", policy.load);
    }
    if (words.has(PolicyWords::Degradation)) {
        fraction("degradation", policy.degradation);
    }
    if (words.has(PolicyWords::PenaltyFactor)) {
        fraction("penalty", policy.penaltyFactor);
        to += fmt::format(":{}ms", policy.distance);
    }
    if (words.has(PolicyWords::Unknown) && !policy.unknown.empty()) {
        to += ':';
        print(to, policy.unknown);
    }
}

void print(std::string& to, const ErrorCause& cause) {
    to += '"';
    to += toText(cause.code);
    to += '"';
    if (!cause.information.empty()) {
        to += ':';
        print(to, cause.information);
    }
}

void print(std::string& to, const OperationError& error) {
    std::string_view between;
    for (const ErrorCause& cause : error.causes) {
        to += between;
        print(to, cause);
        between = ",";
    }
}

void print(std::string& to, RegistrationLife life) {
    to += life == endlessLife ? std::string{"endless"} : fmt::format("{}ms", life.count());
}

void print(std::string& to, UpdateAction action) {
    switch (action) {
    case UpdateAction::Add: to += "add"; return;
    case UpdateAction::Delete: to += "delete"; return;
    }
    to += fmt::format("{}", toBits(action));
}

void print(std::string& to, CalcAppType kind) {
    constexpr std::array<std::string_view, 8> names{"?",     "request",  "accept",     "reject",
                                                    "abort", "complete", "keep-alive", "keep-alive-ack"};
    const std::size_t number = toBits(kind);
    to += number < names.size() ? names[number] : names[0];
}

void print(std::string& to, ComponentId id) {
    to += fmt::format("0x{:016x}", id.value);
}

void print(std::string& to, const Octets& octets) {
    print(to, OctetView{octets});
}

void print(std::string& to, OctetView octets) {
    constexpr std::size_t longest = 48;
    const OctetView shown = octets.first(std::min(octets.size(), longest));
    if (!shown.empty() && std::all_of(shown.begin(), shown.end(), isPlainCharacter)) {
        to += fmt::format("\"{}\"", asText(shown));
    } else {
        to += toHex(shown);
    }
    if (octets.size() > longest) {
        to += fmt::format("...({} octets)", octets.size());
    }
}

} // namespace kolam::wire
