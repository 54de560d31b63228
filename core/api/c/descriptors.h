// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers of the C API: a space of its own, in which descriptors of the system can have a number, too.
// Next door: socket.h, what most of them stand for.
#pragma once

#include "core/api/c/socket.h"

#include <array>
#include <memory>
#include <mutex>
#include <sys/select.h>
#include <vector>

namespace kolam::rsp {

class Descriptors {
public:
    struct Entry {
        int system = -1;                // a mapped descriptor
        std::shared_ptr<Socket> socket; // or one of this API
        [[nodiscard]] bool isFree() const { return system < 0 && !socket; }
    };

    /// @param wish  the number; below 0: the first free one. Errors: EMFILE, EBUSY, EINVAL.
    [[nodiscard]] Outcome<int> add(Entry entry, int wish = -1) {
        const std::lock_guard guard{m_lock};
        if (wish >= static_cast<int>(m_entries.size())) {
            return failure(EINVAL);
        }
        if (wish < 0) {
            const auto free = std::ranges::find_if(m_entries, &Entry::isFree);
            if (free == m_entries.end()) {
                return failure(EMFILE);
            }
            wish = static_cast<int>(free - m_entries.begin());
        }
        Entry& place = m_entries[static_cast<std::size_t>(wish)];
        if (!place.isFree()) {
            return failure(EBUSY);
        }
        place = std::move(entry);
        return wish;
    }
    /// Errors: EBADF.
    [[nodiscard]] Outcome<Entry> find(int number) const {
        const std::lock_guard guard{m_lock};
        if (number < 0 || number >= static_cast<int>(m_entries.size()) ||
            m_entries[static_cast<std::size_t>(number)].isFree()) {
            return failure(EBADF);
        }
        return m_entries[static_cast<std::size_t>(number)];
    }
    /// Frees the number; what it stood for is the caller's. Errors: EBADF.
    [[nodiscard]] Outcome<Entry> remove(int number) {
        const std::lock_guard guard{m_lock};
        if (number < 0 || number >= static_cast<int>(m_entries.size()) ||
            m_entries[static_cast<std::size_t>(number)].isFree()) {
            return failure(EBADF);
        }
        return std::exchange(m_entries[static_cast<std::size_t>(number)], {});
    }
    [[nodiscard]] std::vector<std::shared_ptr<Socket>> sockets() const {
        const std::lock_guard guard{m_lock};
        std::vector<std::shared_ptr<Socket>> all;
        for (const Entry& entry : m_entries) {
            if (entry.socket) {
                all.push_back(entry.socket);
            }
        }
        return all;
    }

private:
    mutable std::mutex m_lock;
    std::array<Entry, FD_SETSIZE> m_entries;
};

} // namespace kolam::rsp
