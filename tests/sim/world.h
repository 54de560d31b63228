// SPDX-License-Identifier: GPL-3.0-or-later
// The simulated world: registrars, elements and users as processes of one network, in one thread, from one seed.
// It knows what is true - who lives since when - and invariants.h compares that with what the registrars believe.
// Next door: fault_driver.h, which does harm to it.
#pragma once

#include "core/dispatch/virtual_dispatcher.h"
#include "core/node/access.h"
#include "tests/sim/bounds.h"
#include "tests/sim/member.h"

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <vector>

namespace kolam::sim {

/// Who watches a world.
class WorldWatcher {
public:
    virtual ~WorldWatcher() = default;
    virtual void onElementChange(const Member& registrar, const asap::ElementEvent& event) = 0;
    virtual void onSessionEstablished(const Member& user, PeIdentifier element) = 0;
};

class World {
public:
    World(const Settings& settings, Trace& trace);
    ~World();
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    void watch(WorldWatcher* watcher) { m_watcher = watcher; }
    /// Begins the lives of all members.
    void startAll();
    /// A process on the member's host; with its former identifier or a new one.
    void start(Member& member, bool sameIdentifier);
    void kill(Member& member, transport::Death death);
    void freeze(Member& member);
    void thaw(Member& member);
    /// Begins a graceful end; bury() completes it.
    void leave(Member& member);
    /// Destroys those that have left; true when there were any.
    bool bury();
    /// One more beside those of the settings; it is gone for good when it is dropped.
    Member& addExtra(Role role, std::optional<std::uint32_t> identifier);
    void drop(Member& extra);
    /// A process of nobody, on a member's host.
    [[nodiscard]] std::unique_ptr<transport::MemoryProcess> addProcess(const Member& member) {
        return network.addProcess(member.host);
    }

    /// Runs until `end`, or until nothing but work at one and the same instant is done: then it returns false.
    [[nodiscard]] bool runUntil(TimePoint end);

    [[nodiscard]] Member& member(Role role, unsigned number);
    [[nodiscard]] std::vector<std::unique_ptr<Member>>& members(Role role) {
        return m_members[static_cast<std::size_t>(role)];
    }
    [[nodiscard]] const std::vector<std::unique_ptr<Member>>& members(Role role) const {
        return m_members[static_cast<std::size_t>(role)];
    }
    [[nodiscard]] std::vector<IpAddress> hosts() const;
    /// Identifiers of elements that have died, and when.
    [[nodiscard]] const std::map<std::uint32_t, TimePoint>& graves() const { return m_graves; }
    /// Sessions that an element takes.
    [[nodiscard]] std::size_t slotsOfElement() const { return m_capacity; }
    [[nodiscard]] TimePoint now() const { return dispatcher.now(); }
    [[nodiscard]] std::uint64_t traceHash() const;
    /// Answers that no single tally could have given (I5).
    [[nodiscard]] std::size_t wrongAnswers() const;
    [[nodiscard]] std::uint64_t answers() const;

    VirtualDispatcher dispatcher;
    Trace& trace;
    transport::MemoryNetwork network;
    const PoolHandle& pool = testing::poolHandle;
    wire::PolicyType policy;

private:
    void startRegistrar(Member& member);
    void startElement(Member& member);
    void startUser(Member& member);
    void end(Member& member);
    [[nodiscard]] RegistrarSources sources() const;
    Member& add(Role role);
    [[nodiscard]] std::uint32_t newIdentifier(Role role);

    const Settings& m_settings;
    Random m_random; // for what the world is like; the nodes have chances of their own
    AccessRules m_access;
    bool m_announces;     // endpoints find registrars by announcements, else from a list
    bool m_peersAnnounce; // and registrars each other
    std::size_t m_capacity;
    WorldWatcher* m_watcher = nullptr;
    std::vector<std::unique_ptr<Member>> m_members[3];
    std::map<std::uint32_t, TimePoint> m_graves;
    std::set<IpAddress> m_hosts;
    unsigned m_numbers[3]{}; // given to members so far
    std::set<std::uint32_t> m_used;
    std::size_t m_wrong = 0; // of users that are no more
    std::uint64_t m_answers = 0;
};

} // namespace kolam::sim
