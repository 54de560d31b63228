// SPDX-License-Identifier: GPL-3.0-or-later
// Real servers in a pool, and real clients that know nothing of it: nginx with curl, Redis with redis-cli, PostgreSQL
// with psql. One server is killed under load; the gap is printed. Skipped, with the reason, where one is not installed.
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QtTest>
#include <csignal>
#include <memory>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

QString find(const QString& name, const QStringList& more = {}) {
    const QString found = QStandardPaths::findExecutable(name);
    return found.isEmpty()
               ? QStandardPaths::findExecutable(name, more + QStringList{u"/usr/sbin"_s, u"/usr/local/sbin"_s})
               : found;
}

/// Runs as long as its object.
class Program {
public:
    Program(const QString& name, const QStringList& arguments, bool asNobody = false) {
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        if (asNobody && ::geteuid() == 0) {
            m_process.start(u"setpriv"_s,
                            QStringList{u"--reuid"_s, u"65534"_s, u"--regid"_s, u"65534"_s, u"--clear-groups"_s, name} +
                                arguments);
        } else {
            m_process.start(name, arguments);
        }
        m_process.waitForStarted();
    }
    ~Program() { end(); }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    /// Until it has said so; false when it ends before.
    bool untilSaid(const QByteArray& text, int times = 1) {
        QElapsedTimer clock;
        clock.start();
        while (m_said.count(text) < times && clock.elapsed() < 30'000) {
            if (!m_process.waitForReadyRead(500) && m_process.state() != QProcess::Running) {
                return false;
            }
            m_said += m_process.readAll();
        }
        return m_said.count(text) >= times;
    }
    [[nodiscard]] const QByteArray& said() const { return m_said; }
    bool finish() { return m_process.waitForFinished(60'000); }
    void end() {
        m_process.kill();
        m_process.waitForFinished();
    }

private:
    QProcess m_process;
    QByteArray m_said;
};

QByteArray ask(const QString& program, const QStringList& arguments) {
    QProcess process;
    process.start(program, arguments);
    process.waitForFinished(20'000);
    return process.exitCode() == 0 ? process.readAllStandardOutput().trimmed() : QByteArray{};
}

int freePort() {
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

bool listens(int port) {
    return QTest::qWaitFor(
        [port] {
            QTcpSocket socket;
            socket.connectToHost(QHostAddress::LocalHost, static_cast<quint16>(port));
            return socket.waitForConnected(200);
        },
        20'000);
}

/// The body of an answer to GET /, over a connection of its own; empty: it has failed.
QByteArray getOnce(int port) {
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, static_cast<quint16>(port));
    socket.write("GET / HTTP/1.0\r\n\r\n");
    QByteArray answer;
    while (socket.waitForReadyRead(5'000)) {
        answer += socket.readAll();
    }
    answer += socket.readAll();
    return answer.mid(answer.indexOf("\r\n\r\n") + 4);
}

/// A registrar, and a pool of TCP servers with a proxy on each side.
class Pool {
public:
    Pool()
        : m_registrar(QStringLiteral(KOLAM_REGISTRAR),
                      {u"--asap"_s, u"127.0.0.1:0"_s, u"--announce"_s, u"off"_s, u"--no-enrp"_s}) {
        const QByteArray before = "serves ASAP at ";
        if (m_registrar.untilSaid(before)) {
            m_address = QString::fromUtf8(m_registrar.said()
                                              .mid(m_registrar.said().indexOf(before) + before.size())
                                              .split('\n')
                                              .front()
                                              .split(' ')
                                              .front());
        }
    }
    bool add(int server, const QStringList& more = {}) {
        m_elements.push_back(
            kolam(u"element"_s, QStringList{u"--tcp"_s, u"127.0.0.1:%1"_s.arg(server), u"--check-interval"_s,
                                            u"100ms"_s, u"--check-timeout"_s, u"500ms"_s} +
                                    more));
        return m_elements.back()->untilSaid(": registered");
    }
    bool listen() {
        m_port = freePort();
        m_user = kolam(u"user"_s, {u"--listen"_s, u"127.0.0.1:%1"_s.arg(m_port)});
        return m_user->untilSaid("takes TCP connections") && listens(m_port);
    }
    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] Program& element(std::size_t number) { return *m_elements[number]; }

private:
    std::unique_ptr<Program> kolam(const QString& what, const QStringList& more) {
        return std::make_unique<Program>(QStringLiteral(KOLAM_PROGRAM),
                                         QStringList{u"proxy"_s, what, u"--registrar"_s, m_address, u"--transport"_s,
                                                     u"user"_s, u"--profile"_s, u"demo"_s} +
                                             more);
    }
    Program m_registrar;
    QString m_address;
    std::vector<std::unique_ptr<Program>> m_elements;
    std::unique_ptr<Program> m_user;
    int m_port = 0;
};

} // namespace

class TestProxyPrograms : public QObject {
    Q_OBJECT
private slots:
    void givenTwoNginx_whenOneIsKilledUnderLoad_thenNewConnectionsGoToTheOther() {
        const QString nginx = find(u"nginx"_s);
        const QString curl = find(u"curl"_s);
        if (nginx.isEmpty() || curl.isEmpty()) {
            QSKIP("nginx or curl is not installed");
        }
        QTemporaryDir folder;
        Pool pool;
        std::vector<std::unique_ptr<Program>> servers;
        for (int number = 0; number < 2; ++number) {
            const int port = freePort();
            QFile config{folder.filePath(u"nginx%1.conf"_s.arg(number))};
            QVERIFY(config.open(QIODevice::WriteOnly));
            config.write(
                u"daemon off; master_process off; pid %1/%2.pid; error_log stderr;\n"
                "events {}\n"
                "http { access_log off; client_body_temp_path %1; proxy_temp_path %1; fastcgi_temp_path %1;\n"
                "uwsgi_temp_path %1; scgi_temp_path %1;\n"
                "server { listen 127.0.0.1:%3; location / { return 200 'server%2'; } } }\n"_s.arg(folder.path())
                    .arg(number)
                    .arg(port)
                    .toUtf8());
            config.close();
            servers.push_back(
                std::make_unique<Program>(nginx, QStringList{u"-p"_s, folder.path(), u"-c"_s, config.fileName()}));
            QVERIFY(listens(port));
            QVERIFY(pool.add(port, {u"--check"_s, u"http://127.0.0.1:%1/health"_s.arg(port)}));
        }
        QVERIFY(pool.listen());
        const QString url = u"http://127.0.0.1:%1/"_s.arg(pool.port());
        const auto get = [&] { return ask(curl, {u"-s"_s, u"--max-time"_s, u"5"_s, url}); };
        QSet<QByteArray> seen;
        for (int i = 0; i < 10; ++i) {
            seen += get();
        }
        QCOMPARE(seen, (QSet<QByteArray>{"server0", "server1"})); // round robin

        // More connections than a registrar lets one user ask about within the time.
        constexpr int connections = 3'000;
        QElapsedTimer clock;
        qint64 killed = 0;
        qint64 slowest = 0; // of those after the kill
        int failed = 0;
        QHash<QByteArray, int> answers;
        clock.start();
        for (int i = 0; i < connections; ++i) {
            if (i == connections / 2) {
                servers[0]->end();
                killed = clock.elapsed();
            }
            const qint64 begin = clock.elapsed();
            const QByteArray answer = getOnce(pool.port());
            ++answers[answer];
            failed += answer == "server1" || (i < connections / 2 && answer == "server0") ? 0 : 1;
            slowest = i < connections / 2 ? 0 : std::max(slowest, clock.elapsed() - begin);
        }
        qInfo("%d connections in %lld ms, one server killed after %lld ms: %d failed; answers of the two: %d and %d; "
              "the slowest connection after the kill took %lld ms",
              connections, static_cast<long long>(clock.elapsed()), static_cast<long long>(killed), failed,
              answers["server0"], answers["server1"], static_cast<long long>(slowest));
        QCOMPARE(failed, 0);                                // a server that cannot be reached is passed over at once
        QVERIFY(answers["server0"] > connections / 4 - 20); // round robin, also from memory
        QVERIFY(pool.element(0).untilSaid("ill: it leaves the pool"));
    }

    void givenTwoRedis_whenOneIsKilled_thenTheOtherAnswers() {
        const QString server = find(u"redis-server"_s);
        const QString client = find(u"redis-cli"_s);
        if (server.isEmpty() || client.isEmpty()) {
            QSKIP("redis-server or redis-cli is not installed");
        }
        QTemporaryDir folder;
        Pool pool;
        std::vector<std::unique_ptr<Program>> servers;
        for (int number = 0; number < 2; ++number) {
            const int port = freePort();
            servers.push_back(std::make_unique<Program>(server, QStringList{u"--port"_s, QString::number(port),
                                                                            u"--bind"_s, u"127.0.0.1"_s, u"--dir"_s,
                                                                            folder.path(), u"--save"_s, u""_s}));
            QVERIFY(listens(port));
            QCOMPARE(ask(client, {u"-p"_s, QString::number(port), u"set"_s, u"answer"_s, u"42"_s}), QByteArray{"OK"});
            QVERIFY(pool.add(port));
        }
        QVERIFY(pool.listen());
        const QStringList at{u"-h"_s, u"127.0.0.1"_s, u"-p"_s, QString::number(pool.port())};
        QCOMPARE(ask(client, at + QStringList{u"get"_s, u"answer"_s}), QByteArray{"42"});
        servers[0]->end();
        for (int i = 0; i < 20; ++i) {
            QCOMPARE(ask(client, at + QStringList{u"get"_s, u"answer"_s}), QByteArray{"42"});
        }
    }

    void givenTwoPostgres_whenOneIsKilled_thenTheOtherAnswers() {
        const QStringList places{u"/usr/lib/postgresql/15/bin"_s};
        const QString initdb = find(u"initdb"_s, places);
        const QString postgres = find(u"postgres"_s, places);
        const QString psql = find(u"psql"_s);
        if (initdb.isEmpty() || postgres.isEmpty() || psql.isEmpty()) {
            QSKIP("postgresql is not installed");
        }
        QTemporaryDir folder;
        QVERIFY(QFile::setPermissions(folder.path(), QFile::Permissions{0x7777}));
        Pool pool;
        std::vector<std::unique_ptr<Program>> servers;
        for (int number = 0; number < 2; ++number) {
            const QString data = folder.filePath(u"data%1"_s.arg(number));
            Program init{initdb, {u"-D"_s, data, u"-A"_s, u"trust"_s, u"-U"_s, u"kolam"_s, u"--no-sync"_s}, true};
            QVERIFY(init.finish());
            const int port = freePort();
            servers.push_back(std::make_unique<Program>(postgres,
                                                        QStringList{u"-D"_s, data, u"-p"_s, QString::number(port),
                                                                    u"-k"_s, folder.path(), u"-h"_s, u"127.0.0.1"_s},
                                                        true));
            QVERIFY(listens(port));
            QVERIFY(pool.add(port));
        }
        QVERIFY(pool.listen());
        const QStringList at{u"-h"_s, u"127.0.0.1"_s, u"-p"_s, QString::number(pool.port()),
                             u"-U"_s, u"kolam"_s,     u"-d"_s, u"postgres"_s};
        const auto select = [&] { return ask(psql, at + QStringList{u"-Atc"_s, u"select 6 * 7"_s}); };
        for (int number = 0; number < 2; ++number) { // a server that listens may still be starting
            QTRY_COMPARE_WITH_TIMEOUT(select(), QByteArray{"42"}, 20'000);
        }
        servers[0]->end();
        for (int i = 0; i < 10; ++i) {
            QCOMPARE(select(), QByteArray{"42"});
        }
    }
};

QTEST_GUILESS_MAIN(TestProxyPrograms)
#include "test_proxy_programs.moc"
