// SPDX-License-Identifier: GPL-3.0-or-later
// Random lives in the simulated network: many hosts that connect, talk, end, freeze, die and come back while links
// lose, repeat, reorder and break. Whatever happens, the rules of a transport hold; and the same seed gives the same
// life. KOLAM_SEED repeats one life; KOLAM_LIVES says how many to live.
#include "core/base/strong.h"
#include "core/dispatch/virtual_dispatcher.h"
#include "core/transport/memory_network.h"

#include <QtTest>
#include <cstdlib>
#include <map>
#include <string>

using namespace kolam;
using namespace kolam::transport;

namespace {

constexpr std::uint16_t port = 3863;
constexpr std::uint8_t hosts = 8;

IpAddress addressOf(std::size_t host) {
    return IpAddress::v4(10, 0, 0, static_cast<std::uint8_t>(host + 1));
}

/// One process on one host; checks the rules of its events.
class Citizen {
public:
    Citizen(MemoryNetwork& network, std::size_t host, bool first, std::string& complaint)
        : m_complaint(complaint)
        , m_process(first ? network.addHost({addressOf(host)}) : network.addProcess(addressOf(host))) {
        open();
    }
    MemoryProcess& process() { return *m_process; }
    void act(Random& random) {
        if (!m_process->alive()) {
            return;
        }
        if (!m_endpoint) {
            open();
            return;
        }
        const std::uint64_t kind = random.below(100);
        if (kind < 20) {
            connect(addressOf(random.below(hosts)));
        } else if (!m_associations.empty()) {
            auto chosen = m_associations.begin();
            std::advance(chosen, random.below(m_associations.size()));
            if (kind < 92) {
                speak(chosen->first, chosen->second, random);
            } else if (kind < 95) {
                m_endpoint->shutdown(chosen->first);
            } else if (kind < 98) {
                m_endpoint->abort(chosen->first, "torture");
            } else if (kind < 99) {
                m_destroyInSink = true;
            } else {
                m_endpoint.reset();
                m_associations.clear();
            }
        }
    }
    [[nodiscard]] std::uint64_t heard() const { return m_heard; }
    /// How many associations it has; all of them must be up by now.
    [[nodiscard]] std::size_t associationsUp() {
        for (const auto& [assoc, association] : m_associations) {
            expect(association.up, "in the end every attempt is up or down");
        }
        return m_associations.size();
    }

private:
    struct Association {
        bool up = false;
        std::map<std::uint16_t, std::uint64_t> sent;  // by stream
        std::map<std::uint16_t, std::uint64_t> heard; // by stream
    };
    void open() {
        auto endpoint = m_process->open({.local = {{}, port}, .listen = true, .sendBuffer = 20'000},
                                        [this](const Event& event) { handle(event); });
        expect(endpoint.has_value(), "its port is free");
        if (endpoint) {
            m_endpoint = std::move(*endpoint);
        }
    }
    void connect(const IpAddress& host) {
        if (const auto assoc = m_endpoint->connect({{host}, port})) {
            expect(m_associations.emplace(*assoc, Association{}).second, "names are new");
        }
    }
    void speak(AssocId assoc, Association& association, Random& random) {
        const auto stream = static_cast<std::uint16_t>(random.below(3));
        std::string text = std::to_string(association.sent[stream]);
        text.resize(text.size() + 1 + random.below(2000), '.');
        m_inCall = true;
        if (m_endpoint->send(assoc, asOctets(text), {.ppid = 1, .stream = stream})) {
            ++association.sent[stream];
        }
        m_inCall = false;
    }
    void handle(const Event& event) {
        expect(!m_inCall, "events come from turns");
        expect(m_process->alive(), "the dead hear nothing");
        std::visit(
            Overloaded{
                [&](const Up& up) {
                    const auto found = m_associations.find(up.assoc);
                    expect((found == m_associations.end()) == up.incoming, "only incoming ones are unknown");
                    Association& association = m_associations[up.assoc];
                    expect(!association.up, "up once");
                    association.up = true;
                },
                [&](const Down& down) { expect(m_associations.erase(down.assoc) == 1, "down once"); },
                [&](const Message& message) {
                    ++m_heard;
                    const auto found = m_associations.find(message.assoc);
                    expect(found != m_associations.end() && found->second.up, "messages while it is up");
                    if (found != m_associations.end()) {
                        std::uint64_t& next = found->second.heard[message.stream];
                        const std::string_view text = asText(message.data);
                        expect(text.substr(0, text.find('.')) == std::to_string(next++),
                               "in order, none lost, none twice");
                    }
                },
                [&](const PeerClosing& peer) { expect(m_associations.contains(peer.assoc), "closing once known"); },
                [&](const PathChange& path) { expect(m_associations.contains(path.assoc), "paths of the known"); },
                [&](const Writable& now) { expect(m_associations.contains(now.assoc), "writable if known"); },
            },
            event);
        if (m_destroyInSink) {
            m_destroyInSink = false;
            m_associations.clear();
            m_endpoint.reset();
        }
    }
    void expect(bool holds, const char* rule) {
        if (!holds && m_complaint.empty()) {
            m_complaint = rule;
        }
    }

    std::string& m_complaint;
    std::unique_ptr<MemoryProcess> m_process;
    std::unique_ptr<Endpoint> m_endpoint;
    std::map<AssocId, Association> m_associations;
    bool m_inCall = false;
    bool m_destroyInSink = false;
    std::uint64_t m_heard = 0;
};

struct Life {
    std::string complaint;
    std::uint64_t hash = 0;
    std::uint64_t heard = 0;
    std::uint64_t steps = 0;
};

Life live(std::uint64_t seed) {
    Life life;
    VirtualDispatcher dispatcher{seed};
    MemoryNetwork network{dispatcher, seed};
    Random random{seed ^ 0xfa17};
    std::vector<std::unique_ptr<Citizen>> citizens;
    std::vector<std::unique_ptr<Citizen>> dead; // nobody frees a process that is on the stack
    for (std::size_t host = 0; host < hosts; ++host) {
        citizens.push_back(std::make_unique<Citizen>(network, host, true, life.complaint));
    }
    const auto disturb = [&] {
        auto& citizen = citizens[random.below(hosts)];
        switch (random.below(8)) {
        case 0: network.partition({addressOf(random.below(hosts))}, {addressOf(random.below(hosts))}); break;
        case 1: network.cut(addressOf(random.below(hosts)), addressOf(random.below(hosts))); break;
        case 2: network.isolate(addressOf(random.below(hosts))); break;
        case 3:
            network.setLink({.latency = Duration{random.below(20'000'000)},
                             .jitter = Duration{random.below(20'000'000)},
                             .loss = random.unit() * 0.3,
                             .duplication = random.unit() * 0.1,
                             .reordering = random.unit() * 0.1});
            break;
        case 4: citizen->process().freeze(); break;
        case 5: citizen->process().thaw(); break;
        case 6: {
            const std::size_t host = random.below(hosts);
            citizens[host]->process().kill(random.chance(0.5) ? Death::Noticed : Death::Silent);
            life.heard += citizens[host]->heard();
            dead.push_back(std::move(citizens[host]));
            citizens[host] = std::make_unique<Citizen>(network, host, false, life.complaint);
            break;
        }
        default:
            network.heal();
            network.setLink({});
            for (const auto& each : citizens) {
                each->process().thaw();
            }
        }
    };
    for (int round = 0; round < 3000 && life.complaint.empty(); ++round) {
        citizens[random.below(hosts)]->act(random);
        if (random.chance(0.02)) {
            disturb();
        }
        dispatcher.runFor(Duration{random.below(20'000'000)});
    }
    network.heal();
    network.setLink({});
    for (const auto& citizen : citizens) {
        citizen->process().thaw();
    }
    dispatcher.runFor(1min);
    std::size_t ends = 0;
    for (const auto& citizen : citizens) {
        life.heard += citizen->heard();
        ends += citizen->associationsUp();
    }
    if (life.complaint.empty() && ends % 2 != 0) {
        life.complaint = "in the end every association has two ends";
    }
    life.hash = network.traceHash();
    life.steps = dispatcher.steps();
    return life;
}

std::uint64_t environment(const char* name, std::uint64_t usual) {
    const char* const text = std::getenv(name);
    return text != nullptr ? std::strtoull(text, nullptr, 10) : usual;
}

} // namespace

class TestMemoryTorture : public QObject {
    Q_OBJECT
private slots:
    void givenRandomLives_whenAnythingHappens_thenTheRulesHold() {
        const std::uint64_t first = environment("KOLAM_SEED", 1);
        const std::uint64_t lives = environment("KOLAM_LIVES", 100);
        std::uint64_t heard = 0;
        std::uint64_t steps = 0;
        for (std::uint64_t seed = first; seed < first + lives; ++seed) {
            const Life life = live(seed);
            QVERIFY2(life.complaint.empty(), ("seed " + std::to_string(seed) + ": " + life.complaint).c_str());
            heard += life.heard;
            steps += life.steps;
        }
        qInfo("%llu messages heard, %llu steps", static_cast<unsigned long long>(heard),
              static_cast<unsigned long long>(steps));
        QVERIFY(heard > 100 * lives);
    }
    void givenSameSeed_whenLivedTwice_thenTheTracesAreEqual() {
        std::map<std::uint64_t, std::uint64_t> hashes;
        for (std::uint64_t seed = 1; seed <= 10; ++seed) {
            const Life life = live(seed);
            const Life again = live(seed);
            QCOMPARE(again.hash, life.hash);
            QCOMPARE(again.steps, life.steps);
            QVERIFY(hashes.emplace(life.hash, seed).second);
        }
    }
};

QTEST_APPLESS_MAIN(TestMemoryTorture)
#include "test_memory_torture.moc"
