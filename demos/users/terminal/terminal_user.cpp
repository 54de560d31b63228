// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/users/terminal/terminal_user.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

namespace kolam::users {

TerminalUser::TerminalUser(Dispatcher& dispatcher, UserNode& node, TerminalListener& listener,
                           const TerminalOptions& options)
    : m_dispatcher(dispatcher)
    , m_node(node)
    , m_listener(listener)
    , m_options(options)
    , m_timer(dispatcher, [this] { look(); })
    , m_session(node.openSession(options.pool, *this)) {}

TerminalUser::~TerminalUser() {
    m_node.closeSession(m_session);
}

void TerminalUser::line(std::string text) {
    if (!text.empty()) { // a message has at least one octet
        m_lines.push_back(std::move(text));
        sendLines();
    }
}

void TerminalUser::endOfInput() {
    m_ended = true;
    m_endedAt = m_dispatcher.now();
    m_lastActivity = std::max(m_lastActivity, m_endedAt);
    look();
}

void TerminalUser::onEstablished(PeIdentifier element, bool) {
    m_element = element;
    m_hadElement = true;
    m_lastActivity = m_dispatcher.now();
    m_listener.onElement(element);
    sendLines();
}

void TerminalUser::onMessage(std::uint32_t, OctetView data) {
    m_lastActivity = m_dispatcher.now();
    m_listener.onAnswer(m_element, asText(data));
}

void TerminalUser::onFailoverBegin(PeIdentifier failed, FailoverCause cause) {
    m_element = {};
    m_listener.onFailoverBegin(failed, cause);
}

void TerminalUser::sendLines() {
    while (!m_lines.empty() && m_element != PeIdentifier{} && m_node.send(m_session, 0, asOctets(m_lines.front()))) {
        m_lines.pop_front();
        m_lastActivity = m_dispatcher.now();
    }
}

/// After the input's end: is there anything left to wait for?
void TerminalUser::look() {
    if (!m_ended) {
        return;
    }
    const TimePoint now = m_dispatcher.now();
    const bool waits = !m_lines.empty() || !m_hadElement;
    const TimePoint limit = waits ? m_endedAt + m_options.patience : m_lastActivity + m_options.linger;
    if (now >= limit) {
        m_listener.onEnd(!waits);
    } else {
        // What has to be waited for may end sooner than patience does.
        m_timer.arm(waits ? std::min(limit, now + m_options.linger) : limit);
    }
}

std::string printable(std::string_view text) {
    std::string shown;
    for (const char character : text) {
        const auto octet = static_cast<unsigned char>(character);
        if (octet < 0x20 || octet == 0x7f) {
            fmt::format_to(std::back_inserter(shown), "\\x{:02x}", octet);
        } else {
            shown += character;
        }
    }
    return shown;
}

} // namespace kolam::users
