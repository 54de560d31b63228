// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/lab/scenario_file.h"

#include "demos/lab/account.h"
#include "demos/lab/scenario_table.h"

namespace kolam::lab {

namespace {

using namespace std::chrono_literals;

constexpr int version = 1;
constexpr std::size_t mostMembers = 500;
constexpr std::size_t mostGuests = 1'000; // of a crowd
constexpr std::array<std::string_view, 8> services{"echo",     "discard", "daytime", "chargen",
                                                   "pingpong", "fractal", "calc",    "script"};
constexpr std::array<std::string_view, 3> userPrograms{"ping", "calc", "fractal"};
// What the lab itself tells every component: a scenario must not say otherwise.
constexpr std::array<std::string_view, 11> reserved{"--id",           "--registrar", "--asap",    "--enrp",
                                                    "--peer",         "--scope",     "--profile", "--transport",
                                                    "--insecure-lan", "--address",   "--log-file"};

template <typename Range, typename Value, typename Projection = std::identity>
bool has(const Range& range, const Value& value, Projection projection = {}) {
    return std::ranges::find(range, value, projection) != std::ranges::end(range);
}

class Reader {
public:
    Scenario read(const toml::table& file) {
        Table table{file, "a scenario"};
        const toml::node& schema = table.need("kolam-scenario");
        if (schema.value_exact<std::int64_t>() != version) {
            wrong(schema, fmt::format("kolam-scenario must be {}: this program reads no other version", version));
        }
        m_scenario.words = Table::wordsOf(table.need("title"), "title");
        m_scenario.title = m_scenario.words.in("en");
        m_scenario.about = table.text("about");
        m_scenario.profile = table.text("profile", "demo");
        if (const auto profile = programs::readProfile(m_scenario.profile); !profile) {
            wrong(table.need("profile"), fmt::format("profile {}", profile.error()));
        }
        m_scenario.transport = table.text("transport", "user");
        if (m_scenario.transport != "user" && m_scenario.transport != "kernel" && m_scenario.transport != "auto") {
            wrong(table.need("transport"), "transport must be user, kernel or auto");
        }
        m_scenario.length = Table::durationOf(table.need("length"), "length", 100ms, longestOfAScenario);
        for (const MemberKind kind : {MemberKind::Registrar, MemberKind::Element, MemberKind::User}) {
            table.each(toText(kind), [&](Table& troop) { readTroop(troop, kind); });
        }
        table.each("action", [this](Table& action) { readAction(action); });
        table.each("expect", [this](Table& expectation) {
            m_scenario.expectations.push_back(expectationOf(expectation, expectation.need("what")));
            if (const toml::node* const at = expectation.get("at")) {
                m_scenario.expectations.back().at = Table::durationOf(*at, "at", 0s, m_scenario.length);
            }
        });
        table.each("lesson", [this](Table& step) { m_scenario.lesson.push_back(stepOf(step)); });
        table.each("place", [this](Table& place) { readPlace(place); });
        m_scenario.background = table.text("background");
        table.end();
        if (std::ranges::none_of(m_scenario.troops,
                                 [](const Troop& troop) { return troop.kind == MemberKind::Registrar; })) {
            wrong(file, "a scenario needs a registrar: without one nobody finds anybody");
        }
        std::ranges::stable_sort(m_scenario.actions, {}, &Action::at);
        return std::move(m_scenario);
    }

private:
    void readTroop(Table& table, MemberKind kind) {
        Troop troop;
        troop.kind = kind;
        const toml::node& name = table.need("name");
        troop.name = Table::textOf(name, "name");
        const auto isNice = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
        if (troop.name.empty() || troop.name.size() > 20 || !std::ranges::all_of(troop.name, isNice)) {
            wrong(name, "name must be 1 to 20 small letters, digits and \"_\"; its members get -1, -2, ...");
        }
        if (has(m_scenario.troops, troop.name, &Troop::name)) {
            wrong(name, fmt::format("the name \"{}\" is taken", troop.name));
        }
        troop.count = table.count("count", 1, mostMembers);
        troop.later = table.flag("later");
        if (kind == MemberKind::Element) {
            troop.program = oneOf(table.need("serves"), "serves", services);
        } else if (kind == MemberKind::User) {
            troop.program = oneOf(table.need("runs"), "runs", userPrograms);
        }
        readOptions(table, troop);
        for (std::size_t number = 1; number <= troop.count; ++number) {
            m_members.push_back(memberName(troop, number));
        }
        if (m_members.size() > mostMembers) {
            wrong(table.node(), fmt::format("a scenario has at most {} components", mostMembers));
        }
        m_scenario.troops.push_back(std::move(troop));
    }

