// SPDX-License-Identifier: GPL-3.0-or-later
// Elements: a session pings every millisecond; from the fault to the first answer of the other element. Registrars: a
// user asks one question after the other; the longest wait for an answer.
#include "tests/bench/guest/failures.h"

#include "core/node/user_node.h"

#include <csignal>
#include <fmt/format.h>
#include <regex>
#include <utility>

namespace kolam::guest {

namespace {

constexpr std::uint32_t heirId = 2;
constexpr Duration pingInterval = 1ms;
constexpr Duration patience = 60s;
constexpr int droppings = 2; // each takes as long as the registrar's patience
// Two hosts: this one and one that can vanish.
const IpAddress hereOnLink = IpAddress::v4(10, 254, 1, 1);
const IpAddress farOnLink = IpAddress::v4(10, 254, 1, 2);

enum class Fault : std::uint8_t { Kill, Freeze, Vanish };

double milliseconds(Duration duration) {
    return std::chrono::duration<double, std::milli>(duration).count();
}

std::string spread(const Sample& sample) {
    return sample.empty() ? "none"
                          : fmt::format("p50 {:.1f}, p95 {:.1f}, max {:.1f} ms", sample.median(), sample.quantile(0.95),
                                        sample.quantile(1));
}

/// Pings its element, and says who has answered when.
class Pinger final : public SessionHandler {
public:
    Pinger(Dispatcher& dispatcher, UserNode& user) : m_dispatcher(dispatcher), m_user(user) {
        m_session = m_user.openSession(PoolHandle{"Pinged"}, *this);
        ping();
    }
    ~Pinger() override {
        m_dispatcher.cancel(m_timer);
        m_user.closeSession(m_session);
    }
    Pinger(const Pinger&) = delete;
    Pinger& operator=(const Pinger&) = delete;
    void onEstablished(PeIdentifier element, bool) override { m_element = element; }
    void onMessage(std::uint32_t, OctetView) override {
        if (m_element != answeredBy) {
            before = lastAnswer;
        }
        answeredBy = m_element;
        lastAnswer = m_dispatcher.now();
    }
    void onFailoverBegin(PeIdentifier, FailoverCause) override { noticed = m_dispatcher.now(); }
    PeIdentifier answeredBy;
    TimePoint lastAnswer{};
    TimePoint before{}; // when the element before answered last
    TimePoint noticed{};

private:
    void ping() {
        m_timer = m_dispatcher.callIn(pingInterval, [this] { ping(); });
        (void)m_user.send(m_session, 0, asOctets("ping?")); // a session that stands nowhere now sends nothing
    }
    Dispatcher& m_dispatcher;
    UserNode& m_user;
    SessionId m_session{};
    PeIdentifier m_element;
    TimerId m_timer = TimerId::None;
};

class Failures {
public:
    Failures(BenchWorld& world, Report& report) : m_world(world), m_report(report) {
        BenchWorld::shell("ip netns add far && ip link add here-1 type veth peer name far-1 && "
                          "ip link set far-1 netns far && ip addr add 10.254.1.1/24 dev here-1 && "
                          "ip netns exec far ip addr add 10.254.1.2/24 dev far-1 && ip link set here-1 up && "
                          "ip netns exec far ip link set far-1 up && ip netns exec far ip link set lo up");
    }

