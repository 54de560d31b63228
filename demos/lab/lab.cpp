// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/lab/lab.h"

#include "demos/lab/free_port.h"

#include <algorithm>
#include <csignal>
#include <fmt/format.h>

namespace kolam::lab {

using namespace std::chrono_literals;

std::string_view toText(ComponentState state) {
    switch (state) {
    case ComponentState::Running: return "running";
    case ComponentState::Frozen: return "frozen";
    case ComponentState::Killed: return "killed";
    }
    std::unreachable();
}

Lab::Lab(DescriptorDispatcher& dispatcher, Config config) : m_dispatcher(dispatcher), m_config(std::move(config)) {}

Lab::~Lab() {
    m_dispatcher.cancel(m_stopTimer);
}

std::expected<void, std::string> Lab::start() {
    for (std::size_t i = 0; i < m_config.registrars; ++i) {
        const auto here = [] { return TransportAddress{.ips = {IpAddress::v4(127, 0, 0, 1)}, .port = freePort()}; };
        m_registrars.push_back({ServerId{static_cast<std::uint32_t>(i + 1)}, here(), here()});
        if (m_registrars.back().asap.port == 0 || m_registrars.back().enrp.port == 0) {
            return std::unexpected("no free UDP port on the loopback interface");
        }
        m_members.push_back({.id = telemetry::componentId(m_registrars.back().id)});
    }
    for (std::size_t i = 0; i < m_config.elements; ++i) {
        // The letter stands in the identifier: whoever sees 0x0a0000.. in a trace knows the element.
        m_members.push_back(
            {.id = telemetry::componentId(PeIdentifier{0x0a000000u + static_cast<std::uint32_t>(i + 1)}),
             .letter = static_cast<char>('A' + i % 26)});
    }
    for (Member& member : m_members) {
        if (auto started = start(member); !started) {
            return started;
        }
    }
    return {};
}

std::expected<void, std::string> Lab::start(Member& member) {
    const Process::Command command = commandOf(member);
    auto process =
        Process::start(m_dispatcher, command, [this, id = member.id](const ProcessEnd& end) { ended(id, end); });
    if (!process) {
        return std::unexpected(fmt::format("cannot start {}: {}", command.program.string(), process.error().message()));
    }
    member.process = std::move(*process);
    member.state = ComponentState::Running;
    ++member.starts;
    return {};
}

void Lab::ended(telemetry::ComponentId component, const ProcessEnd& end) {
    Member* const gone = find(component);
    gone->state = ComponentState::Killed;
    say(fmt::format("{} has ended: {}.", nameOf(*gone), toText(end)));
    checkStopped();
}

// ---- Command lines -------------------------------------------------------------------------------------------------

Process::Command Lab::commandOf(const Member& member) const {
    Process::Command command =
        member.letter != 0 ? elementCommand(member) : registrarCommand(telemetry::objectOf(member.id) - 1);
    if (!m_config.scope.empty()) {
        command.arguments.insert(command.arguments.end(), {"--scope", m_config.scope});
    }
    return command;
}

Process::Command Lab::registrarCommand(std::size_t number) const {
    const Registrar& own = m_registrars[number];
    Process::Command command;
    command.program = m_config.programs / "kolam-registrar";
    command.arguments = {"--id",      toText(own.id),   "--asap",      toText(own.asap),
                         "--profile", m_config.profile, "--transport", m_config.transport};
    const auto add = [&](std::initializer_list<std::string> more) {
        command.arguments.insert(command.arguments.end(), more);
    };
    // Among themselves: a demonstration must not join the registrars that somebody may run on this host.
    if (m_registrars.size() == 1) {
        add({"--no-enrp"});
    } else {
        add({"--enrp", toText(own.enrp), "--enrp-group", "off"});
        for (const Registrar& other : m_registrars) {
            if (other.id != own.id) {
                add({"--peer", toText(other.enrp)});
            }
        }
    }
    command.arguments.insert(command.arguments.end(), m_config.registrarOptions.begin(),
                             m_config.registrarOptions.end());
    command.log = m_config.folder / (number == 0 ? "registrar.log" : fmt::format("registrar-{}.log", number + 1));
    return command;
}

Process::Command Lab::elementCommand(const Member& member) const {
    const PeIdentifier identifier{static_cast<std::uint32_t>(telemetry::objectOf(member.id))};
    Process::Command command;
    command.program = m_config.programs / "kolam";
    command.arguments = m_config.service;
    command.arguments.insert(command.arguments.end(), {"--id", toText(identifier), "--profile", m_config.profile,
                                                       "--transport", m_config.transport});
    // Each asks another one first, so that all registrars own some.
    const auto first = static_cast<std::size_t>(member.letter - 'A');
    for (std::size_t i = 0; i < m_registrars.size(); ++i) {
        command.arguments.insert(command.arguments.end(),
                                 {"--registrar", toText(m_registrars[(first + i) % m_registrars.size()].asap)});
    }
    command.log = m_config.folder / fmt::format("element-{}.log", member.letter);
    return command;
}

// ---- What there is -------------------------------------------------------------------------------------------------

std::vector<TransportAddress> Lab::registrarAddresses() const {
    std::vector<TransportAddress> addresses;
    for (const Registrar& registrar : m_registrars) {
        addresses.push_back(registrar.asap);
    }
    return addresses;
}

std::vector<Lab::Element> Lab::elements() const {
    std::vector<Element> elements;
    for (const Member& member : m_members) {
        if (member.letter != 0) {
            elements.push_back({.identifier = PeIdentifier{static_cast<std::uint32_t>(telemetry::objectOf(member.id))},
                                .letter = member.letter,
                                .state = member.state,
                                .pid = member.state == ComponentState::Killed ? 0 : member.process->pid(),
                                .starts = member.starts});
        }
    }
    return elements;
}

std::vector<Lab::Component> Lab::components() const {
    std::vector<Component> components;
    for (const Member& member : m_members) {
        components.push_back({.id = member.id,
                              .state = member.state,
                              .pid = member.state == ComponentState::Killed ? 0 : member.process->pid()});
    }
    return components;
}

Lab::Member* Lab::find(telemetry::ComponentId component) {
    const auto member = std::ranges::find(m_members, component, &Member::id);
    return member == m_members.end() ? nullptr : &*member;
}

std::string Lab::nameOf(const Member& member) const {
    if (member.letter != 0) {
        return fmt::format("Element {} ({})", member.letter,
                           toText(PeIdentifier{static_cast<std::uint32_t>(telemetry::objectOf(member.id))}));
    }
    return m_registrars.size() == 1 ? "The registrar" : fmt::format("Registrar {}", telemetry::objectOf(member.id));
}

// ---- What is done to them ------------------------------------------------------------------------------------------

std::string Lab::signal(telemetry::ComponentId component, int number, std::string_view what) {
    const Member* const member = find(component);
    if (member == nullptr) {
        return fmt::format("this demo has no {}", telemetry::toText(component));
    }
    if (member->state == ComponentState::Killed) {
        return fmt::format("{} is dead already", nameOf(*member));
    }
    const std::error_code error = member->process->signal(number);
    return error ? fmt::format("{} cannot be {}: {}", nameOf(*member), what, error.message()) : "";
}

std::string Lab::kill(telemetry::ComponentId component) {
    return signal(component, SIGKILL, "killed");
}

std::string Lab::end(telemetry::ComponentId component) {
    return signal(component, SIGTERM, "ended");
}

std::string Lab::freeze(telemetry::ComponentId component) {
    if (std::string error = signal(component, SIGSTOP, "frozen"); !error.empty()) {
        return error;
    }
    Member* const member = find(component);
    member->state = ComponentState::Frozen;
    say(fmt::format("{} is frozen.", nameOf(*member)));
    return {};
}

std::string Lab::restart(telemetry::ComponentId component) {
    Member* const member = find(component);
    if (member == nullptr) {
        return fmt::format("this demo has no {}", telemetry::toText(component));
    }
    switch (member->state) {
    case ComponentState::Running: return fmt::format("{} is running", nameOf(*member));
    case ComponentState::Frozen:
        if (std::string error = signal(component, SIGCONT, "thawed"); !error.empty()) {
            return error;
        }
        member->state = ComponentState::Running;
        break;
    case ComponentState::Killed:
        if (auto started = start(*member); !started) {
            return started.error();
        }
        break;
    }
    say(fmt::format("{} runs again.", nameOf(*member)));
    return {};
}

void Lab::say(const std::string& sentence) const {
    if (m_onChange) {
        m_onChange(sentence);
    }
}

// ---- The end -------------------------------------------------------------------------------------------------------

void Lab::stop(std::function<void()> done) {
    m_onChange = nullptr;
    m_onStopped = std::move(done);
    const auto all = [this](int number) {
        for (const Member& member : m_members) {
            if (member.process) {
                static_cast<void>(member.process->signal(number));
            }
        }
    };
    all(SIGTERM);
    all(SIGCONT);
    m_stopTimer = m_dispatcher.callIn(3s, [all] { all(SIGKILL); });
    checkStopped();
}

void Lab::checkStopped() {
    const bool running = std::ranges::any_of(
        m_members, [](const Member& member) { return member.process && member.process->running(); });
    if (!running && m_onStopped) {
        m_dispatcher.post([done = std::move(m_onStopped)] { done(); });
        m_onStopped = nullptr;
    }
}

} // namespace kolam::lab
