// SPDX-License-Identifier: GPL-3.0-or-later
// The server of the pool "Echo" once more, as classes on an event loop: no thread but this one, however many sessions.
// It numbers what it hears; the number is in its cookies.
#include <charconv>
#include <iostream>
#include <kolam/kolam.h>

using namespace kolam::api;

class EchoSession final : public ServiceSession {
public:
    explicit EchoSession(SessionLink& link) : m_link(link) {}
    void onCookieEcho(OctetView cookie) override {
        const std::string_view text = asText(cookie); // it has passed the user: anything may be in it
        std::from_chars(text.data(), text.data() + text.size(), m_count);
    }
    void onMessage(std::uint32_t, OctetView data) override {
        const std::string number = std::to_string(++m_count);
        (void)m_link.sendCookie(asOctets(number)); // before the answer that it stands for
        (void)m_link.send(asOctets(number + ": " + std::string{asText(data)}));
    }

private:
    SessionLink& m_link;
    unsigned long m_count = 0;
};

class EchoService final : public Service {
public:
    std::unique_ptr<ServiceSession> open(SessionLink& link) override { return std::make_unique<EchoSession>(link); }
};

int main(int argc, char** argv) {
    const auto loop = EventLoop::create();
    Settings settings;
    settings.registrars.assign(argv + 1, argv + argc); // none: those that announce themselves
    EchoService service;
    const auto instance = loop ? Instance::create(**loop, settings) : std::unexpected(loop.error());
    const auto server = instance ? Server::start(**instance, service, {.pool = "Echo", .capacity = 100})
                                 : std::unexpected(instance.error());
    if (!server) {
        std::cerr << "cannot serve: " << toText(server.error()) << '\n';
        return 1;
    }
    (*server)->onStatus([](const RegistrationStatus& status) { std::cout << toText(status.state) << std::endl; });
    (*loop)->run();
}
