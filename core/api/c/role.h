// SPDX-License-Identifier: GPL-3.0-or-later
// What a socket has become: a pool user, a pool element, or an accepted session. Before that it is nothing.
// Next door: user_role.h, element_role.h, session_role.h; socket.h, which has one.
#pragma once

#include "core/api/c/input.h"
#include "core/api/c/outcome.h"

#include <cstdint>
#include <poll.h>
#include <string>

namespace kolam::rsp {

/// How somebody wants to send.
struct Send {
    api::OctetView data;
    std::uint32_t ppid = 0;
    rserpool_session_t session = 0;
    bool thenEnd = false; // end the session gracefully after it
    bool abort = false;   // or at once, without sending
    int timeout = -1;
};

/// A pool, and one of its elements.
struct Name {
    std::string pool;
    std::uint32_t element = 0;
};

/// All of it may be called from any thread; close() once.
class Role {
public:
    virtual ~Role() = default;
    /// Those of poll() that there are now.
    [[nodiscard]] virtual short events() const = 0;
    [[nodiscard]] virtual Outcome<std::size_t> receive(const Want& want) = 0;
    [[nodiscard]] virtual Outcome<std::size_t> send(const Send& send) = 0;
    [[nodiscard]] virtual Outcome<std::size_t> sendCookie(api::OctetView, rserpool_session_t, int /*timeout*/) {
        return failure(EOPNOTSUPP); // only elements have a state to hand out
    }
    [[nodiscard]] virtual Outcome<Name> ownName() const { return failure(EOPNOTSUPP); }
    [[nodiscard]] virtual Outcome<Name> peerName() const { return failure(EOPNOTSUPP); }
    /// Its descriptor is gone: those who wait are told EBADF, and what is behind it ends.
    virtual void close() = 0;
};

} // namespace kolam::rsp
