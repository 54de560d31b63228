// SPDX-License-Identifier: GPL-3.0-or-later
// What tests do with two hosts and the networks between them: disturb packets, open ports at the other host from within
// this process, and count what endpoints are told. Next door: guest_test.h, which makes the hosts.
#pragma once

#include "core/transport/transport.h"

#include <QProcess>
#include <QString>
#include <fcntl.h>
#include <functional>
#include <memory>
#include <sched.h>
#include <set>
#include <unistd.h>
#include <vector>

namespace kolam::interop {

/// What both hosts do to packets of both networks, while it lives.
class Netem {
public:
    explicit Netem(const QString& what) { tc(QStringLiteral("add"), QStringLiteral("netem ") + what); }
    ~Netem() { tc(QStringLiteral("del"), {}); }
    Netem(const Netem&) = delete;
    Netem& operator=(const Netem&) = delete;

private:
    static void tc(const QString& verb, const QString& what) {
        const QString command = QStringLiteral("for n in a b; do tc qdisc %1 dev ours-$n root %2; "
                                               "ip netns exec theirs tc qdisc %1 dev theirs-$n root %2; done");
        QProcess::execute(QStringLiteral("bash"), {QStringLiteral("-c"), command.arg(verb, what)});
    }
};

/// An endpoint that counts, and returns what it gets when it is the server.
struct Peer {
    std::unique_ptr<transport::Endpoint> endpoint;
    bool echoes = false;
    std::vector<transport::AssocId> ups;
    std::set<IpAddress> added;
    std::set<IpAddress> confirmed;
    std::set<IpAddress> removed;
    std::set<IpAddress> unreachable;
    std::set<IpAddress> available;
    std::vector<transport::Down> ends;
    int closings = 0;
    int downs = 0;
    int messages = 0;
    std::function<void(const transport::Message&)> onMessage;

    bool open(transport::Transport& transport, const transport::EndpointConfig& config) {
        auto opened = transport.open(config, [this](const transport::Event& event) { happened(event); });
        if (opened) {
            endpoint = std::move(*opened);
        }
        return opened.has_value();
    }
    void happened(const transport::Event& event) {
        if (const auto* up = std::get_if<transport::Up>(&event)) {
            ups.push_back(up->assoc);
        } else if (const auto* down = std::get_if<transport::Down>(&event)) {
            ++downs;
            ends.push_back(*down);
        } else if (std::holds_alternative<transport::PeerClosing>(event)) {
            ++closings;
        } else if (const auto* path = std::get_if<transport::PathChange>(&event)) {
            (path->state == transport::PathState::Added       ? added
             : path->state == transport::PathState::Removed   ? removed
             : path->state == transport::PathState::Confirmed ? confirmed
             : path->state == transport::PathState::Available ? available
                                                              : unreachable)
                .insert(path->address);
        } else if (const auto* message = std::get_if<transport::Message>(&event)) {
            ++messages;
            if (onMessage) {
                onMessage(*message);
            }
            if (echoes) {
                static_cast<void>(endpoint->send(message->assoc, message->data, {}));
            }
        }
    }
};

/// While it lives, this thread is at the other host: sockets that are opened now stay there.
class AtTheirHost {
public:
    AtTheirHost() : m_here(open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC)) {
        const int there = open("/run/netns/theirs", O_RDONLY | O_CLOEXEC);
        m_there = setns(there, CLONE_NEWNET) == 0;
        close(there);
    }
    ~AtTheirHost() {
        setns(m_here, CLONE_NEWNET);
        close(m_here);
    }
    AtTheirHost(const AtTheirHost&) = delete;
    AtTheirHost& operator=(const AtTheirHost&) = delete;
    [[nodiscard]] bool succeeded() const { return m_there; }

private:
    int m_here;
    bool m_there = false;
};

} // namespace kolam::interop
