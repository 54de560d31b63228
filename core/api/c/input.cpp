// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/c/input.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace kolam::rsp {

namespace {

template <typename Notification>
Delivery notificationOf(const Notification& notification, rserpool_session_t session) {
    Delivery delivery;
    delivery.kind = MSG_RSERPOOL_NOTIFICATION;
    delivery.info.rinfo_session = session;
    const auto octets = std::as_bytes(std::span{&notification, 1});
    delivery.data.assign(octets.begin(), octets.end());
    // A reader has a union of all of them before it.
    delivery.data.resize(std::max(delivery.data.size(), sizeof(rserpool_notification)));
    return delivery;
}

bool isFailure(const Delivery& delivery) {
    rserpool_notification notification{};
    std::memcpy(&notification, delivery.data.data(), std::min(delivery.data.size(), sizeof notification));
    return notification.rn_header.rn_type == RSERPOOL_FAILOVER &&
           notification.rn_failover.rf_state == RSERPOOL_FAILOVER_NECESSARY;
}

} // namespace

Delivery failoverDelivery(unsigned int state, bool hasCookie, rserpool_session_t session) {
    rserpool_failover failover;
    std::memset(&failover, 0, sizeof failover); // what is between its members goes out, too
    failover.rf_type = RSERPOOL_FAILOVER;
    failover.rf_length = sizeof failover;
    failover.rf_state = state;
    failover.rf_session = session;
    failover.rf_has_cookie = hasCookie ? 1 : 0;
    return notificationOf(failover, session);
}

Delivery sessionDelivery(unsigned int state, rserpool_session_t session) {
    rserpool_session_change change;
    std::memset(&change, 0, sizeof change);
    change.rsc_type = RSERPOOL_SESSION_CHANGE;
    change.rsc_length = sizeof change;
    change.rsc_state = state;
    change.rsc_session = session;
    return notificationOf(change, session);
}

bool Input::put(Delivery delivery) {
    {
        const std::lock_guard guard{m_lock};
        if (delivery.kind == 0 && m_unread + delivery.data.size() > api::Mailbox::mostUnread) {
            return false;
        }
        m_unread += delivery.data.size();
        m_waiting.push_back(std::move(delivery));
    }
    changed();
    return true;
}

void Input::clear() {
    const std::lock_guard guard{m_lock};
    m_waiting.clear();
    m_taken = 0;
    m_unread = 0;
}

void Input::end(int number) {
    {
        const std::lock_guard guard{m_lock};
        m_ended = true;
        m_end = number;
    }
    changed();
}

void Input::resume() {
    const std::lock_guard guard{m_lock};
    m_ended = false;
}

void Input::close() {
    {
        const std::lock_guard guard{m_lock};
        m_closed = true;
    }
    changed();
}

void Input::changed() {
    m_changed.notify_all();
    m_bell.ring();
}

Outcome<std::size_t> Input::take(const Want& want) {
    std::unique_lock lock{m_lock};
    const api::Deadline deadline{limitOf(want.timeout)};
    for (;;) {
        if (!deadline.wait(m_changed, lock, [&] { return !m_waiting.empty() || m_ended || m_closed; })) {
            return failure(EAGAIN);
        }
        if (m_closed) {
            return failure(EBADF);
        }
        if (m_waiting.empty()) {
            return m_end == 0 ? Outcome<std::size_t>{0} : failure(m_end);
        }
        if (want.plain && m_waiting.front().kind != 0) {
            const bool failed = m_waiting.front().kind == MSG_RSERPOOL_NOTIFICATION && isFailure(m_waiting.front());
            pop();
            if (failed) {
                return failure(EIO);
            }
            continue;
        }
        return takeFront(want);
    }
}

Outcome<std::size_t> Input::takeFront(const Want& want) {
    const Delivery& front = m_waiting.front();
    const std::size_t count = std::min(want.buffer.size(), front.data.size() - m_taken);
    std::copy_n(front.data.begin() + static_cast<std::ptrdiff_t>(m_taken), count, want.buffer.begin());
    const bool whole = m_taken + count == front.data.size();
    if (want.info != nullptr) {
        *want.info = front.info;
    }
    if (want.flags != nullptr) {
        *want.flags = front.kind | (whole ? MSG_EOR : 0);
    }
    if (want.peek) {
        return count;
    }
    m_taken += count;
    if (whole) {
        pop();
    }
    return count;
}

void Input::pop() {
    m_unread -= m_waiting.front().data.size();
    m_waiting.pop_front();
    m_taken = 0;
}

bool Input::readable() const {
    const std::lock_guard guard{m_lock};
    return !m_waiting.empty() || m_ended || m_closed;
}

} // namespace kolam::rsp
