// SPDX-License-Identifier: GPL-3.0-or-later
// This room decides which registrar an endpoint uses: who is known, who is tried now, who is tried next.
// It is told what happened and when, and answers with actions; it owns no socket.
// Next door: request_engine.h uses the registrar; core/node performs the connects.
// Source: RFC 5352 sections 3.6 and 3.7 (timers T5-Serverhunt and T7-ENRPoutdate).
#pragma once

#include "core/base/address.h"
#include "core/base/ids.h"
#include "core/base/random.h"
#include "core/base/time.h"
#include "core/wire/asap.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace kolam::asap {

/// Names one attempt to reach a registrar.
using AttemptId = Strong<struct AttemptIdTag, std::uint32_t>;

struct HuntLimits {
    Duration announceTimeout; // T7: a registrar that was not heard for so long is forgotten
    Duration connect;         // T5: one round of connects, doubled with each round
    Duration connectMax;      // RETRAN-MAX
    Duration pauseFirst;      // after a round in which every attempt has failed at once, doubled up to T5
    std::size_t parallel = 3;
    std::size_t listSize = 64; // announced registrars that are remembered
};

/// The address that an announcement names: its last SCTP transport, or else where the datagram came from.
[[nodiscard]] TransportAddress announcedAddress(const wire::ServerAnnounce& announce, const TransportAddress& from);

class RegistrarHunt {
public:
    struct Known {
        ServerId server; // 0: a fixed entry that has not announced itself yet
        TransportAddress address;
        bool fixed = false;
        bool ours = false; // its announcements show that it is of this implementation
        TimePoint heard{};
        TimePoint triedAt{};
        bool tried = false; // in this round
    };

    // ---- What happens ----
    struct AnnounceHeard {
        ServerId server;
        TransportAddress address;
        bool ours = false;
    };
    struct Wanted {}; // somebody needs a registrar
    struct AttemptUp {
        AttemptId attempt;
    };
    struct AttemptFailed {
        AttemptId attempt;
    };
    struct Lost {};    // the association to the registrar is gone
    struct Silent {};  // it lets requests time out: look for another one, but keep it until there is one
    struct Answers {}; // it answers again
    struct Adopted {   // it made itself our home registrar over an association of its own
        ServerId server;
        TransportAddress address;
    };
    struct DeadlineReached {};
    using Input =
        std::variant<AnnounceHeard, Wanted, AttemptUp, AttemptFailed, Lost, Silent, Answers, Adopted, DeadlineReached>;

    // ---- What to do about it ----
    struct Connect {
        AttemptId attempt;
        TransportAddress address;
    };
    struct Abandon {
        AttemptId attempt;
    };
    struct Use { // the attempt's association is the way to the registrar now; an earlier one is to be shut down
        AttemptId attempt;
        ServerId server;
        TransportAddress address;
        bool ours = false;
    };
    struct ArmTimer { // replaces the earlier deadline; `never`: none
        TimePoint deadline;
    };
    using Action = std::variant<Connect, Abandon, Use, ArmTimer>;
    using Actions = std::vector<Action>;

    RegistrarHunt(const HuntLimits& limits, std::vector<TransportAddress> fixed, Random& random);

    [[nodiscard]] Actions handle(const Input& input, TimePoint now);

    [[nodiscard]] bool searching() const { return m_searching; }
    /// True for the address of a fixed or announced registrar: at least one address and the port agree.
    [[nodiscard]] bool knows(const TransportAddress& address) const;
    /// What is known of the registrar in use; it may learn its identifier from an announcement.
    [[nodiscard]] const std::optional<Known>& current() const { return m_current; }
    [[nodiscard]] const std::vector<Known>& list() const { return m_list; }

private:
    struct Attempt {
        AttemptId id;
        TransportAddress address;
    };
    Actions on(const AnnounceHeard& announce, TimePoint now);
    Actions on(const Wanted&, TimePoint now);
    Actions on(const AttemptUp& up, TimePoint now);
    Actions on(const AttemptFailed& failed, TimePoint now);
    Actions on(const Lost&, TimePoint now);
    Actions on(const Silent&, TimePoint now);
    Actions on(const Answers&, TimePoint now);
    Actions on(const Adopted& adopted, TimePoint now);
    Actions on(const DeadlineReached&, TimePoint now);

    void forgetOutdated(TimePoint now);
    void beginRound(TimePoint now, Actions& actions);
    void fill(TimePoint now, Actions& actions);
    void pauseIfIdle(TimePoint now, Actions& actions);
    void stopSearching(Actions& actions);
    void abandonAttempts(Actions& actions);
    void arm(TimePoint deadline, Actions& actions);
    Known* next();
    Known* find(const TransportAddress& address);
    [[nodiscard]] Duration doubled(Duration first, Duration limit) const;

    HuntLimits m_limits;
    Random& m_random;
    std::vector<Known> m_list;
    std::optional<Known> m_current;
    TransportAddress m_lost; // the registrar lost last is tried last
    std::vector<Attempt> m_attempts;
    std::uint32_t m_lastAttempt = 0;
    bool m_searching = false;
    unsigned m_rounds = 0; // without success
    TimePoint m_roundEnds = never;
    TimePoint m_deadline = never;
};

[[nodiscard]] std::string toText(const RegistrarHunt::Action& action);

} // namespace kolam::asap
