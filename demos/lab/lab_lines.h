// SPDX-License-Identifier: GPL-3.0-or-later
// What a lab says to whoever has started it and to windows that came by its door, and they to it: one JSON object a
// line. Everybody is greeted with all that there is.
//   from the lab: {"event":"scenario","title":"...","about":"...","length_ns":8000000000,"scope":"lab-4711"}
//                 {"event":"member","name":"pe-1","kind":"element","program":"pingpong","state":"running","pid":4711,
//                  "component":"element-0x0a000001"}           with "address" of a registrar
//                 {"event":"fault","fault":3,"do":"slow","who":"pe-1","on":true,"left_ns":8000000000}
//                 {"event":"said","at_ns":3000000000,"text":"..."}
//                 {"event":"verdict","passed":true,"judgements":[{"what":"...","holds":true,"sentence":"..."}]}
//                 {"event":"error","text":"..."}     (the last line could not be done)
//   to the lab:   {"do":"freeze","who":["pe-1"],"for":"8s"}, with the keys of a scenario's actions
//                 {"do":"undo","fault":3}
//                 {"do":"progress","done":0.42}      (a window says how far its image is)
//                 {"do":"end"}                       (the lab's owner only)
// Next door: lab_service.h, the lab's end; lab_client.h and gui/feeds/lab_client.h, the others; scenario_file.h, which
// knows actions.
#pragma once

#include "demos/lab/director.h"

#include <expected>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kolam::lab {

struct ScenarioTold {
    std::string title;
    std::string about;
    Duration length{};
    std::string scope;
};
struct MemberTold {
    std::string name;
    std::string kind;
    std::string program;
    std::string state;
    std::string component; // of a user empty, until it is heard of
    pid_t pid = 0;
    std::string address; // of a registrar
};
struct FaultTold { // something is done to a process, or no more
    std::uint64_t fault = 0;
    Deed deed = Deed::Freeze;
    std::string who;
    bool on = true;
    Duration left{}; // 0: until it is undone
};
struct Said {
    Duration at{};
    std::string text;
};
struct VerdictTold {
    bool passed = false;
    std::vector<Judgement> judgements;
};
struct ErrorTold {
    std::string text;
};
using LabLine = std::variant<ScenarioTold, MemberTold, FaultTold, Said, VerdictTold, ErrorTold>;

[[nodiscard]] std::string toJson(const LabLine& line);
/// The error is a sentence: the line is none of a lab.
[[nodiscard]] std::expected<LabLine, std::string> readLabLine(std::string_view json);

/// An action to be done now, the end of one, how far a window's image is, or the wish that the lab ends.
struct EndWanted {};
struct UndoWanted {
    std::uint64_t fault = 0;
};
struct ProgressMade {
    double done = 0; // 0 to 1
};
using LabOrder = std::variant<Action, UndoWanted, ProgressMade, EndWanted>;
[[nodiscard]] std::string toJson(const LabOrder& order);
/// The error is a sentence. Whether there are such members only the lab knows.
[[nodiscard]] std::expected<LabOrder, std::string> readLabOrder(std::string_view json);

} // namespace kolam::lab
