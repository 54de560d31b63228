// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/enrp_inquiry.h"

#include "core/handlespace/handlespace.h"
#include "core/wire/codec.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <utility>

namespace kolam {

using namespace std::chrono_literals;

namespace {

constexpr transport::SendOptions asEnrp{.ppid = wire::enrpPpid};
constexpr Duration farewell = 1s;

} // namespace

EnrpInquiry::EnrpInquiry(Dispatcher& dispatcher, transport::Transport& transport, Config config,
                         std::move_only_function<void(Answer)> done)
    : m_dispatcher(dispatcher)
    , m_transport(transport)
    , m_config(std::move(config))
    , m_done(std::move(done)) {
    if (m_config.own == ServerId{}) {
        m_config.own = ServerId{dispatcher.random().nonZero32()};
    }
    if (auto begun = begin(); !begun) {
        m_trouble = {std::move(begun.error()), true};
        end();
    } else {
        bePatient(m_config.timeout);
    }
}

EnrpInquiry::~EnrpInquiry() {
    m_dispatcher.cancel(m_timer);
}

std::expected<void, std::string> EnrpInquiry::begin() {
    const bool onThisHost = std::ranges::all_of(
        m_config.registrar.ips, [](const IpAddress& ip) { return ip.scope() == AddressScope::Loopback; });
    transport::EndpointConfig config;
    if (onThisHost) { // else every address of this host would be told to the registrar
        config.local.ips = m_config.registrar.ips;
        if (!config.local.ips.front().v6) {
            config.local.ips = {IpAddress::v4(127, 0, 0, 1)};
        }
    }
    config.listen = true; // whoever hears of us gets an answer at once: that we are gone
    config.outStreams = 1;
    auto opened = m_transport.open(config, [this](const transport::Event& event) { happened(event); });
    if (!opened) {
        return std::unexpected(fmt::format("no endpoint on this host: {}", opened.error().message()));
    }
    m_endpoint = std::move(*opened);
    const auto begun = m_endpoint->connect(m_config.registrar);
    if (!begun) {
        return std::unexpected(
            fmt::format("cannot connect to {}: {}", toText(m_config.registrar), begun.error().message()));
    }
    m_association = *begun;
    return {};
}

/// In a turn of its own: the endpoint that tells us cannot go while it does.
void EnrpInquiry::end() {
    m_closing = true;
    m_association = transport::AssocId::None;
    m_dispatcher.cancel(m_timer);
    m_timer = m_dispatcher.callIn(Duration{}, [this] {
        m_timer = TimerId::None;
        m_endpoint.reset();
        auto done = std::move(m_done);
        if (!m_trouble.sentence.empty()) {
            done(std::unexpected(std::move(m_trouble)));
        } else {
            done(std::move(m_snapshot));
        }
    });
}

// ---- What happens --------------------------------------------------------------------------------------------------

void EnrpInquiry::happened(const transport::Event& event) {
    std::visit(Overloaded{
                   [this](const transport::Up& up) {
                       if (up.assoc != m_association) {
                           return m_endpoint->abort(up.assoc, "only asks");
                       }
                       m_up = true;
                       present(true);
                   },
                   [this](const transport::Down& ended) { down(ended); },
                   [this](const transport::Message& message) { received(message); },
                   [](const auto&) {},
               },
               event);
}

void EnrpInquiry::down(const transport::Down& down) {
    if (down.assoc != m_association) {
        return;
    }
    if (!m_closing) {
        const std::string who = toText(m_config.registrar);
        using enum transport::DownReason;
        if (m_up) {
            m_trouble.sentence = fmt::format("{} has ended the association ({}) before it had told everything", who,
                                             transport::toText(down.reason));
        } else if (down.reason == SetupTimeout) {
            m_trouble.sentence = fmt::format("{} does not answer", who);
        } else {
            m_trouble = {fmt::format("nobody at {}: {}", who, transport::toText(down.reason)), true};
        }
    }
    end();
}

void EnrpInquiry::received(const transport::Message& message) {
    if (message.assoc != m_association || m_closing) {
        return;
    }
    if (message.ppid != wire::enrpPpid) {
        return fail(fmt::format("{} speaks another protocol (PPID {}); is it not the ENRP port?",
                                toText(m_config.registrar), message.ppid));
    }
    const auto decoded = wire::decodeEnrp(message.data);
    if (!decoded) {
        return fail(fmt::format("{} sends what cannot be read: {}", toText(m_config.registrar),
                                wire::toText(decoded.error().code)));
    }
    std::visit([this](const auto& known) { on(known); }, *decoded);
}

// ---- What the registrar says ---------------------------------------------------------------------------------------

void EnrpInquiry::on(const wire::Presence& message) {
    if (message.replyRequired) {
        present(false);
    }
    if (std::exchange(m_presented, true)) {
        return;
    }
    m_snapshot.summary.id = message.sender;
    m_snapshot.summary.enrp = m_config.registrar;
    m_snapshot.summary.serving = true;
    m_windowed = message.features && (message.features->mask & wire::Features::windowedTables) != 0;
    send(wire::encode(wire::ListRequest{m_config.own, message.sender}));
    requestTable(false);
}

void EnrpInquiry::on(const wire::ListResponse& message) {
    if (message.reject) {
        return fail(fmt::format("{} does not tell its peers", toText(m_config.registrar)));
    }
    for (const wire::ServerInformation& server : message.servers) {
        if (server.server != m_config.own) {
            m_snapshot.summary.peers.push_back({.id = server.server,
                                                .address = {server.transport.addresses, server.transport.port},
                                                .contact = {},
                                                .elements = 0});
        }
    }
    m_listed = true;
    bePatient(m_config.timeout);
    checkComplete();
}

void EnrpInquiry::on(const wire::HandleTableResponse& message) {
    if (message.reject) {
        return fail(
            fmt::format("{} does not tell its handlespace; perhaps it is just starting", toText(m_config.registrar)));
    }
    if (!m_presented || m_tabled) {
        return;
    }
    m_told.add(message);
    if (m_told.endless()) {
        return fail(fmt::format("{} does not stop talking", toText(m_config.registrar)));
    }
    for (const wire::PoolEntry& pool : message.pools) {
        if (m_snapshot.pools.empty() || m_snapshot.pools.back().poolHandle != pool.poolHandle) {
            m_snapshot.pools.emplace_back().poolHandle = pool.poolHandle;
        }
        std::ranges::copy(pool.elements, std::back_inserter(m_snapshot.pools.back().elements));
    }
    bePatient(m_config.timeout);
    if (message.moreToSend) {
        return requestTable(true);
    }
    m_tabled = true;
    checkComplete();
}

void EnrpInquiry::on(const wire::InitTakeover& message) {
    if (message.target == m_config.own) {
        return present(false);
    }
    send(wire::encode(wire::InitTakeoverAck{m_config.own, message.sender, message.target})); // nobody waits for us
}

void EnrpInquiry::on(const wire::EnrpError& message) {
    fail(fmt::format("{} reports an error: {}", toText(m_config.registrar),
                     message.error.causes.empty() ? "no cause" : wire::toText(message.error.causes.front().code)));
}

// ---- What we say ---------------------------------------------------------------------------------------------------

void EnrpInquiry::present(bool replyRequired) {
    static const Handlespace empty{1};
    const TransportAddress own = m_endpoint->local();
    wire::Presence message;
    message.replyRequired = replyRequired;
    message.sender = m_config.own;
    message.receiver = m_snapshot.summary.id;
    message.checksum = empty.checksum(m_config.own);
    // A registrar of ours would think that it has a peer of rsplib's, and change its manners.
    message.features = wire::Features{.version = 1, .mask = wire::Features::windowedTables};
    message.server.emplace();
    message.server->server = m_config.own;
    message.server->transport.port = own.port;
    message.server->transport.addresses = own.ips;
    send(wire::encode(message));
}

void EnrpInquiry::requestTable(bool continuation) {
    wire::HandleTableRequest request;
    request.continuation = continuation && m_windowed;
    request.sender = m_config.own;
    request.receiver = m_snapshot.summary.id;
    send(wire::encode(request));
}

void EnrpInquiry::send(OctetView octets) {
    if (!m_endpoint->send(m_association, octets, asEnrp)) {
        fail(fmt::format("{} does not read what it is asked", toText(m_config.registrar)));
    }
}

// ---- Endings -------------------------------------------------------------------------------------------------------

void EnrpInquiry::checkComplete() {
    if (!m_listed || !m_tabled) {
        return;
    }
    telemetry::RegistrarSummary& summary = m_snapshot.summary;
    std::map<ServerId, std::size_t> owned;
    for (const wire::PoolEntry& pool : m_snapshot.pools) {
        for (const wire::PoolElement& element : pool.elements) {
            ++owned[element.homeRegistrar];
        }
    }
    summary.elements = m_told.elements();
    summary.pools = m_snapshot.pools.size();
    summary.ownElements = owned[summary.id];
    for (telemetry::RegistrarPeer& peer : summary.peers) {
        peer.elements = owned[peer.id];
    }
    close();
}

void EnrpInquiry::fail(std::string sentence) {
    if (m_trouble.sentence.empty() && !m_closing) {
        m_trouble.sentence = std::move(sentence);
        close();
    }
}

/// Graceful, so that the registrar knows at once that this peer is gone.
void EnrpInquiry::close() {
    m_closing = true;
    bePatient(farewell);
    m_endpoint->shutdown(m_association);
}

void EnrpInquiry::bePatient(Duration patience) {
    m_dispatcher.cancel(m_timer);
    m_timer = m_dispatcher.callIn(patience, [this] {
        m_timer = TimerId::None;
        if (m_closing) {
            return end();
        }
        if (!m_up) {
            m_trouble.sentence = fmt::format("{} does not answer", toText(m_config.registrar));
            return end();
        }
        fail(m_presented
                 ? fmt::format("{} has not told everything in time", toText(m_config.registrar))
                 : fmt::format("{} is there, but says nothing; is it not the ENRP port?", toText(m_config.registrar)));
    });
}

} // namespace kolam
