// SPDX-License-Identifier: GPL-3.0-or-later
// A socket between processes of one host, that closes itself. Next door: observer_server.h and observer_client.h, its
// two ends.
#pragma once

#include <expected>
#include <filesystem>
#include <optional>
#include <sys/types.h>
#include <system_error>
#include <utility>

namespace kolam::telemetry {

class LocalSocket {
public:
    LocalSocket() = default;
    explicit LocalSocket(int descriptor) : m_descriptor(descriptor) {}
    LocalSocket(LocalSocket&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}
    LocalSocket& operator=(LocalSocket&& other) noexcept {
        std::swap(m_descriptor, other.m_descriptor);
        return *this;
    }
    ~LocalSocket();

    /// Neither waits, and nor do the sockets.
    [[nodiscard]] static std::expected<LocalSocket, std::error_code> connect(const std::filesystem::path& path);
    /// Others of this user's group and the world cannot connect, whatever the umask is.
    [[nodiscard]] static std::expected<LocalSocket, std::error_code> listen(const std::filesystem::path& path);
    /// The next one that has connected; nothing when there is none, with errno.
    [[nodiscard]] std::optional<LocalSocket> accept() const;

    [[nodiscard]] int descriptor() const { return m_descriptor; }
    /// Whether the other end is this user, or root.
    [[nodiscard]] bool otherEndIsTrusted() const;

private:
    int m_descriptor = -1;
};

} // namespace kolam::telemetry
