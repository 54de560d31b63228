// SPDX-License-Identifier: GPL-3.0-or-later
// Echo: every message comes back as it was, with its payload protocol identifier.
// Next door: discard_service.h, which answers nothing.
#pragma once

#include "demos/services/common/outbox.h"
#include "demos/services/common/slots.h"

#include <memory>

namespace kolam::services {

class EchoService final : public Service {
public:
    explicit EchoService(std::uint32_t capacity) : m_slots(capacity) {}

    std::unique_ptr<ServiceSession> open(SessionLink& link) override {
        auto slot = m_slots.take();
        return slot ? std::make_unique<Session>(link, std::move(*slot)) : nullptr;
    }
    [[nodiscard]] double load() const override { return m_slots.load(); }
    [[nodiscard]] bool watchesUsers() const override { return true; }

private:
    class Session final : public ServiceSession {
    public:
        Session(SessionLink& link, Slots::Slot slot) : m_link(link), m_outbox(link), m_slot(std::move(slot)) {}
        void onMessage(std::uint32_t ppid, OctetView data) override {
            if (!m_outbox.send(ppid, data)) {
                m_link.abort("takes no echoes");
            }
        }
        void onCookieEcho(OctetView) override {} // an echo has no state
        void onWritable() override { m_outbox.onWritable(); }

    private:
        SessionLink& m_link;
        Outbox m_outbox;
        Slots::Slot m_slot;
    };

    Slots m_slots;
};

} // namespace kolam::services
