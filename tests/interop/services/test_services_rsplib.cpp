// SPDX-License-Identifier: GPL-3.0-or-later
// rsplib's own servers and users of every service at our registrar: it finds the servers for them, keeps them alive and
// lets sessions go on at the next one; and elements of ours and theirs in one pool.
// Next door: test_policies_rsplib.cpp, one row a policy; tests/interop/fractal, the service that we have, too.
#include "tests/interop/common/guest_test.h"

#include <csignal>

using namespace kolam;
using namespace kolam::interop;

class TestServicesRsplib : public GuestTest {
    Q_OBJECT
private slots:
    void givenTheirEcho_whenTheirTerminalWrites_thenItIsAnswered();
    void givenOurEcho_whenTheirTerminalWrites_thenItIsAnswered();
    void givenOurEchoAtTheirRegistrar_whenTheirTerminalWrites_thenItIsAnswered();
    void givenTheirEchoAtTheirRegistrar_whenOurUserWrites_thenItIsAnswered();
    void givenTheirDiscard_whenTheirTerminalWrites_thenItHasASession();
    void givenTheirDaytime_whenTheirTerminalAsks_thenItFailsOverAgainAndAgain();
    void givenTheirPingPong_whenServersGiveUp_thenTheirClientsNumbersGoOn();
    void givenTheirPingPong_whenAServerIsKilled_thenTheirClientGoesOn();
    void givenTheirCalcApp_whenTheirClientHasJobs_thenTheyAreDone();
    void givenTheirCalcApp_whenAServerIsStopped_thenItsJobGoesOn();
    void givenTheirScripting_whenTheirClientUploads_thenTheWorkIsRun();
    void givenTheirFractal_whenTheirUserComputes_thenItIsServed();
    void givenPoolOfBoth_whenTheirTerminalsElementDies_thenItGoesOnAtOurs();
    void givenPoolOfBoth_whenOurUsersElementDies_thenItGoesOnAtTheOther_data();
    void givenPoolOfBoth_whenOurUsersElementDies_thenItGoesOnAtTheOther();
    void givenTheirServerAtOurs_whenItIsStopped_thenItIsRemoved();
    void givenTheirTerminal_whenThePoolIsUnknown_thenItIsToldSo();
    void givenCspReports_whenTheirMonitorListens_thenItShowsThem();

private:
    std::unique_ptr<Program> theirUser(const QString& name, const QString& pool, const TransportAddress& registrar,
                                       const QStringList& more = {}) {
        return theirs(name, QStringList{QStringLiteral("-poolhandle=") + pool,
                                        QStringLiteral("-registrar=") + QString::fromStdString(toText(registrar)),
                                        QStringLiteral("-asapannounce=off")} +
                                more);
    }
    /// Ours, serving, with so many elements.
    bool registered(const RegistrarNode& registrar, std::size_t elements) {
        return until([&] { return registrar.serving() && registrar.handlespace().elementCount() == elements; });
    }
};

namespace {

/// A session of our user that sends a line whenever it is asked to, and counts what comes back.
class EchoUser final : public SessionHandler {
public:
    void onEstablished(PeIdentifier element, bool) override {
        at = element;
        ++established;
    }
    void onMessage(std::uint32_t, OctetView) override { ++answers; }
    PeIdentifier at;
    int established = 0;
    int answers = 0;
};

} // namespace

void TestServicesRsplib::givenTheirEcho_whenTheirTerminalWrites_thenItIsAnswered() {
    combination("kolam-registrar", "rspserver -echo, rspterminal", "a session at our registrar");
    const auto registrar = ourRegistrar(1, 0x11111111);
    const auto server = theirServer("echo", "EchoPool", 0x0a000001, ourAsap());
    QVERIFY(registrar && registered(*registrar, 1));
    const auto user = theirUser("rspterminal", "EchoPool", ourAsap());
    user->type("hello\n");
    QVERIFY(until([&] { return user->said("> hello"); }));
}

void TestServicesRsplib::givenOurEcho_whenTheirTerminalWrites_thenItIsAnswered() {
    combination("kolam-registrar, element", "rspterminal", "their user at our element");
    const auto registrar = ourRegistrar(1, 0x11111111);
    QVERIFY(registrar);
    const auto element = ourElement("EchoPool", 0x0b000001, ourAsap());
    QVERIFY(element && registered(*registrar, 1));
    const auto user = theirUser("rspterminal", "EchoPool", ourAsap());
    user->type("hello\n");
    QVERIFY(until([&] { return user->said("> hello"); }));
}

