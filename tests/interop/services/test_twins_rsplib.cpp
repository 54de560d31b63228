// SPDX-License-Identifier: GPL-3.0-or-later
// Each service and user of ours against its twin of rsplib, as programs, at our registrar: their servers with our
// users, our servers with their users, and pools of both whose servers are killed or stopped. Next door:
// test_services_rsplib.cpp, theirs with theirs.
#include "tests/interop/common/guest_test.h"

#include <QFile>
#include <QRegularExpression>
#include <csignal>

using namespace kolam;
using namespace kolam::interop;

class TestTwinsRsplib : public GuestTest {
    Q_OBJECT
private slots:
    void givenTheirEcho_whenOurTerminalWrites_thenItIsAnswered();
    void givenOurEcho_whenTheirTerminalWrites_thenItIsAnswered();
    void givenTheirDiscard_whenOurTerminalWrites_thenItTakesEverything();
    void givenOurDiscard_whenTheirTerminalWrites_thenItTakesEverything();
    void givenTheirDaytime_whenOurTerminalAsks_thenItIsTold();
    void givenOurDaytime_whenTheirTerminalAsks_thenItIsTold();
    void givenOurChargen_whenTheirTerminalReads_thenCharactersFlow();
    void givenTheirPingPong_whenServersGiveUpAndDie_thenOurNumbersGoOn();
    void givenOurPingPong_whenServersGiveUpAndDie_thenTheirNumbersGoOn();
    void givenPingPongOfBoth_whenServersDie_thenOurNumbersGoOnAtTheOther();
    void givenTheirCalcApp_whenAServerIsStopped_thenOurJobGoesOn();
    void givenOurCalcApp_whenAServerIsKilled_thenTheirJobGoesOn();
    void givenCalcAppOfBoth_whenTheirServerDies_thenOurJobGoesOnAtOurs();
    void givenResults_whenBothHaveWrittenThem_thenTheyHaveTheSameColumns();
    void givenTheirScripting_whenWeSubmitWork_thenItIsDone();
    void givenOurScripting_whenTheirClientSubmitsWork_thenItIsDoneInTheBox();

private:
    /// `kolam COMMAND ...` on our host, at our registrar.
    std::unique_ptr<Program> kolam(const QStringList& command, const QStringList& more = {}) {
        return std::make_unique<Program>(QString{}, QStringLiteral(KOLAM_PROGRAM),
                                         command +
                                             QStringList{"--registrar", "10.254.1.1:3863", "--address", "10.254.1.1:0",
                                                         "--transport", "kernel", "--insecure-lan"} +
                                             more);
    }
    std::unique_ptr<Program> serve(const QString& service, std::uint32_t id, const QStringList& more = {}) {
        return kolam({"serve", service}, QStringList{"--id", QString::number(id)} + more);
    }
    std::unique_ptr<Program> theirUser(const QString& name, const QString& pool, const QStringList& more = {}) {
        return theirs(name, QStringList{QStringLiteral("-poolhandle=") + pool, "-registrar=10.254.1.1:3863",
                                        "-asapannounce=off"} +
                                more);
    }
    std::unique_ptr<Program> theirService(const QString& service, const QString& pool, std::uint32_t id,
                                          const QStringList& more = {}) {
        return theirServer(service, pool, id, ourAsap(), more);
    }
    bool poolHas(const RegistrarNode& registrar, std::size_t elements) {
        return until([&] { return registrar.handlespace().elementCount() == elements; });
    }
    static QByteArray contents(const QString& name) {
        QFile file{qEnvironmentVariable("TMPDIR") + QLatin1Char('/') + name};
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray{};
    }
};

namespace {
constexpr std::uint32_t theirOne = 0x0a000001;
constexpr std::uint32_t theirTwo = 0x0a000002;
constexpr std::uint32_t ourOne = 0x0b000001;
constexpr std::uint32_t ourTwo = 0x0b000002;
} // namespace

// ---- Echo, discard, daytime, character generator
// ---------------------------------------------------------------------

void TestTwinsRsplib::givenTheirEcho_whenOurTerminalWrites_thenItIsAnswered() {
    combination("kolam-registrar, kolam terminal", "rspserver -echo", "our user at their server");
    const auto registrar = ourRegistrar(1, 0x11111111);
    QVERIFY(registrar);
    const auto server = theirService("echo", "EchoPool", theirOne);
    QVERIFY(poolHas(*registrar, 1));
    const auto user = kolam({"terminal"});
    user->type("hello\n");
    QVERIFY(until([&] { return user->said("0x0a000001> hello\n"); }));
}

