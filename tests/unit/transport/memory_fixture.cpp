// SPDX-License-Identifier: GPL-3.0-or-later
// The conformance suite over the simulated network: every peer is a simulated process on the same host.
#include "core/dispatch/virtual_dispatcher.h"
#include "core/transport/memory_network.h"
#include "tests/unit/transport/conformance.h"
#include "tests/unit/transport/echo_peer.h"

#include <cstdlib>

namespace kolam::transport {

namespace {

const IpAddress ourHost = IpAddress::v4(10, 0, 0, 1);

class MemoryPeer final : public PeerProcess {
public:
    MemoryPeer(MemoryNetwork& network, std::uint16_t port, std::uint16_t groupPort, std::string name)
        : m_process(network.addProcess(ourHost)) {
        m_opened = !m_echo.open(*m_process, ourHost, port, groupPort, std::move(name));
    }
    [[nodiscard]] bool opened() const { return m_opened; }
    [[nodiscard]] TransportAddress address() const override { return m_echo.local(); }
    void kill() override { m_process->kill(); }
    void freeze() override { m_process->freeze(); }
    void thaw() override { m_process->thaw(); }

private:
    std::unique_ptr<MemoryProcess> m_process;
    EchoPeer m_echo;
    bool m_opened = false;
};

class MemoryFixture final : public TransportFixture {
public:
    explicit MemoryFixture(std::uint64_t seed)
        : m_dispatcher(seed)
        , m_network(m_dispatcher, seed)
        , m_process(m_network.addHost({ourHost})) {}
    [[nodiscard]] Transport& transport() override { return *m_process; }
    [[nodiscard]] Dispatcher& dispatcher() override { return m_process->dispatcher(); }
    [[nodiscard]] IpAddress host() const override { return ourHost; }
    [[nodiscard]] std::optional<TransportAddress> deafAddress() override {
        return TransportAddress{{IpAddress::v4(10, 0, 0, 99)}, 3863}; // there is no such host
    }
    [[nodiscard]] bool runUntil(const std::function<bool()>& done, Duration limit) override {
        return m_dispatcher.runUntilTrue(done, limit);
    }
    [[nodiscard]] std::unique_ptr<PeerProcess> startPeer(std::uint16_t port, std::uint16_t groupPort) override {
        auto peer = std::make_unique<MemoryPeer>(m_network, port, groupPort, std::to_string(++m_peers));
        return peer->opened() ? std::move(peer) : nullptr;
    }

private:
    VirtualDispatcher m_dispatcher;
    MemoryNetwork m_network;
    std::unique_ptr<MemoryProcess> m_process;
    int m_peers = 0;
};

} // namespace
} // namespace kolam::transport

int main(int argc, char** argv) {
    const char* const seed = std::getenv("KOLAM_SEED"); // repeats a run that failed with another seed
    kolam::transport::MemoryFixture fixture{seed != nullptr ? std::strtoull(seed, nullptr, 10) : 1};
    return kolam::transport::runConformance(argc, argv, fixture);
}
