// SPDX-License-Identifier: GPL-3.0-or-later
// Measures what a user of a pool feels when an element dies: real processes on loopback, sessions that stream fractal
// data, and the time from the signal to the first message of the next element.
//   measure_failover --kills 50            SIGKILL at random phases
//   measure_failover --kills 20 --freeze   SIGSTOP instead
//   measure_failover --calm 600            no faults, every core busy: counts false alarms; with --profile fast, for
//                                          instance, also those of its short patience
//   measure_failover --sessions 64 --storm 60   more sessions than slots: connects a second of the waiting ones
#include "core/dispatch/epoll_dispatcher.h"
#include "core/node/user_node.h"
#include "core/transport/user_transport.h"
#include "core/wire/codec.h"
#include "demos/lab/stage.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <fmt/format.h>
#include <thread>
#include <unistd.h>

namespace {

using namespace kolam;
using namespace std::chrono_literals;

struct Options {
    unsigned kills = 0;
    bool freeze = false;
    unsigned calmSeconds = 0;
    unsigned stormSeconds = 0;
    unsigned sessions = 9;
    unsigned elements = 3;
    unsigned slots = 16;
    std::uint64_t seed = 1;
    std::string profile = "demo";
};

/// A session that never ends: an image far too large, whose data are thrown away.
class Stream final : public SessionHandler {
public:
    Stream(Dispatcher& dispatcher, UserNode& user) : m_dispatcher(dispatcher), m_user(user) {
        m_session = m_user.openSession(PoolHandle{"FractalGeneratorPool"}, *this);
    }
    void onEstablished(PeIdentifier element, bool resumed) override {
        m_element = element;
        if (waitingSince && element != lostElement) {
            stages.established = m_dispatcher.now() - *waitingSince;
        }
        if (!resumed) {
            static const Octets parameter = wire::encode(wire::FractalParameter{.width = 60'000,
                                                                                .height = 60'000,
                                                                                .maxIterations = 1000,
                                                                                .c1Real = -1.5,
                                                                                .c1Imag = -1.5,
                                                                                .c2Real = 1.5,
                                                                                .c2Imag = 1.5});
            static_cast<void>(m_user.send(m_session, wire::fractalPpid, parameter));
        }
    }
    void onMessage(std::uint32_t, OctetView) override {
        ++messages;
        lastMessage = m_dispatcher.now();
        if (waitingSince && m_element != lostElement) {
            stages.message = lastMessage - *waitingSince;
            gap = stages;
            waitingSince.reset();
        }
    }
    void onFailoverBegin(PeIdentifier, FailoverCause cause) override {
        ++failovers;
        lastCause = cause;
        if (waitingSince && stages.noticed == Duration{}) {
            stages.noticed = m_dispatcher.now() - *waitingSince;
        }
    }
    [[nodiscard]] PeIdentifier element() const { return m_element; }
    [[nodiscard]] SessionStatus status() const { return m_user.sessionStatus(m_session); }

    struct Stages { // since the signal
        Duration noticed{};
        Duration established{};
        Duration message{};
    };
    std::optional<TimePoint> waitingSince;
    PeIdentifier lostElement;
    Stages stages;
    std::optional<Stages> gap; // when it is over
    std::uint64_t messages = 0;
    std::uint64_t failovers = 0;
    FailoverCause lastCause = FailoverCause::None;
    TimePoint lastMessage{};

private:
    Dispatcher& m_dispatcher;
    UserNode& m_user;
    SessionId m_session{};
    PeIdentifier m_element;
};

double milliseconds(Duration duration) {
    return std::chrono::duration<double, std::milli>(duration).count();
}

double quantile(std::vector<double> values, double q) {
    std::ranges::sort(values);
    return values.empty() ? 0 : values[static_cast<std::size_t>(q * static_cast<double>(values.size() - 1) + 0.5)];
}

lab::Scenario pool(const Options& options) {
    lab::Scenario scenario;
    scenario.profile = options.profile;
    scenario.troops = {{.name = "pr", .kind = lab::MemberKind::Registrar},
                       {.name = "pe",
                        .kind = lab::MemberKind::Element,
                        .count = options.elements,
                        .program = "fractal",
                        .options = {"--slots", std::to_string(options.slots)}}};
    return scenario;
}

class Measurement {
public:
    Measurement(const Options& options, std::filesystem::path programs, std::filesystem::path folder)
        : m_options(options)
        , m_dispatcher(options.seed)
        , m_stage(m_dispatcher, pool(options),
                  {.programs = std::move(programs),
                   .logs = std::move(folder),
                   .scope = fmt::format("failover-{}", ::getpid())},
                  [](const lab::Stage::Member&, const std::string&) {}) {}

