// SPDX-License-Identifier: GPL-3.0-or-later
// A service that returns what it gets, for tests of everything but the service.
#pragma once

#include "core/node/service.h"

#include <memory>

namespace kolam::interop {

class EchoService final : public Service {
public:
    std::unique_ptr<ServiceSession> open(SessionLink& link) override {
        ++m_sessions;
        return std::make_unique<Session>(*this, link);
    }
    [[nodiscard]] double load() const override { return m_load; }
    void setLoad(double load) { m_load = load; }
    [[nodiscard]] int sessions() const { return m_sessions; }
    [[nodiscard]] int messages() const { return m_messages; }

private:
    class Session final : public ServiceSession {
    public:
        Session(EchoService& service, SessionLink& link) : m_service(service), m_link(link) {}
        void onMessage(std::uint32_t ppid, OctetView data) override {
            ++m_service.m_messages;
            static_cast<void>(m_link.send(ppid, data)); // what does not fit is not waited for by any test
        }
        void onCookieEcho(OctetView) override {}

    private:
        EchoService& m_service;
        SessionLink& m_link;
    };
    double m_load = 0;
    int m_sessions = 0;
    int m_messages = 0;
};

} // namespace kolam::interop
