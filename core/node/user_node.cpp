// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/user_node.h"

#include "core/asap/pool_cache.h"
#include "core/node/registrar_link.h"
#include "core/node/timer.h"
#include "core/node/unreachable_reports.h"
#include "core/node/user_session_node.h"

#include <algorithm>
#include <utility>

namespace kolam {

namespace {

constexpr std::size_t sessionsInAPart = 32; // of a snapshot
constexpr std::uint32_t sessionItems = 4; // elements asked for a session: one to use, the others for the next failover

ResolveErrc asResolveError(asap::RequestFailure failure) {
    switch (failure) {
    case asap::RequestFailure::NoRegistrar: return ResolveErrc::NoRegistrar;
    case asap::RequestFailure::TimedOut: return ResolveErrc::TimedOut;
    case asap::RequestFailure::Refused: return ResolveErrc::Refused;
    }
    std::unreachable();
}

std::expected<std::vector<wire::PoolElement>, ResolveErrc> asElements(const RegistrarLink::Outcome& outcome) {
    if (!outcome) {
        return std::unexpected(asResolveError(outcome.error()));
    }
    const auto& answer = std::get<wire::HandleResolutionResponse>(*outcome); // the engine matches answers to questions
    if (answer.error) {
        const bool unknown = std::ranges::any_of(answer.error->causes, [](const wire::ErrorCause& cause) {
            return cause.code == wire::CauseCode::UnknownPoolHandle;
        });
        return std::unexpected(unknown ? ResolveErrc::UnknownPool : ResolveErrc::Refused);
    }
    if (answer.elements.empty()) {
        return std::unexpected(ResolveErrc::UnknownPool);
    }
    return answer.elements;
}

} // namespace

struct UserNode::Impl final : RegistrarLinkOwner, UserSessionOwner, telemetry::TelemetrySubject {
    Impl(Dispatcher& dispatcherOfNode, transport::Transport& transport, Log& logOfNode, const Config& configOfNode)
        : dispatcher(dispatcherOfNode)
        , log(logOfNode)
        , config(configOfNode)
        , telemetry(telemetry::orSilence(config.telemetry))
        , cache(config.profile.staleCache, dispatcher.random())
        , shared{.dispatcher = dispatcher,
                 .log = log,
                 .telemetry = telemetry,
                 .limitedLog = LimitedLog{log},
                 .profile = config.profile,
                 .owner = *this,
                 .associations = {transport, *config.local, config.profile.liveness},
                 .counters = {},
                 .ours = {},
                 .features = wire::Features::sessionKeepAlive | config.features}
        , buryTimer(dispatcher, [this] { closed.clear(); }) {
        telemetry.attach(*this);
    }
    ~Impl() override { telemetry.detach(*this); }

    // ---- RegistrarLinkOwner ----
    void onRegistrarChanged() override {
        statusChanged();
        if (link->connected() && std::exchange(knownEpoch, link->epoch()) != link->epoch()) {
            registrarSince = dispatcher.now();
            std::vector<SessionId> ids;
            for (const auto& [id, session] : sessions) {
                ids.push_back(id);
            }
            for (const SessionId id : ids) { // one may close another
                if (const auto found = sessions.find(id); found != sessions.end()) {
                    found->second->deliver(session::UserSession::RegistrarFound{});
                }
            }
        }
    }
    /// Users are no elements: nobody has to ask them whether they live.
    void onKeepAlive(transport::AssocId, const wire::EndpointKeepAlive&, bool, bool) override {
        ++shared.counters.ignored;
    }

    // ---- UserSessionOwner ----
    void onResolveWanted(UserSessionNode& session, session::UserSession::Source from) override {
        using Source = session::UserSession::Source;
        const PoolHandle& handle = session.poolHandle();
        // When there is nobody to ask, what was heard long ago is better than nothing.
        const auto staleness = link->connected() ? asap::Staleness::Fresh : asap::Staleness::Any;
        if (from == Source::Quick || (from == Source::Registrar && !link->connected())) {
            if (auto known = cache.select(handle, staleness, dispatcher.now(), session.key()); !known.empty()) {
                session.tellSelected(known, telemetry::SelectionSource::Memory);
                session.deliver(session::UserSession::Found{std::move(known), true});
                return;
            }
        }
        wire::HandleResolution question;
        question.sessionKey = session.key();
        question.poolHandle = handle;
        question.items = sessionItems;
        session.setRequest(link->request(std::move(question), [this, id = session.id()](const auto& outcome) {
            if (const auto found = sessions.find(id); found != sessions.end()) {
                resolved(*found->second, outcome);
            }
        }));
    }
    void resolved(UserSessionNode& session, const RegistrarLink::Outcome& outcome) {
        session.setRequest({});
        remember(outcome);
        auto elements = asElements(outcome);
        if (elements) {
            session.tellSelected(*elements, telemetry::SelectionSource::Registrar);
            session.deliver(session::UserSession::Found{std::move(*elements), false});
            return;
        }
        const bool nobody = elements.error() == ResolveErrc::NoRegistrar || elements.error() == ResolveErrc::TimedOut;
        if (nobody) {
            if (auto known = cache.select(session.poolHandle(), asap::Staleness::Any, dispatcher.now(), session.key());
                !known.empty()) {
                session.tellSelected(known, telemetry::SelectionSource::Memory);
                session.deliver(session::UserSession::Found{std::move(known), false});
                return;
            }
        }
        session.deliver(session::UserSession::NotFound{nobody ? WaitReason::NoRegistrar : WaitReason::NoElement});
    }
    void onUnreachable(const PoolHandle& handle, PeIdentifier element) override {
        cache.forget(handle, element);
        if (config.reportUnreachable && reports.isNews(handle, element, dispatcher.now())) {
            telemetry.tellLazily(telemetry::Level::State, telemetry::storyOf(handle, element),
                                 [&] { return telemetry::UnreachableSent{handle, element}; });
            link->report({handle, element});
        }
    }

