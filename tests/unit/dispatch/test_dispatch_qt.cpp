// SPDX-License-Identifier: GPL-3.0-or-later
// A dispatcher of the core under a Qt event loop: timers, posts and descriptors, and no busy loop.
#include "core/dispatch/epoll_dispatcher.h"
#include "gui/common/qt_dispatcher_bridge.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QThread>
#include <QTimer>
#include <QtTest>
#include <fcntl.h>
#include <string>
#include <thread>
#include <unistd.h>

using namespace kolam;
using namespace std::chrono_literals;

class TestDispatchQt : public QObject {
    Q_OBJECT
private slots:
    void givenTimers_whenTheEventLoopRuns_thenTheyFireInOrder() {
        EpollDispatcher dispatcher{1};
        const QtDispatcherBridge bridge{dispatcher};
        std::string order;
        QEventLoop loop;
        dispatcher.callIn(20ms, [&] {
            order += 'c';
            loop.quit();
        });
        dispatcher.callIn(10ms, [&] { order += 'b'; });
        dispatcher.post([&] { order += 'a'; });
        loop.exec();
        QCOMPARE(order, std::string("abc"));
    }
    void givenPostsFromAnotherThread_whenTheEventLoopRuns_thenTheyAllRunInThisThread() {
        EpollDispatcher dispatcher{1};
        const QtDispatcherBridge bridge{dispatcher};
        QEventLoop loop;
        int runs = 0;
        int elsewhere = 0;
        std::thread poster{[&] {
            for (int i = 0; i < 1000; ++i) {
                dispatcher.post([&, here = QThread::currentThread()] {
                    elsewhere += QThread::currentThread() == here ? 1 : 0; // `here` is the poster's
                    if (++runs == 1000) {
                        loop.quit();
                    }
                });
            }
        }};
        loop.exec();
        poster.join();
        QCOMPARE(runs, 1000);
        QCOMPARE(elsewhere, 0);
    }
    void givenDescriptorAndQtTimer_whenBothAreBusy_thenNeitherStarves() {
        EpollDispatcher dispatcher{1};
        const QtDispatcherBridge bridge{dispatcher};
        int ends[2] = {-1, -1};
        QCOMPARE(pipe2(ends, O_CLOEXEC | O_NONBLOCK), 0);
        QCOMPARE(write(ends[1], "x", 1), ssize_t{1});
        QEventLoop loop;
        int dispatched = 0;
        int ticks = 0;
        const auto quitWhenBothWereServed = [&] {
            if (dispatched >= 50 && ticks >= 50) {
                loop.quit();
            }
        };
        dispatcher.watch(ends[0], Interest::Read, [&](Readiness) { // never read: always ready
            ++dispatched;
            quitWhenBothWereServed();
        });
        QTimer timer;
        connect(&timer, &QTimer::timeout, this, [&] {
            ++ticks;
            quitWhenBothWereServed();
        });
        timer.start(0);
        loop.exec();
        QVERIFY(dispatched >= 50 && ticks >= 50);
        dispatcher.unwatch(ends[0]);
        close(ends[0]);
        close(ends[1]);
    }
    void givenIdleDispatcher_whenTheEventLoopRuns_thenItTurnsOnlyWhenSomethingIsDue() {
        EpollDispatcher dispatcher{1};
        const QtDispatcherBridge bridge{dispatcher};
        int turns = 0;
        dispatcher.addFlush([&] { ++turns; });
        QEventLoop loop;
        dispatcher.callIn(100ms, [&] { loop.quit(); });
        loop.exec();
        QVERIFY2(turns <= 2, std::to_string(turns).c_str()); // counted, not timed: a busy loop has thousands
    }
    void givenCallbackWithANestedEventLoop_whenTheDispatcherHasMore_thenItWaitsForTheOuterLoop() {
        EpollDispatcher dispatcher{1};
        const QtDispatcherBridge bridge{dispatcher};
        QEventLoop outer;
        std::string order;
        dispatcher.post([&] {
            dispatcher.post([&] {
                order += 'b';
                outer.quit();
            });
            QEventLoop nested;
            QTimer::singleShot(20, &nested, &QEventLoop::quit);
            nested.exec();
            order += 'a';
        });
        outer.exec();
        QCOMPARE(order, std::string("ab"));
    }
    void givenCallbackThatDestroysTheBridge_whenItReturns_thenAllIsWell() {
        EpollDispatcher dispatcher{1};
        auto bridge = std::make_unique<QtDispatcherBridge>(dispatcher);
        QEventLoop loop;
        dispatcher.post([&] {
            bridge.reset();
            QTimer::singleShot(0, &loop, &QEventLoop::quit);
        });
        loop.exec();
        QVERIFY(!bridge);
    }
};

QTEST_GUILESS_MAIN(TestDispatchQt)
#include "test_dispatch_qt.moc"
