// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/telemetry/observer_client.h"

#include "core/telemetry/local_socket.h"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace kolam::telemetry {

namespace {

using Clock = std::chrono::steady_clock;

/// Whether the socket is ready before the time is over.
bool waitFor(const LocalSocket& socket, short what, Clock::time_point until) {
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
        pollfd ready{socket.descriptor(), what, 0};
        const int result = ::poll(&ready, 1, static_cast<int>(std::max<decltype(left)>(left, 0)));
        if (result > 0) {
            return true;
        }
        if (result == 0 || errno != EINTR) {
            return false;
        }
    }
}

} // namespace

std::expected<std::string, ObserverError> askObserver(const std::filesystem::path& path, std::string_view query,
                                                      Duration timeout, std::size_t limit) {
    const auto wrong = [&](std::string_view what) {
        return std::unexpected(ObserverError{false, fmt::format("{} {}", path.string(), what)});
    };
    const auto socket = LocalSocket::connect(path);
    if (!socket) {
        if (socket.error() == std::errc::connection_refused || socket.error() == std::errc::no_such_file_or_directory) {
            return std::unexpected(ObserverError{true, fmt::format("nobody listens at {}", path.string())});
        }
        if (socket.error() == std::errc::resource_unavailable_try_again) {
            return wrong("does not answer");
        }
        return wrong("cannot be asked: " + socket.error().message());
    }
    if (::geteuid() != 0 && !socket->otherEndIsTrusted()) {
        return wrong("belongs to somebody else");
    }
    const Clock::time_point until = Clock::now() + timeout;
    std::string out{query};
    out += '\n'; // a query fits into the socket's buffer
    if (::send(socket->descriptor(), out.data(), out.size(), MSG_DONTWAIT | MSG_NOSIGNAL) !=
        static_cast<ssize_t>(out.size())) {
        return wrong("does not take the query");
    }
    std::string answer;
    std::vector<char> buffer(64 * 1024);
    for (;;) {
        if (!waitFor(*socket, POLLIN, until)) {
            return wrong(answer.empty() ? "does not answer" : "has not finished its answer in time");
        }
        const ssize_t length = ::recv(socket->descriptor(), buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (length == 0) {
            break;
        }
        if (length < 0 && errno != EAGAIN && errno != EINTR) {
            return wrong(fmt::format("has broken off: {}", std::strerror(errno)));
        }
        if (length > 0) {
            answer.append(buffer.data(), static_cast<std::size_t>(length));
        }
        if (answer.size() > limit) {
            return wrong("does not stop talking");
        }
    }
    if (answer.empty()) {
        return wrong("has closed without an answer; it may have too many viewers");
    }
    return answer;
}

} // namespace kolam::telemetry
