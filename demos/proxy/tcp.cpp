// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/proxy/tcp.h"

#include "core/base/system_error.h"
#include "core/transport/socket_address.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace kolam::proxy {

using transport::SocketAddress;
using transport::SystemAddress;

namespace {

constexpr int backlog = 512;

Socket tcpSocket(const SystemAddress& address) {
    return Socket{::socket(address.generic.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
}

/// What is sent goes out at once: who waits for an answer must not wait for more.
void sendAtOnce(int socket) {
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

} // namespace

Connecting::Connecting(DescriptorDispatcher& dispatcher, TransportAddress server, Duration limit, Done done)
    : m_dispatcher(dispatcher)
    , m_server(std::move(server))
    , m_limit(limit)
    , m_done(std::move(done))
    , m_timer(dispatcher, [this] { failed(m_failure ? m_failure : std::make_error_code(std::errc::timed_out)); }) {
    tryNext();
}

Connecting::~Connecting() {
    if (m_socket.ok()) {
        m_dispatcher.unwatch(m_socket.get());
    }
}

void Connecting::tryNext() {
    m_failure = std::make_error_code(std::errc::address_not_available); // of a server without addresses
    if (m_next < m_server.ips.size()) {
        const SystemAddress name{SocketAddress{m_server.ips[m_next++], m_server.port}};
        m_socket = tcpSocket(name);
        const bool begun =
            m_socket.ok() && (::connect(m_socket.get(), &name.generic, name.length) == 0 || errno == EINPROGRESS);
        m_failure = begun ? std::error_code{} : lastError();
    }
    if (m_failure) {
        m_socket = Socket{};
        m_timer.arm(m_dispatcher.now());
        return;
    }
    m_timer.arm(m_dispatcher.now() + m_limit);
    m_dispatcher.watch(m_socket.get(), Interest::Write, [this](Readiness) {
        int error = 0;
        socklen_t length = sizeof error;
        ::getsockopt(m_socket.get(), SOL_SOCKET, SO_ERROR, &error, &length);
        if (error != 0) {
            failed({error, std::generic_category()});
            return;
        }
        m_dispatcher.unwatch(m_socket.get());
        sendAtOnce(m_socket.get());
        tell(std::exchange(m_socket, Socket{}));
    });
}

void Connecting::failed(std::error_code error) {
    if (m_socket.ok()) {
        m_dispatcher.unwatch(m_socket.get());
        m_socket = Socket{};
    }
    if (m_next < m_server.ips.size()) {
        tryNext();
    } else {
        tell(std::unexpected(error));
    }
}

void Connecting::tell(std::expected<Socket, std::error_code> result) {
    m_timer.stop();
    const Done done = std::move(m_done);
    done(std::move(result));
}

std::expected<std::unique_ptr<Listener>, std::error_code> Listener::open(DescriptorDispatcher& dispatcher,
                                                                         const TransportAddress& address,
                                                                         std::function<void(Socket)> accepted) {
    const IpAddress ip = address.ips.empty() ? IpAddress::v4(127, 0, 0, 1) : address.ips.front();
    const SystemAddress name{SocketAddress{ip, address.port}};
    Socket socket = tcpSocket(name);
    const int on = 1;
    if (!socket.ok() || ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
        ::bind(socket.get(), &name.generic, name.length) != 0 || ::listen(socket.get(), backlog) != 0) {
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
    SystemAddress name;
    ::getsockname(m_socket.get(), &name.generic, &name.length);
    return name.read().port;
}

} // namespace kolam::proxy
