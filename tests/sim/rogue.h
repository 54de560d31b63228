// SPDX-License-Identifier: GPL-3.0-or-later
// A process on a registrar's host that speaks in its name: says what cannot be read, and what is not its business.
// Nobody may believe it, and nobody may suffer from it. Next door: fault_driver.h lets it loose.
#pragma once

#include "core/base/random.h"
#include "tests/sim/world.h"

#include <map>
#include <memory>

namespace kolam::sim {

class Rogue {
public:
    /// @param face  the registrar in whose name it speaks
    Rogue(World& world, const Member& face, std::uint64_t seed);
    ~Rogue();
    Rogue(const Rogue&) = delete;
    Rogue& operator=(const Rogue&) = delete;

private:
    struct Victim {
        ServerId id;
        std::uint32_t ppid = 0;
    };
    void connect(const TransportAddress& address, ServerId id, std::uint32_t ppid);
    void speak();
    [[nodiscard]] Octets garbage(std::uint32_t ppid);
    [[nodiscard]] std::optional<Octets> meddling(ServerId receiver);

    World& m_world;
    ServerId m_face;
    Random m_random;
    std::unique_ptr<transport::MemoryProcess> m_process;
    std::unique_ptr<transport::Endpoint> m_endpoint;
    std::map<transport::AssocId, Victim> m_victims;
    TimerId m_timer = TimerId::None;
};

} // namespace kolam::sim
