// SPDX-License-Identifier: GPL-3.0-or-later
// `kolam ping`: pings a pool and watches the numbers of the replies. Next door: demos/users/pingpong.
#include "demos/cli/commands.h"
#include "demos/cli/option_reading.h"
#include "demos/cli/user_program.h"
#include "demos/users/pingpong/ping_user.h"
#include "programs/common/values.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fmt/format.h>

namespace kolam::cli {

namespace {

struct PingCommand : UserOptions {
    users::PingOptions ping;
};

double milliseconds(Duration duration) {
    return std::chrono::duration<double, std::milli>(duration).count();
}

/// Says what happens, one line each.
class PingPrinter final : public users::PingListener {
public:
    explicit PingPrinter(DescriptorDispatcher& dispatcher) : m_dispatcher(dispatcher) {}

    void onReply(const users::PingReply& reply) override {
        fmt::print("reply {} to message {} from {} in {:.2f} ms\n", reply.number, reply.message, toText(reply.element),
                   milliseconds(reply.took));
        if (reply.number > reply.expected) {
            fmt::print("  gap: expected reply {}, got {}\n", reply.expected, reply.number);
        } else if (reply.number < reply.expected) {
            fmt::print("  reply {} again: expected {}\n", reply.number, reply.expected);
        }
        std::fflush(stdout);
    }
    void onReplyTimeout(PeIdentifier element) override {
        say(fmt::format("no reply from {}: looking for another element", toText(element)));
    }
    void onFailoverBegin(PeIdentifier failed, FailoverCause cause) override {
        say(fmt::format("lost {}: {}", toText(failed), toText(cause)));
    }
    void onFailoverEnd(PeIdentifier next, bool resumed, Duration took) override {
        say(fmt::format("goes on at {} after {:.1f} ms, {}", toText(next), milliseconds(took),
                        resumed ? "from its cookie" : "from the beginning"));
    }
    void onDone() override { m_dispatcher.stop(); }

private:
    static void say(const std::string& line) {
        fmt::print("{}\n", line);
        std::fflush(stdout);
    }
    DescriptorDispatcher& m_dispatcher;
};

/// The exit code is 0 when no number was skipped, and every ping of a given count was answered.
int ping(const PingCommand& options) {
    return runUser(options, [&](DescriptorDispatcher& dispatcher, Log&, UserNode& node) {
        PingPrinter printer{dispatcher};
        users::PingUser user{dispatcher, node, printer, options.ping};
        dispatcher.run();
        const users::PingUser::Statistics& all = user.statistics();
        fmt::print("{} pings, {} replies, {} skipped, {} repeated, {} failovers, {} reply time-outs\n", all.pings,
                   all.replies, all.skipped, all.repeated + all.unordered, all.failovers, all.timeouts);
        if (all.replies > 0) {
            fmt::print("round trip: least {:.2f} ms, mean {:.2f} ms, most {:.2f} ms\n", milliseconds(all.shortest),
                       milliseconds(all.sum) / static_cast<double>(all.replies), milliseconds(all.longest));
        }
        const bool complete = options.ping.count == 0 ? all.replies > 0 : all.replies >= options.ping.count;
        return all.gapless() && complete ? 0 : cannotRun;
    });
}

} // namespace

void addPing(CLI::App& kolam, Run& run) {
    CLI::App* const command =
        kolam.add_subcommand("ping", "Ping a pool, and watch whether its replies go on gaplessly");
    const auto options = std::make_shared<PingCommand>();
    options->command = "kolam ping";
    options->pool = options->ping.pool;
    addUserOptions(*command, options);
    addRead(*command, "--interval", "Time between two pings (500ms)", [options](const std::string& text) {
        return take(programs::readDuration(text, std::chrono::milliseconds{1}, std::chrono::hours{1}),
                    options->ping.interval);
    });
    addRead(*command, "--timeout", "An element that owes a reply for so long is left for another one (5s)",
            [options](const std::string& text) {
                return take(programs::readDuration(text, std::chrono::milliseconds{10}, std::chrono::hours{1}),
                            options->ping.replyTimeout);
            });
    addNumber(*command, "--count", "End after so many answered pings; 0: go on (0)", options->ping.count);
    command->callback([options, &run] {
        run = [options] {
            options->ping.pool = options->pool;
            return ping(*options);
        };
    });
}

} // namespace kolam::cli
