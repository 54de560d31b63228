// SPDX-License-Identifier: GPL-3.0-or-later
// The suite that every transport passes, in four parts. A program with a fixture calls runConformance().
#pragma once

#include "tests/unit/transport/transport_fixture.h"

#include <QObject>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace kolam::transport {

using namespace std::chrono_literals;

/// An endpoint and everything it was told.
class Party {
public:
    struct Received {
        AssocId assoc;
        std::uint16_t stream;
        std::uint32_t ppid;
        std::string data;
    };
    Party() = default;
    Party(const Party&) = delete;
    Party& operator=(const Party&) = delete;

    /// Opens the endpoint; false when it cannot be opened, see `error`.
    bool open(TransportFixture& fixture, const EndpointConfig& config);
    bool listen(TransportFixture& fixture, std::uint16_t port = 0);
    /// A client: any port, no listening.
    bool open(TransportFixture& fixture) { return open(fixture, EndpointConfig{}); }
    /// Sends and, when the buffer is full, runs until it is not.
    bool send(TransportFixture& fixture, AssocId assoc, std::string_view data, const SendOptions& options = {});
    [[nodiscard]] bool isUp(AssocId assoc) const;
    /// Its Down, when it has had exactly one.
    [[nodiscard]] const Down* down(AssocId assoc) const;
    [[nodiscard]] std::size_t octets() const;

    std::unique_ptr<Endpoint> endpoint;
    std::error_code error;
    std::vector<Up> ups;
    std::vector<Down> downs;
    std::vector<Received> messages;
    std::vector<AssocId> closing;
    std::vector<AssocId> writable;
    std::function<void(const Event&)> also; // what the test does in the sink
};

/// A listener and a client that are connected.
struct Pair {
    Party server;
    Party client;
    AssocId atClient{};
    AssocId atServer{};
    bool connect(TransportFixture& fixture);
};

/// Makes a part of the suite; the fixture outlives it.
std::unique_ptr<QObject> associationTests(TransportFixture& fixture);
std::unique_ptr<QObject> messageTests(TransportFixture& fixture);
std::unique_ptr<QObject> failureTests(TransportFixture& fixture);
std::unique_ptr<QObject> multicastTests(TransportFixture& fixture);

/// Runs all parts; what main() returns.
int runConformance(int argc, char** argv, TransportFixture& fixture);

/// Turns the dispatcher until the condition holds. The limit is only reached when something is broken.
#define WAIT(fixture, condition)                                                                                       \
    QVERIFY2((fixture).runUntil([&] { return static_cast<bool>(condition); }, 30s), "never: " #condition)

} // namespace kolam::transport
