// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/telemetry/local_socket.h"

#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace kolam::telemetry {

namespace {

constexpr int waiting = 16; // who has connected and is not accepted yet

std::unexpected<std::error_code> lastError() {
    return std::unexpected(std::error_code{errno, std::generic_category()});
}

std::expected<sockaddr_un, std::error_code> addressOf(const std::filesystem::path& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.native().empty() || path.native().size() >= sizeof address.sun_path) {
        return std::unexpected(std::make_error_code(std::errc::filename_too_long));
    }
    std::memcpy(address.sun_path, path.c_str(), path.native().size());
    return address;
}

LocalSocket open() {
    return LocalSocket{::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
}

} // namespace

LocalSocket::~LocalSocket() {
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
}

std::expected<LocalSocket, std::error_code> LocalSocket::connect(const std::filesystem::path& path) {
    const auto address = addressOf(path);
    if (!address) {
        return std::unexpected(address.error());
    }
    LocalSocket socket = open();
    if (socket.m_descriptor < 0 ||
        ::connect(socket.m_descriptor, reinterpret_cast<const sockaddr*>(&*address), sizeof *address) != 0) {
        return lastError();
    }
    return socket;
}

std::expected<LocalSocket, std::error_code> LocalSocket::listen(const std::filesystem::path& path) {
    const auto address = addressOf(path);
    if (!address) {
        return std::unexpected(address.error());
    }
    LocalSocket socket = open();
    // On Linux the mode of an unbound socket becomes the file's, so nobody gets in between bind and chmod.
    if (socket.m_descriptor < 0 || ::fchmod(socket.m_descriptor, 0600) != 0 ||
        ::bind(socket.m_descriptor, reinterpret_cast<const sockaddr*>(&*address), sizeof *address) != 0 ||
        ::chmod(path.c_str(), 0600) != 0 || ::listen(socket.m_descriptor, waiting) != 0) {
        return lastError();
    }
    return socket;
}

std::optional<LocalSocket> LocalSocket::accept() const {
    LocalSocket accepted{::accept4(m_descriptor, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)};
    return accepted.m_descriptor < 0 ? std::nullopt : std::optional{std::move(accepted)};
}

bool LocalSocket::otherEndIsTrusted() const {
    ucred credentials{};
    socklen_t size = sizeof credentials;
    return ::getsockopt(m_descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &size) == 0 &&
           (credentials.uid == ::geteuid() || credentials.uid == 0);
}

} // namespace kolam::telemetry
