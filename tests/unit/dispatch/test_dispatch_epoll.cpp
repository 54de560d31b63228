// SPDX-License-Identifier: GPL-3.0-or-later
// The real dispatcher, driven only through its one pollable descriptor, as Qt drives it.
#include "core/dispatch/epoll_dispatcher.h"

#include <QtTest>
#include <algorithm>
#include <array>
#include <atomic>
#include <fcntl.h>
#include <optional>
#include <poll.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace kolam;
using namespace std::chrono_literals;

namespace {

/// Two connected sockets.
struct SocketPair {
    SocketPair() { opened = socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data()) == 0; }
    ~SocketPair() {
        closeEnd(0);
        closeEnd(1);
    }
    SocketPair(const SocketPair&) = delete;
    SocketPair& operator=(const SocketPair&) = delete;
    void closeEnd(std::size_t end) {
        if (ends[end] >= 0) {
            close(std::exchange(ends[end], -1));
        }
    }
    void put(std::size_t end) const { QCOMPARE(write(ends[end], "x", 1), ssize_t{1}); }
    void take(std::size_t end) const {
        char octet = 0;
        QCOMPARE(read(ends[end], &octet, 1), ssize_t{1});
    }
    std::array<int, 2> ends{-1, -1};
    bool opened = false;
};

bool readable(const EpollDispatcher& dispatcher, int waitMilliseconds = 0) {
    pollfd descriptor{.fd = dispatcher.pollDescriptor(), .events = POLLIN, .revents = 0};
    return poll(&descriptor, 1, waitMilliseconds) == 1;
}

/// Waits on the descriptor and turns; false when nothing came for ten seconds.
bool turnUntil(EpollDispatcher& dispatcher, const std::function<bool()>& done) {
    while (!done()) {
        if (!readable(dispatcher, 10'000)) {
            return false;
        }
        dispatcher.turn();
    }
    return true;
}

} // namespace

