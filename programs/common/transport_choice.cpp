// SPDX-License-Identifier: GPL-3.0-or-later
// Next door: transport_choice.h says what for.
#include "programs/common/transport_choice.h"

#include "core/transport/user_transport.h"

namespace kolam::programs {

Read<TransportChoice> readTransportChoice(std::string_view text) {
    if (text == "auto") {
        return TransportChoice::Auto;
    }
    if (text == "user") {
        return TransportChoice::User;
    }
    if (text == "kernel") {
        return TransportChoice::Kernel;
    }
    return std::unexpected("must be auto, user or kernel");
}

std::expected<std::unique_ptr<transport::Transport>, std::string> openTransport(TransportChoice choice,
                                                                                DescriptorDispatcher& dispatcher) {
    if (choice == TransportChoice::Kernel) {
        return std::unexpected("this program was built without kernel SCTP; --transport user works everywhere");
    }
    auto opened = transport::makeUserTransport(dispatcher);
    if (!opened) {
        return std::unexpected("user-space SCTP does not start: " + opened.error().message());
    }
    return std::move(*opened);
}

} // namespace kolam::programs
