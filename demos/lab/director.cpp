// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/lab/director.h"

#include "core/base/strong.h"
#include "core/telemetry/observer_folder.h"

#include <fmt/format.h>
#include <utility>

namespace kolam::lab {

namespace tell = telemetry;

namespace {

std::string valueText(const Metric& metric, double value) {
    if (!metric.isTime) {
        return fmt::format("{:.6g}", value);
    }
    return value < 1 ? fmt::format("{:.3g} ms", value * 1000) : fmt::format("{:.3g} s", value);
}

std::string wanted(const Metric& metric, const Expectation& expectation) {
    if (expectation.atLeast == expectation.atMost) {
        return valueText(metric, *expectation.atLeast) + " was expected";
    }
    std::string text;
    if (expectation.atLeast) {
        text = "at least " + valueText(metric, *expectation.atLeast);
    }
    if (expectation.atMost) {
        text += (text.empty() ? "" : " and ") + ("at most " + valueText(metric, *expectation.atMost));
    }
    return text + " was expected";
}

tell::FaultKind faultOf(Deed deed) {
    return deed == Deed::Loss    ? tell::FaultKind::Loss
           : deed == Deed::Delay ? tell::FaultKind::Delay
                                 : tell::FaultKind::Partition;
}

} // namespace

Director::Director(DescriptorDispatcher& dispatcher, Scenario scenario, Config config, Handlers handlers)
    : m_dispatcher(dispatcher)
    , m_scenario(std::move(scenario))
    , m_config(std::move(config))
    , m_handlers(std::move(handlers))
    , m_stage(
          dispatcher, m_scenario,
          {.programs = m_config.programs, .logs = m_config.logs, .scope = m_config.scope, .windows = m_config.windows},
          [this](const Stage::Member& member, const std::string& sentence) { memberChanged(member, sentence); }) {}

Director::~Director() {
    for (const TimerId timer : m_timers) {
        m_dispatcher.cancel(timer);
    }
}

std::expected<void, std::string> Director::begin() {
    auto folder = tell::makeObserverFolder(m_config.scope);
    if (!folder) {
        return std::unexpected(folder.error());
    }
    m_source = std::make_unique<tell::EventSource>(m_dispatcher, tell::EventSource::Config{.folder = *folder},
                                                   [this](const tell::Event& event) { take(event); });
    m_begun = m_dispatcher.now();
    if (auto begun = m_stage.begin(); !begun) {
        return begun;
    }
    if (m_config.byHand) {
        return {};
    }
    for (const Action& action : m_scenario.actions) {
        at(action.at, [this, &action] {
            if (const std::string error = perform(action); !error.empty()) {
                say(fmt::format("{} could not be done: {}.", toText(action.deed), error));
                m_judgements.push_back({"action", false, error});
            }
        });
    }
    for (const Expectation& expectation : m_scenario.expectations) {
        if (expectation.at) {
            at(*expectation.at, [this, &expectation] { judge(expectation); });
        }
    }
    at(m_scenario.length, [this] { timeIsOver(); });
    return {};
}

void Director::at(Duration when, std::function<void()> task) {
    m_timers.push_back(m_dispatcher.callAt(m_begun + when, std::move(task)));
}

void Director::take(const tell::Event& event) {
    if (const auto* const up = std::get_if<tell::ComponentUp>(&event.body)) {
        m_heard[up->pid] = {event.component, up->addresses};
    }
    m_account.take(event);
}

void Director::memberChanged(const Stage::Member& member, const std::string& sentence) {
    if (member.state == MemberState::Gone && !member.expectedToEnd) {
        m_account.programFailed();
    }
    if (member.state == MemberState::Gone) {
        m_heard.erase(static_cast<std::uint32_t>(member.pid));
    }
    say(sentence);
    m_handlers.onMember(member);
}

tell::ComponentId Director::componentOf(const Stage::Member& member) const {
    const auto heard = m_heard.find(static_cast<std::uint32_t>(member.pid));
    return heard == m_heard.end() ? tell::ComponentId{} : heard->second.component;
}

// ---- What is done ----

std::string Director::perform(const Action& action) {
    if (!action.say.empty()) {
        say(action.say);
    }
    std::string errors;
    const auto note = [&](const std::string& error) {
        errors += (errors.empty() || error.empty() ? "" : "; ") + error;
    };
    if (action.deed == Deed::Heal && action.who.empty()) {
        for (const Stage::Member& member : m_stage.members()) {
            if (componentOf(member) != tell::ComponentId{}) {
                note(performOn(action, member.name));
            }
        }
    }
    for (const std::string& name : action.who) {
        note(performOn(action, name));
    }
    return errors;
}

std::string Director::performOn(const Action& action, const std::string& name) {
    const Stage::Member* const member = m_stage.find(name);
    if (member == nullptr) {
        return fmt::format("there is no \"{}\"", name);
    }
    switch (action.deed) {
    case Deed::Say: return {};
    case Deed::Drain:
    case Deed::Heal:
        if (componentOf(*member) == tell::ComponentId{}) {
            return fmt::format("{} has not been heard of", name);
        }
        if (action.deed == Deed::Drain) {
            command(*member, tell::DrainCommand{});
        } else {
            command(*member, tell::HealCommand{});
        }
        return {};
    case Deed::Loss:
    case Deed::Delay:
    case Deed::Partition: return disturb(action, *member);
    case Deed::Start:
    case Deed::Stop:
    case Deed::Kill:
    case Deed::Freeze:
    case Deed::Resume:
    case Deed::Restart: break;
    }
    std::string error = m_stage.perform(action.deed, name);
    if (error.empty() && action.lasts > Duration{}) {
        m_timers.push_back(m_dispatcher.callIn(action.lasts, [this, name] {
            const Stage::Member* const undone = m_stage.find(name);
            if (!m_ending && undone->state != MemberState::Running) { // else somebody has undone it before
                if (const std::string sentence = m_stage.perform(Deed::Restart, name); !sentence.empty()) {
                    say(sentence + ".");
                }
            }
        }));
    }
    return error;
}

std::string Director::disturb(const Action& action, const Stage::Member& member) {
    tell::FaultCommand fault{.kind = faultOf(action.deed),
                             .peers = {},
                             .probability = action.probability,
                             .delay = action.delay,
                             .lasts = action.lasts};
    for (const std::string& name : action.peers) {
        const Stage::Member* const peer = m_stage.find(name);
        const auto heard = peer == nullptr ? m_heard.end() : m_heard.find(static_cast<std::uint32_t>(peer->pid));
        if (heard == m_heard.end()) {
            return fmt::format("{} has not been heard of", name);
        }
        fault.peers.insert(fault.peers.end(), heard->second.addresses.begin(), heard->second.addresses.end());
    }
    if (componentOf(member) == tell::ComponentId{}) {
        return fmt::format("{} has not been heard of", member.name);
    }
    command(member, fault);
    return {};
}

void Director::command(const Stage::Member& member, const tell::Command& command) {
    m_source->command(componentOf(member), command, [this, name = member.name](const auto& answer) {
        if (!answer) {
            say(fmt::format("{} does not obey: {}.", name, answer.error()));
            m_judgements.push_back({"action", false, fmt::format("{} does not obey: {}", name, answer.error())});
        }
    });
    // A drained element ends by itself, when its last user has gone.
    if (std::holds_alternative<tell::DrainCommand>(command)) {
        m_stage.expectEnd(member.name);
    }
}

// ---- How it ends ----

void Director::judge(const Expectation& expectation) {
    const Metric& metric = *findMetric(expectation.what);
    const std::optional<double> value = metric.measure(m_account);
    Judgement judgement{expectation.what, false, {}};
    if (!value) {
        judgement.sentence = fmt::format("{} was never measured; {}", expectation.what, wanted(metric, expectation));
    } else {
        judgement.holds = (!expectation.atLeast || *value >= *expectation.atLeast) &&
                          (!expectation.atMost || *value <= *expectation.atMost);
        judgement.sentence = fmt::format("{} {} {}; {}", expectation.what, expectation.at ? "was" : "is",
                                         valueText(metric, *value), wanted(metric, expectation));
    }
    m_judgements.push_back(std::move(judgement));
}

void Director::timeIsOver() {
    for (const Expectation& expectation : m_scenario.expectations) {
        if (!expectation.at) {
            judge(expectation);
        }
    }
    m_handlers.onVerdict(m_judgements);
    if (!m_config.endless) {
        end();
    }
}

void Director::end() {
    if (!std::exchange(m_ending, true)) {
        for (const TimerId timer : std::exchange(m_timers, {})) {
            m_dispatcher.cancel(timer);
        }
        m_stage.end([this] { m_handlers.onEnded(); });
    }
}

} // namespace kolam::lab
