// SPDX-License-Identifier: GPL-3.0-or-later
// Makes the faults of a plan happen in a world, and ends them; knows who can hear whom meanwhile, and since when
// nothing has changed. Next door: fault_plan.h drew them, invariants.h asks how calm the world is.
#pragma once

#include "tests/sim/rogue.h"
#include "tests/sim/world.h"

#include <array>
#include <map>
#include <memory>
#include <set>
#include <string>

namespace kolam::sim {

class FaultDriver {
public:
    FaultDriver(World& world, const Settings& settings, const FaultPlan& plan);

    /// When the next fault begins or ends; `never` after the last one.
    [[nodiscard]] TimePoint next() const;
    /// Begins and ends what is due now.
    void act();
    /// Somebody has gone, for whatever reason.
    void noteChange() { m_lastChange = std::max(m_lastChange, m_world.now()); }

    /// Something goes on that nobody has to cope with in a bounded time.
    [[nodiscard]] bool noisy() const { return m_noisy > 0; }
    /// When the world was last changed by us.
    [[nodiscard]] TimePoint lastChange() const { return m_lastChange; }
    /// True when nothing has happened for so long.
    [[nodiscard]] bool calmFor(Duration time) const { return !noisy() && m_world.now() - m_lastChange >= time; }
    /// The last change met one element or user, and the world had been in order before.
    [[nodiscard]] bool gentle() const { return m_gentle; }
    /// And nobody has said so.
    [[nodiscard]] bool silent() const { return m_silent; }
    /// Hosts hear each other when these are equal.
    [[nodiscard]] std::string partOf(const IpAddress& host) const;
    [[nodiscard]] bool divided() const { return !m_cuts.empty(); }
    [[nodiscard]] const std::array<std::uint64_t, faultKindCount>& injected() const { return m_injected; }

private:
    struct Active {
        std::size_t fault;
        Member* member = nullptr; // whom it has met
    };
    void begin(std::size_t index);
    void end(const Active& active);
    /// False when there was nobody to do it to.
    bool apply(const Fault& fault, Active& active);
    void changed(const Fault& fault);
    bool massJoin(const Fault& fault, std::size_t index);
    bool massRestart(const Fault& fault, std::size_t index);
    bool collide(std::size_t index, Member& member);
    void restart(Member& member, bool sameIdentifier);
    void setLinks();
    void setCuts();
    [[nodiscard]] IpAddress anyHost(std::uint64_t chance) const;
    [[nodiscard]] static bool onSide(const Fault& fault, const IpAddress& host);

    World& m_world;
    const Settings& m_settings;
    const FaultPlan& m_plan;
    Bounds m_bounds;
    std::size_t m_nextBegin = 0;
    std::vector<Active> m_active;
    std::map<std::size_t, std::vector<Member*>> m_masses; // who is down because of a mass restart, or beside the others
    std::set<std::size_t> m_links;                        // faults of links that are in force
    std::set<std::size_t> m_cuts;                         // and those that part hosts from each other
    std::map<std::size_t, std::unique_ptr<Rogue>> m_rogues;
    unsigned m_noisy = 0;
    bool m_gentle = false;
    bool m_silent = false;
    TimePoint m_lastChange{};
    std::array<std::uint64_t, faultKindCount> m_injected{};
};

} // namespace kolam::sim
