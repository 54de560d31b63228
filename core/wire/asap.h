// SPDX-License-Identifier: GPL-3.0-or-later
// The messages of ASAP, the Aggregate Server Access Protocol (RFC 5352): one struct each, its fields in wire order.
// Next door: enrp.h (between registrars), codec.h (octets), parameters.h (what the fields are made of).
#pragma once

#include "core/wire/parameters.h"

#include <variant>

namespace kolam::wire {

inline constexpr std::uint32_t asapPpid = 11;
inline constexpr std::uint16_t asapPort = 3863;

/// "Enter me into this pool": pool element to registrar, RFC 5352 section 2.2.1.
struct Registration {
    static constexpr std::uint8_t type = 0x01;
    static constexpr std::string_view name = "ASAP_REGISTRATION";
    PoolHandle poolHandle;
    PoolElement element; // without ASAP transport
    static constexpr void fields(auto& self, auto&& visit) {
        visit("pool-handle", parameter<ParameterType::PoolHandle>(self.poolHandle));
        visit("element", parameter<ParameterType::PoolElement>(self.element));
    }
    friend bool operator==(const Registration&, const Registration&) = default;
};
/// RFC 5352 section 2.2.2.
struct Deregistration {
    static constexpr std::uint8_t type = 0x02;
    static constexpr std::string_view name = "ASAP_DEREGISTRATION";
    PoolHandle poolHandle;
    PeIdentifier element;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("pool-handle", parameter<ParameterType::PoolHandle>(self.poolHandle));
        visit("pe-identifier", parameter<ParameterType::PeIdentifier>(self.element));
    }
    friend bool operator==(const Deregistration&, const Deregistration&) = default;
};
/// RFC 5352 section 2.2.3. With an error but not rejected: accepted with a warning.
struct RegistrationResponse {
    static constexpr std::uint8_t type = 0x03;
    static constexpr std::string_view name = "ASAP_REGISTRATION_RESPONSE";
    Flag<0x01> reject;
    PoolHandle poolHandle;
    PeIdentifier element;
    std::optional<OperationError> error;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("reject", self.reject);
        visit("pool-handle", parameter<ParameterType::PoolHandle>(self.poolHandle));
        visit("pe-identifier", parameter<ParameterType::PeIdentifier>(self.element));
        visit("error", parameter<ParameterType::OperationError>(self.error));
    }
    friend bool operator==(const RegistrationResponse&, const RegistrationResponse&) = default;
};
/// RFC 5352 section 2.2.4. An error means: rejected.
struct DeregistrationResponse {
    static constexpr std::uint8_t type = 0x04;
    static constexpr std::string_view name = "ASAP_DEREGISTRATION_RESPONSE";
    PoolHandle poolHandle;
    PeIdentifier element;
    std::optional<OperationError> error;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("pool-handle", parameter<ParameterType::PoolHandle>(self.poolHandle));
        visit("pe-identifier", parameter<ParameterType::PeIdentifier>(self.element));
        visit("error", parameter<ParameterType::OperationError>(self.error));
    }
    friend bool operator==(const DeregistrationResponse&, const DeregistrationResponse&) = default;
};
/// "Who serves this pool?": RFC 5352 section 2.2.5, with the option of draft asap-hropt and two extensions of ours,
/// which stand first.
struct HandleResolution {
    static constexpr std::uint8_t type = 0x05;
    static constexpr std::string_view name = "ASAP_HANDLE_RESOLUTION";
    static constexpr std::uint32_t everyElement = 0xffffffff;
    Flag<0x01> subscribe;
    std::optional<std::uint64_t> sessionKey; // extension 0xbff4
    std::optional<Mark> onlyLooks;           // extension 0xbff5: nobody is going to be used
    PoolHandle poolHandle;
    std::optional<std::uint32_t> items; // at most so many elements; absent or 0: the registrar's default
    static constexpr void fields(auto& self, auto&& visit) {
        visit("subscribe", self.subscribe);
        visit("session-key", parameter<ParameterType::SessionKey>(self.sessionKey));
        visit("only-looks", parameter<ParameterType::OnlyLooks>(self.onlyLooks));
        visit("pool-handle", parameter<ParameterType::PoolHandle>(self.poolHandle));
        visit("items", parameter<ParameterType::HandleResolutionOption>(self.items));
    }
    friend bool operator==(const HandleResolution&, const HandleResolution&) = default;
};
/// RFC 5352 section 2.2.6: policy and elements in selection order, or an error.
struct HandleResolutionResponse {
    static constexpr std::uint8_t type = 0x06;
    static constexpr std::string_view name = "ASAP_HANDLE_RESOLUTION_RESPONSE";
    Flag<0x01> subscribed;
    PoolHandle poolHandle;
    std::optional<Policy> policy; // absent in a positive response: round robin
    std::vector<PoolElement> elements;
    std::optional<OperationError> error;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("subscribed", self.subscribed);
        visit("pool-handle", parameter<ParameterType::PoolHandle>(self.poolHandle));
        visit("policy", parameter<ParameterType::Policy>(self.policy));
        visit("elements", parameters<ParameterType::PoolElement>(self.elements, 0));
        visit("error", parameter<ParameterType::OperationError>(self.error));
    }
    friend bool operator==(const HandleResolutionResponse&, const HandleResolutionResponse&) = default;
};
/// "Are you alive?": registrar to element (RFC 5352 section 2.2.7), and user to element on the control channel
/// (extension).
struct EndpointKeepAlive {
    static constexpr std::uint8_t type = 0x07;
    static constexpr std::string_view name = "ASAP_ENDPOINT_KEEP_ALIVE";
    Flag<0x01> newHome; // the sender is the new home registrar
    ServerId server;
    std::optional<Features> features; // extension 0xbff2, between the server identifier and the handle
    PoolHandle poolHandle;
    std::optional<PeIdentifier> element; // not in the RFC; rsplib always sends it
    static constexpr void fields(auto& self, auto&& visit) {
        visit("new-home", self.newHome);
        visit("server", self.server);
        visit("features", parameter<ParameterType::Features>(self.features));
        visit("pool-handle", parameter<ParameterType::PoolHandle>(self.poolHandle));
        visit("pe-identifier", parameter<ParameterType::PeIdentifier>(self.element));
    }
    friend bool operator==(const EndpointKeepAlive&, const EndpointKeepAlive&) = default;
};
/// RFC 5352 section 2.2.8.
struct EndpointKeepAliveAck {
    static constexpr std::uint8_t type = 0x08;
    static constexpr std::string_view name = "ASAP_ENDPOINT_KEEP_ALIVE_ACK";
    std::optional<Features> features; // extension 0xbff2, stands first
    PoolHandle poolHandle;
    PeIdentifier element;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("features", parameter<ParameterType::Features>(self.features));
        visit("pool-handle", parameter<ParameterType::PoolHandle>(self.poolHandle));
        visit("pe-identifier", parameter<ParameterType::PeIdentifier>(self.element));
    }
    friend bool operator==(const EndpointKeepAliveAck&, const EndpointKeepAliveAck&) = default;
};
/// RFC 5352 section 2.2.9.
struct EndpointUnreachable {
    static constexpr std::uint8_t type = 0x09;
    static constexpr std::string_view name = "ASAP_ENDPOINT_UNREACHABLE";
    PoolHandle poolHandle;
    PeIdentifier element;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("pool-handle", parameter<ParameterType::PoolHandle>(self.poolHandle));
        visit("pe-identifier", parameter<ParameterType::PeIdentifier>(self.element));
    }
    friend bool operator==(const EndpointUnreachable&, const EndpointUnreachable&) = default;
};
/// "Here is a registrar": UDP multicast, RFC 5352 section 2.2.10. The SCTP transport stands last.
struct ServerAnnounce {
    static constexpr std::uint8_t type = 0x0a;
    static constexpr std::string_view name = "ASAP_SERVER_ANNOUNCE";
    ServerId server;
    std::vector<TransportParameter> transports; // empty: the datagram's source address and port
    static constexpr void fields(auto& self, auto&& visit) {
        visit("server", self.server);
        visit("transports", parameters(self.transports, 0));
    }
    friend bool operator==(const ServerAnnounce&, const ServerAnnounce&) = default;
};
/// A session's state, kept by the user: control channel, RFC 5352 section 2.2.11.
struct Cookie {
    static constexpr std::uint8_t type = 0x0b;
    static constexpr std::string_view name = "ASAP_COOKIE";
    Octets cookie;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("cookie", parameter<ParameterType::Cookie>(self.cookie));
    }
    friend bool operator==(const Cookie&, const Cookie&) = default;
};
/// The state, given to the element that goes on: RFC 5352 section 2.2.12.
struct CookieEcho {
    static constexpr std::uint8_t type = 0x0c;
    static constexpr std::string_view name = "ASAP_COOKIE_ECHO";
    Octets cookie;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("cookie", parameter<ParameterType::Cookie>(self.cookie));
    }
    friend bool operator==(const CookieEcho&, const CookieEcho&) = default;
};
/// RFC 5352 section 2.2.13: the sender's pool and the elements to fail over to, best first.
struct BusinessCard {
    static constexpr std::uint8_t type = 0x0d;
    static constexpr std::string_view name = "ASAP_BUSINESS_CARD";
    PoolHandle poolHandle;
    std::optional<Policy> policy; // not in the RFC's layout; accepted, never sent
    std::vector<PoolElement> elements;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("pool-handle", parameter<ParameterType::PoolHandle>(self.poolHandle));
        visit("pool-handle", Dropped<ParameterType::PoolHandle>{}); // rsplib's reader wants a second one
        visit("policy", parameter<ParameterType::Policy>(self.policy));
        visit("elements", parameters<ParameterType::PoolElement>(self.elements, 1));
    }
    friend bool operator==(const BusinessCard&, const BusinessCard&) = default;
};
/// RFC 5352 section 2.2.14.
struct AsapError {
    static constexpr std::uint8_t type = 0x0e;
    static constexpr std::string_view name = "ASAP_ERROR";
    OperationError error;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("error", parameter<ParameterType::OperationError>(self.error));
    }
    friend bool operator==(const AsapError&, const AsapError&) = default;
};

using AsapMessage = std::variant<Registration, Deregistration, RegistrationResponse, DeregistrationResponse,
                                 HandleResolution, HandleResolutionResponse, EndpointKeepAlive, EndpointKeepAliveAck,
                                 EndpointUnreachable, ServerAnnounce, Cookie, CookieEcho, BusinessCard, AsapError>;

} // namespace kolam::wire
