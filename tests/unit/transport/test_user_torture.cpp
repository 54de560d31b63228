// SPDX-License-Identifier: GPL-3.0-or-later
// Random lives of the user transport, in real time: endpoints of one process that connect, talk, end and vanish, each
// other's calls crossing, one of them behind a network that loses. The rules of a transport hold, and nothing is left
// behind. KOLAM_SEED repeats one life as far as real time allows; KOLAM_LIVES says how many to live.
#include "tests/unit/transport/user_relay.h"
#include "tests/unit/transport/user_testing.h"

#include <cstdlib>
#include <map>

using namespace kolam;
using namespace kolam::transport;
using namespace kolam::transport::testing;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t citizenCount = 5;
constexpr int steps = 1500;

/// One port with whoever owns it at the moment; checks the rules of its events.
class Citizen {
public:
    Citizen(Transport& transport, std::string& complaint) : m_transport(transport), m_complaint(complaint) { open(); }

    void act(Random& random, const std::vector<std::uint16_t>& ports) {
        if (!m_endpoint) {
            open();
            return;
        }
        const std::uint64_t kind = random.below(100);
        if (kind < 20) {
            connect(ports[random.below(ports.size())]);
        } else if (!m_associations.empty()) {
            auto chosen = m_associations.begin();
            std::advance(chosen, random.below(m_associations.size()));
            if (kind < 90) {
                speak(chosen->first, chosen->second, random);
            } else if (kind < 94) {
                m_endpoint->shutdown(chosen->first);
            } else if (kind < 97) {
                m_endpoint->abort(chosen->first, "torture");
            } else if (kind < 99) {
                m_destroyInSink = true;
            } else {
                vanish();
            }
        }
    }
    void shutdownAll() {
        for (const auto& [id, association] : m_associations) {
            m_endpoint->shutdown(id);
        }
    }
    [[nodiscard]] std::uint16_t port() const { return m_port; }
    [[nodiscard]] std::uint64_t heard() const { return m_heard; }
    [[nodiscard]] std::size_t associations() const { return m_associations.size(); }
    [[nodiscard]] bool hasOneWith(std::uint16_t port) const {
        return std::ranges::any_of(m_associations,
                                   [&](const auto& entry) { return entry.second.up && entry.second.peerPort == port; });
    }
    [[nodiscard]] bool settled() const {
        return std::ranges::all_of(m_associations, [](const auto& entry) { return entry.second.up; });
    }

private:
    struct Association {
        bool up = false;
        std::uint16_t peerPort = 0;
        std::map<std::uint16_t, std::uint64_t> sent;  // by stream
        std::map<std::uint16_t, std::uint64_t> heard; // by stream
    };
    void open() {
        auto endpoint = m_transport.open(
            {.local = {{loopback}, m_port}, .listen = true, .sendBuffer = 50'000, .liveness = lanLiveness},
            [this](const Event& event) { handle(event); });
        expect(endpoint.has_value(), "its port is free");
        if (endpoint) {
            m_endpoint = std::move(*endpoint);
            m_port = m_endpoint->local().port;
        }
    }
    void connect(std::uint16_t port) {
        if (const auto id = m_endpoint->connect({{loopback}, port})) {
            expect(m_associations.emplace(*id, Association{}).second, "names are new");
        }
    }
    void speak(AssocId id, Association& association, Random& random) {
        const auto stream = static_cast<std::uint16_t>(random.below(3));
        std::string text = std::to_string(association.sent[stream]);
        text.resize(text.size() + 1 + random.below(random.chance(0.1) ? 40'000 : 500), '.');
        m_inCall = true;
        if (m_endpoint->send(id, asOctets(text), {.ppid = 1, .stream = stream})) {
            ++association.sent[stream];
        }
        m_inCall = false;
    }
    void vanish() {
        m_endpoint.reset();
        m_associations.clear();
    }
    void handle(const Event& event) {
        expect(!m_inCall, "events come from turns");
        std::visit(Overloaded{
                       [&](const Up& up) {
                           const bool known = m_associations.contains(up.assoc);
                           expect(known != up.incoming, "only incoming ones are unknown");
                           expect(!m_associations[up.assoc].up, "up once");
                           m_associations[up.assoc].up = true;
                           m_associations[up.assoc].peerPort = up.peer.port;
                       },
                       [&](const Down& down) { expect(m_associations.erase(down.assoc) == 1, "down once"); },
                       [&](const Message& message) { hear(message); },
                       [&](const auto& other) { expect(m_associations.contains(other.assoc), "of a known one"); },
                   },
                   event);
        if (std::exchange(m_destroyInSink, false)) {
            vanish();
        }
    }
    void hear(const Message& message) {
        ++m_heard;
        const auto found = m_associations.find(message.assoc);
        expect(found != m_associations.end() && found->second.up, "messages while it is up");
        if (found != m_associations.end()) {
            const std::string_view text = asText(message.data);
            expect(text.substr(0, text.find('.')) == std::to_string(found->second.heard[message.stream]++),
                   "in order, none lost, none twice");
        }
    }
    void expect(bool holds, const char* rule) {
        if (!holds && m_complaint.empty()) {
            m_complaint = rule;
        }
    }

    Transport& m_transport;
    std::string& m_complaint;
    std::unique_ptr<Endpoint> m_endpoint;
    std::uint16_t m_port = 0;
    std::map<AssocId, Association> m_associations;
    bool m_inCall = false;
    bool m_destroyInSink = false;
    std::uint64_t m_heard = 0;
};

std::string live(std::uint64_t seed, std::uint64_t& heard) {
    std::string complaint;
    EpollDispatcher dispatcher{seed};
    const auto transport = makeUserTransport(dispatcher).value();
    Random random{seed};
    std::vector<std::unique_ptr<Citizen>> citizens;
    std::vector<std::uint16_t> ports;
    for (std::size_t i = 0; i < citizenCount; ++i) {
        citizens.push_back(std::make_unique<Citizen>(*transport, complaint));
        ports.push_back(citizens.back()->port());
    }
    // The first one reaches the last one by a bad network only.
    Relay relay{dispatcher, ports.back()};
    double loss = 0.2;
    relay.filter = [&](Relay::Direction, Octets&) { return !random.chance(loss); };
    std::vector<std::uint16_t> portsOfFirst = ports;
    portsOfFirst.back() = relay.port();

    const auto all = [&](auto condition) { return std::ranges::all_of(citizens, condition); };
    for (int step = 0; step < steps && complaint.empty(); ++step) {
        const std::size_t who = random.below(citizenCount);
        citizens[who]->act(random, who == 0 ? portsOfFirst : ports);
        for (std::uint64_t turns = random.below(3); turns > 0; --turns) {
            dispatcher.turn();
        }
    }
    loss = 0;
    if (complaint.empty() && !waitUntil(dispatcher, [&] { return all([](const auto& c) { return c->settled(); }); })) {
        complaint = "every attempt is up or down in the end";
    }
    const auto hasTwoEnds = [&](const auto& one) {
        return all([&](const auto& other) { return one->hasOneWith(other->port()) == other->hasOneWith(one->port()); });
    };
    if (complaint.empty() && !waitUntil(dispatcher, [&] { return all(hasTwoEnds); })) {
        complaint = "every association has two ends in the end";
    }
    for (const auto& citizen : citizens) {
        citizen->shutdownAll();
        heard += citizen->heard();
    }
    if (complaint.empty() &&
        !waitUntil(dispatcher, [&] { return all([](const auto& c) { return c->associations() == 0; }); })) {
        complaint = "no association is left behind";
    }
    return complaint;
}

std::uint64_t environment(const char* name, std::uint64_t usual) {
    const char* const text = std::getenv(name);
    return text != nullptr ? std::strtoull(text, nullptr, 10) : usual;
}

} // namespace

class TestUserTorture : public QObject {
    Q_OBJECT
private slots:
    void givenRandomLives_whenAnythingHappens_thenTheRulesHoldAndNothingIsLeftBehind() {
        const std::uint64_t first = environment("KOLAM_SEED", 1);
        const std::uint64_t lives = environment("KOLAM_LIVES", 10);
        std::uint64_t heard = 0;
        for (std::uint64_t seed = first; seed < first + lives; ++seed) {
            const std::string complaint = live(seed, heard);
            QVERIFY2(complaint.empty(), ("seed " + std::to_string(seed) + ": " + complaint).c_str());
        }
        QVERIFY(heard > 100 * lives);
    }
};

QTEST_APPLESS_MAIN(TestUserTorture)
#include "test_user_torture.moc"
