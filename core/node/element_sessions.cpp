// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/element_sessions.h"

#include "core/node/action_queue.h"
#include "core/node/session_send.h"
#include "core/node/timer.h"
#include "core/session/element_session.h"
#include "core/wire/codec.h"

#include <algorithm>
#include <cassert>
#include <ranges>
#include <utility>

namespace kolam {

namespace {

constexpr std::size_t mostCookie = 60'000;  // octets; a parameter's length field ends at 65535
constexpr std::size_t sessionsInAPart = 64; // of a snapshot

session::ElementLimits sessionLimits(const Profile& profile, bool watchUsers) {
    return {.keepAliveInterval = watchUsers ? profile.sessionKeepAliveInterval : Duration{},
            .keepAliveMissed = profile.sessionKeepAliveMissed};
}

bool sameElements(const std::vector<wire::PoolElement>& one, const std::vector<wire::PoolElement>& other) {
    return std::ranges::is_permutation(one, other, [](const wire::PoolElement& a, const wire::PoolElement& b) {
        return a.identifier == b.identifier && a.userTransport == b.userTransport;
    });
}

} // namespace

/// One session: the machine, the service's object, and the link between them.
class ElementSessions::Session final : public SessionLink {
public:
    Session(ElementSessions& owner, const transport::Up& up)
        : m_owner(owner)
        , m_association(up.assoc)
        , m_peerAddress(up.peer)
        , m_peer(toText(up.peer))
        , m_machine(owner.m_config.poolHandle, owner.m_config.element,
                    wire::Features::sessionKeepAlive | owner.m_service.features(),
                    sessionLimits(owner.m_config.profile, owner.m_service.watchesUsers()))
        , m_timer(owner.m_dispatcher, [this] { deliver(session::ElementSession::DeadlineReached{}); }) {}

    /// False: the service does not want this user.
    [[nodiscard]] bool open() {
        m_service = m_owner.m_service.open(*this);
        return m_service != nullptr;
    }
    void close() {
        if (m_service) {
            m_service->onClosed();
        }
    }
    void deliver(const session::ElementSession::Input& input) {
        m_actions.run(m_machine.handle(input, m_owner.m_dispatcher.now()),
                      [this](const auto& action) { perform(action); });
    }
    void onMessage(std::uint32_t ppid, OctetView data) {
        deliver(session::ElementSession::Data{});
        m_service->onMessage(ppid, data);
    }
    void onWritable() { m_service->onWritable(); }

    // ---- For the service ----
    std::expected<void, SessionSendError> send(std::uint32_t ppid, OctetView data) override {
        assert(ppid != wire::asapPpid); // the control channel is ours
        return asSessionResult(m_owner.m_endpoint->send(m_association, data, {.ppid = ppid}));
    }
    std::expected<void, SessionSendError> sendCookie(OctetView cookie) override {
        if (cookie.size() > mostCookie) {
            return std::unexpected(SessionSendError::TooBig);
        }
        wire::Cookie message;
        message.cookie.assign(cookie.begin(), cookie.end());
        return sendControl(message);
    }
    void shutdown() override { m_owner.m_endpoint->shutdown(m_association); }
    void abort(std::string_view why) override { m_owner.m_endpoint->abort(m_association, why); }
    [[nodiscard]] std::string peer() const override { return m_peer; }
    [[nodiscard]] const TransportAddress& peerAddress() const override { return m_peerAddress; }
    [[nodiscard]] bool peerHas(std::uint32_t feature) const override {
        return (m_machine.userFeatures() & feature) == feature;
    }

private:
    template <typename Message>
    std::expected<void, SessionSendError> sendControl(const Message& message) {
        return asSessionResult(
            m_owner.m_endpoint->send(m_association, wire::encode(message), {.ppid = wire::asapPpid}));
    }
    void perform(const session::ElementSession::Action& action) {
        std::visit(Overloaded{
                       [&](const session::ElementSession::SendControl& a) {
                           // What a full association does not take now is asked for again, or of no use any more.
                           std::visit([&](const auto& message) { (void)sendControl(message); }, a.message);
                       },
                       [&](const session::ElementSession::EchoCookie& a) {
                           m_owner.m_telemetry.tellLazily(telemetry::Level::State, {}, [&] {
                               return telemetry::SessionResumed{std::to_underlying(m_association), a.cookie.size()};
                           });
                           m_service->onCookieEcho(a.cookie);
                       },
                       [&](const session::ElementSession::UserDead&) { abort("the user does not answer"); },
                       [&](const session::ElementSession::Ignored& a) {
                           ++m_owner.m_counters.ignored;
                           m_owner.m_limitedLog.warning(m_owner.m_dispatcher.now(), [&] {
                               return fmt::format("ignores {} of user {}", a.message, m_peer);
                           });
                       },
                       [&](const session::ElementSession::ArmTimer& a) { m_timer.arm(a.deadline); },
                   },
                   action);
    }