    static void readOptions(Table& table, Troop& troop) {
        troop.options = table.texts("options");
        for (const std::string& option : troop.options) {
            if (has(reserved, std::string_view{option}.substr(0, option.find('=')))) {
                wrong(*table.get("options"), fmt::format("{} is set by the lab", option));
            }
        }
    }

    template <std::size_t Count>
    static std::string oneOf(const toml::node& node, std::string_view key,
                             const std::array<std::string_view, Count>& words) {
        std::string word = Table::textOf(node, key);
        if (!has(words, word)) {
            wrong(node, fmt::format("{} must be one of {}, not \"{}\"", key, fmt::join(words, ", "), word));
        }
        return word;
    }

    void readAction(Table& table) {
        const Duration at = Table::durationOf(table.need("at"), "at", 0s, m_scenario.length);
        Action action = actionOf(table);
        action.at = at;
        action.say = table.text("say");
        m_scenario.actions.push_back(std::move(action));
    }

    /// What is done, without when.
    Action actionOf(Table& table) {
        Action action;
        const toml::node& deed = table.need("do");
        const auto read = readDeed(Table::textOf(deed, "do"));
        if (!read) {
            wrong(deed, fmt::format("do must be one of {}", fmt::join(deedWords, ", ")));
        }
        action.deed = *read;
        action.who = members(table, "who");
        action.peers = members(table, "peers");
        action.lasts = table.duration("for", 0s, 1ms);
        action.delay = table.duration("delay", 0s, 1ms, 60s);
        action.probability = part(table, "probability", 0);
        action.share = part(table, "share", action.share);
        action.period = table.duration("period", action.period, 100ms, 60s);
        action.duty = part(table, "duty", action.duty);
        action.sessions = table.count("sessions", action.sessions, mostGuests);
        checkAction(table, action);
        return action;
    }

    /// More than 0, and at most 1.
    static double part(Table& table, std::string_view key, double otherwise) {
        const toml::node* const node = table.get(key);
        if (node == nullptr) {
            return otherwise;
        }
        const double value = node->value<double>().value_or(-1);
        if (!(value > 0 && value <= 1)) {
            wrong(*node, fmt::format("{} must be more than 0, and at most 1", key));
        }
        return value;
    }

    static void checkAction(Table& table, const Action& action) {
        const Deed deed = action.deed;
        const auto only = [&](std::string_view key, bool allowed) {
            if (table.has(key) && !allowed) {
                wrong(*table.get(key), fmt::format("\"{}\" has no \"{}\"", toText(deed), key));
            }
        };
        only("who", deed != Deed::Say);
        only("peers", isOfNetwork(deed) || deed == Deed::Flap);
        only("for", isOfNetwork(deed) || isOfProcess(deed));
        only("probability", deed == Deed::Loss);
        only("delay", deed == Deed::Delay);
        only("share", deed == Deed::Slow);
        only("period", deed == Deed::Flap);
        only("duty", deed == Deed::Flap);
        only("sessions", deed == Deed::Overload);
        if (action.who.empty() && deed != Deed::Say && deed != Deed::Heal) {
            wrong(table.node(), fmt::format("\"{}\" needs \"who\"", toText(deed)));
        }
        if (deed == Deed::Loss) {
            (void)table.need("probability");
        }
        if (deed == Deed::Delay) {
            (void)table.need("delay");
        }
        if (deed == Deed::Say) {
            (void)table.need("say");
        }
    }

    /// "pe-2", or "pe-*" for all of them.
    std::vector<std::string> members(Table& table, std::string_view key) {
        std::vector<std::string> named;
        for (const std::string& pattern : table.texts(key)) {
            const bool all = pattern.ends_with("-*");
            const std::string start = pattern.substr(0, pattern.size() - 1);
            const std::size_t before = named.size();
            std::ranges::copy_if(m_members, std::back_inserter(named), [&](const std::string& member) {
                return all ? member.starts_with(start) : member == pattern;
            });
            if (named.size() == before) {
                wrong(*table.get(key),
                      fmt::format("there is no \"{}\" here, only {}", pattern,
                                  m_members.empty() ? "nobody" : fmt::format("{}", fmt::join(m_members, ", "))));
            }
        }
        return named;
    }

