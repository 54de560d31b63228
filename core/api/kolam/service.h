// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Serving a pool (Enhanced Mode of a pool element): write one class for the service and one for its session; the
/// library registers it, accepts users, refuses those that are too many, carries cookies, and drains it at the end.
/// Next door: session.h, the other end; blocking.h, a thread for each session.
#pragma once

#include "kolam/instance.h"

#include <memory>
#include <optional>
#include <string>

namespace kolam::api {

/// The service's end of one session; lives until ServiceSession::onClosed() has returned.
class KOLAM_API SessionLink {
public:
    virtual ~SessionLink();
    /// Sends one message of at least one octet. Errors: WouldBlock (onWritable() follows), Closed, TooBig, BadArgument.
    virtual Result<void> send(OctetView data, std::uint32_t ppid = 0) = 0;
    /// Hands the session's state to the user, who gives it to the element that goes on when this one dies. Send it
    /// before the answer that it stands for.
    virtual Result<void> sendCookie(OctetView cookie) = 0;
    /// Ends the session after all that was sent; the user goes on at another element.
    virtual void shutdown() = 0;
    /// Ends it at once.
    virtual void abort(std::string_view why) = 0;
    /// "127.0.0.1:40000": for logs.
    [[nodiscard]] virtual std::string peer() const = 0;
};

/// One session of a service; destroyed after onClosed().
class KOLAM_API ServiceSession {
public:
    virtual ~ServiceSession();
    /// A message of the user.
    virtual void onMessage(std::uint32_t ppid, OctetView data) = 0;
    /// State that another element has handed out; comes before the first message. It has passed the user, who may have
    /// written anything into it.
    virtual void onCookieEcho(OctetView cookie);
    /// There is room again.
    virtual void onWritable();
    /// The session has ended, by whomever.
    virtual void onClosed();
};

/// A service: makes one session after the other, all on the loop's thread.
class KOLAM_API Service {
public:
    virtual ~Service();
    /// A user has come. Nothing returned: refused.
    virtual std::unique_ptr<ServiceSession> open(SessionLink& link) = 0;
    /// 0 to 1 for policies that ask for it. None: the part of the slots that is taken.
    [[nodiscard]] virtual std::optional<double> load() const;
};

/// What a server is made from.
struct ServerSettings {
    std::string pool{};             ///< Any octets but none at all.
    ElementId id = ElementId::None; ///< None: one by chance.
    Policy policy{};                ///< The pool's.
    Address address{};              ///< No hosts: those of the instance; port 0: any.
    std::size_t capacity = 0;       ///< Sessions at a time; more are refused. 0: any number.
    Duration renewal{};             ///< Between two registrations; 0: as the profile says.
    Duration life{};                ///< Of a registration that is not renewed; 0: as the profile says.
    Liveness liveness{};            ///< Of the users' associations.
};

/// A service in its pool. Must not be destroyed from a callback of its own, but from drain()'s.
class KOLAM_API Server {
public:
    /// Opens the port and begins to register. Instance and service must outlive it. Errors: BadArgument,
    /// BeyondLoopback, System (the port is taken).
    [[nodiscard]] static Result<std::unique_ptr<Server>> start(Instance& instance, Service& service,
                                                               const ServerSettings& settings);
    /// At once: sessions are aborted, and the registrar finds out.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// The element's name in the pool.
    [[nodiscard]] ElementId id() const;
    /// Where users reach it.
    [[nodiscard]] Address address() const;
    /// How the registration stands.
    [[nodiscard]] RegistrationStatus status() const;
    /// Sessions now.
    [[nodiscard]] std::size_t sessions() const;
    /// Users that were refused since the start.
    [[nodiscard]] std::uint64_t refused() const;
    /// Called whenever the status has changed, or the number of sessions.
    void onStatus(std::function<void(const RegistrationStatus&)> callback);
    /// Tells the pool another weight; the type must stay. Errors: BadArgument.
    Result<void> setPolicy(const Policy& policy);
    /// Asks Service::load() now, not only within a second.
    void loadChanged();
    /// Deregisters, refuses new users, lets sessions come to their end for so long, ends those that are left gracefully
    /// (their users go on elsewhere), then calls `done`.
    void drain(Duration patience, std::function<void()> done);

    struct Impl;
    /// For the library's own use.
    [[nodiscard]] Impl& impl() { return *m_impl; }

private:
    explicit Server(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace kolam::api
