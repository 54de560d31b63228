// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/c/channel.h"

#include <utility>

namespace kolam::rsp {

Outcome<void> Channel::waitRoom(const api::Deadline& deadline) {
    std::unique_lock lock{m_lock};
    if (!deadline.wait(m_changed, lock, [&] { return m_room || m_ended || m_closed; })) {
        return failure(EAGAIN);
    }
    if (m_closed || m_ended) {
        return failure(m_closed ? EBADF : EPIPE);
    }
    return {};
}

Outcome<void> Channel::sendWithRoom(const std::function<api::Result<void>(api::SessionLink&)>& send, int timeout) {
    const api::Deadline deadline{limitOf(timeout)};
    for (;;) {
        if (const auto room = waitRoom(deadline); !room) {
            return room;
        }
        const auto sent = m_core->thread->call([&]() -> api::Result<void> {
            if (m_link == nullptr) {
                return std::unexpected(api::Error{api::Errc::Closed});
            }
            auto tried = send(*m_link);
            if (!tried && tried.error().code == api::Errc::WouldBlock) {
                const std::lock_guard guard{m_lock};
                m_room = false; // roomAgain() says when there is some
            }
            return tried;
        });
        if (sent) {
            return {};
        }
        if (sent.error().code != api::Errc::WouldBlock) {
            return failure(errnoOf(sent.error()));
        }
    }
}

Outcome<std::size_t> Channel::send(const Send& send) {
    if (send.abort) {
        m_core->thread->call([&] {
            if (m_link != nullptr) {
                m_link->abort("the application ends it");
            }
        });
        return 0;
    }
    if (!send.data.empty() || !send.thenEnd) {
        const auto sent = sendWithRoom([&](auto& link) { return link.send(send.data, send.ppid); }, send.timeout);
        if (!sent) {
            return failure(sent.error());
        }
    }
    if (send.thenEnd) {
        shutdown();
    }
    return send.data.size();
}

Outcome<std::size_t> Channel::sendCookie(api::OctetView cookie, int timeout) {
    const auto sent = sendWithRoom([&](auto& link) { return link.sendCookie(cookie); }, timeout);
    return sent ? Outcome<std::size_t>{cookie.size()} : failure(sent.error());
}

void Channel::shutdown() {
    m_core->thread->call([&] {
        if (m_link != nullptr) {
            m_link->shutdown();
        }
    });
}

void Channel::close() {
    const std::lock_guard guard{m_lock};
    m_closed = true;
    m_changed.notify_all();
}

bool Channel::writable() const {
    const std::lock_guard guard{m_lock};
    return m_room || m_ended; // who sends after the end learns of it without waiting
}

void Channel::received(api::OctetView data, std::uint32_t ppid, int kind) {
    Delivery delivery;
    delivery.data.assign(data.begin(), data.end());
    delivery.info.rinfo_session = m_id;
    delivery.info.rinfo_ppid = ppid;
    delivery.kind = kind;
    if (!m_input->put(std::move(delivery))) {
        m_link->abort("the application does not read");
    }
}

void Channel::roomAgain() {
    {
        const std::lock_guard guard{m_lock};
        m_room = true;
        m_changed.notify_all();
    }
    m_core->bell.ring();
}

void Channel::ended() {
    m_link = nullptr;
    const std::lock_guard guard{m_lock};
    m_ended = true;
    m_changed.notify_all();
}

} // namespace kolam::rsp
