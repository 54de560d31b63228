// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/proxy/relay.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>
#include <utility>

namespace kolam::proxy {

namespace {

constexpr int wantedRoom = 256 * 1024;         // octets of a pipe, if the system gives so many
constexpr std::uint64_t perTurn = 1024 * 1024; // then others get their turn

} // namespace

Relay::Relay(DescriptorDispatcher& dispatcher, Socket client, Socket server, std::function<void()> done)
    : m_dispatcher(dispatcher)
    , m_client(std::move(client))
    , m_server(std::move(server))
    , m_done(std::move(done))
    , m_clientEnd{.descriptor = m_client.get()}
    , m_serverEnd{.descriptor = m_server.get()} {
    for (Way* const way : {&m_toServer, &m_toClient}) {
        way->from = way == &m_toServer ? m_client.get() : m_server.get();
        way->to = way == &m_toServer ? m_server.get() : m_client.get();
        std::array<int, 2> ends{-1, -1};
        if (::pipe2(ends.data(), O_NONBLOCK | O_CLOEXEC) == 0) { // else the first turn ends it
            way->pipeOut = Socket{ends[0]};
            way->pipeIn = Socket{ends[1]};
            ::fcntl(ends[1], F_SETPIPE_SZ, wantedRoom);
            way->room = static_cast<std::size_t>(std::max(::fcntl(ends[1], F_GETPIPE_SZ), 4096));
        }
    }
    watch(m_clientEnd, true, false);
    watch(m_serverEnd, true, false);
}

Relay::~Relay() {
    m_dispatcher.unwatch(m_client.get());
    m_dispatcher.unwatch(m_server.get());
}

bool Relay::carry(Way& way) {
    constexpr unsigned flags = SPLICE_F_NONBLOCK | SPLICE_F_MOVE;
    way.blocked = false;
    for (std::uint64_t moved = 0; !way.over && moved < perTurn;) {
        bool progress = false;
        if (!way.ended && way.inside < way.room) {
            const ssize_t got = ::splice(way.from, nullptr, way.pipeIn.get(), nullptr, way.room - way.inside, flags);
            if (got == 0) {
                way.ended = true;
            } else if (got > 0) {
                way.inside += static_cast<std::size_t>(got);
                progress = true;
            } else if (errno != EAGAIN) {
                return false;
            }
        }
        if (way.inside > 0) {
            const ssize_t gone = ::splice(way.pipeOut.get(), nullptr, way.to, nullptr, way.inside, flags);
            if (gone > 0) {
                way.inside -= static_cast<std::size_t>(gone);
                way.carried += static_cast<std::uint64_t>(gone);
                moved += static_cast<std::uint64_t>(gone);
                progress = true;
            } else if (gone < 0 && errno == EAGAIN) {
                way.blocked = true;
                return true;
            } else {
                return false;
            }
        }
        if (way.ended && way.inside == 0) {
            way.over = true;
            ::shutdown(way.to, SHUT_WR); // the other way may go on
        }
        if (!progress) {
            return true;
        }
    }
    return true;
}

void Relay::turn() {
    const bool fine = carry(m_toServer) && carry(m_toClient);
    if (!fine || (m_toServer.over && m_toClient.over)) {
        m_dispatcher.unwatch(m_client.get());
        m_dispatcher.unwatch(m_server.get());
        if (const auto done = std::exchange(m_done, nullptr)) {
            done();
        }
        return;
    }
    // A pipe that is blocked reads no more; so a slow receiver slows its sender down.
    watch(m_clientEnd, !m_toServer.ended && !m_toServer.blocked, m_toClient.blocked);
    watch(m_serverEnd, !m_toClient.ended && !m_toClient.blocked, m_toServer.blocked);
}

void Relay::watch(End& end, bool wantsRead, bool wantsWrite) {
    const auto wanted = static_cast<std::uint8_t>((wantsRead ? std::to_underlying(Interest::Read) : 0) |
                                                  (wantsWrite ? std::to_underlying(Interest::Write) : 0));
    if (std::exchange(end.interest, wanted) == wanted) {
        return;
    }
    if (wanted == 0) {
        m_dispatcher.unwatch(end.descriptor);
    } else {
        m_dispatcher.watch(end.descriptor, Interest{wanted}, [this](Readiness) { turn(); });
    }
}

} // namespace kolam::proxy
