// SPDX-License-Identifier: GPL-3.0-or-later
// One session of a pool user on the network: performs the actions of session/user_session.h.
// Next door: user_node.h owns the sessions, user_associations.h the ports.
#pragma once

#include "core/asap/request_engine.h"
#include "core/node/action_queue.h"
#include "core/node/limited_log.h"
#include "core/node/timer.h"
#include "core/node/user_associations.h"
#include "core/node/user_node.h"
#include "core/session/user_session.h"

#include <deque>
#include <optional>
#include <set>

namespace kolam {

class UserSessionNode;

/// Who answers a session's questions that it cannot answer itself.
class UserSessionOwner {
public:
    virtual ~UserSessionOwner() = default;
    virtual void onResolveWanted(UserSessionNode& session, session::UserSession::Source from) = 0;
    virtual void onUnreachable(const PoolHandle& handle, PeIdentifier element) = 0;
};

class UserSessionNode {
public:
    /// What all sessions of a node have in common.
    struct Shared {
        Dispatcher& dispatcher;
        Log& log;
        telemetry::Telemetry& telemetry;
        LimitedLog limitedLog;
        const Profile& profile;
        UserSessionOwner& owner;
        UserAssociations associations;
        EndpointCounters counters;
        std::set<std::pair<PoolHandle, PeIdentifier>> ours; // elements that have answered the session keep-alive
        std::uint32_t features = 0;
    };
    UserSessionNode(Shared& shared, SessionId id, const PoolHandle& handle, SessionHandler& handler,
                    std::optional<std::uint64_t> key);

    void deliver(const session::UserSession::Input& input);
    std::expected<void, SessionSendError> send(std::uint32_t ppid, OctetView data);
    /// Its handler is not called again.
    void close();

    [[nodiscard]] SessionId id() const { return m_id; }
    [[nodiscard]] const PoolHandle& poolHandle() const { return m_machine.poolHandle(); }
    [[nodiscard]] std::optional<std::uint64_t> key() const { return m_key; }
    [[nodiscard]] const SessionStatus& status() const { return m_machine.status(); }
    /// The resolution that is under way; 0: none.
    [[nodiscard]] asap::RequestId request() const { return m_request; }
    void setRequest(asap::RequestId request) { m_request = request; }

    // ---- For who watches ----
    void tellSelected(const std::vector<wire::PoolElement>& elements, telemetry::SelectionSource source);
    /// How it is, for a snapshot.
    [[nodiscard]] std::vector<telemetry::EventBody> tellAll() const;
    /// The failover that is under way, or was the last one.
    [[nodiscard]] telemetry::StoryId lastStory() const { return m_lastStory; }
    /// Of the last message of the application; 0: there was none.
    [[nodiscard]] std::uint32_t ppid() const { return m_ppid; }
    [[nodiscard]] TimePoint establishedAt() const { return m_establishedAt; }

private:
    /// An association with one element: under way, or the session's.
    struct Attempt final : AssociationUser {
        Attempt(UserSessionNode& owner, PeIdentifier tried) : session(owner), element(tried) {}
        void onAssociation(const transport::Event& event) override { session.onAssociation(*this, event); }
        UserSessionNode& session;
        PeIdentifier element;
        UserAssociations::Handle handle;
    };
    void onAssociation(Attempt& attempt, const transport::Event& event);
    void onMessage(const transport::Message& message);
    void perform(const session::UserSession::Action& action);
    void connect(const wire::PoolElement& element);
    void endAttempts(const session::UserSession::EndAssociation& end);
    void sendControl(Octets message);
    void sendWaiting();
    void rememberPeer();
    void tell(const session::UserSession::Action& action);
    void tellWaiting();
    [[nodiscard]] telemetry::SessionEstablished established() const;

    Shared& m_shared;
    SessionId m_id;
    SessionHandler* m_handler; // null: closed
    std::optional<std::uint64_t> m_key;
    session::UserSession m_machine;
    ActionQueue<session::UserSession::Action> m_actions;
    Timer m_timer;
    Timer m_connectFailed;
    std::vector<std::unique_ptr<Attempt>> m_attempts;
    std::vector<PeIdentifier> m_couldNotStart; // connects that failed before they began
    UserAssociations::Handle m_association;    // the one that stands
    std::deque<Octets> m_waiting;              // messages of the control channel that could not be sent yet
    asap::RequestId m_request;
    telemetry::StoryId m_story;     // of the failover that is under way
    telemetry::StoryId m_lastStory; // of the last one
    bool m_resumed = false;
    bool m_selectionTold = false; // since the failover began
    std::uint32_t m_toldPpid = 0; // m_ppid when the session was established
    WaitReason m_toldWaiting = WaitReason::None;
    std::uint32_t m_ppid = 0;
    TimePoint m_establishedAt{};
};

} // namespace kolam
