// SPDX-License-Identifier: GPL-3.0-or-later
// The little that the tile engine needs of a pool user: sessions with a pool. UserNode is the real one; tests bring
// their own.
#pragma once

#include "core/node/user_node.h"

namespace kolam::fractal {

/// See UserNode for what each of them does.
class PoolSessions {
public:
    virtual ~PoolSessions() = default;
    virtual SessionId open(const PoolHandle& pool, SessionHandler& handler) = 0;
    virtual std::expected<void, SessionSendError> send(SessionId session, std::uint32_t ppid, OctetView data) = 0;
    virtual void forceFailover(SessionId session, bool reportUnreachable) = 0;
    virtual void dropCookie(SessionId session) = 0;
    virtual void close(SessionId session) = 0;
    /// For who watches: rows that were computed twice because of a failover.
    virtual void rowsRedone(SessionId /*session*/, std::uint64_t /*rows*/) {}
    [[nodiscard]] virtual SessionStatus status(SessionId session) const = 0;
};

/// The sessions of a UserNode, which must outlive this.
class UserNodeSessions final : public PoolSessions {
public:
    explicit UserNodeSessions(UserNode& node) : m_node(node) {}
    SessionId open(const PoolHandle& pool, SessionHandler& handler) override {
        return m_node.openSession(pool, handler);
    }
    std::expected<void, SessionSendError> send(SessionId session, std::uint32_t ppid, OctetView data) override {
        return m_node.send(session, ppid, data);
    }
    void forceFailover(SessionId session, bool reportUnreachable) override {
        m_node.forceFailover(session, reportUnreachable);
    }
    void dropCookie(SessionId session) override { m_node.dropCookie(session); }
    void close(SessionId session) override { m_node.closeSession(session); }
    void rowsRedone(SessionId session, std::uint64_t rows) override { m_node.workRedone(session, rows, "rows"); }
    [[nodiscard]] SessionStatus status(SessionId session) const override { return m_node.sessionStatus(session); }

private:
    UserNode& m_node;
};

} // namespace kolam::fractal
