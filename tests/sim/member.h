// SPDX-License-Identifier: GPL-3.0-or-later
// One place in the simulated world, and the process that lives there now: a registrar, an element or a user, each the
// node that real programs have. Next door: world.h, which has all of them.
#pragma once

#include "core/node/element_node.h"
#include "core/node/registrar_node.h"
#include "core/node/user_node.h"
#include "core/transport/memory_network.h"
#include "tests/sim/fault_plan.h"
#include "tests/sim/trace.h"
#include "tests/unit/node/counting.h"

#include <memory>
#include <string>

namespace kolam::sim {

/// What a node says, in the trace.
class MemberLog final : public Log {
public:
    MemberLog(Trace& trace, const Dispatcher& dispatcher, std::string name)
        : m_trace(trace)
        , m_dispatcher(dispatcher)
        , m_name(std::move(name)) {}
    void write(LogLevel, std::string_view line) override { m_trace.line(m_dispatcher.now(), "{}: {}", m_name, line); }
    [[nodiscard]] bool wants(LogLevel level) const override { return m_trace.inWords() && level >= LogLevel::Info; }

private:
    Trace& m_trace;
    const Dispatcher& m_dispatcher;
    std::string m_name;
};

/// Sends requests for as long as it lives, and finds out whether each is counted exactly once (I5).
class SimUser final : public testing::CountingUser {
public:
    using CountingUser::CountingUser;
    void onEstablished(PeIdentifier at, bool withState) override {
        CountingUser::onEstablished(at, withState);
        whenEstablished(at);
    }
    std::function<void(PeIdentifier)> whenEstablished;
};

struct Member {
    enum class State : std::uint8_t { Down, Up, Frozen, Leaving };

    Member(Role what, unsigned which, const IpAddress& where, Trace& trace, const Dispatcher& dispatcher)
        : role(what)
        , number(which)
        , host(where)
        , name(std::string{toText(what)} + " " + std::to_string(which + 1))
        , log(trace, dispatcher, name) {}

    [[nodiscard]] bool is(State wanted) const { return state == wanted; }
    [[nodiscard]] bool up() const { return state == State::Up; }

    Role role;
    unsigned number;
    IpAddress host;
    std::string name;
    MemberLog log;
    State state = State::Down;
    TimePoint since{};    // when it came into this state
    bool extra = false;   // beside those of the settings
    bool left = false;    // it has said good-bye to everybody
    std::uint32_t id = 0; // of this life: ServerId or PeIdentifier
    std::uint32_t lives = 0;

    std::unique_ptr<transport::MemoryProcess> process;
    std::unique_ptr<testing::CountingService> service;
    std::unique_ptr<RegistrarNode> registrar;
    std::unique_ptr<ElementNode> element;
    std::unique_ptr<UserNode> user;
    std::unique_ptr<SimUser> session;
};

} // namespace kolam::sim
