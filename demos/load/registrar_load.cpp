// SPDX-License-Identifier: GPL-3.0-or-later
// A phase asks until its time is over or its questions are through, and ends with the last answer. Nothing is asked a
// second time: what was not answered is counted.
#include "demos/load/registrar_load.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace kolam::load {

namespace {

constexpr transport::SendOptions asAsap{.ppid = wire::asapPpid};
constexpr std::size_t setUpsAtOnce = 32;      // a registrar has only so much room for those who knock
constexpr std::uint16_t servicePort = 40'000; // of elements that serve nobody

/// What a refusal says first.
std::string reason(const std::optional<wire::OperationError>& error) {
    return error && !error->causes.empty() ? wire::toText(error->causes.front().code) : "no reason given";
}

} // namespace

std::string_view toText(Question question) {
    switch (question) {
    case Question::Register: return "registration";
    case Question::Reregister: return "re-registration";
    case Question::Resolve: return "resolution";
    case Question::Deregister: return "deregistration";
    }
    std::unreachable();
}

RegistrarLoad::RegistrarLoad(Dispatcher& dispatcher, transport::Transport& transport, const Settings& settings)
    : m_dispatcher(dispatcher)
    , m_transport(transport)
    , m_settings(settings)
    // So that neither 0 nor an overflow is among them.
    , m_firstIdentifier((dispatcher.random().nonZero32() & 0x7fffffffU) | 1U) {
    const std::size_t share = settings.elements / settings.associations;
    const std::size_t more = settings.elements % settings.associations; // the first so many have one more
    for (std::size_t i = 0; i < settings.associations; ++i) {
        auto client = std::make_unique<Client>();
        client->firstElement = i * share + std::min(i, more);
        client->elements = share + (i < more ? 1 : 0);
        m_clients.push_back(std::move(client));
    }
    wire::HandleResolution question;
    question.poolHandle = settings.pool;
    if (settings.items != 0) {
        question.items = settings.items;
    }
    wire::encodeInto(question, m_question);
    m_registration.poolHandle = settings.pool;
    m_registration.element.life = wire::endlessLife;
    m_registration.element.policy = settings.policy;
    m_registration.element.userTransport.port = servicePort;
    m_registration.element.userTransport.addresses = {settings.local};
}

RegistrarLoad::~RegistrarLoad() {
    m_dispatcher.cancel(m_timer);
}

// ---- Associations --------------------------------------------------------------------------------------------------

void RegistrarLoad::connect(Done done) {
    m_running = m_connecting = true;
    m_result = {.what = "association"};
    m_done = std::move(done);
    m_phaseBegun = m_lastAnswer = m_dispatcher.now();
    m_dispatcher.post([this] {
        connectMore();
        watchPatience();
    });
}

void RegistrarLoad::connectMore() {
    while (m_settingUp < setUpsAtOnce && m_begun < m_clients.size()) {
        Client& client = *m_clients[m_begun++];
        auto opened =
            m_transport.open({.local = {{m_settings.local}, 0}, .outStreams = 1, .liveness = m_settings.liveness},
                             [this, &client](const transport::Event& event) { happened(client, event); });
        if (!opened) {
            fail(fmt::format("cannot open a port: {}", opened.error().message()));
            continue;
        }
        client.endpoint = std::move(*opened);
        client.begun = m_dispatcher.now();
        const auto begun = client.endpoint->connect(m_settings.registrar);
        if (!begun) {
            fail(fmt::format("cannot connect: {}", begun.error().message()));
            continue;
        }
        client.association = *begun;
        ++m_settingUp;
    }
    endWhenIdle();
}

void RegistrarLoad::happened(Client& client, const transport::Event& event) {
    std::visit(Overloaded{
                   [&](const transport::Up& up) { on(client, up); },
                   [&](const transport::Down& down) { on(client, down); },
                   [&](const transport::Message& message) { on(client, message); },
                   [&](const transport::Writable&) {
                       client.blocked = false;
                       ask(client);
                   },
                   [](const transport::PeerClosing&) {}, // its Down follows
                   [](const transport::PathChange&) {},
               },
               event);
}

