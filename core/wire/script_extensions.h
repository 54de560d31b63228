// SPDX-License-Identifier: GPL-3.0-or-later
// What scripting elements and users of ours say to each other besides rsplib's protocol. An extension is used only
// after the other side has said that it knows it, by a bit of wire::Features. Next door: services.h, the protocol
// itself.
#pragma once

#include "core/wire/codec.h"
#include "core/wire/services.h"

namespace kolam::wire {

/// The bit of Features::mask that says so; that of checkpoints is Features::checkpoints.
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

/// A piece of a checkpoint: element to user while the job runs; user to element that wants it, before the job starts.
struct ScriptCheckpoint {
    static constexpr std::uint8_t type = 0x81;
    static constexpr std::string_view name = "SSP_CHECKPOINT";
    static constexpr bool exactLength = true;
    std::uint32_t number = 0; // from 1 on; 0 to an element: it is not there any more
    Octets data;              // at most 16384 octets; none: that was all of it
    static constexpr void fields(auto& self, auto&& visit) {
        visit("number", self.number);
        visit("data", self.data);
    }
    friend bool operator==(const ScriptCheckpoint&, const ScriptCheckpoint&) = default;
};
/// Element to user, after the upload: the checkpoint that the cookie speaks of is wanted.
struct ScriptCheckpointWanted {
    static constexpr std::uint8_t type = 0x82;
    static constexpr std::string_view name = "SSP_CHECKPOINT_WANTED";
    static constexpr bool exactLength = true;
    std::uint32_t number = 0;
    static constexpr void fields(auto& self, auto&& visit) { visit("number", self.number); }
    friend bool operator==(const ScriptCheckpointWanted&, const ScriptCheckpointWanted&) = default;
};
/// The state of a session whose job has made a checkpoint: which one, and how to recognise it.
struct ScriptCookie {
    static constexpr std::string_view name = "SSP_COOKIE";
    static constexpr bool bare = true;
    std::uint32_t checkpoint = 0;
    std::array<std::uint8_t, 32> sha256{};
    static constexpr void fields(auto& self, auto&& visit) {
        visit("id", Constant<std::uint64_t, 0x4b6f6c616d434b31>{}); // "KolamCK1"
        visit("checkpoint", self.checkpoint);
        visit("sha256", self.sha256);
    }
    friend bool operator==(const ScriptCookie&, const ScriptCookie&) = default;
};
using ScriptExtension = std::variant<ScriptReceipt, ScriptCheckpoint, ScriptCheckpointWanted>;

[[nodiscard]] WireResult<ScriptExtension> decodeScriptExtension(OctetView bytes);
/// Whether octets on PPID 35 are one of them, and not a message of rsplib's.
[[nodiscard]] inline bool isScriptExtension(OctetView bytes) {
    return peekType(bytes) >= ScriptReceipt::type;
}

} // namespace kolam::wire
