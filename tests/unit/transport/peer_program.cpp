// SPDX-License-Identifier: GPL-3.0-or-later
// The conformance suite's peer as a process of its own: transport_peer KIND PORT GROUPPORT. Prints its port, ends with
// its input.
#include "core/dispatch/epoll_dispatcher.h"
#include "core/transport/auto_transport.h"
#include "tests/unit/transport/echo_peer.h"

#include <charconv>
#include <cstdio>
#include <string>
#include <unistd.h>

using namespace kolam;
using namespace kolam::transport;

namespace {

std::uint16_t number(std::string_view text) {
    std::uint16_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

} // namespace

int main(int argc, char** argv) {
    const auto kind = argc == 4 ? parseTransportKind(argv[1]) : std::nullopt;
    if (!kind) {
        return 2;
    }
    EpollDispatcher dispatcher;
    const auto transport = makeTransport(*kind, dispatcher);
    if (!transport) {
        std::fprintf(stderr, "%s\n", transport.error().message().c_str());
        return 1;
    }
    EchoPeer peer;
    const std::error_code error =
        peer.open(**transport, IpAddress::v4(127, 0, 0, 1), number(argv[2]), number(argv[3]), std::to_string(getpid()));
    if (error) {
        std::fprintf(stderr, "%s\n", error.message().c_str());
        return 1;
    }
    std::printf("%u\n", static_cast<unsigned>(peer.local().port));
    std::fflush(stdout);
    dispatcher.watch(STDIN_FILENO, Interest::Read, [&dispatcher](Readiness) { dispatcher.stop(); });
    dispatcher.run();
    dispatcher.unwatch(STDIN_FILENO);
    return 0;
}
