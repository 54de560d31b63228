// SPDX-License-Identifier: GPL-3.0-or-later
// A program's settings, declared once: each is an option (--name VALUE) and a key of the configuration file
// (name = VALUE), with one reader for both. Mistakes are told with file, line and column, or with the option's name,
// and with the nearest name when one was mistyped. Next door: values.h, the readers.
#pragma once

#include "programs/common/values.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kolam::programs {

/// Takes one value; the error is the end of a sentence that begins with the setting's name.
using Setter = std::function<std::expected<void, std::string>(std::string_view text)>;

/// Reads a value and stores it.
template <typename Value, typename Target, typename... Arguments>
[[nodiscard]] Setter into(Target& target, Read<Value> (*read)(std::string_view, Arguments...),
                          std::type_identity_t<Arguments>... arguments) {
    return [&target, read, arguments...](std::string_view text) -> std::expected<void, std::string> {
        auto value = read(text, arguments...);
        if (!value) {
            return std::unexpected(std::move(value.error()));
        }
        target = static_cast<Target>(std::move(*value));
        return {};
    };
}

class Settings {
public:
    enum class Times : std::uint8_t { Once, Many }; // Many: an array in the file; options add to it

    Settings(std::string program, std::string description);
    void add(std::string name, std::string placeholder, std::string help, Setter set, Times times = Times::Once);
    /// A switch: --name, or name = true.
    void addSwitch(std::string name, std::string help, bool& target);

    /// Reads the file that --config names, then the options, which win.
    /// @return what the process should exit with at once: 0 after --help, --version and --check-config, 2 after a
    ///         mistake, which has been printed. Nothing: go on.
    [[nodiscard]] std::optional<int> read(int argc, const char* const* argv);
    /// Further conditions on the whole, for read() to check before it says that all is well.
    void check(std::function<std::expected<void, std::string>()> condition) { m_condition = std::move(condition); }

    /// The file alone; for tests. The error is complete: "FILE:LINE:COLUMN: ...".
    [[nodiscard]] std::expected<void, std::string> readFile(const std::string& path);

private:
    struct Setting {
        std::string name;
        std::string placeholder;
        std::string help;
        Setter set;
        Times times = Times::Once;
        bool isSwitch = false;
        std::vector<std::string> given; // on the command line
    };
    [[nodiscard]] std::string nearest(std::string_view mistyped) const; // ", did you mean X?" or nothing

    std::string m_program;
    std::string m_description;
    std::vector<Setting> m_settings;
    std::function<std::expected<void, std::string>()> m_condition;
};

} // namespace kolam::programs