void TestTwinsRsplib::givenOurEcho_whenTheirTerminalWrites_thenItIsAnswered() {
    combination("kolam-registrar, kolam serve echo", "rspterminal", "their user at our server");
    const auto registrar = ourRegistrar(1, 0x11111111);
    QVERIFY(registrar);
    const auto server = serve("echo", ourOne);
    QVERIFY(poolHas(*registrar, 1));
    const auto user = theirUser("rspterminal", "EchoPool");
    user->type("hello\n");
    QVERIFY(until([&] { return user->said("from PE $0b000001> hello"); }));
}

void TestTwinsRsplib::givenTheirDiscard_whenOurTerminalWrites_thenItTakesEverything() {
    combination("kolam-registrar, kolam terminal", "rspserver -discard", "our user at their server");
    const auto registrar = ourRegistrar(1, 0x11111111);
    QVERIFY(registrar);
    const auto server = theirService("discard", "DiscardPool", theirOne);
    QVERIFY(poolHas(*registrar, 1));
    const auto user = kolam({"terminal", "--pool", "DiscardPool"});
    user->type("hello\n");
    QVERIFY(until([&] { return server->said("RSERPOOL_SESSION_ADD") && user->said("at element 0x0a000001"); }));
    turnFor(1s);
    QVERIFY(!user->said("lost element"));
}

void TestTwinsRsplib::givenOurDiscard_whenTheirTerminalWrites_thenItTakesEverything() {
    combination("kolam-registrar, kolam serve discard", "rspterminal", "their user at our server");
    const auto registrar = ourRegistrar(1, 0x11111111);
    QVERIFY(registrar);
    const auto server = serve("discard", ourOne);
    QVERIFY(poolHas(*registrar, 1));
    const auto user = theirUser("rspterminal", "DiscardPool");
    user->type("hello\n");
    turnFor(2s);
    QVERIFY(!user->said("FAILOVER #2"));
    QVERIFY(!user->said("> hello"));
}

void TestTwinsRsplib::givenTheirDaytime_whenOurTerminalAsks_thenItIsTold() {
    combination("kolam-registrar, kolam terminal", "2 rspserver -daytime",
                "our user at their servers, again and again");
    const auto registrar = ourRegistrar(1, 0x11111111);
    QVERIFY(registrar);
    const auto one = theirService("daytime", "DaytimePool", theirOne);
    const auto two = theirService("daytime", "DaytimePool", theirTwo);
    QVERIFY(poolHas(*registrar, 2));
    const auto user = kolam({"terminal", "--pool", "DaytimePool"});
    const QRegularExpression answer{R"(0x0a00000([12])> [A-Z][a-z]+day, \d\d-[A-Z][a-z]+-\d{4} \d\d:\d\d:\d\d\.\d{6})"};
    QVERIFY(until([&] {
        std::set<QString> servers;
        auto found = answer.globalMatch(QString::fromUtf8(user->output()));
        while (found.hasNext()) {
            servers.insert(found.next().captured(1));
        }
        return servers.size() == 2;
    }));
}

void TestTwinsRsplib::givenOurDaytime_whenTheirTerminalAsks_thenItIsTold() {
    combination("kolam-registrar, kolam serve daytime", "rspterminal", "their user at our server");
    const auto registrar = ourRegistrar(1, 0x11111111);
    QVERIFY(registrar);
    const auto server = serve("daytime", ourOne);
    QVERIFY(poolHas(*registrar, 1));
    const auto user = theirUser("rspterminal", "DaytimePool");
    const QRegularExpression answer{R"(from PE \$0b000001> [A-Z][a-z]+day, \d\d-[A-Z][a-z]+-\d{4} \d\d:)"};
    QVERIFY(until([&] { return answer.match(QString::fromUtf8(user->output())).hasMatch(); }));
}

void TestTwinsRsplib::givenOurChargen_whenTheirTerminalReads_thenCharactersFlow() {
    combination("kolam-registrar, kolam serve chargen", "rspterminal",
                "their user at our server (their server cannot be started)");
    const auto registrar = ourRegistrar(1, 0x11111111);
    QVERIFY(registrar);
    const auto server = serve("chargen", ourOne);
    QVERIFY(poolHas(*registrar, 1));
    const auto user = theirUser("rspterminal", "CharGenPool");
    QVERIFY(until([&] { return user->said("ABCDEFGHIJKLMNOPQRSTUVWXYZ"); }));
}

// ---- Ping pong
// -------------------------------------------------------------------------------------------------------

