// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/lab/account.h"

#include "core/base/strong.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace kolam::lab {

namespace tell = telemetry;

namespace {

template <auto Number>
std::optional<double> of(const Account& account) {
    const auto value = (account.*Number)();
    if constexpr (requires { value.has_value(); }) {
        return value ? std::optional{static_cast<double>(*value)} : std::nullopt;
    } else {
        return static_cast<double>(value);
    }
}

template <int Percent>
std::optional<double> failoverTime(const Account& account) {
    return account.failoverSeconds(Percent / 100.0);
}

constexpr std::array metricTable{
    Metric{"failovers", "sessions that went on at another element", false, of<&Account::failovers>},
    Metric{"failovers_with_cookie", "those that brought their state along", false, of<&Account::failoversWithCookie>},
    Metric{"failover_p50", "half of the failovers took no longer", true, failoverTime<50>},
    Metric{"failover_p95", "95 % of the failovers took no longer", true, failoverTime<95>},
    Metric{"failover_max", "the longest failover", true, failoverTime<100>},
    Metric{"sessions", "sessions that stand", false, of<&Account::sessionsStanding>},
    Metric{"sessions_waiting", "sessions that have no element", false, of<&Account::sessionsWaiting>},
    Metric{"elements", "elements that each registrar knows, at least", false, of<&Account::fewestElements>},
    Metric{"peers", "other registrars that each one hears, at least", false, of<&Account::fewestPeers>},
    Metric{"disagreeing", "registrars that know other elements, or other owners, than the first one", false,
           of<&Account::registrarsThatDisagree>},
    Metric{"takeovers", "takeovers of a registrar's elements by another one", false, of<&Account::takeovers>},
    Metric{"takeover_max", "the longest takeover, once it was begun", true, of<&Account::longestTakeover>},
    Metric{"removals", "elements that were removed, and had not asked for it", false, of<&Account::removals>},
    Metric{"reports", "what users have told registrars: that they do not reach an element", false,
           of<&Account::reports>},
    Metric{"refused", "sessions that elements have refused: all slots taken", false, of<&Account::refusals>},
    Metric{"connects", "attempts of sessions to reach an element", false, of<&Account::connects>},
    Metric{"connects_per_second", "attempts of the busiest session within a second", false,
           of<&Account::connectsOfTheBusiest>},
    Metric{"imbalance", "sessions of the busiest element, to those of an average one", false, of<&Account::imbalance>},
    Metric{"work_redone", "what applications had to do again, in their units", false, of<&Account::workRedone>},
    Metric{"failed_programs", "programs that ended though nobody ended them", false, of<&Account::failedPrograms>},
    Metric{"dropped_events", "events that a component could not tell", false, of<&Account::droppedEvents>},
};

} // namespace

std::span<const Metric> metrics() {
    return metricTable;
}

const Metric* findMetric(std::string_view name) {
    const auto found = std::ranges::find(metricTable, name, &Metric::name);
    return found == metricTable.end() ? nullptr : &*found;
}

void Account::take(const tell::Event& event) {
    Component& component = m_components[event.component];
    const auto session = [&](std::uint64_t number) -> Session& { return component.sessions[number]; };
    const auto registrar = [&]() -> Registrar& {
        return component.registrar ? *component.registrar : component.registrar.emplace();
    };
    const auto enter = [&](const tell::ElementFacts& facts) {
        registrar().owners[{facts.pool, facts.element}] = facts.owner;
    };
    std::visit(Overloaded{
                   [&](const tell::SnapshotBegan&) { forget(component); }, // all that it knows follows
                   [&](const tell::ComponentUp& e) {
                       if (e.pid != std::exchange(component.pid, e.pid)) {
                           m_refusedByGone += std::exchange(component.refused, 0);
                       }
                       if (tell::roleOf(event.component) == tell::Role::Registrar) {
                           (void)registrar();
                       }
                   },
                   [&](const tell::ComponentFinal&) { forget(component); },
                   [&](const tell::ComponentDown& e) {
                       if (e.how == tell::DownKind::StreamEnded) {
                           forget(component);
                       }
                   },
                   [&](const tell::SessionOpened& e) { (void)session(e.session); },
                   [&](const tell::Connecting& e) { connecting(session(e.session), event.monotonic); },
                   [&](const tell::SessionEstablished& e) {
                       session(e.session).stands = true;
                       if (event.number != 0) { // news, and not how things were when we came
                           ++m_served[e.element];
                       }
                   },
                   [&](const tell::SessionWaiting& e) { session(e.session).stands = false; },
                   [&](const tell::FailoverBegan& e) { session(e.session).stands = false; },
                   [&](const tell::FailoverEnded& e) {
                       m_failoverSeconds.push_back(toSeconds(e.took));
                       m_withCookie += e.cookieOctets > 0 ? 1u : 0u;
                   },
                   [&](const tell::SessionClosed& e) { component.sessions.erase(e.session); },
                   [&](const tell::WorkRedone& e) { m_workRedone += e.amount; },
                   [&](const tell::LoadChanged& e) { component.refused = e.refused; },
                   [&](const tell::ElementRegistered& e) { enter(e.facts); },
                   [&](const tell::ElementReregistered& e) { enter(e.facts); },
                   [&](const tell::OwnerChanged& e) { registrar().owners[{e.pool, e.element}] = e.to; },
                   [&](const tell::ElementRemoved& e) {
                       registrar().owners.erase({e.pool, e.element});
                       // The owner removes; what the others hear of it is no removal more.
                       m_removals +=
                           e.reason == tell::Removal::Deregistered || e.reason == tell::Removal::OwnerSaysSo ? 0u : 1u;
                   },
                   [&](const tell::UnreachableReported&) { ++m_reports; },
                   [&](const tell::PeerUp& e) { registrar().peers.insert(e.peer); },
                   [&](const tell::PeerLost& e) { registrar().peers.erase(e.peer); },
                   [&](const tell::TakeoverBegan& e) { registrar().takeovers[e.target] = event.monotonic; },
                   [&](const tell::TakeoverEnded& e) {
                       if (tell::componentId(e.successor) == event.component) {
                           ++m_takeovers;
                           if (const auto begun = registrar().takeovers.extract(e.target)) {
                               m_longestTakeover =
                                   std::max(m_longestTakeover, toSeconds(event.monotonic - begun.mapped()));
                           }
                       }
                   },
                   [&](const tell::EventsDropped& e) { m_dropped += e.count; },
                   [](const auto&) {},
               },
               event.body);
}

