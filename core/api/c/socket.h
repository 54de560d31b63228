// SPDX-License-Identifier: GPL-3.0-or-later
// A socket of the C API: what was said of it until it became something, and what it has become.
// Next door: role.h, what that can be; descriptors.h, its number.
#pragma once

#include "core/api/c/element_role.h"
#include "core/api/c/user_role.h"

#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace kolam::rsp {

class Socket {
public:
    struct Options {
        bool oneInput = false; // SOCK_SEQPACKET
        api::Address address;  // rsp_bind()
        int backlog = 0;       // rsp_listen()
        api::Liveness liveness;
        std::string status; // rsp_csp_setstatus()
    };
    explicit Socket(bool oneInput) { m_options.oneInput = oneInput; }

    [[nodiscard]] Options options() const {
        const std::lock_guard guard{m_lock};
        return m_options;
    }
    template <typename Change>
    void change(Change change) {
        const std::lock_guard guard{m_lock};
        change(m_options);
    }
    /// Nothing: it has not become anything yet.
    [[nodiscard]] std::shared_ptr<Role> role() const {
        const std::lock_guard guard{m_lock};
        return m_role;
    }
    template <typename Kind>
    [[nodiscard]] std::shared_ptr<Kind> roleAs() const {
        return std::dynamic_pointer_cast<Kind>(role());
    }
    /// Errors: EISCONN, it is something already; EBADF, it was closed meanwhile.
    [[nodiscard]] Outcome<void> become(std::shared_ptr<Role> role) {
        const std::lock_guard guard{m_lock};
        if (m_closed || m_role) {
            return failure(m_closed ? EBADF : EISCONN);
        }
        m_role = std::move(role);
        return {};
    }
    /// An element that has left its pool makes room for another.
    void forget() {
        std::shared_ptr<Role> role; // dies without the lock
        const std::lock_guard guard{m_lock};
        role.swap(m_role);
    }
    void close() {
        std::shared_ptr<Role> role;
        {
            const std::lock_guard guard{m_lock};
            m_closed = true;
            role = m_role;
        }
        if (role) {
            role->close();
        }
    }

private:
    mutable std::mutex m_lock;
    Options m_options;
    std::shared_ptr<Role> m_role;
    bool m_closed = false;
};

} // namespace kolam::rsp
