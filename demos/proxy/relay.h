// SPDX-License-Identifier: GPL-3.0-or-later
// Carries octets between two TCP connections, both ways, without ever looking at them: the kernel moves them through a
// pipe (splice). Next door: tcp.h, where connections come from.
#pragma once

#include "core/dispatch/dispatcher.h"
#include "demos/proxy/tcp.h"

#include <cstdint>
#include <functional>

namespace kolam::proxy {

class Relay {
public:
    /// `done` is called once, when both sides have ended or one is broken; it may destroy this object.
    Relay(DescriptorDispatcher& dispatcher, Socket client, Socket server, std::function<void()> done);
    ~Relay();
    Relay(const Relay&) = delete;
    Relay& operator=(const Relay&) = delete;

    [[nodiscard]] std::uint64_t octets() const { return m_toServer.carried + m_toClient.carried; }

private:
    struct Way {
        int from = -1;
        int to = -1;
        Socket pipeIn;
        Socket pipeOut;
        std::size_t inside = 0; // octets in the pipe
        std::size_t room = 0;   // of the pipe
        bool ended = false;     // nothing more comes in
        bool over = false;      // and everything has gone out
        bool blocked = false;   // the receiver takes nothing now
        std::uint64_t carried = 0;
    };
    /// False: the connection is broken.
    [[nodiscard]] static bool carry(Way& way);
    void turn();
    struct End {
        int descriptor = -1;
        std::uint8_t interest = 0; // as watched now; 0: not at all
    };
    void watch(End& end, bool wantsRead, bool wantsWrite);

    DescriptorDispatcher& m_dispatcher;
    Socket m_client;
    Socket m_server;
    std::function<void()> m_done;
    Way m_toServer;
    Way m_toClient;
    End m_clientEnd;
    End m_serverEnd;
};

} // namespace kolam::proxy