    int run() {
        if (const auto started = m_stage.begin(); !started) {
            fmt::print(stderr, "{}\n", started.error());
            return 1;
        }
        auto transport = transport::makeUserTransport(m_dispatcher);
        if (!transport) {
            fmt::print(stderr, "no transport: {}\n", transport.error().message());
            return 1;
        }
        m_transport = std::move(*transport);
        UserNode::Config config;
        config.registrars = {.announces = false, .fixed = {m_stage.members().front().address}};
        config.profile = *findProfile(m_options.profile);
        auto user = UserNode::start(m_dispatcher, *m_transport, m_log, config);
        if (!user) {
            fmt::print(stderr, "no user: {}\n", user.error().message());
            return 1;
        }
        m_user = std::move(*user);
        for (unsigned i = 0; i < m_options.sessions; ++i) {
            m_streams.push_back(std::make_unique<Stream>(m_dispatcher, *m_user));
        }
        m_dispatcher.callIn(2s, [this] { begin(); });
        m_dispatcher.run();
        m_streams.clear();
        m_user.reset();
        m_transport.reset();
        return m_code;
    }

private:
    void begin() {
        if (m_options.calmSeconds > 0) {
            calm();
        } else if (m_options.stormSeconds > 0) {
            storm();
        } else {
            nextKill();
        }
    }

    /// With the victim; an error sentence, or nothing.
    std::string perform(lab::Deed deed) {
        for (const lab::Stage::Member& member : m_stage.members()) {
            if (member.component == telemetry::componentId(m_victim)) {
                return m_stage.perform(deed, member.name);
            }
        }
        return "there is no such element";
    }

    // ---- Kills ----
    void nextKill() {
        if (m_done == m_options.kills) {
            report();
            return;
        }
        m_dispatcher.callIn(std::chrono::milliseconds{300 + m_dispatcher.random().below(700)}, [this] { kill(); });
    }
    void kill() {
        // Whoever has sessions may be the victim.
        const Stream& chosen = *m_streams[m_dispatcher.random().below(m_streams.size())];
        m_victim = chosen.element();
        std::size_t affected = 0;
        for (const auto& stream : m_streams) {
            stream->gap.reset();
            stream->stages = {};
            if (stream->element() == m_victim) {
                stream->waitingSince = m_dispatcher.now();
                stream->lostElement = m_victim;
                ++affected;
            }
        }
        const std::string error = perform(m_options.freeze ? lab::Deed::Freeze : lab::Deed::Kill);
        if (!error.empty()) {
            fmt::print(stderr, "{}\n", error);
        }
        m_killed = m_dispatcher.now();
        watch(affected);
    }
    void watch(std::size_t affected) {
        m_dispatcher.callIn(2ms, [this, affected] {
            const bool waiting =
                std::ranges::any_of(m_streams, [](const auto& s) { return s->waitingSince.has_value(); });
            if (waiting && m_dispatcher.now() - m_killed < 30s) {
                watch(affected);
                return;
            }
            for (const auto& stream : m_streams) {
                if (stream->gap) {
                    m_noticed.push_back(milliseconds(stream->gap->noticed));
                    m_established.push_back(milliseconds(stream->gap->established));
                    m_gaps.push_back(milliseconds(stream->gap->message));
                } else if (stream->waitingSince) {
                    ++m_lost;
                    stream->waitingSince.reset();
                }
            }
            ++m_done;
            fmt::print("{:3}: element {} with {} sessions, longest gap so far {:.1f} ms\n", m_done, toText(m_victim),
                       affected, quantile(m_gaps, 1));
            std::fflush(stdout);
            restart();
        });
    }
    /// A killed process may still be dying: what computes at low priority also dies at low priority.
    void restart() {
        if (perform(lab::Deed::Restart).empty()) {
            m_dispatcher.callIn(1s, [this] { nextKill(); });
        } else {
            m_dispatcher.callIn(50ms, [this] { restart(); });
        }
    }
    static void print(std::string_view what, const std::vector<double>& values) {
        fmt::print("{}: p50 {:.1f} ms, p90 {:.1f} ms, p99 {:.1f} ms, longest {:.1f} ms\n", what, quantile(values, 0.5),
                   quantile(values, 0.9), quantile(values, 0.99), quantile(values, 1));
    }
    void report() {
        fmt::print("{} {} at random phases, {} sessions went on elsewhere, {} did not within 30 s\n", m_done,
                   m_options.freeze ? "SIGSTOPs" : "SIGKILLs", m_gaps.size(), m_lost);
        print("until the loss is noticed", m_noticed);
        print("until the next element has the session", m_established);
        print("from the signal to the first message of the next element", m_gaps);
        finish(m_lost == 0 && !m_gaps.empty() ? 0 : 1);
    }

