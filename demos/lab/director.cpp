// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/lab/director.h"

#include "core/base/strong.h"
#include "core/telemetry/observer_folder.h"
#include "demos/lab/pulse.h"

#include <algorithm>
#include <csignal>
#include <fmt/format.h>
#include <memory>
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

// What does not hold yet is waited for: how long programs take to start depends on the host, and is not what is judged.
constexpr Duration patience = std::chrono::seconds{10};

// A process that is slowed down stops many times a second: too shortly for anybody to take it for dead.
constexpr Duration slowPeriod = std::chrono::milliseconds{100};

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
          [this](const Stage::Member& member, const std::string& sentence) { memberChanged(member, sentence); })
    , m_faults(dispatcher, [this](const ProcessFault& fault, bool on) { m_handlers.onFault(fault, on); }) {}

Director::~Director() {
    m_dispatcher.cancel(m_next);
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
        m_cues.push_back({.at = action.at, .action = &action});
    }
    Cue last{.at = m_scenario.length};
    for (const Expectation& expectation : m_scenario.expectations) {
        if (expectation.at) {
            m_cues.push_back({.at = *expectation.at, .expected = {&expectation}});
        } else {
            last.expected.push_back(&expectation);
        }
    }
    std::ranges::stable_sort(m_cues, {}, &Cue::at);
    m_cues.push_back(std::move(last));
    awaitCue();
    return {};
}

// ---- The time of the scenario ----

void Director::awaitCue() {
    m_next = m_dispatcher.callAt(m_begun + m_cues.front().at, [this] {
        m_next = TimerId::None;
        const Cue& cue = m_cues.front();
        if (cue.action != nullptr) {
            if (const std::string error = perform(*cue.action); !error.empty()) {
                say(fmt::format("{} could not be done: {}.", toText(cue.action->deed), error));
                m_judgements.push_back({"action", false, error});
            }
            cueDone();
        } else if (allHold(cue)) {
            judge();
        } else {
            m_stoodSince = m_dispatcher.now();
            m_next = m_dispatcher.callIn(patience, [this] { judge(); });
        }
    });
}

bool Director::allHold(const Cue& cue) const {
    return std::ranges::all_of(cue.expected, [this](const Expectation* expectation) {
        return expectation->holds(findMetric(expectation->what)->measure(m_account));
    });
}

/// The clock goes on as soon as it can.
void Director::judgeIfAllHold() {
    if (m_stoodSince && allHold(m_cues.front())) {
        judge();
    }
}

void Director::cueDone() {
    m_cues.pop_front();
    if (m_cues.empty()) {
        timeIsOver();
    } else {
        awaitCue();
    }
}

void Director::take(const tell::Event& event) {
    if (const auto* const up = std::get_if<tell::ComponentUp>(&event.body)) {
        m_heard[up->pid] = {event.component, up->addresses};
        for (const Stage::Member& member : m_stage.members()) {
            if (member.pid == static_cast<pid_t>(up->pid) && member.component != event.component) {
                m_stage.introduce(member.name, event.component);
                m_handlers.onMember(*m_stage.find(member.name));
            }
        }
    } else if (const auto* const registered = std::get_if<tell::ElementRegistered>(&event.body)) {
        m_serving[registered->facts.element] = registered->facts.address;
    }
    m_account.take(event);
    judgeIfAllHold();
}

void Director::memberChanged(const Stage::Member& member, const std::string& sentence) {
    if (member.state == MemberState::Gone && !member.expectedToEnd) {
        m_account.programFailed();
        judgeIfAllHold();
    }
    if (member.state == MemberState::Gone) {
        m_heard.erase(static_cast<std::uint32_t>(member.pid));
    }
    m_faults.drop([&](const ProcessFault& fault) {
        const bool ends = fault.deed == Deed::Kill || fault.deed == Deed::Stop;
        return fault.who == member.name &&
               ((member.state == MemberState::Running && (ends || fault.deed == Deed::Freeze)) ||
                (member.state == MemberState::Gone && !ends));
    });
    say(sentence);
    m_handlers.onMember(member);
}

tell::ComponentId Director::componentOf(const Stage::Member& member) const {
    const auto heard = m_heard.find(static_cast<std::uint32_t>(member.pid));
    return heard == m_heard.end() ? tell::ComponentId{} : heard->second.component;
}

// ---- What is done ----

