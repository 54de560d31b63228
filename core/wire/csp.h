// SPDX-License-Identifier: GPL-3.0-or-later
// The Component Status Protocol 0x0200: periodic reports of components to monitors, over UDP port 2960.
#pragma once

#include "core/base/strong.h"
#include "core/wire/parameters.h"

namespace kolam::wire {

inline constexpr std::uint16_t cspPort = 2960;

enum class ComponentGroup : std::uint8_t { Registrar = 1, PoolElement = 2, PoolUser = 3 };
/// Group in the top octet, the object's number in the other 56 bits.
using ComponentId = Strong<struct ComponentIdTag, std::uint64_t>;

struct CspAssociation {
    static constexpr std::uint64_t unknownDuration = 0xffffffffffffffff;
    ComponentId receiver;
    std::uint64_t duration = unknownDuration; // microseconds
    std::uint16_t flags = 0;
    std::uint16_t protocol = 132; // IP protocol number; 132 is SCTP
    std::uint32_t ppid = 0;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("receiver", self.receiver);
        visit("duration", self.duration);
        visit("flags", self.flags);
        visit("protocol", self.protocol);
        visit("ppid", self.ppid);
    }
    friend bool operator==(const CspAssociation&, const CspAssociation&) = default;
};
struct CspReport {
    static constexpr std::uint8_t type = 1;
    static constexpr std::string_view name = "CSP_REPORT";
    static constexpr bool exactLength = true;
    static constexpr std::uint32_t version = 0x0200;
    static constexpr std::uint16_t noWorkload = 0xffff;
    Flag<0x01> final;
    ComponentId sender;
    std::uint64_t timeStamp = 0;         // microseconds since the component's first report
    std::uint32_t reportInterval = 0;    // microseconds
    std::string location;                // at most 127 octets, zero padded to 128 on the wire
    std::string status;                  // the same
    std::uint16_t workload = noWorkload; // load * 0xfffe
    std::vector<CspAssociation> associations;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("final", self.final);
        visit("version", Constant<std::uint32_t, version>{});
        visit("sender", self.sender);
        visit("time-stamp", self.timeStamp);
        visit("report-interval", self.reportInterval);
        visit("location", paddedText<128>(self.location));
        visit("status", paddedText<128>(self.status));
        visit("workload", self.workload);
        visit("associations", counted<std::uint16_t>(self.associations));
    }
    friend bool operator==(const CspReport&, const CspReport&) = default;
};

} // namespace kolam::wire
