// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/lab/line_channel.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace kolam::lab {

namespace {
constexpr std::size_t longestLine = 64 * 1024;
constexpr std::size_t mostWaiting = 4 * 1024 * 1024; // whoever is so far behind does not read any more
} // namespace

LineChannel::LineChannel(DescriptorDispatcher& dispatcher, int descriptor, std::function<void(std::string_view)> onLine,
                         std::function<void()> onEnd)
    : m_dispatcher(dispatcher)
    , m_descriptor(descriptor)
    , m_onLine(std::move(onLine))
    , m_onEnd(std::move(onEnd)) {
    ::fcntl(m_descriptor, F_SETFL, ::fcntl(m_descriptor, F_GETFL) | O_NONBLOCK);
    m_dispatcher.watch(m_descriptor, Interest::Read, [this](Readiness readiness) { ready(readiness); });
}

LineChannel::~LineChannel() {
    m_dispatcher.cancel(m_end);
    m_dispatcher.unwatch(m_descriptor);
    ::close(m_descriptor);
}

void LineChannel::send(std::string_view line) {
    if (m_end != TimerId::None) {
        return;
    }
    const bool idle = m_waiting.empty();
    m_waiting.append(line).push_back('\n');
    if (m_waiting.size() > mostWaiting) {
        endLater();
    } else if (idle) {
        write();
    }
}

void LineChannel::ready(Readiness readiness) {
    if (readiness.write && !m_waiting.empty()) {
        write();
    }
    if ((readiness.read || readiness.error) && m_end == TimerId::None) {
        read();
    }
}

void LineChannel::write() {
    const ssize_t count = ::send(m_descriptor, m_waiting.data(), m_waiting.size(), MSG_NOSIGNAL);
    if (count < 0 && errno != EAGAIN && errno != EINTR) {
        endLater();
        return;
    }
    m_waiting.erase(0, static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    m_dispatcher.watch(m_descriptor, m_waiting.empty() ? Interest::Read : Interest::ReadWrite,
                       [this](Readiness readiness) { ready(readiness); });
}

void LineChannel::read() {
    char buffer[16 * 1024];
    const ssize_t count = ::recv(m_descriptor, buffer, sizeof buffer, 0);
    if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)) {
        endLater();
        return;
    }
    m_arrived.append(buffer, static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    // The lines are taken off before they are told of: whoever hears of one may destroy us.
    std::string lines = std::exchange(m_arrived, {});
    const std::size_t end = lines.rfind('\n');
    m_arrived = end == std::string::npos ? std::move(lines) : lines.substr(end + 1);
    if (m_arrived.size() > longestLine) {
        endLater();
        return;
    }
    if (end == std::string::npos) {
        return;
    }
    const auto onLine = m_onLine;
    for (std::size_t from = 0; from <= end;) {
        const std::size_t to = lines.find('\n', from);
        onLine(std::string_view{lines}.substr(from, to - from));
        from = to + 1;
    }
}

void LineChannel::endLater() {
    m_dispatcher.unwatch(m_descriptor);
    m_end = m_dispatcher.callIn(Duration{}, [onEnd = m_onEnd] { onEnd(); });
}

} // namespace kolam::lab
