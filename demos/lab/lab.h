// SPDX-License-Identifier: GPL-3.0-or-later
// A small pool on this host, of real processes: registrars and a few elements, started, killed and started again.
// Used by `kolam demo` and by tests. Next door: process.h, control_server.h.
#pragma once

#include "core/base/address.h"
#include "core/base/ids.h"
#include "core/dispatch/dispatcher.h"
#include "core/telemetry/component.h"
#include "demos/lab/process.h"

#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace kolam::lab {

enum class ComponentState : std::uint8_t { Running, Frozen, Killed };
[[nodiscard]] std::string_view toText(ComponentState state);

class Lab {
public:
    struct Config {
        std::filesystem::path programs; // the folder of kolam and kolam-registrar
        std::filesystem::path folder;   // logs and sockets; the user's own
        std::size_t registrars = 1;
        std::size_t elements = 3;
        std::string scope;                // in which viewers find all of them; empty: their own default
        std::vector<std::string> service; // arguments of kolam: what an element serves, "serve", "fractal", ...
        std::vector<std::string> registrarOptions; // besides address and profile
        std::string profile = "demo";
        std::string transport = "user";
    };
    struct Element {
        PeIdentifier identifier;
        char letter = 'A'; // what people call it: A, B, C, ...
        ComponentState state = ComponentState::Running;
        pid_t pid = 0;
        std::size_t starts = 0;
    };

    /// Any process of the lab.
    struct Component {
        telemetry::ComponentId id;
        ComponentState state = ComponentState::Running;
        pid_t pid = 0;
    };

    explicit Lab(DescriptorDispatcher& dispatcher, Config config);
    ~Lab(); // kills what still runs

    /// Starts the registrars and the elements. The error is a sentence for a person.
    std::expected<void, std::string> start();
    /// Where the first one is.
    [[nodiscard]] const TransportAddress& registrarAddress() const { return m_registrars.front().asap; }
    [[nodiscard]] std::vector<TransportAddress> registrarAddresses() const;
    [[nodiscard]] std::vector<Element> elements() const;
    [[nodiscard]] std::vector<Component> components() const; // registrars first
    /// Called after every change of an element's or the registrar's state, with a sentence that says what happened.
    void onChange(std::function<void(const std::string&)> callback) { m_onChange = std::move(callback); }

    /// Each returns an error sentence, or nothing.
    std::string kill(telemetry::ComponentId component);    // SIGKILL
    std::string end(telemetry::ComponentId component);     // SIGTERM: it says goodbye
    std::string freeze(telemetry::ComponentId component);  // SIGSTOP
    std::string restart(telemetry::ComponentId component); // also thaws a frozen one
    std::string kill(PeIdentifier element) { return kill(telemetry::componentId(element)); }
    std::string restart(PeIdentifier element) { return restart(telemetry::componentId(element)); }
    std::string freeze(PeIdentifier element) { return freeze(telemetry::componentId(element)); }
    std::string killRegistrar() { return kill(m_members.front().id); }
    std::string restartRegistrar() { return restart(m_members.front().id); }
    /// Ends everything with SIGTERM, then calls `done`; what does not end within three seconds is killed.
    void stop(std::function<void()> done);

private:
    /// A registrar's places: the others must know them before it runs.
    struct Registrar {
        ServerId id;
        TransportAddress asap;
        TransportAddress enrp;
    };
    struct Member {
        telemetry::ComponentId id;
        ComponentState state = ComponentState::Running;
        std::size_t starts = 0;
        char letter = 0; // of an element
        std::unique_ptr<Process> process;
    };
    std::expected<void, std::string> start(Member& member);
    [[nodiscard]] Process::Command commandOf(const Member& member) const;
    [[nodiscard]] Process::Command registrarCommand(std::size_t number) const;
    [[nodiscard]] Process::Command elementCommand(const Member& member) const;
    Member* find(telemetry::ComponentId component);
    void ended(telemetry::ComponentId component, const ProcessEnd& end);
    std::string signal(telemetry::ComponentId component, int number, std::string_view what);
    [[nodiscard]] std::string nameOf(const Member& member) const;
    void say(const std::string& sentence) const;
    void checkStopped();

    DescriptorDispatcher& m_dispatcher;
    Config m_config;
    std::vector<Registrar> m_registrars;
    std::vector<Member> m_members; // registrars first, in their order
    std::function<void(const std::string&)> m_onChange;
    std::function<void()> m_onStopped;
    TimerId m_stopTimer = TimerId::None;
};

} // namespace kolam::lab
