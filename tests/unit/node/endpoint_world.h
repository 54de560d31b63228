// SPDX-License-Identifier: GPL-3.0-or-later
// A small world for whole conversations: registrars, elements and users as processes of the simulated network.
// Next door: counting.h, the service and its user.
#pragma once

#include "core/dispatch/virtual_dispatcher.h"
#include "core/node/access.h"
#include "core/node/element_node.h"
#include "core/node/registrar_node.h"
#include "core/transport/memory_network.h"
#include "tests/unit/node/counting.h"

#include <QtTest>
#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace kolam::testing {

using namespace std::chrono_literals;

class LineLog final : public Log {
public:
    void write(LogLevel, std::string_view line) override { lines.emplace_back(line); }
    [[nodiscard]] bool wants(LogLevel level) const override { return level >= LogLevel::Info; }
    std::vector<std::string> lines;
};

/// One process with a registrar, an element or a user in it.
struct Process {
    std::unique_ptr<transport::MemoryProcess> process;
    std::unique_ptr<CountingService> service;
    std::unique_ptr<RegistrarNode> registrar;
    std::unique_ptr<ElementNode> element;
    std::unique_ptr<UserNode> user;
    void kill(transport::Death death = transport::Death::Noticed) {
        process->kill(death);
        element.reset();
        registrar.reset();
        user.reset();
    }
    [[nodiscard]] bool alive() const { return process && process->alive(); }
};

class World {
public:
    explicit World(std::uint64_t seed = 1) : dispatcher(seed), network(dispatcher, seed) {}

    static IpAddress registrarHost(std::uint8_t number = 1) { return IpAddress::v4(10, 0, 0, number); }
    static IpAddress elementHost(std::uint8_t number) { return IpAddress::v4(10, 0, 1, number); }
    static IpAddress userHost(std::uint8_t number = 1) { return IpAddress::v4(10, 0, 2, number); }

    std::unique_ptr<Process> addRegistrar(std::uint8_t number = 1) {
        auto made = process(registrarHost(number));
        RegistrarNode::Config config;
        config.id = ServerId{0x11111111u * number};
        config.asap = {{registrarHost(number)}, 3863};
        config.loopbackOnly = false;
        config.profile = profile;
        made->registrar = *RegistrarNode::start(made->process->dispatcher(), *made->process, log, access, config);
        return made;
    }
    std::unique_ptr<Process> addElement(std::uint8_t number, std::size_t capacity = 1'000) {
        auto made = process(elementHost(number));
        made->service = std::make_unique<CountingService>(capacity);
        ElementNode::Config config;
        config.poolHandle = poolHandle;
        config.identifier = PeIdentifier{++m_elements << 8 | number}; // every life has an identifier of its own
        config.policy.type = policy;
        config.local = {{elementHost(number)}, 0};
        config.registrars = sources;
        config.profile = profile;
        made->element = *ElementNode::start(made->process->dispatcher(), *made->process, log, *made->service, config);
        return made;
    }
    std::unique_ptr<Process> addUser(std::uint8_t number = 1, std::uint32_t features = 0) {
        auto made = process(userHost(number));
        UserNode::Config config;
        config.registrars = sources;
        config.local = TransportAddress{{userHost(number)}, 0};
        config.profile = profile;
        config.features = features;
        made->user = *UserNode::start(made->process->dispatcher(), *made->process, log, config);
        return made;
    }
    template <typename Condition>
    bool until(Condition condition, Duration limit = 10s) {
        return dispatcher.runUntilTrue(condition, limit);
    }
    bool untilRegistered(const std::vector<const Process*>& elements, Duration limit = 10s) {
        return until(
            [&] {
                return std::ranges::all_of(elements, [](const Process* element) {
                    return element->element->status().state == ElementState::Registered;
                });
            },
            limit);
    }

    VirtualDispatcher dispatcher;
    transport::MemoryNetwork network;
    LineLog log;
    AccessRules access;
    RegistrarSources sources{.loopbackOnly = false};
    Profile profile = demoProfile();
    wire::PolicyType policy = wire::PolicyType::RoundRobin;

protected:
    /// A host that had a process before gets another one.
    std::unique_ptr<Process> process(const IpAddress& host) {
        auto made = std::make_unique<Process>();
        made->process = m_hosts.insert(host).second ? network.addHost({host}) : network.addProcess(host);
        return made;
    }

private:
    std::set<IpAddress> m_hosts;
    std::uint32_t m_elements = 0;
};

} // namespace kolam::testing