    void run() {
        // What is promised by default is promised of "demo".
        for (const std::string profile : {"demo", "fast"}) {
            m_profile = profile;
            m_registrar = m_world.startRegistrar(Whose::Ours, asapPort,
                                                 {"--no-enrp", "--profile=" + profile, "--asap=" + registrarText()});
            m_heir = startElement(heirId, 1, false);
            const bool fast = profile == "fast";
            elements(Fault::Kill, 20, "element killed (kill -9)", "(6.1, max 30 ms)", 1.3, 5);
            elements(Fault::Freeze, 4, "element hangs (SIGSTOP)", "(never)", fast ? 150 : 1000, {});
            elements(Fault::Vanish, 3, "element's host vanishes (link down)", "(32,470 ms)", fast ? 150 : 1000, {});
            dropped(fast ? std::nullopt : std::optional{1000.0});
            m_heir.reset();
            m_registrar.reset();
        }
        users(SIGKILL, 5, "the user's registrar is killed: longest wait for an answer", "(20-270 ms)", 5);
        users(SIGSTOP, 3, "the user's registrar hangs: longest wait for an answer", "(3000-6000 ms)", 500);
        takeovers(0, "home registrar killed: elements have another (demo)", "(8900-9600 ms)", 500);
        takeovers(4, "home registrar hangs: elements have another (demo)", "(8900-9600 ms, never with two)", 1500);
    }

private:
    static std::string registrarText() { return toText(TransportAddress{{hereOnLink}, asapPort}); }

    std::unique_ptr<lab::Process> startElement(std::uint32_t id, int priority, bool far) {
        std::vector<std::string> arguments{"element",
                                           "--registrar",
                                           registrarText(),
                                           "--address",
                                           toText(TransportAddress{{far ? farOnLink : hereOnLink}, 0}),
                                           "--profile",
                                           m_profile,
                                           "--id",
                                           fmt::to_string(id),
                                           "--priority",
                                           fmt::to_string(priority)};
        if (!far) {
            return m_world.start("measure_guest", arguments);
        }
        arguments.insert(arguments.begin(),
                         {"netns", "exec", "far", (m_world.settings().programs / "measure_guest").string()});
        return m_world.start("ip", arguments);
    }
    std::unique_ptr<UserNode> startUser(const std::vector<TransportAddress>& registrars) {
        UserNode::Config config;
        config.registrars = {.announces = false, .loopbackOnly = false, .fixed = registrars};
        config.local = TransportAddress{{hereOnLink}, 0};
        config.profile = *findProfile(m_profile);
        auto user = UserNode::start(m_world.dispatcher(), m_world.transport(), m_world.log(), config);
        return user && m_world.until([&] { return !(*user)->status().looking; }, patience) ? std::move(*user) : nullptr;
    }
    /// Asks again and again until the pool has so many elements; false when it never has.
    bool untilElements(UserNode& user, std::size_t count) {
        std::size_t found = 0;
        bool asked = false;
        return m_world.until(
            [&] {
                if (found != count && !std::exchange(asked, true)) {
                    user.resolve(PoolHandle{"Pinged"}, 10, [&](const auto& elements) {
                        found = elements ? elements->size() : 0;
                        asked = false;
                    });
                }
                return found == count && !asked;
            },
            patience);
    }

    /// With a victim that is chosen first, at another host when that is to vanish.
    template <typename Measure>
    void withVictim(bool far, Measure measure) {
        const auto user = startUser({{{hereOnLink}, asapPort}});
        if (!user || !untilElements(*user, 1)) {
            return;
        }
        const std::uint32_t id = ++m_lastId;
        auto victim = startElement(id, 2, far);
        if (untilElements(*user, 2)) {
            measure(*user, *victim, PeIdentifier{id});
        }
        victim.reset();
        if (far) {
            BenchWorld::shell("ip netns exec far ip link set far-1 up");
        }
        untilElements(*user, 1);
    }

    /// How long it takes until the death of a program that only echoes is known at the other end of an association:
    /// the part of a failover that is the kernel's.
    Sample deathsNoticed() {
        Sample times;
        for (int i = 0; i < 10; ++i) {
            const auto echo = m_world.start("measure_floor", {"serve", "--at", BenchWorld::at(echoPort)});
            std::unique_ptr<transport::Endpoint> end;
            bool up = false;
            bool down = false;
            const auto connected = [&] {
                if (!std::exchange(down, false) && end) {
                    return up;
                }
                auto opened =
                    m_world.transport().open({.local = {{BenchWorld::here()}, 0}}, [&](const transport::Event& event) {
                        up = up || std::holds_alternative<transport::Up>(event);
                        down = down || std::holds_alternative<transport::Down>(event);
                    });
                end = opened ? std::move(*opened) : nullptr;
                if (end) {
                    (void)end->connect({{BenchWorld::here()}, echoPort}); // refused until the echo is there
                }
                return false;
            };
            if (!m_world.until(connected, patience)) {
                continue;
            }
            m_world.turnFor(100ms);
            const TimePoint begin = m_world.dispatcher().now();
            static_cast<void>(echo->signal(SIGKILL));
            if (m_world.until([&] { return down; }, patience)) {
                times.values.push_back(milliseconds(m_world.dispatcher().now() - begin));
            }
        }
        return times;
    }

