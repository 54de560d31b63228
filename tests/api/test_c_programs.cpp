// SPDX-License-Identifier: GPL-3.0-or-later
// Programs in C, written from the header alone, as processes that are killed; and programs of rsplib, which never heard
// of us, on this library. Next door: test_c_api.cpp, one process and all that is wrong.
#include "tests/api/children.h"

#include <QStandardPaths>
#include <QtTest>
#include <cstring>
#include <rserpool/rserpool.h>

using namespace kolam::testing;

namespace {

QStringList at(const RegistrarChild& registrar) {
    return {"-registrar=" + registrar.address(), "-asapannounce=off"};
}

std::unique_ptr<Child> started(const char* program, const QStringList& arguments) {
    return std::make_unique<Child>(QString(KOLAM_EXAMPLES "/") + program, arguments);
}

bool untilRegistered(Child& server) {
    return waitFor([&] { return server.said().contains("registered"); });
}

} // namespace

class TestCPrograms : public QObject {
    Q_OBJECT
private slots:
    void givenPingPong_whenServersAreKilled_thenTheCountHasNoGap() {
        RegistrarChild registrar;
        auto first = started("pingpong_server", at(registrar));
        QVERIFY2(untilRegistered(*first), first->said());
        const auto client = started("pingpong_client", QStringList{"40000000"} + at(registrar));
        QVERIFY2(waitFor([&] { return client->said().contains("pong 100 "); }), client->said().right(300));
        auto second = started("pingpong_server", at(registrar));
        QVERIFY(untilRegistered(*second));
        first->end(SIGKILL);
        QVERIFY2(waitFor([&] { return client->said().count("FAILOVER COMPLETE") == 1; }), client->said().right(300));
        first = started("pingpong_server", at(registrar));
        QVERIFY(untilRegistered(*first));
        second->end(SIGKILL);
        QVERIFY(waitFor([&] { return client->said().count("FAILOVER COMPLETE") == 2; }));
        const auto after = client->said().size();
        QVERIFY(waitFor([&] { return client->said().size() > after + 1'000; })); // and goes on counting
        QVERIFY(!client->said().contains("gap"));
        QVERIFY(client->said().contains("NECESSARY, session 1, with a cookie"));
        first->signal(SIGTERM);
        QCOMPARE(first->result(), 0);
    }

    void givenTerminalOfStreams_whenItsServersAreKilled_thenItGoesOnWithTheNext() {
        RegistrarChild registrar;
        auto first = started("stream_echo_server", at(registrar));
        QVERIFY2(untilRegistered(*first), first->said());
        const auto client = started("stream_echo_client", at(registrar));
        QVERIFY2(waitFor([&] { return client->said().contains("connected"); }), client->said());
        client->type("one\n");
        QVERIFY2(waitFor([&] { return client->said().contains("one\n"); }), client->said());
        auto second = started("stream_echo_server", at(registrar));
        QVERIFY(untilRegistered(*second));
        first->end(SIGKILL);
        QVERIFY2(waitFor([&] { return client->said().contains("failed over"); }), client->said());
        client->type("two\n");
        QVERIFY2(waitFor([&] { return client->said().contains("two\n"); }), client->said());
        client->closeInput();
        QCOMPARE(client->result(), 0);
        second->signal(SIGTERM);
        QCOMPARE(second->result(), 0);
    }

    void givenPrograms_whenTheirArgumentsOrTheirPoolAreWrong_thenTheySayWhat() {
        RegistrarChild registrar;
        Child garbage{KOLAM_EXAMPLES "/pingpong_client", {"3", "-registrar=nowhere"}};
        QCOMPARE(garbage.result(), 2);
        Child alone{KOLAM_EXAMPLES "/pingpong_client", QStringList{"3"} + at(registrar)};
        QCOMPARE(alone.result(), 1);
        QVERIFY2(alone.said().contains("No such file or directory"), alone.said()); // ENOENT: no such pool
        registrar.child().end(SIGKILL);
        Child lost{KOLAM_EXAMPLES "/pingpong_server", at(registrar)};
        QCOMPARE(lost.result(), 1);
        QVERIFY2(lost.said().contains("Network is unreachable"), lost.said());
    }

    void givenProcessThatWaitsForAMessage_whenItsElementIsKilled_thenItIsToldInTime() {
        RegistrarChild registrar;
        qputenv("KOLAM_TRANSPORT", "user");
        qputenv("KOLAM_PROFILE", "demo");
        rsp_info info;
        rsp_initinfo(&info);
        for (const QString& argument : at(registrar)) {
            QCOMPARE(rsp_initarg(&info, argument.toUtf8()), 1);
        }
        QCOMPARE(rsp_initialize(&info), 0);
        auto server = started("stream_echo_server", at(registrar));
        QVERIFY(untilRegistered(*server));
        const int sd = rsp_socket(0, SOCK_SEQPACKET, IPPROTO_SCTP);
        QCOMPARE(rsp_connect(sd, reinterpret_cast<const unsigned char*>("StreamEcho"), 10, 0), 0);
        server->signal(SIGKILL);
        rserpool_notification news{};
        int flags = 0;
        QVERIFY(rsp_recvmsg(sd, &news, sizeof news, nullptr, &flags, -1) > 0);
        QVERIFY((flags & MSG_RSERPOOL_NOTIFICATION) != 0);
        QCOMPARE(news.rn_failover.rf_state, 1u * RSERPOOL_FAILOVER_NECESSARY);
        QCOMPARE(rsp_send(sd, "x", 1, 0), ssize_t{-1});
        QCOMPARE(errno, EIO); // until rsp_forcefailover()
        server = started("stream_echo_server", at(registrar));
        QVERIFY(untilRegistered(*server));
        QCOMPARE(rsp_forcefailover(sd, FFF_UNREACHABLE, 0), 0);
        QVERIFY(rsp_recvmsg(sd, &news, sizeof news, nullptr, &flags, 0) > 0);
        QCOMPARE(news.rn_failover.rf_state, 1u * RSERPOOL_FAILOVER_COMPLETE);
        QCOMPARE(rsp_send(sd, "again", 5, 0), ssize_t{5});
        char answer[5];
        QCOMPARE(rsp_recv(sd, answer, sizeof answer, 0), ssize_t{5});
        server->end(SIGKILL);
        rsp_cleanup(); // with a socket that is open, and fails over
        rsp_freeinfo(&info);
    }

    void givenMonitor_whenAProgramSaysWhatItDoes_thenItsReportsSaySo() {
        RegistrarChild registrar;
        qputenv("KOLAM_TRANSPORT", "user");
        qputenv("KOLAM_PROFILE", "demo");
        const int monitor = ::socket(AF_INET, SOCK_DGRAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        QCOMPARE(::bind(monitor, reinterpret_cast<sockaddr*>(&address), length), 0);
        ::getsockname(monitor, reinterpret_cast<sockaddr*>(&address), &length);
        const QString server = QString("-cspserver=127.0.0.1:%1").arg(ntohs(address.sin_port));
        rsp_info info;
        rsp_initinfo(&info);
        for (const QString& argument : at(registrar) + QStringList{server, "-cspinterval=100"}) {
            QCOMPARE(rsp_initarg(&info, argument.toUtf8()), 1);
        }
        QCOMPARE(rsp_initialize(&info), 0);
        const int sd = rsp_socket(0, SOCK_SEQPACKET, IPPROTO_SCTP);
        QCOMPARE(rsp_register(sd, reinterpret_cast<const unsigned char*>("Pool"), 4, nullptr, 0, 0), 0);
        QCOMPARE(rsp_csp_setstatus(sd, 0, "counts sheep"), 0);
        QByteArray report(2'000, 0);
        const auto next = [&] {
            const ssize_t octets =
                ::recv(monitor, report.data(), static_cast<std::size_t>(report.size()), MSG_DONTWAIT);
            return octets > 0 ? report.left(octets) : QByteArray();
        };
        QVERIFY(waitFor([&] { return next().contains("counts sheep"); }));
        std::uint32_t identifier = 0;
        QCOMPARE(rsp_getsockname(sd, nullptr, nullptr, &identifier), 0);
        const std::uint32_t travels = htonl(identifier);
        QCOMPARE(report.mid(12, 4), QByteArray(reinterpret_cast<const char*>(&travels), 4)); // it is the element's
        QCOMPARE(rsp_close(sd), 0);
        rsp_cleanup();
        rsp_freeinfo(&info);
        QVERIFY(waitFor([&] {
            const QByteArray last = next();
            return last.size() > 1 && (last[1] & 1) != 0; // a final one
        }));
        ::close(monitor);
    }

    void givenTerminalOfRsplib_whenItRunsOnThisLibrary_thenItFailsOver() {
#ifdef KOLAM_SANITIZED
        QSKIP("a sanitizer wants to be the first library of a process");
#endif
        const QString terminal = QStandardPaths::findExecutable("rspterminal");
        if (terminal.isEmpty()) {
            QSKIP("rsplib-tools is not installed");
        }
        RegistrarChild registrar;
        auto first = started("stream_echo_server", at(registrar));
        QVERIFY(untilRegistered(*first));
        // The second library is stdbuf's: the terminal shall say what it has to say line by line.
        const QStringList arguments = {"LD_PRELOAD=" KOLAM_LIBRARY ":/usr/libexec/coreutils/libstdbuf.so",
                                       "_STDBUF_O=L", terminal, "-poolhandle=StreamEcho"};
        Child client{"env", arguments + at(registrar)};
        client.type("hello\n");
        QVERIFY2(waitFor([&] { return client.said().contains("> hello"); }), client.said());
        auto second = started("stream_echo_server", at(registrar));
        QVERIFY(untilRegistered(*second));
        first->end(SIGKILL);
        QVERIFY2(waitFor([&] { return client.said().contains("FAILOVER COMPLETE"); }), client.said());
        client.type("again\n");
        QVERIFY2(waitFor([&] { return client.said().contains("> again"); }), client.said());
    }
};

QTEST_GUILESS_MAIN(TestCPrograms)
#include "test_c_programs.moc"
