// SPDX-License-Identifier: GPL-3.0-or-later
// The real program on loopback: it starts, announces itself, registers and resolves, meets others, and ends when asked.
#include "core/dispatch/epoll_dispatcher.h"
#include "core/transport/user_transport.h"
#include "core/wire/codec.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>
#include <array>
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
        program.start(KOLAM_REGISTRAR,
                      QStringList{u"--id"_s, u"0x2a"_s, u"--asap"_s, u"127.0.0.1:0"_s, u"--announce"_s,
                                  u"239.0.0.50:%1"_s.arg(groupPort), u"--enrp"_s, u"127.0.0.1:0"_s, u"--enrp-group"_s,
                                  u"239.0.0.51:%1"_s.arg(groupPort), u"--profile"_s, u"demo"_s} +
                          extra);
        return program.waitForStarted() && until([this] { return !announces.empty(); });
    }
    /// Reads the log until it says this.
    bool untilSaid(QProcess& who, QByteArray& said, const QByteArray& what) {
        return until([&] {
            who.waitForReadyRead(0);
            said += who.readAll();
            return said.contains(what);
        });
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
        second.start(KOLAM_REGISTRAR, {u"--announce"_s, u"off"_s, u"--no-enrp"_s, u"--asap"_s,
                                       u"127.0.0.1:%1"_s.arg(world.announces.front().second.transports.front().port)});
        QVERIFY(second.waitForFinished(10'000));
        QCOMPARE(second.exitCode(), 1);
        QVERIFY(second.readAllStandardError().contains("cannot serve at 127.0.0.1"));
    }
    void givenRegistrarsWithoutConfiguration_whenStarted_thenEachHasItsPortsAndTheyMeet() {
        World world; // for a group that nobody else has
        const QStringList groups{u"--announce"_s,   u"239.0.0.50:%1"_s.arg(world.groupPort),
                                 u"--enrp-group"_s, u"239.0.0.51:%1"_s.arg(world.groupPort),
                                 u"--profile"_s,    u"demo"_s};
        std::array<QProcess, 3> programs;
        std::array<QByteArray, 3> said;
        for (std::size_t i = 0; i < programs.size(); ++i) {
            programs[i].setProcessChannelMode(QProcess::MergedChannels);
            programs[i].start(KOLAM_REGISTRAR, groups + QStringList{u"--id"_s, QString::number(i + 1)});
            QVERIFY(programs[i].waitForStarted());
        }
        for (std::size_t i = 0; i < programs.size(); ++i) {
            QVERIFY2(world.untilSaid(programs[i], said[i], "and 2 peers: service begins"), said[i].constData());
        }
        QVERIFY((said[1] + said[2]).contains(" is taken, by another registrar perhaps: takes "));
        for (QProcess& program : programs) {
            kill(static_cast<pid_t>(program.processId()), SIGTERM);
        }
        for (QProcess& program : programs) {
            QVERIFY(program.waitForFinished(10'000));
            QCOMPARE(program.exitCode(), 0);
        }
    }
    void givenPeerNamedByAName_whenStarted_thenTheyMeetWithoutMulticast() {
        World world;
        QVERIFY(world.start({u"--enrp-group"_s, u"off"_s}));
        QByteArray said;
        QVERIFY(world.untilSaid(world.program, said, "meets its peers (ENRP) at 127.0.0.1:"));
        const QByteArray port = said.mid(said.indexOf("(ENRP) at 127.0.0.1:") + 20).split('\n').front();
        QProcess second;
        second.setProcessChannelMode(QProcess::MergedChannels);
        second.start(KOLAM_REGISTRAR,
                     {u"--id"_s, u"0x2b"_s, u"--asap"_s, u"127.0.0.1:0"_s, u"--enrp"_s, u"127.0.0.1:0"_s,
                      u"--announce"_s, u"off"_s, u"--enrp-group"_s, u"off"_s, u"--profile"_s, u"demo"_s, u"--peer"_s,
                      u"localhost:"_s + QString::fromUtf8(port), u"--peer"_s, u"nobody.invalid"_s});
        QByteArray secondSaid;
        QVERIFY2(world.untilSaid(second, secondSaid, "registrar 0x0000002a at 127.0.0.1:" + port + " is a peer"),
                 secondSaid.constData());
        QVERIFY2(world.untilSaid(second, secondSaid, "peer nobody.invalid: "), secondSaid.constData());
        QVERIFY2(world.untilSaid(world.program, said, "registrar 0x0000002b at "), said.constData());
        kill(static_cast<pid_t>(second.processId()), SIGTERM);
        QVERIFY(second.waitForFinished(10'000));
        QCOMPARE(second.exitCode(), 0);
    }
};

QTEST_GUILESS_MAIN(TestRegistrarProcess)
#include "test_registrar_process.moc"
