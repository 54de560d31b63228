// SPDX-License-Identifier: GPL-3.0-or-later
// This room keeps one session of a pool user alive: finds an element, hands it the session's state, watches it, and
// goes on at another one when it fails. It is told what happened and when, and answers with actions.
// Next door: element_choice.h says which element; element_session.h is the other end; core/node asks registrars and
// moves the octets. Source: RFC 5351 section 3, RFC 5352 section 3.9 (cookies, business cards); extensions, section 3.
#pragma once

#include "core/base/random.h"
#include "core/base/time.h"
#include "core/base/token_bucket.h"
#include "core/session/element_choice.h"
#include "core/session/keep_alive_watch.h"
#include "core/session/session_types.h"
#include "core/wire/asap.h"

#include <string>
#include <variant>
#include <vector>

namespace kolam::session {

using namespace std::chrono_literals;

struct UserLimits {
    Duration connect;       // until an association must stand
    Duration race = 150ms;  // an attempt that takes longer gets a rival, when there is another element
    Duration accept = 50ms; // an element that has not closed it by then has taken the session
    Duration features;      // an element that has not answered by then is of another implementation
    Duration keepAliveInterval;
    std::uint16_t keepAliveMissed;
    Duration retryFirst; // back-off when there is nothing to connect to, doubled up to retryMax
    Duration retryMax;
    Duration spacing = 1s;      // between two attempts of a session that was refused
    RateLimit attempts{1, 3};   // of any session: so many connects at once, then so many a second
    Duration settled = 250ms;   // a session that stood for so long, or got a cookie, may fail over at once again
    Duration closing = 250ms;   // a peer that shuts down must be gone by then
    Duration failedMemory = 5s; // an element that has failed is avoided for so long
    RateLimit keepAliveAnswers{10, 10}; // to an element that watches its users
};

class UserSession {
public:
    enum class End : std::uint8_t {
        CouldNotStart, // nobody at the port, or no answer
        ShutdownByPeer,
        AbortByPeer,
        Lost, // unreachable, or its process is gone
    };

    // ---- What happens ----
    struct Open {};
    struct Found { // elements of the pool, best first
        std::vector<wire::PoolElement> elements;
        bool cached = false;
    };
    struct NotFound {
        WaitReason reason; // NoRegistrar or NoElement
    };
    struct Up { // the association to the element stands
        bool knownAsOurs = false;
        PeIdentifier element{}; // here and below, 0: the one in the status
    };
    struct Down {
        End end;
        PeIdentifier element{};
    };
    struct PeerClosing {};
    struct Control { // a message of the control channel
        const wire::AsapMessage& message;
    };
    struct Data {}; // a message for the application; told before the application sees it
    struct ForceFailover {
        bool report = false;
    };
    struct DropCookie {};
    struct Close {};
    struct RegistrarFound {};
    struct DeadlineReached {};
    using Input = std::variant<Open, Found, NotFound, Up, Down, PeerClosing, Control, Data, ForceFailover, DropCookie,
                               Close, RegistrarFound, DeadlineReached>;

    // ---- What to do about it ----
    enum class Source : std::uint8_t {
        Quick,         // what was heard a moment ago will do; else as Registrar
        Registrar,     // what was heard long ago will do only while there is no registrar
        OnlyRegistrar, // what is remembered was of no use
    };
    struct Resolve { // Found or NotFound is expected
        Source from = Source::Registrar;
    };
    struct Connect { // Up or Down is expected; other attempts go on
        wire::PoolElement element;
    };
    struct SendControl {
        wire::AsapMessage message;
    };
    struct EndAssociation { // nothing more is wanted of it
        bool graceful = true;
        PeIdentifier element{}; // 0: of any element
    };
    struct ReportUnreachable {
        PeIdentifier element;
    };
    struct FailoverBegan {
        PeIdentifier failed;
        FailoverCause cause;
    };
    struct FailoverEnded {
        PeIdentifier failed;
        PeIdentifier next;
        FailoverCause cause;
        Duration took;
    };
    struct Established {
        PeIdentifier element;
        bool resumed = false; // its state was handed over
    };
    struct StatusChanged {};
    struct Ignored { // a message that this end of a session has no use for
        std::string_view message;
    };
    struct ArmTimer {
        TimePoint deadline;
    };
    using Action = std::variant<Resolve, Connect, SendControl, EndAssociation, ReportUnreachable, FailoverBegan,
                                FailoverEnded, Established, StatusChanged, Ignored, ArmTimer>;
    using Actions = std::vector<Action>;

