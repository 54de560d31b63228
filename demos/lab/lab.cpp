// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/lab/lab.h"

#include <algorithm>
#include <arpa/inet.h>
#include <csignal>
#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

namespace kolam::lab {

using namespace std::chrono_literals;

namespace {

/// A UDP port of the loopback interface that nobody has at this moment; 0 when there is none.
std::uint16_t freePort() {
    const int descriptor = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const bool bound = ::bind(descriptor, reinterpret_cast<const sockaddr*>(&address), size) == 0 &&
                       ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    ::close(descriptor);
    return bound ? ntohs(address.sin_port) : std::uint16_t{0};
}

} // namespace

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
    const std::uint16_t port = freePort();
    if (port == 0) {
        return std::unexpected("no free UDP port on the loopback interface");
    }
    m_registrarAddress = {.ips = {IpAddress::v4(127, 0, 0, 1)}, .port = port};
    if (auto started = startRegistrar(); !started) {
        return started;
    }
    for (std::size_t i = 0; i < m_config.elements; ++i) {
        Member member;
        // The letter stands in the identifier: whoever sees 0x0a0000.. in a trace knows the element.
        member.element.identifier = PeIdentifier{0x0a000000u + static_cast<std::uint32_t>(i + 1)};
        member.element.letter = static_cast<char>('A' + i % 26);
        m_members.push_back(std::move(member));
    }
    for (Member& member : m_members) {
        if (auto started = startElement(member); !started) {
            return started;
        }
    }
    return {};
}

std::expected<void, std::string> Lab::startRegistrar() {
    Process::Command command;
    command.program = m_config.programs / "kolam-registrar";
    // Alone: a demonstration must not join the registrars that somebody may run on this host.
    command.arguments = {"--asap",      toText(m_registrarAddress), "--no-enrp", "--profile", m_config.profile,
                         "--transport", m_config.transport};
    command.arguments.insert(command.arguments.end(), m_config.registrarOptions.begin(),
                             m_config.registrarOptions.end());
    command.log = logOf("registrar");
    auto process = Process::start(m_dispatcher, command, [this](const ProcessEnd& end) {
        say(fmt::format("The registrar has ended: {}.", toText(end)));
        checkStopped();
    });
    if (!process) {
        return std::unexpected(fmt::format("cannot start {}: {}", command.program.string(), process.error().message()));
    }
    m_registrar = std::move(*process);
    return {};
}

std::expected<void, std::string> Lab::startElement(Member& member) {
    Process::Command command;
    command.program = m_config.programs / "kolam";
    command.arguments = m_config.service;
    for (const std::string& argument :
         {std::string{"--id"}, toText(member.element.identifier), std::string{"--registrar"},
          toText(m_registrarAddress), std::string{"--profile"}, m_config.profile, std::string{"--transport"},
          m_config.transport}) {
        command.arguments.push_back(argument);
    }
    command.log = logOf(fmt::format("element-{}", member.element.letter));
    const PeIdentifier identifier = member.element.identifier;
    auto process = Process::start(m_dispatcher, command, [this, identifier](const ProcessEnd& end) {
        Member* const gone = find(identifier);
        gone->element.state = ComponentState::Killed;
        gone->element.pid = 0;
        say(fmt::format("Element {} ({}) has ended: {}.", gone->element.letter, toText(identifier), toText(end)));
        checkStopped();
    });
    if (!process) {
        return std::unexpected(fmt::format("cannot start {}: {}", command.program.string(), process.error().message()));
    }
    member.process = std::move(*process);
    member.element.state = ComponentState::Running;
    member.element.pid = member.process->pid();
    ++member.element.starts;
    return {};
}

std::vector<Lab::Element> Lab::elements() const {
    std::vector<Element> elements;
    for (const Member& member : m_members) {
        elements.push_back(member.element);
    }
    return elements;
}

Lab::Member* Lab::find(PeIdentifier element) {
    const auto member =
        std::ranges::find_if(m_members, [&](const Member& m) { return m.element.identifier == element; });
    return member == m_members.end() ? nullptr : &*member;
}

std::string Lab::kill(PeIdentifier element) {
    Member* const member = find(element);
    if (member == nullptr) {
        return fmt::format("this demo has no element {}", toText(element));
    }
    if (member->element.state == ComponentState::Killed) {
        return fmt::format("element {} is dead already", member->element.letter);
    }
    const std::error_code error = member->process->signal(SIGKILL);
    return error ? fmt::format("element {} cannot be killed: {}", member->element.letter, error.message()) : "";
}

std::string Lab::restart(PeIdentifier element) {
    Member* const member = find(element);
    if (member == nullptr) {
        return fmt::format("this demo has no element {}", toText(element));
    }
    switch (member->element.state) {
    case ComponentState::Running: return fmt::format("element {} is running", member->element.letter);
    case ComponentState::Frozen:
        if (const std::error_code error = member->process->signal(SIGCONT)) {
            return fmt::format("element {} cannot be thawed: {}", member->element.letter, error.message());
        }
        member->element.state = ComponentState::Running;
        break;
    case ComponentState::Killed:
        if (auto started = startElement(*member); !started) {
            return started.error();
        }
        break;
    }
    say(fmt::format("Element {} ({}) runs again.", member->element.letter, toText(element)));
    return {};
}

std::string Lab::freeze(PeIdentifier element) {
    Member* const member = find(element);
    if (member == nullptr || member->element.state != ComponentState::Running) {
        return fmt::format("no running element {}", toText(element));
    }
    if (const std::error_code error = member->process->signal(SIGSTOP)) {
        return fmt::format("element {} cannot be frozen: {}", member->element.letter, error.message());
    }
    member->element.state = ComponentState::Frozen;
    say(fmt::format("Element {} ({}) is frozen.", member->element.letter, toText(element)));
    return {};
}

std::string Lab::killRegistrar() {
    const std::error_code error =
        m_registrar ? m_registrar->signal(SIGKILL) : std::make_error_code(std::errc::no_such_process);
    return error ? fmt::format("the registrar cannot be killed: {}", error.message()) : "";
}

std::string Lab::restartRegistrar() {
    if (m_registrar && m_registrar->running()) {
        return "the registrar is running";
    }
    const auto started = startRegistrar();
    if (started) {
        say("The registrar runs again.");
    }
    return started ? "" : started.error();
}

void Lab::say(const std::string& sentence) const {
    if (m_onChange) {
        m_onChange(sentence);
    }
}

void Lab::stop(std::function<void()> done) {
    m_onChange = nullptr;
    m_onStopped = std::move(done);
    for (const Member& member : m_members) {
        if (member.process) {
            static_cast<void>(member.process->signal(SIGTERM));
            static_cast<void>(member.process->signal(SIGCONT));
        }
    }
    if (m_registrar) {
        static_cast<void>(m_registrar->signal(SIGTERM));
    }
    m_stopTimer = m_dispatcher.callIn(3s, [this] {
        for (const Member& member : m_members) {
            if (member.process) {
                static_cast<void>(member.process->signal(SIGKILL));
            }
        }
        if (m_registrar) {
            static_cast<void>(m_registrar->signal(SIGKILL));
        }
    });
    checkStopped();
}

void Lab::checkStopped() {
    const bool running = (m_registrar && m_registrar->running()) || std::ranges::any_of(m_members, [](const Member& m) {
                             return m.process && m.process->running();
                         });
    if (!running && m_onStopped) {
        m_dispatcher.post([done = std::move(m_onStopped)] { done(); });
        m_onStopped = nullptr;
    }
}

} // namespace kolam::lab
