// SPDX-License-Identifier: GPL-3.0-or-later
// Remembers which elements have failed or refused a session, and chooses the one to be tried next: first those that
// have done neither, in the registrar's order; then whoever has had the longest time to recover.
// Next door: user_session.h, which tries them. Source: RFC 5351 section 3 (the user reports, and goes elsewhere).
#pragma once

#include "core/base/time.h"
#include "core/wire/asap.h"

#include <functional>
#include <vector>

namespace kolam::session {

class ElementChoice {
public:
    /// `memory`: an element that has failed is avoided for so long.
    explicit ElementChoice(Duration memory) : m_memory(memory) {}

    // ---- What has come of an attempt, or of a session ----
    void failed(PeIdentifier element, TimePoint now) { remember(element, now, now + m_memory); }
    /// It lives, it is only full: left out until the refusals are forgotten, and not avoided any longer.
    void refused(PeIdentifier element, TimePoint now);
    void tookTheSession(PeIdentifier element);
    void forgetRefusals() { m_refusedBy.clear(); }
    /// All but the last one: the others may have a slot by now.
    void forgetEarlierRefusals();
    [[nodiscard]] bool anyRefused() const { return !m_refusedBy.empty(); }

    // ---- Whom to try ----
    [[nodiscard]] bool hasFailed(PeIdentifier element, TimePoint now) const;
    /// It can be reached, and has neither failed nor refused.
    [[nodiscard]] bool isFresh(const wire::PoolElement& element, TimePoint now) const;
    /// @return the first fresh one; nullptr: there is none
    [[nodiscard]] const wire::PoolElement* fresh(const std::vector<wire::PoolElement>& elements, TimePoint now) const;
    /// @return of those that have not refused and have not failed since `failover`, the one whose failure is the
    /// oldest: a registrar that still, or again, names it may be right; nullptr: there is none
    [[nodiscard]] const wire::PoolElement* returned(const std::vector<wire::PoolElement>& elements,
                                                    TimePoint failover) const;
    /// @return of all, the one that has had the longest time to recover; nullptr: there is none
    [[nodiscard]] const wire::PoolElement* anyOf(const std::vector<wire::PoolElement>& elements) const;
    /// @return those that can be tried beside `chosen`
    [[nodiscard]] std::vector<wire::PoolElement> beside(const wire::PoolElement& chosen,
                                                        const std::vector<wire::PoolElement>& elements) const;
    /// It says where it is: an SCTP port and an address.
    [[nodiscard]] static bool isReachable(const wire::PoolElement& element);

private:
    struct Trouble {
        PeIdentifier element;
        TimePoint when;
        TimePoint avoidedUntil;
    };
    void remember(PeIdentifier element, TimePoint now, TimePoint avoidedUntil);
    [[nodiscard]] TimePoint troubleAt(PeIdentifier element) const;
    [[nodiscard]] bool hasRefused(PeIdentifier element) const;
    [[nodiscard]] const wire::PoolElement*
    longestAgo(const std::vector<wire::PoolElement>& elements,
               const std::function<bool(const wire::PoolElement&)>& allowed) const;

    Duration m_memory;
    std::vector<Trouble> m_troubles;       // the oldest first
    std::vector<PeIdentifier> m_refusedBy; // those to be left out of the next choice
};

} // namespace kolam::session
