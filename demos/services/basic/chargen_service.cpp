// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/services/basic/chargen_service.h"

#include "core/node/timer.h"

namespace kolam::services {

namespace {
constexpr int blocksPerTurn = 32; // then others get their turn
}

class ChargenService::Session final : public ServiceSession {
public:
    Session(ChargenService& service, SessionLink& link, Slots::Slot slot)
        : m_service(service)
        , m_link(link)
        , m_slot(std::move(slot))
        , m_next(service.m_dispatcher, [this] { generate(); }) {
        m_next.arm(m_service.m_dispatcher.now());
    }
    void onMessage(std::uint32_t, OctetView) override {} // nobody listens
    void onCookieEcho(OctetView) override {}
    void onWritable() override { m_next.arm(m_service.m_dispatcher.now()); }
    void onClosed() override { m_next.stop(); }

private:
    void generate() {
        for (int block = 0; block < blocksPerTurn; ++block) {
            if (!m_link.send(0, m_service.m_block)) {
                return; // until onWritable(), or for ever
            }
        }
        m_next.arm(m_service.m_dispatcher.now());
    }

    ChargenService& m_service;
    SessionLink& m_link;
    Slots::Slot m_slot;
    Timer m_next;
};

ChargenService::ChargenService(Dispatcher& dispatcher, std::uint32_t capacity)
    : m_dispatcher(dispatcher)
    , m_slots(capacity) {
    for (std::size_t i = 0; i < blockSize; ++i) {
        m_block[i] = static_cast<std::byte>(30 + i % 98); // rsplib's characters
    }
}

std::unique_ptr<ServiceSession> ChargenService::open(SessionLink& link) {
    auto slot = m_slots.take();
    return slot ? std::make_unique<Session>(*this, link, std::move(*slot)) : nullptr;
}

} // namespace kolam::services
