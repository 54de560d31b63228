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

const QByteArray hindered = R"(kolam-scenario = 1
title = "Hindered"
length = "60s"
[[registrar]]
name = "pr"
[[element]]
name = "pe"
count = 4
serves = "echo"
[[action]]
at = "3s"
do = "slow"
who = "pe-1"
[[action]]
at = "3s"
do = "flap"
who = "pe-2"
period = "20s"
[[action]]
at = "3s"
do = "partition"
who = "pe-4"
[[action]]
at = "3s"
do = "overload"
who = "pe-3"
sessions = 4
say = "All that."
)";

/// Processes whose environment has `words`, a folder of ours for instance: also those of which nobody knows any more.
QStringList heirs(const QString& words) {
    QStringList found;
    for (const QString& pid : QDir{u"/proc"_s}.entryList({u"[0-9]*"_s}, QDir::Dirs)) {
        QFile environment{u"/proc/%1/environ"_s.arg(pid)};
        QFile line{u"/proc/%1/cmdline"_s.arg(pid)};
        if (environment.open(QIODevice::ReadOnly) && line.open(QIODevice::ReadOnly) &&
            environment.readAll().contains(words.toLocal8Bit())) {
            found << pid + u": "_s + QString::fromUtf8(line.readAll()).replace(QChar{0}, u' ');
        }
    }
    return found;
}

/// `kolam demo FILE`, with sockets and logs in a folder of its own.
struct PlayedDemo {
    QTemporaryDir folder;
    QProcess demo;
    QByteArray output;

    explicit PlayedDemo(const QStringList& arguments, const QByteArray& scenario = {}) {
        QStringList all{u"demo"_s};
        if (!scenario.isEmpty()) {
            QFile file{folder.filePath(u"played.rsdemo"_s)};
            if (!file.open(QIODevice::WriteOnly) || file.write(scenario) < 0) {
                qFatal("no file");
            }
            all << file.fileName();
        }
        demo.setProcessChannelMode(QProcess::MergedChannels);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"XDG_RUNTIME_DIR"_s, folder.path()); // its sockets and logs go with our folder
        demo.setProcessEnvironment(environment);
        demo.start(QCoreApplication::applicationDirPath() + u"/kolam"_s, all + arguments);
    }
    ~PlayedDemo() {
        demo.kill();
        demo.waitForFinished();
    }
    bool says(const QByteArray& words) {
        while (!output.contains(words) && demo.waitForReadyRead(30'000)) {
            output += demo.readAll();
        }
        return output.contains(words);
    }
    [[nodiscard]] QStringList processes() const { return heirs(folder.path()); }
};

} // namespace

class TestScenarioProcesses : public QObject {
    Q_OBJECT
private slots:
    void givenFrozenElement_whenTheDemonstrationIsKilled_thenNothingIsLeftOfIt() {
        PlayedDemo played{{u"--headless"_s}, frozenFromTheBeginning};
        QVERIFY2(played.says("pe-1 is frozen"), played.output);
        QTRY_COMPARE(played.processes().size(), 5); // it, the lab, the registrar, two elements
        played.demo.kill();
        QVERIFY(played.demo.waitForFinished());
        QTRY_VERIFY2_WITH_TIMEOUT(played.processes().isEmpty(), qPrintable(played.processes().join(u'\n')), 20'000);
    }

    void givenHinderedElements_whenTheDemonstrationIsKilled_thenNothingIsLeftOfIt_data() {
        QTest::addColumn<bool>("alsoTheLab");
        QTest::newRow("demo") << false;
        QTest::newRow("lab") << true;
    }
    void givenHinderedElements_whenTheDemonstrationIsKilled_thenNothingIsLeftOfIt() {
        QFETCH(bool, alsoTheLab);
        PlayedDemo played{{u"--headless"_s}, hindered};
        QVERIFY2(played.says("A crowd of 4 comes to pe-3"), played.output);
        QVERIFY2(!played.output.contains("could not be done"), played.output);
        // It, the lab, the registrar, four elements, the crowd: which shows its environment when it has begun.
        QTRY_COMPARE(played.processes().size(), 8);
        if (alsoTheLab) { // nobody is left who could heal
            const QStringList labs = played.processes().filter(u" lab "_s);
            QCOMPARE(labs.size(), 1);
            QCOMPARE(::kill(labs.front().section(u':', 0, 0).toInt(), SIGKILL), 0);
        } else {
            played.demo.kill();
        }
        QVERIFY(played.demo.waitForFinished());
        QTRY_VERIFY2_WITH_TIMEOUT(played.processes().isEmpty(), qPrintable(played.processes().join(u'\n')), 20'000);
    }

    void givenADemonstrationWithWindows_whenItIsKilled_thenTheyAreGoneToo() {
        if (!QFile::exists(QCoreApplication::applicationDirPath() + u"/kolam-fractal"_s)) {
            QSKIP("kolam-fractal was not built");
        }
        PlayedDemo played{{u"--headless"_s, u"--pace"_s, u"2000"_s}};
        QVERIFY2(played.says("are running"), played.output);
        QTRY_VERIFY_WITH_TIMEOUT(!played.processes().filter(u"kolam-fractal "_s).isEmpty(), 20'000);
        played.demo.kill();
        QVERIFY(played.demo.waitForFinished());
        QTRY_VERIFY2_WITH_TIMEOUT(played.processes().isEmpty(), qPrintable(played.processes().join(u'\n')), 20'000);
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
