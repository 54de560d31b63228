// SPDX-License-Identifier: GPL-3.0-or-later
// `kolam dump` as a process, against real registrars and against peers that do not behave.
#include "core/dispatch/epoll_dispatcher.h"
#include "core/node/element_node.h"
#include "core/transport/user_transport.h"
#include "core/wire/codec.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>
#include <csignal>
#include <poll.h>

using namespace kolam;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

struct Ended {
    int code;
    QByteArray out;
    QByteArray error;
};

/// A service that nobody uses.
class NoService final : public Service {
public:
    std::unique_ptr<ServiceSession> open(SessionLink&) override { return nullptr; }
    [[nodiscard]] double load() const override { return 0.5; }
};

struct World {
    World() {
        environment.insert(u"XDG_RUNTIME_DIR"_s, directory.path());
        groupPort = static_cast<std::uint16_t>(20000 + dispatcher.random().below(20000));
        transport = std::move(*transport::makeUserTransport(dispatcher));
    }
    ~World() {
        for (const auto& program : programs) {
            program->kill();
            program->waitForFinished();
        }
    }
    bool until(const std::function<bool()>& happened) {
        QElapsedTimer clock;
        clock.start();
        while (!happened() && clock.elapsed() < 20'000) {
            pollfd ready{dispatcher.pollDescriptor(), POLLIN, 0};
            poll(&ready, 1, 20);
            dispatcher.turn();
        }
        return happened();
    }
    QProcess& startRegistrar(std::uint32_t id, const QStringList& extra = {}) {
        QProcess& program = *programs.emplace_back(std::make_unique<QProcess>());
        program.setProcessEnvironment(environment);
        program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        program.start(QStringLiteral(KOLAM_REGISTRAR),
                      QStringList{u"--id"_s, QString::number(id), u"--asap"_s, u"127.0.0.1:0"_s, u"--enrp"_s,
                                  u"127.0.0.1:0"_s, u"--announce"_s, u"off"_s, u"--enrp-group"_s,
                                  u"239.0.0.51:%1"_s.arg(groupPort), u"--profile"_s, u"demo"_s, u"--log-level"_s,
                                  u"error"_s} +
                          extra);
        program.waitForStarted();
        return program;
    }
    /// Runs while this process's own endpoints go on.
    Ended dump(const QStringList& arguments) {
        QProcess program;
        program.setProcessEnvironment(environment);
        program.start(QStringLiteral(KOLAM_COMMAND), QStringList{u"dump"_s} + arguments);
        program.waitForStarted();
        until([&] {
            program.waitForFinished(0);
            return program.state() == QProcess::NotRunning;
        });
        return {program.exitStatus() == QProcess::NormalExit ? program.exitCode() : -1, program.readAllStandardOutput(),
                program.readAllStandardError()};
    }
    QJsonObject json(const QStringList& arguments) {
        return QJsonDocument::fromJson(dump(arguments + QStringList{u"--json"_s}).out).object();
    }
    /// Waits until so many registrars serve, and know each other.
    bool meet(int count) {
        return until([&] {
            const QJsonArray all = json({})[u"registrars"_s].toArray();
            return all.size() == count && std::ranges::all_of(all, [&](const QJsonValue& one) {
                       return one[u"serving"_s].toBool() && one[u"peers"_s].toArray().size() == count - 1;
                   });
        });
    }
    std::unique_ptr<ElementNode> startElement(const std::string& pool, const TransportAddress& registrar) {
        ElementNode::Config config;
        config.poolHandle = PoolHandle{pool};
        config.policy.type = wire::PolicyType::LeastUsed;
        config.registrars = {.announces = false, .fixed = {registrar}};
        config.profile = demoProfile();
        return std::move(*ElementNode::start(dispatcher, *transport, log, service, config));
    }
    static TransportAddress address(const QJsonValue& text) {
        return *TransportAddress::parse(text.toString().toStdString(), 0);
    }
    SilentLog log;
    NoService service;
    QTemporaryDir directory;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    EpollDispatcher dispatcher{QRandomGenerator::global()->generate64()};
    std::unique_ptr<transport::Transport> transport;
    std::uint16_t groupPort = 0;
    std::vector<std::unique_ptr<QProcess>> programs;
};

