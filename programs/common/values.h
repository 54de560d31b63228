// SPDX-License-Identifier: GPL-3.0-or-later
// Values as people write them, in options and configuration files. Nothing is guessed: what is not understood is an
// error, told as the end of a sentence ("must be ..."). Next door: settings.h, which says where it was written.
#pragma once

#include "core/base/address.h"
#include "core/base/log.h"
#include "core/base/time.h"
#include "core/base/token_bucket.h"
#include "core/node/profile.h"

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace kolam::programs {

template <typename Value>
using Read = std::expected<Value, std::string>;

/// "42", or "0x2a".
[[nodiscard]] Read<std::uint64_t> readNumber(std::string_view text, std::uint64_t least, std::uint64_t most);
/// "250ms", "1.5s", "2min". A number alone is not a duration: seconds or milliseconds?
[[nodiscard]] Read<Duration> readDuration(std::string_view text, Duration least, Duration most);
/// "on" or "off" (also "true" and "false", as configuration files have them).
[[nodiscard]] Read<bool> readSwitch(std::string_view text);
/// "127.0.0.1:3863", "[::1]:3863", "10.0.0.1,10.0.0.2:3863", ":3863".
[[nodiscard]] Read<TransportAddress> readAddress(std::string_view text, std::uint16_t defaultPort);
/// "200/1000": so many a second, in bursts of so many; "0": no limit.
[[nodiscard]] Read<RateLimit> readRate(std::string_view text);
/// "rsplib", "rfc", "demo" or "fast".
[[nodiscard]] Read<Profile> readProfile(std::string_view text);
/// "debug", "info", "warning" or "error".
[[nodiscard]] Read<LogLevel> readLogLevel(std::string_view text);
/// "default": the name under which components of one host find each other.
[[nodiscard]] Read<std::string> readScope(std::string_view text);

/// "250ms", "2s": as readDuration() reads it.
[[nodiscard]] std::string toText(Duration duration);

} // namespace kolam::programs
