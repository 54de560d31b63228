// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/asap/element_registration.h"

#include "core/wire/codec.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <utility>

namespace kolam::asap {

namespace {

constexpr double loadStep = 0.01; // one percentage point
constexpr double fullLoad = 4294967295.0;

std::string reasonOf(const std::optional<wire::OperationError>& error) {
    std::string text;
    if (error) {
        for (const wire::ErrorCause& cause : error->causes) {
            text += (text.empty() ? "" : ", ") + wire::toText(cause.code);
        }
    }
    return text.empty() ? "no reason given" : text;
}

/// Causes of rsplib's registrar that speak of our addresses as it sees them: another registrar may see better ones.
bool isAboutAddresses(const std::optional<wire::OperationError>& error) {
    return error && std::ranges::any_of(error->causes, [](const wire::ErrorCause& cause) {
               return cause.code == wire::CauseCode::RsplibNoAsapAddresses ||
                      cause.code == wire::CauseCode::RsplibNoUserAddresses;
           });
}

wire::RegistrationLife lifeOf(Duration life) {
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(life).count();
    return wire::RegistrationLife{
        static_cast<std::uint32_t>(std::clamp<std::int64_t>(milliseconds, 1, wire::endlessLife.count() - 1))};
}

} // namespace

bool carriesLoad(wire::PolicyType type) {
    switch (type) {
    case wire::PolicyType::LeastUsed:
    case wire::PolicyType::LeastUsedDegradation:
    case wire::PolicyType::PriorityLeastUsed:
    case wire::PolicyType::RandomizedLeastUsed:
    case wire::PolicyType::RandomizedPriorityLeastUsed:
    case wire::PolicyType::RandomizedLeastUsedDegradation:
    case wire::PolicyType::PriorityLeastUsedDegradation:
    case wire::PolicyType::RandomizedPriorityLeastUsedDegradation:
    case wire::PolicyType::LeastUsedDpf:
    case wire::PolicyType::LeastUsedDegradationDpf:
    case wire::PolicyType::PowerOfTwoChoices:
    case wire::PolicyType::LeastSessions: return true;
    default: return false;
    }
}

ElementRegistration::Actions ElementRegistration::handle(const Input& input, TimePoint now) {
    Actions actions;
    std::visit([&](const auto& what) { on(what, now, actions); }, input);
    armEarliest(actions);
    return actions;
}

void ElementRegistration::on(const RegistrarUp& up, TimePoint now, Actions& actions) {
    m_up = true;
    m_element.homeRegistrar = up.server;
    if (m_state == State::Leaving || m_state == State::Left) {
        return; // the deregistration under way goes to the new registrar by itself
    }
    if (m_outstanding) {
        actions.emplace_back(Withdraw{}); // it names the old registrar
    }
    // At once: until then nobody but the old registrar knows us, and it is gone.
    submitRegistration(now, actions);
    enter(State::Registering, {}, actions);
}

void ElementRegistration::on(const RegistrarDown&, TimePoint /*now*/, Actions& actions) {
    m_up = false;
    m_element.homeRegistrar = ServerId{};
    if (m_state != State::Leaving && m_state != State::Left) {
        if (std::exchange(m_outstanding, false)) {
            actions.emplace_back(Withdraw{});
        }
        m_renewAt = never;
        enter(State::Looking, {}, actions);
    }
}

void ElementRegistration::on(const Answered& answered, TimePoint now, Actions& actions) {
    m_outstanding = false;
    if (const auto* response = std::get_if<wire::RegistrationResponse>(&answered.answer)) {
        answeredRegistration(*response, now, actions);
    } else if (const auto* gone = std::get_if<wire::DeregistrationResponse>(&answered.answer)) {
        if (m_state == State::Leaving) {
            enter(State::Left, gone->error ? reasonOf(gone->error) : std::string{}, actions);
        }
    }
}

void ElementRegistration::answeredRegistration(const wire::RegistrationResponse& response, TimePoint now,
                                               Actions& actions) {
    if (m_state == State::Leaving || m_state == State::Left) {
        return;
    }
    m_renewAt = m_policyIsNews ? now : now + m_limits.reRegistration; // it has changed while the answer was under way
    if (response.reject) {
        m_renewAt = now + afterRejection();
        enter(State::Rejected, reasonOf(response.error), actions);
        if (isAboutAddresses(response.error)) {
            actions.emplace_back(SeekAnother{});
        }
    } else {
        enter(State::Registered, response.error ? "warning: " + reasonOf(response.error) : std::string{}, actions);
    }
}

/// A rejected element asks again: what is in the way may have gone, a pool of another policy, or what a former life of
/// its own has left behind, which the registrar needs some seconds to find dead.
Duration ElementRegistration::afterRejection() const {
    constexpr int patience = 8;
    return std::min(m_limits.reRegistration, patience * m_limits.retry);
}

void ElementRegistration::on(const RequestFailed& failed, TimePoint now, Actions& actions) {
    m_outstanding = false;
    if (m_state == State::Leaving) {
        enter(State::Left, fmt::format("not deregistered: {}", toText(failed.failure)), actions);
        return;
    }
    if (m_state == State::Left) {
        return;
    }
    if (failed.failure == RequestFailure::Refused) {
        m_renewAt = now + afterRejection();
        enter(State::Rejected, "the registrar could not read the registration", actions);
        return;
    }
    // The engine has asked for another registrar; until one comes, the old one may still answer.
    m_renewAt = m_up ? now + m_limits.retry : never;
    enter(m_up ? State::Registering : State::Looking, std::string{toText(failed.failure)}, actions);
}

void ElementRegistration::on(const LoadChanged& changed, TimePoint now, Actions& actions) {
    m_load = changed.load;
    if (m_state == State::Registered && !m_outstanding && loadIsNews() && now - m_submitted >= m_limits.loadSpacing) {
        submitRegistration(now, actions);
    }
}

void ElementRegistration::on(const PolicyChanged& changed, TimePoint now, Actions& actions) {
    m_element.policy = changed.policy;
    m_policyIsNews = true;
    if (m_state == State::Registered && !m_outstanding) {
        submitRegistration(now, actions);
    }
}

void ElementRegistration::on(const KeepAliveReceived& received, TimePoint /*now*/, Actions& actions) {
    const wire::EndpointKeepAlive& message = received.message;
    if (message.poolHandle != m_handle || (message.element && *message.element != m_element.identifier) ||
        m_state == State::Left) {
        return; // of an element that we are not
    }
    actions.emplace_back(
        Acknowledge{{.features = std::nullopt, .poolHandle = m_handle, .element = m_element.identifier}});
    if (received.home) {
        if (message.server != ServerId{}) {
            m_element.homeRegistrar = message.server;
        }
    } else if (message.newHome && m_state != State::Leaving && (received.trusted || !m_up)) {
        actions.emplace_back(Adopt{message.server});
    }
}

void ElementRegistration::on(const Leave&, TimePoint /*now*/, Actions& actions) {
    if (m_state == State::Leaving || m_state == State::Left) {
        return;
    }
    if (std::exchange(m_outstanding, false)) {
        actions.emplace_back(Withdraw{});
    }
    m_renewAt = never;
    if (!m_up) {
        enter(State::Left, "no registrar to tell", actions);
        return;
    }
    m_outstanding = true;
    actions.emplace_back(Submit{wire::Deregistration{m_handle, m_element.identifier}});
    enter(State::Leaving, {}, actions);
}

void ElementRegistration::on(const Return&, TimePoint now, Actions& actions) {
    if (m_state != State::Leaving && m_state != State::Left) {
        return;
    }
    if (std::exchange(m_outstanding, false)) {
        actions.emplace_back(Withdraw{});
    }
    if (m_up) {
        submitRegistration(now, actions);
    }
    enter(m_up ? State::Registering : State::Looking, {}, actions);
}

void ElementRegistration::on(const DeadlineReached&, TimePoint now, Actions& actions) {
    const bool renew = now >= m_renewAt;
    const bool tellLoad = m_state == State::Registered && loadIsNews() && now - m_submitted >= m_limits.loadSpacing;
    if (m_up && !m_outstanding && (renew || tellLoad)) {
        submitRegistration(now, actions);
    }
}

void ElementRegistration::submitRegistration(TimePoint now, Actions& actions) {
    if (m_element.policy.type == wire::PolicyType::LeastSessions) {
        m_element.policy.load = m_load.sessions;
    } else if (carriesLoad(m_element.policy.type)) {
        m_element.policy.load = static_cast<std::uint32_t>(std::clamp(m_load.load, 0.0, 1.0) * fullLoad);
    }
    m_element.life = lifeOf(m_limits.life);
    m_told = m_load;
    m_policyIsNews = false;
    m_submitted = now;
    m_outstanding = true;
    m_renewAt = never; // the answer sets it
    actions.emplace_back(Submit{wire::Registration{m_handle, m_element}});
}

void ElementRegistration::enter(State state, std::string detail, Actions& actions) {
    if (state != m_state || detail != m_detail) {
        m_state = state;
        m_detail = detail;
        actions.emplace_back(StateChanged{state, std::move(detail)});
    }
}

bool ElementRegistration::loadIsNews() const {
    if (m_element.policy.type == wire::PolicyType::LeastSessions) {
        return m_load.sessions != m_told.sessions;
    }
    return carriesLoad(m_element.policy.type) && std::abs(m_load.load - m_told.load) >= loadStep - 1e-9;
}

void ElementRegistration::armEarliest(Actions& actions) {
    TimePoint earliest = m_renewAt;
    if (m_state == State::Registered && !m_outstanding && loadIsNews()) {
        earliest = std::min(earliest, m_submitted + m_limits.loadSpacing);
    }
    if (m_outstanding || !m_up) {
        earliest = never;
    }
    if (earliest != m_deadline) {
        m_deadline = earliest;
        actions.emplace_back(ArmTimer{earliest});
    }
}

std::string_view toText(ElementRegistration::State state) {
    switch (state) {
    case ElementRegistration::State::Looking: return "looking for a registrar";
    case ElementRegistration::State::Registering: return "registering";
    case ElementRegistration::State::Registered: return "registered";
    case ElementRegistration::State::Rejected: return "rejected";
    case ElementRegistration::State::Leaving: return "leaving";
    case ElementRegistration::State::Left: return "left";
    }
    std::unreachable();
}

std::string toText(const ElementRegistration::Action& action) {
    return std::visit(
        Overloaded{
            [](const ElementRegistration::Submit& a) {
                return std::visit([](const auto& m) { return "submit " + wire::toText(m); }, a.request);
            },
            [](const ElementRegistration::Withdraw&) { return std::string{"withdraw the request"}; },
            [](const ElementRegistration::Acknowledge& a) { return "answer " + wire::toText(a.message); },
            [](const ElementRegistration::Adopt& a) { return "adopt registrar " + kolam::toText(a.server); },
            [](const ElementRegistration::SeekAnother&) { return std::string{"seek another registrar"}; },
            [](const ElementRegistration::StateChanged& a) {
                return a.detail.empty() ? std::string{toText(a.state)}
                                        : fmt::format("{}: {}", toText(a.state), a.detail);
            },
            [](const ElementRegistration::ArmTimer& a) {
                return a.deadline == never
                           ? std::string{"arm no timer"}
                           : fmt::format("arm timer at {:.3f} s",
                                         std::chrono::duration<double>(a.deadline.time_since_epoch()).count());
            },
        },
        action);
}

} // namespace kolam::asap
