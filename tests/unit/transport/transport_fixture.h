// SPDX-License-Identifier: GPL-3.0-or-later
// What the conformance suite needs to know of a transport, so that the same tests run over all of them.
// Next door: conformance.h for the suite; memory_fixture.cpp and real_fixture.h for the implementations.
#pragma once

#include "core/dispatch/dispatcher.h"
#include "core/transport/transport.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace kolam::transport {

/// A process of its own that listens and sends back what it receives: see echo_peer.h. It dies with this object.
class PeerProcess {
public:
    virtual ~PeerProcess() = default;
    [[nodiscard]] virtual TransportAddress address() const = 0;
    virtual void kill() = 0; // SIGKILL
    virtual void freeze() = 0;
    virtual void thaw() = 0;
};

/// One transport under test, with its dispatcher and its surroundings.
class TransportFixture {
public:
    virtual ~TransportFixture() = default;
    [[nodiscard]] virtual Transport& transport() = 0;
    [[nodiscard]] virtual Dispatcher& dispatcher() = 0;
    /// An address at which our own endpoints and the peers are reached.
    [[nodiscard]] virtual IpAddress host() const = 0;
    /// Where nobody answers, not even to refuse; none when the surroundings have no such place.
    [[nodiscard]] virtual std::optional<TransportAddress> deafAddress() = 0;
    /// Turns the dispatcher until `done()`; false when it took longer than `limit`.
    [[nodiscard]] virtual bool runUntil(const std::function<bool()>& done, Duration limit) = 0;
    /// Starts a peer and waits until it listens. Port 0: any. Group port 0: it joins no multicast group.
    [[nodiscard]] virtual std::unique_ptr<PeerProcess> startPeer(std::uint16_t port, std::uint16_t groupPort) = 0;
};

} // namespace kolam::transport
