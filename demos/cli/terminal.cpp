// SPDX-License-Identifier: GPL-3.0-or-later
// `kolam terminal`: lines of standard input for a pool, its answers on standard output.
// Next door: demos/users/terminal, which does it.
#include "demos/cli/commands.h"
#include "demos/cli/line_reader.h"
#include "demos/cli/option_reading.h"
#include "demos/cli/user_program.h"
#include "demos/users/terminal/terminal_user.h"
#include "programs/common/values.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fmt/format.h>
#include <ranges>

namespace kolam::cli {

namespace {

constexpr std::size_t mostWaiting = 256; // lines; then the input waits

struct TerminalCommand : UserOptions {
    users::TerminalOptions terminal;
    bool raw = false;
};

/// Answers go to standard output, everything else to standard error: so a script can tell them apart.
class TerminalPrinter final : public users::TerminalListener {
public:
    TerminalPrinter(DescriptorDispatcher& dispatcher, bool raw) : m_dispatcher(dispatcher), m_raw(raw) {}

    void onAnswer(PeIdentifier element, std::string_view text) override {
        if (m_raw) {
            fmt::print("{}", text);
        } else {
            if (text.ends_with('\n')) {
                text.remove_suffix(1);
            }
            for (const auto line : std::views::split(text, '\n')) {
                fmt::print("{}> {}\n", toText(element), users::printable({line.begin(), line.end()}));
            }
        }
        std::fflush(stdout);
    }
    void onElement(PeIdentifier element) override { fmt::print(stderr, "at element {}\n", toText(element)); }
    void onFailoverBegin(PeIdentifier failed, FailoverCause cause) override {
        fmt::print(stderr, "lost element {}: {}\n", toText(failed), toText(cause));
    }
    void onEnd(bool wentWell) override {
        if (!wentWell) {
            fmt::print(stderr, "kolam terminal: no element of the pool was found in time\n");
        }
        exitCode = wentWell ? 0 : cannotRun;
        m_dispatcher.stop();
    }

    int exitCode = 0;

private:
    DescriptorDispatcher& m_dispatcher;
    bool m_raw;
};

int terminal(const TerminalCommand& options) {
    return runUser(options, [&](DescriptorDispatcher& dispatcher, Log&, UserNode& node) {
        TerminalPrinter printer{dispatcher, options.raw};
        users::TerminalUser user{dispatcher, node, printer, options.terminal};
        const LineReader reader{dispatcher, [&](std::string line) { user.line(std::move(line)); },
                                [&] { user.endOfInput(); }, [&] { return user.waiting() < mostWaiting; }};
        dispatcher.run();
        return printer.exitCode;
    });
}

} // namespace

void addTerminal(CLI::App& kolam, Run& run) {
    CLI::App* const command = kolam.add_subcommand("terminal", "Send lines to a pool, and show what it answers");
    const auto options = std::make_shared<TerminalCommand>();
    options->command = "kolam terminal";
    options->pool = options->terminal.pool;
    addUserOptions(*command, options);
    addRead(*command, "--linger", "After the end of the input, so long without an answer is the end (1s)",
            [options](const std::string& text) {
                return take(programs::readDuration(text, Duration{0}, std::chrono::hours{1}), options->terminal.linger);
            });
    addRead(*command, "--patience", "After the end of the input, wait so long for an element (1min)",
            [options](const std::string& text) {
                return take(programs::readDuration(text, Duration{0}, std::chrono::hours{24}),
                            options->terminal.patience);
            });
    command->add_flag("--raw", options->raw, "Answers as they are: no names of elements, nothing made printable");
    command->callback([options, &run] {
        run = [options] {
            options->terminal.pool = options->pool;
            return terminal(*options);
        };
    });
}

} // namespace kolam::cli
