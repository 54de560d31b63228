// SPDX-License-Identifier: GPL-3.0-or-later
// The public face of the simulated network: handles that own endpoints and ports, and the faults by name.
#include "core/transport/memory_network.h"
#include "core/transport/memory_association.h"
#include "core/transport/memory_core.h"
#include "core/transport/memory_endpoint.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace kolam::transport {

using memory::Association;
using memory::DatagramCore;
using memory::EndpointCore;
using memory::Host;

namespace {

class MemoryEndpoint final : public Endpoint {
public:
    explicit MemoryEndpoint(std::shared_ptr<EndpointCore> core) : m_core(std::move(core)) {}
    ~MemoryEndpoint() override { m_core->close(); }
    MemoryEndpoint(const MemoryEndpoint&) = delete;
    MemoryEndpoint& operator=(const MemoryEndpoint&) = delete;

    [[nodiscard]] TransportAddress local() const override { return m_core->local(); }
    std::expected<AssocId, std::error_code> connect(const TransportAddress& peer) override {
        return m_core->connect(peer);
    }
    std::expected<void, SendError> send(AssocId assoc, OctetView data, const SendOptions& options) override {
        const auto association = m_core->find(assoc);
        return association ? association->send(data, options) : std::unexpected(SendError::NoAssociation);
    }
    void shutdown(AssocId assoc) override {
        if (const auto association = m_core->find(assoc); association && !m_core->closed()) {
            association->shutdown();
        }
    }
    void abort(AssocId assoc, std::string_view why) override {
        if (const auto association = m_core->find(assoc); association && !m_core->closed()) {
            association->abort(why);
        }
    }
    [[nodiscard]] std::optional<AssocInfo> info(AssocId assoc) const override {
        const auto association = m_core->find(assoc);
        return association ? std::optional(association->info()) : std::nullopt;
    }
    void setLiveness(AssocId assoc, const Liveness& liveness) override {
        if (const auto association = m_core->find(assoc); association && !m_core->closed()) {
            association->setLiveness(liveness);
        }
    }
    std::error_code addAddress(const IpAddress&) override {
        return std::make_error_code(std::errc::operation_not_supported);
    }
    std::error_code removeAddress(const IpAddress&) override {
        return std::make_error_code(std::errc::operation_not_supported);
    }

private:
    std::shared_ptr<EndpointCore> m_core;
};

class MemoryDatagramPort final : public DatagramPort {
public:
    explicit MemoryDatagramPort(std::shared_ptr<DatagramCore> core) : m_core(std::move(core)) {}
    ~MemoryDatagramPort() override { m_core->close(); }
    MemoryDatagramPort(const MemoryDatagramPort&) = delete;
    MemoryDatagramPort& operator=(const MemoryDatagramPort&) = delete;
    void send(OctetView data) override { m_core->send(data); }

private:
    std::shared_ptr<DatagramCore> m_core;
};

bool overlaps(const EndpointCore& open, const EndpointConfig& config) {
    return config.local.ips.empty() ||
           std::ranges::any_of(config.local.ips, [&open](const IpAddress& address) { return open.accepts(address); });
}

} // namespace

// --- one process ----------------------------------------------------------------------------------------------------

MemoryProcess::MemoryProcess(std::shared_ptr<memory::Process> process) : m_process(std::move(process)) {}
MemoryProcess::~MemoryProcess() = default;

Capabilities MemoryProcess::capabilities() const noexcept {
    return {.multihoming = true, .addressChange = false, .noticesDeadProcess = true, .maxMessage = 16 * 1024 * 1024};
}

std::expected<std::unique_ptr<Endpoint>, std::error_code> MemoryProcess::open(const EndpointConfig& config,
                                                                              EventSink sink) {
    Host& host = m_process->host;
    if (!alive()) {
        return std::unexpected(std::make_error_code(std::errc::no_such_process));
    }
    if (!std::ranges::all_of(config.local.ips, [&host](const IpAddress& address) { return host.has(address); })) {
        return std::unexpected(std::make_error_code(std::errc::address_not_available));
    }
    EndpointConfig actual = config;
    if (actual.local.port == 0) {
        actual.local.port = host.freePort();
    }
    if (actual.local.port == 0 || std::ranges::any_of(host.ports, [&](const auto& open) {
            return open.first == actual.local.port && overlaps(*open.second, config);
        })) {
        return std::unexpected(std::make_error_code(std::errc::address_in_use));
    }
    const std::vector<IpAddress>& addresses = config.local.ips.empty() ? host.addresses : config.local.ips;
    return std::make_unique<MemoryEndpoint>(
        std::make_shared<EndpointCore>(m_process, std::move(actual), addresses, std::move(sink)));
}

