// SPDX-License-Identifier: GPL-3.0-or-later
// This room keeps the requests that an endpoint has at its registrar: what is sent now, what waits, what is answered.
// Answers carry no request number: they come in order, and what they say of themselves must fit, too.
// Next door: registrar_hunt.h finds the registrar, element_registration.h and core/node ask through here.
// Source: RFC 5352 section 3.3 and timers T1 to T3; MAX-REQUEST-RETRANSMIT.
#pragma once

#include "core/base/time.h"
#include "core/wire/asap.h"

#include <deque>
#include <string>
#include <variant>
#include <vector>

namespace kolam::asap {

using RequestId = Strong<struct RequestIdTag, std::uint64_t>;

/// EndpointUnreachable has no answer: it is done when it is sent.
using Request =
    std::variant<wire::Registration, wire::Deregistration, wire::HandleResolution, wire::EndpointUnreachable>;
using Answer = std::variant<wire::RegistrationResponse, wire::DeregistrationResponse, wire::HandleResolutionResponse>;
enum class RequestFailure : std::uint8_t {
    NoRegistrar,
    TimedOut,
    Refused, // answered by ASAP_ERROR: the registrar could not read it
};
[[nodiscard]] std::string_view toText(RequestFailure failure);

struct RequestLimits {
    Duration answer;            // T1
    std::uint16_t trials = 1;   // transmissions of one request, the first included
    std::size_t pipelined = 32; // requests under way at a registrar of ours; at another one: 1
};

class RequestEngine {
public:
    // ---- What happens ----
    struct Submit {
        RequestId id;
        Request request;
    };
    struct Withdraw { // the answer is of no interest any more
        RequestId id;
    };
    struct RegistrarUp { // a new association to a registrar; what is under way begins anew there
        bool ours = false;
    };
    struct RegistrarDown {};
    struct Received { // over the association to the registrar, keep-alives excepted
        const wire::AsapMessage& message;
    };
    struct DeadlineReached {};
    using Input = std::variant<Submit, Withdraw, RegistrarUp, RegistrarDown, Received, DeadlineReached>;

    // ---- What to do about it ----
    struct Send {
        Request request;
    };
    struct Answered {
        RequestId id;
        Answer answer;
    };
    struct Failed {
        RequestId id;
        RequestFailure failure;
    };
    struct RegistrarSilent {};  // let the hunt look for another one meanwhile
    struct RegistrarAnswers {}; // after a silence
    struct Ignored {            // a message that answers nothing
        std::string_view message;
    };
    struct ArmTimer {
        TimePoint deadline;
    };
    using Action = std::variant<Send, Answered, Failed, RegistrarSilent, RegistrarAnswers, Ignored, ArmTimer>;
    using Actions = std::vector<Action>;

    explicit RequestEngine(const RequestLimits& limits) : m_limits(limits) {}

    [[nodiscard]] Actions handle(const Input& input, TimePoint now);
    [[nodiscard]] std::size_t underWay() const;

private:
    struct Entry {
        RequestId id;
        Request request;
        TimePoint givenUp;           // whatever happens
        TimePoint answerDue = never; // never: not under way
        std::uint16_t trials = 0;    // transmissions
    };
    void on(const Submit& submit, TimePoint now, Actions& actions);
    void on(const Withdraw& withdraw, TimePoint now, Actions& actions);
    void on(const RegistrarUp& up, TimePoint now, Actions& actions);
    void on(const RegistrarDown&, TimePoint now, Actions& actions);
    void on(const Received& received, TimePoint now, Actions& actions);
    void on(const DeadlineReached&, TimePoint now, Actions& actions);

    void transmit(TimePoint now, Actions& actions);
    void answered(std::deque<Entry>::iterator entry, Answer answer, TimePoint now, Actions& actions);
    void armEarliest(Actions& actions);
    [[nodiscard]] Duration patience() const { return m_limits.answer * m_limits.trials; }

    RequestLimits m_limits;
    std::deque<Entry> m_entries; // in the order of submission: those under way first
    bool m_up = false;
    bool m_ours = false;
    bool m_silent = false;
    TimePoint m_deadline = never;
};

[[nodiscard]] std::string toText(const RequestEngine::Action& action);

} // namespace kolam::asap
