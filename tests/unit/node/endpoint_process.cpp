// SPDX-License-Identifier: GPL-3.0-or-later
// One real process with a registrar or an element of the counting service in it, for test_processes.cpp to kill.
// Arguments: "registrar" or "element", its identifier, and the UDP port of the announcements' group.
#include "core/dispatch/epoll_dispatcher.h"
#include "core/node/access.h"
#include "core/node/element_node.h"
#include "core/node/registrar_node.h"
#include "core/transport/user_transport.h"
#include "tests/unit/node/counting.h"

#include <cstdlib>
#include <string_view>

using namespace kolam;

int main(int argc, char** argv) {
    if (argc != 4) {
        return 2;
    }
    EpollDispatcher dispatcher;
    SilentLog log;
    const auto transport = transport::makeUserTransport(dispatcher);
    if (!transport) {
        return 3;
    }
    const auto identifier = static_cast<std::uint32_t>(std::atoi(argv[2]));
    const auto groupPort = static_cast<std::uint16_t>(std::atoi(argv[3]));
    if (std::string_view{argv[1]} == "registrar") {
        AccessRules access;
        RegistrarNode::Config config;
        config.id = ServerId{identifier};
        config.asap = {{IpAddress::v4(127, 0, 0, 1)}, 0};
        config.announce.port = groupPort;
        config.profile = demoProfile();
        const auto node = RegistrarNode::start(dispatcher, **transport, log, access, config);
        if (!node) {
            return 4;
        }
        dispatcher.run();
    } else {
        testing::CountingService service;
        ElementNode::Config config;
        config.poolHandle = testing::poolHandle;
        config.identifier = PeIdentifier{identifier};
        config.registrars.groupPort = groupPort;
        const auto node = ElementNode::start(dispatcher, **transport, log, service, config);
        if (!node) {
            return 4;
        }
        dispatcher.run();
    }
    return 0;
}
