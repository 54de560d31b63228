// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// The words that all of Kolam's C++ API speaks: octets, errors, addresses, policies, elements of a pool.
/// Next door: event_loop.h, the thread that everything runs on.
#pragma once

#include "kolam/export.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Reliable Server Pooling for programs: the C++ API of libkolam.
namespace kolam::api {

using Octets = std::vector<std::byte>;        ///< A message, or a cookie, that somebody owns.
using OctetView = std::span<const std::byte>; ///< One that somebody else owns; valid during the call only.
using Duration = std::chrono::nanoseconds;    ///< Any std::chrono duration converts to it.

/// A wait without an end. (Not called forever, which is a macro of Qt.)
inline constexpr Duration noLimit = Duration::max();

/// The octets of a text.
[[nodiscard]] inline OctetView asOctets(std::string_view text) {
    return std::as_bytes(std::span{text.data(), text.size()});
}
/// Octets read as text.
[[nodiscard]] inline std::string_view asText(OctetView octets) {
    return {reinterpret_cast<const char*>(octets.data()), octets.size()};
}

/// What can go wrong.
enum class Errc : std::uint8_t {
    BadArgument = 1, ///< What was asked for makes no sense; Error::detail says what.
    BeyondLoopback,  ///< An address of another host, without Settings::beyondLoopback: nobody is authenticated yet.
    TransportInUse,  ///< Another event loop of this process has the user-space SCTP stack, which exists once.
    System,          ///< The operating system said no; Error::detail is its word.
    NoRegistrar,     ///< No registrar was found, or it does not answer.
    UnknownPool,     ///< The registrar knows no such pool, or nobody is in it.
    Rejected,        ///< The registrar does not want this element, for example because its policy is not the pool's.
    Refused,         ///< All elements have all their slots taken.
    Unreachable,     ///< There are elements, and none of them can be reached.
    TimedOut,        ///< Not done within the time that it was given.
    WouldBlock,      ///< No room now; there will be.
    TooBig,          ///< A message, or a cookie, above what can be sent.
    NotConnected,    ///< The session stands at no element now; it is looking for one.
    Closed,          ///< The session has ended.
};
/// "the pool is unknown": for people.
[[nodiscard]] KOLAM_API std::string_view toText(Errc code);

/// An error, and what a person wants to know about it.
struct Error {
    Errc code;               ///< For the program.
    std::string detail = {}; ///< For people; may be empty.
    int number = 0;          ///< Of Errc::System: the errno, if there is one.
};
/// "the pool is unknown", or "bad argument: the port is missing".
[[nodiscard]] KOLAM_API std::string toText(const Error& error);

/// What a function returns, or why it could not.
template <typename T>
using Result = std::expected<T, Error>;

/// Names an element within its pool. 0 names none.
enum class ElementId : std::uint32_t { None = 0 };

/// How a registrar chooses among the elements of a pool (RFC 5356); all elements of a pool have the same.
enum class PolicyType : std::uint32_t {
    RoundRobin = 0x00000001,                             ///< One after the other.
    WeightedRoundRobin = 0x00000002,                     ///< As often as the weight says.
    Random = 0x00000003,                                 ///< Any.
    WeightedRandom = 0x00000004,                         ///< Any, as probably as the weight says.
    Priority = 0x00000005,                               ///< The one with the highest Policy::weight.
    LeastUsed = 0x40000001,                              ///< The one with the least load.
    LeastUsedDegradation = 0x40000002,                   ///< The same; each selection adds Policy::degradation.
    PriorityLeastUsed = 0x40000003,                      ///< The least of load and Policy::degradation together.
    RandomizedLeastUsed = 0x40000004,                    ///< Any, as probably as it has capacity left.
    RandomizedPriorityLeastUsed = 0xb0001001,            ///< PriorityLeastUsed by chance.
    RandomizedLeastUsedDegradation = 0xb0001002,         ///< LeastUsedDegradation by chance.
    PriorityLeastUsedDegradation = 0xb0001003,           ///< PriorityLeastUsed; each selection adds to the load.
    RandomizedPriorityLeastUsedDegradation = 0xb0001004, ///< The same by chance.
    WeightedRandomDpf = 0xb0002001,                      ///< WeightedRandom; distance takes from the weight.
    LeastUsedDpf = 0xb0002002,                           ///< LeastUsed; distance adds to the load.
    LeastUsedDegradationDpf = 0xb0002003,                ///< LeastUsedDegradation; distance adds to the load.
    PowerOfTwoChoices = 0xb0003001,                      ///< The better of two by chance (registrars of Kolam).
    LeastSessions = 0xb0003002,                          ///< The one with the fewest sessions (registrars of Kolam).
    ConsistentHash = 0xb0003003,                         ///< The same one for the same key (registrars of Kolam).
};

/// A policy with an element's own values.
struct Policy {
    PolicyType type = PolicyType::RoundRobin; ///< The pool's.
    std::uint32_t weight = 1;                 ///< Weight, or priority; where the type has one.
    double load = 0;                          ///< 0 to 1; an element's is reported by its service.
    double degradation = 0;                   ///< 0 to 1.
    double penaltyFactor = 0;                 ///< 0 to 1, for a millisecond of distance.
};

/// How an element is spoken to.
enum class Protocol : std::uint8_t {
    Sctp, ///< Always so in Enhanced Mode.
    Tcp,  ///< Basic Mode only.
    Udp,  ///< Basic Mode only.
};

/// A port on one or several addresses of one host, which are written as numbers: "10.0.0.1", "2001:db8::1".
struct Address {
    std::vector<std::string> hosts{}; ///< At least one.
    std::uint16_t port = 0;           ///< In host order.
};

/// One server of a pool, as a registrar tells of it.
struct Element {
    ElementId id = ElementId::None;     ///< Its name within the pool.
    Protocol protocol = Protocol::Sctp; ///< How to speak to it.
    Address address{};                  ///< Where it is.
    Policy policy{};                    ///< As it said last.
};

} // namespace kolam::api
