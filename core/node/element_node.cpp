// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/element_node.h"

#include "core/asap/element_registration.h"
#include "core/node/action_queue.h"
#include "core/node/element_sessions.h"
#include "core/node/registrar_link.h"
#include "core/node/registration_words.h"
#include "core/node/timer.h"

#include <utility>

namespace kolam {

using namespace std::chrono_literals;
using asap::ElementRegistration;

namespace {

constexpr std::uint32_t cardSize = 8; // elements on a business card
constexpr Duration loadInterval = 1s; // between two questions to the service

wire::PoolElement asElement(const ElementNode::Config& config, const TransportAddress& address) {
    wire::PoolElement element;
    element.identifier = config.identifier;
    element.userTransport = {.protocol = wire::TransportProtocol::Sctp,
                             .port = address.port,
                             .use = wire::TransportUse::DataPlusControl,
                             .addresses = address.ips};
    element.policy = config.policy;
    return element;
}

} // namespace

struct ElementNode::Impl final : RegistrarLinkOwner, telemetry::TelemetrySubject {
    Impl(Dispatcher& dispatcherOfNode, Log& logOfNode, Service& serviceOfNode, const Config& configOfNode)
        : dispatcher(dispatcherOfNode)
        , log(logOfNode)
        , service(serviceOfNode)
        , config(configOfNode)
        , telemetry(telemetry::orSilence(config.telemetry))
        , registrationTimer(dispatcher, [this] { registrationInput(ElementRegistration::DeadlineReached{}); })
        , loadTimer(dispatcher,
                    [this] {
                        loadTimer.arm(dispatcher.now() + loadInterval);
                        askLoad();
                        refreshCard();
                    })
        , leaveTimer(dispatcher, [this] { leaveTimePassed(); }) {
        telemetry.attach(*this);
    }
    ~Impl() override { telemetry.detach(*this); }

    // ---- RegistrarLinkOwner ----
    void onRegistrarChanged() override {
        if (link && link->connected()) {
            if (std::exchange(knownEpoch, link->epoch()) != link->epoch()) {
                registrarSince = dispatcher.now();
                registrationInput(ElementRegistration::RegistrarUp{link->server()});
            }
        } else {
            registrationInput(ElementRegistration::RegistrarDown{});
        }
        statusChanged();
    }
    void onKeepAlive(transport::AssocId from, const wire::EndpointKeepAlive& message, bool home,
                     bool trusted) override {
        keepAliveFrom = from;
        registrationInput(ElementRegistration::KeepAliveReceived{message, home, trusted});
    }

    // ---- The registration ----
    void registrationInput(const ElementRegistration::Input& input) {
        if (registration) {
            actions.run(registration->handle(input, dispatcher.now()), [this](const auto& action) { perform(action); });
        }
    }
    void perform(const ElementRegistration::Action& action) {
        std::visit(Overloaded{
                       [&](const ElementRegistration::Submit& a) { submit(a.request); },
                       [&](const ElementRegistration::Withdraw&) { link->withdraw(request); },
                       [&](const ElementRegistration::Acknowledge& a) { link->acknowledge(keepAliveFrom, a.message); },
                       [&](const ElementRegistration::Adopt& a) {
                           log.info("registrar {} is the new home registrar", toText(a.server));
                           link->adopt(keepAliveFrom, a.server);
                       },
                       [&](const ElementRegistration::SeekAnother&) { link->seekAnother(); },
                       [&](const ElementRegistration::StateChanged& a) { stateChanged(a); },
                       [&](const ElementRegistration::ArmTimer& a) { registrationTimer.arm(a.deadline); },
                   },
                   action);
    }
    void submit(const asap::Request& what) {
        request = link->request(what, [this](const RegistrarLink::Outcome& outcome) {
            if (outcome) {
                registrationInput(ElementRegistration::Answered{*outcome});
            } else {
                registrationInput(ElementRegistration::RequestFailed{outcome.error()});
            }
        });
    }
    void stateChanged(const ElementRegistration::StateChanged& change) {
        log.info("{} in pool {}: {}{}{}", toText(config.identifier), toText(config.poolHandle), toText(change.state),
                 change.detail.empty() ? "" : ", ", change.detail);
        detail = change.detail;
        statusChanged();
        if (change.state == ElementRegistration::State::Registered) {
            link->stay();
            refreshCard();
        }
        if (change.state == ElementRegistration::State::Left && leaving) {
            if (!waitsForSessions && !sessionsEnded) {
                leaveTimePassed();
            }
            finishLeavingIfEmpty();
        }
    }