std::string Director::perform(const Action& action, std::uint64_t client) {
    if (!action.say.empty()) {
        say(action.say);
    }
    if (action.deed == Deed::Heal) {
        heal(action.who);
        return {};
    }
    std::string errors;
    const auto note = [&](const std::string& error) {
        errors += (errors.empty() || error.empty() ? "" : "; ") + error;
    };
    for (const std::string& name : action.who) {
        note(performOn(action, name, client));
    }
    return errors;
}

std::string Director::performOn(const Action& action, const std::string& name, std::uint64_t client) {
    const Stage::Member* const member = m_stage.find(name);
    if (member == nullptr) {
        return fmt::format("there is no \"{}\"", name);
    }
    switch (action.deed) {
    case Deed::Heal:
    case Deed::Say: return {};
    case Deed::Drain:
        if (componentOf(*member) == tell::ComponentId{}) {
            return fmt::format("{} has not been heard of", name);
        }
        command(*member, tell::DrainCommand{});
        return {};
    case Deed::Loss:
    case Deed::Delay:
    case Deed::Partition: return disturb(action, *member);
    case Deed::Stop:
    case Deed::Kill:
    case Deed::Freeze:
    case Deed::Slow:
    case Deed::Flap:
    case Deed::Overload: return beginOf(action, name, client);
    case Deed::Start:
    case Deed::Resume:
    case Deed::Restart: break;
    }
    return m_stage.perform(action.deed, name);
}

std::string Director::beginOf(const Action& action, const std::string& name, std::uint64_t client) {
    // Two that stop and continue the same process would let go what the other one holds.
    m_faults.end([&](const ProcessFault& fault) {
        const bool holds = fault.deed == Deed::Freeze || fault.deed == Deed::Slow || fault.deed == Deed::Flap;
        return fault.who == name && (action.deed == Deed::Overload ? fault.deed == Deed::Overload : holds);
    });
    std::expected<std::move_only_function<void()>, std::string> undo;
    if (action.deed == Deed::Kill || action.deed == Deed::Stop || action.deed == Deed::Freeze) {
        const std::string error = m_stage.perform(action.deed, name);
        if (!error.empty()) {
            return error;
        }
        undo = [this, name] {
            const Stage::Member& member = *m_stage.find(name);
            if (member.state != MemberState::Running || member.expectedToEnd) { // else somebody has undone it before
                if (const std::string sentence = m_stage.perform(Deed::Restart, name); !sentence.empty()) {
                    say(sentence + ".");
                }
            }
        };
    } else {
        undo = action.deed == Deed::Overload ? overload(action, name) : hinder(action, name);
        if (!undo) {
            return undo.error();
        }
    }
    m_faults.begin({.deed = action.deed, .who = name, .lasts = action.lasts, .client = client}, std::move(*undo));
    return {};
}

/// Slow and Flap: in turns it is there, and is not.
std::expected<std::move_only_function<void()>, std::string> Director::hinder(const Action& action,
                                                                             const std::string& name) {
    if (m_stage.find(name)->state != MemberState::Running) {
        return std::unexpected(fmt::format("{} is {}", name, toText(m_stage.find(name)->state)));
    }
    if (action.deed == Deed::Slow) {
        say(fmt::format("{} runs for {:.0f} % of the time.", name, action.share * 100));
        return
            [this, name, pulse = std::make_unique<Pulse>(m_dispatcher, slowPeriod, action.share, [this, name](bool on) {
                             m_stage.nudge(name, on ? SIGCONT : SIGSTOP);
                         })]() mutable {
                pulse.reset();
                m_stage.nudge(name, SIGCONT);
                say(fmt::format("{} runs all the time.", name));
            };
    }
    return
        [this, name,
         pulse = std::make_unique<Pulse>(m_dispatcher, action.period, action.duty, flapper(action, name))]() mutable {
            pulse.reset();
            if (m_stage.find(name)->state == MemberState::Frozen) {
                (void)m_stage.perform(Deed::Resume, name);
            }
        };
}

/// The process is frozen and thawed; or the ways to some peers are cut, each time for as long as they are to be down.
std::function<void(bool)> Director::flapper(const Action& action, const std::string& name) {
    if (action.peers.empty()) {
        return [this, name](bool on) { (void)m_stage.perform(on ? Deed::Resume : Deed::Freeze, name); };
    }
    Action cut{.deed = Deed::Partition, .who = {name}, .peers = action.peers};
    cut.lasts = action.period - std::chrono::duration_cast<Duration>(action.period * action.duty);
    return [this, name, cut](bool on) {
        if (!on) {
            if (const std::string error = disturb(cut, *m_stage.find(name)); !error.empty()) {
                say(error + ".");
            }
        }
    };
}

