// SPDX-License-Identifier: GPL-3.0-or-later
// An endpoint on the kernel's SCTP: one socket that listens and connects, and one for each association that is up.
// Next door: kernel_socket.h for the calls, kernel_transport.h for who opens endpoints.
#pragma once

#include "core/dispatch/dispatcher.h"
#include "core/transport/kernel_socket.h"
#include "core/transport/transport.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace kolam::transport {

/// The endpoint behind a handle. Shared, so that it survives a sink that destroys the handle.
class KernelEndpointCore : public std::enable_shared_from_this<KernelEndpointCore> {
public:
    KernelEndpointCore(DescriptorDispatcher& dispatcher, const EndpointConfig& config, KernelSocket socket,
                       EventSink sink);
    ~KernelEndpointCore() { close(); }
    void start();
    void close();

    [[nodiscard]] TransportAddress local() const;
    std::expected<AssocId, std::error_code> connect(const TransportAddress& peer);
    std::expected<void, SendError> send(AssocId assoc, OctetView data, const SendOptions& options);
    void shutdown(AssocId assoc);
    void abort(AssocId assoc, std::string_view why);
    [[nodiscard]] std::optional<AssocInfo> info(AssocId assoc) const;
    void setLiveness(AssocId assoc, const Liveness& liveness);
    std::error_code changeAddress(const IpAddress& address, bool add);

private:
    struct Association {
        enum class State : std::uint8_t { Connecting, Up, Ended };
        AssocId id{};
        KernelAssoc kernelId{};
        std::optional<KernelSocket> socket; // its own, once it is up
        State state = State::Connecting;
        TransportAddress peer;
        std::uint16_t outStreams = 1;
        bool incoming = false;
        bool shuttingDown = false;
        bool peerClosing = false;
        bool blocked = false; // somebody waits for Writable
        Octets partial;       // the beginning of a message whose rest is still to come
        Liveness liveness;
        TimePoint begun{};
    };
    using Shared = std::shared_ptr<Association>;

    void onListener();
    void onAssociation(const Shared& association, Readiness readiness);
    void handle(KernelSocket& socket, const KernelEvent& event, Shared association);
    void handleUp(const KernelUp& up, Shared association);
    void handleDown(const KernelDown& down, const Shared& association);
    void handleData(const KernelData& data, const Shared& association);
    void restart(const Shared& association);
    void watch(const Shared& association, Interest interest);
    [[nodiscard]] bool isOurs(const TransportAddress& peer) const;
    [[nodiscard]] bool takesLongerThanRefusal(const Association& association) const;

    [[nodiscard]] Association* find(AssocId assoc) const;
    [[nodiscard]] KernelSocket& socketOf(Association& association) {
        return association.socket ? *association.socket : m_socket;
    }
    void forget(Association& association);
    void end(const Shared& association, DownReason reason, std::string detail);
    void endLater(Association& association, DownReason reason, std::string_view detail);
    void emit(const Event& event);

    DescriptorDispatcher& m_dispatcher;
    EndpointConfig m_config;
    KernelSocket m_socket;
    EventSink m_sink;
    std::uint16_t m_port;
    bool m_closed = false;
    std::uint64_t m_lastId = 0;
    std::unordered_map<AssocId, Shared> m_associations;             // those that our owner knows
    std::map<KernelAssoc, Shared> m_onListener;                     // those without a socket of their own
    std::map<std::pair<IpAddress, std::uint16_t>, AssocId> m_peers; // by each of their addresses
    KernelInbox m_inbox;
};

} // namespace kolam::transport
