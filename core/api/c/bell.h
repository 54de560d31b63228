// SPDX-License-Identifier: GPL-3.0-or-later
// Wakes those who wait in rsp_poll(). Sockets of this API are no descriptors of the system, however many there are; who
// polls them waits for one descriptor instead, the bell that rings when something has changed.
// Next door: poll.cpp, who waits; input.h, who rings.
#pragma once

#include <algorithm>
#include <cstdint>
#include <mutex>
#include <sys/eventfd.h>
#include <unistd.h>
#include <vector>

namespace kolam::rsp {

class Bell {
public:
    /// One thread that waits.
    class Listener {
    public:
        explicit Listener(Bell& bell) : m_bell(bell), m_descriptor(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
            const std::lock_guard guard{m_bell.m_lock};
            m_bell.m_listeners.push_back(m_descriptor);
        }
        ~Listener() {
            {
                const std::lock_guard guard{m_bell.m_lock};
                m_bell.m_listeners.erase(std::ranges::find(m_bell.m_listeners, m_descriptor));
            }
            if (m_descriptor >= 0) {
                ::close(m_descriptor);
            }
        }
        Listener(const Listener&) = delete;
        Listener& operator=(const Listener&) = delete;

        /// Readable when it has rung; -1: the system has no descriptors left.
        [[nodiscard]] int descriptor() const { return m_descriptor; }
        /// Before looking at what has changed, or a change would be missed.
        void rearm() const {
            std::uint64_t count = 0;
            [[maybe_unused]] const auto octets = ::read(m_descriptor, &count, sizeof count);
        }

    private:
        Bell& m_bell;
        int m_descriptor;
    };

    void ring() {
        const std::lock_guard guard{m_lock};
        for (const int descriptor : m_listeners) {
            const std::uint64_t one = 1;
            [[maybe_unused]] const auto octets = ::write(descriptor, &one, sizeof one);
        }
    }

private:
    std::mutex m_lock;
    std::vector<int> m_listeners;
};

} // namespace kolam::rsp
