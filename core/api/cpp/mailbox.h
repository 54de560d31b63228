// SPDX-License-Identifier: GPL-3.0-or-later
// What the loop's thread has for a thread that waits: messages in their order, room to send, and the end.
// Next door: blocking_session.cpp and blocking_server.cpp, which have one for each session.
#pragma once

#include "kolam/blocking.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace kolam::api {

/// Until when somebody waits.
class Deadline {
public:
    using Clock = std::chrono::steady_clock;
    explicit Deadline(Duration limit) {
        const auto now = Clock::now();
        if (limit < Clock::time_point::max() - now) {
            m_end = now + std::chrono::duration_cast<Clock::duration>(limit);
        }
    }
    /// Waits until `ready` or the end. @return what `ready` says then.
    template <typename Ready>
    bool wait(std::condition_variable& condition, std::unique_lock<std::mutex>& lock, Ready ready) const {
        if (m_end) {
            return condition.wait_until(lock, *m_end, ready);
        }
        condition.wait(lock, ready);
        return true;
    }

private:
    std::optional<Clock::time_point> m_end; // none: for ever
};

class Mailbox {
public:
    /// More unread octets than this, and nobody is reading.
    static constexpr std::size_t mostUnread = 64'000'000;

    /// False: full. What is put in must have a reader that comes some time.
    [[nodiscard]] bool put(Received received) {
        const std::lock_guard guard{m_lock};
        if (m_unread + received.data.size() > mostUnread) {
            return false;
        }
        m_unread += received.data.size();
        m_waiting.push_back(std::move(received));
        m_changed.notify_all();
        return true;
    }
    /// What is there, then nothing more.
    void close() {
        const std::lock_guard guard{m_lock};
        m_closed = true;
        m_changed.notify_all();
    }
    void setRoom(bool room) {
        const std::lock_guard guard{m_lock};
        m_room = room;
        m_changed.notify_all();
    }
    /// Errors: TimedOut; Closed, after all that was there has been taken.
    [[nodiscard]] Result<Received> take(Duration limit) {
        std::unique_lock lock{m_lock};
        if (!Deadline{limit}.wait(m_changed, lock, [&] { return !m_waiting.empty() || m_closed; })) {
            return std::unexpected(Error{Errc::TimedOut});
        }
        if (m_waiting.empty()) {
            return std::unexpected(Error{Errc::Closed});
        }
        Received received = std::move(m_waiting.front());
        m_waiting.pop_front();
        m_unread -= received.data.size();
        return received;
    }
    /// Waits for room to send. Errors: TimedOut, Closed.
    [[nodiscard]] Result<void> waitRoom(const Deadline& deadline) {
        std::unique_lock lock{m_lock};
        if (!deadline.wait(m_changed, lock, [&] { return m_room || m_closed; })) {
            return std::unexpected(Error{Errc::TimedOut});
        }
        return m_closed ? Result<void>{std::unexpected(Error{Errc::Closed})} : Result<void>{};
    }

private:
    std::mutex m_lock;
    std::condition_variable m_changed;
    std::deque<Received> m_waiting;
    std::size_t m_unread = 0; // octets
    bool m_closed = false;
    bool m_room = true;
};

} // namespace kolam::api