    /// `features`: what this user announces (wire::Features bits), the session keep-alive included.
    UserSession(PoolHandle handle, const UserLimits& limits, std::uint32_t features, Random& random);

    [[nodiscard]] Actions handle(const Input& input, TimePoint now);
    [[nodiscard]] const SessionStatus& status() const { return m_status; }
    [[nodiscard]] const PoolHandle& poolHandle() const { return m_handle; }

private:
    void on(const Open&, TimePoint now, Actions& actions);
    void on(const Found& found, TimePoint now, Actions& actions);
    void on(const NotFound& notFound, TimePoint now, Actions& actions);
    void on(const Up& up, TimePoint now, Actions& actions);
    void on(const Down& down, TimePoint now, Actions& actions);
    void on(const PeerClosing&, TimePoint now, Actions& actions);
    void on(const Control& control, TimePoint now, Actions& actions);
    void on(const Data&, TimePoint now, Actions& actions);
    void on(const ForceFailover& force, TimePoint now, Actions& actions);
    void on(const DropCookie&, TimePoint now, Actions& actions);
    void on(const Close&, TimePoint now, Actions& actions);
    void on(const RegistrarFound&, TimePoint now, Actions& actions);
    void on(const DeadlineReached&, TimePoint now, Actions& actions);

    void received(const wire::Cookie& cookie, TimePoint now, Actions& actions);
    void received(const wire::EndpointKeepAliveAck& ack, TimePoint now, Actions& actions);
    void received(const wire::EndpointKeepAlive& keepAlive, TimePoint now, Actions& actions);
    void received(const wire::BusinessCard& card, TimePoint now, Actions& actions);

    void find(TimePoint now, Actions& actions);
    void connect(const wire::PoolElement& element, std::vector<wire::PoolElement> others, TimePoint now,
                 Actions& actions);
    void race(TimePoint now, Actions& actions);
    bool rivalDown(const Down& down, TimePoint now, Actions& actions);
    void endRivals(Actions& actions);
    void show(const wire::PoolElement& element);
    void heard(TimePoint now, Actions& actions);
    void establish(TimePoint now, Actions& actions);
    void attemptFailed(WaitReason reason, bool report, TimePoint now, Actions& actions);
    void lose(FailoverCause cause, bool report, TimePoint now, Actions& actions);
    void wait(WaitReason reason, TimePoint now, Actions& actions);
    void forgetShortcuts();
    void refusedBy(PeIdentifier element, TimePoint now, Actions& actions);
    void noteCookieAborted();
    void sendKeepAlive(Actions& actions);
    void look(TimePoint now, Actions& actions);
    void enter(SessionState state, Actions& actions);
    void leaveElement();
    void armEarliest(TimePoint now, Actions& actions);
    [[nodiscard]] wire::Features features() const { return {.mask = m_features}; }

    PoolHandle m_handle;
    UserLimits m_limits;
    std::uint32_t m_features;
    Random& m_random;
    SessionStatus m_status;

    Octets m_cookie;
    std::vector<PeIdentifier> m_abortedAtCookie; // without a word, once for each time
    std::vector<wire::PoolElement> m_preferred;  // from the element's business card
    ElementChoice m_choice;
    wire::PoolElement m_tried;               // the element in the status: there, or the first that was tried
    std::vector<wire::PoolElement> m_rivals; // tried beside it
    std::vector<wire::PoolElement> m_others; // that could be
    bool m_atOnce = false;                   // in a failover, an element that refuses costs no pause
    Source m_source = Source::Registrar;
    bool m_lastResort = false; // all elements had failed: this is the one that had the longest time to recover
    unsigned m_waits = 0;
    TimePoint m_lastAttempt{};
    TokenBucket m_attempts;

    // of the association to the present element
    bool m_up = false;
    bool m_heard = false; // anything since it is up
    bool m_resumed = false;
    bool m_served = false; // it has handed out a cookie: work was done
    KeepAliveWatch m_watch;
    TokenBucket m_keepAliveAnswers;

    // of the running failover
    bool m_failingOver = false;
    PeIdentifier m_failedElement;
    FailoverCause m_cause = FailoverCause::None;
    TimePoint m_failoverBegan{};
    TimePoint m_establishedAt{};

    TimePoint m_connectDue = never;
    TimePoint m_raceDue = never;
    TimePoint m_acceptDue = never;
    TimePoint m_featuresDue = never;
    TimePoint m_closingDue = never;
    TimePoint m_armed = never;
};

[[nodiscard]] std::string toText(const UserSession::Action& action);

} // namespace kolam::session
