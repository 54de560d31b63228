// SPDX-License-Identifier: GPL-3.0-or-later
// One session of a pool element: its messages go into somebody's input, and any thread may send.
// Next door: element_role.h (all sessions in one input), session_role.h (a descriptor and an input for each).
#pragma once

#include "core/api/c/role.h"
#include "kolam/service.h"

#include <functional>
#include <memory>

namespace kolam::rsp {

class Channel {
public:
    /// `link` is used on the library's thread only, until ended().
    Channel(std::shared_ptr<Core> core, std::shared_ptr<Input> input, rserpool_session_t id, api::SessionLink& link)
        : m_core(std::move(core))
        , m_input(std::move(input))
        , m_id(id)
        , m_link(&link) {}

    /// Errors: EAGAIN, EPIPE, EMSGSIZE, EINVAL, EBADF.
    [[nodiscard]] Outcome<std::size_t> send(const Send& send);
    [[nodiscard]] Outcome<std::size_t> sendCookie(api::OctetView cookie, int timeout);
    void shutdown();
    /// Those who wait for room are told EBADF.
    void close();
    [[nodiscard]] bool writable() const;
    [[nodiscard]] rserpool_session_t id() const { return m_id; }
    [[nodiscard]] const std::shared_ptr<Input>& input() const { return m_input; }

    // ---- On the library's thread ----
    void received(api::OctetView data, std::uint32_t ppid, int kind);
    void roomAgain();
    void ended();

private:
    [[nodiscard]] Outcome<void> waitRoom(const api::Deadline& deadline);
    [[nodiscard]] Outcome<void> sendWithRoom(const std::function<api::Result<void>(api::SessionLink&)>& send,
                                             int timeout);

    std::shared_ptr<Core> m_core;
    std::shared_ptr<Input> m_input;
    rserpool_session_t m_id;
    api::SessionLink* m_link;
    mutable std::mutex m_lock; // guards what follows
    std::condition_variable m_changed;
    bool m_room = true;
    bool m_ended = false;
    bool m_closed = false;
};

} // namespace kolam::rsp