/// Real users take what there is: `kolam load crowd`, which lives as long as the fault.
std::expected<std::move_only_function<void()>, std::string> Director::overload(const Action& action,
                                                                               const std::string& name) {
    const Stage::Member& member = *m_stage.find(name);
    const auto serving = m_serving.find(PeIdentifier{static_cast<std::uint32_t>(tell::objectOf(member.component))});
    if (member.kind != MemberKind::Element || serving == m_serving.end()) {
        return std::unexpected(
            fmt::format("{} {}", name,
                        member.kind == MemberKind::Element ? "is in no pool yet" : "is no element: it takes no users"));
    }
    Process::Command crowd;
    crowd.program = m_config.programs / "kolam";
    crowd.arguments = {"load",        "crowd",
                       "--element",   toText(serving->second),
                       "--sessions",  fmt::to_string(action.sessions),
                       "--transport", m_scenario.transport};
    crowd.log = m_config.logs / (name + "-crowd.log");
    auto process = Process::start(m_dispatcher, crowd, [this, name](const ProcessEnd& end) {
        say(fmt::format("The crowd at {} has ended: {}.", name, toText(end)));
    });
    if (!process) {
        return std::unexpected(fmt::format("cannot start {}: {}", crowd.program.string(), process.error().message()));
    }
    say(fmt::format("A crowd of {} comes to {}.", action.sessions, name));
    return [this, name, crowded = std::move(*process)]() mutable {
        crowded.reset();
        say(fmt::format("The crowd leaves {}.", name));
    };
}

std::string Director::undo(std::uint64_t fault) {
    bool found = false;
    m_faults.end([&](const ProcessFault& one) {
        found = found || one.number == fault;
        return one.number == fault;
    });
    return found ? std::string{} : std::string{"that is over already"};
}

void Director::clientHasGone(std::uint64_t client) {
    m_faults.end([client](const ProcessFault& fault) {
        const bool forGood = (fault.deed == Deed::Kill || fault.deed == Deed::Stop) && fault.lasts == Duration{};
        return fault.client == client && !forGood;
    });
}

void Director::heal(const std::vector<std::string>& who) {
    const auto meant = [&](const std::string& name) {
        return who.empty() || std::ranges::find(who, name) != who.end();
    };
    m_faults.end([&](const ProcessFault& fault) { return meant(fault.who); });
    for (const Stage::Member& member : m_stage.members()) {
        if (meant(member.name) && componentOf(member) != tell::ComponentId{}) {
            command(member, tell::HealCommand{});
        }
    }
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

void Director::judge() {
    m_dispatcher.cancel(std::exchange(m_next, TimerId::None));
    std::string waited;
    if (const auto since = std::exchange(m_stoodSince, std::nullopt)) {
        const Duration stood = m_dispatcher.now() - *since;
        m_begun += stood;
        waited = fmt::format(" (after waiting for {:.1f} s)", toSeconds(stood));
    }
    for (const Expectation* const expectation : m_cues.front().expected) {
        const Metric& metric = *findMetric(expectation->what);
        const std::optional<double> value = metric.measure(m_account);
        m_judgements.push_back({expectation->what, expectation->holds(value),
                                value ? fmt::format("{} {} {}{}; {}", expectation->what, expectation->at ? "was" : "is",
                                                    valueText(metric, *value), waited, wanted(metric, *expectation))
                                      : fmt::format("{} was never measured{}; {}", expectation->what, waited,
                                                    wanted(metric, *expectation))});
    }
    cueDone();
}

void Director::timeIsOver() {
    m_handlers.onVerdict(m_judgements);
    if (!m_config.endless) {
        end();
    }
}

void Director::end() {
    if (!std::exchange(m_ending, true)) {
        m_dispatcher.cancel(std::exchange(m_next, TimerId::None));
        m_stoodSince.reset();
        m_faults.forgetAll(); // or a process would be stopped again while it is asked to end
        m_stage.end([this] { m_handlers.onEnded(); });
    }
}

} // namespace kolam::lab
