// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/asap/request_engine.h"

#include "core/wire/codec.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <utility>

namespace kolam::asap {

namespace {

/// A request whose association dies with it, again and again, may be what kills the registrar.
constexpr std::uint16_t mostTransmissions = 8;

bool expectsAnswer(const Request& request) {
    return !std::holds_alternative<wire::EndpointUnreachable>(request);
}

std::string_view nameOf(const wire::AsapMessage& message) {
    return std::visit([](const auto& m) { return std::decay_t<decltype(m)>::name; }, message);
}

/// The message as the answer to this request, if it can be that.
std::optional<Answer> asAnswer(const wire::AsapMessage& message, const Request& request) {
    if (const auto* answer = std::get_if<wire::RegistrationResponse>(&message)) {
        const auto* asked = std::get_if<wire::Registration>(&request);
        if (asked != nullptr && asked->poolHandle == answer->poolHandle &&
            asked->element.identifier == answer->element) {
            return *answer;
        }
    } else if (const auto* gone = std::get_if<wire::DeregistrationResponse>(&message)) {
        const auto* asked = std::get_if<wire::Deregistration>(&request);
        if (asked != nullptr && asked->poolHandle == gone->poolHandle && asked->element == gone->element) {
            return *gone;
        }
    } else if (const auto* found = std::get_if<wire::HandleResolutionResponse>(&message)) {
        const auto* asked = std::get_if<wire::HandleResolution>(&request);
        if (asked != nullptr && asked->poolHandle == found->poolHandle) {
            return *found;
        }
    }
    return std::nullopt;
}

} // namespace

std::string_view toText(RequestFailure failure) {
    switch (failure) {
    case RequestFailure::NoRegistrar: return "no registrar";
    case RequestFailure::TimedOut: return "timed out";
    case RequestFailure::Refused: return "refused";
    }
    std::unreachable();
}

RequestEngine::Actions RequestEngine::handle(const Input& input, TimePoint now) {
    Actions actions;
    std::visit([&](const auto& what) { on(what, now, actions); }, input);
    transmit(now, actions);
    armEarliest(actions);
    return actions;
}

std::size_t RequestEngine::underWay() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(m_entries, [](const Entry& entry) { return entry.answerDue != never; }));
}

void RequestEngine::on(const Submit& submit, TimePoint now, Actions& /*actions*/) {
    m_entries.push_back(
        {.id = submit.id, .request = submit.request, .givenUp = now + (m_up ? patience() : m_limits.answer)});
}

void RequestEngine::on(const Withdraw& withdraw, TimePoint /*now*/, Actions& /*actions*/) {
    std::erase_if(m_entries, [&](const Entry& entry) { return entry.id == withdraw.id; });
}

void RequestEngine::on(const RegistrarUp& up, TimePoint now, Actions& actions) {
    m_up = true;
    m_ours = up.ours;
    m_silent = false;
    std::erase_if(m_entries, [&](Entry& entry) {
        if (entry.trials >= mostTransmissions) {
            actions.emplace_back(Failed{entry.id, RequestFailure::TimedOut});
            return true;
        }
        entry.answerDue = never;
        entry.givenUp = std::max(entry.givenUp, now + m_limits.answer); // a new registrar deserves its time
        return false;
    });
}

void RequestEngine::on(const RegistrarDown&, TimePoint now, Actions& /*actions*/) {
    m_up = false;
    m_silent = false;
    for (Entry& entry : m_entries) {
        entry.answerDue = never;
        entry.givenUp = std::min(entry.givenUp, now + m_limits.answer);
    }
}

void RequestEngine::on(const Received& received, TimePoint now, Actions& actions) {
    const bool refusal = std::holds_alternative<wire::AsapError>(received.message);
    if (refusal && underWay() == 1) {
        // Sent instead of the answer to a request that could not be read. With several under way nobody knows whose.
        const auto asked = std::ranges::find_if(m_entries, [](const Entry& e) { return e.answerDue != never; });
        actions.emplace_back(Failed{asked->id, RequestFailure::Refused});
        m_entries.erase(asked);
        return;
    }
    for (auto entry = m_entries.begin(); entry != m_entries.end(); ++entry) {
        if (entry->answerDue == never) {
            continue;
        }
        if (auto answer = asAnswer(received.message, entry->request)) {
            answered(entry, std::move(*answer), now, actions);
            return;
        }
    }
    actions.emplace_back(Ignored{nameOf(received.message)});
}

