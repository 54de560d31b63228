// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/cpp/words.h"

#include "core/wire/asap.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace kolam::api {

namespace {

constexpr double whole = 4294967295.0; // a load of 1 on the wire
constexpr std::size_t longestHandle = 1'024;

double fractionOf(std::uint32_t part) {
    return part / whole;
}
std::uint32_t partOf(double fraction) {
    return static_cast<std::uint32_t>(std::lround(fraction * whole));
}
bool isFraction(double value) {
    return value >= 0 && value <= 1; // false for what is no number
}

} // namespace

std::string_view toText(Errc code) {
    switch (code) {
    case Errc::BadArgument: return "bad argument";
    case Errc::BeyondLoopback: return "an address beyond this host, which nothing has allowed";
    case Errc::TransportInUse: return "another loop of this process has the user-space SCTP";
    case Errc::System: return "the system refuses";
    case Errc::NoRegistrar: return "no registrar answers";
    case Errc::UnknownPool: return "the pool is unknown";
    case Errc::Rejected: return "the registrar rejects the element";
    case Errc::Refused: return "all slots are taken";
    case Errc::Unreachable: return "no element can be reached";
    case Errc::TimedOut: return "the time is over";
    case Errc::WouldBlock: return "no room now";
    case Errc::TooBig: return "too big";
    case Errc::NotConnected: return "no element now";
    case Errc::Closed: return "closed";
    }
    return "unknown error";
}

std::string toText(const Error& error) {
    return std::string{toText(error.code)} + (error.detail.empty() ? "" : ": ") + error.detail;
}

std::string_view toText(RegistrationState state) {
    switch (state) {
    case RegistrationState::Looking: return "looking for a registrar";
    case RegistrationState::Registering: return "registering";
    case RegistrationState::Registered: return "registered";
    case RegistrationState::Rejected: return "rejected";
    case RegistrationState::Leaving: return "leaving";
    case RegistrationState::Left: return "left";
    }
    return "unknown";
}

Error systemError(std::error_code code) {
    const bool isErrno = code.category() == std::generic_category() || code.category() == std::system_category();
    return {Errc::System, code.message(), isErrno ? code.value() : 0};
}

Error sendError(SessionSendError error) {
    switch (error) {
    case SessionSendError::WouldBlock: return {Errc::WouldBlock};
    case SessionSendError::Closed: return {Errc::Closed};
    case SessionSendError::TooBig: return {Errc::TooBig};
    }
    std::unreachable();
}

Error resolveError(ResolveErrc error) {
    switch (error) {
    case ResolveErrc::NoRegistrar: return {Errc::NoRegistrar};
    case ResolveErrc::UnknownPool: return {Errc::UnknownPool};
    case ResolveErrc::Refused: return {Errc::Refused, "the registrar does not answer such questions"};
    case ResolveErrc::TimedOut: return {Errc::TimedOut, "the registrar does not answer"};
    }
    std::unreachable();
}

Errc waitError(WaitReason reason) {
    switch (reason) {
    case WaitReason::None: return Errc::NotConnected;
    case WaitReason::NoRegistrar: return Errc::NoRegistrar;
    case WaitReason::NoElement: return Errc::UnknownPool;
    case WaitReason::Refused: return Errc::Refused;
    case WaitReason::ConnectFailed: return Errc::Unreachable;
    }
    std::unreachable();
}

Result<std::vector<IpAddress>> ipsOf(const std::vector<std::string>& hosts) {
    std::vector<IpAddress> ips;
    for (const std::string& host : hosts) {
        const auto ip = IpAddress::parse(host);
        if (!ip || ip->isUnspecified() || ip->isMulticast()) {
            return std::unexpected(Error{Errc::BadArgument, "\"" + host + "\" is not the address of a host"});
        }
        ips.push_back(*ip);
    }
    return ips;
}

Address addressOf(const std::vector<IpAddress>& ips, std::uint16_t port) {
    Address address{.hosts = {}, .port = port};
    std::ranges::transform(ips, std::back_inserter(address.hosts), [](const auto& ip) { return kolam::toText(ip); });
    return address;
}

bool isBeyondLoopback(const std::vector<IpAddress>& ips) {
    return std::ranges::any_of(ips, [](const IpAddress& ip) { return ip.scope() != AddressScope::Loopback; });
}

Result<wire::Policy> policyOf(const Policy& policy) {
    const auto type = static_cast<wire::PolicyType>(policy.type);
    if (wire::policyWords(type).has(wire::PolicyWords::Unknown)) {
        return std::unexpected(Error{Errc::BadArgument, "there is no such policy"});
    }
    if (!isFraction(policy.load) || !isFraction(policy.degradation) || !isFraction(policy.penaltyFactor)) {
        return std::unexpected(Error{Errc::BadArgument, "load, degradation and penalty factor are from 0 to 1"});
    }
    return wire::Policy{.type = type,
                        .weight = policy.weight,
                        .load = partOf(policy.load),
                        .degradation = partOf(policy.degradation),
                        .penaltyFactor = partOf(policy.penaltyFactor),
                        .unknown = {}};
}

Policy policyOf(const wire::Policy& policy) {
    return {.type = static_cast<PolicyType>(policy.type),
            .weight = policy.weight,
            .load = fractionOf(policy.load),
            .degradation = fractionOf(policy.degradation),
            .penaltyFactor = fractionOf(policy.penaltyFactor)};
}

Element elementOf(const wire::PoolElement& element) {
    Element made;
    made.id = ElementId{element.identifier.value};
    made.protocol = element.userTransport.protocol == wire::TransportProtocol::Tcp   ? Protocol::Tcp
                    : element.userTransport.protocol == wire::TransportProtocol::Udp ? Protocol::Udp
                                                                                     : Protocol::Sctp;
    made.address = addressOf(element.userTransport.addresses, element.userTransport.port);
    made.policy = policyOf(element.policy);
    return made;
}

RegistrationStatus statusOf(const ElementStatus& status) {
    return {.state = static_cast<RegistrationState>(status.state), .detail = status.detail};
}

FailoverCause causeOf(kolam::FailoverCause cause) {
    return static_cast<FailoverCause>(cause);
}

static_assert(std::to_underlying(RegistrationState::Left) == std::to_underlying(ElementState::Left));
static_assert(std::to_underlying(FailoverCause::Application) == std::to_underlying(kolam::FailoverCause::Application));
static_assert(std::to_underlying(PolicyType::ConsistentHash) == std::to_underlying(wire::PolicyType::ConsistentHash));

SessionStatus statusOf(const kolam::SessionStatus& status) {
    SessionStatus made;
    made.established = status.state == SessionState::Established;
    made.element = ElementId{status.element.value};
    made.address = addressOf(status.elementAddress.ips, status.elementAddress.port);
    made.waiting = status.state == SessionState::Waiting ? waitError(status.waitReason) : Errc::NotConnected;
    made.failovers = status.failovers;
    made.cookieSize = status.cookieSize;
    return made;
}

Result<void> checkMessage(OctetView data, std::uint32_t ppid) {
    if (data.empty()) {
        return std::unexpected(Error{Errc::BadArgument, "a message has at least one octet"});
    }
    if (ppid == wire::asapPpid) {
        return std::unexpected(Error{Errc::BadArgument, "payload protocol 11 is the session's own"});
    }
    return {};
}

Result<void> checkPool(std::string_view pool) {
    if (pool.empty() || pool.size() > longestHandle) {
        return std::unexpected(Error{Errc::BadArgument, "a pool handle has 1 to 1024 octets"});
    }
    return {};
}

} // namespace kolam::api
