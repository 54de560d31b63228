// SPDX-License-Identifier: GPL-3.0-or-later
// Names of peers: asked for on another thread, again and again, and never waited for.
#include "core/dispatch/epoll_dispatcher.h"
#include "registrar/peer_names.h"

#include <QElapsedTimer>
#include <QtTest>
#include <condition_variable>
#include <mutex>
#include <poll.h>

using namespace kolam;
using namespace std::chrono_literals;

namespace {

using Answer = std::expected<std::vector<IpAddress>, std::string>;

/// A server of names whose answers the test gives, one for each question.
struct NameServer {
    Answer ask() {
        std::unique_lock lock{mutex};
        ++questions;
        changed.notify_all();
        changed.wait(lock, [this] { return !answers.empty(); });
        Answer answer = answers.front();
        answers.erase(answers.begin());
        return answer;
    }
    void answer(Answer with) {
        const std::scoped_lock lock{mutex};
        answers.push_back(std::move(with));
        changed.notify_all();
    }
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<Answer> answers;
    int questions = 0;
};

class Lines final : public Log {
public:
    void write(LogLevel, std::string_view line) override { lines.emplace_back(line); }
    [[nodiscard]] bool wants(LogLevel) const override { return true; }
    std::vector<std::string> lines;
};

const IpAddress loopback = IpAddress::v4(127, 0, 0, 1);

struct World {
    PeerNames::Config config(std::vector<std::string> peers) const {
        PeerNames::Config result{.own = {loopback}, .interval = 5ms};
        for (const std::string& peer : peers) {
            result.peers.push_back(*PeerName::parse(peer, 9901));
        }
        result.ask = [server = server](const std::string&) { return server->ask(); };
        return result;
    }
    bool until(const std::function<bool()>& happened) {
        QElapsedTimer clock;
        clock.start();
        while (!happened() && clock.elapsed() < 10'000) {
            pollfd ready{dispatcher.pollDescriptor(), POLLIN, 0};
            poll(&ready, 1, 50);
            dispatcher.turn();
        }
        return happened();
    }
    PeerNames::Found note() {
        return [this](const std::vector<TransportAddress>& addresses) {
            std::string text;
            for (const TransportAddress& address : addresses) {
                text += toText(address) + " ";
            }
            found.push_back(text);
        };
    }
    std::shared_ptr<NameServer> server = std::make_shared<NameServer>();
    EpollDispatcher dispatcher{1};
    Lines log;
    std::vector<std::string> found;
};

} // namespace

class TestPeerNames : public QObject {
    Q_OBJECT
private slots:
    void givenServerOfNamesThatDoesNotAnswer_whenStarted_thenPlainAddressesAreThereAtOnce() {
        World world;
        {
            const PeerNames names{world.dispatcher, world.log, world.config({"127.0.0.2:1", "slow.example"}),
                                  world.note()};
            QVERIFY(world.until([&] { return world.found.size() == 1; }));
            QCOMPARE(world.found[0], std::string("127.0.0.2:1 "));
            QVERIFY(world.until([&] {
                const std::scoped_lock lock{world.server->mutex};
                return world.server->questions == 1;
            }));
        }
        world.server->answer(std::vector{loopback}); // to nobody
    }
    void givenName_whenItsAddressesChange_thenTheNewOnesAreFound() {
        World world;
        world.server->answer(std::vector{IpAddress::v4(127, 0, 0, 3), loopback});
        world.server->answer(std::vector{loopback, IpAddress::v4(127, 0, 0, 3)}); // the same in another order
        world.server->answer(std::vector{IpAddress::v4(127, 0, 0, 4)});
        const PeerNames names{world.dispatcher, world.log, world.config({"a.example:7"}), world.note()};
        QVERIFY(world.until([&] { return world.found.size() == 2; }));
        QCOMPARE(world.found[0], std::string("127.0.0.1:7 127.0.0.3:7 "));
        QCOMPARE(world.found[1], std::string("127.0.0.4:7 "));
        world.server->answer(std::unexpected("no more"));
    }
    void givenName_whenTheServerOfNamesFails_thenWhatWasKnownIsKeptAndTheTroubleIsToldOnce() {
        World world;
        world.server->answer(std::vector{loopback});
        for (int i = 0; i < 3; ++i) {
            world.server->answer(std::unexpected("out of order"));
        }
        world.server->answer(std::vector{IpAddress::v4(127, 0, 0, 9)});
        const PeerNames names{world.dispatcher, world.log, world.config({"a.example"}), world.note()};
        QVERIFY(world.until([&] { return world.found.size() == 2; }));
        QCOMPARE(world.found[0], std::string("127.0.0.1:9901 "));
        QCOMPARE(world.found[1], std::string("127.0.0.9:9901 "));
        QCOMPARE(world.log.lines.size(), std::size_t{1});
        QVERIFY(world.log.lines[0].starts_with("peer a.example: out of order"));
        world.server->answer(std::unexpected("no more"));
    }
    void givenAddressesOutOfReach_whenFound_thenTheyAreLeftOut() {
        World world;
        world.server->answer(std::vector{IpAddress::v4(10, 0, 0, 1), *IpAddress::parse("::1"), loopback});
        world.server->answer(std::vector{IpAddress::v4(10, 0, 0, 1)});
        const PeerNames names{world.dispatcher, world.log, world.config({"a.example"}), world.note()};
        QVERIFY(world.until([&] { return !world.log.lines.empty(); }));
        QCOMPARE(world.found.size(), std::size_t{1});
        QCOMPARE(world.found[0], std::string("127.0.0.1:9901 "));
        QVERIFY(world.log.lines[0].contains("none of its addresses can be reached"));
        world.server->answer(std::unexpected("no more"));
    }
    void givenThisHostsOwnName_whenTheSystemIsAsked_thenItIsLoopback() {
        const auto answer = askForName("localhost");
        QVERIFY(answer.has_value());
        QVERIFY(std::ranges::all_of(
            *answer, [](const IpAddress& address) { return address.scope() == AddressScope::Loopback; }));
    }
};

QTEST_APPLESS_MAIN(TestPeerNames)
#include "test_peer_names.moc"
