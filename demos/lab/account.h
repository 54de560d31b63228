// SPDX-License-Identifier: GPL-3.0-or-later
// What a run has come to, counted from what its components have told: the numbers that expectations are about.
// A function of the events alone, so that a recording gives the same verdict. Next door: director.h, which feeds it.
#pragma once

#include "core/telemetry/event_log.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kolam::lab {

class Account;

/// One number that can be expected.
struct Metric {
    std::string_view name;
    std::string_view help;
    bool isTime; // in seconds; files write "250ms"
    std::optional<double> (*measure)(const Account& account);
};
[[nodiscard]] std::span<const Metric> metrics();
[[nodiscard]] const Metric* findMetric(std::string_view name);

class Account {
public:
    void take(const telemetry::Event& event);
    /// Said by the lab: a program that was not told to end has ended, not well.
    void programFailed() { ++m_failedPrograms; }

    [[nodiscard]] std::uint64_t failovers() const { return m_failoverSeconds.size(); }
    [[nodiscard]] std::uint64_t failoversWithCookie() const { return m_withCookie; }
    /// Of all failovers; nothing when there was none. share: 0.5, 0.95, 1, ...
    [[nodiscard]] std::optional<double> failoverSeconds(double share) const;
    [[nodiscard]] std::uint64_t sessionsStanding() const;
    [[nodiscard]] std::uint64_t sessionsWaiting() const;
    /// Of all registrars that run; nothing when none does.
    [[nodiscard]] std::optional<std::uint64_t> fewestElements() const;
    [[nodiscard]] std::optional<std::uint64_t> fewestPeers() const;
    /// Registrars whose elements or whose owners differ from those of the first one.
    [[nodiscard]] std::uint64_t registrarsThatDisagree() const;
    [[nodiscard]] std::uint64_t takeovers() const { return m_takeovers; }
    [[nodiscard]] std::optional<double> longestTakeover() const;
    /// Elements that were removed, and had not asked for it.
    [[nodiscard]] std::uint64_t removals() const { return m_removals; }
    /// Of users, that they do not reach an element.
    [[nodiscard]] std::uint64_t reports() const { return m_reports; }
    [[nodiscard]] std::uint64_t refusals() const;
    [[nodiscard]] std::uint64_t connects() const { return m_connects; }
    /// The most that one session has tried within one second.
    [[nodiscard]] std::uint64_t connectsOfTheBusiest() const { return m_busiest; }
    [[nodiscard]] std::uint64_t workRedone() const { return m_workRedone; }
    /// Sessions of the element that has got the most, to those of an average one; by the elements that got any.
    [[nodiscard]] std::optional<double> imbalance() const;
    [[nodiscard]] std::uint64_t failedPrograms() const { return m_failedPrograms; }
    [[nodiscard]] std::uint64_t droppedEvents() const { return m_dropped; }

private:
    struct Session {
        bool stands = false;
        TimePoint second{}; // in which the connects were
        std::uint64_t connectsInIt = 0;
    };
    using ElementKey = std::pair<PoolHandle, PeIdentifier>;
    struct Registrar {
        std::map<ElementKey, ServerId> owners;
        std::set<ServerId> peers;
        std::map<ServerId, TimePoint> takeovers; // that have begun
    };
    struct Component {
        std::uint32_t pid = 0;
        std::map<std::uint64_t, Session> sessions; // of a user
        std::uint64_t refused = 0;                 // by an element
        std::optional<Registrar> registrar;
    };
    static void forget(Component& component);
    void connecting(Session& session, TimePoint when);

    std::map<telemetry::ComponentId, Component> m_components;
    std::vector<double> m_failoverSeconds;
    std::map<PeIdentifier, std::uint64_t> m_served;
    std::uint64_t m_withCookie = 0;
    std::uint64_t m_takeovers = 0;
    double m_longestTakeover = 0;
    std::uint64_t m_removals = 0;
    std::uint64_t m_reports = 0;
    std::uint64_t m_refusedByGone = 0;
    std::uint64_t m_connects = 0;
    std::uint64_t m_busiest = 0;
    std::uint64_t m_workRedone = 0;
    std::uint64_t m_failedPrograms = 0;
    std::uint64_t m_dropped = 0;
};

} // namespace kolam::lab