std::expected<std::unique_ptr<DatagramPort>, std::error_code>
MemoryProcess::openMulticast(const MulticastConfig& config, DatagramPort::Sink sink) {
    if (!alive()) {
        return std::unexpected(std::make_error_code(std::errc::no_such_process));
    }
    if (!config.group.isMulticast() || config.port == 0) {
        return std::unexpected(std::make_error_code(std::errc::invalid_argument));
    }
    auto core = std::make_shared<DatagramCore>(m_process, config, std::move(sink));
    core->join();
    return std::make_unique<MemoryDatagramPort>(std::move(core));
}

Dispatcher& MemoryProcess::dispatcher() noexcept {
    return m_process->dispatcher;
}
void MemoryProcess::kill(Death death) {
    m_process->core.kill(*m_process, death);
}
void MemoryProcess::freeze() {
    m_process->core.freeze(*m_process);
}
void MemoryProcess::thaw() {
    m_process->core.thaw(*m_process);
}
void MemoryProcess::blockSends(bool blocked) {
    m_process->core.blockSends(*m_process, blocked);
}
void MemoryProcess::setClockRate(std::int32_t partsPerMillion) {
    m_process->dispatcher.setClockRate(partsPerMillion);
}
bool MemoryProcess::alive() const noexcept {
    return !m_process->dispatcher.killed();
}

// --- the network ----------------------------------------------------------------------------------------------------

MemoryNetwork::MemoryNetwork(Dispatcher& dispatcher, std::uint64_t seed)
    : m_core(std::make_shared<memory::Core>(dispatcher, seed)) {}

MemoryNetwork::~MemoryNetwork() {
    m_core->stop();
}

std::unique_ptr<MemoryProcess> MemoryNetwork::addHost(const std::vector<IpAddress>& addresses) {
    assert(!addresses.empty());
    return std::make_unique<MemoryProcess>(m_core->addProcess(m_core->addHost(addresses)));
}

std::unique_ptr<MemoryProcess> MemoryNetwork::addProcess(const IpAddress& host) {
    Host* const found = m_core->hostOf(host);
    assert(found != nullptr);
    return std::make_unique<MemoryProcess>(m_core->addProcess(*found));
}

void MemoryNetwork::setLink(const LinkModel& model) {
    m_core->m_link = model;
}

void MemoryNetwork::setLink(const IpAddress& from, const IpAddress& to, const LinkModel& model) {
    m_core->m_links.insert_or_assign({from, to}, model);
}

void MemoryNetwork::clearLinks() {
    m_core->m_links.clear();
}

void MemoryNetwork::setLocalLink(const LinkModel& model) {
    m_core->m_localLink = model;
}

void MemoryNetwork::cut(const IpAddress& from, const IpAddress& to) {
    m_core->m_cuts.insert({from, to});
}

void MemoryNetwork::partition(const std::vector<IpAddress>& side, const std::vector<IpAddress>& otherSide) {
    for (const IpAddress& one : side) {
        for (const IpAddress& other : otherSide) {
            cut(one, other);
            cut(other, one);
        }
    }
}

void MemoryNetwork::isolate(const IpAddress& host) {
    Host* const found = m_core->hostOf(host);
    assert(found != nullptr);
    found->isolated = true;
}

void MemoryNetwork::heal() {
    m_core->heal();
}

std::uint64_t MemoryNetwork::traceHash() const noexcept {
    return m_core->m_hash;
}

MemoryNetwork::Statistics MemoryNetwork::statistics() const noexcept {
    return m_core->m_statistics;
}

} // namespace kolam::transport
