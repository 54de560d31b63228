// SPDX-License-Identifier: GPL-3.0-or-later
// A local port of the user transport: its UDP sockets, the associations above them, and what their owner hears.
// Next door: sctp_socket.h (the stack's half), path_table.h, usrsctp_stack.h; user_sockets.h binds the port.
#pragma once

#include "core/base/strong.h"
#include "core/transport/local_addresses.h"
#include "core/transport/path_table.h"
#include "core/transport/sctp_socket.h"
#include "core/transport/transport.h"
#include "core/transport/udp_socket.h"
#include "core/transport/usrsctp_stack.h"

#include <deque>
#include <memory>
#include <unordered_map>
#include <vector>

namespace kolam::transport {

class UserEndpoint final : public Endpoint, private StackClient {
public:
    [[nodiscard]] static std::expected<std::unique_ptr<Endpoint>, std::error_code>
    open(std::shared_ptr<UsrsctpStack> stack, const EndpointConfig& config, EventSink sink);
    ~UserEndpoint() override;

    [[nodiscard]] TransportAddress local() const override;
    std::expected<AssocId, std::error_code> connect(const TransportAddress& peer) override;
    std::expected<void, SendError> send(AssocId assoc, OctetView data, const SendOptions& options) override;
    void shutdown(AssocId assoc) override;
    void abort(AssocId assoc, std::string_view why) override;
    [[nodiscard]] std::optional<AssocInfo> info(AssocId assoc) const override;
    void setLiveness(AssocId assoc, const Liveness& liveness) override;
    std::error_code addAddress(const IpAddress& address) override;
    std::error_code removeAddress(const IpAddress& address) override;

private:
    struct Association {
        AssocId id;
        StackAssoc stackId;
        PathNumber path;
        std::uint16_t peerPort;
        std::uint16_t outStreams;
        Liveness liveness;
        std::vector<IpAddress> otherAddresses; // of the peer, to try when this one does not answer
        enum class State : std::uint8_t { Connecting, Up, Ended } state = State::Connecting; // Ended: Down was told
        bool incoming = false;
        bool shuttingDown = false;  // by us
        bool shutdownWaits = false; // the stack had no room for it yet
        bool peerClosing = false;
        std::uint32_t sendCredit = 0;  // messages that may be sent before the stack's queue is looked at again
        bool blocked = false;          // send() had no room, and Writable is owed
        std::uint32_t blockedSize = 0; // octets of the message that had no room
        Octets partial;                // a long message, as far as it has come
    };
    struct Late { // a datagram that a fault holds back
        TimePoint due;
        bool leaves; // else it has arrived
        std::size_t socket;
        SocketAddress peer;
        std::optional<IpAddress> local;
        Octets octets;
    };
    using Associations = std::unordered_map<StackAssoc, std::unique_ptr<Association>>;

    UserEndpoint(std::shared_ptr<UsrsctpStack> stack, const EndpointConfig& config, EventSink sink, std::uint16_t port);
    std::error_code start();
    // Set-up and end.
    void addSocket(UdpSocket socket);
    void followAddresses();
    std::error_code connectTo(const SocketAddress& peer, AssocId id);
    bool connectToNext(Association& failed);
    [[nodiscard]] std::optional<std::size_t> socketFor(const IpAddress& peer, const Route& route) const;
    void preparePath(Path& path, StackAssoc assoc, const Route& route);
    void restart(Association& association);
    void kill(Association& association, std::string_view why);
    void end(Association& association, DownReason reason, std::string detail);
    // What comes from the network.
    void onReady(std::size_t socket, Readiness readiness);
    void arrive(std::size_t socket, const Datagram& datagram);
    void takeDatagram(std::size_t socket, const Datagram& datagram);
    void leave(const Path& path, OctetView packet);
    void holdBack(Late late, Duration delay);
    void passLate();
    void takeError(std::size_t socket, const DatagramError& error);
    void injectAbort(const Path& path);
    void probe(const Path& path);
    void probeSilentPeers();
    void armProbe(const Association& association);
    // What the stack wants of us, and what it says.
    void output(std::span<std::byte> packet) override;
    bool deliverOne() override;
    void portClosed(std::optional<std::uint16_t> port) override;
    bool takeData(const StackData& data);
    void handle(const StackUp& up);
    void handle(const StackDown& down);
    void handle(const StackPeerClosing& closing);
    void handle(const StackPathState& state);
    bool tell(const Event& event);
    // Room to send.
    std::expected<void, SendError> block(Association& association, std::size_t size);
    void retryWaiting();
    void stopWaiting(Association& association);
    [[nodiscard]] std::uint32_t mostWaiting() const; // messages of one association
    // The table.
    Association& insert(AssocId id, StackAssoc stackId, Path& path);
    std::unique_ptr<Association> release(Associations::iterator found);
    [[nodiscard]] Association* find(AssocId id);
    [[nodiscard]] Association* findByStackId(StackAssoc assoc);
    [[nodiscard]] TransportAddress peerOf(const Association& association) const;

    std::shared_ptr<UsrsctpStack> m_stack;
    EndpointConfig m_config;
    std::shared_ptr<EventSink> m_sink;
    std::deque<UdpSocket> m_sockets; // they never move: the batch points to them
    std::unique_ptr<KernelNotices> m_addressChanges;
    std::uint16_t m_port;
    StackAddress m_address;
    std::unique_ptr<SctpSocket> m_sctp; // from start() on
    PathTable m_paths;
    Associations m_associations;
    std::unordered_map<AssocId, Association*> m_byId;
    std::uint64_t m_lastId = 0;
    std::size_t m_waiting = 0;  // Writables and shutdowns that are owed
    std::deque<Event> m_events; // to tell; never a Message
    std::deque<Late> m_late;
    TimerId m_lateTimer = TimerId::None;
    TimerId m_probeTimer = TimerId::None;
    Duration m_probeInterval{};
};

} // namespace kolam::transport
