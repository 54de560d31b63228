// SPDX-License-Identifier: GPL-3.0-or-later
// A real registrar under the eyes of a viewer: it is seen, disturbed, frozen, told to stop, and killed.
#include "core/telemetry/event_source.h"
#include "core/telemetry/observer_folder.h"
#include "core/telemetry/recording_reader.h"
#include "tests/unit/registrar/observer_world.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QtTest>
#include <csignal>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace kolam;
using namespace kolam::telemetry;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const ComponentId component = componentId(ServerId{0x2a});

struct Fixture : ObserverWorld {
    explicit Fixture(const QString& transport = u"user"_s) {
        program.setProcessChannelMode(QProcess::MergedChannels);
        program.start(KOLAM_REGISTRAR, {u"--id"_s, u"0x2a"_s, u"--asap"_s, u"127.0.0.1:0"_s, u"--announce"_s, u"off"_s,
                                        u"--no-enrp"_s, u"--transport"_s, transport, u"--scope"_s, u"watched"_s,
                                        u"--record"_s, directory.filePath(u"registrar"_s)});
        source = std::make_unique<EventSource>(dispatcher,
                                               EventSource::Config{.folder = observerFolder("watched"), .look = 50ms},
                                               [this](const Event& event) { heard.push_back(event); });
    }
    ~Fixture() {
        program.kill();
        program.waitForFinished();
    }
    template <typename Body>
    [[nodiscard]] std::optional<Body> find() const {
        for (const Event& event : heard) {
            if (const auto* const body = std::get_if<Body>(&event.body)) {
                return *body;
            }
        }
        return std::nullopt;
    }
    template <typename Body>
    bool untilHeard() {
        return until([this] { return find<Body>().has_value(); });
    }
    void signal(int number) const { ::kill(static_cast<pid_t>(program.processId()), number); }
    std::expected<CommandDone, std::string> tell(const Command& command) {
        std::optional<std::expected<CommandDone, std::string>> answer;
        source->command(component, command, [&](auto result) { answer = std::move(result); });
        until([&] { return answer.has_value(); });
        return answer.value_or(std::unexpected(std::string{"no answer"}));
    }

    QProcess program;
    std::unique_ptr<EventSource> source;
    std::vector<Event> heard;
};

} // namespace

class TestWatchedProcess : public QObject {
    Q_OBJECT
private slots:
    void givenARegistrar_whenItIsKilled_thenItsViewerKnowsAtOnce() {
        Fixture fixture;
        QVERIFY(fixture.untilHeard<SnapshotEnded>());
        QVERIFY(fixture.find<ComponentUp>()->pid == static_cast<std::uint32_t>(fixture.program.processId()));
        QVERIFY(fixture.find<ComponentUp>()->program.starts_with("kolam-registrar "));
        QVERIFY(fixture.find<StateChanged>()->state == ComponentState::Serving);
        QElapsedTimer clock;
        clock.start();
        fixture.signal(SIGKILL);
        QVERIFY(fixture.untilHeard<ComponentDown>());
        qInfo("crash seen after %lld ms", clock.elapsed());
        QVERIFY(fixture.find<ComponentDown>()->how == DownKind::StreamEnded);
        fixture.program.waitForFinished();
        const auto recording =
            RecordingReader::open(fixture.directory.filePath(u"registrar.kolam.pcapng"_s).toStdString());
        QVERIFY(recording.has_value() && (*recording)->index().events >= 4); // nobody could close it
    }

    void givenARegistrar_whenItIsFrozen_thenItIsSilentAndHeardAgain() {
        Fixture fixture;
        QVERIFY(fixture.untilHeard<SnapshotEnded>());
        QElapsedTimer clock;
        clock.start();
        fixture.signal(SIGSTOP);
        QVERIFY(fixture.untilHeard<ComponentDown>());
        qInfo("frozen seen after %lld ms", clock.elapsed());
        QVERIFY(fixture.find<ComponentDown>()->how == DownKind::Silent);
        const auto answer = fixture.tell(StopCommand{}); // it hears that when it wakes up
        QVERIFY(!answer && answer.error().find("frozen") != std::string::npos);
        fixture.signal(SIGCONT);
        QVERIFY(fixture.untilHeard<ComponentHeard>());
    }

    void givenARegistrar_whenToldSo_thenItDisturbsItselfHealsAndStops() {
        Fixture fixture;
        QVERIFY(fixture.untilHeard<SnapshotEnded>());
        const auto fault = fixture.tell(
            FaultCommand{.kind = FaultKind::Partition, .peers = {*TransportAddress::parse("127.0.0.1:9", 0)}});
        QVERIFY(fault && fault->fault.has_value());
        QVERIFY(fixture.untilHeard<FaultBegan>());
        QVERIFY(!fixture.tell(HealCommand{*fault->fault + 1}));
        QVERIFY(fixture.tell(HealCommand{}).has_value());
        QVERIFY(fixture.untilHeard<FaultEnded>());
        QVERIFY(fixture.tell(FaultCommand{.kind = FaultKind::Delay, .delay = 1ms, .lasts = 10ms}).has_value());
        QVERIFY(fixture.until([&] {
            return std::ranges::count_if(fixture.heard, [](const Event& event) {
                       return std::holds_alternative<FaultEnded>(event.body);
                   }) == 2;
        }));
        const auto drain = fixture.tell(DrainCommand{});
        QVERIFY(!drain && drain.error().find("cannot drain") != std::string::npos);
        QVERIFY(fixture.tell(StopCommand{}).has_value());
        QVERIFY(fixture.untilHeard<ComponentFinal>());
        QVERIFY(fixture.program.waitForFinished(10'000));
        QCOMPARE(fixture.program.exitCode(), 0);
        QVERIFY(fixture.until([&] { return fixture.source->components().empty(); }));
        QVERIFY(!fixture.find<ComponentDown>());
    }

    void givenKernelSctp_whenToldToDisturbItself_thenItSaysWhyItCannot() {
        const int sctp = ::socket(AF_INET, SOCK_SEQPACKET, IPPROTO_SCTP);
        if (sctp < 0) {
            QSKIP("this kernel has no SCTP"); // the guest's has
        }
        ::close(sctp);
        Fixture fixture{u"kernel"_s};
        QVERIFY(fixture.untilHeard<SnapshotEnded>());
        const auto fault = fixture.tell(FaultCommand{.kind = FaultKind::Loss, .probability = 0.5});
        QVERIFY(!fault && fault.error().find("kernel SCTP") != std::string::npos);
        QVERIFY(!fixture.find<FaultBegan>());
    }
};

QTEST_GUILESS_MAIN(TestWatchedProcess)
#include "test_watched_process.moc"