    // ---- Calm: no false alarm under load ----
    void calm() {
        for (unsigned i = 0; i < std::thread::hardware_concurrency(); ++i) {
            m_busy.emplace_back([this](const std::stop_token& stop) {
                while (!stop.stop_requested()) {
                    m_spins.fetch_add(1, std::memory_order_relaxed);
                }
            });
        }
        m_dispatcher.callIn(std::chrono::seconds{m_options.calmSeconds}, [this] {
            m_busy.clear();
            std::uint64_t alarms = 0;
            std::uint64_t messages = 0;
            for (const auto& stream : m_streams) {
                alarms += stream->failovers;
                messages += stream->messages;
            }
            fmt::print("{} s with every core busy, {} sessions, {} messages: {} false alarms\n", m_options.calmSeconds,
                       m_streams.size(), messages, alarms);
            finish(alarms == 0 ? 0 : 1);
        });
    }

    // ---- Storm: more sessions than slots ----
    void storm() {
        std::vector<std::uint64_t> before;
        for (const auto& stream : m_streams) {
            before.push_back(stream->status().attempts);
        }
        m_dispatcher.callIn(std::chrono::seconds{m_options.stormSeconds}, [this, before] {
            std::uint64_t most = 0;
            std::uint64_t all = 0;
            std::size_t waiting = 0;
            for (std::size_t i = 0; i < m_streams.size(); ++i) {
                const SessionStatus status = m_streams[i]->status();
                const std::uint64_t attempts = status.attempts - before[i];
                most = std::max(most, attempts);
                all += attempts;
                waiting += status.state == SessionState::Established ? 0u : 1u;
            }
            fmt::print("{} sessions, {} elements with {} slots, {} s: {} wait, {} connects in all, the busiest session "
                       "{:.2f} a "
                       "second\n",
                       m_streams.size(), m_options.elements, m_options.slots, m_options.stormSeconds, waiting, all,
                       static_cast<double>(most) / m_options.stormSeconds);
            finish(most <= m_options.stormSeconds + 1 ? 0 : 1);
        });
    }

    void finish(int code) {
        m_code = code;
        m_stage.end([this] { m_dispatcher.stop(); });
    }

    Options m_options;
    EpollDispatcher m_dispatcher;
    SilentLog m_log;
    lab::Stage m_stage;
    std::unique_ptr<transport::Transport> m_transport;
    std::unique_ptr<UserNode> m_user;
    std::vector<std::unique_ptr<Stream>> m_streams;
    PeIdentifier m_victim;
    TimePoint m_killed{};
    unsigned m_done = 0;
    std::size_t m_lost = 0;
    std::vector<double> m_noticed; // milliseconds, as the others
    std::vector<double> m_established;
    std::vector<double> m_gaps;
    std::vector<std::jthread> m_busy;
    std::atomic<std::uint64_t> m_spins = 0;
    int m_code = 0;
};

} // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app{"Measures failover of a pool on this host"};
    app.add_option("--kills", options.kills, "Elements to kill, one after the other");
    app.add_flag("--freeze", options.freeze, "SIGSTOP instead of SIGKILL");
    app.add_option("--calm", options.calmSeconds, "Seconds without faults, with every core busy");
    app.add_option("--storm", options.stormSeconds, "Seconds with more sessions than slots");
    app.add_option("--sessions", options.sessions, "Sessions that stream");
    app.add_option("--elements", options.elements, "Elements of the pool");
    app.add_option("--slots", options.slots, "Sessions that an element takes");
    app.add_option("--seed", options.seed, "Chooses victims and phases");
    app.add_option("--profile", options.profile, "Timers: rsplib, rfc, demo or fast (demo)")
        ->check([](const std::string& name) { return findProfile(name) == nullptr ? "no such profile" : ""; });
    CLI11_PARSE(app, argc, argv);
    char folder[] = "/tmp/kolam-measure-XXXXXX";
    if (::mkdtemp(folder) == nullptr) {
        return 1;
    }
    const int code = Measurement{options, std::filesystem::read_symlink("/proc/self/exe").parent_path(), folder}.run();
    std::filesystem::remove_all(folder);
    return code;
}
