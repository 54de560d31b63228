// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/cli/line_reader.h"

#include <array>
#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace kolam::cli {

using namespace std::chrono_literals;

namespace {

constexpr Duration pause = 10ms; // while the input has to wait

/// Files and /dev/null are always ready, and epoll does not take them.
bool canBeWatched() {
    struct stat status{};
    return ::fstat(STDIN_FILENO, &status) == 0 &&
           (S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode) || ::isatty(STDIN_FILENO) != 0);
}

} // namespace

LineReader::LineReader(DescriptorDispatcher& dispatcher, std::function<void(std::string)> onLine,
                       std::function<void()> onEnd, std::function<bool()> mayRead)
    : m_dispatcher(dispatcher)
    , m_onLine(std::move(onLine))
    , m_onEnd(std::move(onEnd))
    , m_mayRead(std::move(mayRead))
    , m_watchable(canBeWatched())
    , m_again(dispatcher, [this] { await(); }) {
    await();
}

LineReader::~LineReader() {
    m_dispatcher.unwatch(STDIN_FILENO);
}

/// Reads when there is something: at once from a file, when it is told so from anything else.
void LineReader::await() {
    if (!m_mayRead()) {
        m_again.arm(m_dispatcher.now() + pause);
    } else if (m_watchable) {
        m_dispatcher.watch(STDIN_FILENO, Interest::Read, [this](Readiness) {
            if (m_mayRead()) {
                read();
            } else {
                m_dispatcher.unwatch(STDIN_FILENO); // or it would call all the time
                await();
            }
        });
    } else if (read()) {
        m_again.arm(m_dispatcher.now());
    }
}

/// False: that was the end.
bool LineReader::read() {
    std::array<char, 4096> octets;
    const ssize_t got = ::read(STDIN_FILENO, octets.data(), octets.size());
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) {
        return true;
    }
    if (got <= 0) {
        m_dispatcher.unwatch(STDIN_FILENO);
        if (!m_begun.empty()) {
            m_onLine(std::exchange(m_begun, {}));
        }
        m_onEnd();
        return false;
    }
    m_begun.append(octets.data(), static_cast<std::size_t>(got));
    std::size_t end = 0;
    while ((end = m_begun.find('\n')) != std::string::npos) {
        m_onLine(m_begun.substr(0, end));
        m_begun.erase(0, end + 1);
    }
    if (m_begun.size() >= longestLine) {
        m_onLine(std::exchange(m_begun, {}));
    }
    return true;
}

} // namespace kolam::cli
