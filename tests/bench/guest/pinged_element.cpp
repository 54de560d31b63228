// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/guest/pinged_element.h"

#include "core/dispatch/epoll_dispatcher.h"
#include "core/node/element_node.h"
#include "core/transport/kernel_transport.h"
#include "tests/interop/common/echo_service.h"

#include <fmt/format.h>

namespace kolam::guest {

void PingedElement::declare(CLI::App& command) {
    command.add_option("--registrar", m_registrar, "ADDRESS:PORT")->required();
    command.add_option("--address", m_address, "Of this element: ADDRESS:0")->required();
    command.add_option("--profile", m_profile, "Timers (rsplib)");
    command.add_option("--id", m_identifier, "Identifier (1)");
    command.add_option("--priority", m_priority, "Of the policy: the highest is chosen first (1)");
}

int PingedElement::run() const {
    const auto registrar = TransportAddress::parse(m_registrar, 0);
    const auto address = TransportAddress::parse(m_address, 0);
    const Profile* const profile = findProfile(m_profile);
    EpollDispatcher dispatcher;
    auto transport = transport::makeKernelTransport(dispatcher);
    if (!registrar || !address || profile == nullptr || !transport) {
        fmt::print(stderr, "an element needs addresses, a profile that there is, and kernel SCTP\n");
        return 2;
    }
    SilentLog log;
    interop::EchoService service;
    ElementNode::Config config;
    config.poolHandle = PoolHandle{"Pinged"};
    config.identifier = PeIdentifier{m_identifier};
    config.policy = {.type = wire::PolicyType::Priority, .weight = m_priority};
    config.local = *address;
    config.registrars = {.announces = false, .loopbackOnly = false, .fixed = {*registrar}};
    config.profile = *profile;
    const auto node = ElementNode::start(dispatcher, **transport, log, service, config);
    if (!node) {
        fmt::print(stderr, "cannot serve: {}\n", node.error().message());
        return 1;
    }
    dispatcher.run();
    return 0;
}

} // namespace kolam::guest
