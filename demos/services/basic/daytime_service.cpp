// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/services/basic/daytime_service.h"

#include "demos/services/common/outbox.h"

#include <array>
#include <ctime>
#include <fmt/format.h>

namespace kolam::services {

namespace {

// Whatever language the program speaks, the protocol's names are English.
constexpr std::array weekdays{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
constexpr std::array months{"January", "February", "March",     "April",   "May",      "June",
                            "July",    "August",   "September", "October", "November", "December"};

} // namespace

std::string daytimeText(WallTime time) {
    const auto since = std::chrono::floor<std::chrono::microseconds>(time.time_since_epoch());
    const auto seconds = std::chrono::floor<std::chrono::seconds>(since);
    const auto whole = static_cast<std::time_t>(seconds.count());
    std::tm local{};
    localtime_r(&whole, &local);
    return fmt::format("{}, {:02}-{}-{} {:02}:{:02}:{:02}.{:06}\n", weekdays[static_cast<std::size_t>(local.tm_wday)],
                       local.tm_mday, months[static_cast<std::size_t>(local.tm_mon)], local.tm_year + 1900,
                       local.tm_hour, local.tm_min, local.tm_sec, (since - seconds).count());
}

class DaytimeService::Session final : public ServiceSession {
public:
    Session(SessionLink& link, const std::string& text) : m_link(link), m_outbox(link) {
        static_cast<void>(m_outbox.send(0, asOctets(text))); // far below the limit
        endWhenTold();
    }
    void onMessage(std::uint32_t, OctetView) override {} // there is nothing to ask
    void onCookieEcho(OctetView) override {}
    void onWritable() override {
        m_outbox.onWritable();
        endWhenTold();
    }

private:
    void endWhenTold() {
        if (m_outbox.empty()) {
            m_link.shutdown();
        }
    }
    SessionLink& m_link;
    Outbox m_outbox;
};

std::unique_ptr<ServiceSession> DaytimeService::open(SessionLink& link) {
    return std::make_unique<Session>(link, daytimeText(m_clock()));
}

} // namespace kolam::services
