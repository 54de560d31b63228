// SPDX-License-Identifier: GPL-3.0-or-later
// A service of the application, made one of the core's: counted, refused when full, drained.
#include "kolam/service.h"

#include "core/api/cpp/event_loop_impl.h"
#include "core/api/cpp/instance_impl.h"
#include "core/api/cpp/server_impl.h"
#include "core/api/cpp/words.h"

#include <utility>

namespace kolam::api {

SessionLink::~SessionLink() = default;
ServiceSession::~ServiceSession() = default;
void ServiceSession::onCookieEcho(OctetView) {}
void ServiceSession::onWritable() {}
void ServiceSession::onClosed() {}
Service::~Service() = default;
std::optional<double> Service::load() const {
    return std::nullopt;
}

namespace {

/// Both ends of what is between core and application: the core's session, and the application's link.
class Bridge final : public kolam::ServiceSession, public api::SessionLink {
public:
    Bridge(std::size_t& taken, kolam::SessionLink& link) : m_taken(taken), m_link(link) {}
    [[nodiscard]] bool open(api::Service& service) {
        m_session = service.open(*this);
        m_taken += m_session ? 1u : 0u;
        return m_session != nullptr;
    }

    // ---- From the core ----
    void onMessage(std::uint32_t ppid, OctetView data) override { m_session->onMessage(ppid, data); }
    void onCookieEcho(OctetView cookie) override { m_session->onCookieEcho(cookie); }
    void onWritable() override { m_session->onWritable(); }
    void onClosed() override {
        --m_taken;
        m_session->onClosed();
    }

    // ---- From the application ----
    Result<void> send(OctetView data, std::uint32_t ppid) override {
        if (const auto checked = checkMessage(data, ppid); !checked) {
            return checked;
        }
        return asResult(m_link.send(ppid, data));
    }
    Result<void> sendCookie(OctetView cookie) override {
        if (cookie.empty()) {
            return std::unexpected(Error{Errc::BadArgument, "a cookie has at least one octet"});
        }
        return asResult(m_link.sendCookie(cookie));
    }
    void shutdown() override { m_link.shutdown(); }
    void abort(std::string_view why) override { m_link.abort(why); }
    [[nodiscard]] std::string peer() const override { return m_link.peer(); }

private:
    static Result<void> asResult(std::expected<void, SessionSendError> sent) {
        return sent ? Result<void>{} : std::unexpected(sendError(sent.error()));
    }
    std::size_t& m_taken;
    kolam::SessionLink& m_link;
    std::unique_ptr<api::ServiceSession> m_session;
};

} // namespace

std::unique_ptr<kolam::ServiceSession> Server::Impl::open(kolam::SessionLink& link) {
    if (capacity != 0 && taken >= capacity) {
        return nullptr;
    }
    auto bridge = std::make_unique<Bridge>(taken, link);
    return bridge->open(service) ? std::move(bridge) : nullptr;
}

Server::Server(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::start(Instance& instance, Service& service, const ServerSettings& settings) {
    if (const auto pool = checkPool(settings.pool); !pool) {
        return std::unexpected(pool.error());
    }
    auto hosts = instance.impl().hostsFor(settings.address.hosts);
    auto policy = policyOf(settings.policy);
    if (!hosts || !policy) {
        return std::unexpected(!hosts ? hosts.error() : policy.error());
    }
    ElementNode::Config config;
    config.poolHandle = PoolHandle{settings.pool};
    config.identifier = PeIdentifier{std::to_underlying(settings.id)};
    config.policy = std::move(*policy);
    config.local = {std::move(*hosts), settings.address.port};
    config.registrars = instance.impl().sources;
    config.profile = withLife(instance.impl().profileFor(settings.liveness), settings.renewal, settings.life);
    auto impl = std::make_unique<Impl>(service, settings.capacity);
    impl->component = instance.impl().component();
    config.telemetry = &impl->component->hub();
    auto node = ElementNode::start(instance.impl().loop.impl().dispatcher, impl->component->transport(),
                                   impl->component->log(), *impl, config);
    if (!node) {
        return std::unexpected(systemError(node.error()));
    }
    impl->node = std::move(*node);
    static_cast<void>(impl->component->open( // it writes no recording, which alone could fail
        {.id = telemetry::componentId(impl->node->identifier()),
         .program = Instance::Impl::program(),
         .pool = PoolHandle{settings.pool},
         .address = impl->node->serviceAddress(),
         .cspContent = [&node = *impl->node] { return node.cspContent(); },
         .handlers = {}}));
    return std::unique_ptr<Server>{new Server(std::move(impl))};
}

ElementId Server::id() const {
    return ElementId{m_impl->node->identifier().value};
}

Address Server::address() const {
    const TransportAddress address = m_impl->node->serviceAddress();
    return addressOf(address.ips, address.port);
}

RegistrationStatus Server::status() const {
    return statusOf(m_impl->node->status());
}

std::size_t Server::sessions() const {
    return m_impl->node->status().sessions;
}

std::uint64_t Server::refused() const {
    return m_impl->node->status().refused;
}

void Server::onStatus(std::function<void(const RegistrationStatus&)> callback) {
    m_impl->node->onStatus([callback = std::move(callback)](const ElementStatus& status) {
        if (callback) {
            callback(statusOf(status));
        }
    });
}

Result<void> Server::setPolicy(const Policy& policy) {
    const auto told = policyOf(policy);
    if (!told) {
        return std::unexpected(told.error());
    }
    m_impl->node->setPolicy(*told);
    return {};
}

void Server::loadChanged() {
    m_impl->node->loadChanged();
}

void Server::drain(Duration patience, std::function<void()> done) {
    m_impl->node->leave(std::move(done), patience);
}

} // namespace kolam::api