/// Listens where a registrar could, and does what the test wants with each message.
struct Impostor {
    using OnMessage = std::function<void(Impostor&, const wire::EnrpMessage&)>;
    Impostor(World& world, OnMessage callback) : onMessage(std::move(callback)) {
        endpoint = std::move(*world.transport->open({.local = {{IpAddress::v4(127, 0, 0, 1)}, 0}, .listen = true},
                                                    [this](const transport::Event& event) { happened(event); }));
    }
    void happened(const transport::Event& event) {
        if (const auto* message = std::get_if<transport::Message>(&event)) {
            association = message->assoc;
            if (const auto decoded = wire::decodeEnrp(message->data)) {
                onMessage(*this, *decoded);
            }
        }
        ended = ended || std::holds_alternative<transport::Down>(event);
    }
    void send(OctetView octets, std::uint32_t ppid = wire::enrpPpid) const {
        static_cast<void>(endpoint->send(association, octets, {.ppid = ppid}));
    }
    void present() const {
        wire::Presence presence;
        presence.sender = ServerId{0x66};
        presence.checksum = std::uint16_t{0xffff};
        presence.server.emplace();
        presence.server->server = presence.sender;
        presence.server->transport.port = endpoint->local().port;
        presence.server->transport.addresses = endpoint->local().ips;
        send(wire::encode(presence));
    }
    [[nodiscard]] QString where() const { return QString::fromStdString(toText(endpoint->local())); }
    OnMessage onMessage;
    std::unique_ptr<transport::Endpoint> endpoint;
    transport::AssocId association = transport::AssocId::None;
    bool ended = false;
};

} // namespace

