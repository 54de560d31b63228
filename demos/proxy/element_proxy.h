// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps a TCP server that knows nothing of pools in a pool, for as long as it is well.
// Next door: health_check.h, whether it is; user_proxy.h, which finds it.
#pragma once

#include "core/base/log.h"
#include "core/node/registration_node.h"
#include "demos/proxy/health_check.h"

#include <functional>
#include <memory>

namespace kolam::proxy {

class ElementProxy {
public:
    /// The registration's transport is the server's. All must outlive the proxy.
    ElementProxy(DescriptorDispatcher& dispatcher, transport::Transport& transport, Log& log,
                 RegistrationNode::Config registration, const HealthOptions& health)
        : m_dispatcher(dispatcher)
        , m_transport(transport)
        , m_log(log)
        , m_registration(std::move(registration))
        , m_health(dispatcher, health, [this](bool well) { changed(well); }) {}

    /// Whether the pool has the server.
    [[nodiscard]] bool registered() const { return m_node && m_node->status().state == ElementState::Registered; }
    /// Deregisters, and calls `done`.
    void leave(std::function<void()> done) {
        if (m_node) {
            m_node->leave(std::move(done));
        } else {
            m_dispatcher.post(std::move(done));
        }
    }

private:
    void changed(bool well) {
        m_log.info("proxy: the server is {}", well ? "well" : "ill: it leaves the pool");
        if (!well) {
            if (m_node) {
                // Kept until it has said goodbye, or until there is a new one.
                m_node->leave([] {});
            }
            return;
        }
        auto node = RegistrationNode::start(m_dispatcher, m_transport, m_log, m_registration);
        if (!node) {
            m_log.error("proxy: cannot register: {}", node.error().message());
            return;
        }
        m_node = std::move(*node);
    }

    DescriptorDispatcher& m_dispatcher;
    transport::Transport& m_transport;
    Log& m_log;
    RegistrationNode::Config m_registration;
    std::unique_ptr<RegistrationNode> m_node;
    HealthCheck m_health; // last: it calls
};

} // namespace kolam::proxy
