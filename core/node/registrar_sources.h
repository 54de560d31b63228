// SPDX-License-Identifier: GPL-3.0-or-later
// Where an element or a user looks for registrars. Next door: registrar_line.h, which looks there.
#pragma once

#include "core/base/address.h"

#include <cstdint>
#include <vector>

namespace kolam {

/// How endpoints find registrars: by announcements, from a list, or both.
struct RegistrarSources {
    bool announces = true;
    IpAddress group = IpAddress::v4(239, 0, 0, 50);
    std::uint16_t groupPort = 3863;
    bool loopbackOnly = true; // join the group on the loopback interface only
    std::vector<TransportAddress> fixed;
};

} // namespace kolam