class TestDispatchEpoll : public QObject {
    Q_OBJECT
private slots:
    void givenNothingToDo_whenPolled_thenItIsSilent() {
        EpollDispatcher dispatcher{1};
        QVERIFY(!readable(dispatcher));
        dispatcher.turn();
        QVERIFY(!readable(dispatcher));
        const TimerId later = dispatcher.callIn(1h, [] {});
        QVERIFY(!readable(dispatcher));
        SocketPair pair;
        dispatcher.watch(pair.ends[0], Interest::Read, [](Readiness) {});
        QVERIFY(!readable(dispatcher));
        dispatcher.cancel(later);
        dispatcher.turn();
        QVERIFY(!readable(dispatcher));
    }
    void givenTimers_whenDue_thenTheyFireInOrderAndTheDescriptorIsSilentAfterwards() {
        EpollDispatcher dispatcher{1};
        std::string order;
        TimePoint start{};
        dispatcher.post([&] { // within a turn, where time stands still
            start = dispatcher.now();
            dispatcher.callAt(start + 20ms, [&] { order += 'c'; });
            dispatcher.callAt(start + 10ms, [&] { order += 'b'; });
            dispatcher.callAt(start + 10ms, [&] { order += 'B'; });
            dispatcher.callAt(start - 1h, [&] { order += 'a'; });
        });
        QVERIFY(turnUntil(dispatcher, [&] { return order.size() == 4; }));
        QCOMPARE(order, std::string("abBc"));
        QVERIFY(dispatcher.now() >= start + 20ms);
        QVERIFY(!readable(dispatcher));
    }
    void givenThousandTimersAndRandomCancels_whenRun_thenEachFiresOnceAndInOrder() {
        EpollDispatcher dispatcher{1};
        Random random{3};
        std::vector<std::pair<TimePoint, std::size_t>> expected;
        std::vector<std::size_t> fired;
        dispatcher.post([&] { // within a turn, where time stands still
            std::vector<TimerId> ids;
            for (std::size_t i = 0; i < 1000; ++i) {
                const TimePoint when = dispatcher.now() + std::chrono::milliseconds{random.below(50)};
                ids.push_back(dispatcher.callAt(when, [&fired, i] { fired.push_back(i); }));
                expected.emplace_back(when, i);
            }
            for (std::size_t i = 0; i < ids.size(); i += 3) {
                dispatcher.cancel(ids[i]);
                std::erase_if(expected, [i](const auto& entry) { return entry.second == i; });
            }
        });
        dispatcher.turn();
        std::ranges::stable_sort(expected, {}, [](const auto& entry) { return entry.first; });
        QVERIFY(turnUntil(dispatcher, [&] { return fired.size() == expected.size(); }));
        for (std::size_t i = 0; i < expected.size(); ++i) {
            QCOMPARE(fired[i], expected[i].second);
        }
        QVERIFY(!readable(dispatcher));
    }
    void givenTimerThatIsPutOff_whenItsOldTimeComes_thenNothingIsCalledAndTheNewTimeCounts() {
        EpollDispatcher dispatcher;
        std::vector<std::string> called;
        const TimePoint begin = dispatcher.now();
        for (int i = 0; i < 100; ++i) { // deadlines that are met in time, one after the other
            dispatcher.cancel(dispatcher.callAt(begin + 20ms, [&] { called.emplace_back("too early"); }));
        }
        dispatcher.callAt(begin + 80ms, [&] { called.emplace_back("in time"); });
        int wakeUps = 0;
        while (called.empty() && dispatcher.now() < begin + 10s) {
            pollfd ready{dispatcher.pollDescriptor(), POLLIN, 0};
            wakeUps += poll(&ready, 1, 1'000);
            dispatcher.turn();
        }
        QCOMPARE(called, std::vector<std::string>{"in time"});
        QVERIFY(dispatcher.now() >= begin + 80ms);
        QVERIFY(wakeUps <= 2);
        pollfd silent{dispatcher.pollDescriptor(), POLLIN, 0};
        QCOMPARE(poll(&silent, 1, 50), 0);
    }
    void givenTimerThatArmsItselfForNow_whenTurned_thenEachTurnRunsItOnce() {
        EpollDispatcher dispatcher{1};
        int runs = 0;
        std::function<void()> again = [&] {
            ++runs;
            dispatcher.callAt(dispatcher.now(), [&] { again(); });
        };
        again();
        for (int turn = 1; turn <= 10; ++turn) {
            QVERIFY(readable(dispatcher, 1000));
            dispatcher.turn();
            QCOMPARE(runs, turn + 1);
        }
    }
    void givenPostedTasks_whenTurned_thenTheyRunInOrderAndThoseTheyPostComeNextTurn() {
        EpollDispatcher dispatcher{1};
        std::string order;
        dispatcher.post([&] {
            order += 'a';
            dispatcher.post([&] { order += 'c'; });
        });
        dispatcher.post([&] { order += 'b'; });
        QVERIFY(order.empty());
        QVERIFY(readable(dispatcher));
        dispatcher.turn();
        QCOMPARE(order, std::string("ab"));
        QVERIFY(readable(dispatcher));
        dispatcher.turn();
        QCOMPARE(order, std::string("abc"));
        QVERIFY(!readable(dispatcher));
    }
    void givenDescriptor_whenReady_thenItIsToldAgainUntilItIsRead() {
        EpollDispatcher dispatcher{1};
        SocketPair pair;
        QVERIFY(pair.opened);
        int told = 0;
        bool read = false;
        dispatcher.watch(pair.ends[0], Interest::Read, [&](Readiness ready) {
            QVERIFY(ready.read && !ready.write && !ready.error);
            ++told;
            if (read) {
                pair.take(0);
            }
        });
        dispatcher.turn();
        QCOMPARE(told, 0);
        pair.put(1);
        dispatcher.turn();
        dispatcher.turn();
        QCOMPARE(told, 2);
        read = true;
        dispatcher.turn();
        QCOMPARE(told, 3);
        QVERIFY(!readable(dispatcher));
    }
    void givenDescriptorWatchedForWriting_whenItsInterestChanges_thenOnlyTheNewOneCounts() {
        EpollDispatcher dispatcher{1};
        SocketPair pair;
        std::string told;
        dispatcher.watch(pair.ends[0], Interest::Write, [&](Readiness ready) { told += ready.write ? 'w' : '?'; });
        dispatcher.turn();
        QCOMPARE(told, std::string("w"));
        dispatcher.watch(pair.ends[0], Interest::Read, [&](Readiness ready) { told += ready.read ? 'r' : '?'; });
        QVERIFY(!readable(dispatcher));
        pair.put(1);
        dispatcher.turn();
        QCOMPARE(told, std::string("wr"));
        dispatcher.watch(pair.ends[0], Interest::ReadWrite,
                         [&](Readiness ready) { told += ready.read && ready.write ? 'b' : '?'; });
        dispatcher.turn();
        QCOMPARE(told, std::string("wrb"));
        dispatcher.unwatch(pair.ends[0]);
        QVERIFY(!readable(dispatcher));
    }
    void givenPeerThatHangsUp_whenWatched_thenBothReadAndErrorSaySo() {
        EpollDispatcher dispatcher{1};
        SocketPair pair;
        std::optional<Readiness> told;
        dispatcher.watch(pair.ends[0], Interest::Read, [&](Readiness ready) { told = ready; });
        pair.closeEnd(1);
        dispatcher.turn();
        QVERIFY(told && told->read && told->error && !told->write);
    }
    void givenCallbacks_whenTheyUnwatchThemselvesAndEachOther_thenNoStaleOneIsCalled() {
        EpollDispatcher dispatcher{1};
        SocketPair one;
        SocketPair two;
        int calls = 0;
        const auto unwatchBoth = [&](Readiness) {
            ++calls;
            dispatcher.unwatch(one.ends[0]);
            dispatcher.unwatch(two.ends[0]);
        };
        dispatcher.watch(one.ends[0], Interest::Read, unwatchBoth);
        dispatcher.watch(two.ends[0], Interest::Read, unwatchBoth);
        one.put(1);
        two.put(1);
        dispatcher.turn();
        dispatcher.turn();
        QCOMPARE(calls, 1);
        dispatcher.unwatch(one.ends[0]); // twice is no error
        dispatcher.unwatch(12345);
    }
    void givenDescriptorClosedAndReusedInACallback_whenTheOldOneWasReady_thenTheNewOneIsNotTold() {
        EpollDispatcher dispatcher{1};
        SocketPair first;
        SocketPair second;
        std::optional<SocketPair> fresh;
        int wrong = 0;
        const auto replace = [&](SocketPair& other) {
            dispatcher.unwatch(other.ends[0]);
            const int number = other.ends[0];
            other.closeEnd(0);
            fresh.emplace(); // takes the lowest free numbers: the one that was closed
            QVERIFY(fresh->ends[0] == number || fresh->ends[1] == number);
            dispatcher.watch(number, Interest::Read, [&](Readiness) { ++wrong; });
        };
        dispatcher.watch(first.ends[0], Interest::Read, [&](Readiness) {
            if (!fresh) {
                replace(second);
            }
        });
        dispatcher.watch(second.ends[0], Interest::Read, [&](Readiness) {
            if (!fresh) {
                replace(first);
            }
        });
        first.put(1);
        second.put(1);
        dispatcher.turn();
        dispatcher.turn();
        QVERIFY(fresh.has_value());
        QCOMPARE(wrong, 0);
    }
    void givenCallbackThatReplacesItself_whenCalled_thenTheNewOneFollows() {
        EpollDispatcher dispatcher{1};
        SocketPair pair;
        std::string told;
        dispatcher.watch(pair.ends[0], Interest::Read, [&, witness = std::make_shared<int>(7)](Readiness) {
            dispatcher.watch(pair.ends[0], Interest::Read, [&](Readiness) { told += 'b'; });
            told += *witness == 7 ? 'a' : '?'; // our own captures are still there
        });
        pair.put(1);
        dispatcher.turn();
        dispatcher.turn();
        QCOMPARE(told, std::string("ab"));
    }
    void givenManyReadyDescriptors_whenOneIsAlwaysReady_thenTheOthersAreServedToo() {
        EpollDispatcher dispatcher{1};
        std::vector<std::unique_ptr<SocketPair>> pairs;
        std::vector<int> calls(200, 0);
        for (std::size_t i = 0; i < calls.size(); ++i) {
            pairs.push_back(std::make_unique<SocketPair>());
            QVERIFY(pairs.back()->opened);
            pairs.back()->put(1);
            dispatcher.watch(pairs.back()->ends[0], Interest::Read, [&calls, i](Readiness) { ++calls[i]; });
        }
        for (int turn = 0; turn < 40; ++turn) {
            dispatcher.turn();
        }
        const auto [least, most] = std::ranges::minmax(calls);
        QVERIFY(least >= 1);
        QVERIFY(most - least <= 3); // 64 a turn, in rotation
    }
    void givenFlushes_whenTurned_thenTheyRunAtTheEndAndMayRemoveEachOther() {
        EpollDispatcher dispatcher{1};
        std::string order;
        std::uint64_t second = 0;
        const std::uint64_t first = dispatcher.addFlush([&] { order += '1'; });
        dispatcher.addFlush([&] {
            order += '2';
            dispatcher.removeFlush(second);
            dispatcher.removeFlush(first);
        });
        second = dispatcher.addFlush([&] { order += '3'; });
        dispatcher.post([&] { order += 't'; });
        dispatcher.turn();
        QCOMPARE(order, std::string("t12"));
        dispatcher.turn();
        QCOMPARE(order, std::string("t122"));
    }
    void givenNow_whenWithinATurn_thenItStandsStillAndOutsideItGoesOn() {
        EpollDispatcher dispatcher{1};
        TimePoint first{};
        TimePoint second{};
        dispatcher.post([&] {
            first = dispatcher.now();
            while (std::chrono::steady_clock::now().time_since_epoch() <= first.time_since_epoch() + 1ms) {
            }
            second = dispatcher.now();
        });
        dispatcher.turn();
        QCOMPARE(second, first);
        QVERIFY(dispatcher.now() >= first + 1ms);
    }
    void givenACallbackThatPosts_whenTheTurnHasRunIt_thenNothingIsLeftToWakeUpFor() {
        EpollDispatcher dispatcher{1};
        SocketPair pair;
        int runs = 0;
        dispatcher.watch(pair.ends[0], Interest::Read, [&](Readiness) {
            pair.take(0);
            dispatcher.post([&] { ++runs; });
        });
        pair.put(1);
        dispatcher.turn();
        QCOMPARE(runs, 1);
        QVERIFY(!readable(dispatcher));
        // A flush comes after the posted tasks: what it posts is for the next turn, and must ring.
        const auto token = dispatcher.addFlush([&] { dispatcher.post([&] { ++runs; }); });
        dispatcher.turn();
        dispatcher.removeFlush(token);
        QCOMPARE(runs, 1);
        QVERIFY(readable(dispatcher));
        dispatcher.turn();
        QCOMPARE(runs, 2);
        QVERIFY(!readable(dispatcher));
    }
    void givenAThreadThatDropsItsDescriptors_whenItPosts_thenTheTaskRunsAndOthersKeepTheirs() {
        EpollDispatcher dispatcher{1};
        SocketPair pair;
        bool seenThere = true;
        bool ran = false;
        std::jthread worker{[&] {
            dispatcher.dropDescriptorsOfThisThread();
            seenThere = fcntl(pair.ends[0], F_GETFD) != -1;
            dispatcher.post([&] { ran = true; });
        }};
        QVERIFY(turnUntil(dispatcher, [&] { return ran; }));
        worker.join();
        QVERIFY(!seenThere);
        QVERIFY(fcntl(pair.ends[0], F_GETFD) != -1);
        pair.put(0);
        pair.take(1);
    }
    void givenPostsFromManyThreads_whenRun_thenEachRunsOnceAndInItsThreadsOrder() {
        constexpr std::size_t threads = 4;
        constexpr int postsEach = 20'000;
        EpollDispatcher dispatcher{1};
        std::array<int, threads> last{};
        std::size_t done = 0;
        std::vector<std::thread> posters;
        for (std::size_t thread = 0; thread < threads; ++thread) {
            posters.emplace_back([&, thread] {
                for (int i = 1; i <= postsEach; ++i) {
                    dispatcher.post([&, thread, i] {
                        if (last[thread] == i - 1) {
                            last[thread] = i;
                        }
                        if (i == postsEach && ++done == threads) {
                            dispatcher.stop();
                        }
                    });
                }
            });
        }
        dispatcher.run();
        for (std::thread& poster : posters) {
            poster.join();
        }
        QVERIFY(std::ranges::all_of(last, [](int count) { return count == postsEach; }));
        dispatcher.turn(); // stop() has rung once more
        QVERIFY(!readable(dispatcher));
    }
    void givenDispatcherOnItsOwnThread_whenAnotherAsksAndStops_thenAnswersComeAndItEnds() {
        EpollDispatcher there{1};
        EpollDispatcher here{2};
        std::thread thread{[&there] { there.run(); }};
        int answers = 0;
        std::function<void()> ask = [&] {
            there.post([&] {
                there.callIn(1ms, [&] {
                    here.post([&] {
                        if (++answers == 20) {
                            here.stop();
                        } else {
                            ask();
                        }
                    });
                });
            });
        };
        ask();
        here.run();
        there.stop();
        thread.join();
        QCOMPARE(answers, 20);
    }
    void givenStopBeforeRun_whenRun_thenItEndsAtOnce() {
        EpollDispatcher dispatcher{1};
        dispatcher.stop();
        dispatcher.run();
        int runs = 0;
        dispatcher.post([&] {
            ++runs;
            dispatcher.stop();
        });
        dispatcher.run(); // the first stop() has been used up
        QCOMPARE(runs, 1);
    }
    void givenWaitingWork_whenDispatcherDies_thenItsCapturesMayStillUseIt() {
        auto dispatcher = std::make_unique<EpollDispatcher>(1);
        struct Owner {
            EpollDispatcher& dispatcher;
            TimerId timer;
            ~Owner() { dispatcher.cancel(timer); }
        };
        const TimerId other = dispatcher->callIn(1h, [] {});
        dispatcher->callIn(2h, [owner = std::make_unique<Owner>(*dispatcher, other)] {});
        dispatcher->post([owner = std::make_unique<Owner>(*dispatcher, other)] {});
        dispatcher.reset(); // the sanitizers watch
    }
};

QTEST_APPLESS_MAIN(TestDispatchEpoll)
#include "test_dispatch_epoll.moc"
