// SPDX-License-Identifier: GPL-3.0-or-later
// The process's one usrsctp: its clock, its packets' way out, and the turn in which endpoints hear what happened.
// Everything runs on the thread of the dispatcher that opened it. Next door: user_endpoint.h, who is its client.
#pragma once

#include "core/dispatch/dispatcher.h"
#include "core/transport/datagram_batch.h"
#include "core/transport/kernel_notices.h"
#include "core/transport/udp_socket.h"
#include "core/transport/user_transport.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <unordered_map>

namespace kolam::transport {

/// The address that an endpoint has inside the stack: a number, never a pointer.
using StackAddress = std::uintptr_t;
/// How usrsctp spells it. Nobody follows this pointer; the stack only compares it.
[[nodiscard]] inline void* stackPointer(StackAddress address) {
    return reinterpret_cast<void*>(address); // NOLINT(performance-no-int-to-ptr)
}

/// An endpoint, as the stack sees it.
class StackClient {
public:
    virtual ~StackClient() = default;
    /// Sends a packet of the stack's. The octets may be changed in place.
    virtual void output(std::span<std::byte> packet) = 0;
    /// Tells the sink one thing that has happened, as its last deed: the client may be gone when it returns.
    /// @return whether there was anything to tell
    virtual bool deliverOne() = 0;
    /// A UDP port of this host has been closed, or, with nothing, perhaps any.
    virtual void portClosed(std::optional<std::uint16_t> port) = 0;
};

class UsrsctpStack : public std::enable_shared_from_this<UsrsctpStack> {
public:
    /// Nothing while another one lives.
    [[nodiscard]] static std::shared_ptr<UsrsctpStack> acquire(DescriptorDispatcher& dispatcher,
                                                               const UserTransportOptions& options);
    ~UsrsctpStack();
    UsrsctpStack(const UsrsctpStack&) = delete;
    UsrsctpStack& operator=(const UsrsctpStack&) = delete;

    [[nodiscard]] DescriptorDispatcher& dispatcher() { return m_dispatcher; }
    /// Gives a client an address. Addresses come again only long after they were given back, because the stack may
    /// still send for one that has gone.
    [[nodiscard]] StackAddress add(StackClient& client);
    void remove(StackAddress address);

    /// Does portClosed() come when a port is closed? Begins to listen at the first call.
    [[nodiscard]] bool hearsClosedPorts();

    /// An association of a client's gives up, or sends again, after so long at the earliest: time must pass in steps
    /// that are much smaller.
    void needTimeout(Duration shortest);
    /// Lets time pass in the stack as it did outside; in a turn, before packets are put in.
    void advanceTimers();
    void input(StackAddress address, std::span<const std::byte> packet);
    /// Tells the client what has happened, and all the others too when time has passed. From a turn only.
    void deliver(StackAddress address);
    /// The same in the next turn: for calls from outside.
    void deliverSoon(StackAddress address);
    /// Queues a datagram; it leaves at the end of the turn.
    void send(UdpSocket& socket, const SocketAddress& to, const std::optional<IpAddress>& from, OctetView octets);
    void flush();
    [[nodiscard]] ReceiveBuffers& receiveBuffers() { return m_receiveBuffers; }
    [[nodiscard]] std::span<std::byte> messageBuffer() { return m_messageBuffer; }
    [[nodiscard]] UserTransportCounters& counters() { return m_counters; }

private:
    UsrsctpStack(DescriptorDispatcher& dispatcher, const UserTransportOptions& options);
    static int output(void* address, void* packet, std::size_t length, std::uint8_t tos, std::uint8_t dontFragment);
    void tick();
    void armTick(Duration interval);
    void noteActivity();
    void deliverAll();
    void portClosed(std::optional<std::uint16_t> port);
    struct ReturnedAddress {
        StackAddress address;
        TimePoint when;
    };

    DescriptorDispatcher& m_dispatcher;
    std::unordered_map<StackAddress, StackClient*> m_clients;
    std::deque<ReturnedAddress> m_returned;
    DatagramBatch m_batch;
    ReceiveBuffers m_receiveBuffers;
    Octets m_messageBuffer;
    UserTransportCounters& m_counters;
    std::unique_ptr<KernelNotices> m_portWatch;
    bool m_watchWanted; // and has not been tried yet
    std::uint64_t m_flushToken = 0;
    TimerId m_tick = TimerId::None;
    Duration m_shortestTick;
    Duration m_interval{};
    TimePoint m_lastTick;
    bool m_active = true;         // packets have come or gone since the last tick
    bool m_timePassed = false;    // in the stack, and the clients have not been asked yet
    bool m_flushPromised = false; // a turn runs or is coming, at whose end the batch leaves
};

} // namespace kolam::transport
