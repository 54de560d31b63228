// SPDX-License-Identifier: GPL-3.0-or-later
// Discard: takes everything and answers nothing; counts what it took. Next door: echo_service.h, which gives it back.
#pragma once

#include "core/node/service.h"
#include "demos/services/common/slots.h"

#include <memory>

namespace kolam::services {

class DiscardService final : public Service {
public:
    explicit DiscardService(std::uint32_t capacity) : m_slots(capacity) {}

    std::unique_ptr<ServiceSession> open(SessionLink& /*link*/) override {
        auto slot = m_slots.take();
        return slot ? std::make_unique<Session>(*this, std::move(*slot)) : nullptr;
    }
    [[nodiscard]] double load() const override { return m_slots.load(); }
    [[nodiscard]] bool watchesUsers() const override { return true; }

    [[nodiscard]] std::uint64_t messages() const { return m_messages; }
    [[nodiscard]] std::uint64_t octets() const { return m_octets; }

private:
    class Session final : public ServiceSession {
    public:
        Session(DiscardService& service, Slots::Slot slot) : m_service(service), m_slot(std::move(slot)) {}
        void onMessage(std::uint32_t /*ppid*/, OctetView data) override {
            ++m_service.m_messages;
            m_service.m_octets += data.size();
        }
        void onCookieEcho(OctetView) override {} // nothing is remembered of a session

    private:
        DiscardService& m_service;
        Slots::Slot m_slot;
    };

    Slots m_slots;
    std::uint64_t m_messages = 0;
    std::uint64_t m_octets = 0;
};

} // namespace kolam::services
