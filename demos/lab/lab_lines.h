// SPDX-License-Identifier: GPL-3.0-or-later
// What a lab and whoever has started it say to each other: one JSON object a line.
//   from the lab: {"event":"scenario","title":"...","about":"...","length_ns":8000000000,"scope":"lab-4711"}
//                 {"event":"member","name":"pe-1","kind":"element","program":"pingpong","state":"running","pid":4711,
//                  "component":"element-0x0a000001"}
//                 {"event":"said","at_ns":3000000000,"text":"..."}
//                 {"event":"verdict","passed":true,"judgements":[{"what":"...","holds":true,"sentence":"..."}]}
//                 {"event":"error","text":"..."}     (the last line could not be done)
//   to the lab:   {"do":"freeze","who":["pe-1"],"for":"8s"}, with the keys of a scenario's actions; {"do":"end"}
// Next door: lab_service.h, the lab's end; lab_client.h, the other one; scenario_file.h, which knows actions.
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
using LabLine = std::variant<ScenarioTold, MemberTold, Said, VerdictTold, ErrorTold>;

[[nodiscard]] std::string toJson(const LabLine& line);
/// The error is a sentence: the line is none of a lab.
[[nodiscard]] std::expected<LabLine, std::string> readLabLine(std::string_view json);

/// An action to be done now, or the wish that the lab ends.
struct EndWanted {};
using LabOrder = std::variant<Action, EndWanted>;
[[nodiscard]] std::string toJson(const LabOrder& order);
/// The error is a sentence. Whether there are such members only the lab knows.
[[nodiscard]] std::expected<LabOrder, std::string> readLabOrder(std::string_view json);

} // namespace kolam::lab
