// SPDX-License-Identifier: GPL-3.0-or-later
// What a scenario leaves behind when whoever has started it dies in the middle: nothing, also of what is frozen.
#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>
#include <csignal>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

const QByteArray frozenFromTheBeginning = R"(kolam-scenario = 1
title = "Frozen"
length = "60s"
[[registrar]]
name = "pr"
[[element]]
name = "pe"
count = 2
serves = "echo"
[[action]]
at = "500ms"
do = "freeze"
who = "pe-1"
)";

/// Processes that have been told `word` on their command line.
QStringList told(const QString& word) {
    QStringList found;
    for (const QString& pid : QDir{u"/proc"_s}.entryList({u"[0-9]*"_s}, QDir::Dirs)) {
        QFile line{u"/proc/%1/cmdline"_s.arg(pid)};
        if (line.open(QIODevice::ReadOnly)) {
            const QStringList words = QString::fromUtf8(line.readAll()).split(QChar{0});
            if (words.contains(word)) {
                found << pid + u": "_s + words.join(u' ');
            }
        }
    }
    return found;
}

} // namespace

class TestScenarioProcesses : public QObject {
    Q_OBJECT
private slots:
    void givenFrozenElement_whenTheDemonstrationIsKilled_thenNothingIsLeftOfIt() {
        QTemporaryDir folder;
        QFile file{folder.filePath(u"frozen.rsdemo"_s)};
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(frozenFromTheBeginning);
        file.close();
        QProcess demo;
        demo.setProcessChannelMode(QProcess::MergedChannels);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"XDG_RUNTIME_DIR"_s, folder.path()); // its sockets and logs go with our folder
        demo.setProcessEnvironment(environment);
        demo.start(QCoreApplication::applicationDirPath() + u"/kolam"_s, {u"demo"_s, file.fileName(), u"--headless"_s});
        QVERIFY(demo.waitForStarted());
        const QString scope = u"lab-%1"_s.arg(demo.processId());
        QByteArray output;
        while (!output.contains("pe-1 is frozen") && demo.waitForReadyRead(30'000)) {
            output += demo.readAll();
        }
        QVERIFY2(output.contains("pe-1 is frozen"), output);
        QCOMPARE(told(scope).size(), 4); // the lab, the registrar, two elements
        demo.kill();
        QVERIFY(demo.waitForFinished());
        QTRY_VERIFY2_WITH_TIMEOUT(told(scope).isEmpty(), qPrintable(told(scope).join(u'\n')), 20'000);
    }

    void givenWrongFile_whenPlayed_thenItsMistakeIsToldAndNothingStarts() {
        QTemporaryDir folder;
        QFile file{folder.filePath(u"wrong.rsdemo"_s)};
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(frozenFromTheBeginning + "colour = 3\n");
        file.close();
        QProcess demo;
        demo.setProcessChannelMode(QProcess::MergedChannels);
        demo.start(QCoreApplication::applicationDirPath() + u"/kolam"_s, {u"demo"_s, file.fileName(), u"--headless"_s});
        QVERIFY(demo.waitForFinished());
        QCOMPARE(demo.exitCode(), 2);
        const QByteArray output = demo.readAll();
        QVERIFY2(output.contains("wrong.rsdemo:14:1: [[action]] has no key \"colour\""), output);
    }
};

QTEST_GUILESS_MAIN(TestScenarioProcesses)
#include "test_scenario_processes.moc"
