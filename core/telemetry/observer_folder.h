// SPDX-License-Identifier: GPL-3.0-or-later
// Where the local sockets of components live: a folder of the user's own for each scope, which viewers read to find
// who is there. Next door: observer_server.h puts sockets there, observer_client.h talks to them.
#pragma once

#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kolam::telemetry {

inline constexpr std::string_view defaultScope = "default";
/// Up to 32 letters, digits, '-', '_' and '.', none of these first: a folder's name that leads nowhere else.
[[nodiscard]] bool isScope(std::string_view text);

/// $XDG_RUNTIME_DIR/kolam/SCOPE, or /tmp/kolam-UID/SCOPE where there is no such variable.
[[nodiscard]] std::filesystem::path observerFolder(std::string_view scope);
/// Makes the folder, if need be, and checks that nobody but this user can get in. The error is a sentence.
[[nodiscard]] std::expected<std::filesystem::path, std::string> makeObserverFolder(std::string_view scope);
/// The sockets of a folder, in the order of their names; nothing when there is no folder. Whether somebody answers is
/// another question.
[[nodiscard]] std::vector<std::filesystem::path> observerSockets(const std::filesystem::path& folder);

/// Whether a process listens at a socket.
enum class Listening : std::uint8_t { Yes, No, Unknown };
[[nodiscard]] Listening listensAt(const std::filesystem::path& socket);

} // namespace kolam::telemetry
