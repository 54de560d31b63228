// SPDX-License-Identifier: GPL-3.0-or-later
// One of usrsctp's one-to-many sockets in words of ours: peers are path numbers, notifications are values.
// This file and usrsctp_stack.cpp are the only ones that see usrsctp's header. Next door: user_endpoint.h.
#pragma once

#include "core/base/octets.h"
#include "core/transport/path_table.h"
#include "core/transport/transport.h"
#include "core/transport/usrsctp_stack.h"

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <system_error>
#include <utility>
#include <variant>

struct socket; // usrsctp's

namespace kolam::transport {

/// The stack's own number of an association. It may come again, so it never leaves this transport.
using StackAssoc = std::uint32_t;

struct StackData { // a part of a message, or all of it
    StackAssoc assoc;
    std::uint16_t stream;
    std::uint32_t ppid;
    bool complete; // the message ends here
    OctetView data;
};
struct StackUp {
    StackAssoc assoc;
    std::uint16_t outStreams;
    bool restarted; // the peer has begun anew inside the old association
};
struct StackDown {
    StackAssoc assoc;
    enum class Kind : std::uint8_t { CannotStart, Lost, ShutDown } kind;
    bool aborted;       // an ABORT chunk has come, else time ran out
    std::string detail; // the reason that an ABORT gave
};
struct StackPeerClosing {
    StackAssoc assoc;
};
struct StackPathState {
    StackAssoc assoc;
    PathState state;
};
using StackEvent = std::variant<std::monostate, StackData, StackUp, StackDown, StackPeerClosing, StackPathState>;

struct QueueState {
    std::uint32_t messages = 0; // waiting to be sent or acknowledged; a long message counts for each of its parts
    std::uint32_t octets = 0;
    Duration smoothedRtt{};
};

class SctpSocket {
public:
    /// Opens and binds {address, port}, with all options that `config` asks for.
    [[nodiscard]] static std::expected<SctpSocket, std::error_code> open(StackAddress address, std::uint16_t port,
                                                                         const EndpointConfig& config);
    SctpSocket(SctpSocket&& other) noexcept
        : m_socket(std::exchange(other.m_socket, nullptr))
        , m_address(other.m_address) {}
    SctpSocket& operator=(SctpSocket&& other) noexcept {
        std::swap(m_socket, other.m_socket);
        std::swap(m_address, other.m_address);
        return *this;
    }
    SctpSocket(const SctpSocket&) = delete;
    SctpSocket& operator=(const SctpSocket&) = delete;
    ~SctpSocket(); // at once; associations that are left are aborted

    /// Sends the INIT.
    [[nodiscard]] std::expected<StackAssoc, std::error_code> connect(PathNumber peer);
    /// @return 0, or an error number of usrsctp's: EWOULDBLOCK, EMSGSIZE, EINVAL for a stream, ENOENT for an
    /// association
    [[nodiscard]] int send(StackAssoc assoc, OctetView data, const SendOptions& options);
    /// Begins a graceful shutdown; EWOULDBLOCK asks to try again later.
    [[nodiscard]] int shutdown(StackAssoc assoc);
    /// Sends an ABORT with a reason; fails before the association is up.
    [[nodiscard]] int abort(StackAssoc assoc, std::string_view why);
    /// Takes what waits: one notification, or one part of a message into `buffer`. Nothing when nothing waits.
    [[nodiscard]] std::optional<StackEvent> receive(std::span<std::byte> buffer);

    void setLiveness(StackAssoc assoc, const Liveness& liveness);
    /// Lowers the size of packets to the peer, in octets from the SCTP header on.
    void setPathMtu(StackAssoc assoc, std::uint32_t mtu);
    [[nodiscard]] QueueState queueState(StackAssoc assoc) const;
    /// The path that an association runs on; 0 when there is no such association.
    [[nodiscard]] PathNumber pathOf(StackAssoc assoc) const;

private:
    SctpSocket(struct socket* socket, StackAddress address) : m_socket(socket), m_address(address) {}
    std::error_code prepare(std::uint16_t port, const EndpointConfig& config);
    [[nodiscard]] int sendWithFlags(StackAssoc assoc, OctetView data, const SendOptions& options, std::uint16_t flags);
    struct socket* m_socket;
    StackAddress m_address;
};

} // namespace kolam::transport
