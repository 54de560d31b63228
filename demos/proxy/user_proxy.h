// SPDX-License-Identifier: GPL-3.0-or-later
// Takes TCP connections of clients that know nothing of pools, and carries each to an element that the pool's policy
// chooses; when that one cannot be reached, to the next. Next door: element_proxy.h, the other side; relay.h carries.
#pragma once

#include "core/node/limited_log.h"
#include "core/node/user_node.h"
#include "demos/proxy/relay.h"

#include <cstdint>
#include <list>
#include <memory>
#include <string>

namespace kolam::proxy {

using namespace std::chrono_literals;

struct UserProxyOptions {
    PoolHandle pool;
    TransportAddress listen;         // no ips: loopback
    std::uint32_t items = 16;        // elements that are asked for at a time
    Duration answerLife = 100ms;     // and used for new connections for so long, as registrars limit their askers
    std::uint32_t rounds = 3;        // how often, before a client is turned away
    Duration connectTimeout = 500ms; // for each element
    Duration pause = 200ms;          // before asking again when nobody could be reached
};

class UserProxy {
public:
    /// All must outlive it. Errors: the address is taken, or not ours.
    static std::expected<std::unique_ptr<UserProxy>, std::error_code>
    start(DescriptorDispatcher& dispatcher, UserNode& node, Log& log, const UserProxyOptions& options);
    ~UserProxy();
    UserProxy(const UserProxy&) = delete;
    UserProxy& operator=(const UserProxy&) = delete;

    [[nodiscard]] std::uint16_t port() const { return m_listener->port(); }
    struct Statistics {
        std::uint64_t accepted = 0;
        std::uint64_t relayed = 0;    // to an element
        std::uint64_t retried = 0;    // elements that could not be reached
        std::uint64_t turnedAway = 0; // clients for whom there was nobody
        std::uint64_t octets = 0;     // of connections that are over
    };
    [[nodiscard]] const Statistics& statistics() const { return m_statistics; }
    [[nodiscard]] std::size_t connections() const { return m_connections.size(); }

private:
    class Connection;
    UserProxy(DescriptorDispatcher& dispatcher, UserNode& node, Log& log, const UserProxyOptions& options)
        : m_dispatcher(dispatcher)
        , m_node(node)
        , m_log(log)
        , m_options(options) {}
    void remove(const Connection& connection);

    DescriptorDispatcher& m_dispatcher;
    UserNode& m_node;
    LimitedLog m_log; // as many lines as connections would be too many
    UserProxyOptions m_options;
    Statistics m_statistics;
    std::unique_ptr<Listener> m_listener;
    std::list<std::shared_ptr<Connection>> m_connections;
};

} // namespace kolam::proxy
