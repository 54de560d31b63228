// SPDX-License-Identifier: GPL-3.0-or-later
// The messages of ENRP, the Endpoint Handlespace Redundancy Protocol between registrars (RFC 5353).
#pragma once

#include "core/wire/fields.h"

#include <variant>

namespace kolam::wire {

inline constexpr std::uint32_t enrpPpid = 12;
inline constexpr std::uint16_t enrpPort = 9901;

/// "I live": RFC 5353 section 2.1. Checksum and server information are always sent; the latter may be missing when
/// received.
struct Presence {
    static constexpr std::uint8_t type = 0x01;
    static constexpr std::string_view name = "ENRP_PRESENCE";
    Flag<0x01> replyRequired;
    ServerId sender;
    ServerId receiver;                     // 0 in multicast
    std::optional<std::uint16_t> checksum; // over the sender's own elements
    std::optional<Features> features;      // extension 0xbff2, after the checksum
    std::optional<std::uint64_t> digest;   // extension 0xbff3, between checksum and server information
    std::optional<ServerInformation> server;
    friend bool operator==(const Presence&, const Presence&) = default;
};
/// RFC 5353 section 2.2.
struct HandleTableRequest {
    static constexpr std::uint8_t type = 0x02;
    static constexpr std::string_view name = "ENRP_HANDLE_TABLE_REQUEST";
    Flag<0x01> ownChildrenOnly;
    ServerId sender;
    ServerId receiver;
    friend bool operator==(const HandleTableRequest&, const HandleTableRequest&) = default;
};
/// One pool, or a part of one, in a table.
struct PoolEntry {
    PoolHandle poolHandle;
    std::vector<PoolElement> elements; // 1..n
    friend bool operator==(const PoolEntry&, const PoolEntry&) = default;
};
/// RFC 5353 section 2.3. The same handle may stand in several entries.
struct HandleTableResponse {
    static constexpr std::uint8_t type = 0x03;
    static constexpr std::string_view name = "ENRP_HANDLE_TABLE_RESPONSE";
    Flag<0x01> reject;
    Flag<0x02> moreToSend;
    ServerId sender;
    ServerId receiver;
    std::vector<PoolEntry> pools;
    friend bool operator==(const HandleTableResponse&, const HandleTableResponse&) = default;
};
enum class UpdateAction : std::uint16_t { Add = 0, Delete = 1 };
/// RFC 5353 section 2.4; the flag is of draft enrp-takeover.
struct HandleUpdate {
    static constexpr std::uint8_t type = 0x04;
    static constexpr std::string_view name = "ENRP_HANDLE_UPDATE";
    Flag<0x01> takeoverSuggested;
    ServerId sender;
    ServerId receiver;
    UpdateAction action = UpdateAction::Add;
    PoolHandle poolHandle;
    PoolElement element; // with ASAP transport
    friend bool operator==(const HandleUpdate&, const HandleUpdate&) = default;
};
/// RFC 5353 section 2.5.
struct ListRequest {
    static constexpr std::uint8_t type = 0x05;
    static constexpr std::string_view name = "ENRP_LIST_REQUEST";
    ServerId sender;
    ServerId receiver;
    friend bool operator==(const ListRequest&, const ListRequest&) = default;
};
/// RFC 5353 section 2.6: the peers that the sender knows.
struct ListResponse {
    static constexpr std::uint8_t type = 0x06;
    static constexpr std::string_view name = "ENRP_LIST_RESPONSE";
    Flag<0x01> reject;
    ServerId sender;
    ServerId receiver;
    std::vector<ServerInformation> servers;
    friend bool operator==(const ListResponse&, const ListResponse&) = default;
};
/// RFC 5353 section 2.7.
struct InitTakeover {
    static constexpr std::uint8_t type = 0x07;
    static constexpr std::string_view name = "ENRP_INIT_TAKEOVER";
    ServerId sender;
    ServerId receiver;
    ServerId target;
    friend bool operator==(const InitTakeover&, const InitTakeover&) = default;
};
/// RFC 5353 section 2.8.
struct InitTakeoverAck {
    static constexpr std::uint8_t type = 0x08;
    static constexpr std::string_view name = "ENRP_INIT_TAKEOVER_ACK";
    ServerId sender;
    ServerId receiver;
    ServerId target;
    friend bool operator==(const InitTakeoverAck&, const InitTakeoverAck&) = default;
};
/// RFC 5353 section 2.9.
struct TakeoverServer {
    static constexpr std::uint8_t type = 0x09;
    static constexpr std::string_view name = "ENRP_TAKEOVER_SERVER";
    ServerId sender;
    ServerId receiver;
    ServerId target;
    friend bool operator==(const TakeoverServer&, const TakeoverServer&) = default;
};
/// RFC 5353 section 2.10.
struct EnrpError {
    static constexpr std::uint8_t type = 0x0a;
    static constexpr std::string_view name = "ENRP_ERROR";
    ServerId sender;
    ServerId receiver;
    OperationError error;
    friend bool operator==(const EnrpError&, const EnrpError&) = default;
};

using EnrpMessage = std::variant<Presence, HandleTableRequest, HandleTableResponse, HandleUpdate, ListRequest,
                                 ListResponse, InitTakeover, InitTakeoverAck, TakeoverServer, EnrpError>;

} // namespace kolam::wire
