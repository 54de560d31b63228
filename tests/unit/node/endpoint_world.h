// SPDX-License-Identifier: GPL-3.0-or-later
// A small world for whole conversations: registrars, elements and users as processes of the simulated network.
// The service counts, so that a test can see whether a session's state has survived.
#pragma once

#include "core/dispatch/virtual_dispatcher.h"
#include "core/node/access.h"
#include "core/node/element_node.h"
#include "core/node/registrar_node.h"
#include "core/node/user_node.h"
#include "core/transport/memory_network.h"

#include <QtTest>
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

inline constexpr std::uint32_t countPpid = 0x4b000100;
inline const PoolHandle pool{"Pool"};

/// A running sum that depends on the order of everything that was added to it.
struct Tally {
    std::uint64_t number = 0; // of the request that was added last
    std::uint64_t sum = 1;
    void add() {
        ++number;
        sum = sum * 6364136223846793005u + number;
    }
    [[nodiscard]] Octets octets() const {
        Octets octets(16);
        writeBigEndian(octets, 0, number);
        writeBigEndian(octets, 8, sum);
        return octets;
    }
    [[nodiscard]] static Tally from(OctetView octets) {
        return octets.size() == 16
                   ? Tally{readBigEndian<std::uint64_t>(octets, 0), readBigEndian<std::uint64_t>(octets, 8)}
                   : Tally{};
    }
    friend bool operator==(const Tally&, const Tally&) = default;
};

/// Adds requests to a tally, hands the tally out as a cookie, then answers. Knows a request that it has added before.
class CountingService final : public Service {
public:
    explicit CountingService(std::size_t slotCount = 1'000) : capacity(slotCount) {}
    std::unique_ptr<ServiceSession> open(SessionLink& link) override {
        if (taken >= capacity) {
            return nullptr;
        }
        return std::make_unique<Session>(*this, link);
    }
    [[nodiscard]] double load() const override { return static_cast<double>(taken) / static_cast<double>(capacity); }
    [[nodiscard]] bool watchesUsers() const override { return watch; }

    std::size_t capacity;
    std::size_t taken = 0;
    std::size_t resumed = 0;
    bool watch = false;

private:
    class Session final : public ServiceSession {
    public:
        Session(CountingService& owner, SessionLink& link) : m_owner(owner), m_link(link) { ++m_owner.taken; }
        void onMessage(std::uint32_t ppid, OctetView data) override {
            if (ppid != countPpid || data.size() != 8) {
                m_link.abort("not a request");
                return;
            }
            if (readBigEndian<std::uint64_t>(data, 0) == m_tally.number + 1) {
                m_tally.add();
                (void)m_link.sendCookie(m_tally.octets());
            }
            (void)m_link.send(countPpid, m_tally.octets());
        }
        void onCookieEcho(OctetView cookie) override {
            m_tally = Tally::from(cookie);
            ++m_owner.resumed;
        }
        void onClosed() override { --m_owner.taken; }

    private:
        CountingService& m_owner;
        SessionLink& m_link;
        Tally m_tally;
    };
};

/// Sends one request after the other, each when the one before is answered, and keeps its own tally.
class CountingUser final : public SessionHandler {
public:
    CountingUser(UserNode& userNode, Dispatcher& dispatcher, Duration pause = 1ms)
        : node(userNode)
        , m_dispatcher(dispatcher)
        , m_pause(pause)
        , id(node.openSession(pool, *this)) {}

    void onEstablished(PeIdentifier at, bool withState) override {
        ++established;
        element = at;
        wrong += withState != (expected.number > 0) ? 1u : 0u; // every answer was preceded by a cookie
        request();
    }
    void onMessage(std::uint32_t, OctetView data) override {
        const Tally answer = Tally::from(data);
        if (answer.number != expected.number + 1) {
            ++wrong;
            return;
        }
        expected.add();
        wrong += answer == expected ? 0u : 1u;
        if (expected.number < goal) {
            ++m_turn;
            m_dispatcher.callIn(m_pause, [this, turn = m_turn] {
                if (turn == m_turn) {
                    request();
                }
            });
        }
    }
    void onFailoverBegin(PeIdentifier, FailoverCause cause) override {
        ++m_turn; // what was about to be sent is sent again when the session stands
        causes.push_back(cause);
        element = {};
    }
    void onFailoverEnd(PeIdentifier, PeIdentifier, FailoverCause, Duration took) override { failovers.push_back(took); }
    void onStatus(const SessionStatus& status) override {
        if (status.state == SessionState::Waiting) {
            reasons.insert(status.waitReason);
        }
    }
    void request() {
        Octets octets(8);
        writeBigEndian(octets, 0, expected.number + 1);
        (void)node.send(id, countPpid, octets);
    }
    [[nodiscard]] SessionStatus status() const { return node.sessionStatus(id); }

    UserNode& node;

private:
    Dispatcher& m_dispatcher;
    Duration m_pause;
    std::uint64_t m_turn = 0;

public:
    SessionId id;
    std::uint64_t goal = 1'000'000'000;
    Tally expected;
    std::size_t wrong = 0;
    std::size_t established = 0;
    PeIdentifier element;
    std::vector<FailoverCause> causes;
    std::vector<Duration> failovers;
    std::set<WaitReason> reasons;
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
        config.poolHandle = pool;
        config.identifier = PeIdentifier{++m_elements << 8 | number}; // every life has an identifier of its own
        config.policy.type = policy;
        config.local = {{elementHost(number)}, 0};
        config.registrars = sources;
        config.profile = profile;
        made->element = *ElementNode::start(made->process->dispatcher(), *made->process, log, *made->service, config);
        return made;
    }
    std::unique_ptr<Process> addUser(std::uint8_t number = 1) {
        auto made = process(userHost(number));
        UserNode::Config config;
        config.registrars = sources;
        config.local = TransportAddress{{userHost(number)}, 0};
        config.profile = profile;
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

private:
    /// A host that had a process before gets another one.
    std::unique_ptr<Process> process(const IpAddress& host) {
        auto made = std::make_unique<Process>();
        made->process = m_hosts.insert(host).second ? network.addHost({host}) : network.addProcess(host);
        return made;
    }
    std::set<IpAddress> m_hosts;
    std::uint32_t m_elements = 0;
};

} // namespace kolam::testing
