// SPDX-License-Identifier: GPL-3.0-or-later
// The guest as a place to measure in: programs of ours and of rsplib on one processor, over the kernel's SCTP, on an
// address that rsplib accepts. Next door: report.h, where results go.
#pragma once

#include "core/base/log.h"
#include "core/dispatch/epoll_dispatcher.h"
#include "core/transport/transport.h"
#include "demos/lab/process.h"
#include "tests/bench/common/programs.h"
#include "tests/bench/guest/report.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace kolam::guest {

using namespace std::chrono_literals;

inline constexpr std::uint16_t asapPort = 3863; // of the registrar, when there is one
inline constexpr std::uint16_t echoPort = 5000; // of what is the floor

enum class Whose : std::uint8_t { Ours, Rsplib };

class BenchWorld {
public:
    struct Settings {
        std::filesystem::path programs; // the folder of ours
        std::filesystem::path out;      // for logs
        int repetitions = 5;
        double seconds = 1; // of one repetition of a rate
    };
    explicit BenchWorld(const Settings& settings);

    [[nodiscard]] const Settings& settings() const { return m_settings; }
    [[nodiscard]] EpollDispatcher& dispatcher() { return m_dispatcher; }
    [[nodiscard]] transport::Transport& transport() { return *m_transport; }
    [[nodiscard]] Log& log() { return m_log; }
    /// Of this host.
    [[nodiscard]] static IpAddress here() { return IpAddress::v4(10, 255, 255, 1); }
    [[nodiscard]] static std::string at(std::uint16_t port);

    /// Starts a program, which ends with its object. Its file name: ours, or anybody's in /usr/bin.
    [[nodiscard]] std::unique_ptr<lab::Process> start(const std::string& program,
                                                      const std::vector<std::string>& arguments,
                                                      const std::string& logName = "/dev/null");
    /// A registrar without limits, alone or with `more`; returns when it answers.
    [[nodiscard]] std::unique_ptr<lab::Process> startRegistrar(Whose whose, std::uint16_t port,
                                                               const std::vector<std::string>& more = {});
    /// Runs a program of ours to its end, and returns what it prints.
    [[nodiscard]] std::string text(const std::string& program, const std::vector<std::string>& arguments);
    /// The same, and reads the JSON that it prints; null when it prints none.
    [[nodiscard]] nlohmann::json run(const std::string& program, const std::vector<std::string>& arguments);

    /// Turns until it has happened; false when it has not in this time.
    bool until(const std::function<bool()>& happened, Duration limit);
    void turnFor(Duration time);
    [[nodiscard]] std::string contentOf(const std::string& logName) const;
    /// Commands of a shell, for networks.
    static void shell(const std::string& commands);

private:
    Settings m_settings;
    EpollDispatcher m_dispatcher;
    SilentLog m_log;
    std::unique_ptr<transport::Transport> m_transport;
};

} // namespace kolam::guest