void TestTwinsRsplib::givenTheirPingPong_whenServersGiveUpAndDie_thenOurNumbersGoOn() {
    combination("kolam-registrar, kolam ping", "2 rspserver -pingpong",
                "their servers give up, one is killed: our user's numbers go on");
    const auto registrar = ourRegistrar(1, 0x11111111);
    QVERIFY(registrar);
    auto one = theirService("pingpong", "PingPongPool", theirOne, {"-pppfailureafter=5"});
    const auto two = theirService("pingpong", "PingPongPool", theirTwo, {"-pppfailureafter=5"});
    QVERIFY(poolHas(*registrar, 2));
    const auto user = kolam({"ping"}, {"--interval", "200ms", "--count", "30"});
    QVERIFY(until([&] { return user->said("reply 12 to"); }));
    one->kill();
    QVERIFY(until([&] { return !user->running(); }));
    QVERIFY(user->said("30 pings, 30 replies, 0 skipped"));
    remark(QStringLiteral("%1 failovers").arg(user->countOf("goes on at")));
}

void TestTwinsRsplib::givenOurPingPong_whenServersGiveUpAndDie_thenTheirNumbersGoOn() {
    combination("kolam-registrar, 2 kolam serve pingpong", "pingpongclient",
                "our servers give up, one is killed: their user's numbers go on");
    const auto registrar = ourRegistrar(1, 0x11111111);
    QVERIFY(registrar);
    auto one = serve("pingpong", ourOne, {"--failure-after", "5"});
    const auto two = serve("pingpong", ourTwo, {"--failure-after", "5"});
    QVERIFY(poolHas(*registrar, 2));
    const auto user = theirUser("pingpongclient", "PingPongPool", {"-interval=200"});
    QVERIFY(until([&] { return user->said("(reply #12)"); }));
    one->kill();
    QVERIFY(until([&] { return user->said("(reply #25)"); }));
    QVERIFY(!user->said("Detected gap"));
}

void TestTwinsRsplib::givenPingPongOfBoth_whenServersDie_thenOurNumbersGoOnAtTheOther() {
    combination("kolam-registrar, kolam serve pingpong, kolam ping", "rspserver -pingpong",
                "one pool: from theirs to ours and back, by cookie");
    const auto registrar = ourRegistrar(1, 0x11111111);
    QVERIFY(registrar);
    auto one = theirService("pingpong", "PingPongPool", theirOne);
    QVERIFY(poolHas(*registrar, 1));
    const auto user = kolam({"ping"}, {"--interval", "200ms", "--count", "30"});
    QVERIFY(until([&] { return user->said("from 0x0a000001") && user->said("reply 5 to"); }));
    auto ours = serve("pingpong", ourOne);
    QVERIFY(poolHas(*registrar, 2));
    one->kill();
    QVERIFY(until([&] { return user->said("from 0x0b000001") && user->said("reply 15 to"); }));
    one = theirService("pingpong", "PingPongPool", theirTwo);
    QVERIFY(until([&] { return user->said("reply 17 to"); }));
    ours->signal(SIGTERM); // leaves in good order
    QVERIFY(until([&] { return !user->running(); }));
    QVERIFY(user->said("from 0x0a000002"));
    QVERIFY(user->said("30 pings, 30 replies, 0 skipped"));
}

// ---- CalcApp
// ---------------------------------------------------------------------------------------------------------

void TestTwinsRsplib::givenTheirCalcApp_whenAServerIsStopped_thenOurJobGoesOn() {
    combination("kolam-registrar, kolam calc", "2 rspserver -calcapp",
                "their server is stopped: our user's job goes on at the other, from its cookie");
    const auto registrar = ourRegistrar(1, 0x11111111);
    QVERIFY(registrar);
    const auto one = theirService("calcapp", "CalcAppPool", theirOne,
                                  {"-capvector=1.vec", "-capscalar=1.sca", "-capcookiemaxtime=1"});
    QVERIFY(poolHas(*registrar, 1));
    const auto user =
        kolam({"calc"}, {"--job-size", "8000000", "--constant-size", "--jobs", "1", "--keepalive-interval", "1s",
                         "--keepalive-timeout", "1s", "--log-level", "info"});
    turnFor(5s);
    const auto two = theirService("calcapp", "CalcAppPool", theirTwo, {"-capvector=2.vec", "-capscalar=2.sca"});
    QVERIFY(poolHas(*registrar, 2));
    one->signal(SIGSTOP);
    QVERIFY(until([&] { return !user->running(); }));
    QVERIFY(user->said("job 1: 8000000 calculations in ") && user->said("1 started, 1 completed; 1 failovers"));
    // Less than both parts done in full: some of the work was kept.
    const auto took =
        QRegularExpression{R"(in ([0-9.]+) s)"}.match(QString::fromUtf8(user->output())).captured(1).toDouble();
    remark(QStringLiteral("8 s of work took %1 s").arg(took));
    QVERIFY(took < 14.0);
}

