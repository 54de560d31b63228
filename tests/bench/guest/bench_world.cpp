// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/guest/bench_world.h"

#include "core/transport/kernel_transport.h"

#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <poll.h>
#include <sstream>

namespace kolam::guest {

BenchWorld::BenchWorld(const Settings& settings) : m_settings(settings) {
    auto transport = transport::makeKernelTransport(m_dispatcher);
    if (!transport) {
        fmt::print(stderr, "no kernel SCTP: {}\n", transport.error().message());
        std::exit(1);
    }
    m_transport = std::move(*transport);
}

std::string BenchWorld::at(std::uint16_t port) {
    return toText(TransportAddress{{here()}, port});
}

std::unique_ptr<lab::Process> BenchWorld::start(const std::string& program, const std::vector<std::string>& arguments,
                                                const std::string& logName) {
    const std::filesystem::path own = m_settings.programs / program;
    auto started = lab::Process::start(
        m_dispatcher,
        {.program = std::filesystem::exists(own) ? own : "/usr/bin" / own.filename(),
         .arguments = arguments,
         .log = logName.starts_with('/') ? std::filesystem::path{logName} : m_settings.out / logName},
        [](const lab::ProcessEnd&) {});
    if (!started) {
        fmt::print(stderr, "cannot start {}: {}\n", program, started.error().message());
        std::exit(1);
    }
    return std::move(*started);
}

std::unique_ptr<lab::Process> BenchWorld::startRegistrar(Whose whose, std::uint16_t port,
                                                         const std::vector<std::string>& more) {
    std::vector<std::string> arguments;
    if (whose == Whose::Ours) {
        arguments = {"--transport=kernel", "--asap=" + at(port), "--insecure-lan", "--announce=off",
                     "--log-level=warning"};
        for (const char* limit : {"resolutions", "registrations", "elements-per-association", "elements-per-pool",
                                  "elements", "associations", "associations-per-host"}) {
            arguments.push_back(fmt::format("--max-{}=0", limit));
        }
        if (more.empty()) {
            arguments.emplace_back("--no-enrp");
        }
    } else {
        arguments = {"-asap=" + at(port), "-asapannounce=off", "-loglevel=0", "-quiet"};
        if (more.empty()) {
            arguments.insert(arguments.end(), {fmt::format("-enrp={}", at(static_cast<std::uint16_t>(port + 6000))),
                                               "-enrpannounce=off"});
        }
    }
    arguments.insert(arguments.end(), more.begin(), more.end());
    auto process = start(whose == Whose::Ours ? "kolam-registrar" : "rspregistrar", arguments,
                         fmt::format("registrar-{}.log", port));
    // It answers when an association can be set up.
    bool up = false;
    std::unique_ptr<transport::Endpoint> probe;
    until(
        [&] {
            if (!probe) {
                auto opened = m_transport->open({.local = {{here()}, 0}}, [&](const transport::Event& event) {
                    up = up || std::holds_alternative<transport::Up>(event);
                    if (std::holds_alternative<transport::Down>(event)) {
                        m_dispatcher.post([&] { probe.reset(); });
                    }
                });
                probe = opened ? std::move(*opened) : nullptr;
                if (probe) {
                    (void)probe->connect({{here()}, port});
                }
            }
            return up;
        },
        20s);
    return process;
}

std::string BenchWorld::text(const std::string& program, const std::vector<std::string>& arguments) {
    return bench::runForText(m_settings.programs / program, arguments, m_settings.out / "errors.log");
}

nlohmann::json BenchWorld::run(const std::string& program, const std::vector<std::string>& arguments) {
    return bench::runForJson(m_settings.programs / program, arguments, m_settings.out / "errors.log");
}

bool BenchWorld::until(const std::function<bool()>& happened, Duration limit) {
    const TimePoint end = m_dispatcher.now() + limit;
    while (!happened() && m_dispatcher.now() < end) {
        pollfd descriptor{.fd = m_dispatcher.pollDescriptor(), .events = POLLIN, .revents = 0};
        poll(&descriptor, 1, 5);
        m_dispatcher.turn();
    }
    return happened();
}

void BenchWorld::turnFor(Duration time) {
    until([] { return false; }, time);
}

std::string BenchWorld::contentOf(const std::string& logName) const {
    std::ifstream file{m_settings.out / logName};
    std::ostringstream content;
    content << file.rdbuf();
    return content.str();
}

void BenchWorld::shell(const std::string& commands) {
    [[maybe_unused]] const int status = std::system(commands.c_str()); // what fails shows in what is measured
}

} // namespace kolam::guest
