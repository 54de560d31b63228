// SPDX-License-Identifier: GPL-3.0-or-later
// The one question that every handler of a message has to ask: may this identity do this to that object?
// The state machines ask through this interface; next door, core/node/access.h has the rules that answer.
#pragma once

#include "core/base/address.h"
#include "core/base/ids.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kolam {

/// What a message asks for. There is no "nothing": a handler without a verb cannot be written down.
enum class Verb : std::uint8_t { Register, Deregister, Resolve, ReportUnreachable, Peer, UploadScript };
inline constexpr std::size_t verbCount = 6;
/// "register", "deregister", "resolve", "report-unreachable", "peer" (whatever registrars say among themselves),
/// "upload-script" (work for a scripting element).
[[nodiscard]] std::string_view toText(Verb verb);

/// Who speaks, as far as it is known.
struct Identity {
    std::string name;         // authenticated by a security mode; empty in lab mode
    TransportAddress address; // every address the association has, and its port
};

/// Proof that authorize() was asked and agreed; handlers take one, and nobody else can make one.
class Permit {
    friend class Authorizer;
    Permit() {} // NOLINT: "= default" would let anybody write Permit{}
};

/// Decides. One object per registrar; called for every message.
class Authorizer {
public:
    virtual ~Authorizer() = default;
    [[nodiscard]] std::optional<Permit> authorize(const Identity& who, Verb verb, const PoolHandle& object) {
        return allows(who, verb, object) ? std::optional{Permit{}} : std::nullopt;
    }

private:
    [[nodiscard]] virtual bool allows(const Identity& who, Verb verb, const PoolHandle& object) = 0;
};

} // namespace kolam
