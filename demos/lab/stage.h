// SPDX-License-Identifier: GPL-3.0-or-later
// The components of a scenario as processes of this host: started, ended, frozen and thawed by their names. What runs
// when the stage is destroyed is killed, also what is frozen.
// Next door: process.h, one of them; director.h, who knows when; scenario.h, who there is.
#pragma once

#include "core/base/address.h"
#include "core/dispatch/dispatcher.h"
#include "core/telemetry/component.h"
#include "demos/lab/process.h"
#include "demos/lab/scenario.h"

#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kolam::lab {

enum class MemberState : std::uint8_t { Waiting, Running, Frozen, Gone };
[[nodiscard]] std::string_view toText(MemberState state); // "waiting", "running", "frozen", "gone"

class Stage {
public:
    struct Config {
        std::filesystem::path programs; // the folder of kolam, kolam-registrar and kolam-fractal
        std::filesystem::path logs;     // one NAME.log each
        std::string scope;              // where viewers find the components
        bool windows = true;            // false: those of users draw to nowhere
    };
    struct Member {
        std::string name;
        MemberKind kind = MemberKind::Element;
        std::string program; // "ping"; of a registrar none
        MemberState state = MemberState::Waiting;
        telemetry::ComponentId component; // of a user: none before it was heard of, it draws its own
        TransportAddress address;         // of a registrar: where elements and users find it
        pid_t pid = 0;
        bool expectedToEnd = false; // we have told it to
    };
    /// @param onChange  a member's state has changed: which, and a sentence that says what happened
    Stage(DescriptorDispatcher& dispatcher, const Scenario& scenario, Config config,
          std::function<void(const Member&, const std::string&)> onChange);
    ~Stage();
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

    /// Starts all but those that come later. The error is a sentence.
    std::expected<void, std::string> begin();
    /// Start, Stop, Kill, Freeze, Resume and Restart of one member. An error sentence, or nothing. What was told to end
    /// and has not yet is started when it has.
    [[nodiscard]] std::string perform(Deed deed, const std::string& name);
    /// SIGSTOP or SIGCONT, of which nobody is told: it is slow, not frozen.
    void nudge(std::string_view name, int number);
    /// It will end by itself, and that is no failure.
    void expectEnd(std::string_view name);
    /// Which component it is, said by itself.
    void introduce(std::string_view name, telemetry::ComponentId component);
    [[nodiscard]] const Member* find(std::string_view name) const;
    [[nodiscard]] std::vector<Member> members() const;
    /// Thaws and ends everything with SIGTERM, then calls `done`; what has not ended in three seconds is killed.
    void end(std::function<void()> done);

private:
    struct Place {
        Member member;
        std::vector<std::string> options; // of the scenario
        bool later = false;               // starts only when an action says so
        TransportAddress enrp;            // of a registrar
        bool again = false;               // starts when it has ended
        std::unique_ptr<Process> process;
    };
    [[nodiscard]] Place* placeOf(std::string_view name) const;
    [[nodiscard]] Process::Command commandOf(const Place& place) const;
    [[nodiscard]] std::vector<std::string> registrarArguments(const Place& place) const;
    [[nodiscard]] std::vector<std::string> registrarsFor(const Place& place) const;
    std::expected<void, std::string> start(Place& place);
    [[nodiscard]] std::string signal(Place& place, int number, MemberState after, std::string_view what);
    void ended(Place& place, const ProcessEnd& end);
    void checkEnded();

    DescriptorDispatcher& m_dispatcher;
    Config m_config;
    std::string m_profile;
    std::string m_transport;
    std::function<void(const Member&, const std::string&)> m_onChange;
    std::vector<std::unique_ptr<Place>> m_places;
    std::function<void()> m_onEnded;
    TimerId m_patience = TimerId::None;
    TimerId m_later = TimerId::None;
};

} // namespace kolam::lab
