// SPDX-License-Identifier: GPL-3.0-or-later
// The messages of ENRP, the Endpoint Handlespace Redundancy Protocol between registrars (RFC 5353).
#pragma once

#include "core/wire/parameters.h"

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
    static constexpr void fields(auto& self, auto&& visit) {
        visit("reply-required", self.replyRequired);
        visit("sender", self.sender);
        visit("receiver", self.receiver);
        visit("checksum", parameter<ParameterType::PeChecksum>(self.checksum));
        visit("features", parameter<ParameterType::Features>(self.features));
        visit("digest", parameter<ParameterType::HandlespaceDigest>(self.digest));
        visit("server", parameter<ParameterType::ServerInformation>(self.server));
    }
    friend bool operator==(const Presence&, const Presence&) = default;
};
/// RFC 5353 section 2.2.
struct HandleTableRequest {
    static constexpr std::uint8_t type = 0x02;
    static constexpr std::string_view name = "ENRP_HANDLE_TABLE_REQUEST";
    Flag<0x01> ownChildrenOnly;
    Flag<0x80> continuation; // extension, only towards who has announced windowed tables: go on, never begin
    ServerId sender;
    ServerId receiver;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("own-children-only", self.ownChildrenOnly);
        visit("continuation", self.continuation);
        visit("sender", self.sender);
        visit("receiver", self.receiver);
    }
    friend bool operator==(const HandleTableRequest&, const HandleTableRequest&) = default;
};
/// One pool, or a part of one, in a table.
struct PoolEntry {
    static constexpr ParameterType opening = ParameterType::PoolHandle;
    PoolHandle poolHandle;
    std::vector<PoolElement> elements; // 1..n
    static constexpr void fields(auto& self, auto&& visit) {
        visit("pool-handle", parameter<ParameterType::PoolHandle>(self.poolHandle));
        visit("elements", parameters<ParameterType::PoolElement>(self.elements, 1));
    }
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
    static constexpr void fields(auto& self, auto&& visit) {
        visit("reject", self.reject);
        visit("more-to-send", self.moreToSend);
        visit("sender", self.sender);
        visit("receiver", self.receiver);
        visit("pools", groups(self.pools));
    }
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
    static constexpr void fields(auto& self, auto&& visit) {
        visit("takeover-suggested", self.takeoverSuggested);
        visit("sender", self.sender);
        visit("receiver", self.receiver);
        visit("action", self.action);
        visit("reserved", Ignored<std::uint16_t>{});
        visit("pool-handle", parameter<ParameterType::PoolHandle>(self.poolHandle));
        visit("element", parameter<ParameterType::PoolElement>(self.element));
    }
    friend bool operator==(const HandleUpdate&, const HandleUpdate&) = default;
};
/// RFC 5353 section 2.5.
struct ListRequest {
    static constexpr std::uint8_t type = 0x05;
    static constexpr std::string_view name = "ENRP_LIST_REQUEST";
    ServerId sender;
    ServerId receiver;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("sender", self.sender);
        visit("receiver", self.receiver);
    }
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
    static constexpr void fields(auto& self, auto&& visit) {
        visit("reject", self.reject);
        visit("sender", self.sender);
        visit("receiver", self.receiver);
        visit("servers", parameters<ParameterType::ServerInformation>(self.servers, 0));
    }
    friend bool operator==(const ListResponse&, const ListResponse&) = default;
};
/// RFC 5353 section 2.7.
struct InitTakeover {
    static constexpr std::uint8_t type = 0x07;
    static constexpr std::string_view name = "ENRP_INIT_TAKEOVER";
    ServerId sender;
    ServerId receiver;
    ServerId target;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("sender", self.sender);
        visit("receiver", self.receiver);
        visit("target", self.target);
    }
    friend bool operator==(const InitTakeover&, const InitTakeover&) = default;
};
/// RFC 5353 section 2.8.
struct InitTakeoverAck {
    static constexpr std::uint8_t type = 0x08;
    static constexpr std::string_view name = "ENRP_INIT_TAKEOVER_ACK";
    ServerId sender;
    ServerId receiver;
    ServerId target;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("sender", self.sender);
        visit("receiver", self.receiver);
        visit("target", self.target);
    }
    friend bool operator==(const InitTakeoverAck&, const InitTakeoverAck&) = default;
};
/// RFC 5353 section 2.9.
struct TakeoverServer {
    static constexpr std::uint8_t type = 0x09;
    static constexpr std::string_view name = "ENRP_TAKEOVER_SERVER";
    ServerId sender;
    ServerId receiver;
    ServerId target;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("sender", self.sender);
        visit("receiver", self.receiver);
        visit("target", self.target);
    }
    friend bool operator==(const TakeoverServer&, const TakeoverServer&) = default;
};
/// RFC 5353 section 2.10.
struct EnrpError {
    static constexpr std::uint8_t type = 0x0a;
    static constexpr std::string_view name = "ENRP_ERROR";
    ServerId sender;
    ServerId receiver;
    OperationError error;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("sender", self.sender);
        visit("receiver", self.receiver);
        visit("error", parameter<ParameterType::OperationError>(self.error));
    }
    friend bool operator==(const EnrpError&, const EnrpError&) = default;
};

using EnrpMessage = std::variant<Presence, HandleTableRequest, HandleTableResponse, HandleUpdate, ListRequest,
                                 ListResponse, InitTakeover, InitTakeoverAck, TakeoverServer, EnrpError>;

} // namespace kolam::wire
