// SPDX-License-Identifier: GPL-3.0-or-later
// Lines for a service, one message each, through one session of a pool; whatever comes back is shown. Good for every
// service that speaks text: echo, discard, daytime, character generator.
// Next door: demos/cli/terminal.cpp, which reads the lines and prints.
#pragma once

#include "core/dispatch/dispatcher.h"
#include "core/node/timer.h"
#include "core/node/user_node.h"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

namespace kolam::users {

using namespace std::chrono_literals;

struct TerminalOptions {
    PoolHandle pool{"EchoPool"};
    Duration linger = 1s;     // after the last input, so long without an answer is the end
    Duration patience = 1min; // so long without an element, while lines wait, is a failure
};

/// Who shows it.
class TerminalListener {
public:
    virtual ~TerminalListener() = default;
    virtual void onAnswer(PeIdentifier element, std::string_view text) = 0;
    virtual void onFailoverBegin(PeIdentifier /*failed*/, FailoverCause /*cause*/) {}
    virtual void onElement(PeIdentifier /*element*/) {}
    /// After the end of the input: `wentWell` when all lines were sent and there was an element at all.
    virtual void onEnd(bool wentWell) = 0;
};

class TerminalUser final : public SessionHandler {
public:
    /// Opens the session. All must outlive the user.
    TerminalUser(Dispatcher& dispatcher, UserNode& node, TerminalListener& listener, const TerminalOptions& options);
    ~TerminalUser() override;
    TerminalUser(const TerminalUser&) = delete;
    TerminalUser& operator=(const TerminalUser&) = delete;

    /// Sends a line, now or when there is an element. A line is sent once: nobody knows whether it may be said twice.
    void line(std::string text);
    /// There will be no more lines.
    void endOfInput();
    /// Lines that wait for an element or for room.
    [[nodiscard]] std::size_t waiting() const { return m_lines.size(); }

    void onEstablished(PeIdentifier element, bool resumed) override;
    void onMessage(std::uint32_t ppid, OctetView data) override;
    void onFailoverBegin(PeIdentifier failed, FailoverCause cause) override;
    void onWritable() override { sendLines(); }

private:
    void sendLines();
    void look();

    Dispatcher& m_dispatcher;
    UserNode& m_node;
    TerminalListener& m_listener;
    TerminalOptions m_options;
    std::deque<std::string> m_lines;
    PeIdentifier m_element; // 0: none now
    bool m_hadElement = false;
    bool m_ended = false; // the input
    TimePoint m_endedAt{};
    TimePoint m_lastActivity{};
    Timer m_timer;
    SessionId m_session;
};

/// Control characters as \xNN, so that a service cannot play with the terminal; all else as it is.
[[nodiscard]] std::string printable(std::string_view text);

} // namespace kolam::users
