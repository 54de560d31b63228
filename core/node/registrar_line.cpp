// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/registrar_line.h"

#include <algorithm>
#include <utility>

namespace kolam {

using transport::AssocId;

namespace {

constexpr std::size_t mostIncoming = 16; // associations that registrars (or strangers) may open to us
constexpr RateLimit keepAliveRate{10, 10};

asap::HuntLimits huntLimits(const Profile& profile) {
    return {.announceTimeout = profile.announceTimeout,
            .connect = profile.huntConnect,
            .connectMax = profile.huntConnectMax,
            .pauseFirst = profile.retryFirst};
}

} // namespace

RegistrarLine::RegistrarLine(Dispatcher& dispatcher, Log& log, const Config& config)
    : m_dispatcher(dispatcher)
    , m_log(log)
    , m_limitedLog(log)
    , m_config(config)
    , m_hunt(huntLimits(config.profile), config.sources.fixed, dispatcher.random())
    , m_engine({.answer = config.profile.registrarRequest, .trials = config.profile.maxRequestTrials})
    , m_laterTimer(dispatcher,
                   [this] {
                       for (const auto& task : std::exchange(m_later, {})) {
                           task();
                       }
                   })
    , m_huntTimer(dispatcher, [this] { hunt(asap::RegistrarHunt::DeadlineReached{}); })
    , m_engineTimer(dispatcher, [this] { engine(asap::RequestEngine::DeadlineReached{}); }) {}

std::expected<std::shared_ptr<RegistrarLine>, std::error_code>
RegistrarLine::open(Dispatcher& dispatcher, transport::Transport& transport, Log& log, const Config& config) {
    std::shared_ptr<RegistrarLine> line{new RegistrarLine(dispatcher, log, config)};
    auto endpoint =
        transport.open({.local = config.local, .listen = config.listen, .liveness = config.profile.liveness},
                       [self = line.get()](const transport::Event& event) { self->onTransport(event); });
    if (!endpoint) {
        return std::unexpected(endpoint.error());
    }
    line->m_endpoint = std::move(*endpoint);
    if (config.sources.announces) {
        auto port = transport.openMulticast(
            {.group = config.sources.group,
             .port = config.sources.groupPort,
             .loopbackOnly = config.sources.loopbackOnly},
            [self = line.get()](const TransportAddress& from, OctetView data) { self->onAnnounce(from, data); });
        if (port) {
            line->m_announces = std::move(*port);
        } else if (config.sources.fixed.empty()) {
            return std::unexpected(port.error()); // no registrar could ever be found
        } else {
            log.warning("cannot listen to announcements of registrars: {}", port.error().message());
        }
    }
    line->hunt(asap::RegistrarHunt::Wanted{});
    return line;
}

// ---- For the users ----

void RegistrarLine::join(RegistrarLineUser& user, const std::optional<Element>& element) {
    m_users.push_back(&user);
    if (element) {
        m_byElement.emplace(*element, &user);
    }
}

void RegistrarLine::part(RegistrarLineUser& user) {
    m_waiting = m_waiting == &user ? nullptr : m_waiting;
    m_dissatisfied.erase(&user);
    std::erase_if(m_byElement, [&](const auto& entry) { return entry.second == &user; });
    if (m_telling > 0) {
        std::ranges::replace(m_users, &user, nullptr);
    } else {
        std::erase(m_users, &user);
    }
}

bool RegistrarLine::end(RegistrarLineUser& user) {
    if (std::ranges::any_of(m_users, [&](const auto* other) { return other != nullptr && other != &user; })) {
        return false;
    }
    m_waiting = &user;
    m_ending = true;
    m_huntTimer.stop();
    m_engineTimer.stop();
    m_announces.reset();
    for (auto& [association, peer] : m_peers) {
        if (peer.up) {
            m_endpoint->shutdown(association);
        } else {
            m_endpoint->abort(association, "leaves");
        }
    }
    endIfAlone();
    return true;
}

void RegistrarLine::endIfAlone() {
    if (m_ending && m_peers.empty()) {
        later([this] {
            if (RegistrarLineUser* const user = std::exchange(m_waiting, nullptr)) {
                user->onLineEnded();
            }
        });
    }
}

void RegistrarLine::tellAll(const std::function<void(RegistrarLineUser&)>& what) {
    ++m_telling;
    for (std::size_t i = 0; i < m_users.size(); ++i) { // some may join or part meanwhile
        if (m_users[i] != nullptr) {
            what(*m_users[i]);
        }
    }
    if (--m_telling == 0) {
        std::erase(m_users, nullptr);
    }
}

void RegistrarLine::tell(AssocId from, const wire::EndpointKeepAlive& message, bool home, bool trusted) {
    if (message.element && m_users.size() > 1) {
        if (const auto user = m_byElement.find({message.poolHandle, *message.element}); user != m_byElement.end()) {
            user->second->onKeepAlive(from, message, home, trusted);
        } else {
            ++m_counters.unexpected;
        }
    } else { // whoever is meant knows it
        tellAll([&](RegistrarLineUser& user) { user.onKeepAlive(from, message, home, trusted); });
    }
}

void RegistrarLine::request(asap::RequestId id, asap::Request request, Done done) {
    m_requests.emplace(id, std::move(done));
    engine(asap::RequestEngine::Submit{id, std::move(request)});
}

void RegistrarLine::withdraw(asap::RequestId id) {
    if (m_requests.erase(id) > 0) {
        engine(asap::RequestEngine::Withdraw{id});
    }
}

void RegistrarLine::report(const wire::EndpointUnreachable& message) {
    engine(asap::RequestEngine::Submit{asap::RequestId{++m_lastRequest}, message});
}

void RegistrarLine::acknowledge(AssocId to, const wire::EndpointKeepAliveAck& message) {
    wire::encodeInto(message, m_buffer);
    send(to, m_buffer);
}

void RegistrarLine::adopt(AssocId association, ServerId server) {
    const auto peer = m_peers.find(association);
    if (peer == m_peers.end() || association == m_home) {
        return;
    }
    hunt(asap::RegistrarHunt::Adopted{server, peer->second.address});
    m_learned = server;
    changeHome(association, m_hunt.current() && m_hunt.current()->ours);
}

void RegistrarLine::seekAnother(RegistrarLineUser& user) {
    m_dissatisfied.insert(&user);
    if (m_dissatisfied.size() >= m_users.size()) {
        hunt(asap::RegistrarHunt::Silent{});
    }
}

ServerId RegistrarLine::server() const {
    if (!connected()) {
        return {};
    }
    const auto& current = m_hunt.current();
    return current && current->server != ServerId{} ? current->server : m_learned;
}

TransportAddress RegistrarLine::registrarAddress() const {
    const auto peer = m_peers.find(m_home);
    return peer == m_peers.end() ? TransportAddress{} : peer->second.address;
}

// ---- From the transport ----

void RegistrarLine::onTransport(const transport::Event& event) {
    std::visit(Overloaded{
                   [&](const transport::Up& e) { on(e); }, [&](const transport::Down& e) { on(e); },
                   [&](const transport::Message& e) { on(e); }, [&](const transport::PeerClosing& e) { on(e); },
                   [](const transport::PathChange&) {},
                   [](const transport::Writable&) {}, // what a full association did not take is asked again by T1
               },
               event);
}

void RegistrarLine::on(const transport::Up& up) {
    const auto [found, added] = m_peers.try_emplace(up.assoc);
    Peer& peer = found->second;
    peer.up = true;
    peer.address = up.peer;
    if (added) {
        peer.incoming = true;
        const auto incoming = std::ranges::count_if(m_peers, [](const auto& entry) { return entry.second.incoming; });
        if (static_cast<std::size_t>(incoming) > mostIncoming) {
            ++m_counters.refused;
            peer.closing = true;
            m_endpoint->abort(up.assoc, "too many associations");
        }
    } else if (peer.attempt) {
        hunt(asap::RegistrarHunt::AttemptUp{*peer.attempt});
    }
}

void RegistrarLine::on(const transport::Down& down) {
    const auto found = m_peers.find(down.assoc);
    if (found == m_peers.end()) {
        return;
    }
    const Peer peer = std::move(found->second);
    m_peers.erase(found);
    if (m_ending) {
        endIfAlone();
        return;
    }
    if (down.assoc == m_home) {
        m_log.info("registrar {} at {} is lost: {}", toText(server()), toText(peer.address), toText(down.reason));
        m_home = AssocId::None;
        m_learned = {};
        engine(asap::RequestEngine::RegistrarDown{});
        hunt(asap::RegistrarHunt::Lost{});
        tellChange();
    } else if (peer.attempt) {
        hunt(asap::RegistrarHunt::AttemptFailed{*peer.attempt});
    }
}

void RegistrarLine::on(const transport::PeerClosing& closing) {
    if (const auto peer = m_peers.find(closing.assoc); peer != m_peers.end()) {
        peer->second.closing = true;
    }
}

void RegistrarLine::on(const transport::Message& message) {
    const auto peer = m_peers.find(message.assoc);
    if (peer == m_peers.end()) {
        return;
    }
    if (message.ppid != wire::asapPpid) {
        ++m_counters.garbage;
        return;
    }
    const auto decoded = wire::decodeAsap(message.data);
    if (!decoded) {
        ++m_counters.garbage;
        m_limitedLog.warning(m_dispatcher.now(), [&] {
            return fmt::format("a message of {} cannot be read: {} at octet {}", toText(peer->second.address),
                               toText(decoded.error().code), decoded.error().offset);
        });
        return;
    }
    received(message.assoc, peer->second, *decoded);
}

void RegistrarLine::received(AssocId from, Peer& peer, const wire::AsapMessage& message) {
    const auto* keepAlive = std::get_if<wire::EndpointKeepAlive>(&message);
    if (keepAlive == nullptr) {
        if (from == m_home) {
            engine(asap::RequestEngine::Received{message});
        } else {
            ++m_counters.unexpected;
        }
        return;
    }
    const auto users = static_cast<std::uint32_t>(std::max<std::size_t>(1, m_users.size()));
    const RateLimit rate{keepAliveRate.perSecond * users, keepAliveRate.burst * users};
    if (!peer.keepAlives.take(rate, m_dispatcher.now())) {
        ++m_counters.refused;
        return;
    }
    const bool home = from == m_home;
    const bool trusted = home || !m_config.sources.announces || m_hunt.knows(peer.address);
    if (home && keepAlive->server != ServerId{} && server() == ServerId{}) {
        m_learned = keepAlive->server;
        tellChange();
    }
    tell(from, *keepAlive, home, trusted);
}

void RegistrarLine::onAnnounce(const TransportAddress& from, OctetView data) {
    const auto announce = wire::decode<wire::ServerAnnounce>(data);
    if (!announce) {
        ++m_counters.garbage;
        m_limitedLog.warning(m_dispatcher.now(), [&] {
            return fmt::format("an announcement from {} cannot be read: {} at octet {}", toText(from),
                               toText(announce.error().code), announce.error().offset);
        });
        return;
    }
    const ServerId before = server();
    // rsplib's announcements name no transport; ours do.
    hunt(asap::RegistrarHunt::AnnounceHeard{announce->server, asap::announcedAddress(*announce, from),
                                            !announce->transports.empty()});
    if (server() != before && connected()) {
        tellChange();
    }
}

// ---- The hunt ----

void RegistrarLine::hunt(const asap::RegistrarHunt::Input& input) {
    m_huntActions.run(m_hunt.handle(input, m_dispatcher.now()), [this](const auto& action) { perform(action); });
}

void RegistrarLine::perform(const asap::RegistrarHunt::Action& action) {
    std::visit(Overloaded{
                   [&](const asap::RegistrarHunt::Connect& a) { beginAttempt(a); },
                   [&](const asap::RegistrarHunt::Abandon& a) {
                       for (auto& [id, peer] : m_peers) {
                           if (peer.attempt == a.attempt) {
                               peer.attempt.reset();
                               if (!peer.up) {
                                   m_endpoint->abort(id, "not needed any more");
                               }
                           }
                       }
                   },
                   [&](const asap::RegistrarHunt::Use& a) { useAttempt(a); },
                   [&](const asap::RegistrarHunt::ArmTimer& a) { m_huntTimer.arm(a.deadline); },
               },
               action);
}

void RegistrarLine::beginAttempt(const asap::RegistrarHunt::Connect& connect) {
    const auto same = std::ranges::find_if(m_peers, [&](const auto& entry) {
        const Peer& peer = entry.second;
        return peer.up && !peer.closing && !peer.attempt && entry.first != m_home &&
               peer.address.port == connect.address.port &&
               std::ranges::find_first_of(peer.address.ips, connect.address.ips) != peer.address.ips.end();
    });
    if (same != m_peers.end()) { // it has connected to us before
        same->second.attempt = connect.attempt;
        later([this, attempt = connect.attempt] { hunt(asap::RegistrarHunt::AttemptUp{attempt}); });
        return;
    }
    const auto association = m_endpoint->connect(connect.address);
    if (!association) {
        later([this, attempt = connect.attempt] { hunt(asap::RegistrarHunt::AttemptFailed{attempt}); });
        return;
    }
    m_log.debug("tries the registrar at {}", toText(connect.address));
    m_peers[*association] = Peer{.address = connect.address, .attempt = connect.attempt};
}

void RegistrarLine::useAttempt(const asap::RegistrarHunt::Use& use) {
    const auto found =
        std::ranges::find_if(m_peers, [&](const auto& entry) { return entry.second.attempt == use.attempt; });
    if (found == m_peers.end()) {
        hunt(asap::RegistrarHunt::Lost{}); // it went down between two turns
        return;
    }
    found->second.attempt.reset();
    m_learned = {};
    changeHome(found->first, use.ours);
}

void RegistrarLine::changeHome(AssocId association, bool ours) {
    const AssocId before = std::exchange(m_home, association);
    ++m_epoch;
    m_dissatisfied.clear();
    m_log.info("registrar {} at {}", toText(server()), toText(registrarAddress()));
    engine(asap::RequestEngine::RegistrarUp{ours});
    tellChange();
    if (before != AssocId::None) {
        m_endpoint->shutdown(before); // gracefully: an ABORT would make it take us out of the pool
    }
}

// ---- Requests ----

void RegistrarLine::engine(const asap::RequestEngine::Input& input) {
    m_engineActions.run(m_engine.handle(input, m_dispatcher.now()), [this](const auto& action) { perform(action); });
}

void RegistrarLine::perform(const asap::RequestEngine::Action& action) {
    std::visit(Overloaded{
                   [&](const asap::RequestEngine::Send& a) {
                       std::visit([&](const auto& message) { wire::encodeInto(message, m_buffer); }, a.request);
                       send(m_home, m_buffer);
                   },
                   [&](const asap::RequestEngine::Answered& a) { answered(a.id, a.answer); },
                   [&](const asap::RequestEngine::Failed& a) { answered(a.id, std::unexpected(a.failure)); },
                   [&](const asap::RequestEngine::RegistrarSilent&) { hunt(asap::RegistrarHunt::Silent{}); },
                   [&](const asap::RequestEngine::RegistrarAnswers&) { hunt(asap::RegistrarHunt::Answers{}); },
                   [&](const asap::RequestEngine::Ignored& a) {
                       ++m_counters.unexpected;
                       m_limitedLog.warning(m_dispatcher.now(), [&] {
                           return fmt::format("ignores an unexpected {} of the registrar", a.message);
                       });
                   },
                   [&](const asap::RequestEngine::ArmTimer& a) { m_engineTimer.arm(a.deadline); },
               },
               action);
}

void RegistrarLine::answered(asap::RequestId id, const Outcome& outcome) {
    if (auto request = m_requests.extract(id)) {
        request.mapped()(outcome);
    }
}

void RegistrarLine::send(AssocId to, OctetView octets) {
    if (!m_endpoint->send(to, octets, {.ppid = wire::asapPpid})) {
        m_log.debug("a message to the registrar did not go out");
    }
}

void RegistrarLine::later(std::function<void()> task) {
    m_later.push_back(std::move(task));
    if (!m_laterTimer.armed()) {
        m_laterTimer.arm(m_dispatcher.now());
    }
}

} // namespace kolam
