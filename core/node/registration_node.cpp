// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/registration_node.h"

#include "core/asap/element_registration.h"
#include "core/node/action_queue.h"
#include "core/node/registrar_link.h"
#include "core/node/registration_words.h"
#include "core/node/timer.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kolam {

using asap::ElementRegistration;

struct RegistrationNode::Impl final : RegistrarLinkOwner {
    Impl(Dispatcher& dispatcherOfNode, Log& logOfNode, const Config& configOfNode)
        : dispatcher(dispatcherOfNode)
        , log(logOfNode)
        , config(configOfNode)
        , registration(config.poolHandle, asElement(config), registrationLimits(config.profile))
        , registrationTimer(dispatcher, [this] { tell(ElementRegistration::DeadlineReached{}); })
        , leaveTimer(dispatcher, [this] { leaveTimePassed(); }) {}

    static wire::PoolElement asElement(const Config& config) {
        wire::PoolElement element;
        element.identifier = config.identifier;
        element.userTransport = config.transport;
        element.policy = config.policy;
        return element;
    }

    // ---- RegistrarLinkOwner ----
    void onRegistrarChanged() override {
        if (link && link->connected()) {
            if (std::exchange(knownEpoch, link->epoch()) != link->epoch()) {
                tell(ElementRegistration::RegistrarUp{link->server()});
            }
        } else {
            tell(ElementRegistration::RegistrarDown{});
        }
        statusChanged();
    }
    void onKeepAlive(transport::AssocId from, const wire::EndpointKeepAlive& message, bool home,
                     bool trusted) override {
        keepAliveFrom = from;
        tell(ElementRegistration::KeepAliveReceived{message, home, trusted});
    }

    void tell(const ElementRegistration::Input& input) {
        actions.run(registration.handle(input, dispatcher.now()), [this](const auto& action) { perform(action); });
    }
    void perform(const ElementRegistration::Action& action) {
        std::visit(Overloaded{
                       [&](const ElementRegistration::Submit& a) { submit(a.request); },
                       [&](const ElementRegistration::Withdraw&) { link->withdraw(request); },
                       [&](const ElementRegistration::Acknowledge& a) { link->acknowledge(keepAliveFrom, a.message); },
                       [&](const ElementRegistration::Adopt& a) { link->adopt(keepAliveFrom, a.server); },
                       [&](const ElementRegistration::SeekAnother&) { link->seekAnother(); },
                       [&](const ElementRegistration::StateChanged& a) { stateChanged(a); },
                       [&](const ElementRegistration::ArmTimer& a) { registrationTimer.arm(a.deadline); },
                   },
                   action);
    }
    void submit(const asap::Request& what) {
        request = link->request(what, [this](const RegistrarLink::Outcome& outcome) {
            if (outcome) {
                tell(ElementRegistration::Answered{*outcome});
            } else {
                tell(ElementRegistration::RequestFailed{outcome.error()});
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
        }
        if (change.state == ElementRegistration::State::Left && leaving) {
            leaveTimePassed();
        }
    }

    void leave(std::function<void()> done) {
        if (gone) {
            return dispatcher.post(std::move(done));
        }
        whenLeft.push_back(std::move(done));
        if (std::exchange(leaving, true)) {
            return;
        }
        leaveTimer.arm(dispatcher.now() + config.profile.registrarRequest * 3 / 4);
        tell(ElementRegistration::Leave{});
    }
    void leaveTimePassed() {
        if (std::exchange(linkLeaving, true)) {
            left();
            return;
        }
        leaveTimer.arm(dispatcher.now() + config.profile.registrarRequest / 4);
        link->leave([this] { left(); });
    }
    void left() {
        leaveTimer.stop();
        gone = true;
        for (auto& done : std::exchange(whenLeft, {})) {
            dispatcher.post(std::move(done)); // it may destroy the node
        }
    }
    [[nodiscard]] ElementStatus status() const {
        ElementStatus status;
        status.state = asState(registration.state());
        status.registrar = link->server();
        status.registrarAddress = link->registrarAddress();
        status.detail = detail;
        return status;
    }
    void statusChanged() {
        if (onStatus && link) {
            onStatus(status());
        }
    }

    Dispatcher& dispatcher;
    Log& log;
    Config config;
    std::function<void(const ElementStatus&)> onStatus;
    ElementRegistration registration;
    ActionQueue<ElementRegistration::Action> actions;
    std::string detail;
    asap::RequestId request;
    transport::AssocId keepAliveFrom = transport::AssocId::None;
    std::uint64_t knownEpoch = 0;
    bool leaving = false;
    bool linkLeaving = false;
    std::vector<std::function<void()>> whenLeft;
    bool gone = false;
    Timer registrationTimer;
    Timer leaveTimer;
    std::unique_ptr<RegistrarLink> link;
};

RegistrationNode::RegistrationNode(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
RegistrationNode::~RegistrationNode() = default;

std::expected<std::unique_ptr<RegistrationNode>, std::error_code>
RegistrationNode::start(Dispatcher& dispatcher, transport::Transport& transport, Log& log, const Config& config) {
    Config concrete = config;
    if (concrete.identifier == PeIdentifier{}) {
        concrete.identifier = PeIdentifier{dispatcher.random().nonZero32()};
    }
    auto impl = std::make_unique<Impl>(dispatcher, log, concrete);
    if (concrete.line) {
        impl->link = std::make_unique<RegistrarLink>(dispatcher, *impl, concrete.line,
                                                     RegistrarLine::Element{concrete.poolHandle, concrete.identifier});
        return std::unique_ptr<RegistrationNode>{new RegistrationNode(std::move(impl))};
    }
    // A registrar believes only addresses of the association that it was told over.
    auto link = RegistrarLink::open(dispatcher, transport, log, *impl,
                                    {.sources = concrete.registrars,
                                     .profile = concrete.profile,
                                     .local = {concrete.transport.addresses, 0},
                                     .listen = true});
    if (!link) {
        return std::unexpected(link.error());
    }
    impl->link = std::move(*link);
    return std::unique_ptr<RegistrationNode>{new RegistrationNode(std::move(impl))};
}

PeIdentifier RegistrationNode::identifier() const {
    return m_impl->config.identifier;
}

ElementStatus RegistrationNode::status() const {
    return m_impl->status();
}

void RegistrationNode::onStatus(std::function<void(const ElementStatus&)> callback) {
    m_impl->onStatus = std::move(callback);
}

void RegistrationNode::setLoad(double load) {
    m_impl->tell(ElementRegistration::LoadChanged{{load, 0}});
}

void RegistrationNode::setPolicy(const wire::Policy& policy) {
    m_impl->tell(ElementRegistration::PolicyChanged{policy});
}

void RegistrationNode::leave(std::function<void()> done) {
    m_impl->leave(std::move(done));
}

} // namespace kolam
