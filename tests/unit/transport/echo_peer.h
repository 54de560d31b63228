// SPDX-License-Identifier: GPL-3.0-or-later
// The other side of the conformance suite: sends back every message, and answers calls in a multicast group.
// Next door: peer_program.cpp runs it as a program, memory_fixture.cpp as a simulated process.
#pragma once

#include "core/transport/transport.h"

#include <deque>
#include <string>
#include <utility>

namespace kolam::transport {

inline const IpAddress echoGroup = IpAddress::v4(239, 255, 75, 79);

class EchoPeer {
public:
    /// @return nothing, or why it could not be opened
    std::error_code open(Transport& transport, const IpAddress& host, std::uint16_t port, std::uint16_t groupPort,
                         std::string name) {
        m_name = std::move(name);
        EndpointConfig config;
        config.local = {{host}, port};
        config.listen = true;
        auto endpoint = transport.open(config, [this](const Event& event) { handle(event); });
        if (!endpoint) {
            return endpoint.error();
        }
        m_endpoint = std::move(*endpoint);
        if (groupPort == 0) {
            return {};
        }
        MulticastConfig group{.group = echoGroup, .port = groupPort};
        auto opened = transport.openMulticast(group, [this](const TransportAddress&, OctetView data) {
            if (asText(data) == "call") {
                m_group->send(asOctets("here " + m_name));
            }
        });
        if (!opened) {
            return opened.error();
        }
        m_group = std::move(*opened);
        return {};
    }
    [[nodiscard]] TransportAddress local() const { return m_endpoint->local(); }

private:
    struct Reply {
        AssocId assoc;
        Octets data;
        SendOptions options;
    };
    void handle(const Event& event) {
        if (const auto* message = std::get_if<Message>(&event)) {
            m_replies.push_back(Reply{message->assoc,
                                      Octets(message->data.begin(), message->data.end()),
                                      {.ppid = message->ppid, .stream = message->stream}});
        } else if (const auto* down = std::get_if<Down>(&event)) {
            std::erase_if(m_replies, [down](const Reply& reply) { return reply.assoc == down->assoc; });
        }
        while (!m_replies.empty()) {
            const Reply& reply = m_replies.front();
            const auto sent = m_endpoint->send(reply.assoc, reply.data, reply.options);
            if (!sent && sent.error() == SendError::WouldBlock) {
                return; // Writable follows
            }
            m_replies.pop_front();
        }
    }

    std::string m_name;
    std::unique_ptr<Endpoint> m_endpoint;
    std::unique_ptr<DatagramPort> m_group;
    std::deque<Reply> m_replies;
};

} // namespace kolam::transport
