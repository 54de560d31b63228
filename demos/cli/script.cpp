// SPDX-License-Identifier: GPL-3.0-or-later
// `kolam script`: has work done by a scripting pool; `submit` sends a work package as rsplib's clients do, `run` makes
// one of the present folder and a command. Next door: script_work.h, the package; demos/users/scripting, its way.
#include "core/wire/script_extensions.h"
#include "demos/cli/commands.h"
#include "demos/cli/option_reading.h"
#include "demos/cli/script_work.h"
#include "demos/cli/user_program.h"
#include "demos/services/scripting/script_files.h"
#include "demos/users/scripting/script_user.h"

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>

namespace kolam::cli {

namespace {

struct ScriptCommand : UserOptions {
    scripting::ScriptUserOptions user;
    std::string environment;
    std::uint64_t checkpointMebi = 64;
    bool quiet = false;
    // submit
    std::string input;
    std::string output;
    // run
    std::string folder = ".";
    std::vector<std::string> words;
};

using Outcome = scripting::ScriptUser::Outcome;
using Stage = scripting::ScriptUser::Stage;

std::expected<scripting::Descriptor, std::string> openFile(const std::string& name) {
    scripting::Descriptor file{::open(name.c_str(), O_RDONLY | O_CLOEXEC)};
    if (!file.ok()) {
        return std::unexpected(fmt::format("cannot read {}: {}", name, std::strerror(errno)));
    }
    return file;
}

std::string_view nameOf(Stage stage) {
    switch (stage) {
    case Stage::Seeking: return "looks for an element";
    case Stage::Waiting: return "at element";
    case Stage::Uploading: return "uploads";
    case Stage::Restoring: return "the work goes on from checkpoint";
    case Stage::Running: return "the work is being done";
    case Stage::Downloading: return "downloads";
    case Stage::Done: return "done";
    }
    std::unreachable();
}

int complain(const ScriptCommand& options, std::string_view why) {
    fmt::print(stderr, "{}: {}\n", options.command, why);
    return cannotRun;
}

/// Has it done, and gives the outcome to `take`, whose result is the exit code.
int have(const ScriptCommand& options, const scripting::Descriptor& package,
         const std::function<int(const Outcome&)>& take) {
    scripting::Descriptor environment;
    if (!options.environment.empty()) {
        auto file = openFile(options.environment);
        if (!file) {
            return complain(options, file.error());
        }
        environment = std::move(*file);
    }
    return runUser(options, [&](DescriptorDispatcher& dispatcher, Log& log, UserNode& node) {
        scripting::ScriptUser user{dispatcher, node, log, options.user, {package.get(), environment.get()}};
        if (!options.quiet) {
            user.onProgress([](Stage stage, std::string_view word) {
                fmt::print(stderr, "{}{}{}\n", nameOf(stage), word.empty() ? "" : " ", word);
            });
        }
        int code = cannotRun; // when it is interrupted
        user.onDone([&](std::expected<Outcome, std::string> outcome) {
            code = outcome ? take(*outcome) : complain(options, outcome.error());
            dispatcher.stop();
        });
        dispatcher.run();
        return code;
    });
}

void showReceipt(const ScriptCommand& options, const Outcome& outcome) {
    if (!options.quiet && outcome.receipt) {
        fmt::print(stderr, "receipt: {}\n", describe(*outcome.receipt));
    }
}

/// 0 when the work has ended well.
int submit(const ScriptCommand& options) {
    const auto package = openFile(options.input);
    if (!package) {
        return complain(options, package.error());
    }
    return have(options, *package, [&](const Outcome& outcome) {
        showReceipt(options, outcome);
        const scripting::Descriptor file{
            ::open(options.output.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)};
        std::vector<std::byte> octets(65'536);
        std::int64_t got = file.ok() ? 0 : -1;
        for (std::uint64_t at = 0; file.ok() && (got = scripting::readAt(outcome.output.get(), at, octets)) > 0;
             at += static_cast<std::uint64_t>(got)) {
            if (!scripting::append(file.get(), OctetView{octets}.first(static_cast<std::size_t>(got)))) {
                got = -1;
                break;
            }
        }
        if (got < 0) {
            return complain(options, fmt::format("cannot write {}: {}", options.output, std::strerror(errno)));
        }
        return outcome.exitStatus == 0 ? 0 : cannotRun;
    });
}

/// The exit code of the command.
int runCommand(const ScriptCommand& options) {
    const auto package = packWork(options.folder, options.words);
    if (!package) {
        return complain(options, package.error());
    }
    return have(options, *package, [&](const Outcome& outcome) {
        showReceipt(options, outcome);
        if (const auto taken = takeResults(options.folder, outcome.output); !taken) {
            return complain(options, taken.error());
        }
        return static_cast<int>(outcome.exitStatus);
    });
}

void addCommon(CLI::App& command, const std::shared_ptr<ScriptCommand>& options) {
    options->pool = options->user.pool;
    options->features = wire::scriptReceiptFeature | wire::Features::checkpoints;
    options->logLevel = LogLevel::Error; // progress tells the rest
    addUserOptions(command, options);
    command.add_option("--environment", options->environment,
                       "A file that many jobs need; elements keep it, so it is uploaded once");
    addNumber(command, "--max-trials", "Elements that may have the work end badly, before that is the result (3)",
              options->user.maxTrials, 1);
    const auto duration = [&](const std::string& name, const std::string& help, Duration& target) {
        addRead(command, name, help, [&target](const std::string& text) {
            return take(programs::readDuration(text, std::chrono::milliseconds{100}, std::chrono::hours{24}), target);
        });
    };
    duration("--retry-delay", "Wait about so long before another element gets the work (10s)",
             options->user.retryDelay);
    duration("--transmit-timeout", "Leave an element that sends and takes nothing for so long (59.5s)",
             options->user.transmitTimeout);
    duration("--keepalive-interval", "While it works, ask it for a sign of life after so long (10s)",
             options->user.keepAliveInterval);
    duration("--keepalive-timeout", "and leave it when it has not answered for so long (10s)",
             options->user.keepAliveTimeout);
    addNumber(command, "--max-checkpoint", "MiB of a checkpoint of the work; longer ones are not kept (64)",
              options->checkpointMebi, 1, 1ULL << 20U);
    command.add_flag("--quiet", options->quiet, "Say nothing of the progress");
}

} // namespace

void addScript(CLI::App& kolam, Run& run) {
    CLI::App* const script = kolam.add_subcommand("script", "Have work done by a scripting pool");
    script->require_subcommand(1);
    const auto finish = [&run](CLI::App* command, const std::shared_ptr<ScriptCommand>& options, auto what) {
        command->callback([options, what, &run] {
            run = [options, what] {
                options->user.pool = options->pool;
                options->user.maxCheckpoint = options->checkpointMebi << 20U;
                return what(*options);
            };
        });
    };

    CLI::App* const submitCommand = script->add_subcommand("submit", "Send a work package, and fetch its results");
    const auto submitOptions = std::make_shared<ScriptCommand>();
    submitOptions->command = "kolam script submit";
    addCommon(*submitCommand, submitOptions);
    submitCommand
        ->add_option("--input", submitOptions->input,
                     "The work package: a tar archive with an executable file ssrun, which gets the output's name")
        ->required();
    submitCommand->add_option("--output", submitOptions->output, "Where the results go")->required();
    finish(submitCommand, submitOptions, &submit);

    CLI::App* const runCommandParser =
        script->add_subcommand("run", "Run a command on the present folder somewhere in the pool");
    const auto runOptions = std::make_shared<ScriptCommand>();
    runOptions->command = "kolam script run";
    addCommon(*runCommandParser, runOptions);
    runCommandParser->add_option("--folder", runOptions->folder, "The folder, where the results go, too (.)")
        ->check(CLI::ExistingDirectory);
    runCommandParser->add_option("command", runOptions->words, "The command and its arguments, after --")->required();
    finish(runCommandParser, runOptions, &runCommand);
}

} // namespace kolam::cli
