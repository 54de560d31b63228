// SPDX-License-Identifier: GPL-3.0-or-later
// The other process of the user transport's tests. Ends when its input does.
//   user_peer echo PORT                         listens on 127.0.0.1, prints its port, sends back every message
//   user_peer count PORT                        the same, but answers a message "count" only, with how many came before
//   user_peer newcomer                          in a network of its own, the host gets an address: prints "ok" when an
//                                               endpoint on all addresses then answers there, or why not
//   user_peer multicast GROUP PORT SOURCEPORT   prints "ready", then what it receives; sends each line of its input
#include "core/dispatch/epoll_dispatcher.h"
#include "core/transport/multicast_port.h"
#include "core/transport/socket_address.h"
#include "core/transport/user_transport.h"

#include <array>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <net/if.h>
#include <sched.h>
#include <string>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace kolam;
using namespace kolam::transport;

namespace {

void say(const std::string& line) {
    std::fputs((line + "\n").c_str(), stdout);
    std::fflush(stdout);
}

std::uint16_t number(std::string_view text) {
    std::uint16_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

int runEndpoint(std::uint16_t port, bool echo) {
    EpollDispatcher dispatcher;
    const auto transport = makeUserTransport(dispatcher).value();
    std::unique_ptr<Endpoint> endpoint;
    std::uint64_t count = 0;
    const auto sink = [&](const Event& event) {
        const auto* message = std::get_if<Message>(&event);
        if (message == nullptr) {
            return;
        }
        if (echo) {
            (void)endpoint->send(message->assoc, message->data, {.ppid = message->ppid, .stream = message->stream});
        } else if (asText(message->data) == "count") {
            (void)endpoint->send(message->assoc, asOctets(std::to_string(count)), {});
        } else {
            ++count;
        }
    };
    auto opened = transport->open({.local = {{IpAddress::v4(127, 0, 0, 1)}, port}, .listen = true}, sink);
    if (!opened) {
        say(opened.error().message());
        return 1;
    }
    endpoint = std::move(*opened);
    dispatcher.watch(STDIN_FILENO, Interest::Read, [&](Readiness) { dispatcher.stop(); });
    say(std::to_string(endpoint->local().port));
    dispatcher.run();
    dispatcher.unwatch(STDIN_FILENO);
    return 0;
}

int runMulticast(const MulticastConfig& config) {
    EpollDispatcher dispatcher;
    auto port = openMulticastPort(dispatcher, config, [](const TransportAddress& from, OctetView data) {
        say(toText(from) + " " + std::string{asText(data)});
    });
    if (!port) {
        say(port.error().message());
        return 1;
    }
    dispatcher.watch(STDIN_FILENO, Interest::Read, [&](Readiness) {
        std::array<char, 256> line{};
        const ssize_t length = ::read(STDIN_FILENO, line.data(), line.size());
        if (length <= 0) {
            dispatcher.stop();
        } else {
            (*port)->send(asOctets({line.data(), static_cast<std::size_t>(length - 1)}));
        }
    });
    say("ready");
    dispatcher.run();
    dispatcher.unwatch(STDIN_FILENO);
    return 0;
}

/// Calls an ioctl of interfaces for `name`.
bool setInterface(const char* name, unsigned long request, auto change) {
    ifreq parameters{};
    std::strncpy(parameters.ifr_name, name, sizeof parameters.ifr_name - 1);
    change(parameters);
    const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    const bool done = ::ioctl(socket, request, &parameters) == 0;
    ::close(socket);
    return done;
}

int runNewcomer() {
    const auto up = [](ifreq& parameters) { parameters.ifr_flags = IFF_UP; };
    if (::unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0 || !setInterface("lo", SIOCSIFFLAGS, up)) {
        say("skip: no network of our own");
        return 0;
    }
    EpollDispatcher dispatcher;
    const auto transport = makeUserTransport(dispatcher).value();
    const auto ignore = [](const Event&) {};
    const auto server = transport->open({.listen = true}, ignore).value();
    const std::size_t before = server->local().ips.size();
    const IpAddress later = IpAddress::v4(10, 5, 5, 5);
    bool connected = false;
    const auto client = transport
                            ->open({},
                                   [&](const Event& event) {
                                       connected = std::holds_alternative<Up>(event);
                                       dispatcher.stop();
                                   })
                            .value();
    const SystemAddress address{SocketAddress{later, 0}};
    if (!setInterface("lo:1", SIOCSIFADDR, [&](ifreq& parameters) { parameters.ifr_addr = address.generic; })) {
        say("skip: no second address");
        return 0;
    }
    dispatcher.turn(); // the notice is there already
    if (server->local().ips.size() != before + 1) {
        say("the endpoint does not list the new address");
        return 1;
    }
    (void)client->connect({{later}, server->local().port});
    dispatcher.run();
    say(connected ? "ok" : "the endpoint does not answer at the new address");
    return 0;
}

} // namespace

int main(int count, char** arguments) {
    const std::string_view mode = count > 1 ? arguments[1] : "";
    if ((mode == "echo" || mode == "count") && count == 3) {
        return runEndpoint(number(arguments[2]), mode == "echo");
    }
    if (mode == "newcomer") {
        return runNewcomer();
    }
    if (mode == "multicast" && count == 5) {
        return runMulticast({.group = IpAddress::parse(arguments[2]).value_or(IpAddress{}),
                             .port = number(arguments[3]),
                             .sourcePort = number(arguments[4])});
    }
    return 2;
}
