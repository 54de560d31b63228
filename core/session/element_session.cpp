// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/element_session.h"

#include "core/wire/codec.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace kolam::session {

ElementSession::Actions ElementSession::handle(const Input& input, TimePoint now) {
    Actions actions;
    std::visit([&](const auto& what) { on(what, now, actions); }, input);
    armEarliest(now, actions);
    return actions;
}

void ElementSession::on(const Control& control, TimePoint now, Actions& actions) {
    m_watch.heard(now);
    std::visit(Overloaded{
                   [&](const wire::CookieEcho& m) { received(m, actions); },
                   [&](const wire::EndpointKeepAlive& m) { received(m, now, actions); },
                   [&](const wire::EndpointKeepAliveAck&) {}, // heard, that is all
                   [&]<typename Other>(const Other&) { actions.emplace_back(Ignored{Other::name}); },
               },
               control.message);
}

void ElementSession::on(const Data&, TimePoint now, Actions& /*actions*/) {
    m_dataSeen = true;
    m_watch.heard(now);
}

void ElementSession::on(const CardChanged& changed, TimePoint /*now*/, Actions& actions) {
    if (changed.elements != m_card) {
        m_card = changed.elements;
        sendCard(actions);
    }
}

void ElementSession::on(const DeadlineReached&, TimePoint now, Actions& actions) {
    m_armed = never;
    switch (m_watch.look(now)) {
    case KeepAliveWatch::Verdict::Fine: break;
    case KeepAliveWatch::Verdict::Probe: {
        wire::EndpointKeepAlive keepAlive;
        keepAlive.features = wire::Features{.mask = m_features};
        keepAlive.poolHandle = m_handle;
        keepAlive.element = m_element;
        actions.emplace_back(SendControl{std::move(keepAlive)});
        break;
    }
    case KeepAliveWatch::Verdict::Dead:
        m_watch.stop();
        actions.emplace_back(UserDead{});
        break;
    }
}

/// A state is handed over once, before the first message: afterwards the service has a state of its own.
void ElementSession::received(const wire::CookieEcho& echo, Actions& actions) {
    if (m_dataSeen || m_echoSeen || echo.cookie.empty()) {
        actions.emplace_back(Ignored{wire::CookieEcho::name});
        return;
    }
    m_echoSeen = true;
    actions.emplace_back(EchoCookie{echo.cookie});
}

void ElementSession::received(const wire::EndpointKeepAlive& keepAlive, TimePoint now, Actions& actions) {
    if (keepAlive.poolHandle != m_handle || (keepAlive.element && *keepAlive.element != m_element)) {
        actions.emplace_back(Ignored{wire::EndpointKeepAlive::name});
        return;
    }
    if (!m_answers.take(m_limits.keepAliveAnswers, now)) {
        return;
    }
    actions.emplace_back(
        SendControl{wire::EndpointKeepAliveAck{wire::Features{.mask = m_features}, m_handle, m_element}});
    if (keepAlive.features && m_userFeatures != keepAlive.features->mask) {
        const bool first = m_userFeatures == 0;
        m_userFeatures = keepAlive.features->mask;
        if (first) {
            sendCard(actions);
        }
        if ((m_userFeatures & wire::Features::sessionKeepAlive) != 0) {
            m_watch.start(now);
        }
    }
}

/// Only to users of ours: others would not know what to do with it.
void ElementSession::sendCard(Actions& actions) {
    if (m_userFeatures != 0 && !m_card.empty()) {
        actions.emplace_back(SendControl{wire::BusinessCard{m_handle, std::nullopt, m_card}});
    }
}

void ElementSession::armEarliest(TimePoint now, Actions& actions) {
    const TimePoint earliest = m_watch.deadline();
    if (earliest != m_armed && !(m_armed > now && m_armed <= earliest && earliest != never)) {
        m_armed = earliest;
        actions.emplace_back(ArmTimer{earliest});
    }
}

std::string toText(const ElementSession::Action& action) {
    return std::visit(Overloaded{
                          [](const ElementSession::SendControl& a) {
                              return std::visit([](const auto& m) { return "send " + wire::toText(m); }, a.message);
                          },
                          [](const ElementSession::EchoCookie& a) { return "hand over cookie " + toHex(a.cookie); },
                          [](const ElementSession::UserDead&) { return std::string{"the user is dead"}; },
                          [](const ElementSession::Ignored& a) { return fmt::format("ignore {}", a.message); },
                          [](const ElementSession::ArmTimer& a) {
                              return a.deadline == never
                                         ? std::string{"arm no timer"}
                                         : fmt::format(
                                               "arm timer at {:.3f} s",
                                               std::chrono::duration<double>(a.deadline.time_since_epoch()).count());
                          },
                      },
                      action);
}

} // namespace kolam::session