    // ---- The sessions ----
    void sessionsChanged() {
        askLoad();
        refreshCard();
        statusChanged();
        finishLeavingIfEmpty();
    }
    void askLoad() {
        if (sessions) {
            registrationInput(
                ElementRegistration::LoadChanged{{service.load(), static_cast<std::uint32_t>(sessions->count())}});
            tellLoad();
        }
    }
    /// Asks who else is in the pool, at most once per T4, and only while somebody would be told.
    void refreshCard() {
        if (!config.businessCards || !sessions || sessions->count() == 0 || cardRequested ||
            registration->state() != ElementRegistration::State::Registered ||
            (cardKnown && dispatcher.now() - cardAsked < config.profile.reRegistration)) {
            return;
        }
        cardRequested = true;
        wire::HandleResolution question;
        question.poolHandle = config.poolHandle;
        question.items = cardSize;
        question.onlyLooks.emplace(); // else users would not be sent round in turns
        link->request(question, [this](const RegistrarLink::Outcome& outcome) {
            cardRequested = false;
            cardKnown = true;
            cardAsked = dispatcher.now();
            const auto* answer = outcome ? std::get_if<wire::HandleResolutionResponse>(&*outcome) : nullptr;
            if (answer != nullptr && !answer->error) {
                std::vector<wire::PoolElement> others = answer->elements;
                std::erase_if(others, [&](const auto& element) { return element.identifier == config.identifier; });
                sessions->setCard(std::move(others), config.policy.type == wire::PolicyType::Priority);
            }
        });
    }

