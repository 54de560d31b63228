// SPDX-License-Identifier: GPL-3.0-or-later
// Both pools live on a host of their own, because on one host rsplib's messages wait for acknowledgements that come
// late, and nobody has a pool there. Our user asks both pools, for the same fractal: rsplib's own, count by count.
// rsplib's user has its turn, too. It does not say when a picture begins and ends; its associations do.
#include "tests/bench/guest/pictures.h"

#include "core/node/user_node.h"
#include "demos/users/fractal/fractal_pool_user.h"
#include "demos/users/fractal/fractal_reference.h"
#include "demos/users/fractal/fsf_file.h"

#include <array>
#include <fmt/format.h>
#include <fstream>
#include <optional>
#include <sstream>

namespace kolam::guest {

namespace {

constexpr std::uint16_t theirPictureRegistrar = 3863;
constexpr std::uint16_t ourPictureRegistrar = 3873;
constexpr std::uint32_t picturedSessions = 6; // of every user
constexpr double timesAsFast = 3;
constexpr int theirTurns = 2; // of rsplib's user: each takes half a minute
constexpr Duration picturePatience = 300s;

const IpAddress userHost = IpAddress::v4(10, 254, 3, 1);
const IpAddress poolHost = IpAddress::v4(10, 254, 3, 2);
const PoolHandle poolHandle{"FractalGeneratorPool"};

struct PictureView {
    std::string name;
    wire::FractalParameter parameter;
};

/// The whole set, and a place where points take long.
std::array<PictureView, 2> views() {
    const wire::FractalParameter whole{.width = 1920,
                                       .height = 1080,
                                       .maxIterations = 1000,
                                       .c1Real = -1.5,
                                       .c1Imag = 1.25,
                                       .c2Real = 2.9444444444444444,
                                       .c2Imag = -1.25};
    wire::FractalParameter valley = whole;
    valley.c1Real = 0.735;
    valley.c1Imag = -0.106;
    valley.c2Real = 0.755;
    valley.c2Imag = -0.11725;
    return {PictureView{"whole set", whole}, PictureView{"seahorse valley", valley}};
}

double secondsSince(TimePoint begin, TimePoint end) {
    return std::chrono::duration<double>(end - begin).count();
}

/// Associations of this host with ports of the pool's host that are no registrar's.
std::size_t associationsWithElements() {
    std::ifstream file{"/proc/net/sctp/assocs"};
    std::size_t count = 0;
    std::string line;
    std::getline(file, line); // names of the columns
    while (std::getline(file, line)) {
        constexpr std::size_t remotePort = 12;
        std::istringstream words{line};
        std::string word;
        for (std::size_t column = 0; column <= remotePort; ++column) {
            words >> word;
        }
        count += line.find(toText(poolHost)) != std::string::npos && word != fmt::to_string(theirPictureRegistrar) &&
                 word != fmt::to_string(ourPictureRegistrar);
    }
    return count;
}

class Pictures {
public:
    Pictures(BenchWorld& world, Report& report) : m_world(world), m_report(report) {
        BenchWorld::shell("ip netns add pool && ip link add here-3 type veth peer name pool-3 && "
                          "ip link set pool-3 netns pool && ip addr add 10.254.3.1/24 dev here-3 && "
                          "ip netns exec pool ip addr add 10.254.3.2/24 dev pool-3 && ip link set here-3 up && "
                          "ip netns exec pool ip link set pool-3 up && ip netns exec pool ip link set lo up && "
                          "ip netns exec pool ip route add default dev pool-3");
    }

    void run() {
        const auto theirPool = startPool(Whose::Rsplib);
        const auto ourPool = startPool(Whose::Ours);
        const auto theirSide = startUser(Whose::Rsplib);
        const auto ourSide = startUser(Whose::Ours);
        if (!theirSide || !ourSide || !twoElements(*theirSide) || !twoElements(*ourSide)) {
            fmt::print(stderr, "the pools of pictures are not complete\n");
            return;
        }
        for (const PictureView& view : views()) {
            const auto expected = fractal::computeReference(view.parameter);
            Sample theirs;
            Sample ours;
            Sample ratios; // of each turn: whatever else the machine does, it does to both
            for (int turn = 0; turn < m_world.settings().repetitions; ++turn) {
                const auto slow = secondsOfPicture(*theirSide, view, expected);
                const auto fast = secondsOfPicture(*ourSide, view, expected);
                if (slow && fast) {
                    theirs.values.push_back(*slow);
                    ours.values.push_back(*fast);
                    ratios.values.push_back(*slow / *fast);
                }
            }
            const Sample window = theirPictures(view);
            m_report.add(
                {.section = "F",
                 .what = fmt::format("1920x1080 points of the {} at 1,000 iterations, two elements", view.name),
                 .ours = fmt::format("{:.2f} s, {:.1f} times as fast ({:.1f} to {:.1f})", ours.median(),
                                     ratios.median(), ratios.quantile(0), ratios.quantile(1)),
                 .rsplib =
                     fmt::format("{:.2f} s with our user, {:.2f} s with its own", theirs.median(), window.median()),
                 .floor = "",
                 .goal = fmt::format(">= {:.0f} times as fast", timesAsFast),
                 .met = ratios.median() >= timesAsFast});
        }
    }

private:
    static TransportAddress registrarOf(Whose whose) {
        return {{poolHost}, whose == Whose::Ours ? ourPictureRegistrar : theirPictureRegistrar};
    }

