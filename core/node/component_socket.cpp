// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/component_socket.h"

#include "core/telemetry/observer_folder.h"
#include "core/transport/packet_faults.h"

#include <utility>

namespace kolam {

using namespace telemetry;

// ---- Faults --------------------------------------------------------------------------------------------------------

NetworkFaults::NetworkFaults(Dispatcher& dispatcher, Telemetry& telemetry)
    : m_dispatcher(dispatcher)
    , m_telemetry(telemetry) {
    telemetry.attach(*this);
}

NetworkFaults::~NetworkFaults() {
    healAll();
    m_telemetry.detach(*this);
}

std::uint64_t NetworkFaults::begin(const FaultCommand& fault) {
    const std::uint64_t number = ++m_last;
    Fault& begun = m_faults[number];
    begun.told = {.fault = number,
                  .kind = fault.kind,
                  .target = {},
                  .peers = fault.peers,
                  .probability = fault.probability,
                  .delay = fault.delay,
                  .lasts = fault.lasts};
    begun.packets =
        transport::packetFaults().begin({.peers = fault.peers,
                                         .loss = fault.kind == FaultKind::Partition ? 1
                                                 : fault.kind == FaultKind::Loss    ? fault.probability
                                                                                    : 0,
                                         .delay = fault.kind == FaultKind::Delay ? fault.delay : Duration{}});
    if (fault.lasts > Duration{}) {
        begun.timer = m_dispatcher.callIn(fault.lasts, [this, number] { heal(number); });
    }
    m_telemetry.tellLazily(Level::State, {}, [&] { return begun.told; });
    return number;
}

bool NetworkFaults::heal(std::uint64_t number) {
    const auto fault = m_faults.extract(number);
    if (!fault) {
        return false;
    }
    m_dispatcher.cancel(fault.mapped().timer);
    transport::packetFaults().end(fault.mapped().packets);
    m_telemetry.tellLazily(Level::State, {}, [&] { return FaultEnded{number, fault.mapped().told.kind}; });
    return true;
}

void NetworkFaults::healAll() {
    while (!m_faults.empty()) {
        heal(m_faults.begin()->first);
    }
}

SnapshotParts NetworkFaults::snapshot() {
    return [this, told = false]() mutable {
        std::vector<EventBody> all;
        if (!std::exchange(told, true)) {
            for (const auto& [number, fault] : m_faults) {
                all.emplace_back(fault.told);
            }
        }
        return all;
    };
}

// ---- The socket ----------------------------------------------------------------------------------------------------

ComponentSocket::ComponentSocket(DescriptorDispatcher& dispatcher, EventHub& hub, Handlers handlers)
    : m_dispatcher(dispatcher)
    , m_handlers(std::move(handlers))
    , m_faults(dispatcher, hub)
    , m_streams(dispatcher, hub) {}

std::unique_ptr<ComponentSocket> ComponentSocket::open(DescriptorDispatcher& dispatcher, Log& log, EventHub& hub,
                                                       std::string_view scope, Handlers handlers) {
    const auto folder = makeObserverFolder(scope);
    if (!folder) {
        log.warning("viewers cannot see {}: {}", toText(hub.component()), folder.error());
        return nullptr;
    }
    std::unique_ptr<ComponentSocket> socket{new ComponentSocket{dispatcher, hub, std::move(handlers)}};
    ComponentSocket& self = *socket;
    auto server = ObserverServer::open(
        dispatcher, {.folder = *folder, .name = toText(hub.component()), .limits = {}},
        [&self](std::string_view line) { return self.answer(line); },
        [&self](std::string_view line) -> std::optional<ObserverServer::Admission> {
            const auto level = readStreamQuery(line);
            if (!level || !*level) {
                return std::nullopt; // answer() says what is wrong
            }
            return
                [&self, wanted = **level](LocalSocket viewer) { (void)self.m_streams.add(std::move(viewer), wanted); };
        });
    if (!server) {
        log.warning("viewers cannot see {}: {}", toText(hub.component()), server.error());
        return nullptr;
    }
    socket->m_server = std::move(*server);
    log.debug("viewers see {} at {}", toText(hub.component()), socket->path().string());
    return socket;
}

std::expected<NextLine, std::string> ComponentSocket::answer(std::string_view line) {
    if (const auto stream = readStreamQuery(line); stream && !*stream) {
        return std::unexpected(stream->error());
    }
    if (const auto command = readCommand(line)) {
        if (!*command) {
            return std::unexpected(command->error());
        }
        const auto done = obey(**command);
        if (!done) {
            return std::unexpected(done.error());
        }
        return [once = std::optional{toLine(*done)}]() mutable { return std::exchange(once, std::nullopt); };
    }
    if (m_handlers.answer) {
        return m_handlers.answer(line);
    }
    return std::unexpected("this component answers no queries but that for its events");
}

std::expected<CommandDone, std::string> ComponentSocket::obey(const Command& command) {
    using Result = std::expected<CommandDone, std::string>;
    const auto later = [this](const std::function<void()>& task, std::string_view what) -> Result {
        if (!task) {
            return std::unexpected(fmt::format("this component cannot {}", what));
        }
        m_dispatcher.post([task] { task(); }); // first the answer: it may destroy us
        return CommandDone{};
    };
    return std::visit(
        Overloaded{[&](const DrainCommand&) { return later(m_handlers.drain, "drain"); },
                   [&](const MaintenanceCommand& maintenance) {
                       return later(m_handlers.maintenance
                                        ? std::function<void()>{[handler = m_handlers.maintenance,
                                                                 on = maintenance.on] { handler(on); }}
                                        : std::function<void()>{},
                                    "go into maintenance");
                   },
                   [&](const CloseSessionsCommand&) { return later(m_handlers.closeSessions, "close its sessions"); },
                   [&](const StopCommand&) { return later(m_handlers.stop, "stop"); },
                   [&](const FaultCommand& fault) -> Result {
                       if (!m_handlers.noFaults.empty()) {
                           return std::unexpected(m_handlers.noFaults);
                       }
                       return CommandDone{m_faults.begin(fault)};
                   },
                   [&](const HealCommand& heal) -> Result {
                       if (!heal.fault) {
                           m_faults.healAll();
                       } else if (!m_faults.heal(*heal.fault)) {
                           return std::unexpected(fmt::format("there is no fault {} here", *heal.fault));
                       }
                       return CommandDone{heal.fault};
                   }},
        command);
}

} // namespace kolam
