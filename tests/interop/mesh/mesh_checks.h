// SPDX-License-Identifier: GPL-3.0-or-later
// What tests of a mixed mesh ask of its registrars: ours tell it themselves, theirs in their log.
#pragma once

#include "tests/interop/common/guest_test.h"

namespace kolam::interop {

/// One line for each peer, as its registrar sees it.
inline std::string peersOf(const RegistrarNode& registrar) {
    std::string text;
    for (const enrp::PeerView& peer : registrar.peers()) {
        text += toText(peer.id) + " " + std::string{toText(peer.state)} + (peer.inSync ? ", in sync, " : ", ") +
                std::to_string(peer.elements) + " elements\n";
    }
    return text;
}

inline std::size_t owned(const RegistrarNode& registrar) {
    return registrar.handlespace().countOwnedBy(registrar.id());
}

/// Whether this rspregistrar has found its place, and serves.
inline bool isReady(const Program& registrar) {
    return registrar.said("The registrar is ready!");
}

/// Until so many presences of every peer have been compared, and no copy was found to differ, on either side. False:
/// somebody downloads tables again and again.
inline bool untilQuiet(GuestTest& test, const std::vector<const RegistrarNode*>& ours,
                       const std::vector<const Program*>& theirs, std::uint64_t presences = 4) {
    const auto differences = [&] {
        std::uint64_t count = 0;
        for (const RegistrarNode* registrar : ours) {
            count += registrar->meshCounters().mismatches;
        }
        for (const Program* registrar : theirs) {
            count += static_cast<std::uint64_t>(registrar->countOf("Handle Table synchronization with peer"));
        }
        return count;
    };
    const TimePoint end = test.dispatcher().now() + 60s;
    while (test.dispatcher().now() < end) {
        const std::uint64_t before = differences();
        std::vector<std::uint64_t> goals;
        for (const RegistrarNode* registrar : ours) {
            goals.push_back(registrar->meshCounters().audits + presences * registrar->peers().size());
        }
        const auto heardAll = [&] {
            for (std::size_t i = 0; i < ours.size(); ++i) {
                if (ours[i]->meshCounters().audits < goals[i]) {
                    return false;
                }
            }
            return true;
        };
        if (test.until([&] { return heardAll() || differences() != before; }) && differences() == before) {
            return true;
        }
    }
    return false;
}

} // namespace kolam::interop
