// SPDX-License-Identifier: GPL-3.0-or-later
// The checkpoints that elements have handed to a user: the last two, because the element may have failed between the
// last one and the cookie that speaks of it.
// Next door: script_user.h, which brings them to the next element.
#pragma once

#include "core/base/octets.h"
#include "demos/services/scripting/descriptor.h"

#include <cstdint>
#include <vector>

namespace kolam::scripting {

class CheckpointStore {
public:
    /// `longest`: octets of a checkpoint; longer ones are not kept.
    explicit CheckpointStore(std::uint64_t longest) : m_longest(longest) {}

    /// A piece has come; no octets: that was all of it.
    /// @return whether a checkpoint is complete now
    bool take(std::uint32_t number, OctetView piece);
    /// The element has failed in the middle of one.
    void dropIncoming();
    /// All of them.
    void clear();
    /// A file to read at any place, until something else is called; negative: it is not there.
    [[nodiscard]] int find(std::uint32_t number) const;

private:
    struct Kept {
        std::uint32_t number = 0;
        Descriptor file;
    };
    std::uint64_t m_longest;
    Kept m_incoming;
    std::uint64_t m_incomingSize = 0;
    bool m_spoilt = false; // the incoming one: too long, or there is no room
    std::vector<Kept> m_kept;
};

} // namespace kolam::scripting
