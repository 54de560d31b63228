// SPDX-License-Identifier: GPL-3.0-or-later
// Guests who come to one element all at once, without asking a registrar, and stay: they take every slot that they can
// get, and whoever is refused or sent away comes again. So an element is busy because it has users, not because it says
// so. Next door: session_load.h, for users who behave.
#pragma once

#include "core/dispatch/dispatcher.h"
#include "core/transport/transport.h"

#include <memory>
#include <vector>

namespace kolam::load {

class Crowd {
public:
    struct Settings {
        TransportAddress element;
        IpAddress local = IpAddress::v4(127, 0, 0, 1);
        std::size_t guests = 64;
        Duration again = std::chrono::milliseconds{500}; // who was refused comes again
        transport::Liveness liveness = transport::lanLiveness;
    };
    /// Everything referred to must outlive it.
    Crowd(Dispatcher& dispatcher, transport::Transport& transport, Settings settings);
    ~Crowd();
    Crowd(const Crowd&) = delete;
    Crowd& operator=(const Crowd&) = delete;

    /// Who is in.
    [[nodiscard]] std::size_t inside() const;

private:
    struct Guest {
        std::unique_ptr<transport::Endpoint> endpoint;
        bool inside = false;
        TimerId timer = TimerId::None;
    };
    void come(Guest& guest);
    void comeAgain(Guest& guest);
    void happened(Guest& guest, const transport::Event& event);

    Dispatcher& m_dispatcher;
    transport::Transport& m_transport;
    Settings m_settings;
    std::vector<std::unique_ptr<Guest>> m_guests;
};

} // namespace kolam::load
