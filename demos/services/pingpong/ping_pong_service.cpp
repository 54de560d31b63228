// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/services/pingpong/ping_pong_service.h"

#include "core/wire/codec.h"
#include "demos/services/common/outbox.h"

namespace kolam::services {

class PingPongService::Session final : public ServiceSession {
public:
    Session(PingPongService& service, SessionLink& link, Slots::Slot slot)
        : m_service(service)
        , m_link(link)
        , m_outbox(link)
        , m_slot(std::move(slot)) {}

    void onMessage(std::uint32_t ppid, OctetView data) override {
        if (m_state == State::Over) {
            return;
        }
        m_state = State::Begun;
        if (ppid != wire::pingPongPpid) {
            return fail("not the ping pong protocol");
        }
        auto ping = wire::decode<wire::Ping>(data);
        if (!ping) {
            return fail("malformed ping");
        }
        if (pongLength + ping->data.size() > wire::maxMessageLength) {
            return fail("a ping whose reply would be too long");
        }
        ++m_service.m_statistics.replies;
        ++m_replies;
        const wire::Pong pong{
            .messageNumber = ping->messageNumber, .replyNumber = m_nextReplyNumber++, .data = std::move(ping->data)};
        const wire::PingPongCookie cookie{.nextReplyNumber = m_nextReplyNumber};
        if (!m_outbox.send(wire::pingPongPpid, wire::encode(pong)) || !m_outbox.sendCookie(wire::encode(cookie))) {
            return fail("takes no replies");
        }
        endIfDue();
    }
    void onCookieEcho(OctetView octets) override {
        if (m_state == State::Over) {
            return;
        }
        const auto cookie = wire::decode<wire::PingPongCookie>(octets);
        if (!cookie) {
            return fail("malformed cookie");
        }
        if (m_state != State::Fresh) {
            return fail("cookie echo after the beginning");
        }
        m_state = State::Begun;
        m_nextReplyNumber = cookie->nextReplyNumber;
        ++m_service.m_statistics.resumed;
    }
    void onWritable() override {
        m_outbox.onWritable();
        endIfDue();
    }

private:
    enum class State : std::uint8_t { Fresh, Begun, Over };
    static constexpr std::size_t pongLength = 20; // octets, without its data

    void endIfDue() {
        const std::uint32_t limit = m_service.m_options.failureAfter;
        if (m_state != State::Over && limit > 0 && m_replies >= limit && m_outbox.empty()) {
            m_state = State::Over;
            m_link.shutdown();
        }
    }
    void fail(std::string_view why) {
        m_service.m_log.warning("ping pong: session with {} aborted: {}", m_link.peer(), why);
        ++m_service.m_statistics.aborted;
        m_state = State::Over;
        m_link.abort(why);
    }

    PingPongService& m_service;
    SessionLink& m_link;
    Outbox m_outbox;
    Slots::Slot m_slot;
    State m_state = State::Fresh;
    std::uint64_t m_nextReplyNumber = 1;
    std::uint32_t m_replies = 0; // of this element
};

std::unique_ptr<ServiceSession> PingPongService::open(SessionLink& link) {
    auto slot = m_slots.take();
    return slot ? std::make_unique<Session>(*this, link, std::move(*slot)) : nullptr;
}

} // namespace kolam::services
