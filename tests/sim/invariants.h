// SPDX-License-Identifier: GPL-3.0-or-later
// What must be true of a world, whatever has happened to it: compared with what registrars believe and users see, all
// the time. The numbers I1 to I15 are those of the project's list of invariants; those that are not here are tested
// elsewhere. Next door: bounds.h says how long order may take, fault_driver.h how calm the world is.
#pragma once

#include "tests/sim/fault_driver.h"
#include "tests/sim/world.h"

#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace kolam::sim {

struct Violation {
    std::string invariant; // "I4"
    std::string what;
    TimePoint when{};
};

/// How long things took, for statistics.
struct Measures {
    std::vector<Duration> agreement;     // from the last fault of a bout until all registrars know what is true
    std::vector<Duration> dual;          // I4: from the last fault until no element has two homes, if any had
    std::vector<Duration> cleanFailover; // I6: from the death until the session stands again
    std::vector<Duration> silentFailover;
};

class Invariants final : public WorldWatcher {
public:
    Invariants(World& world, const FaultDriver& faults, const Settings& settings);

    /// Looks at everything; called every `interval`.
    void look();
    /// Before and after faults begin or end.
    void beforeChange();
    void afterChange();
    void busy() { violated("I15", "work without end at one and the same instant"); }
    [[nodiscard]] const std::optional<Violation>& violation() const { return m_violation; }
    [[nodiscard]] const Measures& measures() const { return m_measures; }

    static constexpr Duration interval = 250ms;

private:
    struct Part { // of the network: whoever hears each other
        std::vector<const Member*> registrars;
        std::vector<const Member*> elements;
    };
    void onElementChange(const Member& registrar, const asap::ElementEvent& event) override;
    void onSessionEstablished(const Member& user, PeIdentifier element) override;

    void violated(std::string invariant, std::string what);
    [[nodiscard]] std::vector<Part> parts() const;
    /// What is wrong in this part; empty when registrars agree, and what they know is true.
    [[nodiscard]] std::string disagreement(const Part& part) const;
    [[nodiscard]] std::string untruth(const Part& part) const;
    /// Also tells whether there are elements with two homes.
    [[nodiscard]] std::string ownership(const Part& part, bool& dual) const;
    void lookAtHomes(const std::vector<Part>& parts);
    void lookAtAgreement();
    void lookAtDead();
    void lookAtUsers();
    void probe();
    void probed(const Member& user, const std::vector<wire::PoolElement>& elements);
    [[nodiscard]] bool spareSlots() const;
    void lookAtRates();
    void lookAtMemory();
    [[nodiscard]] const Member* living(PeIdentifier element) const;

    World& m_world;
    const FaultDriver& m_faults;
    Bounds m_bounds;
    std::optional<Violation> m_violation;
    Measures m_measures;
    std::uint64_t m_looks = 0;

    TimePoint m_disagreeSince = never;
    bool m_agreed = false;     // since the last change
    bool m_homesWrong = false; // at the last look
    bool m_dual = false;       // an element has had two homes since then
    struct Progress {
        std::uint64_t answers = 0;
        TimePoint when{};
    };
    std::unordered_map<const Member*, Progress> m_progress;
    struct Requests {
        std::uint32_t life = 0;
        std::uint64_t count = 0;
    };
    std::unordered_map<const Member*, Requests> m_requests;
    std::unordered_set<std::uint32_t> m_known; // every identifier that an element has ever had
    struct Victim {                            // of a session whose element has been killed in a calm world
        TimePoint when;
        bool silent;
    };
    std::unordered_map<const Member*, Victim> m_victims;
    std::unordered_map<const Member*, std::pair<Member::State, PeIdentifier>> m_before;
};

} // namespace kolam::sim
