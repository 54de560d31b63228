// SPDX-License-Identifier: GPL-3.0-or-later
// Next door: transport_choice.h says what for.
#include "programs/common/transport_choice.h"

#include <fmt/format.h>

namespace kolam::programs {

Read<TransportChoice> readTransportChoice(std::string_view text) {
    if (const auto kind = transport::parseTransportKind(text)) {
        return *kind;
    }
    return std::unexpected("must be auto, user or kernel");
}

std::expected<std::unique_ptr<transport::Transport>, std::string> openTransport(TransportChoice choice,
                                                                                DescriptorDispatcher& dispatcher) {
    auto opened = transport::makeTransport(choice, dispatcher);
    if (!opened) {
        const std::string_view hint =
            choice == TransportChoice::Kernel ? "; --transport user needs nothing of the kernel" : "";
        return std::unexpected(fmt::format("the {} transport does not start: {}{}", transport::toText(choice),
                                           opened.error().message(), hint));
    }
    return std::move(*opened);
}

} // namespace kolam::programs
