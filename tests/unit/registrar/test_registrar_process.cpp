// SPDX-License-Identifier: GPL-3.0-or-later
// The real program on loopback: it starts, announces itself, registers and resolves, and ends when asked.
#include "core/dispatch/epoll_dispatcher.h"
#include "core/transport/user_transport.h"
#include "core/wire/codec.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>
#include <csignal>
#include <poll.h>

using namespace kolam;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

/// The registrar, and this process's own transport to talk to it.
struct World {
    World() {
        transport = std::move(*transport::makeUserTransport(dispatcher));
        groupPort = static_cast<std::uint16_t>(20000 + dispatcher.random().below(20000));
        group =
            std::move(*transport->openMulticast({.group = IpAddress::v4(239, 0, 0, 50), .port = groupPort},
                                                [this](const TransportAddress& from, OctetView data) {
                                                    if (const auto heard = wire::decode<wire::ServerAnnounce>(data)) {
                                                        announces.emplace_back(from, *heard);
                                                    }
                                                }));
    }
    bool start(QStringList extra = {}) {
        program.setProcessChannelMode(QProcess::MergedChannels);
        program.start(KOLAM_REGISTRAR, QStringList{u"--id"_s, u"0x2a"_s, u"--asap"_s, u"127.0.0.1:0"_s, u"--announce"_s,
                                                   u"239.0.0.50:%1"_s.arg(groupPort), u"--profile"_s, u"demo"_s} +
                                           extra);
        return program.waitForStarted() && until([this] { return !announces.empty(); });
    }
    /// Turns this process's dispatcher until something has happened, ten seconds at most.
    bool until(const std::function<bool()>& happened) {
        QElapsedTimer clock;
        clock.start();
        while (!happened() && clock.elapsed() < 10'000) {
            pollfd ready{dispatcher.pollDescriptor(), POLLIN, 0};
            poll(&ready, 1, 50);
            dispatcher.turn();
        }
        return happened();
    }
    int end(int signal) {
        kill(static_cast<pid_t>(program.processId()), signal);
        if (!program.waitForFinished(10'000) || program.exitStatus() != QProcess::NormalExit) {
            return -1;
        }
        return program.exitCode();
    }
    ~World() {
        if (program.state() != QProcess::NotRunning) {
            program.kill();
            program.waitForFinished();
        }
    }

    EpollDispatcher dispatcher{QRandomGenerator::global()->generate64()};
    std::unique_ptr<transport::Transport> transport;
    std::uint16_t groupPort = 0;
    std::unique_ptr<transport::DatagramPort> group;
    std::vector<std::pair<TransportAddress, wire::ServerAnnounce>> announces;
    QProcess program;
};

} // namespace

class TestRegistrarProcess : public QObject {
    Q_OBJECT
private slots:
    void givenProgram_whenStarted_thenItAnnouncesItselfFromItsAsapPort() {
        World world;
        QVERIFY(world.start());
        const auto& [from, announce] = world.announces.front();
        QCOMPARE(announce.server.value, std::uint32_t{0x2a});
        QCOMPARE(announce.transports.size(), std::size_t{1});
        QCOMPARE(from.port, announce.transports.front().port);
        QCOMPARE(world.end(SIGTERM), 0);
    }
    void givenElement_whenRegisteredAtTheProgram_thenTheLogSaysSoAndTheEndIsClean() {
        World world;
        QVERIFY(world.start());
        std::vector<Octets> received;
        bool up = false;
        bool down = false;
        auto endpoint = std::move(
            *world.transport->open({.local = {{IpAddress::v4(127, 0, 0, 1)}, 0}}, [&](const transport::Event& event) {
                up = up || std::holds_alternative<transport::Up>(event);
                down = down || std::holds_alternative<transport::Down>(event);
                if (const auto* message = std::get_if<transport::Message>(&event)) {
                    received.emplace_back(message->data.begin(), message->data.end());
                }
            }));
        const auto& named = world.announces.front().second.transports.front();
        const auto association = endpoint->connect({named.addresses, named.port});
        QVERIFY(association && world.until([&] { return up; }));
        wire::Registration registration;
        registration.poolHandle = PoolHandle{"FractalGeneratorPool"};
        registration.element.identifier = PeIdentifier{7};
        registration.element.life = 60s;
        registration.element.userTransport.port = 40001;
        registration.element.userTransport.addresses = {IpAddress::v4(127, 0, 0, 1)};
        wire::HandleResolution ask;
        ask.poolHandle = registration.poolHandle;
        QVERIFY(endpoint->send(*association, wire::encode(registration), {.ppid = wire::asapPpid}).has_value());
        QVERIFY(endpoint->send(*association, wire::encode(ask), {.ppid = wire::asapPpid}).has_value());
        QVERIFY(world.until([&] { return received.size() >= 2; }));
        QCOMPARE(wire::peekType(received[0]), wire::RegistrationResponse::type);
        const auto answer = wire::decode<wire::HandleResolutionResponse>(received[1]);
        QVERIFY(answer && answer->elements.size() == 1);
        kill(static_cast<pid_t>(world.program.processId()), SIGTERM);
        QVERIFY(world.until([&] { return down; }));
        QVERIFY(world.program.waitForFinished(10'000));
        QCOMPARE(world.program.exitCode(), 0);
        const QString log = QString::fromUtf8(world.program.readAll());
        QVERIFY2(log.contains(u"info    pool FractalGeneratorPool: element 0x00000007 registered (127.0.0.1:40001), "
                              "1 element"_s),
                 qPrintable(log));
        QVERIFY2(log.contains(u"registrar 0x0000002a leaves"_s), qPrintable(log));
    }
    void givenProgram_whenInterruptedFromTheKeyboard_thenItEndsCleanly() {
        World world;
        QVERIFY(world.start());
        QCOMPARE(world.end(SIGINT), 0);
    }
    void givenLogFile_whenMovedAwayAndToldSo_thenANewOneIsWritten() {
        World world;
        const QTemporaryDir directory;
        const QString path = directory.filePath(u"registrar.log"_s);
        QVERIFY(world.start({u"--log-file"_s, path}));
        QVERIFY(QFile::rename(path, path + u".1"_s));
        kill(static_cast<pid_t>(world.program.processId()), SIGHUP);
        QVERIFY(world.until([&] { return QFile::exists(path); }));
        QCOMPARE(world.end(SIGTERM), 0);
        QFile fresh{path};
        QVERIFY(fresh.open(QIODevice::ReadOnly));
        QVERIFY(fresh.readAll().contains("leaves"));
    }
    void givenUnwritableLogFile_whenStarted_thenItSaysSo() {
        QProcess program;
        program.start(KOLAM_REGISTRAR, {u"--log-file"_s, u"/dev/null/registrar.log"_s});
        QVERIFY(program.waitForFinished(10'000));
        QCOMPARE(program.exitCode(), 1);
        QVERIFY(program.readAllStandardError().contains("cannot write the log file"));
    }
    void givenPortThatIsTaken_whenStarted_thenItSaysSo() {
        World world;
        QVERIFY(world.start());
        QProcess second;
        second.start(KOLAM_REGISTRAR, {u"--announce"_s, u"off"_s, u"--asap"_s,
                                       u"127.0.0.1:%1"_s.arg(world.announces.front().second.transports.front().port)});
        QVERIFY(second.waitForFinished(10'000));
        QCOMPARE(second.exitCode(), 1);
        QVERIFY(second.readAllStandardError().contains("cannot serve at 127.0.0.1"));
    }
};

QTEST_GUILESS_MAIN(TestRegistrarProcess)
#include "test_registrar_process.moc"
