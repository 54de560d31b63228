// SPDX-License-Identifier: GPL-3.0-or-later
// The conformance suite over the simulated network: every peer is a simulated process on the same host. Once over one
// network, and once over two that are joined as the kernel's and the user transport are.
#include "core/dispatch/virtual_dispatcher.h"
#include "core/transport/auto_transport.h"
#include "core/transport/memory_network.h"
#include "tests/unit/transport/conformance.h"
#include "tests/unit/transport/echo_peer.h"

#include <cstdlib>

namespace kolam::transport {

namespace {

const IpAddress ourHost = IpAddress::v4(10, 0, 0, 1);

/// A process on our host, present in each of the networks.
class Stacks {
public:
    Stacks(Dispatcher& dispatcher, std::vector<std::unique_ptr<MemoryNetwork>>& networks, bool first) {
        std::vector<std::unique_ptr<Transport>> transports;
        for (const auto& network : networks) {
            auto process = first ? network->addHost({ourHost}) : network->addProcess(ourHost);
            m_processes.push_back(process.get());
            transports.push_back(std::move(process));
        }
        m_transport =
            transports.size() == 1 ? std::move(transports.front()) : joinTransports(dispatcher, std::move(transports));
    }
    [[nodiscard]] Transport& transport() { return *m_transport; }
    void forEach(void (*act)(MemoryProcess&)) const {
        for (MemoryProcess* const process : m_processes) {
            act(*process);
        }
    }

private:
    std::unique_ptr<Transport> m_transport; // owns the processes
    std::vector<MemoryProcess*> m_processes;
};

class MemoryPeer final : public PeerProcess {
public:
    MemoryPeer(Stacks stacks, std::uint16_t port, std::uint16_t groupPort, std::string name)
        : m_stacks(std::move(stacks)) {
        m_opened = !m_echo.open(m_stacks.transport(), ourHost, port, groupPort, std::move(name));
    }
    [[nodiscard]] bool opened() const { return m_opened; }
    [[nodiscard]] TransportAddress address() const override { return m_echo.local(); }
    void kill() override {
        m_stacks.forEach([](MemoryProcess& process) { process.kill(); });
    }
    void freeze() override {
        m_stacks.forEach([](MemoryProcess& process) { process.freeze(); });
    }
    void thaw() override {
        m_stacks.forEach([](MemoryProcess& process) { process.thaw(); });
    }

private:
    Stacks m_stacks;
    EchoPeer m_echo;
    bool m_opened = false;
};

class MemoryFixture final : public TransportFixture {
public:
    MemoryFixture(std::uint64_t seed, int networks) : m_dispatcher(seed) {
        for (int i = 0; i < networks; ++i) {
            m_networks.push_back(std::make_unique<MemoryNetwork>(m_dispatcher, seed + static_cast<std::uint64_t>(i)));
        }
        m_stacks.emplace(m_dispatcher, m_networks, true);
    }
    [[nodiscard]] Transport& transport() override { return m_stacks->transport(); }
    [[nodiscard]] Dispatcher& dispatcher() override { return m_dispatcher; }
    [[nodiscard]] IpAddress host() const override { return ourHost; }
    [[nodiscard]] std::optional<TransportAddress> deafAddress() override {
        return TransportAddress{{IpAddress::v4(10, 0, 0, 99)}, 3863}; // there is no such host
    }
    [[nodiscard]] bool runUntil(const std::function<bool()>& done, Duration limit) override {
        return m_dispatcher.runUntilTrue(done, limit);
    }
    [[nodiscard]] std::unique_ptr<PeerProcess> startPeer(std::uint16_t port, std::uint16_t groupPort) override {
        auto peer = std::make_unique<MemoryPeer>(Stacks{m_dispatcher, m_networks, false}, port, groupPort,
                                                 std::to_string(++m_peers));
        return peer->opened() ? std::move(peer) : nullptr;
    }

private:
    VirtualDispatcher m_dispatcher;
    std::vector<std::unique_ptr<MemoryNetwork>> m_networks;
    std::optional<Stacks> m_stacks;
    int m_peers = 0;
};

} // namespace
} // namespace kolam::transport

int main(int argc, char** argv) {
    const char* const text = std::getenv("KOLAM_SEED"); // repeats a run that failed with another seed
    const std::uint64_t seed = text != nullptr ? std::strtoull(text, nullptr, 10) : 1;
    kolam::transport::MemoryFixture alone{seed, 1};
    kolam::transport::MemoryFixture joined{seed, 2};
    return kolam::transport::runConformance(argc, argv, alone) + kolam::transport::runConformance(argc, argv, joined);
}
