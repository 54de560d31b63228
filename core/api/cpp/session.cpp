// SPDX-License-Identifier: GPL-3.0-or-later
// A session of a pool user: the core's callbacks, in the application's words.
#include "kolam/session.h"

#include "core/api/cpp/event_loop_impl.h"
#include "core/api/cpp/instance_impl.h"
#include "core/api/cpp/words.h"

#include <utility>

namespace kolam::api {

SessionEvents::~SessionEvents() = default;
void SessionEvents::onFailover(ElementId, FailoverCause) {}
void SessionEvents::onWaiting(Errc) {}
void SessionEvents::onWritable() {}

struct [[gnu::visibility("hidden")]] Session::Impl final : SessionHandler {
    Impl(UserNode& user, SessionEvents& sessionEvents) : node(user), events(sessionEvents) {}

    void onEstablished(PeIdentifier element, bool resumed) override {
        events.onEstablished(ElementId{element.value}, resumed);
    }
    void onMessage(std::uint32_t ppid, OctetView data) override { events.onMessage(ppid, data); }
    void onFailoverBegin(PeIdentifier failed, kolam::FailoverCause cause) override {
        events.onFailover(ElementId{failed.value}, causeOf(cause));
    }
    void onStatus(const kolam::SessionStatus& status) override {
        if (status.state == SessionState::Waiting) {
            events.onWaiting(waitError(status.waitReason));
        }
    }
    void onWritable() override { events.onWritable(); }

    UserNode& node;
    SessionEvents& events;
    SessionId id = SessionId::None;
};

Session::Session(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}

Session::~Session() {
    m_impl->node.closeSession(m_impl->id);
}

Result<std::unique_ptr<Session>> Session::open(Instance& instance, std::string_view pool, SessionEvents& events,
                                               const Liveness& liveness) {
    if (const auto checked = checkPool(pool); !checked) {
        return std::unexpected(checked.error());
    }
    const auto user = instance.impl().user(liveness);
    if (!user) {
        return std::unexpected(user.error());
    }
    std::unique_ptr<Session> session{new Session(std::make_unique<Impl>(**user, events))};
    session->m_impl->id = (*user)->openSession(PoolHandle{std::string{pool}}, *session->m_impl);
    return session;
}

Result<void> Session::send(OctetView data, std::uint32_t ppid) {
    if (const auto checked = checkMessage(data, ppid); !checked) {
        return checked;
    }
    const auto sent = m_impl->node.send(m_impl->id, ppid, data);
    if (!sent && sent.error() == SessionSendError::Closed) {
        return std::unexpected(Error{Errc::NotConnected});
    }
    return sent ? Result<void>{} : std::unexpected(sendError(sent.error()));
}

void Session::failover(bool report) {
    m_impl->node.forceFailover(m_impl->id, report);
}

void Session::dropCookie() {
    m_impl->node.dropCookie(m_impl->id);
}

SessionStatus Session::status() const {
    return statusOf(m_impl->node.sessionStatus(m_impl->id));
}

} // namespace kolam::api
