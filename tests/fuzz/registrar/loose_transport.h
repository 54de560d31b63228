// SPDX-License-Identifier: GPL-3.0-or-later
// A transport without a network: the test decides what happens on it, within the rules of transport.h.
// What is sent is counted and thrown away.
#pragma once

#include "core/dispatch/dispatcher.h"
#include "core/transport/transport.h"

#include <map>
#include <memory>
#include <utility>
#include <vector>

namespace kolam::test {

class LooseEndpoint final : public transport::Endpoint {
public:
    struct Association {
        transport::AssocId id;
        TransportAddress peer;
        bool up = false;
    };
    LooseEndpoint(Dispatcher& dispatcher, TransportAddress local, transport::EventSink sink,
                  std::shared_ptr<std::vector<LooseEndpoint*>> all)
        : m_dispatcher(dispatcher)
        , m_local(std::move(local))
        , m_sink(std::move(sink))
        , m_all(std::move(all)) {
        m_all->push_back(this);
    }
    ~LooseEndpoint() override { std::erase(*m_all, this); }

    [[nodiscard]] TransportAddress local() const override { return m_local; }
    std::expected<transport::AssocId, std::error_code> connect(const TransportAddress& peer) override {
        if (peer.ips.empty() || peer.port == 0) {
            return std::unexpected(std::make_error_code(std::errc::invalid_argument));
        }
        for (const auto& [id, association] : m_associations) {
            if (association.peer == peer) {
                return std::unexpected(std::make_error_code(std::errc::already_connected));
            }
        }
        return add(peer, false);
    }
    std::expected<void, transport::SendError> send(transport::AssocId id, OctetView data,
                                                   const transport::SendOptions&) override {
        const auto found = m_associations.find(id);
        if (found == m_associations.end()) {
            return std::unexpected(transport::SendError::NoAssociation);
        }
        if (!found->second.up || stuck) {
            return std::unexpected(transport::SendError::WouldBlock);
        }
        sentOctets += data.size();
        return {};
    }
    void shutdown(transport::AssocId id) override { endLater(id, transport::DownReason::ShutdownByUs); }
    void abort(transport::AssocId id, std::string_view) override { endLater(id, transport::DownReason::AbortByUs); }
    [[nodiscard]] std::optional<transport::AssocInfo> info(transport::AssocId id) const override {
        const auto found = m_associations.find(id);
        return found == m_associations.end()
                   ? std::nullopt
                   : std::optional{transport::AssocInfo{.peer = found->second.peer, .transport = "loose"}};
    }
    void setLiveness(transport::AssocId, const transport::Liveness&) override {}
    std::error_code addAddress(const IpAddress&) override {
        return std::make_error_code(std::errc::operation_not_supported);
    }
    std::error_code removeAddress(const IpAddress&) override {
        return std::make_error_code(std::errc::operation_not_supported);
    }

    // ---- What the test does ----
    transport::AssocId add(const TransportAddress& peer, bool up) {
        const transport::AssocId id{++m_last};
        m_associations[id] = {id, peer, up};
        return id;
    }
    /// Somebody has connected, or has answered our connect().
    void comeUp(transport::AssocId id, bool incoming) {
        Association& association = m_associations.at(id);
        association.up = true;
        m_sink(transport::Up{.assoc = id, .peer = association.peer, .outStreams = 1, .incoming = incoming});
    }
    void end(transport::AssocId id, transport::DownReason reason) {
        if (m_associations.erase(id) != 0) {
            m_sink(transport::Down{id, reason, {}});
        }
    }
    void deliver(transport::AssocId id, std::uint32_t ppid, OctetView data) {
        if (const auto found = m_associations.find(id); found != m_associations.end() && found->second.up) {
            m_sink(transport::Message{id, 0, ppid, data});
        }
    }
    void unstick() {
        stuck = false;
        std::vector<transport::AssocId> ids;
        for (const auto& [id, association] : m_associations) {
            ids.push_back(id);
        }
        for (const transport::AssocId id : ids) {
            m_sink(transport::Writable{id});
        }
    }
    [[nodiscard]] const std::map<transport::AssocId, Association>& associations() const { return m_associations; }

    bool stuck = false; // nothing can be sent
    std::uint64_t sentOctets = 0;

private:
    void endLater(transport::AssocId id, transport::DownReason reason) {
        m_dispatcher.post([all = m_all, self = this, id, reason] {
            if (std::ranges::find(*all, self) != all->end()) {
                self->end(id, reason);
            }
        });
    }
    Dispatcher& m_dispatcher;
    TransportAddress m_local;
    transport::EventSink m_sink;
    std::shared_ptr<std::vector<LooseEndpoint*>> m_all; // those that exist
    std::map<transport::AssocId, Association> m_associations;
    std::uint64_t m_last = 0;
};

class LooseTransport final : public transport::Transport {
public:
    explicit LooseTransport(Dispatcher& dispatcher) : m_dispatcher(dispatcher) {}
    [[nodiscard]] std::string_view name() const noexcept override { return "loose"; }
    [[nodiscard]] transport::Capabilities capabilities() const noexcept override { return {}; }
    std::expected<std::unique_ptr<transport::Endpoint>, std::error_code> open(const transport::EndpointConfig& config,
                                                                              transport::EventSink sink) override {
        return std::make_unique<LooseEndpoint>(m_dispatcher, config.local, std::move(sink), endpoints);
    }
    std::expected<std::unique_ptr<transport::DatagramPort>, std::error_code>
    openMulticast(const transport::MulticastConfig& config, transport::DatagramPort::Sink sink) override {
        struct Port final : transport::DatagramPort {
            void send(OctetView) override {}
        };
        if (config.receive) {
            group = std::make_shared<transport::DatagramPort::Sink>(std::move(sink));
        }
        return std::make_unique<Port>();
    }
    std::shared_ptr<std::vector<LooseEndpoint*>> endpoints = std::make_shared<std::vector<LooseEndpoint*>>();
    std::shared_ptr<transport::DatagramPort::Sink> group; // of the last port that receives

private:
    Dispatcher& m_dispatcher;
};

} // namespace kolam::test
