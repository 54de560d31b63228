// SPDX-License-Identifier: GPL-3.0-or-later
// This room keeps one pool element registered: enters it into its pool, renews that, reports its load, takes it out.
// It is told what happened and when, and answers with actions; it owns no socket.
// Next door: request_engine.h carries the requests, registrar_hunt.h finds the registrar.
// Source: RFC 5352 sections 3.1 to 3.4 and timers T2 to T4.
#pragma once

#include "core/asap/request_engine.h"
#include "core/base/time.h"
#include "core/wire/asap.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace kolam::asap {

struct RegistrationLimits {
    Duration reRegistration; // T4
    Duration life;
    Duration retry;       // after a request that failed
    Duration loadSpacing; // between two registrations that only tell the load
};

/// What an element says about its business. A load of 1 is full.
struct ElementLoad {
    double load = 0;
    std::uint32_t sessions = 0;
};

class ElementRegistration {
public:
    enum class State : std::uint8_t { Looking, Registering, Registered, Rejected, Leaving, Left };

    // ---- What happens ----
    struct RegistrarUp { // a new home registrar
        ServerId server; // 0: not known yet
    };
    struct RegistrarDown {};
    struct Answered {
        const Answer& answer;
    };
    struct RequestFailed {
        RequestFailure failure;
    };
    struct LoadChanged {
        ElementLoad load;
    };
    struct PolicyChanged { // of the same type, or the pool will refuse it
        wire::Policy policy;
    };
    struct KeepAliveReceived {
        const wire::EndpointKeepAlive& message;
        bool home = false;    // over the association to the home registrar
        bool trusted = false; // from the address of a registrar that is known
    };
    struct Leave {};
    struct Return {}; // after it has left: into the pool again
    struct DeadlineReached {};
    using Input = std::variant<RegistrarUp, RegistrarDown, Answered, RequestFailed, LoadChanged, PolicyChanged,
                               KeepAliveReceived, Leave, Return, DeadlineReached>;

    // ---- What to do about it ----
    struct Submit { // its answer is wanted as Answered or RequestFailed
        Request request;
    };
    struct Withdraw {};  // the request submitted last is of no interest any more
    struct Acknowledge { // on the association that the keep-alive came from
        wire::EndpointKeepAliveAck message;
    };
    struct Adopt { // that association is the way to the home registrar now; RegistrarUp is expected
        ServerId server;
    };
    struct SeekAnother {}; // this registrar does not take us; another one perhaps does
    struct StateChanged {
        State state;
        std::string detail;
    };
    struct ArmTimer {
        TimePoint deadline;
    };
    using Action = std::variant<Submit, Withdraw, Acknowledge, Adopt, SeekAnother, StateChanged, ArmTimer>;
    using Actions = std::vector<Action>;

    /// `element` is what is registered, without home registrar and load.
    ElementRegistration(PoolHandle handle, wire::PoolElement element, const RegistrationLimits& limits)
        : m_handle(std::move(handle))
        , m_element(std::move(element))
        , m_limits(limits) {}

    [[nodiscard]] Actions handle(const Input& input, TimePoint now);
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] ServerId registrar() const { return m_element.homeRegistrar; }
    [[nodiscard]] const wire::PoolElement& element() const { return m_element; }

private:
    void on(const RegistrarUp& up, TimePoint now, Actions& actions);
    void on(const RegistrarDown&, TimePoint now, Actions& actions);
    void on(const Answered& answered, TimePoint now, Actions& actions);
    [[nodiscard]] Duration afterRejection() const;
    void on(const RequestFailed& failed, TimePoint now, Actions& actions);
    void on(const LoadChanged& changed, TimePoint now, Actions& actions);
    void on(const PolicyChanged& changed, TimePoint now, Actions& actions);
    void on(const KeepAliveReceived& received, TimePoint now, Actions& actions);
    void on(const Leave&, TimePoint now, Actions& actions);
    void on(const Return& what, TimePoint now, Actions& actions);
    void on(const DeadlineReached&, TimePoint now, Actions& actions);

    void answeredRegistration(const wire::RegistrationResponse& response, TimePoint now, Actions& actions);
    void submitRegistration(TimePoint now, Actions& actions);
    void enter(State state, std::string detail, Actions& actions);
    void armEarliest(Actions& actions);
    [[nodiscard]] bool loadIsNews() const;

    PoolHandle m_handle;
    wire::PoolElement m_element;
    RegistrationLimits m_limits;
    State m_state = State::Looking;
    std::string m_detail;
    bool m_up = false;
    bool m_outstanding = false;
    bool m_policyIsNews = false; // changed since it was told
    ElementLoad m_load;
    ElementLoad m_told;
    TimePoint m_submitted{};
    TimePoint m_renewAt = never;
    TimePoint m_deadline = never;
};

/// True for policies whose parameters hold the element's load or its sessions.
[[nodiscard]] bool carriesLoad(wire::PolicyType type);

[[nodiscard]] std::string_view toText(ElementRegistration::State state);
[[nodiscard]] std::string toText(const ElementRegistration::Action& action);

} // namespace kolam::asap
