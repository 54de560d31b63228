// SPDX-License-Identifier: GPL-3.0-or-later
// What a session of a user tells viewers: above all the story of each failover, from its detection to its end.
// Next door: user_session_node.cpp, which does what is told here.
#include "core/node/user_session_node.h"

#include <utility>

namespace kolam {

using namespace telemetry;
using session::UserSession;

namespace {

FailoverReason asReason(FailoverCause cause) {
    switch (cause) {
    case FailoverCause::None:
    case FailoverCause::AssociationLost: return FailoverReason::AssociationLost;
    case FailoverCause::PeerShutdown: return FailoverReason::PeerShutdown;
    case FailoverCause::KeepAliveTimeout: return FailoverReason::KeepAliveTimeout;
    case FailoverCause::ConnectFailed: return FailoverReason::ConnectFailed;
    case FailoverCause::Application: return FailoverReason::Application;
    }
    std::unreachable();
}

} // namespace

SessionEstablished UserSessionNode::established() const {
    return {.session = std::to_underlying(m_id),
            .pool = poolHandle(),
            .element = status().element,
            .address = status().elementAddress,
            .resumed = m_resumed,
            .ppid = m_toldPpid};
}

/// What is remembered here is remembered whether or not somebody watches: viewers may come in the middle of a story.
void UserSessionNode::tell(const UserSession::Action& action) {
    Telemetry& telemetry = m_shared.telemetry;
    const std::uint64_t id = std::to_underlying(m_id);
    std::visit(Overloaded{[&](const UserSession::FailoverBegan& a) {
                              m_lastStory = m_story = storyOf(poolHandle(), a.failed);
                              m_selectionTold = false;
                              telemetry.tellLazily(Level::State, m_story, [&] {
                                  return FailoverBegan{id, poolHandle(), a.failed, asReason(a.cause),
                                                       status().cookieSize};
                              });
                          },
                          [&](const UserSession::Connect& a) {
                              if (!m_selectionTold) { // from a business card, or left of an earlier answer
                                  tellSelected({a.element}, SelectionSource::Memory);
                              }
                              telemetry.tellLazily(Level::State, m_story, [&] {
                                  return Connecting{id,
                                                    a.element.identifier,
                                                    {a.element.userTransport.addresses, a.element.userTransport.port}};
                              });
                          },
                          [&](const UserSession::SendControl& a) {
                              if (const auto* const echo = std::get_if<wire::CookieEcho>(&a.message)) {
                                  telemetry.tellLazily(Level::State, m_story, [&] {
                                      return CookieHandedOver{id, status().element, echo->cookie.size()};
                                  });
                              }
                          },
                          [&](const UserSession::Established& a) {
                              m_resumed = a.resumed;
                              m_establishedAt = m_shared.dispatcher.now();
                              m_toldPpid = m_ppid;
                              telemetry.tellLazily(Level::State, m_story, [&] { return established(); });
                              m_story = {}; // FailoverEnded has come before
                          },
                          [&](const UserSession::FailoverEnded& a) {
                              telemetry.tellLazily(Level::State, m_lastStory, [&] {
                                  return FailoverEnded{id,     poolHandle(),       a.failed, a.next, asReason(a.cause),
                                                       a.took, status().cookieSize};
                              });
                          },
                          [&](const UserSession::StatusChanged&) { tellWaiting(); }, [](const auto&) {}},
               action);
}

void UserSessionNode::tellWaiting() {
    const WaitReason reason = status().state == SessionState::Waiting ? status().waitReason : WaitReason::None;
    if (std::exchange(m_toldWaiting, reason) != reason && reason != WaitReason::None) {
        m_shared.telemetry.tellLazily(Level::State, m_story, [&] {
            return SessionWaiting{std::to_underlying(m_id), poolHandle(), std::string{kolam::toText(reason)}};
        });
    }
}

void UserSessionNode::tellSelected(const std::vector<wire::PoolElement>& elements, SelectionSource source) {
    m_selectionTold = true;
    m_shared.telemetry.tellLazily(Level::State, m_story, [&] {
        ElementsSelected selected{std::to_underlying(m_id), poolHandle(), source, {}};
        for (const wire::PoolElement& element : elements) {
            selected.elements.push_back(element.identifier);
        }
        return selected;
    });
}

std::vector<EventBody> UserSessionNode::tellAll() const {
    std::vector<EventBody> events{SessionOpened{std::to_underlying(m_id), poolHandle()}};
    if (status().state == SessionState::Established) {
        events.emplace_back(established());
    } else if (status().state == SessionState::Waiting) {
        events.emplace_back(
            SessionWaiting{std::to_underlying(m_id), poolHandle(), std::string{kolam::toText(status().waitReason)}});
    }
    return events;
}

} // namespace kolam