void TestTwinsRsplib::givenOurCalcApp_whenAServerIsKilled_thenTheirJobGoesOn() {
    combination("kolam-registrar, 2 kolam serve calc", "calcappclient",
                "our server is killed: their user's job goes on at the other");
    const auto registrar = ourRegistrar(1, 0x11111111);
    QVERIFY(registrar);
    auto one = serve("calc", ourOne, {"--cookie-max-time", "500ms"});
    QVERIFY(poolHas(*registrar, 1));
    const auto user = theirUser("calcappclient", "CalcAppPool",
                                {"-jobinterval=0.5", "-jobsize=3000000", "-vector=u.vec", "-scalar=u.sca",
                                 "-keepalivetransmissioninterval=500", "-keepalivetimeoutinterval=1000"});
    QVERIFY(until([&] { return user->said("accepted"); }));
    const auto two = serve("calc", ourTwo, {"--cookie-max-time", "500ms"});
    QVERIFY(poolHas(*registrar, 2));
    one->kill();
    QVERIFY(until([&] { return user->countOf("completed:") >= 2; }));
}

void TestTwinsRsplib::givenCalcAppOfBoth_whenTheirServerDies_thenOurJobGoesOnAtOurs() {
    combination("kolam-registrar, kolam serve calc, kolam calc", "rspserver -calcapp",
                "one pool: our user's job goes on at our server, from their cookie");
    const auto registrar = ourRegistrar(1, 0x11111111);
    QVERIFY(registrar);
    auto one = theirService("calcapp", "CalcAppPool", theirOne,
                            {"-capvector=1.vec", "-capscalar=1.sca", "-capcookiemaxtime=1"});
    QVERIFY(poolHas(*registrar, 1));
    const auto user = kolam({"calc"}, {"--job-size", "8000000", "--constant-size", "--jobs", "1"});
    turnFor(5s);
    const auto ours = serve("calc", ourOne, {"--scalar", "ours.sca"});
    QVERIFY(poolHas(*registrar, 2));
    one->kill();
    QVERIFY(until([&] { return !user->running(); }));
    QVERIFY(user->said("1 started, 1 completed; 1 failovers"));
    ours->interrupt();
    const double used = QRegularExpression{R"re("CalcAppPE Total Used Capacity" +(\d+))re"}
                            .match(QString::fromUtf8(contents("ours.sca")))
                            .captured(1)
                            .toDouble();
    remark(QStringLiteral("ours had to do %1 of 8000000 calculations").arg(used));
    QVERIFY(used > 100'000 && used < 7'500'000);
}

void TestTwinsRsplib::givenResults_whenBothHaveWrittenThem_thenTheyHaveTheSameColumns() {
    combination("kolam-registrar, kolam serve calc, kolam calc", "rspserver -calcapp, calcappclient",
                "vectors and scalars have the same form");
    const auto registrar = ourRegistrar(1, 0x11111111);
    QVERIFY(registrar);
    auto theirElement =
        theirService("calcapp", "TheirPool", theirOne, {"-capvector=their-pe.vec", "-capscalar=their-pe.sca"});
    auto ourElement = serve("calc", ourOne, {"--pool", "OurPool", "--vector", "our-pe.vec", "--scalar", "our-pe.sca"});
    QVERIFY(poolHas(*registrar, 2));
    auto theirPu = theirUser(
        "calcappclient", "TheirPool",
        {"-jobinterval=0.2", "-jobsize=100000", "-runtime=5", "-vector=their-pu.vec", "-scalar=their-pu.sca"});
    auto ourPu = kolam({"calc"}, {"--pool", "OurPool", "--job-interval", "200ms", "--job-size", "100000", "--runtime",
                                  "5s", "--vector", "our-pu.vec", "--scalar", "our-pu.sca"});
    QVERIFY(until([&] { return !theirPu->running() && !ourPu->running(); }));
    theirElement->interrupt();
    ourElement->interrupt();
    // Every number becomes a word of its kind; then one line of each kind has to be equal.
    const auto shape = [](QByteArray text) {
        QString line = QString::fromUtf8(text.split('\n').value(1)); // the first one after the names
        line.replace(QRegularExpression{R"(\bscenario\.\w+\[\d+\])"}, "NAME");
        line.replace(QRegularExpression{R"(0x[0-9a-f]{8})"}, "ID");
        line.replace(QRegularExpression{R"(\d+\.\d{6})"}, "REAL");
        line.replace(QRegularExpression{R"(\b\d+\b)"}, "WHOLE");
        return line.trimmed();
    };
    const auto names = [](const QByteArray& text) {
        QStringList all;
        for (const QByteArray& line : text.split('\n')) {
            if (!line.trimmed().isEmpty()) {
                all += QString::fromUtf8(line).section(QLatin1Char('"'), 3, 3);
            }
        }
        return all;
    };
    for (const char* role : {"pu", "pe"}) {
        const QByteArray theirVector = contents(QStringLiteral("their-%1.vec").arg(QLatin1String(role)));
        const QByteArray ourVector = contents(QStringLiteral("our-%1.vec").arg(QLatin1String(role)));
        QVERIFY(!theirVector.isEmpty());
        QCOMPARE(ourVector.split('\n').first(), theirVector.split('\n').first());
        QCOMPARE(shape(ourVector), shape(theirVector));
        QCOMPARE(names(contents(QStringLiteral("our-%1.sca").arg(QLatin1String(role)))),
                 names(contents(QStringLiteral("their-%1.sca").arg(QLatin1String(role)))));
    }
}

// ---- Scripting
// -------------------------------------------------------------------------------------------------------

namespace {

/// Packs a script that writes its own name and an environment into its output; false: it could not.
bool makeWork() {
    const QString commands =
        R"(cd $TMPDIR; mkdir -p -m 1777 nobody; rm -rf w; mkdir w
           printf '#!/bin/sh\ncat "$0" >result; cat "$2" >>result; tar czf "$1" result\n' >w/ssrun
           chmod +x w/ssrun; tar czf work.tar.gz -C w ssrun; echo environment >environment)";
    return QProcess::execute("bash", {"-ec", commands}) == 0;
}

} // namespace