    ElementSessions& m_owner;
    transport::AssocId m_association;
    TransportAddress m_peerAddress;
    std::string m_peer;
    session::ElementSession m_machine;
    ActionQueue<session::ElementSession::Action> m_actions;
    Timer m_timer;
    std::unique_ptr<ServiceSession> m_service;
};

ElementSessions::ElementSessions(Dispatcher& dispatcher, Log& log, Service& service, const Config& config,
                                 std::function<void()> onChange)
    : m_dispatcher(dispatcher)
    , m_limitedLog(log)
    , m_service(service)
    , m_config(config)
    , m_telemetry(telemetry::orSilence(config.telemetry))
    , m_onChange(std::move(onChange)) {}

std::expected<std::unique_ptr<ElementSessions>, std::error_code>
ElementSessions::open(Dispatcher& dispatcher, transport::Transport& transport, Log& log, Service& service,
                      const Config& config, std::function<void()> onChange) {
    std::unique_ptr<ElementSessions> sessions{
        new ElementSessions(dispatcher, log, service, config, std::move(onChange))};
    auto endpoint =
        transport.open({.local = config.local, .listen = true, .liveness = config.profile.liveness},
                       [self = sessions.get()](const transport::Event& event) { self->onTransport(event); });
    if (!endpoint) {
        return std::unexpected(endpoint.error());
    }
    sessions->m_endpoint = std::move(*endpoint);
    return sessions;
}

ElementSessions::~ElementSessions() {
    for (const auto& [id, session] : m_sessions) {
        session->close();
    }
}

void ElementSessions::setCard(std::vector<wire::PoolElement> elements, bool ordered) {
    const bool news = !sameElements(elements, m_card);
    m_card = std::move(elements);
    m_cardOrdered = ordered;
    if (news) {
        for (const auto& [id, session] : m_sessions) {
            giveCard(*session);
        }
    }
}

void ElementSessions::giveCard(Session& session) {
    std::vector<wire::PoolElement> card = m_card;
    if (!m_cardOrdered) {
        std::ranges::shuffle(card, m_dispatcher.random());
    }
    session.deliver(session::ElementSession::CardChanged{card});
}

telemetry::SnapshotParts ElementSessions::tellAll() const {
    std::vector<transport::AssocId> left;
    for (const auto& [id, session] : m_sessions) {
        left.push_back(id);
    }
    return [this, left = std::move(left)]() mutable {
        std::vector<telemetry::EventBody> part;
        while (!left.empty() && part.size() < sessionsInAPart) {
            if (const auto info = m_endpoint->info(left.back())) {
                part.emplace_back(telemetry::SessionAccepted{std::to_underlying(left.back()), info->peer});
            }
            left.pop_back();
        }
        return part;
    };
}

void ElementSessions::closeAll() {
    for (const auto& [id, session] : m_sessions) {
        session->shutdown();
    }
}

void ElementSessions::shutdown() {
    m_closed = true;
    closeAll();
}

void ElementSessions::onTransport(const transport::Event& event) {
    std::visit(Overloaded{
                   [&](const transport::Up& e) { on(e); },
                   [&](const transport::Down& e) { on(e); },
                   [&](const transport::Message& e) { on(e); },
                   [&](const transport::Writable& e) { on(e); },
                   [](const transport::PeerClosing&) {}, // its end follows
                   [](const transport::PathChange&) {},
               },
               event);
}

void ElementSessions::on(const transport::Up& up) {
    auto session = std::make_unique<Session>(*this, up);
    if (m_closed || !session->open()) {
        ++m_counters.refused;
        m_endpoint->shutdown(up.assoc); // at once and without a word: so the user knows that it is refused
    } else {
        ++m_counters.opened;
        m_telemetry.tellLazily(telemetry::Level::State, {},
                               [&] { return telemetry::SessionAccepted{std::to_underlying(up.assoc), up.peer}; });
        giveCard(*session);
        m_sessions.emplace(up.assoc, std::move(session));
    }
    m_onChange();
}

void ElementSessions::on(const transport::Down& down) {
    if (const auto session = m_sessions.extract(down.assoc)) {
        session.mapped()->close();
        m_telemetry.tellLazily(telemetry::Level::State, {},
                               [&] { return telemetry::SessionEnded{std::to_underlying(down.assoc)}; });
        m_onChange();
    }
}

void ElementSessions::on(const transport::Message& message) {
    const auto found = m_sessions.find(message.assoc);
    if (found == m_sessions.end()) {
        return; // of a user that was refused
    }
    Session& session = *found->second;
    if (message.ppid != wire::asapPpid) {
        session.onMessage(message.ppid, message.data);
        return;
    }
    if (const auto decoded = wire::decodeAsap(message.data)) {
        session.deliver(session::ElementSession::Control{*decoded});
    } else {
        ++m_counters.garbage;
        m_limitedLog.warning(m_dispatcher.now(), [&] {
            return fmt::format("a control message of user {} cannot be read: {} at octet {}", session.peer(),
                               toText(decoded.error().code), decoded.error().offset);
        });
    }
}

void ElementSessions::on(const transport::Writable& writable) {
    if (const auto session = m_sessions.find(writable.assoc); session != m_sessions.end()) {
        session->second->onWritable();
    }
}

} // namespace kolam
