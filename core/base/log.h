// SPDX-License-Identifier: GPL-3.0-or-later
// The only way the core speaks to people: through an interface that a program, a test or the simulator provides.
#pragma once

#include <cstdint>
#include <fmt/format.h>
#include <string_view>

namespace kolam {

enum class LogLevel : std::uint8_t { Debug, Info, Warning, Error };

/// Takes finished lines. Called on the dispatcher's thread; must not block for long.
class Log {
public:
    virtual ~Log() = default;
    virtual void write(LogLevel level, std::string_view line) = 0;
    [[nodiscard]] virtual bool wants(LogLevel level) const = 0;

    template <typename... Arguments>
    void debug(fmt::format_string<Arguments...> text, Arguments&&... arguments) {
        line(LogLevel::Debug, text, std::forward<Arguments>(arguments)...);
    }
    template <typename... Arguments>
    void info(fmt::format_string<Arguments...> text, Arguments&&... arguments) {
        line(LogLevel::Info, text, std::forward<Arguments>(arguments)...);
    }
    template <typename... Arguments>
    void warning(fmt::format_string<Arguments...> text, Arguments&&... arguments) {
        line(LogLevel::Warning, text, std::forward<Arguments>(arguments)...);
    }
    template <typename... Arguments>
    void error(fmt::format_string<Arguments...> text, Arguments&&... arguments) {
        line(LogLevel::Error, text, std::forward<Arguments>(arguments)...);
    }

private:
    template <typename... Arguments>
    void line(LogLevel level, fmt::format_string<Arguments...> text, Arguments&&... arguments) {
        if (wants(level)) {
            write(level, fmt::format(text, std::forward<Arguments>(arguments)...));
        }
    }
};

/// Drops everything: for tests that look at behaviour only.
class SilentLog final : public Log {
public:
    void write(LogLevel, std::string_view) override {}
    [[nodiscard]] bool wants(LogLevel) const override { return false; }
};

} // namespace kolam
