// SPDX-License-Identifier: GPL-3.0-or-later
// What was done to processes on purpose and is not yet put right: how, to whom, for how long, at whose wish, and how it
// is undone. Faults of networks are not here: components do these to themselves, count them down and tell them.
// Next door: director.h, who begins them; lab_lines.h, as windows hear of them.
#pragma once

#include "core/dispatch/dispatcher.h"
#include "demos/lab/scenario.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace kolam::lab {

struct ProcessFault {
    std::uint64_t number = 0;
    Deed deed = Deed::Freeze;
    std::string who;
    Duration lasts{}; // 0: until it is undone
    TimePoint begun{};
    std::uint64_t client = 0; // who has asked for it; 0: the scenario itself
};

class FaultList {
public:
    /// @param changed  a fault has begun, or is over
    FaultList(Dispatcher& dispatcher, std::function<void(const ProcessFault&, bool on)> changed)
        : m_dispatcher(dispatcher)
        , m_changed(std::move(changed)) {}
    ~FaultList() { forgetAll(); }
    FaultList(const FaultList&) = delete;
    FaultList& operator=(const FaultList&) = delete;

    /// @param undo  also holds what keeps the fault going; destroyed when the fault is over
    void begin(ProcessFault fault, std::move_only_function<void()> undo);
    using Which = std::function<bool(const ProcessFault&)>;
    /// Undoes them.
    void end(const Which& which) { end(which, true); }
    /// They are over by themselves: nothing is undone.
    void drop(const Which& which) { end(which, false); }
    /// Everything stops as it is, and nobody hears of it: what follows puts all of it right.
    void forgetAll();
    [[nodiscard]] std::vector<ProcessFault> all() const;

private:
    struct Entry {
        ProcessFault fault;
        std::move_only_function<void()> undo;
        TimerId timer = TimerId::None;
    };
    void end(const Which& which, bool undone);

    Dispatcher& m_dispatcher;
    std::function<void(const ProcessFault&, bool)> m_changed;
    std::map<std::uint64_t, Entry> m_entries;
    std::uint64_t m_last = 0;
};

} // namespace kolam::lab
