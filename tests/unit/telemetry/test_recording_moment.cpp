// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/cli/recording_moment.h"

#include <QtTest>

using namespace kolam;
using namespace kolam::cli;
using namespace kolam::telemetry;

namespace {
constexpr std::int64_t first = 1'795'886'682'000'000'000; // 2026-11-28 17:24:42 UTC
} // namespace

class TestRecordingMoment : public QObject {
    Q_OBJECT
private slots:
    void givenAMoment_whenRead_thenItIsTheOneThatIsMeant_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("milliseconds"); // since the recording's beginning
        QTest::newRow("since the beginning") << "12.5s" << qint64{12'500};
        QTest::newRow("at the beginning") << "0s" << qint64{0};
        QTest::newRow("time of day") << "17:24:43.25" << qint64{1'250};
        QTest::newRow("next day") << "17:24:41" << qint64{86'399'000};
        QTest::newRow("date") << "2026-11-28 17:24:42.001" << qint64{1};
        QTest::newRow("ISO 8601") << "2026-11-28T17:25:42" << qint64{60'000};
    }
    void givenAMoment_whenRead_thenItIsTheOneThatIsMeant() {
        QFETCH(QString, text);
        QFETCH(qint64, milliseconds);
        RecordingIndex index;
        index.first = WallTime{first};
        const auto moment = readMoment(text.toStdString(), index);
        QVERIFY2(moment.has_value(), moment ? "" : moment.error().c_str());
        QCOMPARE(qint64{moment->value - first}, milliseconds * 1'000'000);
    }

    void givenNoMoment_whenRead_thenItIsRefused() {
        for (const char* text : {"", "12", "now", "-1s", "25:00:00", "12:60:00", "1:2:3", "17:24", "17:24:42.",
                                 "17:24:42.x", "17:24:42.1234567890", "2026-13-01 00:00:00", "2026-02-30 00:00:00",
                                 "2026-11-28", "2026-11-28 17:24", "20261128 17:24:42"}) {
            QVERIFY2(!readMoment(text, {}), text);
        }
    }
};

QTEST_GUILESS_MAIN(TestRecordingMoment)
#include "test_recording_moment.moc"
