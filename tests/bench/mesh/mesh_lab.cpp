// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/mesh/mesh_lab.h"

#include "core/telemetry/observer_client.h"
#include "core/wire/codec.h"

#include <algorithm>
#include <csignal>
#include <fmt/format.h>
#include <poll.h>
#include <utility>

namespace kolam::mesh {

using namespace std::chrono_literals;
using telemetry::RegistrarSnapshot;

namespace {

const PoolHandle pool{"MeshPool"};
constexpr Duration askEvery = 5ms;
constexpr std::size_t mostWaiting = 100; // half a second without an answer
constexpr Duration lookTime = 200ms;     // for one registrar to answer
constexpr Duration startTime = 20s;

class NoService final : public Service {
public:
    std::unique_ptr<ServiceSession> open(SessionLink&) override { return nullptr; }
};

using Owners = std::map<std::pair<PoolHandle, PeIdentifier>, ServerId>;
Owners ownersIn(const RegistrarSnapshot& snapshot) {
    Owners owners;
    for (const wire::PoolEntry& entry : snapshot.pools) {
        for (const wire::PoolElement& element : entry.elements) {
            owners[{entry.poolHandle, element.identifier}] = element.homeRegistrar;
        }
    }
    return owners;
}

} // namespace

// ---- Users ---------------------------------------------------------------------------------------------------------

Resolver::Resolver(Dispatcher& dispatcher, transport::Transport& transport, const TransportAddress& registrar,
                   std::size_t expected)
    : m_dispatcher(dispatcher)
    , m_expected(expected) {
    auto opened = transport.open({.local = {{IpAddress::v4(127, 0, 0, 1)}, 0}},
                                 [this](const transport::Event& event) { happened(event); });
    if (opened) {
        m_endpoint = std::move(*opened);
        m_association = m_endpoint->connect(registrar).value_or(transport::AssocId::None);
    }
    ask();
}

Resolver::~Resolver() {
    m_dispatcher.cancel(m_timer);
}

void Resolver::ask() {
    m_timer = m_dispatcher.callIn(askEvery, [this] { ask(); });
    if (!m_up) {
        return;
    }
    static const Octets question = [] {
        wire::HandleResolution message;
        message.poolHandle = pool;
        message.items = 128;
        return wire::encode(message);
    }();
    const bool sent = m_endpoint->send(m_association, question, {.ppid = wire::asapPpid}).has_value();
    if (!sent || ++m_waiting > mostWaiting) {
        ++m_failures;
    }
}

void Resolver::happened(const transport::Event& event) {
    if (std::holds_alternative<transport::Up>(event)) {
        m_up = true;
    } else if (std::holds_alternative<transport::Down>(event)) {
        m_failures += m_up ? 1 : 0;
        m_up = false;
    } else if (const auto* message = std::get_if<transport::Message>(&event)) {
        m_waiting -= m_waiting > 0 ? 1 : 0;
        const auto answer = wire::decode<wire::HandleResolutionResponse>(message->data);
        ++m_answers;
        m_failures += answer && answer->elements.size() == m_expected ? 0u : 1u;
    }
}

// ---- The truth -----------------------------------------------------------------------------------------------------

bool Truth::agrees(std::size_t elements) const {
    return everyElementIsOwnedBySurvivors(elements) && std::ranges::all_of(of, [&](const auto& one) {
               const RegistrarSnapshot& snapshot = one.second;
               return snapshot.summary.serving && snapshot.summary.peers.size() + 1 == of.size() &&
                      ownersIn(snapshot) == ownersIn(of.begin()->second);
           });
}

bool Truth::everyElementIsOwnedBySurvivors(std::size_t elements) const {
    return !of.empty() && std::ranges::all_of(of, [&](const auto& one) {
        const Owners owners = ownersIn(one.second);
        return owners.size() == elements &&
               std::ranges::all_of(owners, [&](const auto& element) { return of.contains(element.second); });
    });
}

std::size_t Truth::ownedTwice() const {
    std::map<std::pair<PoolHandle, PeIdentifier>, std::size_t> claims;
    for (const auto& [id, snapshot] : of) {
        for (const auto& [element, owner] : ownersIn(snapshot)) {
            claims[element] += owner == id ? 1u : 0u;
        }
    }
    return static_cast<std::size_t>(std::ranges::count_if(claims, [](const auto& claim) { return claim.second > 1; }));
}

bool Truth::missesElements(std::size_t elements) const {
    return std::ranges::any_of(of, [&](const auto& one) { return one.second.summary.elements < elements; });
}

// ---- The lab -------------------------------------------------------------------------------------------------------

MeshLab::MeshLab(const Settings& settings)
    : m_settings(settings)
    , m_dispatcher(settings.seed)
    , m_groupPort(static_cast<std::uint16_t>(20'000 + static_cast<unsigned>(::getpid()) % 20'000))
    , m_service(std::make_unique<NoService>()) {}

MeshLab::~MeshLab() = default;

std::string MeshLab::start() {
    auto transport = transport::makeTransport(m_settings.transport, m_dispatcher);
    if (!transport) {
        return "no transport: " + transport.error().message();
    }
    m_transport = std::move(*transport);
    for (unsigned i = 1; i <= m_settings.registrars; ++i) {
        const ServerId id{i};
        if (const std::string error = run(id, m_registrars[id]); !error.empty()) {
            return error;
        }
    }
    for (unsigned i = 1; i <= m_settings.elements; ++i) {
        ElementNode::Config config;
        config.poolHandle = pool;
        config.identifier = PeIdentifier{i};
        config.registrars.groupPort = m_groupPort;
        config.profile = demoProfile();
        auto element = ElementNode::start(m_dispatcher, *m_transport, m_log, *m_service, config);
        if (!element) {
            return "no element: " + element.error().message();
        }
        m_elements.push_back(std::move(*element));
    }
    Truth truth;
    const bool agreed = until(
        [&] {
            truth = look();
            return truth.complete(m_settings.registrars) && truth.agrees(m_settings.elements);
        },
        startTime);
    if (!agreed) {
        return "the registrars do not agree at the start";
    }
    for (auto& [id, registrar] : m_registrars) {
        registrar.asap = *truth.of.at(id).summary.asap;
        registrar.enrp = *truth.of.at(id).summary.enrp;
        registrar.resolver =
            std::make_unique<Resolver>(m_dispatcher, *m_transport, registrar.asap, m_settings.elements);
    }
    return {};
}

std::string MeshLab::run(ServerId id, Registrar& registrar) {
    const auto at = [](const TransportAddress& known) {
        return known.port == 0 ? std::string{"127.0.0.1:0"} : toText(known);
    };
    lab::Process::Command command;
    command.program = m_settings.programs / "kolam-registrar";
    command.arguments = {"--id",         toText(id),
                         "--asap",       at(registrar.asap),
                         "--enrp",       at(registrar.enrp),
                         "--announce",   fmt::format("239.0.0.50:{}", m_groupPort),
                         "--enrp-group", fmt::format("239.0.0.51:{}", m_groupPort),
                         "--profile",    "demo",
                         "--transport",  std::string{transport::toText(m_settings.transport)},
                         "--log-level",  m_settings.detailedLogs ? "debug" : "info"};
    command.environment = {{"XDG_RUNTIME_DIR", m_settings.folder.string()}};
    command.log = m_settings.folder / fmt::format("registrar-{}.log", id.value);
    auto process = lab::Process::start(m_dispatcher, command, [](const lab::ProcessEnd&) {});
    if (!process) {
        return fmt::format("cannot start {}: {}", command.program.string(), process.error().message());
    }
    registrar.process = std::move(*process);
    return {};
}

bool MeshLab::until(const std::function<bool()>& happened, Duration limit) {
    const TimePoint begin = now();
    while (!happened()) {
        if (now() - begin > limit) {
            return false;
        }
        pollfd ready{m_dispatcher.pollDescriptor(), POLLIN, 0};
        ::poll(&ready, 1, 2);
        m_dispatcher.turn();
    }
    return true;
}

std::optional<RegistrarSnapshot> MeshLab::ask(ServerId id) const {
    const auto socket = m_settings.folder / "kolam" / "default" / fmt::format("registrar-{}.sock", toText(id));
    const auto answer =
        telemetry::askObserver(socket, telemetry::snapshotQuery(telemetry::Detail::Everything), lookTime);
    if (!answer) {
        return std::nullopt;
    }
    auto snapshot = telemetry::readSnapshot(*answer);
    return snapshot ? std::optional{std::move(*snapshot)} : std::nullopt;
}

Truth MeshLab::look() {
    Truth truth;
    for (const auto& [id, registrar] : m_registrars) {
        if (registrar.process && registrar.process->running() && !registrar.frozen) {
            if (auto snapshot = ask(id)) {
                truth.of.emplace(id, std::move(*snapshot));
            }
        }
    }
    return truth;
}

ServerId MeshLab::busiest() {
    const Truth truth = look();
    const auto most =
        std::ranges::max_element(truth.of, {}, [](const auto& one) { return one.second.summary.ownElements; });
    return most == truth.of.end() ? ServerId{} : most->first;
}

void MeshLab::kill(ServerId id) {
    Registrar& registrar = m_registrars.at(id);
    registrar.resolver.reset();
    static_cast<void>(registrar.process->signal(SIGKILL));
    until([&] { return !registrar.process->running(); }, 5s);
}

void MeshLab::freeze(ServerId id) {
    Registrar& registrar = m_registrars.at(id);
    registrar.resolver.reset();
    registrar.frozen = true;
    static_cast<void>(registrar.process->signal(SIGSTOP));
}

void MeshLab::thaw(ServerId id) {
    Registrar& registrar = m_registrars.at(id);
    registrar.frozen = false;
    static_cast<void>(registrar.process->signal(SIGCONT));
}

std::string MeshLab::restart(ServerId id) {
    return run(id, m_registrars.at(id));
}

std::size_t MeshLab::takeFailures(ServerId except) {
    std::size_t failures = 0;
    for (auto& [id, registrar] : m_registrars) {
        if (!registrar.resolver) {
            registrar.failuresTold = 0;
            if (id != except) {
                registrar.resolver =
                    std::make_unique<Resolver>(m_dispatcher, *m_transport, registrar.asap, m_settings.elements);
            }
        } else if (id != except) {
            failures +=
                registrar.resolver->failures() - std::exchange(registrar.failuresTold, registrar.resolver->failures());
        }
    }
    return failures;
}

std::size_t MeshLab::answers() const {
    std::size_t answers = 0;
    for (const auto& [id, registrar] : m_registrars) {
        answers += registrar.resolver ? registrar.resolver->answers() : 0;
    }
    return answers;
}

unsigned MeshLab::running() const {
    return static_cast<unsigned>(std::ranges::count_if(m_registrars, [](const auto& entry) {
        return entry.second.process && entry.second.process->running() && !entry.second.frozen;
    }));
}

} // namespace kolam::mesh
