// SPDX-License-Identifier: GPL-3.0-or-later
// A pool element's socket: a service of the library whose users wait for rsp_accept(), or (SOCK_SEQPACKET) all speak to
// one input. Next door: channel.h, one session; user_role.h, the other end.
#pragma once

#include "core/api/c/channel.h"
#include "core/telemetry/csp_reporter.h"
#include "kolam/service.h"

#include <atomic>
#include <deque>
#include <memory>
#include <unordered_map>

namespace kolam::rsp {

class ElementRole final : public Role, private api::Service, public std::enable_shared_from_this<ElementRole> {
public:
    struct Config {
        api::ServerSettings server;
        bool oneInput = false; // SOCK_SEQPACKET
        int backlog = 0;       // 0: not listening
        bool wait = true;      // for the registrar's answer
        bool daemon = false;   // without an answer, go on trying
    };
    /// Errors: EINVAL, EADDRINUSE, EACCES, ENETUNREACH, ETIMEDOUT, EPERM.
    [[nodiscard]] static Outcome<std::shared_ptr<ElementRole>> enter(std::shared_ptr<Core> core, const Config& config);
    ~ElementRole() override;

    [[nodiscard]] short events() const override;
    [[nodiscard]] Outcome<std::size_t> receive(const Want& want) override;
    [[nodiscard]] Outcome<std::size_t> send(const Send& send) override;
    [[nodiscard]] Outcome<std::size_t> sendCookie(api::OctetView cookie, rserpool_session_t session,
                                                  int timeout) override;
    [[nodiscard]] Outcome<Name> ownName() const override;
    void close() override;

    void listen(int backlog);
    /// Errors: EAGAIN, EBADF, EOPNOTSUPP (there is one input for all).
    [[nodiscard]] Outcome<std::shared_ptr<Channel>> accept(int timeout);
    /// Tells the pool another weight or load. Errors: EINVAL.
    [[nodiscard]] Outcome<void> update(const api::Policy& policy);
    /// Out of the pool; sessions go on. Errors: ETIMEDOUT, ENOTCONN.
    [[nodiscard]] Outcome<void> leave(bool wait);
    /// At once, with all sessions: the library ends.
    void abandon();
    [[nodiscard]] bool isIn(std::string_view pool) const { return m_config.server.pool == pool; }
    /// 0 to 1.
    [[nodiscard]] double currentLoad() const { return m_load; }
    [[nodiscard]] std::size_t sessionCount() const;
    /// What a report of CSP says of it.
    [[nodiscard]] telemetry::CspContent cspContent() const;

private:
    class Session;
    ElementRole(std::shared_ptr<Core> core, const Config& config);
    // ---- Service, on the library's thread ----
    std::unique_ptr<api::ServiceSession> open(api::SessionLink& link) override;
    [[nodiscard]] std::optional<double> load() const override { return m_load; }

    void sessionEnded(const std::shared_ptr<Channel>& channel);
    void startDraining();
    void onStatus(const api::RegistrationStatus& status);
    [[nodiscard]] Outcome<void> waitForPool(bool daemon);
    [[nodiscard]] Outcome<std::shared_ptr<Channel>> channel(rserpool_session_t session) const;

    std::shared_ptr<Core> m_core;
    Config m_config;
    std::shared_ptr<Input> m_input; // of all sessions, if they share one
    std::atomic<double> m_load = 0;
    std::unique_ptr<api::Server> m_server; // on the library's thread only, as the next two
    std::shared_ptr<ElementRole> m_self;   // while it drains and nobody else has it
    bool m_draining = false;
    std::uint32_t m_identifier = 0;

    mutable std::mutex m_lock; // guards what follows
    std::condition_variable m_changed;
    int m_backlog;
    bool m_closed = false;
    bool m_gone = false; // drained to the end
    api::RegistrationStatus m_status;
    std::deque<std::shared_ptr<Channel>> m_arrived; // and not yet accepted
    std::unordered_map<rserpool_session_t, std::shared_ptr<Channel>> m_channels;
    rserpool_session_t m_lastSession = 0;
};

} // namespace kolam::rsp
