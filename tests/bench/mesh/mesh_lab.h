// SPDX-License-Identifier: GPL-3.0-or-later
// Registrars as real processes on loopback, elements of this process that find them by their announcements, and users
// that resolve all the time. What registrars know is read from their local sockets, behind the back of the protocols.
// Next door: measure_mesh.cpp, which kills and freezes them.
#pragma once

#include "core/dispatch/epoll_dispatcher.h"
#include "core/node/element_node.h"
#include "core/telemetry/registrar_snapshot.h"
#include "core/transport/auto_transport.h"
#include "demos/lab/process.h"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kolam::mesh {

struct Settings {
    std::filesystem::path programs; // the folder of kolam-registrar
    std::filesystem::path folder;   // for sockets and logs
    unsigned registrars = 2;
    unsigned elements = 20;
    std::uint64_t seed = 1;
    transport::TransportKind transport = transport::TransportKind::User;
    bool detailedLogs = false;
};

/// A user that resolves at one registrar every few milliseconds.
class Resolver {
public:
    Resolver(Dispatcher& dispatcher, transport::Transport& transport, const TransportAddress& registrar,
             std::size_t expected);
    ~Resolver();
    Resolver(const Resolver&) = delete;
    Resolver& operator=(const Resolver&) = delete;
    [[nodiscard]] std::size_t answers() const { return m_answers; }
    /// Answers with fewer elements than there are, and questions that nobody has answered.
    [[nodiscard]] std::size_t failures() const { return m_failures; }

private:
    void ask();
    void happened(const transport::Event& event);

    Dispatcher& m_dispatcher;
    std::size_t m_expected;
    transport::AssocId m_association = transport::AssocId::None;
    bool m_up = false;
    std::size_t m_waiting = 0;
    std::size_t m_answers = 0;
    std::size_t m_failures = 0;
    TimerId m_timer = TimerId::None;
    std::unique_ptr<transport::Endpoint> m_endpoint;
};

/// What all registrars that run say at about the same moment.
struct Truth {
    std::map<ServerId, telemetry::RegistrarSnapshot> of;
    [[nodiscard]] bool complete(std::size_t registrars) const { return of.size() == registrars; }
    /// Every one of them serves, knows all others, and has the same elements with the same owners, who are among them.
    [[nodiscard]] bool agrees(std::size_t elements) const;
    /// Every one of them knows every element, owned by one of them.
    [[nodiscard]] bool everyElementIsOwnedBySurvivors(std::size_t elements) const;
    /// Elements that more than one registrar calls its own.
    [[nodiscard]] std::size_t ownedTwice() const;
    [[nodiscard]] bool missesElements(std::size_t elements) const;
};

class MeshLab {
public:
    explicit MeshLab(const Settings& settings);
    ~MeshLab();
    /// Starts everything, and waits until all agree. The error is a sentence.
    [[nodiscard]] std::string start();

    /// Turns the dispatcher until it has happened; false when it has not in this time.
    bool until(const std::function<bool()>& happened, Duration limit);
    [[nodiscard]] Truth look();
    [[nodiscard]] TimePoint now() const { return m_dispatcher.now(); }

    /// The registrar that owns most elements: the home of the others' worries.
    [[nodiscard]] ServerId busiest();
    void kill(ServerId registrar);
    void freeze(ServerId registrar);
    void thaw(ServerId registrar);
    [[nodiscard]] std::string restart(ServerId registrar);
    /// Failures of resolution at all registrars but this one, since they were asked for the last time.
    [[nodiscard]] std::size_t takeFailures(ServerId except);
    [[nodiscard]] std::size_t answers() const;
    [[nodiscard]] unsigned running() const;

private:
    struct Registrar {
        std::unique_ptr<lab::Process> process;
        TransportAddress asap;
        TransportAddress enrp;
        std::unique_ptr<Resolver> resolver;
        bool frozen = false;
        std::size_t failuresTold = 0;
    };
    [[nodiscard]] std::string run(ServerId id, Registrar& registrar);
    [[nodiscard]] std::optional<telemetry::RegistrarSnapshot> ask(ServerId id) const;

    Settings m_settings;
    EpollDispatcher m_dispatcher;
    SilentLog m_log;
    std::uint16_t m_groupPort;
    std::unique_ptr<transport::Transport> m_transport;
    std::unique_ptr<Service> m_service;
    std::map<ServerId, Registrar> m_registrars;
    std::vector<std::unique_ptr<ElementNode>> m_elements;
};

} // namespace kolam::mesh
