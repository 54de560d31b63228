// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// One life in Reliable Server Pooling: which registrars it believes in, and with which timers. Basic Mode is here:
/// ask who is in a pool, report who does not answer, be registered, and do all the talking by yourself.
/// Next door: session.h and service.h (Enhanced Mode: the library does the talking).
#pragma once

#include "kolam/event_loop.h"
#include "kolam/types.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kolam::api {

/// How much a log line matters.
enum class LogLevel : std::uint8_t { Debug, Info, Warning, Error };

/// How quickly a silent association is given up. 0: as the profile says.
struct Liveness {
    Duration rtoInitial{};                                              ///< SCTP's first retransmission time-out.
    Duration rtoMin{};                                                  ///< The least of them.
    Duration rtoMax{};                                                  ///< The most.
    Duration heartbeat{};                                               ///< Between two heartbeats on an idle path.
    std::uint16_t associationMaxRetransmissions = 0;                    ///< Until the peer is given up.
    std::uint16_t pathMaxRetransmissions = 0;                           ///< Until one of its addresses is.
    friend bool operator==(const Liveness&, const Liveness&) = default; ///< Member by member.
};

/// Timers towards registrars. 0: as the profile says.
struct RegistrarTimers {
    Duration announce{};             ///< A registrar that was not heard for so long is forgotten.
    Duration connect{};              ///< One round of connects.
    Duration request{};              ///< An answer.
    std::uint16_t requestTrials = 0; ///< Registrars that are asked the same.
};

/// What an instance is made from. As it stands it finds registrars of this host.
struct Settings {
    std::vector<std::string> registrars{};         ///< "10.0.0.1:3863"; none: those that announce themselves.
    std::string announceGroup = "239.0.0.50:3863"; ///< Where they do; empty: nobody listens.
    std::string profile = "rsplib";                ///< All timers: "rsplib", "rfc", the quick "demo", or "fast".
    std::vector<std::string> hosts{};              ///< Own addresses; none: 127.0.0.1, or all when beyondLoopback.
    bool beyondLoopback = false;                   ///< Other hosts, too. Nobody is authenticated yet.
    RegistrarTimers registrarTimers{};             ///< Besides the profile.
    std::string scope = "default";                 ///< Where kolam-monitor of the same user sees it; empty: nowhere.
    std::function<void(LogLevel, std::string_view)> log{}; ///< Called on the loop's thread; none: silence.
};

/// One life in RSerPool; any number of them on a loop.
class KOLAM_API Instance {
public:
    /// The loop must outlive the instance. Errors: BadArgument, BeyondLoopback.
    [[nodiscard]] static Result<std::unique_ptr<Instance>> create(EventLoop& loop, const Settings& settings = {});
    /// Registrations, sessions and servers of the instance must be gone.
    ~Instance();
    Instance(const Instance&) = delete;
    Instance& operator=(const Instance&) = delete;

    /// Asks for elements of a pool, best first, at most `items` of them (0: as many as the registrar likes). `done` is
    /// called once, from a later turn, unless the instance is destroyed before. Errors: NoRegistrar, UnknownPool,
    /// Refused, TimedOut, System.
    void resolve(std::string_view pool, std::uint32_t items,
                 std::function<void(const Result<std::vector<Element>>&)> done);
    /// Tells the registrar that an element could not be reached. There is no answer to that.
    void reportFailure(std::string_view pool, ElementId element);

    struct Impl;
    /// For the library's own use.
    [[nodiscard]] Impl& impl() { return *m_impl; }

private:
    explicit Instance(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// How far a registration has come.
enum class RegistrationState : std::uint8_t {
    Looking,     ///< For a registrar.
    Registering, ///< Asked, and not yet answered.
    Registered,  ///< In the pool.
    Rejected,    ///< Not wanted; asks again after some seconds.
    Leaving,     ///< Asked to be taken out.
    Left,        ///< Out of the pool.
};
/// "registered".
[[nodiscard]] KOLAM_API std::string_view toText(RegistrationState state);

/// How a registration is doing.
struct RegistrationStatus {
    RegistrationState state = RegistrationState::Looking; ///< How far it is.
    std::string detail{};                                 ///< Why rejected, or what is tried.
};

/// What Registration keeps registered.
struct RegistrationRequest {
    std::string pool{};                 ///< Any octets but none at all.
    ElementId id = ElementId::None;     ///< None: one by chance.
    Policy policy{};                    ///< The pool's, or there is no way in.
    Protocol protocol = Protocol::Sctp; ///< How users speak to it.
    Address address{};                  ///< Where; no hosts: those of the instance.
    Duration renewal{};                 ///< Between two registrations; 0: as the profile says.
    Duration life{};                    ///< Of a registration that is not renewed; 0: as the profile says.
};

/// Keeps a server of the application's own in a pool, whatever protocol it speaks (Basic Mode). Must not be destroyed
/// from a callback of its own, but from leave()'s.
class KOLAM_API Registration {
public:
    /// Begins to register. Errors: BadArgument, BeyondLoopback, System.
    [[nodiscard]] static Result<std::unique_ptr<Registration>> start(Instance& instance,
                                                                     const RegistrationRequest& request);
    /// Without a word: the registrar finds out.
    ~Registration();
    Registration(const Registration&) = delete;
    Registration& operator=(const Registration&) = delete;

    /// The element's name in the pool.
    [[nodiscard]] ElementId id() const;
    /// Where it stands.
    [[nodiscard]] RegistrationStatus status() const;
    /// Called whenever the status has changed.
    void onStatus(std::function<void(const RegistrationStatus&)> callback);
    /// Tells the pool another weight or load; the type must stay. Errors: BadArgument.
    Result<void> setPolicy(const Policy& policy);
    /// Deregisters, then calls `done`, also when no registrar answers.
    void leave(std::function<void()> done);

    struct Impl;

private:
    explicit Registration(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace kolam::api
