// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/telemetry/events.h"

namespace kolam::telemetry {

EventBody::EventBody() = default;
EventBody::EventBody(const EventBody& other) = default;
EventBody::EventBody(EventBody&& other) noexcept = default;
EventBody& EventBody::operator=(const EventBody& other) = default;
EventBody& EventBody::operator=(EventBody&& other) noexcept = default;
EventBody::~EventBody() = default;

bool operator==(const EventBody& left, const EventBody& right) {
    return static_cast<const AnyEvent&>(left) == static_cast<const AnyEvent&>(right);
}

std::string_view nameOf(const EventBody& body) {
    return std::visit([](const auto& event) { return event.name; }, body);
}

Level levelOf(const EventBody& body) {
    return std::visit([](const auto& event) { return event.level; }, body);
}

} // namespace kolam::telemetry
