// SPDX-License-Identifier: GPL-3.0-or-later
// Parties and pairs, and the order of the suite's parts.
#include "tests/unit/transport/conformance.h"

#include "core/base/strong.h"

#include <QtTest>
#include <algorithm>
#include <numeric>

namespace kolam::transport {

bool Party::open(TransportFixture& fixture, const EndpointConfig& config) {
    auto opened = fixture.transport().open(config, [this](const Event& event) {
        std::visit(Overloaded{
                       [this](const Up& up) { ups.push_back(up); },
                       [this](const Down& down) { downs.push_back(down); },
                       [this](const Message& message) {
                           messages.push_back(Received{message.assoc, message.stream, message.ppid,
                                                       std::string(asText(message.data))});
                       },
                       [this](const PeerClosing& peer) { closing.push_back(peer.assoc); },
                       [](const PathChange&) {},
                       [this](const Writable& now) { writable.push_back(now.assoc); },
                   },
                   event);
        if (also) {
            also(event);
        }
    });
    if (!opened) {
        error = opened.error();
        return false;
    }
    endpoint = std::move(*opened);
    return true;
}

bool Party::listen(TransportFixture& fixture, std::uint16_t port) {
    EndpointConfig config;
    config.local = {{fixture.host()}, port};
    config.listen = true;
    return open(fixture, config);
}

bool Party::send(TransportFixture& fixture, AssocId assoc, std::string_view data, const SendOptions& options) {
    while (true) {
        const std::size_t before = writable.size();
        const auto sent = endpoint->send(assoc, asOctets(data), options);
        if (sent) {
            return true;
        }
        if (sent.error() != SendError::WouldBlock ||
            !fixture.runUntil([&] { return writable.size() > before || down(assoc) != nullptr; }, 30s)) {
            return false;
        }
    }
}

bool Party::isUp(AssocId assoc) const {
    return std::ranges::count(ups, assoc, &Up::assoc) == 1 && std::ranges::count(downs, assoc, &Down::assoc) == 0;
}

const Down* Party::down(AssocId assoc) const {
    const auto found = std::ranges::find(downs, assoc, &Down::assoc);
    return found != downs.end() && std::ranges::count(downs, assoc, &Down::assoc) == 1 ? &*found : nullptr;
}

std::size_t Party::octets() const {
    return std::accumulate(messages.begin(), messages.end(), std::size_t{0},
                           [](std::size_t sum, const Received& message) { return sum + message.data.size(); });
}

bool Pair::connect(TransportFixture& fixture) {
    if (!server.listen(fixture) || !client.open(fixture)) {
        return false;
    }
    const auto id = client.endpoint->connect(server.endpoint->local());
    if (!id || !fixture.runUntil([&] { return client.isUp(*id) && !server.ups.empty(); }, 30s)) {
        return false;
    }
    atClient = *id;
    atServer = server.ups.front().assoc;
    return true;
}

int runConformance(int argc, char** argv, TransportFixture& fixture) {
    int failures = 0;
    for (const auto& part : {associationTests, messageTests, failureTests, multicastTests}) {
        const auto tests = part(fixture);
        failures += QTest::qExec(tests.get(), argc, argv);
    }
    return failures;
}

} // namespace kolam::transport