    std::unique_ptr<lab::Process> startThere(const std::string& program, std::vector<std::string> arguments,
                                             const std::string& log) {
        const std::filesystem::path own = m_world.settings().programs / program;
        arguments.insert(arguments.begin(),
                         {"netns", "exec", "pool", std::filesystem::exists(own) ? own.string() : program});
        return m_world.start("ip", arguments, log);
    }

    /// A registrar and two elements, one thread each.
    std::vector<std::unique_ptr<lab::Process>> startPool(Whose whose) {
        const std::string registrar = toText(registrarOf(whose));
        std::vector<std::unique_ptr<lab::Process>> pool;
        if (whose == Whose::Ours) {
            pool.push_back(startThere("kolam-registrar",
                                      {"--transport=kernel", "--asap=" + registrar, "--insecure-lan", "--announce=off",
                                       "--no-enrp", "--log-level=warning"},
                                      "pictures-our-registrar.log"));
        } else {
            pool.push_back(startThere("rspregistrar",
                                      {"-asap=" + registrar, "-asapannounce=off",
                                       "-enrp=" + toText(TransportAddress{{poolHost}, 9901}), "-enrpannounce=off",
                                       "-loglevel=0", "-quiet"},
                                      "pictures-their-registrar.log"));
        }
        m_world.turnFor(whose == Whose::Ours ? 1s : 6s); // rsplib's looks for a mentor first
        for (const int number : {1, 2}) {
            if (whose == Whose::Ours) {
                pool.push_back(startThere("kolam",
                                          {"serve", "fractal", "--transport=kernel", "--registrar", registrar,
                                           "--address", toText(TransportAddress{{poolHost}, 0}), "--insecure-lan",
                                           "--threads=1", "--log-level=warning"},
                                          fmt::format("pictures-our-element-{}.log", number)));
            } else {
                pool.push_back(startThere("rspserver",
                                          {"-fractal", "-poolhandle=" + poolHandle.value, "-registrar=" + registrar,
                                           "-asapannounce=off", "-loglevel=0", "-quiet"},
                                          "/dev/null")); // it tells of every tile
            }
        }
        return pool;
    }

    std::unique_ptr<UserNode> startUser(Whose whose) {
        UserNode::Config config;
        config.registrars = {.announces = false, .loopbackOnly = false, .fixed = {registrarOf(whose)}};
        config.local = TransportAddress{{userHost}, 0};
        config.profile = rsplibProfile();
        auto user = UserNode::start(m_world.dispatcher(), m_world.transport(), m_world.log(), config);
        return user && m_world.until([&] { return !(*user)->status().looking; }, 30s) ? std::move(*user) : nullptr;
    }

    bool twoElements(UserNode& user) {
        std::size_t found = 0;
        for (int attempt = 0; attempt < 60 && found < 2; ++attempt) {
            bool answered = false;
            user.resolve(poolHandle, 4, [&](const auto& elements) {
                answered = true;
                found = elements ? elements->size() : 0;
            });
            m_world.until([&] { return answered; }, 10s);
            m_world.turnFor(200ms);
        }
        return found == 2;
    }

    /// With our user. A picture that is not the right one is no picture.
    std::optional<double> secondsOfPicture(UserNode& user, const PictureView& view,
                                           const std::vector<std::uint32_t>& expected) {
        fractal::UserNodeSessions nodeSessions{user};
        fractal::FractalPoolUser engine{
            m_world.dispatcher(), nodeSessions, m_world.log(), {.pool = poolHandle, .sessions = picturedSessions}};
        const TimePoint begin = m_world.dispatcher().now();
        engine.start(view.parameter);
        m_world.until([&] { return engine.progress().state == fractal::ImageState::Complete; }, picturePatience);
        const double seconds = secondsSince(begin, m_world.dispatcher().now());
        const bool right = fractal::countDifferences(engine.counts(), expected) == 0;
        m_world.turnFor(300ms);
        return right ? std::optional{seconds} : std::nullopt;
    }

    /// With rsplib's: from its first association with an element to the end of its last one.
    Sample theirPictures(const PictureView& view) {
        const std::filesystem::path folder = std::filesystem::path{"/run/tmp/views"};
        std::filesystem::create_directories(folder);
        if (!fractal::writeFsf(folder / "view.fsf", {.parameter = view.parameter, .look = {}})) {
            return {};
        }
        const auto user =
            m_world.start("fractalpooluser",
                          {"-width=1920", "-height=1080", fmt::format("-threads={}", picturedSessions),
                           "-interimagetime=2", "-configdir=" + folder.string(),
                           "-registrar=" + toText(registrarOf(Whose::Rsplib)), "-asapannounce=off", "-loglevel=0"},
                          "fractalpooluser.log");
        Sample sample;
        for (int turn = 0; turn < theirTurns; ++turn) {
            m_world.until([] { return associationsWithElements() > 0; }, 60s);
            const TimePoint begin = m_world.dispatcher().now();
            TimePoint end = begin;
            const bool over = m_world.until(
                [&] {
                    if (associationsWithElements() > 0) {
                        end = m_world.dispatcher().now();
                    }
                    return m_world.dispatcher().now() - end > 1s;
                },
                picturePatience);
            if (over && end > begin) {
                sample.values.push_back(secondsSince(begin, end));
            }
        }
        return sample;
    }

    BenchWorld& m_world;
    Report& m_report;
};

} // namespace

void measurePictures(BenchWorld& world, Report& report) {
    Pictures{world, report}.run();
}

} // namespace kolam::guest
