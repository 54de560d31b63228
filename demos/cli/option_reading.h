// SPDX-License-Identifier: GPL-3.0-or-later
// Options whose text goes through the readers that all programs share (programs/common/values.h), so that a value means
// the same everywhere and nothing is guessed. Next door: node_options.h, the options that many sub-commands have.
#pragma once

#include "programs/common/values.h"

#include <CLI/CLI.hpp>
#include <cstdint>
#include <expected>
#include <fmt/format.h>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace kolam::cli {

/// The exit codes of every sub-command, besides 0.
inline constexpr int cannotRun = 1;
inline constexpr int badOption = 2;

/// One sentence on standard error, and the exit code of a sub-command that cannot go on.
inline int complain(std::string_view command, std::string_view sentence) {
    fmt::print(stderr, "kolam {}: {}\n", command, sentence);
    return cannotRun;
}

/// Keeps what a reader has read; the answer is for addRead().
template <typename Value, typename Target>
std::string take(std::expected<Value, std::string> value, Target& target) {
    if (!value) {
        return value.error();
    }
    target = static_cast<Target>(std::move(*value));
    return {};
}

/// Adds an option whose text is given to `store`, which answers with what is wrong with it, or with nothing.
template <typename Store>
CLI::Option* addRead(CLI::App& command, const std::string& name, const std::string& help, Store store) {
    return command
        .add_option_function<std::string>(
            name,
            [store = std::move(store), name](const std::string& text) {
                if (const std::string error = store(text); !error.empty()) {
                    throw CLI::ValidationError(name, error);
                }
            },
            help)
        ->type_name("TEXT");
}

/// The same with one of the readers that all programs share.
template <typename Value, typename Target, typename... Arguments>
CLI::Option* addRead(CLI::App& command, const std::string& name, const std::string& help, Target& target,
                     programs::Read<Value> (*read)(std::string_view, Arguments...),
                     std::type_identity_t<Arguments>... more) {
    return addRead(command, name, help,
                   [&target, read, more...](const std::string& text) { return take(read(text, more...), target); });
}

/// An option that is a whole number within limits. The parser's own reading takes -1 for a very large one.
template <typename Number>
CLI::Option* addNumber(CLI::App& command, const std::string& name, const std::string& help, Number& target,
                       std::uint64_t least = 0, std::uint64_t most = std::numeric_limits<Number>::max()) {
    return addRead(command, name, help, [&target, least, most](const std::string& text) {
        return take(programs::readNumber(text, least, most), target);
    });
}

} // namespace kolam::cli
