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

/// Nothing when the key is absent.
std::expected<Duration, std::string> durationOf(const Json& json, const char* key) {
    if (!json.contains(key)) {
        return Duration{};
    }
    auto duration = programs::readDuration(textOf(json, key), 1ms, 24h);
    return duration ? std::move(duration) : std::unexpected(fmt::format("\"{}\" {}", key, duration.error()));
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
                             {"pid", e.pid}});
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
        return MemberTold{textOf(json, "name"),  textOf(json, "kind"),      textOf(json, "program"),
                          textOf(json, "state"), textOf(json, "component"), static_cast<pid_t>(numberOf(json, "pid"))};
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
    if (std::holds_alternative<EndWanted>(order)) {
        return line({{"do", "end"}});
    }
    const auto& action = std::get<Action>(order);
    Json json{{"do", toText(action.deed)}, {"who", action.who}};
    if (!action.peers.empty()) {
        json["peers"] = action.peers;
    }
    if (action.lasts > Duration{}) {
        json["for"] = programs::toText(action.lasts);
    }
    if (action.probability > 0) {
        json["probability"] = action.probability;
    }
    if (action.delay > Duration{}) {
        json["delay"] = programs::toText(action.delay);
    }
    if (!action.say.empty()) {
        json["say"] = action.say;
    }
    return line(json);
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
    const auto deed = readDeed(word);
    if (!deed) {
        return std::unexpected(fmt::format("\"{}\" is nothing that a lab can do", word));
    }
    Action action{
        .deed = *deed, .who = textsOf(json, "who"), .peers = textsOf(json, "peers"), .say = textOf(json, "say")};
    const auto lasts = durationOf(json, "for");
    const auto delay = durationOf(json, "delay");
    if (!lasts || !delay) {
        return std::unexpected(lasts ? delay.error() : lasts.error());
    }
    action.lasts = *lasts;
    action.delay = *delay;
    if (const auto found = json.find("probability"); found != json.end() && found->is_number()) {
        action.probability = found->get<double>();
    }
    return action;
}

} // namespace kolam::lab
