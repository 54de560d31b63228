// SPDX-License-Identifier: GPL-3.0-or-later
// A server of the pool "Echo": numbers what it hears and sends it back. Its cookies hold the number, so when it is
// killed, the next server goes on counting where this one was.
#include <csignal>
#include <iostream>
#include <kolam/kolam.h>
using namespace kolam::api;

void echo(BlockingLink& link) { // one session, in a thread of its own
    unsigned long count = 0;
    while (const auto received = link.receive()) {
        const std::string text{asText(received->data)};
        if (received->kind == Received::Kind::CookieEcho) {
            count = std::strtoul(text.c_str(), nullptr, 10); // anything may be in it: it has passed the user
            continue;
        }
        const std::string number = std::to_string(++count);
        (void)link.sendCookie(asOctets(number)); // before the answer that it stands for
        (void)link.send(asOctets(number + ": " + text));
    }
}

int main(int argc, char** argv) {
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigprocmask(SIG_BLOCK, &ends, nullptr);
    const Settings settings{.registrars{argv + 1, argv + argc}}; // none: those that announce themselves
    const auto server = BlockingServer::start(echo, {.pool = "Echo", .capacity = 100}, settings);
    if (!server) {
        std::cerr << "cannot serve: " << toText(server.error()) << '\n';
        return 1;
    }
    int signal = 0;
    sigwait(&ends, &signal);
    (*server)->drain(std::chrono::seconds{1}); // out of the pool; users go on elsewhere
}