    void remember(const RegistrarLink::Outcome& outcome) {
        if (outcome) {
            if (const auto* answer = std::get_if<wire::HandleResolutionResponse>(&*outcome)) {
                cache.store(*answer, dispatcher.now());
            }
        }
    }
    void closeSession(SessionId id) {
        if (auto session = sessions.extract(id)) {
            if (session.mapped()->request() != asap::RequestId{}) {
                link->withdraw(session.mapped()->request());
            }
            session.mapped()->close();
            telemetry.tellLazily(telemetry::Level::State, {}, [&] {
                return telemetry::SessionClosed{std::to_underlying(id), session.mapped()->poolHandle()};
            });
            closed.push_back(std::move(session.mapped())); // perhaps it is the one that is calling
            buryTimer.arm(dispatcher.now());
        }
    }
    [[nodiscard]] UserStatus status() const {
        return {
            .registrar = link->server(), .registrarAddress = link->registrarAddress(), .looking = !link->connected()};
    }

    // ---- Who watches ----
    [[nodiscard]] telemetry::StateChanged stateNow() const {
        return {.state = link->connected() ? telemetry::ComponentState::Serving : telemetry::ComponentState::Looking,
                .registrar = link->server(),
                .registrarAddress = link->registrarAddress(),
                .detail = {}};
    }
    telemetry::SnapshotParts snapshot() override {
        std::vector<SessionId> left;
        for (const auto& [id, session] : sessions) {
            left.push_back(id);
        }
        return [this, begun = false, left = std::move(left)]() mutable -> std::vector<telemetry::EventBody> {
            if (!std::exchange(begun, true)) {
                return {stateNow()};
            }
            std::vector<telemetry::EventBody> part;
            while (!left.empty() && part.size() < sessionsInAPart) {
                if (const auto session = sessions.find(left.back()); session != sessions.end()) {
                    std::ranges::move(session->second->tellAll(), std::back_inserter(part));
                }
                left.pop_back();
            }
            return part;
        };
    }
    [[nodiscard]] telemetry::CspContent cspContent() const {
        telemetry::CspContent content;
        const ServerId registrar = link->server();
        if (link->connected() && registrar != ServerId{}) {
            content.associations.push_back(telemetry::cspAssociation(telemetry::componentId(registrar), wire::asapPpid,
                                                                     dispatcher.now() - registrarSince));
        }
        for (const auto& [id, session] : sessions) {
            if (session->status().state == SessionState::Established) {
                content.associations.push_back(
                    telemetry::cspAssociation(telemetry::componentId(session->status().element), session->ppid(),
                                              dispatcher.now() - session->establishedAt()));
            }
        }
        content.status = link->connected() || !sessions.empty() ? telemetry::cspSessions(sessions.size())
                                                                : std::string{telemetry::cspLooking};
        return content;
    }
    void statusChanged() {
        if (telemetry.wants(telemetry::Level::State)) {
            telemetry.tell(stateNow());
        }
        if (onStatus) {
            onStatus(status());
        }
    }

