// SPDX-License-Identifier: GPL-3.0-or-later
// What a registrar's ENRP side is told once, and what it shows of its peers.
// Next door: enrp_side.h, the machine.
#pragma once

#include "core/base/address.h"
#include "core/base/ids.h"
#include "core/base/time.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace kolam::enrp {

/// Who goes on when two registrars want to take over the same third one.
enum class Arbitration : std::uint8_t {
    Rfc,    // the higher identifier (RFC 5353 section 3.5)
    Rsplib, // the lower one; always used while an rsplib registrar is among the peers
};

/// Parts that a test switches off, to prove that it would notice if they were broken. A product has none of them.
struct Weaknesses {
    bool noTakeoverCompletion = false; // a takeover that everybody has acknowledged is not carried out
    bool noAudit = false;              // checksums and digests are not compared
    bool noOwnerCheck = false;         // anybody's word about an element is believed
};

/// Bounds of what strangers can make us keep.
struct EnrpLimits {
    std::size_t peers = 256;
    std::size_t associations = 1'024; // with or without somebody who has presented itself
    std::size_t elements = 1'000'000; // in the whole handlespace, copies included
};

struct Settings {
    ServerId id;
    std::vector<TransportAddress> peers; // static ones
    Duration heartbeat{};
    Duration lastHeard{};
    Duration noResponse{};
    Duration takeoverExpiry{};
    Duration mentorDiscovery{};
    Arbitration arbitration = Arbitration::Rfc;
    bool suggestTakeovers = false; // hand newly registered elements to the registrar nearest to them (draft)
    EnrpLimits limits;
    Weaknesses weaknesses;
};

enum class PeerState : std::uint8_t {
    Active,
    Probing,    // silent for too long: asked whether it lives
    TakingOver, // dead: we want its elements, and wait for the others' consent
    Yielded,    // dead: somebody else takes its elements
};
[[nodiscard]] std::string_view toText(PeerState state);

/// A peer, for whoever shows it.
struct PeerView {
    ServerId id;
    TransportAddress address; // of its ENRP endpoint
    PeerState state = PeerState::Active;
    bool ours = false;      // announces features of our extensions: not an rsplib registrar
    bool connected = false; // an association with it is up
    bool inSync = false;    // at its last presence our copy of its elements was equal
    TimePoint lastHeard{};
    std::size_t elements = 0; // that we think it owns
};

} // namespace kolam::enrp