void RequestEngine::answered(std::deque<Entry>::iterator entry, Answer answer, TimePoint /*now*/, Actions& actions) {
    actions.emplace_back(Answered{entry->id, std::move(answer)});
    m_entries.erase(entry);
    if (m_silent) {
        m_silent = false;
        actions.emplace_back(RegistrarAnswers{});
    }
}

void RequestEngine::on(const DeadlineReached&, TimePoint now, Actions& actions) {
    bool silent = false;
    for (auto entry = m_entries.begin(); entry != m_entries.end();) {
        if (entry->givenUp <= now) {
            silent = silent || entry->answerDue != never;
            actions.emplace_back(Failed{entry->id, m_up ? RequestFailure::TimedOut : RequestFailure::NoRegistrar});
            entry = m_entries.erase(entry);
            continue;
        }
        if (entry->answerDue <= now) {
            silent = true;
            entry->answerDue = entry->givenUp;
            if (entry->trials < m_limits.trials) {
                ++entry->trials;
                entry->answerDue = now + m_limits.answer;
                actions.emplace_back(Send{entry->request});
            }
        }
        ++entry;
    }
    if (silent && m_up && !m_silent) {
        m_silent = true;
        actions.emplace_back(RegistrarSilent{});
    }
}

void RequestEngine::transmit(TimePoint now, Actions& actions) {
    if (!m_up) {
        return;
    }
    const std::size_t window = m_ours ? m_limits.pipelined : 1;
    std::size_t sent = underWay();
    for (auto entry = m_entries.begin(); entry != m_entries.end();) {
        if (entry->answerDue != never) {
            ++entry;
        } else if (!expectsAnswer(entry->request)) {
            actions.emplace_back(Send{std::move(entry->request)});
            entry = m_entries.erase(entry);
        } else if (sent < window) {
            actions.emplace_back(Send{entry->request});
            ++entry->trials;
            entry->answerDue = now + m_limits.answer;
            ++sent;
            ++entry;
        } else {
            ++entry;
        }
    }
}

void RequestEngine::armEarliest(Actions& actions) {
    TimePoint earliest = never;
    for (const Entry& entry : m_entries) {
        earliest = std::min({earliest, entry.givenUp, entry.answerDue});
    }
    if (earliest != m_deadline) {
        m_deadline = earliest;
        actions.emplace_back(ArmTimer{earliest});
    }
}

std::string toText(const RequestEngine::Action& action) {
    return std::visit(
        Overloaded{
            [](const RequestEngine::Send& a) {
                return std::visit([](const auto& m) { return "send " + wire::toText(m); }, a.request);
            },
            [](const RequestEngine::Answered& a) {
                return std::visit(
                    [&](const auto& m) { return fmt::format("request {}: {}", a.id.value, wire::toText(m)); },
                    a.answer);
            },
            [](const RequestEngine::Failed& a) {
                return fmt::format("request {} failed: {}", a.id.value, toText(a.failure));
            },
            [](const RequestEngine::RegistrarSilent&) { return std::string{"the registrar is silent"}; },
            [](const RequestEngine::RegistrarAnswers&) { return std::string{"the registrar answers again"}; },
            [](const RequestEngine::Ignored& a) { return fmt::format("ignore {}", a.message); },
            [](const RequestEngine::ArmTimer& a) {
                return a.deadline == never
                           ? std::string{"arm no timer"}
                           : fmt::format("arm timer at {:.3f} s",
                                         std::chrono::duration<double>(a.deadline.time_since_epoch()).count());
            },
        },
        action);
}

} // namespace kolam::asap
