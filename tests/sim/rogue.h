// SPDX-License-Identifier: GPL-3.0-or-later
// A registrar that has lost its mind: presents itself as one should, and then says what cannot be read, and what is
// not its business. Nobody may believe it, and nobody may suffer from it. Next door: fault_driver.h lets it loose.
#pragma once

#include "core/base/random.h"
#include "tests/sim/world.h"

#include <map>
#include <memory>
#include <optional>

namespace kolam::sim {

class Rogue {
public:
    /// @param neighbour  the registrar on whose host it lives
    Rogue(World& world, const Member& neighbour, std::uint64_t seed);
    ~Rogue();
    Rogue(const Rogue&) = delete;
    Rogue& operator=(const Rogue&) = delete;

private:
    struct Victim {
        std::uint32_t ppid = 0;
        bool up = false;
        TimePoint presented{};
    };
    void happened(const transport::Event& event);
    void connect(const TransportAddress& address, std::uint32_t ppid);
    void speak();
    void present(transport::AssocId to, Victim& victim);
    [[nodiscard]] Octets garbage(std::uint32_t ppid);
    [[nodiscard]] std::optional<Octets> meddling();

    World& m_world;
    Random m_random;
    ServerId m_id;
    std::unique_ptr<transport::MemoryProcess> m_process;
    std::unique_ptr<transport::Endpoint> m_endpoint;
    std::map<transport::AssocId, Victim> m_victims;
    TimerId m_timer = TimerId::None;
};

} // namespace kolam::sim
