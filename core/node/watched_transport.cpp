// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/watched_transport.h"

#include "core/wire/codec.h"

#include <unordered_map>
#include <utility>

namespace kolam {

using telemetry::Direction;
using telemetry::Level;
using transport::AssocId;

namespace {

constexpr RateLimit samples{200, 200}; // messages told a second, and at once; more are counted
constexpr std::size_t associationsInAPart = 64;
constexpr std::size_t longestPayload = 256 * 1024; // octets; images may be longer, and nobody reads them
constexpr std::uint64_t mostAssociations = std::uint64_t{1} << 48; // of one endpoint, in the number that viewers see

template <typename Message>
std::string nameOf(const wire::WireResult<Message>& decoded) {
    return decoded ? std::visit([](const auto& message) { return std::string{message.name}; }, *decoded)
                   : std::string{};
}

} // namespace

std::string messageName(std::uint32_t ppid, OctetView data) {
    switch (ppid) {
    case wire::asapPpid: return nameOf(wire::decodeAsap(data));
    case wire::enrpPpid: return nameOf(wire::decodeEnrp(data));
    case wire::fractalPpid: return nameOf(wire::decodeFractal(data));
    case wire::pingPongPpid: return nameOf(wire::decodePingPong(data));
    case wire::scriptingPpid: return nameOf(wire::decodeScripting(data));
    default: return {};
    }
}

/// What is known of one endpoint; shared with its sink, which may outlive the endpoint for a moment.
class WatchedTransport::Watch {
public:
    struct Standing { // of an association that is up
        bool incoming = false;
        TransportAddress peer;
    };
    Watch(WatchedTransport& owner, std::uint64_t number) : m_owner(owner), m_number(number) {
        owner.m_watches.emplace(number, this);
    }
    ~Watch() { m_owner.m_watches.erase(m_number); }
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

    void setEndpoint(const transport::Endpoint* endpoint) { m_endpoint = endpoint; }
    [[nodiscard]] TransportAddress local() const {
        return m_endpoint != nullptr ? m_endpoint->local() : TransportAddress{};
    }
    [[nodiscard]] const std::unordered_map<AssocId, Standing>& associations() const { return m_associations; }

    void happened(const transport::Event& event) {
        std::visit(Overloaded{[this](const transport::Up& up) {
                                  m_associations.emplace(up.assoc, Standing{up.incoming, up.peer});
                                  m_owner.m_telemetry.tellLazily(Level::State, {}, [&] { return asUp(up.assoc); });
                              },
                              [this](const transport::Down& down) { ended(down); },
                              [this](const transport::Message& message) {
                                  seen(Direction::Received, message.assoc, message.ppid, message.data);
                              },
                              [](const auto&) {}},
                   event);
    }
    void seen(Direction direction, AssocId assoc, std::uint32_t ppid, OctetView data) {
        if (m_owner.m_telemetry.wants(Level::Messages)) {
            m_owner.messageSeen(direction, number(assoc), peer(assoc), ppid, data);
        }
    }
    [[nodiscard]] telemetry::AssociationUp asUp(AssocId assoc) const {
        const auto info = m_endpoint != nullptr ? m_endpoint->info(assoc) : std::nullopt;
        const auto known = m_associations.find(assoc);
        return {.association = number(assoc),
                .local = local(),
                .peer = info ? info->peer : TransportAddress{},
                .incoming = known != m_associations.end() && known->second.incoming,
                .transport = std::string{info ? info->transport : m_owner.name()}};
    }

private:
    void ended(const transport::Down& down) {
        if (const auto standing = m_associations.extract(down.assoc)) { // what never stood does not fall
            m_owner.m_telemetry.tellLazily(Level::State, {}, [&] {
                return telemetry::AssociationDown{.association = number(down.assoc),
                                                  .peer = standing.mapped().peer,
                                                  .reason = std::string{transport::toText(down.reason)}};
            });
        }
    }
    [[nodiscard]] std::uint64_t number(AssocId assoc) const {
        return m_number * mostAssociations + std::to_underlying(assoc) % mostAssociations;
    }
    [[nodiscard]] TransportAddress peer(AssocId assoc) const {
        const auto info = m_endpoint != nullptr ? m_endpoint->info(assoc) : std::nullopt;
        return info ? info->peer : TransportAddress{};
    }

    WatchedTransport& m_owner;
    std::uint64_t m_number;
    const transport::Endpoint* m_endpoint = nullptr;
    std::unordered_map<AssocId, Standing> m_associations;
};

class WatchedTransport::WatchedEndpoint final : public transport::Endpoint {
public:
    WatchedEndpoint(std::shared_ptr<Watch> watch, std::unique_ptr<transport::Endpoint> endpoint)
        : m_watch(std::move(watch))
        , m_endpoint(std::move(endpoint)) {
        m_watch->setEndpoint(m_endpoint.get());
    }
    ~WatchedEndpoint() override { m_watch->setEndpoint(nullptr); }