void Account::forget(Component& component) {
    component.sessions.clear();
    component.registrar.reset();
}

void Account::connecting(Session& session, TimePoint when) {
    ++m_connects;
    if (when - session.second >= std::chrono::seconds{1}) {
        session.second = when;
        session.connectsInIt = 0;
    }
    m_busiest = std::max(m_busiest, ++session.connectsInIt);
}

std::optional<double> Account::failoverSeconds(double share) const {
    if (m_failoverSeconds.empty()) {
        return std::nullopt;
    }
    std::vector<double> sorted = m_failoverSeconds;
    std::ranges::sort(sorted);
    const auto place = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
    return sorted[std::clamp<std::size_t>(place, 1, sorted.size()) - 1];
}

std::uint64_t Account::sessionsStanding() const {
    std::uint64_t count = 0;
    for (const auto& [id, component] : m_components) {
        count += static_cast<std::uint64_t>(
            std::ranges::count_if(component.sessions, [](const auto& session) { return session.second.stands; }));
    }
    return count;
}

std::uint64_t Account::sessionsWaiting() const {
    std::uint64_t count = 0;
    for (const auto& [id, component] : m_components) {
        count += component.sessions.size();
    }
    return count - sessionsStanding();
}

std::optional<std::uint64_t> Account::fewestElements() const {
    std::optional<std::uint64_t> fewest;
    for (const auto& [id, component] : m_components) {
        if (component.registrar) {
            fewest = std::min<std::uint64_t>(fewest.value_or(~std::uint64_t{0}), component.registrar->owners.size());
        }
    }
    return fewest;
}

std::optional<std::uint64_t> Account::fewestPeers() const {
    std::optional<std::uint64_t> fewest;
    for (const auto& [id, component] : m_components) {
        if (component.registrar) {
            fewest = std::min<std::uint64_t>(fewest.value_or(~std::uint64_t{0}), component.registrar->peers.size());
        }
    }
    return fewest;
}

std::uint64_t Account::registrarsThatDisagree() const {
    const Registrar* first = nullptr;
    std::uint64_t count = 0;
    for (const auto& [id, component] : m_components) {
        if (component.registrar) {
            first = first == nullptr ? &*component.registrar : first;
            count += component.registrar->owners == first->owners ? 0u : 1u;
        }
    }
    return count;
}

std::optional<double> Account::longestTakeover() const {
    return m_takeovers == 0 ? std::nullopt : std::optional{m_longestTakeover};
}

std::uint64_t Account::refusals() const {
    std::uint64_t count = m_refusedByGone;
    for (const auto& [id, component] : m_components) {
        count += component.refused;
    }
    return count;
}

std::optional<double> Account::imbalance() const {
    if (m_served.empty()) {
        return std::nullopt;
    }
    std::uint64_t sum = 0;
    std::uint64_t most = 0;
    for (const auto& [element, sessions] : m_served) {
        sum += sessions;
        most = std::max(most, sessions);
    }
    return static_cast<double>(most) * static_cast<double>(m_served.size()) / static_cast<double>(sum);
}

} // namespace kolam::lab
