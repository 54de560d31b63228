// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/lab/lab_lines.h"

#include "core/base/strong.h"
#include "programs/common/values.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace kolam::lab {

using Json = nlohmann::json;
using namespace std::chrono_literals;

namespace {

// Texts of logs and options need not be UTF-8; lines must be.
std::string line(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string textOf(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

std::int64_t numberOf(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

double realOf(const Json& json, const char* key, double otherwise) {
    const auto found = json.find(key);
    return found != json.end() && found->is_number() ? found->get<double>() : otherwise;
}

bool flagOf(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_boolean() && found->get<bool>();
}

std::vector<std::string> textsOf(const Json& json, const char* key) {
    std::vector<std::string> texts;
    if (const auto found = json.find(key); found != json.end() && found->is_array()) {
        for (const Json& each : *found) {
            if (each.is_string()) {
                texts.push_back(each.get<std::string>());
            }
        }
    }
    return texts;
}

/// `otherwise` when the key is absent.
std::expected<Duration, std::string> durationOf(const Json& json, const char* key, Duration otherwise = {},
                                                Duration least = 1ms) {
    if (!json.contains(key)) {
        return otherwise;
    }
    auto duration = programs::readDuration(textOf(json, key), least, 24h);
    return duration ? std::move(duration) : std::unexpected(fmt::format("\"{}\" {}", key, duration.error()));
}

Json toJson(const Action& action) {
    Json json{{"do", toText(action.deed)}, {"who", action.who}};
    const auto put = [&](const char* key, Duration value) {
        if (value > Duration{}) {
            json[key] = programs::toText(value);
        }
    };
    if (!action.peers.empty()) {
        json["peers"] = action.peers;
    }
    put("for", action.lasts);
    put("delay", action.delay);
    if (action.probability > 0) {
        json["probability"] = action.probability;
    }
    if (action.deed == Deed::Slow) {
        json["share"] = action.share;
    } else if (action.deed == Deed::Flap) {
        put("period", action.period);
        json["duty"] = action.duty;
    } else if (action.deed == Deed::Overload) {
        json["sessions"] = action.sessions;
    }
    if (!action.say.empty()) {
        json["say"] = action.say;
    }
    return json;
}

std::expected<LabOrder, std::string> readAction(Deed deed, const Json& json) {
    Action action{
        .deed = deed, .who = textsOf(json, "who"), .peers = textsOf(json, "peers"), .say = textOf(json, "say")};
    const auto lasts = durationOf(json, "for");
    const auto delay = durationOf(json, "delay");
    const auto period = durationOf(json, "period", action.period, 100ms);
    for (const auto* const duration : {&lasts, &delay, &period}) {
        if (!*duration) {
            return std::unexpected(duration->error());
        }
    }
    action.lasts = *lasts;
    action.delay = *delay;
    action.period = *period;
    action.probability = realOf(json, "probability", 0);
    action.share = realOf(json, "share", action.share);
    action.duty = realOf(json, "duty", action.duty);
    action.sessions =
        json.contains("sessions") ? static_cast<std::size_t>(numberOf(json, "sessions")) : action.sessions;
    const auto isPart = [](double value) { return value > 0 && value <= 1; };
    if (!isPart(action.share) || !isPart(action.duty) || action.sessions < 1 || action.sessions > 1'000) {
        return std::unexpected("share and duty are more than 0 and at most 1, sessions 1 to 1000");
    }
    return action;
}

} // namespace

std::string toJson(const LabLine& told) {
    return std::visit(
        Overloaded{
            [](const ScenarioTold& e) {
                return line({{"event", "scenario"},
                             {"title", e.title},
                             {"about", e.about},
                             {"length_ns", e.length.count()},
                             {"scope", e.scope}});
            },
            [](const MemberTold& e) {
                return line({{"event", "member"},
                             {"name", e.name},
                             {"kind", e.kind},
                             {"program", e.program},
                             {"state", e.state},
                             {"component", e.component},
                             {"pid", e.pid},
                             {"address", e.address}});
            },
            [](const FaultTold& e) {
                return line({{"event", "fault"},
                             {"fault", e.fault},
                             {"do", toText(e.deed)},
                             {"who", e.who},
                             {"on", e.on},
                             {"left_ns", e.left.count()}});
            },
            [](const Said& e) { return line({{"event", "said"}, {"at_ns", e.at.count()}, {"text", e.text}}); },
            [](const VerdictTold& e) {
                Json judgements = Json::array();
                for (const Judgement& judgement : e.judgements) {
                    judgements.push_back(
                        {{"what", judgement.what}, {"holds", judgement.holds}, {"sentence", judgement.sentence}});
                }
                return line({{"event", "verdict"}, {"passed", e.passed}, {"judgements", judgements}});
            },
            [](const ErrorTold& e) { return line({{"event", "error"}, {"text", e.text}}); },
        },
        told);
}

std::expected<LabLine, std::string> readLabLine(std::string_view text) {
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object()) {
        return std::unexpected("this is no JSON object");
    }
    const std::string event = textOf(json, "event");
    if (event == "scenario") {
        return ScenarioTold{textOf(json, "title"), textOf(json, "about"), Duration{numberOf(json, "length_ns")},
                            textOf(json, "scope")};
    }
    if (event == "member") {
        return MemberTold{textOf(json, "name"),   textOf(json, "kind"),      textOf(json, "program"),
                          textOf(json, "state"),  textOf(json, "component"), static_cast<pid_t>(numberOf(json, "pid")),
                          textOf(json, "address")};
    }
    if (event == "fault") {
        const auto deed = readDeed(textOf(json, "do"));
        if (!deed) {
            return std::unexpected("this fault is of a later version");
        }
        return FaultTold{static_cast<std::uint64_t>(numberOf(json, "fault")), *deed, textOf(json, "who"),
                         flagOf(json, "on"), Duration{numberOf(json, "left_ns")}};
    }
    if (event == "said") {
        return Said{Duration{numberOf(json, "at_ns")}, textOf(json, "text")};
    }
    if (event == "verdict") {
        VerdictTold verdict{flagOf(json, "passed"), {}};
        if (const auto found = json.find("judgements"); found != json.end() && found->is_array()) {
            for (const Json& each : *found) {
                verdict.judgements.push_back({textOf(each, "what"), flagOf(each, "holds"), textOf(each, "sentence")});
            }
        }
        return verdict;
    }
    if (event == "error") {
        return ErrorTold{textOf(json, "text")};
    }
    return std::unexpected(fmt::format("\"{}\" is nothing that a lab says", event));
}

std::string toJson(const LabOrder& order) {
    return std::visit(
        Overloaded{[](const Action& action) { return line(toJson(action)); },
                   [](const UndoWanted& undo) { return line({{"do", "undo"}, {"fault", undo.fault}}); },
                   [](const ProgressMade& made) { return line({{"do", "progress"}, {"done", made.done}}); },
                   [](const EndWanted&) { return line({{"do", "end"}}); }},
        order);
}

std::expected<LabOrder, std::string> readLabOrder(std::string_view text) {
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object()) {
        return std::unexpected("this is no JSON object");
    }
    const std::string word = textOf(json, "do");
    if (word == "end") {
        return EndWanted{};
    }
    if (word == "undo") {
        return UndoWanted{static_cast<std::uint64_t>(numberOf(json, "fault"))};
    }
    if (word == "progress") {
        return ProgressMade{realOf(json, "done", 0)};
    }
    const auto deed = readDeed(word);
    if (!deed) {
        return std::unexpected(fmt::format("\"{}\" is nothing that a lab can do", word));
    }
    return readAction(*deed, json);
}

} // namespace kolam::lab
