// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/lab/lab_service.h"

#include "core/base/strong.h"

#include <algorithm>
#include <fmt/format.h>

namespace kolam::lab {

LabService::LabService(DescriptorDispatcher& dispatcher, Scenario scenario, Director::Config config, Listener listener)
    : m_dispatcher(dispatcher)
    , m_config(config)
    , m_listener(std::move(listener))
    , m_begun(dispatcher.now())
    , m_director(dispatcher, std::move(scenario), std::move(config),
                 {.onMember = [this](const Stage::Member& member) { tell(told(member)); },
                  .onFault = [this](const ProcessFault& fault, bool on) { tell(told(fault, on)); },
                  .onSaid = [this](const std::string& text) { tell(Said{m_dispatcher.now() - m_begun, text}); },
                  .onVerdict =
                      [this](const std::vector<Judgement>& judgements) {
                          m_passed = std::ranges::all_of(judgements, &Judgement::holds);
                          tell(VerdictTold{m_passed, judgements});
                      },
                  .onEnded = [this] { m_dispatcher.stop(); }}) {}

std::expected<void, std::string> LabService::openDoor(const std::filesystem::path& path) {
    auto door = LabDoor::open(m_dispatcher, path, [this](int visitor) { addClient(visitor, false); });
    if (!door) {
        return std::unexpected(
            fmt::format("cannot open the control socket {}: {}", path.string(), door.error().message()));
    }
    m_door = std::move(*door);
    return {};
}

std::expected<void, std::string> LabService::begin() {
    m_begun = m_dispatcher.now();
    return m_director.begin();
}

// ---- Those who watch -----------------------------------------------------------------------------------------------

void LabService::addClient(int descriptor, bool owns) {
    const std::uint64_t number = ++m_lastClient;
    Client& client = m_clients[number];
    client.owns = owns;
    client.channel = std::make_unique<LineChannel>(
        m_dispatcher, descriptor, [this, number](std::string_view line) { obey(number, line); },
        [this, number] {
            const bool owned = m_clients.extract(number).mapped().owns;
            m_director.clientHasGone(number);
            if (owned) {
                m_director.end();
            }
        });
    greet(*client.channel);
}

void LabService::greet(LineChannel& channel) const {
    const Scenario& scenario = m_director.scenario();
    channel.send(toJson(ScenarioTold{scenario.title, scenario.about, scenario.length, m_config.scope}));
    for (const Stage::Member& member : m_director.members()) {
        channel.send(toJson(told(member)));
    }
    for (const ProcessFault& fault : m_director.faults()) {
        channel.send(toJson(told(fault, true)));
    }
}

void LabService::obey(std::uint64_t client, std::string_view line) {
    const auto order = readLabOrder(line);
    const std::string error =
        !order ? order.error()
               : std::visit(Overloaded{
                                [&](const Action& action) { return m_director.perform(action, client); },
                                [&](const UndoWanted& undo) { return m_director.undo(undo.fault); },
                                [&](const ProgressMade& made) {
                                    if (m_listener.onProgress) {
                                        m_listener.onProgress(made.done);
                                    }
                                    return std::string{};
                                },
                                [&](const EndWanted&) {
                                    const bool may = m_clients.at(client).owns;
                                    if (may) {
                                        m_director.end();
                                    }
                                    return may ? std::string{} : std::string{"only its owner ends a lab"};
                                },
                            },
                            *order);
    if (const auto asker = m_clients.find(client); asker != m_clients.end() && !error.empty()) {
        asker->second.channel->send(toJson(ErrorTold{error}));
    }
}

void LabService::tell(const LabLine& line) {
    if (m_listener.onTold) {
        m_listener.onTold(line);
    }
    if (!m_clients.empty()) {
        const std::string json = toJson(line);
        for (const auto& [number, client] : m_clients) {
            client.channel->send(json);
        }
    }
}

FaultTold LabService::told(const ProcessFault& fault, bool on) const {
    const Duration left = fault.lasts - (m_dispatcher.now() - fault.begun);
    return {.fault = fault.number,
            .deed = fault.deed,
            .who = fault.who,
            .on = on,
            .left = fault.lasts == Duration{} ? Duration{} : std::max(left, Duration{1})};
}

MemberTold LabService::told(const Stage::Member& member) {
    return {member.name,
            std::string{toText(member.kind)},
            member.program,
            std::string{toText(member.state)},
            member.component == telemetry::ComponentId{} ? std::string{} : telemetry::toText(member.component),
            member.pid,
            member.address.ips.empty() ? std::string{} : toText(member.address)};
}

} // namespace kolam::lab
