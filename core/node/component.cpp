// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/component.h"

#include <array>
#include <unistd.h>
#include <utility>

namespace kolam {

namespace {

std::string hostName() {
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? std::string{name.data()} : std::string{"localhost"};
}

} // namespace

Component::Component(DescriptorDispatcher& dispatcher, transport::Transport& transport, Log& log,
                     ComponentOptions options)
    : m_dispatcher(dispatcher)
    , m_options(std::move(options))
    , m_hub(dispatcher, {})
    , m_log(log, m_hub)
    , m_transport(dispatcher, transport, m_hub) {}

Component::~Component() {
    m_reporter.reset();
    m_hub.tell(telemetry::ComponentFinal{"ends"});
}

std::expected<void, std::string> Component::open(Node node) {
    m_hub.rename(node.id);
    const std::string host = hostName();
    m_hub.introduce({.program = node.program,
                     .pid = static_cast<std::uint32_t>(::getpid()),
                     .host = host,
                     .pool = node.pool,
                     .addresses = m_transport.addresses()});
    if (!m_options.record.empty()) {
        auto recording = telemetry::RecordingOfHub::open(m_dispatcher, m_hub, m_options.record);
        if (!recording) {
            return std::unexpected(std::move(recording.error()));
        }
        m_recording = std::move(*recording);
    }
    // A fault that only some associations feel would be a lie: packets of the kernel's SCTP do not come by here.
    if (m_transport.name() == "kernel" || m_transport.name() == "auto") {
        node.handlers.noFaults = "its associations may be of kernel SCTP, which it cannot disturb: start it with "
                                 "--transport user";
    }
    if (!m_options.scope.empty()) {
        m_socket = ComponentSocket::open(m_dispatcher, m_log, m_hub, m_options.scope, std::move(node.handlers));
    }
    if (m_options.cspServer) {
        m_reporter = std::make_unique<telemetry::CspReporter>(
            m_dispatcher,
            telemetry::CspReporter::Config{.server = *m_options.cspServer,
                                           .interval = m_options.cspInterval.value_or(usualCspInterval),
                                           .sender = node.id,
                                           .location = telemetry::cspLocation(host, node.address)},
            std::move(node.cspContent));
    }
    return {};
}

} // namespace kolam
