// SPDX-License-Identifier: GPL-3.0-or-later
// `kolam top`: who reports by CSP, as a table that follows the reports: also pools of rsplib. Next door: top_model.h,
// the table; core/telemetry/csp_source.h, the reports.
#include "core/dispatch/epoll_dispatcher.h"
#include "core/telemetry/csp_source.h"
#include "demos/cli/commands.h"
#include "demos/cli/key_reader.h"
#include "demos/cli/top_model.h"
#include "programs/common/signals.h"
#include "programs/common/values.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>
#include <memory>
#include <sys/ioctl.h>
#include <unistd.h>

namespace kolam::cli {

namespace {

using namespace std::chrono_literals;

constexpr int cannotListen = 1;
constexpr Duration redraw = 250ms;

struct TopOptions {
    TransportAddress address{{IpAddress::v4(127, 0, 0, 1)}, wire::cspPort};
    bool insecureLan = false;
    Duration once{}; // > 0: print one table after so long
    TopLook look;
};

void write(std::string_view text) {
    while (!text.empty()) {
        const ssize_t length = ::write(STDOUT_FILENO, text.data(), text.size());
        if (length <= 0) {
            return; // nobody reads
        }
        text.remove_prefix(static_cast<std::size_t>(length));
    }
}

/// The alternate screen, without a cursor, for as long as it lives.
class Screen {
public:
    Screen() { write("\x1b[?1049h\x1b[?25l"); }
    ~Screen() { write("\x1b[?25h\x1b[?1049l"); }
    Screen(const Screen&) = delete;
    Screen& operator=(const Screen&) = delete;
    static void show(const std::vector<std::string>& lines) {
        std::string text = "\x1b[H";
        for (const std::string& line : lines) {
            text += text.size() > 3 ? "\r\n" : "";
            text += line + "\x1b[K";
        }
        write(text + "\x1b[J");
    }
};

void fitToTerminal(TopLook& look) {
    winsize size{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_row > 0) {
        look.columns = size.ws_col;
        look.rows = size.ws_row;
    }
}

/// What a key changes. False: it ends the program.
bool obey(char key, TopLook& look) {
    switch (key) {
    case 'q':
    case 'Q':
    case '\x03': return false;
    case 'r': look.reversed = !look.reversed; break;
    case 'f': look.associations = !look.associations; break;
    default:
        if (key >= '1' && key <= '6') {
            look.order = static_cast<TopOrder>(key - '1');
        }
    }
    return true;
}

int top(TopOptions options) {
    if (!options.insecureLan && options.address.ips.front().scope() != AddressScope::Loopback) {
        fmt::print(stderr, "kolam top: addresses beyond the loopback interface need --insecure-lan: reports are not "
                           "authenticated\n");
        return 2;
    }
    EpollDispatcher dispatcher;
    TopModel model;
    const auto source =
        telemetry::CspSource::open(dispatcher, {.local = options.address, .limits = {}},
                                   [&](const telemetry::Event& event, OctetView) { model.take(event); });
    if (!source) {
        fmt::print(stderr, "kolam top: {}\n", source.error());
        return cannotListen;
    }
    options.address.port = (*source)->port();
    const bool terminal = ::isatty(STDOUT_FILENO) == 1;
    const bool screenful = terminal && options.once == Duration{};
    const auto lines = [&] {
        if (screenful) {
            fitToTerminal(options.look);
        }
        const auto& counters = (*source)->counters();
        return model.lines(options.look,
                           {toText(options.address), counters.reports, counters.dropped, counters.malformed},
                           dispatcher.now());
    };
    const programs::SignalWatch signals{dispatcher, [&](int) { dispatcher.stop(); }};
    if (!screenful) {
        options.look.rows = 0;
        options.look.colours = terminal;
        dispatcher.callIn(options.once > Duration{} ? options.once : Duration{2s}, [&] { dispatcher.stop(); });
        dispatcher.run();
        for (const std::string& line : lines()) {
            write(line.substr(0, line.find_last_not_of(' ') + 1) + "\n");
        }
        return 0;
    }
    const Screen screen;
    const KeyReader keys{dispatcher, [&](char key) {
                             if (obey(key, options.look)) {
                                 Screen::show(lines());
                             } else {
                                 dispatcher.stop();
                             }
                         }};
    std::function<void()> draw = [&] {
        Screen::show(lines());
        dispatcher.callIn(redraw, [&] { draw(); });
    };
    draw();
    dispatcher.run();
    return 0;
}

} // namespace

void addTop(CLI::App& kolam, Run& run) {
    auto options = std::make_shared<TopOptions>();
    options->look.columns = 160; // where there is no terminal
    CLI::App* const command = kolam.add_subcommand(
        "top", "Who reports by CSP, as a table. Keys: 1-6 sort by role, load, age, uptime, associations, location; "
               "r reverses, f shows associations, q ends");
    const auto read = [command](const char* name, const char* help, auto store) {
        command
            ->add_option_function<std::string>(
                name,
                [store, name](const std::string& text) {
                    if (const std::string error = store(text); !error.empty()) {
                        throw CLI::ValidationError(name, error);
                    }
                },
                help)
            ->type_name("TEXT");
    };
    read("--listen", "Where reports come in: ADDRESS:PORT (127.0.0.1:2960)", [options](const std::string& text) {
        auto address = TransportAddress::parse(text, wire::cspPort);
        if (!address || address->ips.size() != 1) {
            return std::string{"must be one address such as 127.0.0.1:2960"};
        }
        options->address = std::move(*address);
        return std::string{};
    });
    read("--sort", "role, load, age, uptime, associations or location (role)", [options](const std::string& text) {
        const auto order = readTopOrder(text);
        options->look.order = order.value_or(TopOrder::Role);
        return order ? std::string{} : std::string{"must be role, load, age, uptime, associations or location"};
    });
    read("--once", "Print one table after this time, as 2s, and end", [options](const std::string& text) {
        const auto time = programs::readDuration(text, 10ms, 24h);
        options->once = time.value_or(Duration{});
        return time ? std::string{} : time.error();
    });
    command->add_flag("--full", options->look.associations, "Show every association");
    command->add_flag("--reverse", options->look.reversed, "The other way round");
    command->add_flag("--insecure-lan", options->insecureLan, "Hear other hosts, too. Nothing is authenticated.");
    command->callback([options, &run] { run = [options] { return top(*options); }; });
}

} // namespace kolam::cli
