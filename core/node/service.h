// SPDX-License-Identifier: GPL-3.0-or-later
// What a program implements to be a service of a pool, and what it is given for each of its sessions.
// Next door: element_node.h registers the service and carries its sessions.
#pragma once

#include "core/base/address.h"
#include "core/base/octets.h"
#include "core/base/time.h"

#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <string_view>

namespace kolam {

enum class SessionSendError : std::uint8_t { WouldBlock, Closed, TooBig };

/// The element's end of one session. Lives until ServiceSession::onClosed has returned; all on the dispatcher's thread.
class SessionLink {
public:
    virtual ~SessionLink() = default;
    /// Sends one message to the user. WouldBlock: onWritable() will be called when there is room again.
    virtual std::expected<void, SessionSendError> send(std::uint32_t ppid, OctetView data) = 0;
    /// Hands the session's state to the user, who gives it to the element that goes on (ASAP COOKIE).
    virtual std::expected<void, SessionSendError> sendCookie(OctetView cookie) = 0;
    /// Ends the session after everything sent has been delivered.
    virtual void shutdown() = 0;
    virtual void abort(std::string_view why) = 0;
    /// "127.0.0.1:40000": for logs.
    [[nodiscard]] virtual std::string peer() const = 0;
    /// Of the association, for rules about who may do what.
    [[nodiscard]] virtual const TransportAddress& peerAddress() const = 0;
    /// True when the user has announced the feature (wire::Features bits); false until it has, and for rsplib's users.
    [[nodiscard]] virtual bool peerHas(std::uint32_t feature) const = 0;
};

/// One session of a service. Destroyed after onClosed().
class ServiceSession {
public:
    virtual ~ServiceSession() = default;
    virtual void onMessage(std::uint32_t ppid, OctetView data) = 0;
    /// The state of the session at another element; comes before its first message. Not trustworthy: it passed the
    /// user.
    virtual void onCookieEcho(OctetView cookie) = 0;
    virtual void onWritable() {}
    virtual void onClosed() {}
};

/// A service: makes a ServiceSession for every user that comes.
class Service {
public:
    virtual ~Service() = default;
    /// A user has connected. Nothing returned: refused (all slots taken); the association is shut down.
    virtual std::unique_ptr<ServiceSession> open(SessionLink& link) = 0;
    /// Load of 0 to 1 for adaptive policies; asked again after each session's begin and end and about once a second.
    [[nodiscard]] virtual double load() const { return 0; }
    /// Features that this service announces to users, besides the session keep-alive (wire::Features bits).
    [[nodiscard]] virtual std::uint32_t features() const { return 0; }
    /// True: sessions whose users are frozen are ended, too, so that they do not hold a slot (users of ours only).
    [[nodiscard]] virtual bool watchesUsers() const { return false; }
    /// The element leaves the pool, and ends its sessions when this returns: the last moment to hand out cookies.
    virtual void onLeave() {}
};

} // namespace kolam
