// SPDX-License-Identifier: GPL-3.0-or-later
// What it costs to join: production nodes on the simulated network, four registrars with 10,000 elements, and a fifth
// one that downloads them all. Prints the processor time of everything that happens meanwhile (the one that joins, its
// mentor, the network), the time on a near and on a far link, and the memory of an element.
//   measure_join --elements 10000 --registrars 5
// Next door: measure_mesh.cpp, the same between processes, when registrars die.
#include "core/dispatch/virtual_dispatcher.h"
#include "core/node/access.h"
#include "core/node/registrar_node.h"
#include "core/transport/memory_network.h"
#include "core/wire/codec.h"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <ctime>
#include <fmt/format.h>
#include <malloc.h>
#include <new>

namespace {

std::size_t octetsInUse = 0;

void* counted(void* memory) {
    if (memory == nullptr) {
        throw std::bad_alloc{};
    }
    octetsInUse += malloc_usable_size(memory);
    return memory;
}
void release(void* memory) noexcept {
    octetsInUse -= malloc_usable_size(memory);
    std::free(memory);
}

} // namespace

void* operator new(std::size_t size) {
    return counted(std::malloc(size));
}
void* operator new(std::size_t size, std::align_val_t alignment) {
    const auto step = static_cast<std::size_t>(alignment);
    return counted(std::aligned_alloc(step, (size + step - 1) / step * step));
}
void operator delete(void* memory) noexcept {
    release(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    release(memory);
}
void operator delete(void* memory, std::align_val_t) noexcept {
    release(memory);
}
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
    release(memory);
}

