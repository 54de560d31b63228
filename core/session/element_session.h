// SPDX-License-Identifier: GPL-3.0-or-later
// This room is the element's end of one session: who the user is, what state it brings, and what it is told about the
// pool. It is told what happened and when, and answers with actions.
// Next door: user_session.h is the other end; core/node hands the rest to the service.
// Source: RFC 5352 section 3.9; extensions, section 3.
#pragma once

#include "core/base/time.h"
#include "core/base/token_bucket.h"
#include "core/session/keep_alive_watch.h"
#include "core/wire/asap.h"

#include <string>
#include <variant>
#include <vector>

namespace kolam::session {

struct ElementLimits {
    RateLimit keepAliveAnswers{10, 10};
    Duration keepAliveInterval{}; // of watching the user; 0: does not
    std::uint16_t keepAliveMissed = 3;
};

class ElementSession {
public:
    // ---- What happens ----
    struct Control { // a message of the control channel
        const wire::AsapMessage& message;
    };
    struct Data {};      // a message for the service
    struct CardChanged { // the elements that a user should fail over to, best first
        const std::vector<wire::PoolElement>& elements;
    };
    struct DeadlineReached {};
    using Input = std::variant<Control, Data, CardChanged, DeadlineReached>;

    // ---- What to do about it ----
    struct SendControl {
        wire::AsapMessage message;
    };
    struct EchoCookie { // the service goes on from this state
        Octets cookie;
    };
    struct UserDead {};
    struct Ignored { // a message that this end has no use for, or one out of its turn
        std::string_view message;
    };
    struct ArmTimer {
        TimePoint deadline;
    };
    using Action = std::variant<SendControl, EchoCookie, UserDead, Ignored, ArmTimer>;
    using Actions = std::vector<Action>;

    /// `features`: what this element announces (wire::Features bits), the session keep-alive included.
    ElementSession(PoolHandle handle, PeIdentifier element, std::uint32_t features, const ElementLimits& limits)
        : m_handle(std::move(handle))
        , m_element(element)
        , m_features(features)
        , m_limits(limits)
        , m_watch(limits.keepAliveInterval, limits.keepAliveMissed) {}

    [[nodiscard]] Actions handle(const Input& input, TimePoint now);
    /// What the user has announced; 0 until it has.
    [[nodiscard]] std::uint32_t userFeatures() const { return m_userFeatures; }

private:
    void on(const Control& control, TimePoint now, Actions& actions);
    void on(const Data&, TimePoint now, Actions& actions);
    void on(const CardChanged& changed, TimePoint now, Actions& actions);
    void on(const DeadlineReached&, TimePoint now, Actions& actions);
    void received(const wire::CookieEcho& echo, Actions& actions);
    void received(const wire::EndpointKeepAlive& keepAlive, TimePoint now, Actions& actions);
    void sendCard(Actions& actions);
    void armEarliest(TimePoint now, Actions& actions);

    PoolHandle m_handle;
    PeIdentifier m_element;
    std::uint32_t m_features;
    ElementLimits m_limits;
    std::uint32_t m_userFeatures = 0;
    bool m_dataSeen = false;
    bool m_echoSeen = false;
    std::vector<wire::PoolElement> m_card;
    TokenBucket m_answers;
    KeepAliveWatch m_watch;
    TimePoint m_armed = never;
};

[[nodiscard]] std::string toText(const ElementSession::Action& action);

} // namespace kolam::session
