// SPDX-License-Identifier: GPL-3.0-or-later
// A registrar's way to its peers: performs the actions of enrp's machine on an endpoint and a multicast group of its
// own, and tells people what becomes of the peers.
// Next door: registrar_node.h, which has one when it is not alone; core/enrp/enrp_side.h decides.
#pragma once

#include "core/base/log.h"
#include "core/dispatch/dispatcher.h"
#include "core/enrp/enrp_side.h"
#include "core/node/limited_log.h"
#include "core/node/registrar_config.h"
#include "core/node/send_queues.h"
#include "core/node/timer.h"
#include "core/transport/transport.h"

#include <memory>
#include <system_error>
#include <unordered_set>

namespace kolam {

/// What the mesh wants from the registrar that it belongs to: the part of enrp::EnrpSink that is about elements.
class MeshOwner {
public:
    virtual ~MeshOwner() = default;
    [[nodiscard]] virtual bool holds(ElementRef element) = 0;
    virtual bool takeOver(ElementRef element) = 0;
    virtual void release(ElementRef element) = 0;
    virtual void drop(ElementRef element) = 0;
    virtual void copyChanged(ElementRef element, enrp::CopyChange change) = 0;
    virtual void serviceBegins() = 0;
    virtual void handedOver() = 0; // or as much of it as could be
    virtual void closed() = 0;     // after close()
    virtual void renamed(ServerId id) = 0;
};

class MeshNode final : enrp::EnrpSink {
public:
    /// Everything referred to must outlive the node. `config.mesh` is set.
    MeshNode(Dispatcher& dispatcher, Log& log, Authorizer& access, Handlespace& handlespace, MeshOwner& owner,
             const RegistrarConfig& config, ServerId id);
    /// Opens the endpoint and the group, and begins to look for peers.
    std::error_code open(transport::Transport& transport);

    [[nodiscard]] TransportAddress address() const { return m_endpoint->local(); }
    [[nodiscard]] const enrp::EnrpSide& machine() const { return m_machine; }
    void setPeers(std::vector<TransportAddress> peers);

    void ownElementChanged(ElementRef element, enrp::OwnChange change);
    void copyExpired(ElementRef element);
    void leave();
    /// Ends every association gracefully; closed() follows.
    void close();
    [[nodiscard]] bool isClosed() const { return m_closed && m_associations.empty(); }

private:
    void openGroup(transport::Transport& transport);
    void happened(const transport::Event& event);
    void received(const transport::Message& message);

    void send(AssociationId to, OctetView message) override;
    void multicast(OctetView message) override;
    AssociationId connect(const TransportAddress& peer) override;
    void abort(AssociationId association, std::string_view why) override;
    [[nodiscard]] Duration roundTrip(AssociationId association) override;
    void armTimer(TimePoint deadline) override;
    void serviceBegins() override { m_owner.serviceBegins(); }
    void farewell() override { m_owner.handedOver(); }
    void renamed(ServerId id) override { m_owner.renamed(id); }
    bool holds(ElementRef element, TimePoint) override { return m_owner.holds(element); }
    bool takeOver(ElementRef element, TimePoint) override { return m_owner.takeOver(element); }
    void release(ElementRef element) override { m_owner.release(element); }
    void drop(ElementRef element, TimePoint) override { m_owner.drop(element); }
    void copyChanged(ElementRef element, enrp::CopyChange change) override { m_owner.copyChanged(element, change); }
    void peerChanged(const enrp::PeerEvent& event) override;
    void tell(const enrp::PeerEvent& event);
    void incident(const enrp::Incident& incident) override;

    Dispatcher& m_dispatcher;
    Log& m_log;
    LimitedLog m_strangers;
    MeshOwner& m_owner;
    RegistrarConfig m_config;
    telemetry::Telemetry& m_telemetry;
    enrp::EnrpSide m_machine;
    SendQueues m_queues;
    std::unordered_set<transport::AssocId> m_associations;
    bool m_closed = false;
    Timer m_deadline;
    std::unique_ptr<transport::Endpoint> m_endpoint;
    std::unique_ptr<transport::DatagramPort> m_group;
};

} // namespace kolam