    [[nodiscard]] TransportAddress local() const override { return m_endpoint->local(); }
    std::expected<AssocId, std::error_code> connect(const TransportAddress& peer) override {
        return m_endpoint->connect(peer);
    }
    std::expected<void, transport::SendError> send(AssocId assoc, OctetView data,
                                                   const transport::SendOptions& options) override {
        auto sent = m_endpoint->send(assoc, data, options);
        if (sent) {
            m_watch->seen(Direction::Sent, assoc, options.ppid, data);
        }
        return sent;
    }
    void shutdown(AssocId assoc) override { m_endpoint->shutdown(assoc); }
    void abort(AssocId assoc, std::string_view why) override { m_endpoint->abort(assoc, why); }
    [[nodiscard]] std::optional<transport::AssocInfo> info(AssocId assoc) const override {
        return m_endpoint->info(assoc);
    }
    void setLiveness(AssocId assoc, const transport::Liveness& liveness) override {
        m_endpoint->setLiveness(assoc, liveness);
    }
    std::error_code addAddress(const IpAddress& address) override { return m_endpoint->addAddress(address); }
    std::error_code removeAddress(const IpAddress& address) override { return m_endpoint->removeAddress(address); }

private:
    std::shared_ptr<Watch> m_watch;
    std::unique_ptr<transport::Endpoint> m_endpoint;
};

class WatchedTransport::WatchedPort final : public transport::DatagramPort {
public:
    WatchedPort(WatchedTransport& owner, TransportAddress group, std::unique_ptr<transport::DatagramPort> port)
        : m_owner(owner)
        , m_group(std::move(group))
        , m_port(std::move(port)) {}
    void send(OctetView data) override {
        m_port->send(data);
        datagram(m_owner, Direction::Sent, m_group, data);
    }
    static void datagram(WatchedTransport& owner, Direction direction, const TransportAddress& peer, OctetView data) {
        if (owner.m_telemetry.wants(Level::Messages)) {
            // A datagram has no PPID; what it is shows in what it says.
            const bool asap = wire::decodeAsap(data).has_value();
            owner.messageSeen(direction, 0, peer, asap ? wire::asapPpid : wire::enrpPpid, data);
        }
    }

private:
    WatchedTransport& m_owner;
    TransportAddress m_group;
    std::unique_ptr<transport::DatagramPort> m_port;
};

WatchedTransport::WatchedTransport(Dispatcher& dispatcher, transport::Transport& transport,
                                   telemetry::Telemetry& telemetry)
    : m_dispatcher(dispatcher)
    , m_transport(transport)
    , m_telemetry(telemetry) {
    telemetry.attach(*this);
}

WatchedTransport::~WatchedTransport() {
    m_telemetry.detach(*this);
}

std::expected<std::unique_ptr<transport::Endpoint>, std::error_code>
WatchedTransport::open(const transport::EndpointConfig& config, transport::EventSink sink) {
    auto watch = std::make_shared<Watch>(*this, ++m_lastEndpoint);
    auto opened = m_transport.open(config, [watch, sink = std::move(sink)](const transport::Event& event) mutable {
        watch->happened(event);
        sink(event); // it may destroy the endpoint
    });
    if (!opened) {
        return std::unexpected(opened.error());
    }
    return std::make_unique<WatchedEndpoint>(std::move(watch), std::move(*opened));
}

std::expected<std::unique_ptr<transport::DatagramPort>, std::error_code>
WatchedTransport::openMulticast(const transport::MulticastConfig& config, transport::DatagramPort::Sink sink) {
    auto opened = m_transport.openMulticast(
        config, [this, sink = std::move(sink)](const TransportAddress& from, OctetView data) mutable {
            WatchedPort::datagram(*this, Direction::Received, from, data);
            sink(from, data);
        });
    if (!opened) {
        return std::unexpected(opened.error());
    }
    return std::make_unique<WatchedPort>(*this, TransportAddress{{config.group}, config.port}, std::move(*opened));
}

std::vector<TransportAddress> WatchedTransport::addresses() const {
    std::vector<TransportAddress> all;
    for (const auto& [number, watch] : m_watches) {
        if (TransportAddress local = watch->local(); local.port != 0) {
            all.push_back(std::move(local));
        }
    }
    return all;
}

/// Whatever comes or goes between two parts is told as an event, too.
telemetry::SnapshotParts WatchedTransport::snapshot() {
    std::vector<std::pair<std::uint64_t, AssocId>> left;
    for (const auto& [number, watch] : m_watches) {
        for (const auto& [assoc, standing] : watch->associations()) {
            left.emplace_back(number, assoc);
        }
    }
    return [this, left = std::move(left)]() mutable {
        std::vector<telemetry::EventBody> part;
        while (!left.empty() && part.size() < associationsInAPart) {
            const auto [number, assoc] = left.back();
            left.pop_back();
            const auto watch = m_watches.find(number);
            if (watch != m_watches.end() && watch->second->associations().contains(assoc)) {
                part.emplace_back(watch->second->asUp(assoc));
            }
        }
        return part;
    };
}

void WatchedTransport::messageSeen(Direction direction, std::uint64_t association, const TransportAddress& peer,
                                   std::uint32_t ppid, OctetView data) {
    if (!m_samples.take(samples, m_dispatcher.now())) {
        ++m_skipped;
        return;
    }
    m_telemetry.tell({telemetry::MessageSeen{
        .direction = direction,
        .association = association,
        .peer = peer,
        .ppid = ppid,
        .octets = data.size(),
        .type = messageName(ppid, data),
        .skipped = std::exchange(m_skipped, 0),
        .payload = m_telemetry.wants(Level::Payload) && data.size() <= longestPayload ? Octets{data.begin(), data.end()}
                                                                                      : Octets{}}});
}

} // namespace kolam
