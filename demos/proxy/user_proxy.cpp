// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/proxy/user_proxy.h"

#include <algorithm>
#include <deque>
#include <fmt/format.h>
#include <utility>

namespace kolam::proxy {

/// One client, from its accept to its end.
class UserProxy::Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(UserProxy& proxy, Socket client)
        : m_proxy(proxy)
        , m_client(std::move(client))
        , m_again(proxy.m_dispatcher, [this] { resolve(); }) {}

    void resolve() {
        if (m_rounds++ == m_proxy.m_options.rounds) {
            ++m_proxy.m_statistics.turnedAway;
            m_proxy.m_log.warning(m_proxy.m_dispatcher.now(), [&] {
                return fmt::format("proxy: no element of {} could be reached: a client is turned away",
                                   toText(m_proxy.m_options.pool));
            });
            m_proxy.remove(*this);
            return;
        }
        // Whoever has tried what is remembered, in vain, asks.
        if (auto known = m_rounds == 1 ? m_proxy.m_node.remembered(m_proxy.m_options.pool, m_proxy.m_options.answerLife)
                                       : std::vector<wire::PoolElement>{};
            !known.empty()) {
            return resolved(std::move(known));
        }
        m_proxy.m_node.resolve(m_proxy.m_options.pool, m_proxy.m_options.items,
                               [weak = weak_from_this()](auto elements) {
                                   if (const auto self = weak.lock()) {
                                       self->resolved(std::move(elements));
                                   }
                               });
    }

private:
    void resolved(std::expected<std::vector<wire::PoolElement>, ResolveErrc> elements) {
        if (elements) {
            for (const wire::PoolElement& element : *elements) {
                if (element.userTransport.protocol == wire::TransportProtocol::Tcp &&
                    !element.userTransport.addresses.empty()) {
                    m_candidates.push_back(element);
                }
            }
        }
        tryNext();
    }
    void tryNext() {
        if (m_candidates.empty()) {
            m_again.arm(m_proxy.m_dispatcher.now() + m_proxy.m_options.pause);
            return;
        }
        const wire::PoolElement element = std::move(m_candidates.front());
        m_candidates.pop_front();
        m_connecting = std::make_unique<Connecting>(
            m_proxy.m_dispatcher, TransportAddress{element.userTransport.addresses, element.userTransport.port},
            m_proxy.m_options.connectTimeout,
            [this, id = element.identifier](std::expected<Socket, std::error_code> server) {
                const auto over = std::move(m_connecting); // it is calling us
                if (server) {
                    relay(std::move(*server));
                } else {
                    ++m_proxy.m_statistics.retried;
                    m_proxy.m_node.forget(m_proxy.m_options.pool, id);
                    m_proxy.m_log.warning(m_proxy.m_dispatcher.now(), [&] {
                        return fmt::format("proxy: element {} cannot be reached: {}", toText(id),
                                           server.error().message());
                    });
                    tryNext();
                }
            });
    }
    void relay(Socket server) {
        ++m_proxy.m_statistics.relayed;
        m_relay = std::make_unique<Relay>(m_proxy.m_dispatcher, std::move(m_client), std::move(server), [this] {
            m_proxy.m_statistics.octets += m_relay->octets();
            m_proxy.remove(*this);
        });
    }

    UserProxy& m_proxy;
    Socket m_client;
    Timer m_again;
    std::uint32_t m_rounds = 0;
    std::deque<wire::PoolElement> m_candidates; // best first
    std::unique_ptr<Connecting> m_connecting;
    std::unique_ptr<Relay> m_relay;
};

std::expected<std::unique_ptr<UserProxy>, std::error_code>
UserProxy::start(DescriptorDispatcher& dispatcher, UserNode& node, Log& log, const UserProxyOptions& options) {
    std::unique_ptr<UserProxy> proxy{new UserProxy(dispatcher, node, log, options)};
    auto listener = Listener::open(dispatcher, options.listen, [self = proxy.get()](Socket client) {
        ++self->m_statistics.accepted;
        self->m_connections.push_back(std::make_shared<Connection>(*self, std::move(client)));
        self->m_connections.back()->resolve();
    });
    if (!listener) {
        return std::unexpected(listener.error());
    }
    proxy->m_listener = std::move(*listener);
    return proxy;
}

UserProxy::~UserProxy() = default;

/// From the next turn on it is gone: it is calling us.
void UserProxy::remove(const Connection& connection) {
    const auto found = std::ranges::find(m_connections, &connection, &std::shared_ptr<Connection>::get);
    if (found != m_connections.end()) {
        m_dispatcher.post([gone = std::move(*found)] {});
        m_connections.erase(found);
    }
}

} // namespace kolam::proxy
