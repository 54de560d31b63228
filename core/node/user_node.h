// SPDX-License-Identifier: GPL-3.0-or-later
// A pool user: resolves pool handles at a registrar and keeps sessions alive across the death of elements.
// Performs the actions of asap's endpoint side and of the session layer's user side on a transport.
#pragma once

#include "core/base/ids.h"
#include "core/base/log.h"
#include "core/dispatch/dispatcher.h"
#include "core/node/element_node.h"
#include "core/node/profile.h"
#include "core/session/session_types.h"
#include "core/telemetry/csp_reporter.h"
#include "core/telemetry/telemetry.h"
#include "core/transport/transport.h"
#include "core/wire/parameters.h"

#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kolam {

enum class SessionId : std::uint64_t { None = 0 };

/// Callbacks of one session, on the dispatcher's thread. They may call anything of the node, also closeSession().
class SessionHandler {
public:
    virtual ~SessionHandler() = default;
    /// The session stands at `element`. `resumed`: its state has been handed over by a cookie; else start from the
    /// beginning.
    virtual void onEstablished(PeIdentifier element, bool resumed) = 0;
    virtual void onMessage(std::uint32_t ppid, OctetView data) = 0;
    virtual void onFailoverBegin(PeIdentifier /*failed*/, FailoverCause /*cause*/) {}
    virtual void onFailoverEnd(PeIdentifier /*failed*/, PeIdentifier /*next*/, FailoverCause /*cause*/,
                               Duration /*took*/) {}
    virtual void onStatus(const SessionStatus& /*status*/) {}
    virtual void onWritable() {}
};

enum class ResolveErrc : std::uint8_t { NoRegistrar, UnknownPool, Refused, TimedOut };

struct UserStatus {
    ServerId registrar; // 0: none
    TransportAddress registrarAddress;
    bool looking = true;
};

/// Must not be destroyed from one of its own callbacks.
class UserNode {
public:
    struct Config {
        RegistrarSources registrars;
        Profile profile = demoProfile();
        std::uint32_t features = 0;            // besides the session keep-alive
        std::optional<TransportAddress> local; // no ips: loopback
        bool reportUnreachable = true;
        telemetry::Telemetry* telemetry = nullptr; // what happens is told there; nothing: to nobody
    };
    static std::expected<std::unique_ptr<UserNode>, std::error_code>
    start(Dispatcher& dispatcher, transport::Transport& transport, Log& log, const Config& config);
    ~UserNode();

    [[nodiscard]] UserStatus status() const;
    void onStatus(std::function<void(const UserStatus&)> callback);

    /// Opens a session with a pool. It resolves, connects, and fails over for as long as it is open.
    SessionId openSession(const PoolHandle& handle, SessionHandler& handler,
                          std::optional<std::uint64_t> sessionKey = std::nullopt);
    /// Sends one message, of at least one octet. Closed: there is no element now; onEstablished() says when there is.
    /// WouldBlock: onWritable() will be called when there is room again.
    std::expected<void, SessionSendError> send(SessionId session, std::uint32_t ppid, OctetView data);
    /// The application gives up on the element (progress deadline, bad answers): fail over to another.
    void forceFailover(SessionId session, bool reportUnreachable);
    /// Forgets the cookie: the next element starts from the beginning.
    void dropCookie(SessionId session);
    /// Ends a session; its handler is not called again.
    void closeSession(SessionId session);
    [[nodiscard]] SessionStatus sessionStatus(SessionId session) const;
    [[nodiscard]] EndpointCounters counters() const;

    /// The application says what a failover has cost it: so many "rows" were done twice.
    void workRedone(SessionId session, std::uint64_t amount, std::string_view unit);
    /// What a report of CSP says of it.
    [[nodiscard]] telemetry::CspContent cspContent() const;

    /// Asks for elements of a pool, best first; `done` is called exactly once, from a later turn.
    void resolve(const PoolHandle& handle, std::uint32_t items,
                 std::function<void(std::expected<std::vector<wire::PoolElement>, ResolveErrc>)> done);
    /// The elements of the last answer about a pool, if it is not older than that; chosen anew by the pool's policy,
    /// best first. For those who choose more often than a registrar should be asked.
    [[nodiscard]] std::vector<wire::PoolElement> remembered(const PoolHandle& handle, Duration mayBeOld);
    /// This one could not be reached: it is not remembered until the next answer.
    void forget(const PoolHandle& handle, PeIdentifier element);

    /// Tells the registrar that the application could not reach an element.
    void reportUnreachable(const PoolHandle& handle, PeIdentifier element);

    struct Impl;

private:
    explicit UserNode(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace kolam