    void elements(Fault fault, int rounds, const std::string& what, const std::string& theirs, double goal,
                  std::optional<double> most) {
        Sample times;
        Sample noticed;
        for (int i = 0; i < rounds; ++i) {
            withVictim(fault == Fault::Vanish, [&](UserNode& user, lab::Process& victim, PeIdentifier id) {
                Pinger pinger{m_world.dispatcher(), user};
                if (!m_world.until([&] { return pinger.answeredBy == id; }, patience)) {
                    return;
                }
                m_world.turnFor(200ms + std::chrono::milliseconds{m_world.dispatcher().random().below(300)});
                TimePoint begin = m_world.dispatcher().now();
                std::unique_ptr<lab::Process> cutter; // takes a while, in which pings go on
                if (fault == Fault::Vanish) {
                    cutter = m_world.start("ip", {"netns", "exec", "far", "ip", "link", "set", "far-1", "down"});
                } else {
                    static_cast<void>(victim.signal(fault == Fault::Kill ? SIGKILL : SIGSTOP));
                }
                if (m_world.until([&] { return pinger.answeredBy == PeIdentifier{heirId}; }, patience)) {
                    begin = fault == Fault::Vanish ? pinger.before : begin;
                    times.values.push_back(milliseconds(pinger.lastAnswer - begin));
                    noticed.values.push_back(milliseconds(pinger.noticed - begin));
                }
            });
        }
        const std::string floor =
            fault == Fault::Kill
                ? fmt::format("the death of a bare echo is noticed after {:.1f} ms (p50)", deathsNoticed().median())
                : std::string{};
        const double judged = fault == Fault::Kill ? times.median() : times.quantile(1);
        m_report.add(
            {.section = "D",
             .what = fmt::format("{}, profile {}", what, m_profile),
             .ours = fmt::format("{}, {} of {}; noticed after {:.1f} ms (p50)", spread(times), times.values.size(),
                                 rounds, noticed.median()),
             .rsplib = theirs,
             .floor = floor,
             .goal = most ? fmt::format("p50 <= {}, max <= {} ms", goal, *most) : fmt::format("<= {} ms", goal),
             .met = times.values.size() == static_cast<std::size_t>(rounds) && judged <= goal &&
                    (!most || times.quantile(1) <= *most)});
    }

    /// How long until a registrar drops an element that hangs.
    void dropped(std::optional<double> goal) {
        Sample times;
        for (int i = 0; i < droppings; ++i) {
            withVictim(false, [&](UserNode& user, lab::Process& victim, PeIdentifier) {
                m_world.turnFor(std::chrono::milliseconds{m_world.dispatcher().random().below(1000)});
                const TimePoint begin = m_world.dispatcher().now();
                static_cast<void>(victim.signal(SIGSTOP));
                if (untilElements(user, 1)) {
                    times.values.push_back(milliseconds(m_world.dispatcher().now() - begin));
                }
            });
        }
        m_report.add({.section = "D",
                      .what = fmt::format("registrar drops an element that hangs, profile {}", m_profile),
                      .ours = spread(times),
                      .rsplib = "(5500-10,000 ms)",
                      .floor = "",
                      .goal = goal ? fmt::format("<= {} ms", *goal) : "",
                      .met = goal ? std::optional{times.values.size() == droppings && times.quantile(1) <= *goal}
                                  : std::nullopt});
    }

