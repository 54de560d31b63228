// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/proxy/tcp.h"

#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace kolam::proxy {

namespace {

constexpr int backlog = 512;

struct Name {
    sockaddr_storage storage{};
    socklen_t length = 0;
    [[nodiscard]] const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

Name nameOf(const IpAddress& ip, std::uint16_t port) {
    Name name;
    if (ip.v6) {
        sockaddr_in6 address{};
        address.sin6_family = AF_INET6;
        address.sin6_port = htons(port);
        std::memcpy(&address.sin6_addr, ip.octets.data(), 16);
        std::memcpy(&name.storage, &address, sizeof address);
        name.length = sizeof address;
    } else {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        std::memcpy(&address.sin_addr, ip.octets.data(), 4);
        std::memcpy(&name.storage, &address, sizeof address);
        name.length = sizeof address;
    }
    return name;
}

std::error_code lastError() {
    return {errno, std::generic_category()};
}

/// What is sent goes out at once: who waits for an answer must not wait for more.
void sendAtOnce(int socket) {
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

} // namespace

Connecting::Connecting(DescriptorDispatcher& dispatcher, const IpAddress& ip, std::uint16_t port, Duration limit,
                       Done done)
    : m_dispatcher(dispatcher)
    , m_done(std::move(done))
    , m_socket(::socket(ip.v6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0))
    , m_timer(dispatcher, [this] { finish(m_failure ? m_failure : std::make_error_code(std::errc::timed_out)); }) {
    const Name name = nameOf(ip, port);
    if (!m_socket.ok() || (::connect(m_socket.get(), name.get(), name.length) != 0 && errno != EINPROGRESS)) {
        m_failure = lastError();
        m_timer.arm(dispatcher.now());
        return;
    }
    m_timer.arm(dispatcher.now() + limit);
    m_dispatcher.watch(m_socket.get(), Interest::Write, [this](Readiness) {
        int error = 0;
        socklen_t length = sizeof error;
        ::getsockopt(m_socket.get(), SOL_SOCKET, SO_ERROR, &error, &length);
        finish({error, std::generic_category()});
    });
}

Connecting::~Connecting() {
    if (m_socket.ok()) {
        m_dispatcher.unwatch(m_socket.get());
    }
}

void Connecting::finish(std::error_code error) {
    m_timer.stop();
    if (m_socket.ok()) {
        m_dispatcher.unwatch(m_socket.get());
    }
    Socket socket = std::move(m_socket);
    const Done done = std::move(m_done);
    if (error) {
        done(std::unexpected(error));
    } else {
        sendAtOnce(socket.get());
        done(std::move(socket));
    }
}

std::expected<std::unique_ptr<Listener>, std::error_code> Listener::open(DescriptorDispatcher& dispatcher,
                                                                         const TransportAddress& address,
                                                                         std::function<void(Socket)> accepted) {
    const IpAddress ip = address.ips.empty() ? IpAddress::v4(127, 0, 0, 1) : address.ips.front();
    Socket socket{::socket(ip.v6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
    const int on = 1;
    const Name name = nameOf(ip, address.port);
    if (!socket.ok() || ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
        ::bind(socket.get(), name.get(), name.length) != 0 || ::listen(socket.get(), backlog) != 0) {
        return std::unexpected(lastError());
    }
    return std::unique_ptr<Listener>{new Listener(dispatcher, std::move(socket), std::move(accepted))};
}

Listener::Listener(DescriptorDispatcher& dispatcher, Socket socket, std::function<void(Socket)> accepted)
    : m_dispatcher(dispatcher)
    , m_socket(std::move(socket))
    , m_accepted(std::move(accepted)) {
    m_dispatcher.watch(m_socket.get(), Interest::Read, [this](Readiness) {
        Socket connection{::accept4(m_socket.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)};
        if (connection.ok()) {
            sendAtOnce(connection.get());
            m_accepted(std::move(connection));
        }
    });
}

Listener::~Listener() {
    m_dispatcher.unwatch(m_socket.get());
}

std::uint16_t Listener::port() const {
    sockaddr_storage storage{};
    socklen_t length = sizeof storage;
    ::getsockname(m_socket.get(), reinterpret_cast<sockaddr*>(&storage), &length);
    std::uint16_t port = 0; // at the same place in both families
    std::memcpy(&port, reinterpret_cast<const std::byte*>(&storage) + offsetof(sockaddr_in, sin_port), sizeof port);
    return ntohs(port);
}

} // namespace kolam::proxy