void TestServicesRsplib::givenOurEchoAtTheirRegistrar_whenTheirTerminalWrites_thenItIsAnswered() {
    combination("element", "rspregistrar, rspterminal", "our element at their registrar, their user");
    const auto registrar = theirRegistrar(1, 0x22222222);
    const auto element = ourElement("EchoPool", 0x0b000001, theirAsap());
    QVERIFY(element);
    const auto user = theirUser("rspterminal", "EchoPool", theirAsap());
    user->type("hello\n");
    QVERIFY(until([&] { return user->said("> hello"); }));
}

void TestServicesRsplib::givenTheirEchoAtTheirRegistrar_whenOurUserWrites_thenItIsAnswered() {
    combination("user", "rspregistrar, rspserver -echo", "our user in a pool of theirs");
    const auto registrar = theirRegistrar(1, 0x22222222);
    const auto server = theirServer("echo", "EchoPool", 0x0a000001, theirAsap());
    QVERIFY(untilResolved(theirAsap(), "EchoPool", {0x0a000001}));
    const auto user = ourUser(theirAsap());
    EchoUser session;
    const SessionId id = user->openSession(PoolHandle{"EchoPool"}, session);
    QVERIFY(until([&] { return session.established == 1; }));
    QVERIFY(user->send(id, 0, asOctets("hello")).has_value());
    QVERIFY(until([&] { return session.answers == 1; }));
}

void TestServicesRsplib::givenTheirDiscard_whenTheirTerminalWrites_thenItHasASession() {
    combination("kolam-registrar", "rspserver -discard, rspterminal", "a session at our registrar");
    const auto registrar = ourRegistrar(1, 0x11111111);
    const auto server = theirServer("discard", "DiscardPool", 0x0a000001, ourAsap());
    QVERIFY(registrar && registered(*registrar, 1));
    const auto user = theirUser("rspterminal", "DiscardPool", ourAsap());
    user->type("hello\n");
    QVERIFY(until([&] { return server->said("RSERPOOL_SESSION_ADD"); }));
}

void TestServicesRsplib::givenTheirDaytime_whenTheirTerminalAsks_thenItFailsOverAgainAndAgain() {
    combination("kolam-registrar", "2 rspserver -daytime, rspterminal", "sessions end by themselves: many failovers");
    const auto registrar = ourRegistrar(1, 0x11111111);
    const auto one = theirServer("daytime", "DaytimePool", 0x0a000001, ourAsap());
    const auto two = theirServer("daytime", "DaytimePool", 0x0a000002, ourAsap());
    QVERIFY(registrar && registered(*registrar, 2));
    const auto user = theirUser("rspterminal", "DaytimePool", ourAsap());
    QVERIFY(until([&] { return user->said("FAILOVER #10 "); }));
    QVERIFY(user->said("from PE $0a000001>") && user->said("from PE $0a000002>"));
}

void TestServicesRsplib::givenTheirPingPong_whenServersGiveUp_thenTheirClientsNumbersGoOn() {
    combination("kolam-registrar", "3 rspserver -pingpong, pingpongclient",
                "servers give up: cookies, numbering goes on");
    const auto registrar = ourRegistrar(1, 0x11111111);
    std::vector<std::unique_ptr<Program>> servers;
    for (std::uint32_t id = 0x0a000001; id <= 0x0a000003; ++id) {
        servers.push_back(theirServer("pingpong", "PingPongPool", id, ourAsap(), {"-pppfailureafter=4"}));
    }
    QVERIFY(registrar && registered(*registrar, 3));
    const auto user = theirUser("pingpongclient", "PingPongPool", ourAsap(), {"-interval=100"});
    QVERIFY(until([&] { return user->said("(reply #14)"); }));
    QVERIFY(user->countOf("FAILOVER...") >= 3);
}

void TestServicesRsplib::givenTheirPingPong_whenAServerIsKilled_thenTheirClientGoesOn() {
    combination("kolam-registrar", "2 rspserver -pingpong, pingpongclient",
                "kill -9: the session goes on at the other");
    const auto registrar = ourRegistrar(1, 0x11111111);
    auto one = theirServer("pingpong", "PingPongPool", 0x0a000001, ourAsap());
    QVERIFY(registrar && registered(*registrar, 1));
    const auto user = theirUser("pingpongclient", "PingPongPool", ourAsap(), {"-interval=100"});
    QVERIFY(until([&] { return user->said("from PE $0a000001 (reply #5)"); }));
    const auto two = theirServer("pingpong", "PingPongPool", 0x0a000002, ourAsap());
    QVERIFY(registered(*registrar, 2));
    one->kill();
    QVERIFY(until([&] { return user->said("from PE $0a000002 "); }));
    QVERIFY(registered(*registrar, 1));
}

