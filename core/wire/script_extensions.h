// SPDX-License-Identifier: GPL-3.0-or-later
// What a scripting element of ours says to a user of ours besides rsplib's protocol. An extension is used only after
// the other side has said that it knows it, by a bit of wire::Features. Next door: services.h, the protocol itself.
#pragma once

#include "core/wire/services.h"

namespace kolam::wire {

/// The bit of Features::mask that says so.
inline constexpr std::uint32_t scriptReceiptFeature = 1U << 5U;

/// What a job has used: element to user, before the job's last status.
struct ScriptReceipt {
    static constexpr std::uint8_t type = 0x80;
    static constexpr std::string_view name = "SSP_RECEIPT";
    static constexpr bool exactLength = true;
    Octets text; // a line for each number
    static constexpr void fields(auto& self, auto&& visit) { visit("text", self.text); }
    friend bool operator==(const ScriptReceipt&, const ScriptReceipt&) = default;
};

} // namespace kolam::wire