namespace {

using namespace kolam;
using namespace std::chrono_literals;

struct Options {
    unsigned registrars = 5;
    unsigned elements = 10'000;
    unsigned pools = 10;
    bool limits = false;
};

constexpr double mostProcessorTime = 200; // milliseconds, for 10,000 elements

double processorTime() {
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

IpAddress registrarHost(unsigned number) {
    return IpAddress::v4(10, 0, 0, static_cast<std::uint8_t>(number));
}

/// One association that registers many elements at a registrar, and says that they live whenever it is asked.
class Registrant {
public:
    Registrant(transport::MemoryNetwork& network, unsigned number, const Options& options)
        : m_host(IpAddress::v4(10, 0, 1, static_cast<std::uint8_t>(number)))
        , m_process(network.addHost({m_host}))
        , m_options(options)
        , m_number(number) {
        m_endpoint = std::move(*m_process->open({.local = {{m_host}, 5000}, .sendBuffer = 100'000'000},
                                                [this](const transport::Event& event) { happened(event); }));
        m_association = *m_endpoint->connect({{registrarHost(number)}, 3863});
    }
    std::size_t registered = 0;

private:
    void happened(const transport::Event& event) {
        if (std::holds_alternative<transport::Up>(event)) {
            return registerAll();
        }
        const auto* message = std::get_if<transport::Message>(&event);
        if (message == nullptr) {
            return;
        }
        if (wire::peekType(message->data) == wire::RegistrationResponse::type) {
            const auto answer = wire::decode<wire::RegistrationResponse>(message->data);
            registered += answer && !answer->reject ? 1u : 0u;
        } else if (const auto asked = wire::decode<wire::EndpointKeepAlive>(message->data)) {
            wire::EndpointKeepAliveAck answer;
            answer.poolHandle = asked->poolHandle;
            answer.element = asked->element.value_or(PeIdentifier{});
            send(wire::encode(answer));
        }
    }
    void registerAll() {
        const unsigned registrants = m_options.registrars - 1;
        for (unsigned number = m_number - 1; number < m_options.elements; number += registrants) {
            wire::Registration message;
            message.poolHandle = PoolHandle{fmt::format("Pool-{}", number / registrants % m_options.pools)};
            message.element.identifier = PeIdentifier{number + 1};
            message.element.life = 300s;
            message.element.userTransport.port = static_cast<std::uint16_t>(1024 + number % 60'000);
            message.element.userTransport.addresses = {m_host};
            message.element.policy.type = wire::PolicyType::LeastUsed;
            message.element.policy.load = number;
            send(wire::encode(message));
        }
    }
    void send(OctetView octets) {
        static_cast<void>(m_endpoint->send(m_association, octets, {.ppid = wire::asapPpid}));
    }
    IpAddress m_host;
    std::unique_ptr<transport::MemoryProcess> m_process;
    const Options& m_options;
    unsigned m_number;
    std::unique_ptr<transport::Endpoint> m_endpoint;
    transport::AssocId m_association = transport::AssocId::None;
};

struct Registrar {
    std::unique_ptr<transport::MemoryProcess> process;
    std::unique_ptr<RegistrarNode> node;
};

class Measurement {
public:
    explicit Measurement(const Options& options) : m_options(options), m_dispatcher(1), m_network(m_dispatcher, 1) {}

    bool begin() {
        for (unsigned number = 1; number < m_options.registrars; ++number) {
            m_registrars.push_back(start(number));
        }
        m_dispatcher.runFor(20s);
        for (unsigned number = 1; number < m_options.registrars; ++number) {
            m_registrants.push_back(std::make_unique<Registrant>(m_network, number, m_options));
        }
        return m_dispatcher.runUntilTrue([this] { return agree(); }, 60s);
    }

    /// @return milliseconds of the processor
    double join(Duration latency) {
        m_network.setLink({.latency = latency, .jitter = latency / 10});
        m_dispatcher.runFor(10s);
        const std::size_t octets = octetsInUse;
        const TimePoint begin = m_dispatcher.now();
        const double cpu = processorTime();
        m_registrars.push_back(start(m_options.registrars));
        const RegistrarNode& node = *m_registrars.back().node;
        const bool serves = m_dispatcher.runUntilTrue([&] { return node.serving(); }, 60s);
        const double used = processorTime() - cpu;
        const double taken = std::chrono::duration<double, std::milli>(m_dispatcher.now() - begin).count();
        const auto parts = node.meshCounters().tableParts;
        const bool complete = serves && node.handlespace().elementCount() == m_options.elements;
        fmt::print("{} on the way: serves after {:.1f} ms, {} parts of the table, {:.1f} ms of processor time; {}\n",
                   fmt::format("{} ms", latency / 1ms), taken, parts, used, complete ? "complete" : "NOT complete");
        if (!complete || !m_dispatcher.runUntilTrue([this] { return agree(); }, 30s)) {
            fmt::print("the tables do not agree\n");
            m_failed = true;
        }
        m_dispatcher.runFor(1s);
        const double perElement = static_cast<double>(octetsInUse - octets) / m_options.elements;
        fmt::print("memory of the one that has joined, everything counted: {:.0f} octets for each element\n",
                   perElement);
        m_registrars.back().process->kill();
        m_registrars.pop_back();
        m_dispatcher.runFor(30s);
        return used;
    }
    [[nodiscard]] bool failed() const { return m_failed; }

private:
    Registrar start(unsigned number) {
        Registrar made;
        made.process = m_hosts.insert(number).second ? m_network.addHost({registrarHost(number)})
                                                     : m_network.addProcess(registrarHost(number));
        RegistrarNode::Config config;
        config.id = ServerId{0x11111111u * number};
        config.asap = {{registrarHost(number)}, 3863};
        config.loopbackOnly = false;
        config.profile = rsplibProfile();
        config.limits = {0, 0, 0, 0, 0, 0, 255, {}, {}, {}};
        config.queues = {.octetsPerAssociation = 100'000'000, .octets = 1'000'000'000};
        config.mesh.emplace();
        config.mesh->enrp = {{registrarHost(number)}, 9901};
        made.node =
            std::move(*RegistrarNode::start(made.process->dispatcher(), *made.process, m_log, m_access, config));
        return made;
    }
    /// All have the same elements, to the last octet.
    [[nodiscard]] bool agree() const {
        for (const Registrar& one : m_registrars) {
            const Handlespace& handlespace = one.node->handlespace();
            if (handlespace.elementCount() != m_options.elements) {
                return false;
            }
            for (const Registrar& other : m_registrars) {
                const ServerId owner = other.node->id();
                if (handlespace.digest(owner) != other.node->handlespace().digest(owner)) {
                    return false;
                }
            }
        }
        return true;
    }

    const Options& m_options;
    VirtualDispatcher m_dispatcher;
    transport::MemoryNetwork m_network;
    SilentLog m_log;
    AccessRules m_access;
    std::set<unsigned> m_hosts;
    std::vector<Registrar> m_registrars;
    std::vector<std::unique_ptr<Registrant>> m_registrants;
    bool m_failed = false;
};

} // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app{"Measures what it costs a registrar to join"};
    app.add_option("--registrars", options.registrars, "Registrars, with the one that joins (5)")
        ->check(CLI::Range(2, 50));
    app.add_option("--elements", options.elements, "Elements of all pools (10000)")->check(CLI::Range(1, 200'000));
    app.add_option("--pools", options.pools, "Pools (10)")->check(CLI::Range(1, 10'000));
    app.add_flag("--limits", options.limits, "Fail when it takes more than promised for 10,000 elements");
    CLI11_PARSE(app, argc, argv);
    Measurement measurement{options};
    fmt::print("{} registrars, {} elements in {} pools\n", options.registrars, options.elements, options.pools);
    if (!measurement.begin()) {
        fmt::print("the registrars do not agree at the start\n");
        return 1;
    }
    double most = 0;
    for (const Duration latency : {Duration{1ms}, Duration{50ms}}) {
        most = std::max(most, measurement.join(latency));
    }
    return measurement.failed() || (options.limits && most > mostProcessorTime) ? 1 : 0;
}
