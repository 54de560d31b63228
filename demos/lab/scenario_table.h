// SPDX-License-Identifier: GPL-3.0-or-later
// One table of a scenario file, as its readers need it: keys are asked for by name and type, a mistake says where it
// is, and a key that nobody has asked for is one. Next door: scenario_file.cpp, the reader.
#pragma once

#include "core/base/time.h"
#include "demos/lab/scenario.h"
#include "programs/common/values.h"

#define TOML_EXCEPTIONS 0
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <toml++/toml.h>
#include <utility>
#include <vector>

namespace kolam::lab {

inline constexpr Duration longestOfAScenario = std::chrono::hours{24};

/// Thrown while a file is read, and caught there: reading goes deep, and the first mistake ends it.
struct Mistake {
    toml::source_position place;
    std::string text;
};

[[noreturn]] inline void wrong(const toml::node& node, std::string text) {
    throw Mistake{node.source().begin, std::move(text)};
}

/// One table of the file; every key must be asked for, or it is a mistake.
class Table {
public:
    Table(const toml::table& table, std::string what) : m_table(table), m_what(std::move(what)) {}

    [[nodiscard]] const toml::node* get(std::string_view key) {
        m_asked.emplace(key);
        return m_table.get(key);
    }
    [[nodiscard]] const toml::node& need(std::string_view key) {
        const toml::node* const node = get(key);
        if (node == nullptr) {
            wrong(m_table, fmt::format("{} needs \"{}\"", m_what, key));
        }
        return *node;
    }
    [[nodiscard]] bool has(std::string_view key) const { return m_table.contains(key); }
    std::string text(std::string_view key, std::string otherwise = {}) {
        const toml::node* const node = get(key);
        return node == nullptr ? std::move(otherwise) : textOf(*node, key);
    }
    static std::string textOf(const toml::node& node, std::string_view key) {
        if (const auto* const text = node.as_string()) {
            return text->get();
        }
        wrong(node, fmt::format("{} must be text", key));
    }
    std::vector<std::string> texts(std::string_view key) {
        const toml::node* const node = get(key);
        if (node == nullptr) {
            return {};
        }
        const toml::array* const array = node->as_array();
        if (array == nullptr) {
            return {textOf(*node, key)};
        }
        std::vector<std::string> all;
        for (const toml::node& each : *array) {
            all.push_back(textOf(each, key));
        }
        return all;
    }
    std::size_t count(std::string_view key, std::size_t otherwise, std::size_t most) {
        const toml::node* const node = get(key);
        if (node == nullptr) {
            return otherwise;
        }
        const auto number = node->value_exact<std::int64_t>();
        if (!number || *number < 1 || static_cast<std::size_t>(*number) > most) {
            wrong(*node, fmt::format("{} must be a whole number of 1 to {}", key, most));
        }
        return static_cast<std::size_t>(*number);
    }
    bool flag(std::string_view key) {
        const toml::node* const node = get(key);
        if (node != nullptr && !node->is_boolean()) {
            wrong(*node, fmt::format("{} must be true or false", key));
        }
        return node != nullptr && *node->value_exact<bool>();
    }
    Duration duration(std::string_view key, Duration otherwise, Duration least, Duration most = longestOfAScenario) {
        const toml::node* const node = get(key);
        return node == nullptr ? otherwise : durationOf(*node, key, least, most);
    }
    static Duration durationOf(const toml::node& node, std::string_view key, Duration least, Duration most) {
        const auto value = programs::readDuration(textOf(node, key), least, most);
        if (!value) {
            wrong(node, fmt::format("{} {}", key, value.error()));
        }
        return *value;
    }
    /// Words for people: text, which is English, or a table of languages.
    Words words(std::string_view key) {
        const toml::node* const node = get(key);
        return node == nullptr ? Words{} : wordsOf(*node, key);
    }
    static Words wordsOf(const toml::node& node, std::string_view key) {
        Words words;
        if (const auto* const languages = node.as_table()) {
            for (const auto& [language, text] : *languages) {
                words.byLanguage.emplace(language.str(), textOf(text, language.str()));
            }
        } else {
            words.byLanguage.emplace("en", textOf(node, key));
        }
        if (!words.byLanguage.contains("en")) {
            wrong(node, fmt::format("{} needs \"en\": who speaks no other language reads that", key));
        }
        return words;
    }
    /// Calls `function` with each table of an array of them.
    template <typename Function>
    void each(std::string_view key, const Function& function) {
        const toml::node* const node = get(key);
        if (node == nullptr) {
            return;
        }
        const toml::array* const array = node->as_array();
        if (array == nullptr) {
            wrong(*node, fmt::format("write [[{}]], one for each", key));
        }
        for (const toml::node& entry : *array) {
            if (!entry.is_table()) {
                wrong(entry, fmt::format("write [[{}]], one for each", key));
            }
            Table one{*entry.as_table(), fmt::format("[[{}]]", key)};
            function(one);
            one.end();
        }
    }
    /// Every key that nobody has asked for is a mistake.
    void end() const {
        for (const auto& [key, node] : m_table) {
            if (!m_asked.contains(key.str())) {
                throw Mistake{key.source().begin, fmt::format("{} has no key \"{}\"; it may have {}", m_what, key.str(),
                                                              fmt::join(m_asked, ", "))};
            }
        }
    }
    [[nodiscard]] const toml::table& node() const { return m_table; }

private:
    const toml::table& m_table;
    std::string m_what;
    std::set<std::string, std::less<>> m_asked;
};

} // namespace kolam::lab
