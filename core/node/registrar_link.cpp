// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/registrar_link.h"

#include <utility>

namespace kolam {

std::expected<std::unique_ptr<RegistrarLink>, std::error_code> RegistrarLink::open(Dispatcher& dispatcher,
                                                                                   transport::Transport& transport,
                                                                                   Log& log, RegistrarLinkOwner& owner,
                                                                                   const Config& config) {
    auto line = RegistrarLine::open(dispatcher, transport, log, config);
    if (!line) {
        return std::unexpected(line.error());
    }
    return std::make_unique<RegistrarLink>(dispatcher, owner, std::move(*line));
}

RegistrarLink::RegistrarLink(Dispatcher& dispatcher, RegistrarLinkOwner& owner, std::shared_ptr<RegistrarLine> line,
                             const std::optional<RegistrarLine::Element>& element)
    : m_dispatcher(dispatcher)
    , m_owner(owner)
    , m_line(std::move(line))
    , m_leftTimer(dispatcher, [this] { onLineEnded(); })
    , m_joinTimer(dispatcher, [this] { onRegistrarChanged(); }) {
    m_line->join(*this, element);
    if (connected()) { // the owner cannot be told yet: it has no link
        m_joinTimer.arm(dispatcher.now());
    }
}

RegistrarLink::~RegistrarLink() {
    m_line->part(*this);
    for (const asap::RequestId id : m_requests) {
        m_line->withdraw(id);
    }
}

asap::RequestId RegistrarLink::request(asap::Request request, Done done) {
    const asap::RequestId id = m_line->newRequest();
    m_requests.insert(id);
    m_line->request(id, std::move(request), [this, id, done = std::move(done)](const Outcome& outcome) mutable {
        m_requests.erase(id);
        done(outcome);
    });
    return id;
}

void RegistrarLink::withdraw(asap::RequestId id) {
    if (m_requests.erase(id) > 0) {
        m_line->withdraw(id);
    }
}

void RegistrarLink::leave(std::function<void()> done) {
    m_left = true;
    m_whenLeft = std::move(done);
    if (!m_line->end(*this)) {
        m_line->part(*this);
        m_leftTimer.arm(m_dispatcher.now());
    }
}

void RegistrarLink::onRegistrarChanged() {
    if (!m_left) {
        m_owner.onRegistrarChanged();
    }
}

void RegistrarLink::onKeepAlive(transport::AssocId from, const wire::EndpointKeepAlive& message, bool home,
                                bool trusted) {
    m_owner.onKeepAlive(from, message, home, trusted);
}

void RegistrarLink::onLineEnded() {
    if (auto done = std::exchange(m_whenLeft, nullptr)) {
        done();
    }
}

} // namespace kolam
