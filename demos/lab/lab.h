// SPDX-License-Identifier: GPL-3.0-or-later
// A small pool on this host, of real processes: one registrar and a few elements, started, killed and started again.
// Used by `kolam demo` and by tests. Next door: process.h, control_server.h.
#pragma once

#include "core/base/address.h"
#include "core/base/ids.h"
#include "core/dispatch/dispatcher.h"
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
        std::size_t elements = 3;
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

    explicit Lab(DescriptorDispatcher& dispatcher, Config config);
    ~Lab(); // kills what still runs

    /// Starts the registrar and the elements. The error is a sentence for a person.
    std::expected<void, std::string> start();
    [[nodiscard]] const TransportAddress& registrarAddress() const { return m_registrarAddress; }
    [[nodiscard]] std::vector<Element> elements() const;
    /// Called after every change of an element's or the registrar's state, with a sentence that says what happened.
    void onChange(std::function<void(const std::string&)> callback) { m_onChange = std::move(callback); }

    /// Each returns an error sentence, or nothing.
    std::string kill(PeIdentifier element);    // SIGKILL
    std::string restart(PeIdentifier element); // also thaws a frozen one
    std::string freeze(PeIdentifier element);  // SIGSTOP
    std::string killRegistrar();
    std::string restartRegistrar();
    /// Ends everything with SIGTERM, then calls `done`; what does not end within three seconds is killed.
    void stop(std::function<void()> done);

private:
    struct Member {
        Element element;
        std::unique_ptr<Process> process;
    };
    std::expected<void, std::string> startElement(Member& member);
    std::expected<void, std::string> startRegistrar();
    Member* find(PeIdentifier element);
    [[nodiscard]] std::filesystem::path logOf(const std::string& name) const {
        return m_config.folder / (name + ".log");
    }
    void say(const std::string& sentence) const;
    void checkStopped();

    DescriptorDispatcher& m_dispatcher;
    Config m_config;
    TransportAddress m_registrarAddress;
    std::unique_ptr<Process> m_registrar;
    std::vector<Member> m_members;
    std::function<void(const std::string&)> m_onChange;
    std::function<void()> m_onStopped;
    TimerId m_stopTimer = TimerId::None;
};

} // namespace kolam::lab
