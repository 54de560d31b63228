// SPDX-License-Identifier: GPL-3.0-or-later
// The command line's half, and the only place that knows CLI11. Next door: settings_file.cpp, the file's half.
#include "programs/common/settings.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <iostream>

namespace kolam::programs {
namespace {

constexpr int wrongUsage = 2;

/// Edits (insert, drop, replace) that make one word of the other.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) {
        row[j] = j;
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, replaced}));
        }
    }
    return row.back();
}

} // namespace

Settings::Settings(std::string program, std::string description)
    : m_program(std::move(program))
    , m_description(std::move(description)) {}

void Settings::add(std::string name, std::string placeholder, std::string help, Setter set, Times times) {
    m_settings.push_back({std::move(name), std::move(placeholder), std::move(help), std::move(set), times, false, {}});
}

void Settings::addSwitch(std::string name, std::string help, bool& target) {
    m_settings.push_back({std::move(name), {}, std::move(help), into<bool>(target, readSwitch), Times::Once, true, {}});
}

std::string Settings::nearest(std::string_view mistyped) const {
    const Setting* best = nullptr;
    std::size_t closest = mistyped.size() / 3 + 2; // further away it would be a guess
    for (const Setting& setting : m_settings) {
        if (const std::size_t edits = distance(mistyped, setting.name); edits < closest) {
            closest = edits;
            best = &setting;
        }
    }
    return best == nullptr ? std::string{} : fmt::format("; did you mean {}?", best->name);
}

std::optional<int> Settings::read(int argc, const char* const* argv) {
    CLI::App app{m_description, m_program};
    app.set_version_flag("--version", fmt::format("{} {}", m_program, KOLAM_VERSION));
    std::string file;
    bool checkOnly = false;
    app.add_option("--config", file, "read settings from this TOML file; options win over it")->type_name("FILE");
    app.add_flag("--check-config", checkOnly, "say whether the settings are good, and end");
    for (Setting& setting : m_settings) {
        const std::string option = "--" + setting.name;
        if (setting.isSwitch) {
            app.add_flag_callback(option, [&setting] { setting.given.emplace_back("on"); }, setting.help);
        } else {
            auto* const added = app.add_option(option, setting.given, setting.help)->type_name(setting.placeholder);
            added->expected(1);
            added->multi_option_policy(setting.times == Times::Many ? CLI::MultiOptionPolicy::TakeAll
                                                                    : CLI::MultiOptionPolicy::TakeLast);
        }
    }
    const auto wrong = [this](const std::string& text) {
        std::cerr << m_program << ": " << text << '\n';
        return wrongUsage;
    };
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& success) { // --help, --version
        return app.exit(success);
    } catch (const CLI::ExtrasError&) {
        const std::string unknown = app.remaining().front();
        const std::string name = unknown.substr(std::min(unknown.find_first_not_of('-'), unknown.size()));
        return wrong(fmt::format("{} is no option{}", unknown, nearest(name)));
    } catch (const CLI::ParseError& error) {
        return wrong(error.what());
    }
    if (!file.empty()) {
        if (const auto readIt = readFile(file); !readIt) {
            return wrong(readIt.error());
        }
    }
    for (const Setting& setting : m_settings) {
        for (const std::string& value : setting.given) {
            if (const auto set = setting.set(value); !set) {
                return wrong(fmt::format("--{} {}, not \"{}\"", setting.name, set.error(), value));
            }
        }
    }
    if (m_condition) {
        if (const auto good = m_condition(); !good) {
            return wrong(good.error());
        }
    }
    if (checkOnly) {
        std::cout << m_program << ": the settings are good\n";
        return 0;
    }
    return std::nullopt;
}

} // namespace kolam::programs