void RegistrarLoad::on(Client& client, const transport::Up&) {
    client.up = true;
    ++m_alive;
    --m_settingUp;
    ++m_result.answered;
    m_lastAnswer = m_dispatcher.now();
    m_result.latency.add(m_lastAnswer - client.begun);
    connectMore();
}

void RegistrarLoad::on(Client& client, const transport::Down& down) {
    const bool was = std::exchange(client.up, false);
    fail(fmt::format("association {}: {}{}{}", was ? "lost" : "not set up", transport::toText(down.reason),
                     down.detail.empty() ? "" : ", ", down.detail));
    if (!was) {
        --m_settingUp;
        connectMore();
        return;
    }
    --m_alive;
    if (!client.asked.empty()) {
        fail("not answered: association lost", client.asked.size());
        m_underWay -= client.asked.size();
        client.asked.clear();
    }
    endWhenIdle();
}

// ---- Questions -----------------------------------------------------------------------------------------------------

void RegistrarLoad::run(const Phase& phase, Done done) {
    m_running = true;
    m_over = false;
    m_phase = phase;
    m_done = std::move(done);
    m_result = {.what = std::string{toText(phase.question)}};
    m_asked = 0;
    for (const auto& client : m_clients) {
        client->next = 0;
    }
    // Not from within this call, and with the clock of the turn in which it is done.
    m_dispatcher.post([this] {
        m_phaseBegun = m_lastAnswer = m_dispatcher.now();
        m_phaseEnd = m_phase.time == Duration{} ? never : m_phaseBegun + m_phase.time;
        for (const auto& client : m_clients) {
            ask(*client);
        }
        watchPatience();
        endWhenIdle();
    });
}

bool RegistrarLoad::hasMore(const Client& client) const {
    if (m_over || !client.up || client.blocked || (m_phase.requests != 0 && m_asked >= m_phase.requests)) {
        return false;
    }
    switch (m_phase.question) {
    case Question::Resolve: return true;
    case Question::Reregister: return client.elements != 0;
    case Question::Register:
    case Question::Deregister: return client.next < client.elements;
    }
    std::unreachable();
}

void RegistrarLoad::ask(Client& client) {
    if (m_running && !m_connecting && m_dispatcher.now() >= m_phaseEnd) {
        m_over = true;
    }
    while (m_running && !m_connecting && client.asked.size() < m_phase.outstanding && hasMore(client)) {
        if (!askOnce(client)) {
            return;
        }
    }
}

bool RegistrarLoad::askOnce(Client& client) {
    PeIdentifier element;
    if (m_phase.question != Question::Resolve) {
        element = identifier(client.firstElement + client.next % client.elements);
        encode(element);
    }
    const Octets& octets = m_phase.question == Question::Resolve ? m_question : m_octets;
    const auto sent = client.endpoint->send(client.association, octets, asAsap);
    if (!sent) {
        client.blocked = true; // until there is room, or its end is told
        return false;
    }
    client.asked.push_back({m_dispatcher.now(), element});
    ++client.next;
    ++m_asked;
    ++m_underWay;
    return true;
}

void RegistrarLoad::encode(PeIdentifier element) {
    if (m_phase.question == Question::Deregister) {
        wire::encodeInto(wire::Deregistration{m_settings.pool, element}, m_octets);
        return;
    }
    m_registration.element.identifier = element;
    wire::encodeInto(m_registration, m_octets);
}

// ---- Answers -------------------------------------------------------------------------------------------------------

void RegistrarLoad::on(Client& client, const transport::Message& message) {
    if (wire::peekType(message.data) == wire::EndpointKeepAlive::type) {
        keepAlive(client, message.data);
    } else if (client.asked.empty()) {
        fail("an answer without a question");
    } else {
        answered(client, message.data);
    }
}

void RegistrarLoad::answered(Client& client, OctetView answer) {
    const Asked asked = client.asked.front();
    client.asked.pop_front();
    --m_underWay;
    if (fits(asked, answer)) {
        ++m_result.answered;
        m_lastAnswer = m_dispatcher.now();
        m_result.latency.add(m_lastAnswer - asked.since);
    }
    ask(client);
    endWhenIdle();
}

