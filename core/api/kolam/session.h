// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// A session with a pool, not with a server: it finds an element, and when that one dies it goes on at another one,
/// with the state that the last cookie holds (Enhanced Mode of a pool user). Next door: service.h, the other end.
#pragma once

#include "kolam/instance.h"

#include <memory>
#include <string_view>

namespace kolam::api {

/// Why a session left an element.
enum class FailoverCause : std::uint8_t {
    None,             ///< It did not.
    AssociationLost,  ///< The element's process, or the way to it, is gone.
    PeerShutdown,     ///< The element has ended the session.
    KeepAliveTimeout, ///< The element is frozen.
    ConnectFailed,    ///< It could not be reached.
    Application,      ///< Session::failover().
};

/// What happens to a session; from turns of the loop only. All of it may call anything of the session, but must not
/// destroy it.
class KOLAM_API SessionEvents {
public:
    virtual ~SessionEvents();
    /// The session stands at an element. `resumed`: that one has the state of the last cookie; otherwise it knows
    /// nothing of what was before, and unanswered requests are to be sent again in either case.
    virtual void onEstablished(ElementId element, bool resumed) = 0;
    /// A message of the element.
    virtual void onMessage(std::uint32_t ppid, OctetView data) = 0;
    /// The element has failed; another one is looked for.
    virtual void onFailover(ElementId failed, FailoverCause cause);
    /// No element could be had until now: why. The session goes on trying.
    virtual void onWaiting(Errc reason);
    /// There is room again, after send() has said WouldBlock.
    virtual void onWritable();
};

/// How a session stands.
struct SessionStatus {
    bool established = false;            ///< At `element`.
    ElementId element = ElementId::None; ///< The one in use, or tried.
    Address address{};                   ///< Its address.
    Errc waiting = Errc::NotConnected;   ///< Why there is no element yet; NotConnected: no reason known.
    std::uint64_t failovers = 0;         ///< Completed ones.
    std::size_t cookieSize = 0;          ///< Octets of the last cookie; 0: none came.
};

/// A session of a pool user.
class KOLAM_API Session {
public:
    /// Begins to look for an element. Errors: BadArgument, System. Instance and events must outlive it.
    [[nodiscard]] static Result<std::unique_ptr<Session>> open(Instance& instance, std::string_view pool,
                                                               SessionEvents& events, const Liveness& liveness = {});
    /// Ends the session gracefully; what was sent still arrives.
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    /// Sends one message of at least one octet. Errors: NotConnected, WouldBlock, TooBig, BadArgument.
    Result<void> send(OctetView data, std::uint32_t ppid = 0);
    /// Gives up on the element: no progress, bad answers. `report`: tell the registrar that it is dead.
    void failover(bool report);
    /// The next element begins from the beginning.
    void dropCookie();
    /// How it stands.
    [[nodiscard]] SessionStatus status() const;

    struct Impl;

private:
    explicit Session(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace kolam::api
