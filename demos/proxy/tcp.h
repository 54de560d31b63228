// SPDX-License-Identifier: GPL-3.0-or-later
// TCP sockets of a proxy: a connection on its way, and a listener. Next door: relay.h, what is done with two of them.
#pragma once

#include "core/base/address.h"
#include "core/dispatch/dispatcher.h"
#include "core/node/timer.h"

#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace kolam::proxy {

/// A descriptor that closes itself.
class Socket {
public:
    explicit Socket(int value = -1) : m_value(value) {}
    Socket(Socket&& other) noexcept : m_value(std::exchange(other.m_value, -1)) {}
    Socket& operator=(Socket&& other) noexcept {
        std::swap(m_value, other.m_value);
        return *this;
    }
    ~Socket() {
        if (m_value >= 0) {
            ::close(m_value);
        }
    }
    [[nodiscard]] int get() const { return m_value; }
    [[nodiscard]] bool ok() const { return m_value >= 0; }

private:
    int m_value;
};

/// A connection that is being made. Destroying it gives it up.
class Connecting {
public:
    using Done = std::function<void(std::expected<Socket, std::error_code>)>;
    /// Tries the server's addresses one after the other, each until `limit`. Calls `done` once, from a later turn, with
    /// the first connection or the last error: it may destroy this object.
    Connecting(DescriptorDispatcher& dispatcher, TransportAddress server, Duration limit, Done done);
    ~Connecting();
    Connecting(const Connecting&) = delete;
    Connecting& operator=(const Connecting&) = delete;

private:
    void tryNext();
    void failed(std::error_code error);
    void tell(std::expected<Socket, std::error_code> result);

    DescriptorDispatcher& m_dispatcher;
    TransportAddress m_server;
    std::size_t m_next = 0; // of its addresses
    Duration m_limit;
    Done m_done;
    Socket m_socket;
    Timer m_timer;
    std::error_code m_failure; // at once; told in the next turn
};

class Listener {
public:
    /// Calls `accepted` for every connection that comes.
    static std::expected<std::unique_ptr<Listener>, std::error_code>
    open(DescriptorDispatcher& dispatcher, const TransportAddress& address, std::function<void(Socket)> accepted);
    ~Listener();
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    [[nodiscard]] std::uint16_t port() const;

private:
    Listener(DescriptorDispatcher& dispatcher, Socket socket, std::function<void(Socket)> accepted);
    DescriptorDispatcher& m_dispatcher;
    Socket m_socket;
    std::function<void(Socket)> m_accepted;
};

} // namespace kolam::proxy
