// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/usrsctp_stack.h"

#include "core/transport/packet_faults.h"

#include "core/transport/sctp_socket.h"

#include <algorithm>
#include <cerrno>
#include <signal.h>
#include <usrsctp.h>
#include <vector>

namespace kolam::transport {
namespace {

using namespace std::chrono_literals;

constexpr Duration finestTick = 10ms;   // while packets come and go, for who needs it
constexpr Duration coarsestTick = 50ms; // the same, for who does not
constexpr Duration longestTick = 100ms; // when nothing happens
constexpr int ticksInTimeout = 10;
constexpr Duration longestSleep = 1s;       // when there is no endpoint at all
constexpr Duration mostLateness = 200ms;    // of a tick; beyond it the process did not run
constexpr Duration addressQuarantine = 60s; // longer than usrsctp keeps what it was told to close
constexpr std::size_t messageBufferSize = 65536;
constexpr int deliveriesAtOnce = 4096; // then the others have their turn

UsrsctpStack* current = nullptr; // usrsctp's callback has no better way to us
UserTransportCounters totals;
StackAddress lastAddress = 0; // of the process: usrsctp never forgets an address

/// Begins usrsctp once in the process's life. It is never ended: ending it would have to wait for all its timers.
void beginOnce(int (*output)(void*, void*, std::size_t, std::uint8_t, std::uint8_t)) {
    static bool begun = false;
    if (std::exchange(begun, true)) {
        return;
    }
    // usrsctp starts one thread that sleeps; signals are for the threads of the program.
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    usrsctp_init_nothreads(0, output, nullptr);
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    usrsctp_enable_crc32c_offload(); // we write and check it: the ports change after the stack has seen them
    usrsctp_sysctl_set_sctp_ecn_enable(0);
    usrsctp_sysctl_set_sctp_asconf_enable(0);
    usrsctp_sysctl_set_sctp_auto_asconf(0);
    usrsctp_sysctl_set_sctp_nrsack_enable(0);
    usrsctp_sysctl_set_sctp_pktdrop_enable(0);
}

} // namespace

UserTransportCounters userTransportCounters() noexcept {
    return totals;
}

std::shared_ptr<UsrsctpStack> UsrsctpStack::acquire(DescriptorDispatcher& dispatcher,
                                                    const UserTransportOptions& options) {
    if (current != nullptr) {
        return nullptr;
    }
    return std::shared_ptr<UsrsctpStack>{new UsrsctpStack{dispatcher, options}};
}

UsrsctpStack::UsrsctpStack(DescriptorDispatcher& dispatcher, const UserTransportOptions& options)
    : m_dispatcher(dispatcher)
    , m_messageBuffer(messageBufferSize)
    , m_counters(totals)
    , m_watchWanted(options.hearClosedPorts)
    , m_shortestTick(coarsestTick)
    , m_lastTick(dispatcher.now()) {
    current = this;
    beginOnce(&UsrsctpStack::output);
    m_flushToken = dispatcher.addFlush([this] { flush(); });
    armTick(m_shortestTick);
}

UsrsctpStack::~UsrsctpStack() {
    flush();
    m_dispatcher.cancel(m_tick);
    m_dispatcher.removeFlush(m_flushToken);
    current = nullptr;
}

StackAddress UsrsctpStack::add(StackClient& client) {
    StackAddress address = 0;
    if (!m_returned.empty() && m_dispatcher.now() - m_returned.front().when >= addressQuarantine) {
        address = m_returned.front().address;
        m_returned.pop_front();
    } else {
        address = ++lastAddress;
        usrsctp_register_address(stackPointer(address));
    }
    m_clients.emplace(address, &client);
    noteActivity();
    return address;
}

void UsrsctpStack::remove(StackAddress address) {
    m_clients.erase(address);
    m_returned.push_back({address, m_dispatcher.now()});
}

bool UsrsctpStack::hearsClosedPorts() {
    if (std::exchange(m_watchWanted, false)) {
        m_portWatch = watchClosedPorts(m_dispatcher, [this](std::optional<std::uint16_t> port) { portClosed(port); });
    }
    return m_portWatch != nullptr;
}

void UsrsctpStack::portClosed(std::optional<std::uint16_t> port) {
    m_flushPromised = true;
    for (const auto& [address, client] : m_clients) {
        client->portClosed(port);
    }
}

int UsrsctpStack::output(void* address, void* packet, std::size_t length, std::uint8_t, std::uint8_t) {
    if (current == nullptr) {
        return EHOSTUNREACH;
    }
    const auto found = current->m_clients.find(reinterpret_cast<StackAddress>(address));
    if (found == current->m_clients.end()) {
        return EHOSTUNREACH;
    }
    found->second->output({static_cast<std::byte*>(packet), length});
    return 0;
}

void UsrsctpStack::needTimeout(Duration shortest) {
    m_shortestTick = std::min(m_shortestTick, std::max(shortest / ticksInTimeout, finestTick));
}

void UsrsctpStack::advanceTimers() {
    m_flushPromised = true;
    const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(m_dispatcher.now() - m_lastTick);
    if (elapsed < m_shortestTick) {
        return; // the stack walks through all its timers each time
    }
    m_lastTick += elapsed;
    m_timePassed = true;
    // Had the process been stopped, or starved, its peers were not silent: it did not listen. That time does not count.
    const auto counted = std::min<Duration>(elapsed, m_interval + mostLateness);
    usrsctp_handle_timers(static_cast<std::uint32_t>(counted / 1ms));
}

void UsrsctpStack::input(StackAddress address, std::span<const std::byte> packet) {
    ++m_counters.packets;
    noteActivity();
    usrsctp_conninput(stackPointer(address), packet.data(), packet.size(), 0);
}

void UsrsctpStack::deliver(StackAddress address) {
    const auto alive = shared_from_this(); // the sink may let go of the last endpoint
    m_flushPromised = true;
    if (m_timePassed) {
        deliverAll();
        return;
    }
    for (int left = deliveriesAtOnce; left > 0; --left) {
        const auto found = m_clients.find(address);
        if (found == m_clients.end() || !found->second->deliverOne()) {
            return;
        }
    }
    deliverSoon(address);
}

void UsrsctpStack::deliverAll() {
    const auto alive = shared_from_this();
    m_timePassed = false;
    std::vector<StackAddress> addresses;
    addresses.reserve(m_clients.size());
    for (const auto& [address, client] : m_clients) {
        addresses.push_back(address);
    }
    std::ranges::sort(addresses); // the same order in every run
    for (const StackAddress address : addresses) {
        deliver(address);
    }
}

void UsrsctpStack::deliverSoon(StackAddress address) {
    m_dispatcher.post([weak = weak_from_this(), address] {
        if (const auto stack = weak.lock()) {
            stack->deliver(address);
        }
    });
}

void UsrsctpStack::send(UdpSocket& socket, const SocketAddress& to, const std::optional<IpAddress>& from,
                        OctetView octets) {
    if (!packetFaults().none() && packetFaults().loses(to)) {
        return;
    }
    m_batch.add(socket, to, from, octets);
    noteActivity();
    if (!std::exchange(m_flushPromised, true)) {
        m_dispatcher.post([] {}); // we may have been called from outside of a turn
    }
}

void UsrsctpStack::flush() {
    m_flushPromised = false;
    m_batch.flush();
    m_counters.refusedSends += m_batch.takeRefused();
}

void UsrsctpStack::armTick(Duration interval) {
    m_dispatcher.cancel(m_tick);
    m_interval = interval;
    m_tick = m_dispatcher.callIn(interval, [this] { tick(); });
}

void UsrsctpStack::tick() {
    advanceTimers();
    const Duration longest = m_clients.empty() ? longestSleep : longestTick;
    armTick(std::exchange(m_active, false) ? m_shortestTick : std::min(2 * m_interval, longest));
    if (m_timePassed) {
        deliverAll();
    }
}

void UsrsctpStack::noteActivity() {
    m_active = true;
    if (m_interval > m_shortestTick) {
        armTick(m_shortestTick);
    }
}

} // namespace kolam::transport
