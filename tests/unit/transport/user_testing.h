// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests of the user transport share: a loop that waits for events, a sink that remembers them, and other
// processes to talk to. Next door: user_peer.cpp, the program that those processes run; user_relay.h.
#pragma once

#include "core/base/strong.h"
#include "core/dispatch/epoll_dispatcher.h"
#include "core/transport/user_transport.h"

#include <QString>
#include <QTest>

#include <array>
#include <charconv>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace kolam::transport::testing {

inline const IpAddress loopback = IpAddress::v4(127, 0, 0, 1);

/// Turns the dispatcher until something has happened. The limit is for tests that fail, not for slow machines.
inline bool waitUntil(EpollDispatcher& dispatcher, const std::function<bool()>& done,
                      std::chrono::seconds limit = std::chrono::seconds{60}) {
    const auto end = std::chrono::steady_clock::now() + limit;
    while (!done()) {
        if (std::chrono::steady_clock::now() >= end) {
            return false;
        }
        pollfd ready{.fd = dispatcher.pollDescriptor(), .events = POLLIN, .revents = 0};
        ::poll(&ready, 1, 100);
        dispatcher.turn();
    }
    return true;
}

inline std::string describe(const Event& event) {
    return std::visit(
        Overloaded{
            [](const Up& up) { return std::string{up.incoming ? "up, called" : "up"}; },
            [](const Down& down) { return "down: " + std::string{toText(down.reason)}; },
            [](const Message& message) { return "message " + std::string{asText(message.data).substr(0, 40)}; },
            [](const PeerClosing&) { return std::string{"peer closing"}; },
            [](const PathChange& change) { return "path state " + std::to_string(static_cast<int>(change.state)); },
            [](const Writable&) { return std::string{"writable"}; },
        },
        event);
}

/// Remembers what a sink was told.
struct Recorder {
    std::vector<Up> ups;
    std::vector<Down> downs;
    std::vector<std::string> messages;
    std::vector<AssocId> senders; // of the messages
    std::vector<std::uint16_t> streams;
    std::vector<std::uint32_t> ppids;
    std::vector<std::string> all;
    int writables = 0;
    std::function<void(const Event&)> then; // called after each event has been noted

    void operator()(const Event& event) {
        all.push_back(describe(event));
        std::visit(Overloaded{
                       [&](const Up& up) { ups.push_back(up); },
                       [&](const Down& down) { downs.push_back(down); },
                       [&](const Message& message) {
                           messages.emplace_back(asText(message.data));
                           senders.push_back(message.assoc);
                           streams.push_back(message.stream);
                           ppids.push_back(message.ppid);
                       },
                       [](const PeerClosing&) {},
                       [](const PathChange&) {},
                       [&](const Writable&) { ++writables; },
                   },
                   event);
        if (then) {
            then(event);
        }
    }
    [[nodiscard]] EventSink sink() {
        return [this](const Event& event) { (*this)(event); };
    }
};

/// Another process that runs user_peer.
class PeerProcess {
public:
    explicit PeerProcess(std::vector<std::string> arguments) {
        std::array<int, 2> toPeer{};
        std::array<int, 2> fromPeer{};
        if (::pipe2(toPeer.data(), O_CLOEXEC) != 0 || ::pipe2(fromPeer.data(), O_CLOEXEC) != 0) {
            qFatal("no pipes left");
        }
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, toPeer[0], STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&actions, fromPeer[1], STDOUT_FILENO);
        arguments.insert(arguments.begin(), KOLAM_USER_PEER);
        std::vector<char*> pointers;
        for (std::string& argument : arguments) {
            pointers.push_back(argument.data());
        }
        pointers.push_back(nullptr);
        if (::posix_spawn(&m_pid, KOLAM_USER_PEER, &actions, nullptr, pointers.data(), environ) != 0) {
            qFatal("cannot start " KOLAM_USER_PEER);
        }
        posix_spawn_file_actions_destroy(&actions);
        ::close(toPeer[0]);
        ::close(fromPeer[1]);
        m_input = toPeer[1];
        m_output = fromPeer[0];
    }
    PeerProcess(const PeerProcess&) = delete;
    PeerProcess& operator=(const PeerProcess&) = delete;
    ~PeerProcess() {
        ::close(m_input);
        ::close(m_output);
        if (m_pid > 0) {
            ::kill(m_pid, SIGCONT);
            ::kill(m_pid, SIGKILL);
            ::waitpid(m_pid, nullptr, 0);
        }
    }
    /// The next line that the process prints; waits for it.
    std::string line() {
        std::string text;
        char letter = 0;
        while (::read(m_output, &letter, 1) == 1 && letter != '\n') {
            text.push_back(letter);
        }
        return text;
    }
    /// The port that an echo process has opened.
    std::uint16_t port() {
        const std::string text = line();
        std::uint16_t number = 0;
        std::from_chars(text.data(), text.data() + text.size(), number);
        return number;
    }
    void tell(std::string_view text) const { (void)!::write(m_input, text.data(), text.size()); }
    void signal(int number) const { ::kill(m_pid, number); }
    /// Sends SIGKILL and waits until the process is gone.
    void kill() {
        signal(SIGKILL);
        ::waitpid(m_pid, nullptr, 0);
        m_pid = 0;
    }
    /// Ends the process's input and waits for it. @return its exit status
    int finish() {
        ::close(m_input);
        m_input = -1;
        int status = 0;
        ::waitpid(m_pid, &status, 0);
        m_pid = 0;
        return status;
    }

private:
    pid_t m_pid = 0;
    int m_input = -1;
    int m_output = -1;
};

/// A dispatcher with the process's user transport; the tests make one each.
struct World {
    EpollDispatcher dispatcher;
    std::unique_ptr<Transport> transport;

    explicit World(const UserTransportOptions& options = {})
        : transport(makeUserTransport(dispatcher, options).value()) {}
    [[nodiscard]] std::unique_ptr<Endpoint> open(Recorder& recorder, EndpointConfig config = {}) {
        if (config.local.ips.empty()) {
            config.local.ips = {loopback};
        }
        return transport->open(config, recorder.sink()).value();
    }
    [[nodiscard]] bool waitFor(const std::function<bool()>& done,
                               std::chrono::seconds limit = std::chrono::seconds{60}) {
        return waitUntil(dispatcher, done, limit);
    }
};

inline TransportAddress at(std::uint16_t port) {
    return {.ips = {loopback}, .port = port};
}

} // namespace kolam::transport::testing
