// SPDX-License-Identifier: GPL-3.0-or-later
// Command lines that are wrong: each is told so on standard error, and ends at once with exit code 2.
#include <QProcess>
#include <QtTest>

class TestOptions : public QObject {
    Q_OBJECT
private slots:
    void givenWrongCommandLine_whenItIsRead_thenItIsRefused_data() {
        QTest::addColumn<QStringList>("line");
        const char* const lines[] = {
            "",
            "nonsense",
            "serve",
            "serve nonsense",
            "serve echo --nonsense",
            "serve echo surplus",
            "serve echo --id 0",
            "serve echo --id banana",
            "serve echo --id -1",
            "serve echo --slots 0",
            "serve echo --slots 1.5",
            "serve echo --policy Nonsense",
            "serve echo --registrar nonsense:x",
            "serve echo --profile slow",
            "serve echo --transport tcp",
            "serve echo --log-level loud",
            "serve echo --address 192.0.2.1:0",
            "serve pingpong --failure-after -1",
            "serve calc --capacity 0",
            "serve calc --capacity -5",
            "serve calc --capacity banana",
            "serve calc --max-jobs 0",
            "serve calc --cookie-max-time 5",
            "serve calc --clean-shutdown-probability 1.1",
            "serve script --max-memory 0",
            "serve script --max-time 5",
            "ping --count -1",
            "ping --interval 0ms",
            "ping --interval 5",
            "ping --registrar 192.0.2.1:3863",
            "terminal --linger soon",
            "calc --job-size 0",
            "calc --jobs -3",
            "script",
            "script submit --input /nowhere",
            "script run",
            "script run --max-trials 0 -- true",
            "script run --folder /nowhere/at/all -- true",
        };
        for (const char* const line : lines) {
            QTest::newRow(line) << QString::fromLatin1(line).split(' ', Qt::SkipEmptyParts);
        }
        QTest::newRow("empty pool") << QStringList{"serve", "echo", "--pool", ""};
    }
    void givenWrongCommandLine_whenItIsRead_thenItIsRefused() {
        QFETCH(QStringList, line);
        QProcess kolam;
        kolam.start(KOLAM_PROGRAM, line);
        QVERIFY2(kolam.waitForFinished(20'000), "it runs");
        QCOMPARE(kolam.exitStatus(), QProcess::NormalExit);
        QCOMPARE(kolam.exitCode(), 2);
        QVERIFY(!kolam.readAllStandardError().isEmpty());
        QVERIFY(kolam.readAllStandardOutput().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestOptions)
#include "test_options.moc"
