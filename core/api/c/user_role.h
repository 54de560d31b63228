// SPDX-License-Identifier: GPL-3.0-or-later
// A pool user's socket. The library's session fails over by itself; here it does what the drafts say of it: the
// application is told, and goes on when it has called rsp_forcefailover(). What the new element says before that waits.
// Next door: element_role.h, the other end.
#pragma once

#include "core/api/c/role.h"
#include "kolam/session.h"

#include <memory>
#include <vector>

namespace kolam::rsp {

class UserRole final : public Role, private api::SessionEvents {
public:
    struct Config {
        std::string pool;
        api::Liveness liveness;
        bool notifications = true;  // otherwise failures are errors of receive()
        int connectTimeout = 5'000; // milliseconds
    };
    /// Waits until the session stands at an element. Errors: ENETUNREACH, ENOENT, ECONNREFUSED, EHOSTUNREACH,
    /// ETIMEDOUT, EINVAL.
    [[nodiscard]] static Outcome<std::shared_ptr<UserRole>> connect(std::shared_ptr<Core> core, const Config& config);
    ~UserRole() override;

    [[nodiscard]] short events() const override;
    [[nodiscard]] Outcome<std::size_t> receive(const Want& want) override { return m_input.take(want); }
    [[nodiscard]] Outcome<std::size_t> send(const Send& send) override;
    [[nodiscard]] Outcome<Name> peerName() const override;
    void close() override;

    /// Waits until another element serves. Errors: as connect(), EBADF.
    [[nodiscard]] Outcome<void> forceFailover(bool report, int timeout);
    [[nodiscard]] bool hasCookie() const;

private:
    UserRole(std::shared_ptr<Core> core, const Config& config)
        : m_core(std::move(core))
        , m_config(config)
        , m_input(m_core->bell) {}

    // ---- SessionEvents, on the library's thread ----
    void onEstablished(api::ElementId element, bool resumed) override;
    void onMessage(std::uint32_t ppid, api::OctetView data) override;
    void onFailover(api::ElementId failed, api::FailoverCause cause) override;
    void onWaiting(api::Errc reason) override;
    void onWritable() override;

    [[nodiscard]] Outcome<void> waitUp(int timeout);
    [[nodiscard]] Outcome<void> waitRoom(const api::Deadline& deadline);
    void tellFailure(bool hasCookie);
    void takeOver(bool hasCookie);

    std::shared_ptr<Core> m_core;
    Config m_config;
    Input m_input;
    std::unique_ptr<api::Session> m_session; // on the library's thread only

    mutable std::mutex m_lock; // guards what follows
    std::condition_variable m_changed;
    bool m_up = false;     // the session stands
    bool m_failed = false; // and the application has not yet agreed to go on at another element
    bool m_room = true;
    bool m_closed = false;
    api::Errc m_waiting = api::Errc::NotConnected;
    std::uint32_t m_element = 0;
    std::uint32_t m_failedElement = 0;
    std::vector<Delivery> m_held; // from the new element
};

} // namespace kolam::rsp