    // ---- Leaving, and who wants to know ----
    void leave(std::function<void()> done, Duration forSessions) {
        if (std::exchange(leaving, true)) {
            return;
        }
        whenLeft = std::move(done);
        patience = forSessions;
        tellState();
        leaveTimer.arm(dispatcher.now() + config.profile.registrarRequest * 3 / 8);
        if (registration->state() == ElementRegistration::State::Left) { // it was in maintenance
            if (!waitsForSessions && !sessionsEnded) {
                leaveTimePassed();
            }
            finishLeavingIfEmpty();
        } else {
            registrationInput(ElementRegistration::Leave{});
        }
    }
    void setMaintenance(bool on) {
        if (leaving || maintenance == on) {
            return;
        }
        log.info("{} in pool {}: {}", toText(config.identifier), toText(config.poolHandle),
                 on ? "goes into maintenance" : "serves again");
        maintenance = on;
        if (on) {
            sessions->refuseMore();
            registrationInput(ElementRegistration::Leave{});
        } else {
            sessions->acceptAgain();
            registrationInput(ElementRegistration::Return{});
        }
        statusChanged();
    }
    /// Of the time, 3/8 are the registrar's, 3/8 the users' (after what patience there is for them), and the rest is
    /// for the associations to registrars.
    void leaveTimePassed() {
        if (linkLeaving) {
            left();
            return;
        }
        if (patience > Duration{} && !std::exchange(waitsForSessions, true)) {
            sessions->refuseMore();
            leaveTimer.arm(patience == Duration::max() ? never : dispatcher.now() + patience);
            return;
        }
        if (std::exchange(sessionsEnded, true)) {
            finishLeaving();
            return;
        }
        service.onLeave();
        sessions->shutdown();
        leaveTimer.arm(dispatcher.now() + config.profile.registrarRequest * 3 / 8);
    }
    void finishLeavingIfEmpty() {
        if (leaving && registration->state() == ElementRegistration::State::Left && sessions->count() == 0) {
            finishLeaving();
        }
    }
    void finishLeaving() {
        if (!std::exchange(linkLeaving, true)) {
            leaveTimer.arm(dispatcher.now() + config.profile.registrarRequest / 4);
            link->leave([this] { left(); });
        }
    }
    void left() {
        leaveTimer.stop();
        if (auto done = std::exchange(whenLeft, nullptr)) {
            dispatcher.post(std::move(done)); // it may destroy the node
        }
    }
    [[nodiscard]] ElementStatus status() const {
        ElementStatus status;
        status.state = asState(registration->state());
        status.registrar = link->server();
        status.registrarAddress = link->registrarAddress();
        status.detail = detail;
        status.sessions = sessions->count();
        status.refused = sessions->counters().refused;
        return status;
    }
    // ---- Who watches ----
    [[nodiscard]] telemetry::StateChanged stateNow() const {
        using telemetry::ComponentState;
        const auto words = [this] {
            switch (registration->state()) {
            case ElementRegistration::State::Looking: return ComponentState::Looking;
            case ElementRegistration::State::Registering: return ComponentState::Registering;
            case ElementRegistration::State::Registered: return ComponentState::Serving;
            case ElementRegistration::State::Rejected: return ComponentState::Rejected;
            case ElementRegistration::State::Leaving:
            case ElementRegistration::State::Left: return ComponentState::Leaving;
            }
            std::unreachable();
        };
        if (maintenance && !leaving) {
            return {.state = ComponentState::Draining,
                    .registrar = link->server(),
                    .registrarAddress = link->registrarAddress(),
                    .detail = std::string{telemetry::maintenanceDetail}};
        }
        return {.state = !leaving                                  ? words()
                         : patience > Duration{} && !sessionsEnded ? ComponentState::Draining
                                                                   : ComponentState::Leaving,
                .registrar = link->server(),
                .registrarAddress = link->registrarAddress(),
                .detail = detail};
    }
    void tellState() {
        if (telemetry.wants(telemetry::Level::State) && link && registration) {
            if (auto now = stateNow(); now != toldState) {
                toldState = now;
                telemetry.tell(std::move(now));
            }
        }
    }
    void tellLoad() {
        if (telemetry.wants(telemetry::Level::State)) {
            if (const auto now = loadNow(); now != toldLoad) {
                toldLoad = now;
                telemetry.tell(now);
            }
        }
    }
    [[nodiscard]] telemetry::LoadChanged loadNow() const {
        return {.load = service.load(), .sessions = sessions->count(), .refused = sessions->counters().refused};
    }
    telemetry::SnapshotParts snapshot() override {
        return [this, begun = false, next = telemetry::SnapshotParts{}]() mutable -> std::vector<telemetry::EventBody> {
            if (!sessions || !link || !registration) {
                return {};
            }
            if (!std::exchange(begun, true)) {
                next = sessions->tellAll();
                return {stateNow(), loadNow()};
            }
            return next();
        };
    }
    [[nodiscard]] telemetry::CspContent cspContent() const {
        telemetry::CspContent content;
        const ServerId registrar = link->server();
        if (link->connected() && registrar != ServerId{}) {
            content.associations.push_back(telemetry::cspAssociation(telemetry::componentId(registrar), wire::asapPpid,
                                                                     dispatcher.now() - registrarSince));
        }
        content.status =
            link->connected() ? telemetry::cspSessions(sessions->count()) : std::string{telemetry::cspLooking};
        if (wire::policyWords(config.policy.type).has(wire::PolicyWords::Load)) {
            content.workload = telemetry::cspWorkload(service.load());
        }
        return content;
    }
    void statusChanged() {
        tellState();
        if (onStatus && link && sessions && registration) {
            onStatus(status());
        }
    }

