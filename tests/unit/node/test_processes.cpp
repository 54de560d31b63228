// SPDX-License-Identifier: GPL-3.0-or-later
// Sessions over the user-space transport between real processes, which are killed and frozen.
#include "core/dispatch/epoll_dispatcher.h"
#include "core/node/user_node.h"
#include "core/transport/user_transport.h"
#include "demos/lab/process.h"
#include "tests/unit/node/counting.h"

#include <QtTest>
#include <algorithm>
#include <csignal>
#include <map>
#include <poll.h>
#include <unistd.h>

using namespace kolam;
using namespace kolam::testing;

namespace {

/// A registrar and elements as child processes, and a user in this one; on a group port of their own.
struct Bench {
    explicit Bench(int elementCount)
        : groupPort(static_cast<std::uint16_t>(20'000 + ::getpid() % 20'000))
        , transport(std::move(*transport::makeUserTransport(dispatcher))) {
        registrar = start("registrar", 1);
        for (int i = 0; i < elementCount; ++i) {
            addElement();
        }
        UserNode::Config config;
        config.registrars.groupPort = groupPort;
        user = std::move(*UserNode::start(dispatcher, *transport, log, config));
    }
    std::unique_ptr<lab::Process> start(const char* role, std::uint32_t identifier) {
        return std::move(
            *lab::Process::start(dispatcher,
                                 {.program = KOLAM_ENDPOINT_PROCESS,
                                  .arguments = {role, std::to_string(identifier), std::to_string(groupPort)}},
                                 [](auto) {}));
    }
    void addElement() {
        const PeIdentifier identifier{++lastElement};
        elements[identifier] = start("element", identifier.value);
    }
    /// The limit is for tests that fail, not for slow machines.
    bool until(const std::function<bool()>& done, std::chrono::seconds limit = 60s) {
        const TimePoint end = dispatcher.now() + limit;
        while (!done()) {
            if (dispatcher.now() >= end) {
                return false;
            }
            pollfd ready{.fd = dispatcher.pollDescriptor(), .events = POLLIN, .revents = 0};
            ::poll(&ready, 1, 100);
            dispatcher.turn();
        }
        return true;
    }
    bool untilPoolHas(std::size_t count) {
        std::size_t found = 0;
        std::function<void()> ask = [&] {
            user->resolve(poolHandle, 100, [&](const auto& answer) {
                found = answer ? answer->size() : 0;
                if (found != count) {
                    dispatcher.callIn(20ms, [&] { ask(); }); // a registrar does not let itself be asked without end
                }
            });
        };
        ask();
        return until([&] { return found == count; });
    }
    /// Does something to the element that serves the session; how long is it until the session's next answer?
    Duration interrupt(CountingUser& session, int signal) {
        const auto victim = session.element;
        const TimePoint begin = dispatcher.now();
        (void)elements.at(victim)->signal(signal);
        const bool went = until([&] { return session.element != victim && session.element != PeIdentifier{}; });
        const auto number = session.expected.number;
        const bool answered = went && until([&] { return session.expected.number > number; });
        return answered ? dispatcher.now() - begin : Duration::max();
    }

    EpollDispatcher dispatcher{7};
    SilentLog log;
    std::uint16_t groupPort;
    std::unique_ptr<transport::Transport> transport;
    std::unique_ptr<lab::Process> registrar;
    std::map<PeIdentifier, std::unique_ptr<lab::Process>> elements;
    std::uint32_t lastElement = 0;
    std::unique_ptr<UserNode> user;
};

std::string summary(std::vector<Duration> gaps) {
    std::ranges::sort(gaps);
    const auto ms = [&](double part) {
        return std::chrono::duration<double, std::milli>(
                   gaps[static_cast<std::size_t>(static_cast<double>(gaps.size() - 1) * part)])
            .count();
    };
    return fmt::format("{} times: p50 {:.1f} ms, p90 {:.1f} ms, p99 {:.1f} ms, max {:.1f} ms", gaps.size(), ms(0.5),
                       ms(0.9), ms(0.99), ms(1));
}

} // namespace

class TestProcesses : public QObject {
    Q_OBJECT
private slots:
    void givenSessionAtAProcess_whenItIsKilledAgainAndAgain_thenTheSessionGoesOnElsewhere() {
        Bench bench{3};
        QVERIFY(bench.untilPoolHas(3));
        CountingUser session{*bench.user, bench.dispatcher};
        std::vector<Duration> gaps;
        Random chance{1};
        for (int round = 0; round < 50; ++round) {
            const auto goal = session.expected.number + 1 + chance.below(50); // a random phase
            QVERIFY(bench.until([&] { return session.expected.number >= goal; }));
            const PeIdentifier victim = session.element;
            gaps.push_back(bench.interrupt(session, SIGKILL));
            QVERIFY(gaps.back() != Duration::max());
            bench.elements.erase(victim);
            bench.addElement();
            QVERIFY(bench.untilPoolHas(3));
        }
        QCOMPARE(session.wrong, std::size_t{0});
        qInfo("killed %s", summary(gaps).c_str());
    }

    void givenSessionAtAProcess_whenItIsStopped_thenTheKeepAliveNotices() {
        Bench bench{2};
        QVERIFY(bench.untilPoolHas(2));
        CountingUser session{*bench.user, bench.dispatcher};
        std::vector<Duration> gaps;
        for (int round = 0; round < 5; ++round) {
            const auto goal = session.expected.number + 50;
            QVERIFY(bench.until([&] { return session.expected.number >= goal; }));
            const PeIdentifier victim = session.element;
            gaps.push_back(bench.interrupt(session, SIGSTOP));
            QVERIFY(gaps.back() != Duration::max());
            QCOMPARE(session.causes.back(), FailoverCause::KeepAliveTimeout);
            bench.elements.erase(victim);
            bench.addElement();
            QVERIFY(bench.untilPoolHas(2));
        }
        QCOMPARE(session.wrong, std::size_t{0});
        qInfo("stopped %s", summary(gaps).c_str());
    }

    void givenSession_whenTheRegistrarProcessIsKilledAndRestarted_thenNothingIsLost() {
        Bench bench{2};
        QVERIFY(bench.untilPoolHas(2));
        CountingUser session{*bench.user, bench.dispatcher};
        QVERIFY(bench.until([&] { return session.expected.number >= 50; }));
        (void)bench.registrar->signal(SIGKILL);
        QVERIFY(bench.until([&] { return bench.user->status().looking; }));
        bench.registrar = bench.start("registrar", 2);
        QVERIFY(bench.until([&] { return bench.user->status().registrar == ServerId{2}; }));
        QVERIFY(bench.untilPoolHas(2));
        QVERIFY(session.causes.empty());
        QVERIFY(bench.interrupt(session, SIGKILL) != Duration::max());
        QCOMPARE(session.wrong, std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(TestProcesses)
#include "test_processes.moc"
