// SPDX-License-Identifier: GPL-3.0-or-later
// Basic Mode of an element: the application serves, the library keeps it registered.
// Next door: server.cpp, where the library carries the sessions, too.
#include "core/api/cpp/event_loop_impl.h"
#include "core/api/cpp/instance_impl.h"
#include "core/api/cpp/words.h"
#include "core/node/registration_node.h"

#include <utility>

namespace kolam::api {

struct [[gnu::visibility("hidden")]] Registration::Impl {
    std::unique_ptr<RegistrationNode> node;
};

namespace {

wire::TransportProtocol protocolOf(Protocol protocol) {
    switch (protocol) {
    case Protocol::Sctp: return wire::TransportProtocol::Sctp;
    case Protocol::Tcp: return wire::TransportProtocol::Tcp;
    case Protocol::Udp: return wire::TransportProtocol::Udp;
    }
    std::unreachable();
}

} // namespace

Registration::Registration(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Registration::~Registration() = default;

Result<std::unique_ptr<Registration>> Registration::start(Instance& instance, const RegistrationRequest& request) {
    if (const auto pool = checkPool(request.pool); !pool) {
        return std::unexpected(pool.error());
    }
    if (request.address.port == 0) {
        return std::unexpected(Error{Errc::BadArgument, "the port of the service is missing"});
    }
    auto hosts = instance.impl().hostsFor(request.address.hosts);
    auto policy = policyOf(request.policy);
    if (!hosts || !policy) {
        return std::unexpected(!hosts ? hosts.error() : policy.error());
    }
    if (request.protocol != Protocol::Sctp) {
        hosts->resize(1); // all others have one address only (RFC 5354 section 3)
    }
    RegistrationNode::Config config;
    config.poolHandle = PoolHandle{request.pool};
    config.identifier = PeIdentifier{std::to_underlying(request.id)};
    config.policy = std::move(*policy);
    config.transport.protocol = protocolOf(request.protocol);
    config.transport.port = request.address.port;
    config.transport.addresses = std::move(*hosts);
    auto line = instance.impl().line(config.transport.addresses);
    if (!line) {
        return std::unexpected(line.error());
    }
    config.line = std::move(*line);
    config.profile = withLife(instance.impl().profile, request.renewal, request.life);
    EventLoop::Impl& loop = instance.impl().loop.impl();
    auto node = RegistrationNode::start(loop.dispatcher, *loop.transport, instance.impl().log, config);
    if (!node) {
        return std::unexpected(systemError(node.error()));
    }
    (*node)->setLoad(request.policy.load);
    return std::unique_ptr<Registration>{new Registration(std::make_unique<Impl>(std::move(*node)))};
}

ElementId Registration::id() const {
    return ElementId{m_impl->node->identifier().value};
}

RegistrationStatus Registration::status() const {
    return statusOf(m_impl->node->status());
}

void Registration::onStatus(std::function<void(const RegistrationStatus&)> callback) {
    m_impl->node->onStatus([callback = std::move(callback)](const ElementStatus& status) {
        if (callback) {
            callback(statusOf(status));
        }
    });
}

Result<void> Registration::setPolicy(const Policy& policy) {
    const auto told = policyOf(policy);
    if (!told) {
        return std::unexpected(told.error());
    }
    m_impl->node->setLoad(policy.load);
    m_impl->node->setPolicy(*told);
    return {};
}

void Registration::leave(std::function<void()> done) {
    m_impl->node->leave(std::move(done));
}

} // namespace kolam::api
