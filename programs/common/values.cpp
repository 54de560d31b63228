// SPDX-License-Identifier: GPL-3.0-or-later
// Next door: values.h says what for.
#include "programs/common/values.h"

#include "core/telemetry/observer_folder.h"

#include <charconv>
#include <cmath>
#include <fmt/format.h>

namespace kolam::programs {

using namespace std::chrono_literals;

namespace {

template <typename Number, typename... Base>
bool readWhole(std::string_view text, Number& number, Base... base) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base...);
    return !text.empty() && error == std::errc{} && end == text.data() + text.size();
}

std::unexpected<std::string> mustBe(std::string_view what) {
    return std::unexpected(fmt::format("must be {}", what));
}

} // namespace

Read<std::uint64_t> readNumber(std::string_view text, std::uint64_t least, std::uint64_t most) {
    std::uint64_t number = 0;
    const bool hexadecimal = text.starts_with("0x") || text.starts_with("0X");
    const bool read = hexadecimal ? readWhole(text.substr(2), number, 16) : readWhole(text, number, 10);
    if (!read || number < least || number > most) {
        return mustBe(fmt::format("a number from {} to {}", least, most));
    }
    return number;
}

Read<Duration> readDuration(std::string_view text, Duration least, Duration most) {
    const auto range = [&] {
        return fmt::format("a time from {} to {}, such as 250ms or 1.5s", toText(least), toText(most));
    };
    const std::size_t digits = std::min(text.find_first_not_of("0123456789."), text.size());
    double number = 0;
    if (!readWhole(text.substr(0, digits), number)) {
        return mustBe(range());
    }
    const std::string_view unit = text.substr(digits);
    const double nanoseconds = number * (unit == "ms" ? 1e6 : unit == "s" ? 1e9 : unit == "min" ? 60e9 : -1);
    if (nanoseconds < static_cast<double>(least.count()) || nanoseconds > static_cast<double>(most.count())) {
        return mustBe(range());
    }
    return Duration{std::llround(nanoseconds)};
}

Read<bool> readSwitch(std::string_view text) {
    if (text == "on" || text == "true") {
        return true;
    }
    if (text == "off" || text == "false") {
        return false;
    }
    return mustBe("on or off");
}

Read<TransportAddress> readAddress(std::string_view text, std::uint16_t defaultPort) {
    auto address = TransportAddress::parse(text, defaultPort);
    if (!address) {
        return mustBe(fmt::format("an address such as 127.0.0.1:{0}, [::1]:{0} or :{0}", defaultPort));
    }
    return std::move(*address);
}

Read<RateLimit> readRate(std::string_view text) {
    const std::size_t slash = text.find('/');
    RateLimit rate;
    if (text == "0") {
        return rate;
    }
    if (slash == std::string_view::npos || !readWhole(text.substr(0, slash), rate.perSecond) ||
        !readWhole(text.substr(slash + 1), rate.burst) || rate.perSecond == 0 || rate.burst == 0 ||
        rate.perSecond > 1'000'000'000) {
        return mustBe("a rate such as 200/1000 (a second, in a burst), or 0 for no limit");
    }
    return rate;
}

Read<Profile> readProfile(std::string_view text) {
    const Profile* const profile = findProfile(text);
    if (profile == nullptr) {
        return mustBe("rsplib, rfc, demo or fast");
    }
    return *profile;
}

Read<LogLevel> readLogLevel(std::string_view text) {
    if (text == "debug") {
        return LogLevel::Debug;
    }
    if (text == "info") {
        return LogLevel::Info;
    }
    if (text == "warning") {
        return LogLevel::Warning;
    }
    if (text == "error") {
        return LogLevel::Error;
    }
    return mustBe("debug, info, warning or error");
}

Read<std::string> readScope(std::string_view text) {
    if (!telemetry::isScope(text)) {
        return mustBe("a name of up to 32 letters, digits, -, _ and .");
    }
    return std::string{text};
}

std::string toText(Duration duration) {
    return duration % 1s == Duration{} ? fmt::format("{}s", duration / 1s) : fmt::format("{}ms", duration / 1ms);
}

} // namespace kolam::programs
