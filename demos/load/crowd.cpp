// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/load/crowd.h"

#include <algorithm>
#include <utility>
#include <variant>

namespace kolam::load {

Crowd::Crowd(Dispatcher& dispatcher, transport::Transport& transport, Settings settings)
    : m_dispatcher(dispatcher)
    , m_transport(transport)
    , m_settings(std::move(settings)) {
    for (std::size_t i = 0; i < m_settings.guests; ++i) {
        Guest& guest = *m_guests.emplace_back(std::make_unique<Guest>());
        come(guest);
    }
}

Crowd::~Crowd() {
    for (const auto& guest : m_guests) {
        m_dispatcher.cancel(guest->timer);
    }
}

std::size_t Crowd::inside() const {
    return static_cast<std::size_t>(std::ranges::count_if(m_guests, [](const auto& guest) { return guest->inside; }));
}

void Crowd::come(Guest& guest) {
    guest.timer = TimerId::None;
    if (!guest.endpoint) {
        auto opened = m_transport.open({.local = {{m_settings.local}, 0}, .liveness = m_settings.liveness},
                                       [this, &guest](const transport::Event& event) { happened(guest, event); });
        if (!opened) {
            return comeAgain(guest); // there is no port just now
        }
        guest.endpoint = std::move(*opened);
    }
    if (!guest.endpoint->connect(m_settings.element)) {
        comeAgain(guest);
    }
}

void Crowd::comeAgain(Guest& guest) {
    m_dispatcher.cancel(guest.timer);
    guest.timer = m_dispatcher.callIn(m_settings.again, [this, &guest] { come(guest); });
}

void Crowd::happened(Guest& guest, const transport::Event& event) {
    if (std::holds_alternative<transport::Up>(event)) {
        guest.inside = true;
    } else if (std::holds_alternative<transport::Down>(event)) {
        guest.inside = false;
        comeAgain(guest);
    }
}

} // namespace kolam::load
