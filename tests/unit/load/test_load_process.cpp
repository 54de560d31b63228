// SPDX-License-Identifier: GPL-3.0-or-later
// `kolam load` as a process, at a real registrar over loopback, and what it says to mistakes.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QtTest>

using namespace Qt::StringLiterals;

namespace {

struct Ended {
    int code = -1;
    QByteArray out;
    QByteArray error;
};

Ended run(const QStringList& arguments) {
    QProcess program;
    program.start(QStringLiteral(KOLAM_COMMAND), QStringList{u"load"_s} + arguments);
    if (!program.waitForFinished(60'000)) {
        program.kill();
        program.waitForFinished();
        return {};
    }
    return {program.exitCode(), program.readAllStandardOutput(), program.readAllStandardError()};
}

/// A registrar on a port of its own.
class Registrar {
public:
    explicit Registrar(const QStringList& more = {}) {
        m_program.setProcessChannelMode(QProcess::MergedChannels);
        m_program.start(QStringLiteral(KOLAM_REGISTRAR),
                        QStringList{u"--asap"_s, u"127.0.0.1:0"_s, u"--announce"_s, u"off"_s, u"--no-enrp"_s} + more);
        QByteArray said;
        const QByteArray before = "serves ASAP at 127.0.0.1:";
        while (!said.contains(before) && m_program.waitForReadyRead(20'000)) {
            said += m_program.readAll();
        }
        m_port = said.mid(said.indexOf(before) + before.size()).split(' ').front();
    }
    ~Registrar() {
        m_program.kill();
        m_program.waitForFinished();
    }
    Registrar(const Registrar&) = delete;
    Registrar& operator=(const Registrar&) = delete;
    [[nodiscard]] QString address() const { return u"127.0.0.1:"_s + QString::fromUtf8(m_port); }

private:
    QProcess m_program;
    QByteArray m_port;
};

const QStringList withoutLimits{
    u"--max-resolutions"_s, u"0"_s, u"--max-registrations"_s, u"0"_s, u"--max-elements-per-association"_s, u"0"_s};

} // namespace

class TestLoadProcess : public QObject {
    Q_OBJECT
private slots:
    void givenARegistrar_whenLoaded_thenEveryPhaseIsReported() {
        const Registrar registrar{withoutLimits};
        const Ended ended =
            run({u"register"_s, u"--registrar"_s, registrar.address(), u"--elements"_s, u"200"_s, u"--associations"_s,
                 u"4"_s, u"--outstanding"_s, u"8"_s, u"--requests"_s, u"1000"_s, u"--json"_s});
        QVERIFY2(ended.code == 0, ended.error.constData());
        const QJsonObject json = QJsonDocument::fromJson(ended.out).object();
        QStringList lines;
        for (const QJsonValue& value : json["results"_L1].toArray()) {
            const QJsonObject result = value.toObject();
            lines += u"%1 %2 %3"_s.arg(result["what"_L1].toString())
                         .arg(result["answered"_L1].toInt())
                         .arg(result["failed"_L1].toInt());
            QVERIFY(result["per_second"_L1].toDouble() > 0);
            QVERIFY(result["latency_us"_L1].toObject()["p99"_L1].toDouble() > 0);
        }
        QCOMPARE(lines, QStringList({u"association 4 0"_s, u"registration 200 0"_s, u"re-registration 1000 0"_s,
                                     u"deregistration 200 0"_s}));
        QVERIFY(!json["transport"_L1].toString().isEmpty()); // those that this host has
    }
    void givenARegistrar_whenResolved_thenATableSaysSo() {
        const Registrar registrar{withoutLimits};
        const Ended ended = run({u"resolve"_s, u"--registrar"_s, registrar.address(), u"--requests"_s, u"2000"_s,
                                 u"--transport"_s, u"user"_s});
        QVERIFY2(ended.code == 0, ended.error.constData());
        QVERIFY2(ended.out.contains("\nresolution               2000        0 "), ended.out.constData());
    }
    void givenLimits_whenExceeded_thenItIsAFailure() {
        const Registrar registrar{{u"--max-resolutions"_s, u"10/20"_s}};
        const Ended ended = run({u"resolve"_s, u"--registrar"_s, registrar.address(), u"--requests"_s, u"100"_s});
        QCOMPARE(ended.code, 1);
        QVERIFY2(ended.out.contains("resolution: 80 times refused: "), ended.out.constData());
    }
    void givenNobody_whenLoaded_thenItSaysSo() {
        const Ended ended = run({u"resolve"_s, u"--registrar"_s, u"127.0.0.1:9"_s, u"--patience"_s, u"2s"_s});
        QCOMPARE(ended.code, 1);
        QVERIFY2(ended.error.startsWith("kolam load: no association with 127.0.0.1:9: "), ended.error.constData());
    }
    void givenMistakes_whenStarted_thenEachIsNamed_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("what") << QStringList{u"everything"_s} << QByteArray{"everything"};
        QTest::newRow("nothing") << QStringList{} << QByteArray{"what is required"};
        QTest::newRow("time") << QStringList{u"resolve"_s, u"--time"_s, u"10"_s} << QByteArray{"--time"};
        QTest::newRow("number") << QStringList{u"resolve"_s, u"--outstanding"_s, u"many"_s}
                                << QByteArray{"--outstanding"};
        QTest::newRow("none at all") << QStringList{u"resolve"_s, u"--associations"_s, u"0"_s}
                                     << QByteArray{"--associations"};
        QTest::newRow("address") << QStringList{u"resolve"_s, u"--registrar"_s, u"here"_s} << QByteArray{"--registrar"};
        QTest::newRow("policy") << QStringList{u"register"_s, u"--policy"_s, u"Best"_s} << QByteArray{"--policy"};
        QTest::newRow("option") << QStringList{u"resolve"_s, u"--fast"_s} << QByteArray{"--fast"};
        QTest::newRow("far away") << QStringList{u"resolve"_s, u"--registrar"_s, u"10.1.2.3:3863"_s}
                                  << QByteArray{"need --insecure-lan"};
    }
    void givenMistakes_whenStarted_thenEachIsNamed() {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, said);
        const Ended ended = run(arguments);
        QCOMPARE(ended.code, 2);
        QVERIFY2(ended.error.contains(said), ended.error.constData());
        QCOMPARE(ended.out, QByteArray{});
    }
};

QTEST_GUILESS_MAIN(TestLoadProcess)
#include "test_load_process.moc"
