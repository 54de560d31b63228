// SPDX-License-Identifier: GPL-3.0-or-later
// What a registrar is told when it starts. Next door: registrar_node.h, the registrar; mesh_node.h, its way to peers.
#pragma once

#include "core/asap/registrar_limits.h"
#include "core/base/ids.h"
#include "core/enrp/enrp_settings.h"
#include "core/handlespace/handlespace.h"
#include "core/node/profile.h"
#include "core/node/send_queues.h"
#include "core/telemetry/telemetry.h"

#include <optional>
#include <vector>

namespace kolam {

/// No message of ASAP or ENRP is longer: its length has 16 bits.
inline constexpr std::uint32_t largestMessage = 64 * 1024;

/// A group to which something is announced, or in which it is heard.
struct MulticastGroup {
    bool enabled = true;
    IpAddress group;
    std::uint16_t port = 0;
};

/// The mesh of registrars that keep one handlespace (ENRP).
struct RegistrarMesh {
    TransportAddress enrp; // no ips: every local one; port 0: any
    MulticastGroup group{.group = IpAddress::v4(239, 0, 0, 51), .port = 9901};
    std::vector<TransportAddress> peers; // known without being heard
    enrp::Arbitration arbitration = enrp::Arbitration::Rfc;
    bool suggestTakeovers = false;
    enrp::EnrpLimits limits;
    SendQueues::Limits queues{.octetsPerAssociation = 4 * 1024 * 1024, .octets = 64 * 1024 * 1024};
    enrp::Weaknesses weaknesses; // for tests
};

struct RegistrarConfig {
    ServerId id;              // 0: random
    TransportAddress asap;    // no ips: every local one; port 0: any
    bool loopbackOnly = true; // announce on the loopback interface only
    MulticastGroup announce{.group = IpAddress::v4(239, 0, 0, 50), .port = 3863};
    std::optional<RegistrarMesh> mesh; // nothing: a registrar that is alone
    Profile profile = rsplibProfile();
    AddressScope minimumScope = AddressScope::Loopback; // of the addresses of elements
    Handlespace::Settings handlespace;
    asap::RegistrarLimits limits;
    SendQueues::Limits queues;                 // who is over them is closed; nobody else notices
    telemetry::Telemetry* telemetry = nullptr; // what happens is told there; nothing: to nobody
};

} // namespace kolam
