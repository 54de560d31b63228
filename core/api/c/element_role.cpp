// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/c/element_role.h"

#include "core/api/cpp/server_impl.h"

#include <utility>

namespace kolam::rsp {

using namespace std::chrono_literals;

namespace {

/// For a registrar's answer, and for finding one before: what the library's own patience is, and a little more.

} // namespace

/// What the library calls of one session.
class ElementRole::Session final : public api::ServiceSession {
public:
    Session(ElementRole& owner, std::shared_ptr<Channel> channel) : m_owner(owner), m_channel(std::move(channel)) {}
    void onMessage(std::uint32_t ppid, api::OctetView data) override { m_channel->received(data, ppid, 0); }
    void onCookieEcho(api::OctetView cookie) override { m_channel->received(cookie, 0, MSG_RSERPOOL_COOKIE_ECHO); }
    void onWritable() override { m_channel->roomAgain(); }
    void onClosed() override {
        m_channel->ended();
        m_owner.sessionEnded(m_channel);
    }

private:
    ElementRole& m_owner;
    std::shared_ptr<Channel> m_channel;
};

ElementRole::ElementRole(std::shared_ptr<Core> core, const Config& config)
    : m_core(std::move(core))
    , m_config(config)
    , m_input(std::make_shared<Input>(m_core->bell))
    , m_load(config.server.policy.load)
    , m_backlog(config.backlog) {}

ElementRole::~ElementRole() {
    abandon();
}

Outcome<std::shared_ptr<ElementRole>> ElementRole::enter(std::shared_ptr<Core> core, const Config& config) {
    std::shared_ptr<ElementRole> role{new ElementRole(std::move(core), config)};
    const auto started = role->m_core->thread->call([&]() -> Outcome<void> {
        auto server = api::Server::start(*role->m_core->instance, *role, config.server);
        if (!server) {
            return failure(errnoOf(server.error()));
        }
        role->m_server = std::move(*server);
        role->m_identifier = std::to_underlying(role->m_server->id());
        role->m_server->onStatus([self = role.get()](const auto& status) { self->onStatus(status); });
        return {};
    });
    const auto entered = started && config.wait ? role->waitForPool(config.daemon) : started;
    if (!entered) {
        return failure(entered.error());
    }
    return role;
}

void ElementRole::onStatus(const api::RegistrationStatus& status) {
    const std::lock_guard guard{m_lock};
    m_status = status;
    m_changed.notify_all();
}

Outcome<void> ElementRole::waitForPool(bool daemon) {
    std::unique_lock lock{m_lock};
    using State = api::RegistrationState;
    const bool answered = api::Deadline{poolPatience}.wait(
        m_changed, lock, [&] { return m_status.state == State::Registered || m_status.state == State::Rejected; });
    if (daemon || (answered && m_status.state == State::Registered)) {
        return {};
    }
    return failure(answered ? EPERM : m_status.state == State::Looking ? ENETUNREACH : ETIMEDOUT);
}

// ---- Users come and go ----

std::unique_ptr<api::ServiceSession> ElementRole::open(api::SessionLink& link) {
    std::shared_ptr<Channel> channel;
    {
        const std::lock_guard guard{m_lock};
        const bool full = m_config.oneInput ? m_channels.size() >= SESSION_SETSIZE
                                            : m_arrived.size() >= static_cast<std::size_t>(m_backlog);
        if (m_closed || m_backlog == 0 || full) {
            return nullptr; // refused: the user tries another element
        }
        do {
            m_lastSession = m_lastSession % SESSION_SETSIZE + 1;
        } while (m_channels.contains(m_lastSession));
        auto input = m_config.oneInput ? m_input : std::make_shared<Input>(m_core->bell);
        channel = std::make_shared<Channel>(m_core, std::move(input), m_lastSession, link);
        if (m_config.oneInput) {
            m_channels.emplace(m_lastSession, channel);
        } else {
            m_arrived.push_back(channel);
        }
        m_changed.notify_all();
    }
    if (m_config.oneInput) {
        (void)m_input->put(sessionDelivery(RSERPOOL_SESSION_ADD, channel->id()));
    }
    m_core->bell.ring();
    return std::make_unique<Session>(*this, std::move(channel));
}

void ElementRole::sessionEnded(const std::shared_ptr<Channel>& channel) {
    if (!m_config.oneInput) {
        channel->input()->end(0);
        return;
    }
    (void)m_input->put(sessionDelivery(RSERPOOL_SESSION_REMOVE, channel->id()));
    const std::lock_guard guard{m_lock};
    m_channels.erase(channel->id());
}

void ElementRole::listen(int backlog) {
    const std::lock_guard guard{m_lock};
    m_backlog = backlog;
}

Outcome<std::shared_ptr<Channel>> ElementRole::accept(int timeout) {
    if (m_config.oneInput) {
        return failure(EOPNOTSUPP);
    }
    std::unique_lock lock{m_lock};
    const api::Deadline deadline{limitOf(timeout)};
    if (!deadline.wait(m_changed, lock, [&] { return !m_arrived.empty() || m_closed; })) {
        return failure(EAGAIN);
    }
    if (m_closed) {
        return failure(EBADF);
    }
    auto channel = std::move(m_arrived.front());
    m_arrived.pop_front();
    return channel;
}

// ---- Messages, where all sessions share one input ----

Outcome<std::shared_ptr<Channel>> ElementRole::channel(rserpool_session_t session) const {
    if (!m_config.oneInput) {
        return failure(ENOTCONN);
    }
    const std::lock_guard guard{m_lock};
    const auto found = m_channels.find(session);
    return found == m_channels.end() ? failure(ENOTCONN) : Outcome<std::shared_ptr<Channel>>{found->second};
}

Outcome<std::size_t> ElementRole::receive(const Want& want) {
    return m_config.oneInput ? m_input->take(want) : failure(ENOTCONN);
}

Outcome<std::size_t> ElementRole::send(const Send& send) {
    const auto to = channel(send.session);
    return to ? (*to)->send(send) : failure(to.error());
}

Outcome<std::size_t> ElementRole::sendCookie(api::OctetView cookie, rserpool_session_t session, int timeout) {
    const auto to = channel(session);
    return to ? (*to)->sendCookie(cookie, timeout) : failure(to.error());
}

short ElementRole::events() const {
    if (m_config.oneInput) {
        return static_cast<short>((m_input->readable() ? POLLIN : 0) | POLLOUT);
    }
    const std::lock_guard guard{m_lock};
    return m_arrived.empty() ? 0 : POLLIN;
}

// ---- In the pool, and out of it ----

Outcome<Name> ElementRole::ownName() const {
    return Name{.pool = m_config.server.pool, .element = m_identifier};
}

Outcome<void> ElementRole::update(const api::Policy& policy) {
    return m_core->thread->call([&]() -> Outcome<void> {
        if (!m_server || m_draining) {
            return failure(m_server ? EBUSY : ENOTCONN); // on its way out, or there already
        }
        if (const auto told = m_server->setPolicy(policy); !told) {
            return failure(errnoOf(told.error()));
        }
        m_load = policy.load;
        m_server->loadChanged();
        return {};
    });
}

/// On the library's thread. The role lives until its sessions have ended, whoever else has it.
void ElementRole::startDraining() {
    if (m_server && !std::exchange(m_draining, true)) {
        m_self = shared_from_this();
        m_server->drain(api::noLimit, [weak = weak_from_this()] {
            if (const auto self = weak.lock()) {
                self->m_server.reset();
                self->m_self.reset();
                const std::lock_guard guard{self->m_lock};
                self->m_gone = true;
                self->m_changed.notify_all();
            }
        });
    }
}

Outcome<void> ElementRole::leave(bool wait) {
    const bool inside = m_core->thread->call([&] {
        const bool was = m_server && !m_draining;
        startDraining();
        return was;
    });
    if (!inside) {
        return failure(ENOTCONN);
    }
    if (!wait) {
        return {};
    }
    std::unique_lock lock{m_lock};
    const bool left = api::Deadline{poolPatience}.wait(m_changed, lock,
                                                       [&] { return m_status.state == api::RegistrationState::Left; });
    if (!left || !m_status.detail.empty()) {
        return failure(ETIMEDOUT); // the detail says who is missing
    }
    lock.unlock();
    if (sessionCount() == 0) { // then the port is free in a moment, and it can enter once more
        lock.lock();
        api::Deadline{poolPatience}.wait(m_changed, lock, [&] { return m_gone; });
    }
    return {};
}

void ElementRole::close() {
    std::deque<std::shared_ptr<Channel>> unwanted;
    {
        const std::lock_guard guard{m_lock};
        m_closed = true;
        m_changed.notify_all();
        unwanted.swap(m_arrived);
        for (const auto& [id, shared] : m_channels) {
            unwanted.push_back(shared);
        }
    }
    m_input->close();
    for (const auto& session : unwanted) {
        session->close();
        session->shutdown();
    }
    (void)leave(true);
}

void ElementRole::abandon() {
    m_core->thread->call([&] {
        m_server.reset();
        m_self.reset();
    });
}

telemetry::CspContent ElementRole::cspContent() const {
    return m_core->thread->call(
        [&] { return m_server ? m_server->impl().node->cspContent() : telemetry::CspContent{}; });
}

std::size_t ElementRole::sessionCount() const {
    return m_core->thread->call([&] { return m_server ? m_server->sessions() : 0; });
}

} // namespace kolam::rsp
