// SPDX-License-Identifier: GPL-3.0-or-later
// Associations: message-oriented, reliable, multi-streamed connections between endpoints. This is the whole view that
// the protocols have of the network; it moves octets and knows no message. Implementations: memory_network.h
// (simulated), user_transport.h (SCTP in user space over UDP), kernel_transport.h (lksctp).
#pragma once

#include "core/base/address.h"
#include "core/base/octets.h"
#include "core/base/time.h"

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <variant>
#include <vector>

namespace kolam::transport {

using namespace std::chrono_literals;

/// Names one association of one endpoint. Never reused, unlike the stacks' own numbers. 0 names none.
enum class AssocId : std::uint64_t { None = 0 };

/// Why an association ended, or never began.
enum class DownReason : std::uint8_t {
    ShutdownByUs,
    ShutdownByPeer, // graceful, nothing lost (kernel SCTP reports a killed peer process like this, too)
    AbortByUs,
    AbortByPeer,
    Refused,      // could not start: ABORT to our INIT, or nobody at the port
    SetupTimeout, // could not start: no answer
    Unreachable,  // was up: retransmissions or heartbeats ran out
    ProcessGone,  // was up: the peer's host says that the process is dead
    EndpointClosed,
};
[[nodiscard]] std::string_view toText(DownReason reason);

enum class PathState : std::uint8_t { Available, Unreachable, Confirmed, Added, Removed, Primary };

struct Up {
    AssocId assoc;
    TransportAddress peer; // every address the peer is known by
    std::uint16_t outStreams = 1;
    bool incoming = false;
};
struct Down {
    AssocId assoc;
    DownReason reason;
    std::string detail; // for the log
};
struct Message { // one whole user message; the data are valid during the call only
    AssocId assoc;
    std::uint16_t stream = 0;
    std::uint32_t ppid = 0; // host order
    OctetView data;
};
struct PeerClosing { // the peer began a graceful shutdown: we still receive, but cannot send
    AssocId assoc;
};
struct PathChange {
    AssocId assoc;
    IpAddress address;
    PathState state;
};
struct Writable { // after a send() that said WouldBlock
    AssocId assoc;
};
using Event = std::variant<Up, Down, Message, PeerClosing, PathChange, Writable>;

/// Rules: events come from a dispatcher turn only, never from inside a call of ours. Every Up and every connect() is
/// followed by exactly one Down; after it the id is dead. The sink may call anything, also destroy the endpoint.
using EventSink = std::move_only_function<void(const Event&)>;

struct SendOptions {
    std::uint32_t ppid = 0; // host order
    std::uint16_t stream = 0;
    bool unordered = false;
};
enum class SendError : std::uint8_t { WouldBlock, TooBig, BadStream, NoAssociation, Closing };

/// How quickly a silent peer is given up. Defaults: RFC 9260.
struct Liveness {
    Duration heartbeat = 30s;
    Duration rtoInitial = 1s;
    Duration rtoMin = 1s;
    Duration rtoMax = 60s;
    std::uint16_t pathMaxRetransmissions = 5;
    std::uint16_t associationMaxRetransmissions = 10;
    std::uint16_t initAttempts = 8;
    Duration sameHostProbe{}; // > 0: peers on this host are probed, so that their death shows at once (user transport)
};
inline constexpr Liveness lanLiveness{.heartbeat = 1s,
                                      .rtoInitial = 200ms,
                                      .rtoMin = 100ms,
                                      .rtoMax = 1s,
                                      .pathMaxRetransmissions = 3,
                                      .associationMaxRetransmissions = 4,
                                      .initAttempts = 4,
                                      .sameHostProbe = 100ms};

struct EndpointConfig {
    TransportAddress local; // no ips: all; port 0: ephemeral
    bool listen = false;
    std::uint16_t outStreams = 8;
    std::uint32_t sendBuffer = 2'000'000; // octets an association may have waiting before send() says WouldBlock
    std::uint32_t maxMessage = 1'000'000; // octets of the largest message taken from a peer
    Liveness liveness = lanLiveness;
};
struct AssocInfo {
    TransportAddress peer;
    std::string_view transport; // "kernel", "user", "memory"
    Duration smoothedRtt{};
    std::uint32_t unsentOctets = 0;
};

/// A local port with its associations, incoming and outgoing.
class Endpoint {
public:
    virtual ~Endpoint() = default; // aborts what is left, without events
    /// Concrete addresses and port, as they can be registered. An endpoint on all addresses lists them all.
    [[nodiscard]] virtual TransportAddress local() const = 0;
    /// Begins an association; Up or Down follows. The id is valid at once. Between two ports there is one association
    /// at most: `already_connected` while it lives. When both ends connect at once they share one, and each has its Up.
    /// An endpoint has no association with itself: `invalid_argument`, as for an address that is none.
    virtual std::expected<AssocId, std::error_code> connect(const TransportAddress& peer) = 0;
    /// Queues one message; never blocks, sends at the end of the turn at the latest. Before Up: WouldBlock; Writable
    /// follows the Up then.
    virtual std::expected<void, SendError> send(AssocId assoc, OctetView data, const SendOptions& options) = 0;
    /// Delivers what is queued, then closes; Down(ShutdownByUs) follows.
    virtual void shutdown(AssocId assoc) = 0;
    /// Closes at once; Down(AbortByUs) follows.
    virtual void abort(AssocId assoc, std::string_view why) = 0;
    [[nodiscard]] virtual std::optional<AssocInfo> info(AssocId assoc) const = 0;
    virtual void setLiveness(AssocId assoc, const Liveness& liveness) = 0;
    /// Adds or removes a local address under running associations (RFC 5061); `operation_not_supported` where it cannot
    /// be.
    virtual std::error_code addAddress(const IpAddress& address) = 0;
    virtual std::error_code removeAddress(const IpAddress& address) = 0;
};

/// A UDP socket for a multicast group: announcements of registrars.
class DatagramPort {
public:
    /// `from` is the datagram's source address and UDP source port.
    using Sink = std::move_only_function<void(const TransportAddress& from, OctetView data)>;
    virtual ~DatagramPort() = default;
    virtual void send(OctetView data) = 0; // once for every interface it was opened on
};
struct MulticastConfig {
    IpAddress group;
    std::uint16_t port = 0;       // of the group
    std::uint16_t sourcePort = 0; // rsplib reads the SCTP port from the datagram's source port; 0: any
    bool receive = true;
    bool loopbackOnly = true; // else every interface that is up and can multicast
    std::uint8_t ttl = 1;
    std::vector<IpAddress> from; // send only where one of these addresses is, and on loopback; none: everywhere
};

struct Capabilities {
    bool multihoming = false;
    bool addressChange = false; // addAddress, removeAddress
    bool noticesDeadProcess = false;
    std::uint32_t maxMessage = 0; // octets
};

/// One way to carry associations; one object per dispatcher.
class Transport {
public:
    virtual ~Transport() = default;
    [[nodiscard]] virtual std::string_view name() const noexcept = 0;
    [[nodiscard]] virtual Capabilities capabilities() const noexcept = 0;
    virtual std::expected<std::unique_ptr<Endpoint>, std::error_code> open(const EndpointConfig& config,
                                                                           EventSink sink) = 0;
    virtual std::expected<std::unique_ptr<DatagramPort>, std::error_code> openMulticast(const MulticastConfig& config,
                                                                                        DatagramPort::Sink sink) = 0;
};

} // namespace kolam::transport