void TestServicesRsplib::givenTheirCalcApp_whenTheirClientHasJobs_thenTheyAreDone() {
    combination("kolam-registrar", "2 rspserver -calcapp, calcappclient", "jobs at our registrar");
    const auto registrar = ourRegistrar(1, 0x11111111);
    const auto one =
        theirServer("calcapp", "CalcAppPool", 0x0a000001, ourAsap(), {"-capvector=1.vec", "-capscalar=1.sca"});
    const auto two =
        theirServer("calcapp", "CalcAppPool", 0x0a000002, ourAsap(), {"-capvector=2.vec", "-capscalar=2.sca"});
    QVERIFY(registrar && registered(*registrar, 2));
    const auto user = theirUser("calcappclient", "CalcAppPool", ourAsap(),
                                {"-jobinterval=0.1", "-jobsize=100000", "-vector=u.vec", "-scalar=u.sca"});
    QVERIFY(until([&] { return user->said("Job #4 completed:"); }));
}

void TestServicesRsplib::givenTheirCalcApp_whenAServerIsStopped_thenItsJobGoesOn() {
    combination("kolam-registrar", "2 rspserver -calcapp, calcappclient",
                "a server is stopped: its job goes on by cookie");
    const auto registrar = ourRegistrar(1, 0x11111111);
    const QStringList cookies{"-capcookiemaxtime=1", "-capcookiemaxcalculations=100000", "-capvector=1.vec",
                              "-capscalar=1.sca"};
    const auto one = theirServer("calcapp", "CalcAppPool", 0x0a000001, ourAsap(), cookies);
    QVERIFY(registrar && registered(*registrar, 1));
    const auto user = theirUser("calcappclient", "CalcAppPool", ourAsap(),
                                {"-jobinterval=0.1", "-jobsize=3000000", "-keepalivetransmissioninterval=1000",
                                 "-keepalivetimeoutinterval=1500", "-vector=u.vec", "-scalar=u.sca"});
    QVERIFY(until([&] { return user->said("Job #1 accepted"); }));
    const auto two =
        theirServer("calcapp", "CalcAppPool", 0x0a000002, ourAsap(), {"-capvector=2.vec", "-capscalar=2.sca"});
    QVERIFY(registered(*registrar, 2));
    one->signal(SIGSTOP);
    QVERIFY(until([&] { return user->said("Job #1 completed:"); }));
    QVERIFY(registered(*registrar, 1));
}

void TestServicesRsplib::givenTheirScripting_whenTheirClientUploads_thenTheWorkIsRun() {
    combination("kolam-registrar", "rspserver -scripting, scriptingclient", "upload, work, download");
    const auto registrar = ourRegistrar(1, 0x11111111);
    const auto server = theirServer("scripting", "ScriptingPool", 0x0a000001, ourAsap());
    QVERIFY(registrar && registered(*registrar, 1));
    const QString package =
        R"(cd $TMPDIR; mkdir -p w; printf '#!/bin/sh\necho ok >result; tar czf "$1" result\n' >w/ssrun
                               chmod +x w/ssrun; tar czf in.tar.gz -C w ssrun)";
    QCOMPARE(QProcess::execute("bash", {"-ec", package}), 0);
    const auto user =
        theirUser("scriptingclient", "ScriptingPool", ourAsap(), {"-input=in.tar.gz", "-output=out.tar.gz"});
    QVERIFY(until([&] { return user->said("Upload complete.") && user->said("Download completed!"); }));
}

void TestServicesRsplib::givenTheirFractal_whenTheirUserComputes_thenItIsServed() {
    combination("kolam-registrar", "2 rspserver -fractal, fractalpooluser", "sessions at our registrar");
    if (!Program::exists("fractalpooluser")) {
        QSKIP("fractalpooluser is not installed");
    }
    const auto registrar = ourRegistrar(1, 0x11111111);
    const auto one = theirServer("fractal", "FractalGeneratorPool", 0x0a000001, ourAsap(), {"-fgpfailureafter=6"});
    const auto two = theirServer("fractal", "FractalGeneratorPool", 0x0a000002, ourAsap());
    QVERIFY(registrar && registered(*registrar, 2));
    const auto user = theirs("fractalpooluser", {"-width=64", "-height=64", "-threads=2", "-interimagetime=1",
                                                 "-registrar=10.254.1.1:3863", "-asapannounce=off"});
    const std::uint64_t before = registrar->counters().resolutions;
    QVERIFY(until([&] { return registrar->counters().resolutions >= before + 6; }, 100s));
    QVERIFY(one->countOf("RSerPool socket") + two->countOf("RSerPool socket") >= 4);
}