    // ---- Registrars ----
    void users(int signal, int rounds, const std::string& what, const std::string& theirs, double goal) {
        m_profile = "demo";
        Sample waits;
        for (int i = 0; i < rounds; ++i) {
            std::array<std::unique_ptr<lab::Process>, 2> registrars;
            std::vector<TransportAddress> addresses;
            for (std::uint16_t one = 0; one < 2; ++one) {
                addresses.push_back({{hereOnLink}, static_cast<std::uint16_t>(asapPort + one)});
                registrars[one] = m_world.startRegistrar(
                    Whose::Ours, addresses[one].port,
                    {"--profile=demo", "--asap=" + toText(addresses[one]), "--enrp-group=off",
                     fmt::format("--enrp={}", toText(TransportAddress{{hereOnLink}, std::uint16_t(9901 + one)})),
                     fmt::format("--peer={}", toText(TransportAddress{{hereOnLink}, std::uint16_t(9902 - one)}))});
            }
            const auto element = startElement(heirId, 1, false);
            const auto user = startUser(addresses);
            if (!user || !untilElements(*user, 1)) {
                continue;
            }
            m_world.turnFor(500ms); // both registrars know it
            TimePoint last = m_world.dispatcher().now();
            Duration longest{};
            std::function<void()> ask = [&] {
                user->resolve(PoolHandle{"Pinged"}, 1, [&](const auto& elements) {
                    if (elements) {
                        longest = std::max(longest, m_world.dispatcher().now() - last);
                        last = m_world.dispatcher().now();
                    }
                    ask();
                });
            };
            ask();
            m_world.turnFor(300ms);
            longest = {};
            const std::size_t home = user->status().registrarAddress.port == asapPort ? 0 : 1;
            const TimePoint begin = m_world.dispatcher().now();
            static_cast<void>(registrars[home]->signal(signal));
            const bool again = m_world.until([&] { return last > begin + 1s && longest > Duration{}; }, patience);
            if (again) {
                waits.values.push_back(milliseconds(longest));
            }
            ask = [] {};
            m_world.turnFor(20ms);
        }
        m_report.add({.section = "D",
                      .what = what + ", profile demo",
                      .ours = fmt::format("{}, {} of {}", spread(waits), waits.values.size(), rounds),
                      .rsplib = theirs,
                      .floor = "",
                      .goal = fmt::format("<= {} ms", goal),
                      .met = waits.values.size() == static_cast<std::size_t>(rounds) && waits.quantile(1) <= goal});
    }

    void takeovers(int freezeSeconds, const std::string& what, const std::string& theirs, double goal) {
        std::vector<std::string> arguments{"--transport", "kernel",   "--registrars",
                                           "2",           "--rounds", freezeSeconds == 0 ? "10" : "4"};
        if (freezeSeconds != 0) {
            arguments.insert(arguments.end(), {"--freeze", fmt::to_string(freezeSeconds)});
        }
        const std::string text = m_world.text("measure_mesh", arguments);
        std::smatch found;
        const std::regex line{"at every survivor: p50 (\\d+) ms, p99 (\\d+) ms, longest (\\d+) ms"};
        const bool measured = std::regex_search(text, found, line);
        m_report.add({.section = "D",
                      .what = what,
                      .ours = measured ? fmt::format("p50 {}, max {} ms", found[1].str(), found[3].str()) : "failed",
                      .rsplib = theirs,
                      .floor = "",
                      .goal = fmt::format("<= {} ms", goal),
                      .met = measured && std::stod(found[3].str()) <= goal});
    }

    BenchWorld& m_world;
    Report& m_report;
    std::string m_profile;
    std::uint32_t m_lastId = 100;
    std::unique_ptr<lab::Process> m_registrar;
    std::unique_ptr<lab::Process> m_heir;
};

} // namespace

void measureFailures(BenchWorld& world, Report& report) {
    Failures{world, report}.run();
}

} // namespace kolam::guest