    void readPlace(Table& table) {
        const auto percent = [&](std::string_view key) -> std::optional<double> {
            const toml::node* const node = table.get(key);
            if (node == nullptr) {
                return std::nullopt;
            }
            const double value = node->value<double>().value_or(-1);
            if (!(value >= 0 && value <= 100)) {
                wrong(*node, fmt::format("{} must be 0 to 100", key));
            }
            return value;
        };
        const std::vector<std::string> who = members(table, "who");
        const Place place{.who = {},
                          .label = table.text("label"),
                          .x = percent("x"),
                          .y = percent("y"),
                          .image = table.text("image")};
        if (who.size() != 1) {
            wrong(table.node(), "a place is that of one member");
        }
        if (place.x.has_value() != place.y.has_value()) {
            wrong(table.node(), "a place needs both x and y, or none");
        }
        m_scenario.places.push_back(place);
        m_scenario.places.back().who = who.front();
    }

    /// One step of the lesson.
    LessonStep stepOf(Table& table) {
        LessonStep step;
        step.say = Table::wordsOf(table.need("say"), "say");
        step.look = members(table, "look");
        if (table.has("do")) {
            step.deed = actionOf(table);
            if (step.deed->deed == Deed::Say) {
                wrong(*table.get("do"), "a step of a lesson says what it has to say by \"say\"");
            }
        }
        if (const toml::node* const wait = table.get("wait")) {
            if (const toml::node* const more = table.get("more")) {
                step.more = more->value<double>().value_or(0);
                if (*step.more <= 0) {
                    wrong(*more, "more must be a number above 0: so many more than when the step began");
                }
            }
            step.wait = expectationOf(table, *wait, step.more.has_value());
        }
        step.task = table.flag("task");
        step.ask = table.words("ask");
        table.each("answer", [&](Table& answer) {
            const bool right = answer.flag("right");
            step.answers.push_back({Table::wordsOf(answer.need("say"), "say"), right});
        });
        if (step.task && (!step.deed || !step.wait || !step.ask.empty())) {
            wrong(*table.get("task"), "a task needs \"do\" and \"wait\", and asks nothing");
        }
        if (step.ask.empty() != step.answers.empty()) {
            wrong(table.node(), "a question needs \"ask\" and [[lesson.answer]]");
        }
        if (!step.answers.empty() && std::ranges::count(step.answers, true, &LessonAnswer::right) != 1) {
            wrong(table.node(), "one answer must be right, and no other");
        }
        return step;
    }

    /// @param what  the node that names the metric
    /// @param free  it needs no bound
    static Expectation expectationOf(Table& table, const toml::node& what, bool free = false) {
        Expectation expectation;
        expectation.what = Table::textOf(what, "what is measured");
        const Metric* const metric = findMetric(expectation.what);
        if (metric == nullptr) {
            std::vector<std::string_view> names;
            std::ranges::transform(metrics(), std::back_inserter(names), &Metric::name);
            wrong(what,
                  fmt::format("nothing called \"{}\" is measured, only {}", expectation.what, fmt::join(names, ", ")));
        }
        expectation.atLeast = bound(table, "at_least", *metric);
        expectation.atMost = bound(table, "at_most", *metric);
        if (table.has("equals")) {
            expectation.atLeast = expectation.atMost = bound(table, "equals", *metric);
        }
        if (!expectation.atLeast && !expectation.atMost && !free) {
            wrong(table.node(), "an expectation needs at_least, at_most or equals");
        }
        return expectation;
    }

    static std::optional<double> bound(Table& table, std::string_view key, const Metric& metric) {
        const toml::node* const node = table.get(key);
        if (node == nullptr) {
            return std::nullopt;
        }
        if (metric.isTime) {
            return std::chrono::duration<double>(Table::durationOf(*node, key, 0s, longestOfAScenario)).count();
        }
        if (!node->is_number()) {
            wrong(*node, fmt::format("{} must be a number: {}", key, metric.help));
        }
        return *node->value<double>();
    }

    Scenario m_scenario;
    std::vector<std::string> m_members;
};

std::string told(const std::string& name, const toml::source_position& place, std::string_view text) {
    return place.line == 0 ? fmt::format("{}: {}", name, text)
                           : fmt::format("{}:{}:{}: {}", name, place.line, place.column, text);
}

std::expected<Scenario, std::string> taken(const toml::parse_result& parsed, const std::string& name) {
    if (!parsed) {
        return std::unexpected(told(name, parsed.error().source().begin, parsed.error().description()));
    }
    try {
        return Reader{}.read(parsed.table());
    } catch (const Mistake& mistake) {
        return std::unexpected(told(name, mistake.place, mistake.text));
    }
}

} // namespace

std::expected<Scenario, std::string> readScenario(const std::filesystem::path& file) {
    return taken(toml::parse_file(file.string()), file.string());
}

std::expected<Scenario, std::string> readScenarioText(std::string_view toml, const std::string& name) {
    return taken(toml::parse(toml), name);
}

} // namespace kolam::lab
