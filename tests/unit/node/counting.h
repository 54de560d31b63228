// SPDX-License-Identifier: GPL-3.0-or-later
// A service that counts, and its user: so a test can see whether a session's state has survived.
// Next door: endpoint_world.h (simulated network), endpoint_process.cpp (real processes).
#pragma once

#include "core/node/service.h"
#include "core/node/user_node.h"

#include <memory>
#include <set>
#include <vector>

namespace kolam::testing {

using namespace std::chrono_literals;

inline constexpr std::uint32_t countPpid = 0x4b000100;
inline const PoolHandle poolHandle{"Pool"};

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
                m_cookieDue = true;
            }
            ++m_answersDue;
            onWritable();
        }
        /// Sends what is due: the cookie before the answer, or users would believe in a state that nobody else has.
        void onWritable() override {
            if (m_cookieDue && m_link.sendCookie(m_tally.octets())) {
                m_cookieDue = false;
            }
            while (!m_cookieDue && m_answersDue > 0 && m_link.send(countPpid, m_tally.octets())) {
                --m_answersDue;
            }
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
        bool m_cookieDue = false;
        std::size_t m_answersDue = 0;
    };
};

/// Sends one request after the other, each when the one before is answered, and keeps its own tally.
class CountingUser : public SessionHandler {
public:
    CountingUser(UserNode& userNode, Dispatcher& dispatcher, Duration pause = 1ms)
        : node(userNode)
        , m_dispatcher(dispatcher)
        , m_pause(pause)
        , id(node.openSession(poolHandle, *this)) {}

    void onEstablished(PeIdentifier at, bool withState) override {
        ++established;
        element = at;
        // Every answer was preceded by a cookie; the last cookie may have come without its answer.
        wrong += !withState && expected.number > 0 ? 1u : 0u;
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
    void onWritable() override {
        if (m_refused) {
            request();
        }
    }
    void request() {
        Octets octets(8);
        writeBigEndian(octets, 0, expected.number + 1);
        m_refused = !node.send(id, countPpid, octets);
    }
    [[nodiscard]] SessionStatus status() const { return node.sessionStatus(id); }

    UserNode& node;

private:
    Dispatcher& m_dispatcher;
    Duration m_pause;
    std::uint64_t m_turn = 0;
    bool m_refused = false; // there was no room for the last request

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

} // namespace kolam::testing
