// SPDX-License-Identifier: GPL-3.0-or-later
// Lines of standard input as events of a dispatcher. Next door: key_reader.h, single keys.
#pragma once

#include "core/dispatch/dispatcher.h"
#include "core/node/timer.h"

#include <functional>
#include <string>

namespace kolam::cli {

class LineReader {
public:
    static constexpr std::size_t longestLine = 32'768; // octets; longer ones come in pieces

    /// `onLine` gets each line without its end; `onEnd` is called once, when there will be no more. While `mayRead`
    /// says no, the input waits: so that a file is not read faster than its lines are sent.
    LineReader(DescriptorDispatcher& dispatcher, std::function<void(std::string)> onLine, std::function<void()> onEnd,
               std::function<bool()> mayRead);
    ~LineReader();
    LineReader(const LineReader&) = delete;
    LineReader& operator=(const LineReader&) = delete;

private:
    void await();
    bool read();

    DescriptorDispatcher& m_dispatcher;
    std::function<void(std::string)> m_onLine;
    std::function<void()> m_onEnd;
    std::function<bool()> m_mayRead;
    std::string m_begun; // a line whose end has not come yet
    bool m_watchable;
    Timer m_again;
};

} // namespace kolam::cli
