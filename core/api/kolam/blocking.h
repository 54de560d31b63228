// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// For programs without a loop: calls that wait, and services with a thread for each session. Beneath is one thread of
/// the library, which all of this shares. Next door: session.h and service.h, the same with events.
#pragma once

#include "kolam/service.h"
#include "kolam/session.h"

#include <functional>
#include <memory>

namespace kolam::api {

/// What receive() brings.
struct Received {
    /// Its kind.
    enum class Kind : std::uint8_t {
        Message,    ///< A message: `data` and `ppid`.
        FailedOver, ///< To a user: another element has taken over. Send again what was not answered.
        CookieEcho, ///< To a service: the state that another element has left, in `data`.
    };
    Kind kind = Kind::Message;           ///< What this is.
    ElementId element = ElementId::None; ///< FailedOver: the one that serves now.
    bool resumed = false;                ///< FailedOver: it has the state of the last cookie.
    std::uint32_t ppid = 0;              ///< Message: what it is, by the application's own numbers.
    Octets data{};                       ///< Message, CookieEcho.
};

/// A session of a pool user whose calls wait. One thread at a time may send, and one may receive.
class KOLAM_API BlockingSession {
public:
    /// Waits until the session stands at an element. Errors: BadArgument, BeyondLoopback, TransportInUse, System; and
    /// why there is no element when the time is over: NoRegistrar, UnknownPool, Refused, Unreachable, TimedOut.
    [[nodiscard]] static Result<std::unique_ptr<BlockingSession>>
    connect(std::string_view pool, const Settings& settings = {}, Duration limit = std::chrono::seconds{10});
    /// Ends the session gracefully.
    ~BlockingSession();
    BlockingSession(const BlockingSession&) = delete;
    BlockingSession& operator=(const BlockingSession&) = delete;

    /// Sends one message; waits while there is no room, or no element. Errors: TimedOut, TooBig, BadArgument.
    Result<void> send(OctetView data, std::uint32_t ppid = 0, Duration limit = noLimit);
    /// Waits for what comes next. Errors: TimedOut.
    [[nodiscard]] Result<Received> receive(Duration limit = noLimit);
    /// Gives up on the element, as Session::failover(); receive() tells when another one has taken over.
    void failover(bool report);
    /// How it stands.
    [[nodiscard]] SessionStatus status() const;

    struct Impl;

private:
    explicit BlockingSession(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// The element's end of a session, in a thread of its own.
class KOLAM_API BlockingLink {
public:
    virtual ~BlockingLink();
    /// Waits for what comes next. Errors: TimedOut; Closed: the session has ended, return.
    [[nodiscard]] virtual Result<Received> receive(Duration limit = noLimit) = 0;
    /// Sends one message; waits while there is no room. Errors: Closed, TooBig, BadArgument.
    virtual Result<void> send(OctetView data, std::uint32_t ppid = 0) = 0;
    /// Hands the session's state to the user.
    virtual Result<void> sendCookie(OctetView cookie) = 0;
    /// "127.0.0.1:40000": for logs.
    [[nodiscard]] virtual std::string peer() const = 0;
};

/// A service in its pool, with a thread for each session, and none for a loop.
class KOLAM_API BlockingServer {
public:
    /// One session, in a thread of its own; it ends when this returns, and must return when receive() says Closed.
    using Handler = std::function<void(BlockingLink& link)>;

    /// Begins to serve. Errors: as Server::start() and Instance::create(), and TransportInUse.
    [[nodiscard]] static Result<std::unique_ptr<BlockingServer>> start(Handler handler, const ServerSettings& server,
                                                                       const Settings& settings = {});
    /// Ends all sessions at once, and waits for their threads.
    ~BlockingServer();
    BlockingServer(const BlockingServer&) = delete;
    BlockingServer& operator=(const BlockingServer&) = delete;

    /// Waits until it is registered. Errors: Rejected, NoRegistrar, TimedOut.
    Result<void> waitRegistered(Duration limit = std::chrono::seconds{10});
    /// The element's name in the pool.
    [[nodiscard]] ElementId id() const;
    /// Where users reach it.
    [[nodiscard]] Address address() const;
    /// Sessions now.
    [[nodiscard]] std::size_t sessions() const;
    /// Users that were refused since the start.
    [[nodiscard]] std::uint64_t refused() const;
    /// As Server::drain(); waits until it is done.
    void drain(Duration patience);

    struct Impl;

private:
    explicit BlockingServer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// Keeps a server of the application's own in a pool (Basic Mode), without a loop.
class KOLAM_API BlockingRegistration {
public:
    /// Begins to register. Errors: as Registration::start() and Instance::create(), and TransportInUse.
    [[nodiscard]] static Result<std::unique_ptr<BlockingRegistration>> start(const RegistrationRequest& request,
                                                                             const Settings& settings = {});
    /// Without a word: the registrar finds out.
    ~BlockingRegistration();
    BlockingRegistration(const BlockingRegistration&) = delete;
    BlockingRegistration& operator=(const BlockingRegistration&) = delete;

    /// Waits until it is registered. Errors: Rejected, NoRegistrar, TimedOut.
    Result<void> waitRegistered(Duration limit = std::chrono::seconds{10});
    /// The element's name in the pool.
    [[nodiscard]] ElementId id() const;
    /// Tells the pool another weight or load; the type must stay. Errors: BadArgument.
    Result<void> setPolicy(const Policy& policy);
    /// Deregisters, and waits until that is done or no registrar answers.
    void leave();

    struct Impl;

private:
    explicit BlockingRegistration(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// Asks for elements of a pool, best first, and waits for the answer (Basic Mode). Errors: as Instance::resolve().
[[nodiscard]] KOLAM_API Result<std::vector<Element>> resolve(std::string_view pool, std::uint32_t items = 0,
                                                             const Settings& settings = {},
                                                             Duration limit = std::chrono::seconds{10});
/// Tells a registrar that an element could not be reached, and waits until it has heard that (Basic Mode). Errors:
/// BadArgument, BeyondLoopback, TransportInUse, NoRegistrar, TimedOut, System.
KOLAM_API Result<void> reportFailure(std::string_view pool, ElementId element, const Settings& settings = {},
                                     Duration limit = std::chrono::seconds{10});

} // namespace kolam::api
