// SPDX-License-Identifier: GPL-3.0-or-later
// When a silent peer is probed, when it is given up, and when the silence was our own.
#include "core/session/keep_alive_watch.h"

#include <QtTest>

using namespace kolam;
using namespace std::chrono_literals;
using session::KeepAliveWatch;
using Verdict = KeepAliveWatch::Verdict;

namespace {
constexpr TimePoint start{100s};
}

class TestKeepAliveWatch : public QObject {
    Q_OBJECT
private slots:
    void givenSilence_whenThreeIntervalsPass_thenThePeerIsDead() {
        KeepAliveWatch watch{250ms, 3};
        QCOMPARE(watch.deadline(), never);
        watch.start(start);
        QCOMPARE(watch.look(start + 249ms), Verdict::Fine);
        QCOMPARE(watch.look(start + 250ms), Verdict::Probe);
        QCOMPARE(watch.look(start + 400ms), Verdict::Fine);
        QCOMPARE(watch.look(start + 500ms), Verdict::Probe);
        QCOMPARE(watch.look(start + 750ms), Verdict::Dead);
    }
    void givenAnythingHeard_whenTimePasses_thenTheCountBeginsAnew() {
        KeepAliveWatch watch{250ms, 3};
        watch.start(start);
        (void)watch.look(start + 250ms);
        (void)watch.look(start + 500ms);
        watch.heard(start + 510ms);
        QCOMPARE(watch.deadline(), start + 760ms);
        QCOMPARE(watch.look(start + 760ms), Verdict::Probe);
        QCOMPARE(watch.look(start + 1010ms), Verdict::Probe);
        QCOMPARE(watch.look(start + 1260ms), Verdict::Dead);
    }
    void givenOurselvesStoppedForAMinute_whenWeLookAgain_thenThePeerIsNotBlamed() {
        KeepAliveWatch watch{250ms, 3};
        watch.start(start);
        (void)watch.look(start + 250ms);
        (void)watch.look(start + 500ms);
        QCOMPARE(watch.look(start + 60s), Verdict::Probe);
        QCOMPARE(watch.deadline(), start + 60s + 250ms);
        QCOMPARE(watch.look(start + 60s + 250ms), Verdict::Dead); // now it has had its time
    }
    void givenNoInterval_whenStarted_thenNobodyIsWatched() {
        KeepAliveWatch watch{0ms, 3};
        watch.start(start);
        QVERIFY(!watch.running());
        QCOMPARE(watch.look(start + 1h), Verdict::Fine);
    }
};

QTEST_APPLESS_MAIN(TestKeepAliveWatch)
#include "test_keep_alive_watch.moc"
