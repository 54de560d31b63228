// SPDX-License-Identifier: GPL-3.0-or-later
#include "registrar/start_registrar.h"

#include <fmt/format.h>

namespace kolam {

namespace {

constexpr std::uint16_t portsToTry = 100;
constexpr int attempts = 8; // somebody else may take a port after we have found it free

/// The first free port from this one on; this one itself when none is, or when something else is wrong.
std::uint16_t firstFreePort(transport::Transport& transport, TransportAddress address) {
    const std::uint16_t first = address.port;
    for (std::uint16_t i = 0; first != 0 && i < portsToTry; ++i) {
        address.port = static_cast<std::uint16_t>(first + i);
        const auto opened =
            transport.open({.local = address, .listen = true}, [](const transport::Event&) { /* gone at once */ });
        if (opened) {
            return address.port;
        }
        if (opened.error() != std::errc::address_in_use) {
            return first;
        }
    }
    return first;
}

void findPort(transport::Transport& transport, Log& log, std::string_view what, std::uint16_t wanted,
              TransportAddress& address) {
    address.port = wanted;
    address.port = firstFreePort(transport, address);
    if (address.port != wanted) {
        log.info("port {} is taken, by another registrar perhaps: takes {} for {}", wanted, address.port, what);
    }
}

} // namespace

std::expected<std::unique_ptr<RegistrarNode>, std::string> startRegistrar(Dispatcher& dispatcher,
                                                                          transport::Transport& transport, Log& log,
                                                                          Authorizer& access,
                                                                          RegistrarSettings& settings) {
    RegistrarNode::Config& node = settings.node;
    const std::uint16_t asapPort = node.asap.port;
    const std::uint16_t enrpPort = node.mesh ? node.mesh->enrp.port : std::uint16_t{0};
    const bool choosesEnrp = node.mesh && !settings.enrpPortGiven;
    std::error_code error;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        if (!settings.asapPortGiven) {
            findPort(transport, log, "ASAP", asapPort, node.asap);
        }
        if (choosesEnrp) {
            TransportAddress enrp = node.mesh->enrp;
            enrp.ips = enrp.ips.empty() ? node.asap.ips : enrp.ips;
            findPort(transport, log, "ENRP", enrpPort, enrp);
            node.mesh->enrp.port = enrp.port;
        }
        auto started = RegistrarNode::start(dispatcher, transport, log, access, node);
        if (started) {
            return std::move(*started);
        }
        error = started.error();
        if (error != std::errc::address_in_use || (settings.asapPortGiven && !choosesEnrp)) {
            break;
        }
    }
    return std::unexpected(fmt::format("cannot serve at {}{}: {}", toText(node.asap),
                                       node.mesh ? fmt::format(" and port {} for ENRP", node.mesh->enrp.port) : "",
                                       error.message()));
}

} // namespace kolam
