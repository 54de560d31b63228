// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/cli/recording_moment.h"

#include "programs/common/values.h"

#include <charconv>
#include <chrono>
#include <optional>

namespace kolam::cli {

using namespace std::chrono_literals;
using telemetry::WallTime;

namespace {

constexpr Duration day = 24h;

/// Takes a number of just so many digits, and what must follow it.
std::optional<unsigned> take(std::string_view& text, std::size_t digits, char behind) {
    unsigned number = 0;
    if (text.size() < digits + (behind != 0 ? 1u : 0u) || (behind != 0 && text[digits] != behind) ||
        text.find_first_not_of("0123456789") < digits) {
        return std::nullopt;
    }
    (void)std::from_chars(text.data(), text.data() + digits, number);
    text.remove_prefix(digits + (behind != 0 ? 1u : 0u));
    return number;
}

/// "17:24:42.5", nothing behind it.
std::optional<Duration> timeOfDay(std::string_view text) {
    const auto hours = take(text, 2, ':');
    const auto minutes = hours ? take(text, 2, ':') : std::nullopt;
    const auto seconds = minutes ? take(text, 2, 0) : std::nullopt;
    if (!seconds || *hours > 23 || *minutes > 59 || *seconds > 59) {
        return std::nullopt;
    }
    Duration time = std::chrono::hours{*hours} + std::chrono::minutes{*minutes} + std::chrono::seconds{*seconds};
    if (!text.empty()) {
        if (text.front() != '.' || text.size() < 2 || text.size() > 10 ||
            text.find_first_not_of("0123456789", 1) != std::string_view::npos) {
            return std::nullopt;
        }
        std::int64_t unit = 100'000'000;
        for (const char digit : text.substr(1)) {
            time += Duration{(digit - '0') * unit};
            unit /= 10;
        }
    }
    return time;
}

/// "2026-11-28".
std::optional<WallTime> date(std::string_view text) {
    const auto year = take(text, 4, '-');
    const auto month = year ? take(text, 2, '-') : std::nullopt;
    const auto dayOfMonth = month ? take(text, 2, 0) : std::nullopt;
    if (!dayOfMonth || !text.empty()) {
        return std::nullopt;
    }
    const std::chrono::year_month_day whole{std::chrono::year{static_cast<int>(*year)}, std::chrono::month{*month},
                                            std::chrono::day{*dayOfMonth}};
    if (!whole.ok()) {
        return std::nullopt;
    }
    return WallTime{Duration{std::chrono::sys_days{whole}.time_since_epoch()}.count()};
}

} // namespace

std::expected<WallTime, std::string> readMoment(std::string_view text, const telemetry::RecordingIndex& index) {
    if (const auto since = programs::readDuration(text, 0s, 24h * 3650)) {
        return WallTime{index.first.value + since->count()};
    }
    if (const auto time = timeOfDay(text)) {
        const std::int64_t midnight = index.first.value / day.count() * day.count();
        const std::int64_t moment = midnight + time->count();
        return WallTime{moment < index.first.value ? moment + day.count() : moment};
    }
    const std::size_t space = text.find_first_of(" T");
    if (space != std::string_view::npos) {
        const auto midnight = date(text.substr(0, space));
        const auto time = timeOfDay(text.substr(space + 1));
        if (midnight && time) {
            return WallTime{midnight->value + time->count()};
        }
    }
    return std::unexpected("must be a moment such as 12.5s, 17:24:42.5 or \"2026-11-28 17:24:42.5\" (UTC)");
}

} // namespace kolam::cli
