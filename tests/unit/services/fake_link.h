// SPDX-License-Identifier: GPL-3.0-or-later
// A user who notes everything that a session says, and takes as much as the test lets him.
// Next door: service_world.h, where users are real.
#pragma once

#include "core/node/service.h"

#include <cstdint>
#include <string>
#include <vector>

namespace kolam::testing {

class FakeLink final : public SessionLink {
public:
    std::expected<void, SessionSendError> send(std::uint32_t ppid, OctetView octets) override {
        if (room == 0) {
            return std::unexpected(SessionSendError::WouldBlock);
        }
        --room;
        ppids.push_back(ppid);
        messages.emplace_back(octets.begin(), octets.end());
        order += 'M';
        return {};
    }
    std::expected<void, SessionSendError> sendCookie(OctetView octets) override {
        if (room == 0) {
            return std::unexpected(SessionSendError::WouldBlock);
        }
        --room;
        cookies.emplace_back(octets.begin(), octets.end());
        order += 'C';
        return {};
    }
    void shutdown() override { order += 'S'; }
    void abort(std::string_view reason) override {
        order += 'A';
        why = reason;
    }
    [[nodiscard]] std::string peer() const override { return "test"; }
    [[nodiscard]] const TransportAddress& peerAddress() const override { return address; }
    [[nodiscard]] bool peerHas(std::uint32_t feature) const override { return (features & feature) == feature; }

    TransportAddress address{{IpAddress::v4(10, 0, 0, 1)}, 40'000};
    std::uint32_t features = 0;
    std::size_t room = 1'000'000;
    std::vector<std::uint32_t> ppids;
    std::vector<Octets> messages;
    std::vector<Octets> cookies;
    std::string order; // Message, Cookie, Shutdown, Abort
    std::string why;
};

} // namespace kolam::testing
