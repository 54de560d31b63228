// SPDX-License-Identifier: GPL-3.0-or-later
// An endpoint that stands on several transports at once: races between them, and names that hide who won.
// Next door: auto_transport.h, which opens it.
#pragma once

#include "core/dispatch/dispatcher.h"
#include "core/transport/transport.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace kolam::transport {

/// The endpoint behind a handle. Shared, so that it survives a sink that destroys the handle.
class AutoEndpointCore : public std::enable_shared_from_this<AutoEndpointCore> {
public:
    AutoEndpointCore(Dispatcher& dispatcher, const EndpointConfig& config, EventSink sink)
        : m_dispatcher(dispatcher)
        , m_config(config)
        , m_sink(std::move(sink)) {}
    /// Opens all parts on one port; the error of the first that cannot have it.
    std::error_code open(const std::vector<std::unique_ptr<Transport>>& transports);
    void close();

    [[nodiscard]] TransportAddress local() const;
    std::expected<AssocId, std::error_code> connect(const TransportAddress& peer);
    std::expected<void, SendError> send(AssocId assoc, OctetView data, const SendOptions& options);
    void shutdown(AssocId assoc);
    void abort(AssocId assoc, std::string_view why);
    [[nodiscard]] std::optional<AssocInfo> info(AssocId assoc) const;
    void setLiveness(AssocId assoc, const Liveness& liveness);
    std::error_code changeAddress(const IpAddress& address, bool add);

private:
    using Part = std::size_t; // place of a transport
    struct Candidate {
        Part part;
        AssocId theirs; // the part's name of the association
    };
    struct Association {
        TransportAddress peer;
        std::optional<Candidate> winner;
        std::vector<Candidate> racing;
        Part next = 0; // the part to try next
        TimerId timer = TimerId::None;
        DownReason lastReason = DownReason::Refused; // of the candidates that have failed
        std::string lastDetail;
        std::optional<Liveness> liveness; // when it was set before anybody had won
        bool blocked = false;             // somebody waits for Writable
    };

    std::error_code openOn(const std::vector<std::unique_ptr<Transport>>& transports, std::uint16_t port);
    std::error_code startNext(AssocId ours, Association& association);
    void dropRacing(Association& association);
    void handle(Part part, const Event& event);
    void handleUp(Part part, const Up& up);
    void handleDown(Part part, const Down& down);
    void endLater(AssocId ours, DownReason reason, std::string_view detail);
    void emit(const Event& event);
    [[nodiscard]] Association* find(AssocId ours);
    [[nodiscard]] std::optional<AssocId> oursOf(Part part, AssocId theirs) const;

    Dispatcher& m_dispatcher;
    EndpointConfig m_config;
    EventSink m_sink;
    bool m_closed = false;
    std::vector<std::unique_ptr<Endpoint>> m_parts;
    std::uint64_t m_lastId = 0;
    std::unordered_map<AssocId, Association> m_associations;
    std::map<std::pair<Part, AssocId>, AssocId> m_ours;
};

} // namespace kolam::transport