void TestServicesRsplib::givenPoolOfBoth_whenTheirTerminalsElementDies_thenItGoesOnAtOurs() {
    combination("kolam-registrar, element", "rspserver -echo, rspterminal",
                "one pool: their user fails over to our element");
    const auto registrar = ourRegistrar(1, 0x11111111);
    auto server = theirServer("echo", "EchoPool", 0x0a000001, ourAsap());
    QVERIFY(registrar && registered(*registrar, 1));
    const auto user = theirUser("rspterminal", "EchoPool", ourAsap());
    user->type("one\n");
    QVERIFY(until([&] { return user->said("> one"); }));
    const auto element = ourElement("EchoPool", 0x0b000001, ourAsap());
    QVERIFY(element);
    server->kill();
    // It does not always notice the end of its session by itself; what is sent into a dead one is lost.
    for (int tries = 0; tries < 30 && element->service.messages() == 0; ++tries) {
        user->type("two\n");
        turnFor(1s);
    }
    QVERIFY(until([&] { return user->said("from PE $0b000001> two"); }));
}

void TestServicesRsplib::givenPoolOfBoth_whenOurUsersElementDies_thenItGoesOnAtTheOther_data() {
    QTest::addColumn<bool>("theirsFirst");
    QTest::newRow("from theirs to ours") << true;
    QTest::newRow("from ours to theirs") << false;
}

void TestServicesRsplib::givenPoolOfBoth_whenOurUsersElementDies_thenItGoesOnAtTheOther() {
    QFETCH(bool, theirsFirst);
    combination("kolam-registrar, element, user", "rspserver -echo",
                QStringLiteral("one pool: our user fails over ") + QString::fromUtf8(QTest::currentDataTag()));
    const auto registrar = ourRegistrar(1, 0x11111111);
    std::unique_ptr<Program> server;
    std::unique_ptr<EchoElement> element;
    const auto startTheirs = [&] { server = theirServer("echo", "EchoPool", 0x0a000001, ourAsap()); };
    const auto startOurs = [&] { element = ourElement("EchoPool", 0x0b000001, ourAsap()); };
    theirsFirst ? startTheirs() : startOurs();
    QVERIFY(registrar && registered(*registrar, 1));
    const auto user = ourUser(ourAsap());
    EchoUser session;
    const SessionId id = user->openSession(PoolHandle{"EchoPool"}, session);
    QVERIFY(until([&] { return session.established == 1; }));
    theirsFirst ? startOurs() : startTheirs();
    QVERIFY(registered(*registrar, 2));
    theirsFirst ? server->kill() : element.reset();
    QVERIFY(until([&] { return session.established == 2; }));
    QCOMPARE(session.at.value, theirsFirst ? 0x0b000001u : 0x0a000001u);
    QVERIFY(user->send(id, 0, asOctets("hello")).has_value());
    QVERIFY(until([&] { return session.answers == 1; }));
}

void TestServicesRsplib::givenTheirServerAtOurs_whenItIsStopped_thenItIsRemoved() {
    combination("kolam-registrar", "rspserver -echo",
                "keep-alive: a stopped server is removed, and is back when it wakes");
    const auto registrar = ourRegistrar(1, 0x11111111);
    const auto server = theirServer("echo", "EchoPool", 0x0a000001, ourAsap());
    QVERIFY(registrar && registered(*registrar, 1));
    QVERIFY(until([&] { return registrar->counters().keepAliveAcks >= 2; }));
    server->signal(SIGSTOP);
    QVERIFY(registered(*registrar, 0));
    server->signal(SIGCONT);
    QVERIFY(registered(*registrar, 1));
}

void TestServicesRsplib::givenTheirTerminal_whenThePoolIsUnknown_thenItIsToldSo() {
    combination("kolam-registrar", "rspterminal", "unknown pool");
    const auto registrar = ourRegistrar(1, 0x11111111);
    QVERIFY(registrar && registered(*registrar, 0));
    const auto user = theirUser("rspterminal", "NoSuchPool", ourAsap());
    user->type("hello\n");
    QVERIFY(until([&] { return registrar->counters().unknownPools >= 1; }));
}

void TestServicesRsplib::givenCspReports_whenTheirMonitorListens_thenItShowsThem() {
    combination("kolam-registrar", "rspserver, cspmonitor", "their monitor shows their server at our registrar");
    const auto registrar = ourRegistrar(1, 0x11111111);
    const auto monitor = theirs("cspmonitor", {"-localaddress=10.254.1.2:2960", "-updateinterval=500"});
    const auto server =
        theirServer("echo", "EchoPool", 0x0a000001, ourAsap(), {"-cspserver=10.254.1.2:2960", "-cspinterval=500"});
    QVERIFY(registrar && registered(*registrar, 1));
    QVERIFY(until([&] { return monitor->said("PE $0a000001"); }));
}

KOLAM_GUEST_MAIN(TestServicesRsplib)
#include "test_services_rsplib.moc"
