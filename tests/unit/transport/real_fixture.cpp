// SPDX-License-Identifier: GPL-3.0-or-later
// The conformance suite over a transport of real sockets on loopback: KOLAM_TRANSPORT_KIND says which.
// The dispatcher is driven through its one descriptor only, as in a window.
#include "core/dispatch/epoll_dispatcher.h"
#include "core/transport/auto_transport.h"
#include "core/transport/user_transport.h"
#include "tests/unit/transport/conformance.h"

#include <arpa/inet.h>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace kolam::transport {

namespace {

const IpAddress loopback = IpAddress::v4(127, 0, 0, 1);

class RealPeer final : public PeerProcess {
public:
    /// Waits until the peer says where it listens; `address().port` is 0 when it could not.
    RealPeer(const std::string& kind, std::uint16_t port, std::uint16_t groupPort) {
        std::array<int, 2> input{-1, -1};
        std::array<int, 2> output{-1, -1};
        if (pipe2(input.data(), O_CLOEXEC) != 0 || pipe2(output.data(), O_CLOEXEC) != 0) {
            return;
        }
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, input[0], STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO);
        std::string program = KOLAM_TRANSPORT_PEER;
        std::string kindText = kind;
        std::string portText = std::to_string(port);
        std::string groupText = std::to_string(groupPort);
        std::array<char*, 5> arguments{program.data(), kindText.data(), portText.data(), groupText.data(), nullptr};
        posix_spawn(&m_pid, program.c_str(), &actions, nullptr, arguments.data(), environ);
        posix_spawn_file_actions_destroy(&actions);
        close(input[0]);
        close(output[1]);
        m_input = input[1];
        std::string line;
        for (char octet = 0; read(output[0], &octet, 1) == 1 && octet != '\n';) {
            line += octet;
        }
        close(output[0]);
        m_address = {{loopback}, static_cast<std::uint16_t>(std::strtoul(line.c_str(), nullptr, 10))};
    }
    ~RealPeer() override {
        kill();
        close(m_input);
    }
    RealPeer(const RealPeer&) = delete;
    RealPeer& operator=(const RealPeer&) = delete;

    [[nodiscard]] TransportAddress address() const override { return m_address; }
    void kill() override {
        if (m_pid > 0) {
            ::kill(m_pid, SIGKILL);
            waitpid(m_pid, nullptr, 0);
            m_pid = -1;
        }
    }
    void freeze() override {
        ::kill(m_pid, SIGSTOP);
        waitpid(m_pid, nullptr, WUNTRACED); // until it has really stopped
    }
    void thaw() override { ::kill(m_pid, SIGCONT); }

private:
    pid_t m_pid = -1;
    int m_input = -1;
    TransportAddress m_address;
};

class RealFixture final : public TransportFixture {
public:
    explicit RealFixture(TransportKind kind) : m_kind(kind) {
        auto made = makeTransport(kind, m_dispatcher);
        if (made) {
            m_transport = std::move(*made);
        } else {
            m_why = "no " + std::string(toText(kind)) + " transport on this host: " + made.error().message();
        }
    }
    ~RealFixture() override {
        if (m_deaf >= 0) {
            close(m_deaf);
        }
    }
    RealFixture(const RealFixture&) = delete;
    RealFixture& operator=(const RealFixture&) = delete;

    /// Why this transport cannot run here; empty when it can.
    [[nodiscard]] std::string unavailable() const { return m_why; }
    [[nodiscard]] Transport& transport() override { return *m_transport; }
    [[nodiscard]] Dispatcher& dispatcher() override { return m_dispatcher; }
    [[nodiscard]] IpAddress host() const override { return loopback; }
    [[nodiscard]] std::optional<TransportAddress> deafAddress() override {
        if (m_transport->name() == "user") {
            return deafUdpPort();
        }
        // An address that the surroundings swallow; the guest runner has one.
        const char* const address = std::getenv("KOLAM_DEAF_ADDRESS");
        return address != nullptr ? TransportAddress::parse(address, 3863) : std::nullopt;
    }
    [[nodiscard]] bool runUntil(const std::function<bool()>& done, Duration limit) override {
        const auto end = std::chrono::steady_clock::now() + limit;
        while (!done()) {
            if (std::chrono::steady_clock::now() >= end) {
                return false;
            }
            pollfd descriptor{.fd = m_dispatcher.pollDescriptor(), .events = POLLIN, .revents = 0};
            poll(&descriptor, 1, 100);
            if (descriptor.revents != 0) {
                m_dispatcher.turn();
            }
        }
        return true;
    }
    [[nodiscard]] std::unique_ptr<PeerProcess> startPeer(std::uint16_t port, std::uint16_t groupPort) override {
        auto peer = std::make_unique<RealPeer>(std::string(toText(m_kind)), port, groupPort);
        return peer->address().port != 0 ? std::move(peer) : nullptr;
    }

private:
    /// A socket that nobody reads.
    std::optional<TransportAddress> deafUdpPort() {
        if (m_deaf < 0) {
            m_deaf = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        }
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        bind(m_deaf, reinterpret_cast<const sockaddr*>(&address), length);
        if (getsockname(m_deaf, reinterpret_cast<sockaddr*>(&address), &length) != 0) {
            return std::nullopt;
        }
        return TransportAddress{{loopback}, ntohs(address.sin_port)};
    }

    TransportKind m_kind;
    EpollDispatcher m_dispatcher{1};
    std::unique_ptr<Transport> m_transport;
    std::string m_why;
    int m_deaf = -1;
};

} // namespace
} // namespace kolam::transport

int main(int argc, char** argv) {
    kolam::transport::RealFixture fixture{*kolam::transport::parseTransportKind(KOLAM_TRANSPORT_KIND)};
    if (const std::string why = fixture.unavailable(); !why.empty()) {
        std::printf("skipped: %s\n", why.c_str());
        return 77;
    }
    return kolam::transport::runConformance(argc, argv, fixture);
}