    Dispatcher& dispatcher;
    Log& log;
    Service& service;
    Config config;
    telemetry::Telemetry& telemetry;
    telemetry::StateChanged toldState;
    telemetry::LoadChanged toldLoad;
    std::function<void(const ElementStatus&)> onStatus;
    std::optional<ElementRegistration> registration;
    ActionQueue<ElementRegistration::Action> actions;
    std::string detail;
    asap::RequestId request;
    transport::AssocId keepAliveFrom = transport::AssocId::None;
    std::uint64_t knownEpoch = 0;
    TimePoint registrarSince{};
    bool cardRequested = false;
    bool cardKnown = false;
    TimePoint cardAsked{};
    bool maintenance = false;
    bool leaving = false;
    Duration patience{};
    bool waitsForSessions = false;
    bool sessionsEnded = false;
    bool linkLeaving = false;
    std::function<void()> whenLeft;
    Timer registrationTimer;
    Timer loadTimer;
    Timer leaveTimer;
    std::unique_ptr<RegistrarLink> link;
    std::unique_ptr<ElementSessions> sessions;
};

ElementNode::ElementNode(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
ElementNode::~ElementNode() = default;

std::expected<std::unique_ptr<ElementNode>, std::error_code> ElementNode::start(Dispatcher& dispatcher,
                                                                                transport::Transport& transport,
                                                                                Log& log, Service& service,
                                                                                const Config& config) {
    Config concrete = config;
    if (concrete.identifier == PeIdentifier{}) {
        concrete.identifier = PeIdentifier{dispatcher.random().nonZero32()};
    }
    if (concrete.local.ips.empty()) {
        concrete.local.ips.push_back(IpAddress::v4(127, 0, 0, 1));
    }
    auto impl = std::make_unique<Impl>(dispatcher, log, service, concrete);
    auto sessions = ElementSessions::open(dispatcher, transport, log, service,
                                          {.poolHandle = concrete.poolHandle,
                                           .element = concrete.identifier,
                                           .local = concrete.local,
                                           .profile = concrete.profile,
                                           .telemetry = concrete.telemetry},
                                          [self = impl.get()] { self->sessionsChanged(); });
    if (!sessions) {
        return std::unexpected(sessions.error());
    }
    impl->registration.emplace(concrete.poolHandle, asElement(concrete, (*sessions)->local()),
                               registrationLimits(concrete.profile));
    // A registrar believes only addresses of the association that it was told over: so the same ones as the service's.
    auto link = RegistrarLink::open(dispatcher, transport, log, *impl,
                                    {.sources = concrete.registrars,
                                     .profile = concrete.profile,
                                     .local = {concrete.local.ips, 0},
                                     .listen = true});
    if (!link) {
        return std::unexpected(link.error());
    }
    impl->link = std::move(*link);
    impl->sessions = std::move(*sessions);
    impl->loadTimer.arm(dispatcher.now() + loadInterval);
    log.info("{} serves pool {} at {}", toText(concrete.identifier), toText(concrete.poolHandle),
             toText(impl->sessions->local()));
    return std::unique_ptr<ElementNode>{new ElementNode(std::move(impl))};
}

PeIdentifier ElementNode::identifier() const {
    return m_impl->config.identifier;
}

TransportAddress ElementNode::serviceAddress() const {
    return m_impl->sessions->local();
}

ElementStatus ElementNode::status() const {
    return m_impl->status();
}

EndpointCounters ElementNode::counters() const {
    const auto& link = m_impl->link->counters();
    const auto& sessions = m_impl->sessions->counters();
    return {.garbage = link.garbage + sessions.garbage,
            .ignored = link.unexpected + sessions.ignored,
            .refused = link.refused + sessions.refused};
}

telemetry::CspContent ElementNode::cspContent() const {
    return m_impl->cspContent();
}

void ElementNode::onStatus(std::function<void(const ElementStatus&)> callback) {
    m_impl->onStatus = std::move(callback);
}

void ElementNode::setPolicy(const wire::Policy& policy) {
    m_impl->registrationInput(ElementRegistration::PolicyChanged{policy});
}

void ElementNode::loadChanged() {
    m_impl->askLoad();
}

void ElementNode::setMaintenance(bool on) {
    m_impl->setMaintenance(on);
}
void ElementNode::closeSessions() {
    m_impl->sessions->closeAll();
}
void ElementNode::leave(std::function<void()> done, Duration patience) {
    m_impl->leave(std::move(done), patience);
}

} // namespace kolam
