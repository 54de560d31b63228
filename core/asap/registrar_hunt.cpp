// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/asap/registrar_hunt.h"

#include <algorithm>
#include <fmt/format.h>

namespace kolam::asap {

namespace {

bool sameEndpoint(const TransportAddress& one, const TransportAddress& other) {
    return one.port == other.port &&
           std::find_first_of(one.ips.begin(), one.ips.end(), other.ips.begin(), other.ips.end()) != one.ips.end();
}

} // namespace

TransportAddress announcedAddress(const wire::ServerAnnounce& announce, const TransportAddress& from) {
    for (auto transport = announce.transports.rbegin(); transport != announce.transports.rend(); ++transport) {
        if (transport->protocol == wire::TransportProtocol::Sctp && transport->port != 0 &&
            !transport->addresses.empty()) {
            return {transport->addresses, transport->port};
        }
    }
    return from;
}

RegistrarHunt::RegistrarHunt(const HuntLimits& limits, std::vector<TransportAddress> fixed, Random& random)
    : m_limits(limits)
    , m_random(random) {
    for (TransportAddress& address : fixed) {
        m_list.push_back(Known{.address = std::move(address), .fixed = true});
    }
}

RegistrarHunt::Actions RegistrarHunt::handle(const Input& input, TimePoint now) {
    return std::visit([&](const auto& what) { return on(what, now); }, input);
}

bool RegistrarHunt::knows(const TransportAddress& address) const {
    return std::ranges::any_of(m_list, [&](const Known& known) { return sameEndpoint(known.address, address); });
}

RegistrarHunt::Actions RegistrarHunt::on(const AnnounceHeard& announce, TimePoint now) {
    if (announce.server == ServerId{} || announce.address.port == 0 || announce.address.ips.empty()) {
        return {}; // nobody can be reached by this
    }
    forgetOutdated(now);
    if (m_current && sameEndpoint(m_current->address, announce.address)) {
        m_current->server = announce.server;
        m_current->ours = announce.ours;
    }
    const auto same = std::ranges::find_if(m_list, [&](const Known& known) {
        return sameEndpoint(known.address, announce.address) || (!known.fixed && known.server == announce.server);
    });
    Known* known = same == m_list.end() ? nullptr : &*same;
    if (known == nullptr) {
        const auto announced = std::ranges::count_if(m_list, [](const Known& entry) { return !entry.fixed; });
        if (static_cast<std::size_t>(announced) >= m_limits.listSize) {
            return {}; // more than any network has: somebody is playing with us
        }
        known = &m_list.emplace_back();
    }
    known->server = announce.server;
    known->ours = announce.ours;
    known->heard = now;
    if (!known->fixed) {
        known->address = announce.address;
    }
    Actions actions;
    if (m_searching) {
        if (known->tried && now - known->triedAt >= m_limits.pauseFirst) {
            known->tried = false; // it has failed in this round, but here it speaks: perhaps it has just started
        }
        fill(now, actions);
    }
    return actions;
}

RegistrarHunt::Actions RegistrarHunt::on(const Wanted&, TimePoint now) {
    Actions actions;
    if (!m_searching && !m_current) {
        m_rounds = 0;
        beginRound(now, actions);
    }
    return actions;
}

RegistrarHunt::Actions RegistrarHunt::on(const AttemptUp& up, TimePoint now) {
    const auto found = std::ranges::find(m_attempts, up.attempt, &Attempt::id);
    if (found == m_attempts.end()) {
        return {}; // abandoned meanwhile
    }
    const Attempt attempt = *found;
    m_attempts.erase(found);
    const Known* known = find(attempt.address);
    m_current = known != nullptr ? *known : Known{.address = attempt.address, .heard = now};
    m_current->address = attempt.address;
    m_rounds = 0;
    Actions actions{Use{attempt.id, m_current->server, attempt.address, m_current->ours}};
    stopSearching(actions);
    return actions;
}

RegistrarHunt::Actions RegistrarHunt::on(const AttemptFailed& failed, TimePoint now) {
    if (std::erase_if(m_attempts, [&](const Attempt& attempt) { return attempt.id == failed.attempt; }) == 0) {
        return {};
    }
    Actions actions;
    if (m_searching) {
        fill(now, actions);
        pauseIfIdle(now, actions);
    }
    return actions;
}

RegistrarHunt::Actions RegistrarHunt::on(const Lost&, TimePoint now) {
    Actions actions;
    if (m_current) {
        m_lost = m_current->address;
        m_current.reset();
    }
    if (!m_searching) {
        m_rounds = 0;
        beginRound(now, actions);
    }
    return actions;
}

RegistrarHunt::Actions RegistrarHunt::on(const Silent&, TimePoint now) {
    Actions actions;
    if (!m_searching) {
        m_rounds = 0;
        beginRound(now, actions);
    }
    return actions;
}

RegistrarHunt::Actions RegistrarHunt::on(const Answers&, TimePoint /*now*/) {
    Actions actions;
    if (m_searching && m_current) {
        stopSearching(actions);
    }
    return actions;
}

RegistrarHunt::Actions RegistrarHunt::on(const Adopted& adopted, TimePoint now) {
    const Known* known = find(adopted.address);
    m_current = known != nullptr ? *known : Known{.address = adopted.address, .heard = now};
    m_current->server = adopted.server;
    Actions actions;
    stopSearching(actions);
    return actions;
}

RegistrarHunt::Actions RegistrarHunt::on(const DeadlineReached&, TimePoint now) {
    if (now < m_deadline || !m_searching) {
        return {};
    }
    Actions actions;
    abandonAttempts(actions);
    ++m_rounds;
    beginRound(now, actions);
    return actions;
}

void RegistrarHunt::forgetOutdated(TimePoint now) {
    std::erase_if(m_list, [&](const Known& known) {
        return !known.fixed && known.heard + m_limits.announceTimeout <= now &&
               !(m_current && sameEndpoint(known.address, m_current->address));
    });
}

void RegistrarHunt::beginRound(TimePoint now, Actions& actions) {
    forgetOutdated(now);
    m_searching = true;
    for (Known& known : m_list) {
        known.tried = false;
    }
    m_roundEnds = now + doubled(m_limits.connect, m_limits.connectMax);
    arm(m_roundEnds, actions);
    fill(now, actions);
    pauseIfIdle(now, actions);
}

void RegistrarHunt::fill(TimePoint now, Actions& actions) {
    while (m_attempts.size() < m_limits.parallel) {
        Known* known = next();
        if (known == nullptr) {
            break;
        }
        known->tried = true;
        known->triedAt = now;
        m_attempts.push_back({AttemptId{++m_lastAttempt}, known->address});
        actions.emplace_back(Connect{m_attempts.back().id, known->address});
        if (m_deadline != m_roundEnds) { // the pause between two rounds ends early
            m_roundEnds = now + doubled(m_limits.connect, m_limits.connectMax);
            arm(m_roundEnds, actions);
        }
    }
}

void RegistrarHunt::pauseIfIdle(TimePoint now, Actions& actions) {
    if (m_attempts.empty()) {
        const Duration pause = doubled(m_limits.pauseFirst, doubled(m_limits.connect, m_limits.connectMax));
        // A quarter of chance, so that a thousand endpoints do not come back in one moment.
        arm(now + std::chrono::duration_cast<Duration>(pause * (0.875 + 0.25 * m_random.unit())), actions);
    }
}

void RegistrarHunt::stopSearching(Actions& actions) {
    m_searching = false;
    abandonAttempts(actions);
    m_roundEnds = never;
    arm(never, actions);
}

void RegistrarHunt::abandonAttempts(Actions& actions) {
    for (const Attempt& attempt : m_attempts) {
        actions.emplace_back(Abandon{attempt.id});
    }
    m_attempts.clear();
}

void RegistrarHunt::arm(TimePoint deadline, Actions& actions) {
    if (deadline != m_deadline) {
        m_deadline = deadline;
        actions.emplace_back(ArmTimer{deadline});
    }
}

/// One that was not tried in this round, at random; the one in use never, the one lost last when no other is left.
RegistrarHunt::Known* RegistrarHunt::next() {
    Known* chosen = nullptr;
    Known* last = nullptr;
    std::uint64_t candidates = 0;
    for (Known& known : m_list) {
        if (known.tried || (m_current && sameEndpoint(known.address, m_current->address)) ||
            std::ranges::any_of(m_attempts, [&](const Attempt& attempt) { return attempt.address == known.address; })) {
            continue;
        }
        if (sameEndpoint(known.address, m_lost)) {
            last = &known;
        } else if (m_random.below(++candidates) == 0) {
            chosen = &known;
        }
    }
    return chosen != nullptr ? chosen : last;
}

RegistrarHunt::Known* RegistrarHunt::find(const TransportAddress& address) {
    const auto found =
        std::ranges::find_if(m_list, [&](const Known& known) { return sameEndpoint(known.address, address); });
    return found == m_list.end() ? nullptr : &*found;
}

Duration RegistrarHunt::doubled(Duration first, Duration limit) const {
    return std::max(std::min(first * (std::int64_t{1} << std::min(m_rounds, 20u)), limit), std::min(first, limit));
}

std::string toText(const RegistrarHunt::Action& action) {
    const auto seconds = [](TimePoint when) { return std::chrono::duration<double>(when.time_since_epoch()).count(); };
    return std::visit(
        Overloaded{
            [](const RegistrarHunt::Connect& a) {
                return fmt::format("connect attempt {} to {}", a.attempt.value, kolam::toText(a.address));
            },
            [](const RegistrarHunt::Abandon& a) { return fmt::format("abandon attempt {}", a.attempt.value); },
            [](const RegistrarHunt::Use& a) {
                return fmt::format("use attempt {}: registrar {} at {}{}", a.attempt.value, kolam::toText(a.server),
                                   kolam::toText(a.address), a.ours ? ", one of ours" : "");
            },
            [&](const RegistrarHunt::ArmTimer& a) {
                return a.deadline == never ? std::string{"arm no timer"}
                                           : fmt::format("arm timer at {:.3f} s", seconds(a.deadline));
            },
        },
        action);
}

} // namespace kolam::asap
