// SPDX-License-Identifier: GPL-3.0-or-later
// Plays a scenario: puts its components on the stage, does to them what is planned or asked for, watches what they
// tell, and judges at the end whether what was expected has come.
// Next door: stage.h, the processes; fault_list.h, what is not put right yet; account.h, what is counted;
// lab_service.h, who lets others watch and ask.
#pragma once

#include "core/telemetry/event_source.h"
#include "demos/lab/account.h"
#include "demos/lab/fault_list.h"
#include "demos/lab/scenario.h"
#include "demos/lab/stage.h"

#include <deque>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kolam::lab {

/// One expectation, judged.
struct Judgement {
    std::string what; // "failover_p95"
    bool holds = false;
    std::string sentence; // "failover_p95 is 3.2 ms; at most 1 s was expected"
};

class Director {
public:
    struct Config {
        std::filesystem::path programs;
        std::filesystem::path logs;
        std::string scope;
        bool windows = true;
        bool byHand = false;  // nothing is done unless somebody asks for it, and nothing judged: for lessons
        bool endless = false; // goes on when the scenario's time is over, and for as long as somebody watches
    };
    struct Handlers {
        std::function<void(const Stage::Member&)> onMember; // its state has changed
        std::function<void(const ProcessFault&, bool on)> onFault;
        std::function<void(const std::string&)> onSaid; // a sentence for those who watch
        std::function<void(const std::vector<Judgement>&)> onVerdict;
        std::function<void()> onEnded; // everything has ended; the director may be destroyed
    };
    Director(DescriptorDispatcher& dispatcher, Scenario scenario, Config config, Handlers handlers);
    ~Director();
    Director(const Director&) = delete;
    Director& operator=(const Director&) = delete;

    /// Starts the components and the scenario's clock, which stands still while something expected does not hold yet,
    /// up to ten seconds each time. The error is a sentence.
    std::expected<void, std::string> begin();
    /// Does now what an action says, and undoes it after action.lasts. An error sentence, or nothing; what a component
    /// refuses later is said.
    /// @param client  at whose wish; 0: the scenario's own
    std::string perform(const Action& action, std::uint64_t client = 0);
    /// An error sentence, or nothing.
    std::string undo(std::uint64_t fault);
    /// Nothing that it has begun stays, but what it killed or stopped for good.
    void clientHasGone(std::uint64_t client);
    /// Heals, thaws and ends everything; without a verdict when the time was not over.
    void end();
    [[nodiscard]] const Scenario& scenario() const { return m_scenario; }
    [[nodiscard]] std::vector<Stage::Member> members() const { return m_stage.members(); }
    [[nodiscard]] std::vector<ProcessFault> faults() const { return m_faults.all(); }
    [[nodiscard]] const Account& account() const { return m_account; }

private:
    void take(const telemetry::Event& event);
    void memberChanged(const Stage::Member& member, const std::string& sentence);
    /// What comes next in the scenario: something is done, or something must hold.
    struct Cue {
        Duration at{};
        const Action* action = nullptr;
        std::vector<const Expectation*> expected;
    };
    void awaitCue();
    void cueDone();
    [[nodiscard]] bool allHold(const Cue& cue) const;
    void judgeIfAllHold();
    void judge(); // what the first cue expects
    void timeIsOver();
    std::string performOn(const Action& action, const std::string& name, std::uint64_t client);
    std::string disturb(const Action& action, const Stage::Member& member);
    // What is done to processes; each begins a fault.
    std::string beginOf(const Action& action, const std::string& name, std::uint64_t client);
    std::expected<std::move_only_function<void()>, std::string> hinder(const Action& action, const std::string& name);
    std::expected<std::move_only_function<void()>, std::string> overload(const Action& action, const std::string& name);
    [[nodiscard]] std::function<void(bool)> flapper(const Action& action, const std::string& name);
    void heal(const std::vector<std::string>& who);
    void command(const Stage::Member& member, const telemetry::Command& command);
    /// Nothing: it has not been heard of yet.
    [[nodiscard]] telemetry::ComponentId componentOf(const Stage::Member& member) const;
    void say(const std::string& sentence) const { m_handlers.onSaid(sentence); }

    DescriptorDispatcher& m_dispatcher;
    Scenario m_scenario;
    Config m_config;
    Handlers m_handlers;
    Account m_account;
    std::vector<Judgement> m_judgements;
    struct Heard {
        telemetry::ComponentId component;
        std::vector<TransportAddress> addresses;
    };
    std::map<std::uint32_t, Heard> m_heard;             // by the process
    std::map<PeIdentifier, TransportAddress> m_serving; // where elements take users
    std::deque<Cue> m_cues;
    TimerId m_next = TimerId::None;
    TimePoint m_begun{};                   // later than it was by all the time that the clock has stood
    std::optional<TimePoint> m_stoodSince; // the first cue does not hold yet
    bool m_ending = false;
    Stage m_stage;
    FaultList m_faults; // of the stage's processes
    std::unique_ptr<telemetry::EventSource> m_source;
};

} // namespace kolam::lab
