// SPDX-License-Identifier: GPL-3.0-or-later
// Every quantile against the sorted truth.
#include "core/base/random.h"
#include "demos/load/latency_histogram.h"
#include "demos/load/load_report.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>
#include <algorithm>
#include <cmath>
#include <vector>

using namespace kolam;
using namespace kolam::load;
using namespace std::chrono_literals;

class TestLatencyHistogram : public QObject {
    Q_OBJECT
private slots:
    void givenNothing_allIsZero() {
        const LatencyHistogram empty;
        QCOMPARE(empty.count(), std::uint64_t{0});
        QCOMPARE(empty.quantile(0.5), Duration{});
        QCOMPARE(empty.least(), Duration{});
        QCOMPARE(empty.mean(), Duration{});
    }
    void givenOneValue_everyQuantileIsIt() {
        LatencyHistogram one;
        one.add(123'457ns);
        for (const double share : {0.0, 0.5, 1.0}) {
            QCOMPARE(one.quantile(share), Duration{123'457});
        }
        QCOMPARE(one.mean(), Duration{123'457});
    }
    void givenSmallValues_theyAreExact() {
        LatencyHistogram small;
        for (int i = 0; i < 256; ++i) {
            small.add(Duration{i});
        }
        QCOMPARE(small.quantile(0.5), Duration{127});
        QCOMPARE(small.quantile(1), Duration{255});
        QCOMPARE(small.quantile(0), Duration{0});
    }
    void givenImpossibleValues_theyAreCountedAtTheEnds() {
        LatencyHistogram odd;
        odd.add(-5ms);
        odd.add(Duration::max());
        QCOMPARE(odd.least(), Duration{});
        QCOMPARE(odd.count(), std::uint64_t{2});
        QVERIFY(odd.quantile(1) > 30min);
    }
    void givenManyValues_everyQuantileIsRightToAPercent_data() {
        QTest::addColumn<double>("power"); // of ten, of the largest
        for (const double power : {2.0, 4.0, 6.0, 9.0, 12.0}) {
            QTest::newRow(qPrintable(QString::number(power))) << power;
        }
    }
    void givenManyValues_everyQuantileIsRightToAPercent() {
        QFETCH(double, power);
        Random random{7};
        LatencyHistogram histogram;
        LatencyHistogram halves[2];
        std::vector<std::int64_t> all;
        for (int i = 0; i < 20'000; ++i) {
            all.push_back(static_cast<std::int64_t>(std::pow(10.0, power * random.unit())));
            histogram.add(Duration{all.back()});
            halves[i % 2].add(Duration{all.back()});
        }
        halves[0].add(halves[1]);
        std::ranges::sort(all);
        for (const double share : {0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999, 1.0}) {
            const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(all.size())));
            const auto truth = static_cast<double>(all[rank - 1]);
            const auto told = static_cast<double>(histogram.quantile(share).count());
            QVERIFY2(told >= truth && told <= truth * 1.008, qPrintable(QString::number(share)));
            QCOMPARE(halves[0].quantile(share), histogram.quantile(share));
        }
        QCOMPARE(histogram.least().count(), all.front());
        QCOMPARE(histogram.longest().count(), all.back());
    }
    void givenResults_whenPrinted_thenTableAndJsonSayTheSame() {
        LoadResult result;
        result.what = "resolution";
        result.answered = 2;
        result.latency.add(10us);
        result.latency.add(10us);
        result.took = 1ms;
        result.failures["refused: \"\xff\""] = 3; // whatever a peer has made of it
        const std::vector<LoadResult> results{result};
        QCOMPARE(
            QString::fromStdString(toTable(results)),
            QString("                      answers   failed    a second    p50 us    p90 us    p99 us  p99.9 us    "
                    "max us\n"
                    "resolution                  2        3        2000      10.0      10.0      10.0      10.0    "
                    "  10.0\n"
                    "resolution: 3 times refused: \"\xff\"\n"));
        const QJsonObject json =
            QJsonDocument::fromJson(QByteArray::fromStdString(toJson({{"transport", "user"}}, results))).object();
        QCOMPARE(json["transport"].toString(), QString("user"));
        const QJsonObject only = json["results"].toArray().at(0).toObject();
        QCOMPARE(only["per_second"].toDouble(), 2000.0);
        QCOMPARE(only["failed"].toInt(), 3);
        QCOMPARE(only["latency_us"].toObject()["p99"].toDouble(), 10.0);
        QCOMPARE(only["failures"].toObject().size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestLatencyHistogram)
#include "test_latency_histogram.moc"
