// SPDX-License-Identifier: GPL-3.0-or-later
// The configuration file's half of the settings, and the only place that knows toml++.
// Next door: settings.cpp, the command line's half.
#include "programs/common/settings.h"

#define TOML_EXCEPTIONS 0
#include <algorithm>
#include <fmt/format.h>
#include <toml++/toml.h>

namespace kolam::programs {
namespace {

std::string at(const std::string& path, const toml::source_position& place) {
    return fmt::format("{}:{}:{}", path, place.line, place.column);
}

/// A value as it would be written on the command line; nothing when it is a table, a date or the like.
std::optional<std::string> asText(const toml::node& node) {
    if (const auto* const text = node.as_string()) {
        return text->get();
    }
    if (const auto* const number = node.as_integer()) {
        return std::to_string(number->get());
    }
    if (const auto* const yes = node.as_boolean()) {
        return yes->get() ? "on" : "off";
    }
    if (const auto* const number = node.as_floating_point()) {
        return fmt::format("{}", number->get());
    }
    return std::nullopt;
}

} // namespace

std::expected<void, std::string> Settings::readFile(const std::string& path) {
    const toml::parse_result parsed = toml::parse_file(path);
    if (!parsed) {
        const toml::parse_error& error = parsed.error();
        if (error.source().begin.line == 0) {
            return std::unexpected(fmt::format("{}: {}", path, error.description()));
        }
        return std::unexpected(fmt::format("{}: {}", at(path, error.source().begin), error.description()));
    }
    for (const auto& [key, node] : parsed.table()) {
        const auto setting = std::ranges::find(m_settings, key.str(), &Setting::name);
        if (setting == m_settings.end()) {
            return std::unexpected(
                fmt::format("{}: {} is no setting{}", at(path, key.source().begin), key.str(), nearest(key.str())));
        }
        const auto setOne = [&](const toml::node& value) -> std::expected<void, std::string> {
            const auto text = asText(value);
            if (!text) {
                return std::unexpected(fmt::format("{}: {} must be text, a number, true or false",
                                                   at(path, value.source().begin), setting->name));
            }
            if (const auto set = setting->set(*text); !set) {
                return std::unexpected(fmt::format("{}: {} {}, not \"{}\"", at(path, value.source().begin),
                                                   setting->name, set.error(), *text));
            }
            return {};
        };
        const toml::array* const values = node.as_array();
        if (values == nullptr) {
            if (auto set = setOne(node); !set) {
                return set;
            }
            continue;
        }
        if (setting->times != Times::Many) {
            return std::unexpected(
                fmt::format("{}: {} takes one value only", at(path, node.source().begin), setting->name));
        }
        for (const toml::node& value : *values) {
            if (auto set = setOne(value); !set) {
                return set;
            }
        }
    }
    return {};
}

} // namespace kolam::programs
