// SPDX-License-Identifier: GPL-3.0-or-later
// A simulated network: hosts, processes and links in one thread, on a dispatcher of virtual or real time. It moves the
// same associations and datagrams as the real transports and can lose, delay, repeat, cut, freeze and kill them.
// The same seed and the same calls give the same life. Inside: memory_core.h (routing), memory_endpoint.h,
// memory_association.h (one end of an association). Next door: user_transport.h and kernel_transport.h, the real ones.
#pragma once

#include "core/dispatch/dispatcher.h"
#include "core/transport/transport.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace kolam::transport {

namespace memory {
class Core;
struct Process;
} // namespace memory

/// What a link does to packets, in one direction. Associations repeat lost packets, as SCTP does, so loss shows there
/// as delay, up to the failure of the association; datagrams of multicast groups are really lost.
struct LinkModel {
    Duration latency = 100us;
    Duration jitter = 400us; // added, uniform; one association's packets keep their order all the same
    double loss = 0;         // 0 to 1, as the next two
    double duplication = 0;
    double reordering = 0;       // packets that are held back, so that later ones overtake them
    Duration reorderDelay = 5ms; // by at most so long
};

/// How the world learns that a process is dead.
enum class Death : std::uint8_t {
    Noticed, // its host answers for it: "port unreachable"
    Silent,  // nobody answers: the machine lost its power, or a filter swallows the answers
};

/// One process on a host, with a transport of its own. Destroy its endpoints first, as with every transport.
class MemoryProcess final : public Transport {
public:
    explicit MemoryProcess(std::shared_ptr<memory::Process> process);
    ~MemoryProcess() override; // silent, like a transport that is no longer needed: endpoints say good-bye themselves

    [[nodiscard]] std::string_view name() const noexcept override { return "memory"; }
    [[nodiscard]] Capabilities capabilities() const noexcept override;
    std::expected<std::unique_ptr<Endpoint>, std::error_code> open(const EndpointConfig& config,
                                                                   EventSink sink) override;
    std::expected<std::unique_ptr<DatagramPort>, std::error_code> openMulticast(const MulticastConfig& config,
                                                                                DatagramPort::Sink sink) override;

    /// This process's time and timers: they stand still while it is frozen, and end when it is killed.
    [[nodiscard]] Dispatcher& dispatcher() noexcept;
    /// kill -9: no good-byes, no more events or timers. Its ports can be opened again at once by another process.
    void kill(Death death = Death::Noticed);
    /// SIGSTOP: nothing is answered; arriving packets wait, as many as a socket's buffer holds.
    void freeze();
    /// SIGCONT: first what has arrived, then the timers that have become due.
    void thaw();
    [[nodiscard]] bool alive() const noexcept;
    /// Until it ends, every send() says WouldBlock, as if all buffers were full; then Writable follows.
    void blockSends(bool blocked);
    /// Its clock runs faster than the network's by so many parts of a million, or slower.
    void setClockRate(std::int32_t partsPerMillion);

private:
    std::shared_ptr<memory::Process> m_process;
};

/// The wires and the hosts. Outlives the processes, and is outlived by the dispatcher.
class MemoryNetwork {
public:
    MemoryNetwork(Dispatcher& dispatcher, std::uint64_t seed);
    ~MemoryNetwork();
    MemoryNetwork(const MemoryNetwork&) = delete;
    MemoryNetwork& operator=(const MemoryNetwork&) = delete;

    /// A new host with one process. Every host also has loopback addresses, which lead to itself.
    [[nodiscard]] std::unique_ptr<MemoryProcess> addHost(const std::vector<IpAddress>& addresses);
    /// One more process on the host that has this address: a neighbour, or the successor of one that was killed.
    [[nodiscard]] std::unique_ptr<MemoryProcess> addProcess(const IpAddress& host);

    /// The model of all links between hosts that have none of their own.
    void setLink(const LinkModel& model);
    /// The model of one direction between two addresses.
    void setLink(const IpAddress& from, const IpAddress& to, const LinkModel& model);
    /// All links between hosts have the model of all links again.
    void clearLinks();
    /// The model within each host; it is fast and loses nothing unless told otherwise.
    void setLocalLink(const LinkModel& model);

    /// Nothing passes in this one direction; packets on their way still arrive.
    void cut(const IpAddress& from, const IpAddress& to);
    /// Nothing passes between the two sides, in both directions.
    void partition(const std::vector<IpAddress>& side, const std::vector<IpAddress>& otherSide);
    /// The host with this address can reach itself only.
    void isolate(const IpAddress& host);
    /// Ends every cut, partition and isolation.
    void heal();

    /// Grows with everything that was sent, lost and received: equal lives have equal hashes.
    [[nodiscard]] std::uint64_t traceHash() const noexcept;
    struct Statistics {
        std::uint64_t sent = 0;      // packets, copies not counted
        std::uint64_t lost = 0;      // by the links: loss, cuts, hosts that are not there
        std::uint64_t delivered = 0; // to a live process
    };
    [[nodiscard]] Statistics statistics() const noexcept;

private:
    std::shared_ptr<memory::Core> m_core;
};

} // namespace kolam::transport
