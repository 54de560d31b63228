// SPDX-License-Identifier: GPL-3.0-or-later
// One SCTP socket of the kernel, with everything that lksctp's calls need spelled out: a listener with all its
// associations, or one association peeled off from it. Next door: kernel_endpoint.h, which knows what they mean.
#pragma once

#include "core/transport/kernel_inbox.h"
#include "core/transport/transport.h"

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <variant>

namespace kolam::transport {

/// The kernel's own number of an association; it comes again, unlike AssocId.
using KernelAssoc = std::int32_t;

struct KernelData {
    KernelAssoc assoc;
    std::uint16_t stream;
    std::uint32_t ppid;
    OctetView data;
    bool complete; // else more of the same message follows
};
struct KernelUp {
    KernelAssoc assoc;
    std::uint16_t outStreams;
    bool restarted;
};
struct KernelDown {
    enum class Kind : std::uint8_t { NotStarted, Lost, ShutDown };
    KernelAssoc assoc;
    Kind kind;
    std::string detail; // of the peer's ABORT
};
struct KernelPeerClosing {
    KernelAssoc assoc;
};
struct KernelPathState {
    KernelAssoc assoc;
    IpAddress address;
    PathState state;
};
/// monostate: something that nobody needs to know.
using KernelEvent = std::variant<std::monostate, KernelData, KernelUp, KernelDown, KernelPeerClosing, KernelPathState>;

class KernelSocket {
public:
    /// A socket for many associations, bound and, when asked, listening.
    [[nodiscard]] static std::expected<KernelSocket, std::error_code> open(const EndpointConfig& config);
    KernelSocket(KernelSocket&& other) noexcept
        : m_descriptor(std::exchange(other.m_descriptor, -1))
        , m_error(other.m_error) {}
    KernelSocket& operator=(KernelSocket&& other) noexcept {
        std::swap(m_descriptor, other.m_descriptor);
        std::swap(m_error, other.m_error);
        return *this;
    }
    ~KernelSocket(); // aborts what is left, so that the port is free at once

    [[nodiscard]] int descriptor() const { return m_descriptor; }
    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] bool isV6() const;
    /// When the peer was quicker, its association is there already, and its news are still to be read: that one then.
    [[nodiscard]] std::expected<KernelAssoc, std::error_code> connect(const TransportAddress& peer);
    /// A socket for this association alone: it has its own buffers, so that a slow peer holds up nobody else.
    [[nodiscard]] std::expected<KernelSocket, std::error_code> peelOff(KernelAssoc assoc);
    /// @return 0 or what errno says
    [[nodiscard]] int send(KernelAssoc assoc, OctetView data, const SendOptions& options);
    int shutdown(KernelAssoc assoc);
    int abort(KernelAssoc assoc, std::string_view why);
    /// Takes what is there, at most `most` messages, parts of messages or notifications.
    /// @return how many; fewer than `most`: now nothing is left. An error instead when there is nothing at all.
    [[nodiscard]] std::expected<std::size_t, std::error_code> receive(KernelInbox& inbox, std::size_t most);
    /// What lies in a slot of it; views point into it. The error: the association of a peeled off socket is over.
    [[nodiscard]] static std::expected<KernelEvent, std::error_code> read(KernelInbox& inbox, std::size_t slot);
    /// After the association of a peeled off socket was lost: by the peer's ABORT, or for want of answers?
    [[nodiscard]] bool wasAborted() const;
    [[nodiscard]] TransportAddress peer(KernelAssoc assoc) const;
    void setLiveness(KernelAssoc assoc, const Liveness& liveness);
    /// Adds or removes a local address, under the associations, too.
    [[nodiscard]] std::error_code changeAddress(const IpAddress& address, bool add);
    struct Status {
        Duration smoothedRtt{};
        std::uint32_t unsentOctets = 0;
    };
    [[nodiscard]] Status status(KernelAssoc assoc) const;
    /// Octets that may wait in the send buffer, and so of the largest message.
    [[nodiscard]] std::uint32_t sendBuffer() const;
    /// Both ends must be able to change addresses of running associations; this one is.
    [[nodiscard]] bool canChangeAddresses() const;

private:
    explicit KernelSocket(int descriptor) : m_descriptor(descriptor) {}
    void configure(const EndpointConfig& config);
    void enableAddressChanges();
    [[nodiscard]] KernelAssoc associationWith(const TransportAddress& peer) const;
    [[nodiscard]] std::error_code bindTo(const TransportAddress& local);
    [[nodiscard]] int sendFlagged(KernelAssoc assoc, OctetView data, const SendOptions& options, unsigned flags);

    int m_descriptor;
    int m_error = 0; // what the association has ended with, as a call that receives has told it
};

} // namespace kolam::transport