/// Whether it is the answer to this question, and a positive one; says what is wrong with it.
bool RegistrarLoad::fits(const Asked& asked, OctetView answer) {
    const auto judge = [&](const auto& decoded, const auto& message, bool refused) {
        if (!decoded) {
            fail(fmt::format("unreadable answer: {}", wire::toText(decoded.error().code)));
        } else if (refused) {
            fail(fmt::format("refused: {}", reason(message.error)));
        }
        return decoded && !refused;
    };
    const auto ofThis = [&](const auto& message) {
        if (message.element != asked.element) {
            fail("an answer to another question");
        }
        return message.element == asked.element;
    };
    switch (m_phase.question) {
    case Question::Resolve: {
        const auto decoded = wire::decodeInto(answer, m_resolutionResponse);
        return judge(decoded, m_resolutionResponse,
                     m_resolutionResponse.error.has_value() || m_resolutionResponse.elements.empty());
    }
    case Question::Register:
    case Question::Reregister: {
        const auto decoded = wire::decodeInto(answer, m_registrationResponse);
        return judge(decoded, m_registrationResponse, m_registrationResponse.reject.set) &&
               ofThis(m_registrationResponse);
    }
    case Question::Deregister: {
        const auto decoded = wire::decodeInto(answer, m_deregistrationResponse);
        return judge(decoded, m_deregistrationResponse, m_deregistrationResponse.error.has_value()) &&
               ofThis(m_deregistrationResponse);
    }
    }
    std::unreachable();
}

void RegistrarLoad::keepAlive(Client& client, OctetView question) {
    const auto decoded = wire::decode<wire::EndpointKeepAlive>(question);
    if (!decoded || !decoded->element) {
        fail("a keep-alive that names no element");
        return;
    }
    ++m_keepAlives;
    const wire::EndpointKeepAliveAck answer{{}, decoded->poolHandle, *decoded->element};
    if (!client.endpoint->send(client.association, wire::encode(answer), asAsap)) {
        fail("a keep-alive that could not be answered");
    }
}

// ---- The end of a phase --------------------------------------------------------------------------------------------

void RegistrarLoad::fail(const std::string& why, std::uint64_t times) {
    m_result.failures[why] += times;
}

void RegistrarLoad::endWhenIdle() {
    if (!m_running) {
        return;
    }
    if (m_connecting ? m_settingUp == 0 && m_begun == m_clients.size()
                     : m_underWay == 0 && std::ranges::none_of(m_clients, [this](const auto& client) {
                           return client->up && (hasMore(*client) || (client->blocked && !m_over));
                       })) {
        finish();
    }
}

/// Whoever is silent for too long has not answered; then nothing is asked any more, because answers that come too late
/// would be taken for others.
void RegistrarLoad::watchPatience() {
    m_timer = TimerId::None;
    if (!m_running) {
        return;
    }
    const TimePoint now = m_dispatcher.now();
    if (m_connecting ? now - m_lastAnswer > m_settings.patience
                     : std::ranges::any_of(m_clients, [&](const auto& client) {
                           return !client->asked.empty() && now - client->asked.front().since > m_settings.patience;
                       })) {
        for (const auto& client : m_clients) {
            if (!client->asked.empty() || (m_connecting && client->endpoint && !client->up)) {
                fail(m_connecting ? "association not set up: no answer" : "not answered in time",
                     m_connecting ? 1 : client->asked.size());
                client->endpoint.reset();
                client->asked.clear();
                m_alive -= std::exchange(client->up, false) ? 1U : 0U;
            }
        }
        m_underWay = m_settingUp = 0;
        m_begun = m_clients.size();
        m_over = true;
        finish();
        return;
    }
    if (!m_connecting && now >= m_phaseEnd) {
        m_over = true;
        endWhenIdle();
    }
    if (m_running) {
        m_timer = m_dispatcher.callIn(std::chrono::milliseconds{50}, [this] { watchPatience(); });
    }
}

void RegistrarLoad::finish() {
    m_running = m_connecting = false;
    m_result.took = m_lastAnswer - m_phaseBegun;
    m_dispatcher.cancel(std::exchange(m_timer, TimerId::None));
    // Later: `done` may begin the next phase, or destroy us.
    m_dispatcher.post(
        [done = std::exchange(m_done, nullptr), result = std::move(m_result)]() mutable { done(std::move(result)); });
}

} // namespace kolam::load
