// SPDX-License-Identifier: GPL-3.0-or-later
// A scenario: which components there are, what is done to them and when, and what must come of it; and how it is
// taught, step by step. One file is demonstration, lesson and test. It names services and options, never a shell's
// words. Next door: scenario_file.h reads it, director.h plays it.
#pragma once

#include "core/base/time.h"

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kolam::lab {

enum class MemberKind : std::uint8_t { Registrar, Element, User };
[[nodiscard]] std::string_view toText(MemberKind kind); // "registrar", "element", "user"

/// Some components that differ in nothing but their number: name-1, name-2, ...
struct Troop {
    std::string name;
    MemberKind kind = MemberKind::Element;
    std::size_t count = 1;
    std::string program;              // what an element serves, what a user runs: sub-commands of kolam
    std::vector<std::string> options; // of the program, besides those that the lab sets
    bool later = false;               // not started before an action does it
};
[[nodiscard]] std::string memberName(const Troop& troop, std::size_t number);

enum class Deed : std::uint8_t {
    Start,
    Stop,      // SIGTERM: it says good-bye
    Kill,      // SIGKILL
    Freeze,    // SIGSTOP
    Resume,    // SIGCONT
    Restart,   // start what is gone, resume what is frozen
    Drain,     // no more users; ends when the last one has gone
    Loss,      // packets to and from peers are lost
    Delay,     // packets come late
    Partition, // no packet passes
    Slow,      // its process gets a share of the time only
    Flap,      // there and not there, in turns: the process, or with peers the way to these
    Overload,  // a crowd of users comes, and takes what it can get
    Heal,      // all of these, and what was frozen, killed or stopped
    Say,       // nothing but words
};
constexpr std::array<std::string_view, 15> deedWords{"start",   "stop",  "kill",     "freeze", "resume",
                                                     "restart", "drain", "loss",     "delay",  "partition",
                                                     "slow",    "flap",  "overload", "heal",   "say"};
[[nodiscard]] constexpr std::string_view toText(Deed deed) {
    return deedWords[static_cast<std::size_t>(deed)];
}
[[nodiscard]] std::optional<Deed> readDeed(std::string_view word);

struct Action {
    Duration at{}; // since the beginning
    Deed deed = Deed::Say;
    std::vector<std::string> who;              // members
    std::vector<std::string> peers;            // Loss, Delay, Partition, Flap: to and from these; none: everybody
    Duration lasts{};                          // then it is undone: thawed, started again, healed; 0: it stays
    double probability = 0;                    // Loss
    Duration delay{};                          // Delay, each way
    double share = 0.2;                        // Slow: of the time, in which it may run
    Duration period = std::chrono::seconds{2}; // Flap
    double duty = 0.5;                         // Flap: the part of a period in which it is there
    std::size_t sessions = 64;                 // Overload: that come at once
    std::string say;                           // for those who watch
};

/// What a network suffers; its own component does it.
[[nodiscard]] constexpr bool isOfNetwork(Deed deed) {
    return deed == Deed::Loss || deed == Deed::Delay || deed == Deed::Partition;
}
/// What the lab does to a process, and undoes.
[[nodiscard]] constexpr bool isOfProcess(Deed deed) {
    return deed == Deed::Stop || deed == Deed::Kill || deed == Deed::Freeze || deed == Deed::Slow ||
           deed == Deed::Flap || deed == Deed::Overload;
}

struct Expectation {
    std::string what; // a metric of account.h
    std::optional<double> atLeast;
    std::optional<double> atMost;
    std::optional<Duration> at; // judged then, and not at the end
    /// Never, if it could not be measured.
    [[nodiscard]] bool holds(std::optional<double> value) const {
        return value && (!atLeast || *value >= *atLeast) && (!atMost || *value <= *atMost);
    }
};

/// What people read, in the languages in which the file has it; "en" is always there, unless there are no words.
struct Words {
    std::map<std::string, std::string, std::less<>> byLanguage;
    [[nodiscard]] bool empty() const { return byLanguage.empty(); }
    /// English, where there is no other.
    [[nodiscard]] std::string in(std::string_view language) const;
};

struct LessonAnswer {
    Words say;
    bool right = false;
};

/// One step of a lesson: words, and what else there is to it, in this order: a question, something to be done by
/// whoever teaches, and what must really have come of it before the lesson goes on.
struct LessonStep {
    Words say;
    std::vector<std::string> look; // members that it is about; none: everybody
    Words ask;
    std::vector<LessonAnswer> answers;
    std::optional<Action> deed;      // without its time
    bool task = false;               // people find a way by themselves; the deed only shows one
    std::optional<Expectation> wait; // for this
    std::optional<double> more;      // or for so many more of it than when the step began
};

/// How a window shows a member, if it wants to: nothing of it matters to what happens.
struct Place {
    std::string who;
    std::string label;       // empty: its name
    std::optional<double> x; // 0 to 100, from the left; with y
    std::optional<double> y; // from above
    std::string image;       // a file's name
};

struct Scenario {
    std::string title;
    Words words; // the title, in all languages
    std::string about;
    std::string profile = "demo";
    std::string transport = "user";
    Duration length{};
    std::vector<Troop> troops;
    std::vector<Action> actions; // in the order of their times
    std::vector<Expectation> expectations;
    std::vector<LessonStep> lesson; // none: it is no lesson
    std::vector<Place> places;
    std::string background; // a file's name, of the picture under all places
};

} // namespace kolam::lab
