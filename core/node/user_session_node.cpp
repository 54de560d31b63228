// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/user_session_node.h"

#include "core/node/session_send.h"
#include "core/wire/codec.h"

#include <cassert>
#include <utility>

namespace kolam {

using session::UserSession;

namespace {

constexpr std::size_t mostRemembered = 4'096; // elements of ours
constexpr std::size_t mostWaiting = 8;        // messages of the control channel

session::UserLimits sessionLimits(const Profile& profile) {
    return {.connect = profile.sessionConnect,
            .features = profile.featuresTimeout,
            .keepAliveInterval = profile.sessionKeepAliveInterval,
            .keepAliveMissed = profile.sessionKeepAliveMissed,
            .retryFirst = profile.retryFirst,
            .retryMax = profile.retryMax};
}

UserSession::End endOf(transport::DownReason reason) {
    switch (reason) {
    case transport::DownReason::Refused:
    case transport::DownReason::SetupTimeout: return UserSession::End::CouldNotStart;
    case transport::DownReason::ShutdownByPeer: return UserSession::End::ShutdownByPeer;
    case transport::DownReason::AbortByPeer: return UserSession::End::AbortByPeer;
    case transport::DownReason::Unreachable:
    case transport::DownReason::ProcessGone: return UserSession::End::Lost;
    case transport::DownReason::ShutdownByUs:
    case transport::DownReason::AbortByUs:
    case transport::DownReason::EndpointClosed: return UserSession::End::AbortByPeer; // not the element's fault
    }
    std::unreachable();
}

} // namespace

UserSessionNode::UserSessionNode(Shared& shared, SessionId id, const PoolHandle& handle, SessionHandler& handler,
                                 std::optional<std::uint64_t> key)
    : m_shared(shared)
    , m_id(id)
    , m_handler(&handler)
    , m_key(key)
    , m_machine(handle, sessionLimits(shared.profile), shared.features, shared.dispatcher.random())
    , m_timer(shared.dispatcher, [this] { deliver(UserSession::DeadlineReached{}); })
    , m_connectFailed(shared.dispatcher, [this] {
        for (const PeIdentifier element : std::exchange(m_couldNotStart, {})) {
            deliver(UserSession::Down{UserSession::End::CouldNotStart, element});
        }
    }) {}

void UserSessionNode::deliver(const UserSession::Input& input) {
    m_actions.run(m_machine.handle(input, m_shared.dispatcher.now()), [this](const auto& action) { perform(action); });
}

std::expected<void, SessionSendError> UserSessionNode::send(std::uint32_t ppid, OctetView data) {
    assert(ppid != wire::asapPpid); // the control channel is ours
    if (status().state != SessionState::Established) {
        return std::unexpected(SessionSendError::Closed); // onEstablished() says when there is somebody again
    }
    if (!m_waiting.empty()) {
        return std::unexpected(SessionSendError::WouldBlock); // nothing may overtake the session's state
    }
    m_ppid = ppid;
    return asSessionResult(m_shared.associations.send(m_association, data, ppid));
}

void UserSessionNode::close() {
    m_handler = nullptr;
    m_timer.stop();
    m_connectFailed.stop();
    deliver(UserSession::Close{});
}

/// The attempt may be gone afterwards.
void UserSessionNode::onAssociation(Attempt& attempt, const transport::Event& event) {
    const PeIdentifier element = attempt.element;
    std::visit(Overloaded{
                   [&](const transport::Up&) {
                       m_association = attempt.handle;
                       deliver(UserSession::Up{m_shared.ours.contains({poolHandle(), element}), element});
                   },
                   [&](const transport::Down& e) {
                       if (attempt.handle == m_association) {
                           m_association = {};
                           m_waiting.clear();
                       }
                       std::erase_if(m_attempts, [&](const auto& other) { return other.get() == &attempt; });
                       deliver(UserSession::Down{endOf(e.reason), element});
                   },
                   [&](const transport::Message& e) { onMessage(e); },
                   [&](const transport::PeerClosing&) { deliver(UserSession::PeerClosing{}); },
                   [&](const transport::Writable&) {
                       sendWaiting();
                       if (m_handler != nullptr && m_waiting.empty() && status().state == SessionState::Established) {
                           m_handler->onWritable();
                       }
                   },
                   [](const transport::PathChange&) {},
               },
               event);
}

void UserSessionNode::onMessage(const transport::Message& message) {
    if (message.ppid != wire::asapPpid) {
        deliver(UserSession::Data{});
        if (m_handler != nullptr && status().state == SessionState::Established) {
            m_handler->onMessage(message.ppid, message.data);
        }
        return;
    }
    if (const auto decoded = wire::decodeAsap(message.data)) {
        deliver(UserSession::Control{*decoded});
    } else {
        ++m_shared.counters.garbage;
        m_shared.limitedLog.warning(m_shared.dispatcher.now(), [&] {
            return fmt::format("a control message of element {} cannot be read: {} at octet {}",
                               toText(status().element), toText(decoded.error().code), decoded.error().offset);
        });
    }
}

void UserSessionNode::perform(const UserSession::Action& action) {
    tell(action);
    std::visit(
        Overloaded{
            [&](const UserSession::Resolve& a) {
                if (m_handler != nullptr) {
                    m_shared.owner.onResolveWanted(*this, a.from);
                }
            },
            [&](const UserSession::Connect& a) {
                if (m_handler != nullptr) {
                    connect(a.element);
                }
            },
            [&](const UserSession::SendControl& a) {
                std::visit([&](const auto& message) { sendControl(wire::encode(message)); }, a.message);
            },
            [&](const UserSession::EndAssociation& a) { endAttempts(a); },
            [&](const UserSession::ReportUnreachable& a) { m_shared.owner.onUnreachable(poolHandle(), a.element); },
            [&](const UserSession::FailoverBegan& a) {
                m_shared.log.info("session {} fails over from {}: {}", std::to_underlying(m_id), toText(a.failed),
                                  toText(a.cause));
                if (m_handler != nullptr) {
                    m_handler->onFailoverBegin(a.failed, a.cause);
                }
            },
            [&](const UserSession::FailoverEnded& a) {
                m_shared.log.info("session {} goes on at {} after {} ms", std::to_underlying(m_id), toText(a.next),
                                  std::chrono::duration_cast<std::chrono::milliseconds>(a.took).count());
                if (m_handler != nullptr) {
                    m_handler->onFailoverEnd(a.failed, a.next, a.cause, a.took);
                }
            },
            [&](const UserSession::Established& a) {
                if (m_handler != nullptr) {
                    m_handler->onEstablished(a.element, a.resumed);
                }
            },
            [&](const UserSession::StatusChanged&) {
                rememberPeer();
                if (m_handler != nullptr) {
                    m_handler->onStatus(status());
                }
            },
            [&](const UserSession::Ignored& a) {
                ++m_shared.counters.ignored;
                m_shared.limitedLog.warning(m_shared.dispatcher.now(), [&] {
                    return fmt::format("ignores {} of element {}", a.message, toText(status().element));
                });
            },
            [&](const UserSession::ArmTimer& a) {
                if (m_handler != nullptr) {
                    m_timer.arm(a.deadline);
                }
            },
        },
        action);
}

/// A cookie echo that is lost would lose the session's state, so what cannot be sent now is sent as soon as it can be.
void UserSessionNode::sendControl(Octets message) {
    m_waiting.push_back(std::move(message));
    if (m_waiting.size() == 1) {
        sendWaiting();
    }
    if (m_waiting.size() > mostWaiting) {
        m_waiting.pop_back(); // a keep-alive; there are enough of them in front of it
    }
}

void UserSessionNode::sendWaiting() {
    while (!m_waiting.empty()) {
        const auto sent = m_shared.associations.send(m_association, m_waiting.front(), wire::asapPpid);
        if (!sent && sent.error() == transport::SendError::WouldBlock) {
            return; // Writable follows
        }
        m_waiting.pop_front();
    }
}

void UserSessionNode::connect(const wire::PoolElement& element) {
    const TransportAddress peer{element.userTransport.addresses, element.userTransport.port};
    m_shared.log.debug("session {} tries {} at {}", std::to_underlying(m_id), toText(element.identifier), toText(peer));
    auto attempt = std::make_unique<Attempt>(*this, element.identifier);
    if (const auto handle = m_shared.associations.connect(peer, *attempt)) {
        attempt->handle = *handle;
        m_attempts.push_back(std::move(attempt));
    } else {
        m_shared.log.debug("session {} cannot connect to {}: {}", std::to_underlying(m_id), toText(peer),
                           handle.error().message());
        m_couldNotStart.push_back(element.identifier);
        m_connectFailed.arm(m_shared.dispatcher.now());
    }
}

void UserSessionNode::endAttempts(const UserSession::EndAssociation& end) {
    const auto meant = [&](PeIdentifier element) { return end.element == PeIdentifier{} || end.element == element; };
    std::erase_if(m_couldNotStart, meant);
    std::erase_if(m_attempts, [&](const auto& attempt) {
        if (!meant(attempt->element)) {
            return false;
        }
        if (attempt->handle == m_association) {
            m_association = {};
            m_waiting.clear();
        }
        m_shared.associations.leave(attempt->handle, end.graceful, "the session goes elsewhere");
        return true;
    });
}

void UserSessionNode::rememberPeer() {
    if (status().peerIsOurs) {
        if (m_shared.ours.size() >= mostRemembered) {
            m_shared.ours.clear(); // they say so again
        }
        m_shared.ours.insert({poolHandle(), status().element});
    }
}

} // namespace kolam
