// SPDX-License-Identifier: GPL-3.0-or-later
// One end of a socket pair on which two programs of ours speak lines to each other. It owns the descriptor.
// Next door: lab_service.h and lab_client.h, the two ends.
#pragma once

#include "core/dispatch/dispatcher.h"

#include <functional>
#include <string>
#include <string_view>

namespace kolam::lab {

class LineChannel {
public:
    /// Both are called from turns of the dispatcher and may destroy the channel; onEnd is called once, when the other
    /// end is closed or does not read any more.
    LineChannel(DescriptorDispatcher& dispatcher, int descriptor, std::function<void(std::string_view)> onLine,
                std::function<void()> onEnd);
    ~LineChannel();
    LineChannel(const LineChannel&) = delete;
    LineChannel& operator=(const LineChannel&) = delete;

    /// Sends a line, without its newline; never waits.
    void send(std::string_view line);

private:
    void ready(Readiness readiness);
    void read();
    void write();
    void endLater();

    DescriptorDispatcher& m_dispatcher;
    int m_descriptor;
    std::function<void(std::string_view)> m_onLine;
    std::function<void()> m_onEnd;
    std::string m_arrived; // of an unfinished line
    std::string m_waiting; // what the other end has not taken yet
    TimerId m_end = TimerId::None;
};

} // namespace kolam::lab
