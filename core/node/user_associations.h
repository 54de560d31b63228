// SPDX-License-Identifier: GPL-3.0-or-later
// The associations of a user's sessions. Between two ports there can be one association only, so that several sessions
// at one element need several ports: endpoints are shared where they can be, and opened where they must be.
// Next door: user_node.h, whose sessions these are.
#pragma once

#include "core/transport/transport.h"

#include <expected>
#include <memory>
#include <unordered_map>
#include <vector>

namespace kolam {

/// Who is told what happens to an association. Not any more after it has been left.
class AssociationUser {
public:
    virtual ~AssociationUser() = default;
    virtual void onAssociation(const transport::Event& event) = 0;
};

class UserAssociations {
public:
    struct Handle {
        std::size_t endpoint = 0;
        transport::AssocId association = transport::AssocId::None;
        [[nodiscard]] bool isNull() const { return association == transport::AssocId::None; }
        friend bool operator==(const Handle&, const Handle&) = default;
    };
    UserAssociations(transport::Transport& transport, const TransportAddress& local,
                     const transport::Liveness& liveness)
        : m_transport(transport)
        , m_local(local)
        , m_liveness(liveness) {}

    /// Opens the first endpoint, to find out early when that cannot be.
    std::error_code open();
    /// Begins an association; `user` must live until it leaves it.
    std::expected<Handle, std::error_code> connect(const TransportAddress& peer, AssociationUser& user);
    std::expected<void, transport::SendError> send(const Handle& handle, OctetView data, std::uint32_t ppid);
    /// Its user hears no more of it. Gracefully: what was sent still arrives.
    void leave(const Handle& handle, bool graceful, std::string_view why);
    [[nodiscard]] std::size_t endpointCount() const { return m_endpoints.size(); }

private:
    struct Live {
        TransportAddress peer;
        AssociationUser* user = nullptr; // null: left, and not gone yet
    };
    struct Slot {
        std::unordered_map<transport::AssocId, Live> live;
        std::unique_ptr<transport::Endpoint> endpoint;
    };
    std::expected<std::size_t, std::error_code> addEndpoint();
    void onTransport(std::size_t endpoint, const transport::Event& event);
    [[nodiscard]] static bool talksTo(const Slot& slot, const TransportAddress& peer);

    transport::Transport& m_transport;
    TransportAddress m_local;
    transport::Liveness m_liveness;
    std::vector<std::unique_ptr<Slot>> m_endpoints;
};

} // namespace kolam