class TestDump : public QObject {
    Q_OBJECT
private slots:
    void givenNobody_whenDumped_thenTheErrorNamesTheScope() {
        World world;
        const Ended ended = world.dump({u"--scope"_s, u"lab-1"_s});
        QCOMPARE(ended.code, 1);
        QVERIFY2(ended.error.contains("no registrar of this user runs on this host in scope lab-1"), ended.error);
        QVERIFY(ended.out.isEmpty());
    }
    void givenRegistrarsWithElements_whenDumped_thenTablesAndJsonShowThem() {
        World world;
        world.startRegistrar(1);
        world.startRegistrar(2);
        QVERIFY(world.meet(2));
        const QJsonObject first = world.json({u"1"_s});
        const auto node = world.startElement("EchoPool\x1b[2J", World::address(first[u"asap"_s]));
        QVERIFY(world.until([&] { return world.json({u"2"_s})[u"element_count"_s].toInt() == 1; }));
        QVERIFY(world.until([&] { // the load follows a moment after the registration
            return world.dump({u"2"_s}).out.contains("50.0%") &&
                   world.json({u"2"_s})[u"peers"_s][0][u"in_sync"_s].toBool();
        }));
        const Ended all = world.dump({});
        QCOMPARE(all.code, 0);
        QVERIFY2(all.out.contains("0x00000001") && all.out.contains("0x00000002"), all.out);
        const Ended second = world.dump({u"0x2"_s});
        QCOMPARE(second.code, 0);
        const QByteArray element = QByteArray::fromStdString(toText(node->identifier()));
        for (const QByteArray& part :
             {QByteArray{"EchoPool\\x1b[2J  LeastUsed  " + element + "  0x00000001  127.0.0.1:"}, QByteArray{"active"},
              QByteArray{"50.0%"}}) {
            QVERIFY2(second.out.contains(part), second.out);
        }
        QVERIFY(!second.out.contains('\x1b'));
        const QJsonObject document = world.json({u"2"_s});
        const QJsonValue shown = document[u"pools"_s][0][u"elements"_s][0];
        QCOMPARE(shown[u"owner"_s].toString(), u"0x00000001"_s);
        QCOMPARE(shown[u"address"_s].toString(), QString::fromStdString(toText(node->serviceAddress())));
        QCOMPARE(shown[u"life_ms"_s].toInt(), 6000);
    }
    void givenRegistrars_whenOneIsAskedByEnrp_thenItTellsTheSameAndForgetsThePeerThatAsked() {
        World world;
        world.startRegistrar(1);
        world.startRegistrar(2);
        QVERIFY(world.meet(2));
        const auto one = world.startElement("EchoPool", World::address(world.json({u"1"_s})[u"asap"_s]));
        const auto other = world.startElement("DiscardPool", World::address(world.json({u"2"_s})[u"asap"_s]));
        QVERIFY(world.until([&] { return world.json({u"2"_s})[u"element_count"_s].toInt() == 2; }));
        const QJsonObject observed = world.json({u"2"_s});
        const Ended asked = world.dump({u"--json"_s, u"--enrp"_s, observed[u"enrp"_s].toString()});
        QCOMPARE(asked.code, 0);
        QVERIFY(asked.error.contains("see this program as a peer"));
        const QJsonObject document = QJsonDocument::fromJson(asked.out).object();
        QCOMPARE(document[u"id"_s].toString(), u"0x00000002"_s);
        QCOMPARE(document[u"pools"_s], observed[u"pools"_s]);
        QCOMPARE(document[u"peers"_s].toArray().size(), 1);
        QCOMPARE(document[u"peers"_s][0][u"id"_s].toString(), u"0x00000001"_s);
        QCOMPARE(document[u"peers"_s][0][u"elements"_s].toInt(), 1);
        QVERIFY(world.meet(2)); // with each other, and nobody else
        const Ended table = world.dump({u"--enrp"_s, observed[u"enrp"_s].toString()});
        QVERIFY2(table.out.contains("DiscardPool"), table.out);
    }
    void givenMoreElementsThanFitIntoATurn_whenDumped_thenNoneIsMissingAndEachPoolStandsOnce() {
        World world;
        world.startRegistrar(1, {u"--max-elements-per-association"_s, u"0"_s, u"--max-registrations"_s, u"0"_s,
                                 u"--keep-alive-timeout"_s, u"60s"_s});
        QVERIFY(world.meet(1));
        transport::AssocId association{};
        std::unique_ptr<transport::Endpoint> endpoint;
        endpoint = std::move(
            *world.transport->open({.local = {{IpAddress::v4(127, 0, 0, 1)}, 0}}, [&](const transport::Event& event) {
                if (std::holds_alternative<transport::Up>(event)) {
                    for (std::uint32_t number = 1; number <= 480; ++number) {
                        wire::Registration message;
                        message.poolHandle = PoolHandle{"Pool" + std::to_string(number % 3)};
                        message.element.identifier = PeIdentifier{number};
                        message.element.life = 300s;
                        message.element.userTransport.port = 4711;
                        message.element.userTransport.addresses = {IpAddress::v4(127, 0, 0, 1)};
                        static_cast<void>(endpoint->send(association, wire::encode(message), {.ppid = wire::asapPpid}));
                    }
                }
            }));
        association = *endpoint->connect(World::address(world.json({u"1"_s})[u"asap"_s]));
        QVERIFY(world.until([&] { return world.json({u"1"_s})[u"element_count"_s].toInt() == 480; }));
        const QJsonArray pools = world.json({u"1"_s})[u"pools"_s].toArray();
        QCOMPARE(pools.size(), 3);
        for (const QJsonValue& pool : pools) {
            QCOMPARE(pool[u"elements"_s].toArray().size(), 160);
        }
        QCOMPARE(world.dump({u"1"_s}).out.count('\n'), 2 + 1 + 1 + 480); // two lines, a gap, the heads, the elements
    }
    void givenFrozenRegistrar_whenDumped_thenTheOthersAreListedAndItIsNamed() {
        World world;
        QProcess& frozen = world.startRegistrar(1);
        world.startRegistrar(2);
        QVERIFY(world.meet(2));
        ::kill(static_cast<pid_t>(frozen.processId()), SIGSTOP);
        const Ended ended = world.dump({u"--timeout"_s, u"200ms"_s});
        QCOMPARE(ended.code, 1);
        QVERIFY2(ended.error.contains("registrar-0x00000001.sock does not answer"), ended.error);
        QVERIFY2(ended.out.contains("0x00000002"), ended.out);
        QCOMPARE(world.dump({u"1"_s, u"--timeout"_s, u"200ms"_s}).code, 1);
    }
    void givenRegistrarThatWasKilled_whenDumped_thenItsSocketIsNobody() {
        World world;
        QProcess& killed = world.startRegistrar(1);
        QVERIFY(world.meet(1));
        killed.kill();
        killed.waitForFinished();
        const Ended ended = world.dump({});
        QCOMPARE(ended.code, 1);
        QVERIFY2(ended.error.contains("no registrar of this user"), ended.error);
        QVERIFY(world.dump({u"1"_s}).error.contains("no registrar 0x00000001"));
        world.startRegistrar(1);
        QVERIFY(world.meet(1));
    }
    void givenWrongTargets_whenDumped_thenTheErrorSaysWhatIsWrong() {
        World world;
        QVERIFY(world.dump({u"nonsense"_s}).error.contains("neither an identifier"));
        QVERIFY(world.dump({u"/nonexistent/a.sock"_s}).error.contains("nobody listens at /nonexistent/a.sock"));
        QVERIFY(world.dump({u"--scope"_s, u"../etc"_s}).error.contains("must be a name"));
        QVERIFY(world.dump({u"--enrp"_s, u"nonsense"_s}).error.contains("must be an address"));
        const Ended refused = world.dump({u"--transport"_s, u"user"_s, u"--enrp"_s, u"127.0.0.1:1"_s});
        QCOMPARE(refused.code, 1);
        QVERIFY2(refused.error.contains("nobody at 127.0.0.1:1"), refused.error);
    }
    void givenAsapPort_whenAskedByEnrp_thenTheErrorSaysSo() {
        World world;
        world.startRegistrar(1);
        QVERIFY(world.meet(1));
        const Ended ended = world.dump({u"--transport"_s, u"user"_s, u"--timeout"_s, u"300ms"_s, u"--enrp"_s,
                                        world.json({u"1"_s})[u"asap"_s].toString()});
        QCOMPARE(ended.code, 1);
        QVERIFY2(ended.error.contains("is it not the ENRP port?"), ended.error);
    }
    void givenImpostors_whenAskedByEnrp_thenEachIsFoundOut_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("error");
        QTest::newRow("says nothing") << 0 << QByteArray("is there, but says nothing");
        QTest::newRow("garbage") << 1 << QByteArray("sends what cannot be read");
        QTest::newRow("another protocol") << 2 << QByteArray("speaks another protocol (PPID 11)");
        QTest::newRow("hangs up") << 3 << QByteArray("has ended the association");
        QTest::newRow("refuses its table") << 4 << QByteArray("does not tell its handlespace");
        QTest::newRow("refuses its list") << 5 << QByteArray("does not tell its peers");
        QTest::newRow("reports an error") << 6 << QByteArray("reports an error");
        QTest::newRow("never finishes") << 7 << QByteArray("has not told everything in time");
        QTest::newRow("does not stop talking") << 8 << QByteArray("does not stop talking");
    }
    void givenImpostors_whenAskedByEnrp_thenEachIsFoundOut() {
        QFETCH(int, kind);
        QFETCH(QByteArray, error);
        World world;
        Impostor impostor{world, [kind](Impostor& self, const wire::EnrpMessage& message) {
                              const auto table = [&](bool reject, bool more) {
                                  wire::HandleTableResponse answer;
                                  answer.sender = ServerId{0x66};
                                  answer.reject = reject;
                                  answer.moreToSend = more;
                                  self.send(wire::encode(answer));
                              };
                              if (std::holds_alternative<wire::Presence>(message)) {
                                  switch (kind) {
                                  case 0: return;
                                  case 1: return self.send(Octets(40, std::byte{0x77}));
                                  case 2: return self.send(Octets(8), wire::asapPpid);
                                  case 3: return self.endpoint->abort(self.association, "no");
                                  default: return self.present();
                                  }
                              }
                              if (std::holds_alternative<wire::ListRequest>(message) && kind >= 5) {
                                  wire::ListResponse list;
                                  list.sender = ServerId{0x66};
                                  list.reject = kind == 5;
                                  self.send(wire::encode(list));
                              }
                              if (std::holds_alternative<wire::HandleTableRequest>(message)) {
                                  switch (kind) {
                                  case 4: return table(true, false);
                                  case 6: {
                                      wire::EnrpError answer{ServerId{0x66}, {}, {}};
                                      answer.error.causes.push_back({wire::CauseCode::LackOfResources, {}});
                                      return self.send(wire::encode(answer));
                                  }
                                  case 8: return table(false, true);
                                  default: return;
                                  }
                              }
                          }};
        const Ended ended = world.dump({u"--transport"_s, u"user"_s, u"--timeout"_s, kind == 8 ? u"20s"_s : u"300ms"_s,
                                        u"--enrp"_s, impostor.where()});
        QCOMPARE(ended.code, 1);
        QVERIFY2(ended.error.contains(error), ended.error);
        QVERIFY(ended.out.isEmpty());
        QVERIFY(world.until([&] { return impostor.ended; }));
    }
    void givenTakeoverMeanwhile_whenAskedByEnrp_thenItAgreesAtOnce() {
        World world;
        bool agreed = false;
        Impostor impostor{world, [&](Impostor& self, const wire::EnrpMessage& message) {
                              if (std::holds_alternative<wire::Presence>(message)) {
                                  self.present();
                                  self.send(wire::encode(wire::InitTakeover{ServerId{0x66}, {}, ServerId{0x77}}));
                              }
                              const auto* const consent = std::get_if<wire::InitTakeoverAck>(&message);
                              agreed = agreed || (consent != nullptr && consent->target == ServerId{0x77});
                          }};
        static_cast<void>(
            world.dump({u"--transport"_s, u"user"_s, u"--timeout"_s, u"300ms"_s, u"--enrp"_s, impostor.where()}));
        QVERIFY(agreed);
    }
};

QTEST_GUILESS_MAIN(TestDump)
#include "test_dump.moc"
