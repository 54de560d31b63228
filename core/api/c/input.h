// SPDX-License-Identifier: GPL-3.0-or-later
// What has come for a socket and was not yet received: messages, notifications, cookies, in their order.
// Next door: channel.h and user_role.h fill it; messages.cpp empties it.
#pragma once

#include "core/api/c/core.h"
#include "core/api/c/outcome.h"
#include "core/api/cpp/mailbox.h"
#include "kolam/rserpool.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <span>

namespace kolam::rsp {

/// A thing to receive.
struct Delivery {
    api::Octets data;
    rsp_sndrcvinfo info{};
    int kind = 0; // MSG_RSERPOOL_NOTIFICATION, MSG_RSERPOOL_COOKIE_ECHO, or 0: a message
};
[[nodiscard]] Delivery failoverDelivery(unsigned int state, bool hasCookie, rserpool_session_t session);
[[nodiscard]] Delivery sessionDelivery(unsigned int state, rserpool_session_t session);

/// How somebody wants to receive.
struct Want {
    std::span<std::byte> buffer;
    rsp_sndrcvinfo* info = nullptr;
    int* flags = nullptr; // takes MSG_EOR and the kind
    bool plain = false;   // nothing but messages: notifications cannot be told apart
    bool peek = false;
    int timeout = -1;
};

class Input {
public:
    explicit Input(Bell& bell) : m_bell(bell) {}

    /// False: too much is unread. There is always room for what is no message.
    [[nodiscard]] bool put(Delivery delivery);
    /// Drops what is unread.
    void clear();
    /// After all that is there, receive() gives this: 0, the end of the session; EIO, the element has failed.
    void end(int number);
    /// There is more, after all.
    void resume();
    /// Those who wait, and who come, get EBADF.
    void close();
    /// Octets; 0: the end. Errors: EAGAIN, EIO, EBADF.
    [[nodiscard]] Outcome<std::size_t> take(const Want& want);
    [[nodiscard]] bool readable() const;

private:
    [[nodiscard]] Outcome<std::size_t> takeFront(const Want& want);
    void pop();
    void changed();

    Bell& m_bell;
    mutable std::mutex m_lock;
    std::condition_variable m_changed;
    std::deque<Delivery> m_waiting;
    std::size_t m_taken = 0;  // octets of the first that were received already
    std::size_t m_unread = 0; // octets
    bool m_ended = false;
    int m_end = 0;
    bool m_closed = false;
};

} // namespace kolam::rsp
