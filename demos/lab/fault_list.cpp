// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/lab/fault_list.h"

namespace kolam::lab {

void FaultList::begin(ProcessFault fault, std::move_only_function<void()> undo) {
    fault.number = ++m_last;
    fault.begun = m_dispatcher.now();
    Entry& entry = m_entries[fault.number];
    entry = {.fault = fault, .undo = std::move(undo)};
    if (fault.lasts > Duration{}) {
        entry.timer = m_dispatcher.callIn(
            fault.lasts, [this, number = fault.number] { end([&](const auto& one) { return one.number == number; }); });
    }
    m_changed(fault, true);
}

void FaultList::end(const Which& which, bool undone) {
    std::vector<std::uint64_t> numbers; // to undo one may end another
    for (const auto& [number, entry] : m_entries) {
        if (which(entry.fault)) {
            numbers.push_back(number);
        }
    }
    for (const std::uint64_t number : numbers) {
        if (auto over = m_entries.extract(number)) {
            m_dispatcher.cancel(over.mapped().timer);
            if (undone) {
                over.mapped().undo();
            }
            m_changed(over.mapped().fault, false);
        }
    }
}

void FaultList::forgetAll() {
    for (const auto& [number, entry] : m_entries) {
        m_dispatcher.cancel(entry.timer);
    }
    m_entries.clear();
}

std::vector<ProcessFault> FaultList::all() const {
    std::vector<ProcessFault> faults;
    for (const auto& [number, entry] : m_entries) {
        faults.push_back(entry.fault);
    }
    return faults;
}

} // namespace kolam::lab