    Dispatcher& dispatcher;
    Log& log;
    Config config;
    telemetry::Telemetry& telemetry;
    std::function<void(const UserStatus&)> onStatus;
    asap::PoolCache cache;
    UnreachableReports reports;
    UserSessionNode::Shared shared;
    std::uint64_t lastSession = 0;
    std::uint64_t knownEpoch = 0;
    TimePoint registrarSince{};
    std::unordered_map<SessionId, std::unique_ptr<UserSessionNode>> sessions;
    std::vector<std::unique_ptr<UserSessionNode>> closed;
    Timer buryTimer;
    std::unique_ptr<RegistrarLink> link;
};

UserNode::UserNode(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
UserNode::~UserNode() = default;

std::expected<std::unique_ptr<UserNode>, std::error_code>
UserNode::start(Dispatcher& dispatcher, transport::Transport& transport, Log& log, const Config& config) {
    Config concrete = config;
    if (!concrete.local) {
        concrete.local.emplace();
    }
    if (concrete.local->ips.empty()) {
        concrete.local->ips.push_back(IpAddress::v4(127, 0, 0, 1));
    }
    concrete.local->port = 0; // every session may need a port of its own
    auto impl = std::make_unique<Impl>(dispatcher, transport, log, concrete);
    if (const auto error = impl->shared.associations.open()) {
        return std::unexpected(error);
    }
    auto link = RegistrarLink::open(
        dispatcher, transport, log, *impl,
        {.sources = concrete.registrars, .profile = concrete.profile, .local = *concrete.local, .listen = false});
    if (!link) {
        return std::unexpected(link.error());
    }
    impl->link = std::move(*link);
    return std::unique_ptr<UserNode>{new UserNode(std::move(impl))};
}

UserStatus UserNode::status() const {
    return m_impl->status();
}

void UserNode::onStatus(std::function<void(const UserStatus&)> callback) {
    m_impl->onStatus = std::move(callback);
}

SessionId UserNode::openSession(const PoolHandle& handle, SessionHandler& handler,
                                std::optional<std::uint64_t> sessionKey) {
    const SessionId id{++m_impl->lastSession};
    auto session = std::make_unique<UserSessionNode>(m_impl->shared, id, handle, handler, sessionKey);
    UserSessionNode& opened = *session;
    m_impl->sessions.emplace(id, std::move(session));
    m_impl->telemetry.tellLazily(telemetry::Level::State, {},
                                 [&] { return telemetry::SessionOpened{std::to_underlying(id), handle}; });
    opened.deliver(session::UserSession::Open{});
    return id;
}

std::expected<void, SessionSendError> UserNode::send(SessionId session, std::uint32_t ppid, OctetView data) {
    const auto found = m_impl->sessions.find(session);
    if (found == m_impl->sessions.end()) {
        return std::unexpected(SessionSendError::Closed);
    }
    return found->second->send(ppid, data);
}

void UserNode::forceFailover(SessionId session, bool reportUnreachable) {
    if (const auto found = m_impl->sessions.find(session); found != m_impl->sessions.end()) {
        found->second->deliver(session::UserSession::ForceFailover{reportUnreachable});
    }
}

void UserNode::dropCookie(SessionId session) {
    if (const auto found = m_impl->sessions.find(session); found != m_impl->sessions.end()) {
        found->second->deliver(session::UserSession::DropCookie{});
    }
}

void UserNode::closeSession(SessionId session) {
    m_impl->closeSession(session);
}

void UserNode::workRedone(SessionId session, std::uint64_t amount, std::string_view unit) {
    const auto found = m_impl->sessions.find(session);
    const telemetry::StoryId story =
        found == m_impl->sessions.end() ? telemetry::StoryId{} : found->second->lastStory();
    m_impl->telemetry.tellLazily(telemetry::Level::State, story, [&] {
        return telemetry::WorkRedone{std::to_underlying(session), amount, std::string{unit}};
    });
}

telemetry::CspContent UserNode::cspContent() const {
    return m_impl->cspContent();
}

SessionStatus UserNode::sessionStatus(SessionId session) const {
    const auto found = m_impl->sessions.find(session);
    if (found == m_impl->sessions.end()) {
        SessionStatus closed;
        closed.state = SessionState::Closed;
        return closed;
    }
    return found->second->status();
}

EndpointCounters UserNode::counters() const {
    const auto& link = m_impl->link->counters();
    return {.garbage = link.garbage + m_impl->shared.counters.garbage,
            .ignored = link.unexpected + m_impl->shared.counters.ignored,
            .refused = link.refused};
}

void UserNode::resolve(const PoolHandle& handle, std::uint32_t items,
                       std::function<void(std::expected<std::vector<wire::PoolElement>, ResolveErrc>)> done) {
    wire::HandleResolution question;
    question.poolHandle = handle;
    question.items = items;
    m_impl->link->request(std::move(question), [self = m_impl.get(), done = std::move(done)](const auto& outcome) {
        self->remember(outcome);
        done(asElements(outcome));
    });
}

std::vector<wire::PoolElement> UserNode::remembered(const PoolHandle& handle, Duration mayBeOld) {
    const TimePoint now = m_impl->dispatcher.now();
    const auto old = m_impl->cache.age(handle, now);
    return old && *old <= mayBeOld ? m_impl->cache.select(handle, asap::Staleness::Any, now)
                                   : std::vector<wire::PoolElement>{};
}

void UserNode::forget(const PoolHandle& handle, PeIdentifier element) {
    m_impl->cache.forget(handle, element);
}

void UserNode::reportUnreachable(const PoolHandle& handle, PeIdentifier element) {
    m_impl->onUnreachable(handle, element);
}

} // namespace kolam