void TestTwinsRsplib::givenTheirScripting_whenWeSubmitWork_thenItIsDone() {
    combination("kolam-registrar, kolam script submit", "rspserver -scripting",
                "our user at their server, with an environment");
    const auto registrar = ourRegistrar(1, 0x11111111);
    QVERIFY(registrar && makeWork());
    const auto server = theirService("scripting", "ScriptingPool", theirOne);
    QVERIFY(poolHas(*registrar, 1));
    const QStringList order{"--input", "work.tar.gz", "--output", "ours.tar.gz", "--environment", "environment"};
    for (const char* const asked : {"uploaded", "kept"}) {
        const auto user = kolam({"script", "submit"}, order);
        QVERIFY2(until([&] { return !user->running(); }), asked);
        QVERIFY2(user->said("done"), asked);
        QCOMPARE(QProcess::execute(
                     "bash", {"-c", "cd $TMPDIR; tar xzOf ours.tar.gz result | tail -n 1 | grep -qx environment"}),
                 0);
        QVERIFY(QFile::remove(qEnvironmentVariable("TMPDIR") + "/ours.tar.gz"));
    }
}

void TestTwinsRsplib::givenOurScripting_whenTheirClientSubmitsWork_thenItIsDoneInTheBox() {
    combination("kolam-registrar, kolam serve script", "scriptingclient",
                "their user at our server, in the sandbox, with an environment");
    const auto registrar = ourRegistrar(1, 0x11111111);
    QVERIFY(registrar && makeWork());
    const QString temporary = qEnvironmentVariable("TMPDIR") + "/nobody";
    const Program server{QString{},
                         "setpriv",
                         {"--reuid", "65534", "--regid", "65534", "--clear-groups", "env", "TMPDIR=" + temporary,
                          KOLAM_PROGRAM, "serve", "script", "--registrar", "10.254.1.1:3863", "--address",
                          "10.254.1.1:0", "--transport", "kernel", "--insecure-lan", "--id", QString::number(ourOne)}};
    QVERIFY(poolHas(*registrar, 1));
    for (const char* const asked : {"uploaded", "kept"}) {
        const auto user = theirUser("scriptingclient", "ScriptingPool",
                                    {"-input=work.tar.gz", "-output=theirs.tar.gz", "-environment=environment"});
        QVERIFY2(until([&] { return user->said("Download completed!"); }), asked);
        QVERIFY2(until([&] { return !user->running(); }), asked);
        QCOMPARE(QProcess::execute(
                     "bash", {"-c", "cd $TMPDIR; tar xzOf theirs.tar.gz result | tail -n 1 | grep -qx environment"}),
                 0);
        QVERIFY(QFile::remove(qEnvironmentVariable("TMPDIR") + "/theirs.tar.gz"));
    }
}

KOLAM_GUEST_MAIN(TestTwinsRsplib)
#include "test_twins_rsplib.moc"
