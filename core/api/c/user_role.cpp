// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/c/user_role.h"

#include <utility>

namespace kolam::rsp {

namespace {

constexpr rserpool_session_t theSession = 1; // a user's socket has one
constexpr std::size_t mostHeld = 4'096;      // messages
/// Milliseconds more for a program that has just begun to look for a registrar.
constexpr int registrarPatience = 2'500;

} // namespace

Outcome<std::shared_ptr<UserRole>> UserRole::connect(std::shared_ptr<Core> core, const Config& config) {
    std::shared_ptr<UserRole> role{new UserRole(std::move(core), config)};
    const auto opened = role->m_core->thread->call([&]() -> Outcome<void> {
        auto session = api::Session::open(*role->m_core->instance, config.pool, *role, config.liveness);
        if (!session) {
            return failure(errnoOf(session.error()));
        }
        role->m_session = std::move(*session);
        return {};
    });
    const auto up = opened ? role->waitUp(config.connectTimeout) : opened;
    if (!up) {
        return failure(up.error());
    }
    return role;
}

UserRole::~UserRole() {
    m_core->thread->call([&] { m_session.reset(); });
}

void UserRole::close() {
    {
        const std::lock_guard guard{m_lock};
        m_closed = true;
        m_changed.notify_all();
    }
    m_input.close();
    m_core->thread->call([&] { m_session.reset(); });
}

Outcome<void> UserRole::waitUp(int timeout) {
    std::unique_lock lock{m_lock};
    const auto ready = [&] { return m_up || m_closed; };
    bool done = api::Deadline{limitOf(timeout)}.wait(m_changed, lock, ready);
    if (!done && (m_waiting == api::Errc::NoRegistrar || m_waiting == api::Errc::NotConnected)) {
        done = api::Deadline{limitOf(registrarPatience)}.wait(m_changed, lock, ready);
    }
    if (m_closed) {
        return failure(EBADF);
    }
    if (!done) {
        return failure(m_waiting == api::Errc::NotConnected ? ETIMEDOUT : errnoOf(m_waiting));
    }
    return {};
}

// ---- What happens to the session ----

void UserRole::onEstablished(api::ElementId element, bool) {
    {
        const std::lock_guard guard{m_lock};
        m_up = true;
        m_room = true;
        m_waiting = api::Errc::NotConnected;
        m_element = std::to_underlying(element);
        m_changed.notify_all();
    }
    m_core->bell.ring();
}

void UserRole::onMessage(std::uint32_t ppid, api::OctetView data) {
    Delivery delivery;
    delivery.data.assign(data.begin(), data.end());
    delivery.info.rinfo_session = theSession;
    delivery.info.rinfo_ppid = ppid;
    bool kept = true;
    {
        const std::lock_guard guard{m_lock};
        delivery.info.rinfo_pe_id = m_element;
        if (m_failed) {
            kept = m_held.size() < mostHeld;
            if (kept) {
                m_held.push_back(std::move(delivery));
            }
        } else {
            kept = m_input.put(std::move(delivery));
        }
    }
    if (!kept) {
        m_session->failover(false); // nothing may be lost without a word
    }
}

void UserRole::onFailover(api::ElementId failed, api::FailoverCause) {
    const bool hasCookie = m_session && m_session->status().cookieSize > 0;
    const std::lock_guard guard{m_lock};
    m_up = false;
    m_held.clear(); // of an element that has come and gone while the application was busy
    if (!std::exchange(m_failed, true)) {
        m_failedElement = std::to_underlying(failed);
        tellFailure(hasCookie);
    }
    m_changed.notify_all();
}

void UserRole::tellFailure(bool hasCookie) {
    if (m_config.notifications) {
        (void)m_input.put(failoverDelivery(RSERPOOL_FAILOVER_NECESSARY, hasCookie, theSession));
    } else {
        m_input.end(EIO);
    }
}

void UserRole::onWaiting(api::Errc reason) {
    const std::lock_guard guard{m_lock};
    m_waiting = reason;
}

void UserRole::onWritable() {
    {
        const std::lock_guard guard{m_lock};
        m_room = true;
        m_changed.notify_all();
    }
    m_core->bell.ring();
}

// ---- What the application wants ----

short UserRole::events() const {
    const std::lock_guard guard{m_lock};
    const bool writable = m_failed || (m_up && m_room); // who sends after a failure learns of it without waiting
    return static_cast<short>((m_input.readable() ? POLLIN : 0) | (writable ? POLLOUT : 0));
}

Outcome<void> UserRole::waitRoom(const api::Deadline& deadline) {
    std::unique_lock lock{m_lock};
    if (!deadline.wait(m_changed, lock, [&] { return m_closed || m_failed || (m_up && m_room); })) {
        return failure(EAGAIN);
    }
    if (m_closed || m_failed) {
        return failure(m_closed ? EBADF : EIO);
    }
    return {};
}

Outcome<std::size_t> UserRole::send(const Send& send) {
    const api::Deadline deadline{limitOf(send.timeout)};
    while (!send.abort && (!send.data.empty() || !send.thenEnd)) {
        if (const auto room = waitRoom(deadline); !room) {
            return failure(room.error());
        }
        const auto sent = m_core->thread->call([&]() -> api::Result<void> {
            if (!m_session) {
                return std::unexpected(api::Error{api::Errc::Closed});
            }
            auto tried = m_session->send(send.data, send.ppid);
            if (!tried && tried.error().code == api::Errc::WouldBlock) {
                const std::lock_guard guard{m_lock};
                m_room = false;
            }
            return tried;
        });
        if (sent) {
            break;
        }
        // NotConnected: it has failed just now, and the next look at the room says so.
        if (sent.error().code != api::Errc::WouldBlock && sent.error().code != api::Errc::NotConnected) {
            return failure(errnoOf(sent.error()));
        }
    }
    if (send.abort || send.thenEnd) {
        m_core->thread->call([&] { m_session.reset(); });
        m_input.end(0);
    }
    return send.data.size();
}

Outcome<Name> UserRole::peerName() const {
    const std::lock_guard guard{m_lock};
    return Name{.pool = m_config.pool, .element = m_element};
}

bool UserRole::hasCookie() const {
    return m_core->thread->call([&] { return m_session && m_session->status().cookieSize > 0; });
}

Outcome<void> UserRole::forceFailover(bool report, int timeout) {
    std::uint32_t failed = 0;
    {
        const std::lock_guard guard{m_lock};
        failed = m_failed ? m_failedElement : 0;
    }
    const bool open = m_core->thread->call([&] {
        if (m_session && failed != 0 && report) {
            m_core->instance->reportFailure(m_config.pool, api::ElementId{failed});
        } else if (m_session && failed == 0) {
            m_session->failover(report); // onFailover() comes from it
        }
        return m_session != nullptr;
    });
    if (!open) {
        return failure(ENOTCONN);
    }
    const auto up = waitUp(timeout);
    const bool cookie = hasCookie();
    if (up) {
        takeOver(cookie);
        return {};
    }
    const std::lock_guard guard{m_lock};
    m_input.clear();
    if (m_failed) {
        tellFailure(cookie); // so that an application which waits for it tries again
    }
    return failure(up.error());
}

/// The application goes on with the new element: first the news, then what that one has said already.
void UserRole::takeOver(bool hasCookie) {
    const std::lock_guard guard{m_lock};
    m_input.clear();
    m_input.resume();
    m_failed = false;
    if (m_config.notifications) {
        (void)m_input.put(failoverDelivery(RSERPOOL_FAILOVER_COMPLETE, hasCookie, theSession));
    }
    for (Delivery& delivery : std::exchange(m_held, {})) {
        (void)m_input.put(std::move(delivery));
    }
}

} // namespace kolam::rsp
