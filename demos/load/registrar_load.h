// SPDX-License-Identifier: GPL-3.0-or-later
// Asks a registrar as much as it can answer: registrations, re-registrations, resolutions and deregistrations, over any
// number of associations, with so many questions under way on each of them. Speaks ASAP by itself, because the nodes'
// request engines, made for one element or user, ask one question at a time.
// Next door: session_load.h, for sessions with a pool.
#pragma once

#include "core/base/ids.h"
#include "core/dispatch/dispatcher.h"
#include "core/transport/transport.h"
#include "core/wire/codec.h"
#include "demos/load/load_result.h"

#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace kolam::load {

enum class Question : std::uint8_t { Register, Reregister, Resolve, Deregister };
[[nodiscard]] std::string_view toText(Question question); // "registration", ...

class RegistrarLoad {
public:
    struct Settings {
        TransportAddress registrar;
        IpAddress local = IpAddress::v4(127, 0, 0, 1); // of this host's end, and of the elements
        PoolHandle pool;
        wire::Policy policy;
        std::size_t associations = 1;
        std::size_t elements = 0; // of ours, spread over the associations
        std::uint32_t items = 0;  // elements wanted in an answer; 0: as many as the registrar thinks right
        Duration patience{};      // with an answer, and with an association's set-up
        transport::Liveness liveness = transport::lanLiveness;
    };
    struct Phase {
        Question question = Question::Resolve;
        std::size_t outstanding = 1; // on each association
        std::size_t requests = 0;    // of all associations together; 0: as many as the time allows
        Duration time{};             // and no longer; 0: until all requests are through
    };
    using Done = std::function<void(LoadResult)>;

    /// Everything referred to must outlive it.
    RegistrarLoad(Dispatcher& dispatcher, transport::Transport& transport, const Settings& settings);
    ~RegistrarLoad();
    RegistrarLoad(const RegistrarLoad&) = delete;
    RegistrarLoad& operator=(const RegistrarLoad&) = delete;

    /// Sets up all associations, some at a time; the result counts those that are up. `done` is called from a later
    /// turn, as below.
    void connect(Done done);
    /// Asks. Registrations and deregistrations are made once for each element, the others in turn. An association that
    /// was lost stays lost, and is one of the failures.
    void run(const Phase& phase, Done done);
    /// Associations that are up.
    [[nodiscard]] std::size_t alive() const { return m_alive; }
    /// Questions of registrars that were answered, whether the elements live.
    [[nodiscard]] std::uint64_t keepAlives() const { return m_keepAlives; }

private:
    struct Asked {
        TimePoint since;
        PeIdentifier element; // none: a resolution
    };
    struct Client {
        std::unique_ptr<transport::Endpoint> endpoint;
        transport::AssocId association = transport::AssocId::None;
        bool up = false;
        bool blocked = false; // its association takes nothing now
        TimePoint begun{};
        std::deque<Asked> asked;      // answers come in the order of questions
        std::size_t firstElement = 0; // of the elements, those that are its own
        std::size_t elements = 0;
        std::size_t next = 0; // of these, in this phase
    };

    void connectMore();
    void happened(Client& client, const transport::Event& event);
    void on(Client& client, const transport::Up& up);
    void on(Client& client, const transport::Down& down);
    void on(Client& client, const transport::Message& message);
    void ask(Client& client);
    [[nodiscard]] bool askOnce(Client& client);
    [[nodiscard]] bool hasMore(const Client& client) const;
    void encode(PeIdentifier element);
    void answered(Client& client, OctetView answer);
    [[nodiscard]] bool fits(const Asked& asked, OctetView answer);
    void keepAlive(Client& client, OctetView question);
    void fail(const std::string& why, std::uint64_t times = 1);
    void endWhenIdle();
    void watchPatience();
    void finish();

    [[nodiscard]] PeIdentifier identifier(std::size_t number) const {
        return PeIdentifier{m_firstIdentifier + static_cast<std::uint32_t>(number)};
    }

    Dispatcher& m_dispatcher;
    transport::Transport& m_transport;
    Settings m_settings;
    std::uint32_t m_firstIdentifier;
    std::vector<std::unique_ptr<Client>> m_clients;
    std::size_t m_begun = 0; // clients whose set-up has begun
    std::size_t m_settingUp = 0;
    std::size_t m_alive = 0;
    std::uint64_t m_keepAlives = 0;

    bool m_running = false;
    bool m_connecting = false;
    bool m_over = false; // the phase asks no more
    Phase m_phase;
    TimePoint m_phaseBegun{};
    TimePoint m_phaseEnd = never;
    TimePoint m_lastAnswer{};
    std::size_t m_asked = 0;
    std::size_t m_underWay = 0;
    LoadResult m_result;
    Done m_done;
    TimerId m_timer = TimerId::None;

    Octets m_octets;
    Octets m_question; // the resolution, always the same
    wire::Registration m_registration;
    wire::RegistrationResponse m_registrationResponse;
    wire::DeregistrationResponse m_deregistrationResponse;
    wire::HandleResolutionResponse m_resolutionResponse;
};

} // namespace kolam::load
