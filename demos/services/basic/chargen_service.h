// SPDX-License-Identifier: GPL-3.0-or-later
// Character generator: sends printable characters for ever, as fast as the user takes them.
// Next door: discard_service.h, the other end of a throughput measurement.
#pragma once

#include "core/dispatch/dispatcher.h"
#include "core/node/service.h"
#include "demos/services/common/slots.h"

#include <array>
#include <memory>

namespace kolam::services {

class ChargenService final : public Service {
public:
    static constexpr std::size_t blockSize = 1024;
    /// Dispatcher and service must outlive the sessions.
    ChargenService(Dispatcher& dispatcher, std::uint32_t capacity);

    std::unique_ptr<ServiceSession> open(SessionLink& link) override;
    [[nodiscard]] double load() const override { return m_slots.load(); }
    [[nodiscard]] bool watchesUsers() const override { return true; }

private:
    class Session;
    Dispatcher& m_dispatcher;
    Slots m_slots;
    std::array<std::byte, blockSize> m_block; // the same one, again and again
};

} // namespace kolam::services
