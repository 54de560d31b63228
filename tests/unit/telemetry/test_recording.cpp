// SPDX-License-Identifier: GPL-3.0-or-later
// Recordings: what is written is read again, from anywhere, by Wireshark, too, and whatever became of the file's end.
#include "core/telemetry/recording_reader.h"
#include "core/telemetry/recording_writer.h"
#include "core/wire/codec.h"
#include "tests/unit/telemetry/arbitrary_event.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>
#include <fstream>
#include <sstream>

using namespace kolam;
using namespace kolam::telemetry;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t kinds = std::variant_size_v<AnyEvent>;
constexpr std::int64_t start = 1'795'886'682'000'000'000;

bool isKeyFrameMark(const Event& event) {
    return std::holds_alternative<KeyFrameBegan>(event.body) || std::holds_alternative<KeyFrameEnded>(event.body);
}

/// Any events of a few components, a tenth of a second apart.
std::vector<Event> history(std::size_t count, std::uint64_t seed = 1) {
    Random random{seed};
    std::vector<Event> events;
    while (events.size() < count) {
        Event event = ArbitraryEvent{random}.event(random.below(kinds));
        if (isKeyFrameMark(event)) {
            continue;
        }
        event.component = componentId(PeIdentifier{1 + static_cast<std::uint32_t>(random.below(5))});
        event.wall = WallTime{start + static_cast<std::int64_t>(events.size()) * 100'000'000};
        events.push_back(std::move(event));
    }
    return events;
}

struct Fixture {
    QTemporaryDir folder;
    std::filesystem::path path = recordingPath(folder.filePath("test").toStdString());

    void record(const std::vector<Event>& events) const {
        const auto writer = std::move(*RecordingWriter::open(path));
        for (const Event& event : events) {
            writer->write(event);
        }
    }
    [[nodiscard]] std::unique_ptr<RecordingReader> reader() const {
        auto opened = RecordingReader::open(path);
        return opened ? std::move(*opened) : nullptr;
    }
    [[nodiscard]] static std::vector<Event> rest(RecordingReader& reader) {
        std::vector<Event> events;
        while (auto event = reader.next()) {
            events.push_back(std::move(*event));
        }
        return events;
    }
};

std::vector<Event> standing(const std::vector<Event>& events) {
    StandingEvents state;
    for (const Event& event : events) {
        state.take(event);
    }
    return state.all({}, {});
}

} // namespace

class TestRecording : public QObject {
    Q_OBJECT
private slots:
    void givenAnyEvents_whenRecorded_thenTheyAreReadAsTheyWere() {
        Fixture fixture;
        const std::vector<Event> events = history(2'000);
        fixture.record(events);
        const auto reader = fixture.reader();
        QVERIFY(reader != nullptr);
        QVERIFY(Fixture::rest(*reader) == events);
        QCOMPARE(reader->counters().unreadable, std::uint64_t{0});
        QCOMPARE(reader->index().events, std::uint64_t{2'000});
        QVERIFY(reader->index().keyFrames.size() >= 20); // 200 seconds
        QVERIFY(!reader->torn());
    }

    void givenARecording_whenSoughtAnywhere_thenTheStateIsThatOfAReplayAndTheRestFollows() {
        Fixture fixture;
        const std::vector<Event> events = history(1'500, 7);
        fixture.record(events);
        const auto reader = fixture.reader();
        Random random{3};
        for (int round = 0; round < 40; ++round) {
            const std::size_t count = random.below(events.size() + 1);
            const WallTime moment{start + static_cast<std::int64_t>(count) * 100'000'000 - 1};
            const auto split = events.begin() + static_cast<std::ptrdiff_t>(count);
            const std::vector<Event> before{events.begin(), split};
            QVERIFY2(standing(reader->seek(moment)) == standing(before), std::to_string(count).c_str());
            QVERIFY(Fixture::rest(*reader) == (std::vector<Event>{split, events.end()}));
        }
    }

    void givenARecording_whenItsIndexIsMissingStaleOrNonsense_thenItIsMadeAgain() {
        Fixture fixture;
        fixture.record(history(300));
        const RecordingIndex written = *loadIndex(fixture.path, std::filesystem::file_size(fixture.path));
        QVERIFY(*makeIndex(fixture.path) == written);
        for (const std::string& text : {std::string{}, std::string{"nonsense"}, std::string(4000, '\xff')}) {
            std::filesystem::remove(indexPath(fixture.path));
            if (!text.empty()) {
                std::ofstream{indexPath(fixture.path)} << text;
            }
            QVERIFY(fixture.reader()->index() == written);
            QVERIFY(loadIndex(fixture.path, written.size).has_value());
        }
        fixture.record(history(10)); // it goes on
        QCOMPARE(fixture.reader()->index().events, std::uint64_t{310});
    }

    void givenARecordingThatIsTornAnywhere_whenRead_thenOnlyTheLastBlockIsLost() {
        Fixture fixture;
        const std::vector<Event> events = history(60);
        fixture.record(events);
        const auto whole = std::filesystem::file_size(fixture.path);
        std::size_t least = events.size();
        for (std::uintmax_t size = whole - 1; size > whole - 1'500; size -= 37) {
            std::filesystem::resize_file(fixture.path, size);
            const auto reader = fixture.reader();
            const std::vector<Event> read = Fixture::rest(*reader);
            QVERIFY(read.size() <= events.size() && read.size() + 1 >= least - 1);
            QVERIFY(std::equal(read.begin(), read.end(), events.begin()));
            least = std::min(least, read.size());
        }
        QVERIFY(least < events.size());
        const std::vector<Event> more = history(5, 9);
        fixture.record(more); // a recording goes on behind its last whole block
        const auto reader = fixture.reader();
        QVERIFY(!reader->torn());
        const std::vector<Event> all = Fixture::rest(*reader);
        QCOMPARE(all.size(), least + 5);
        QVERIFY(std::equal(more.begin(), more.end(), all.end() - 5));
    }

    void givenAWriterThatIsKilled_whenItHasFlushed_thenEverythingIsThere() {
        Fixture fixture;
        const std::vector<Event> events = history(50);
        const auto writer = std::move(*RecordingWriter::open(fixture.path)); // whose farewell and index never come
        for (const Event& event : events) {
            writer->write(event);
        }
        QVERIFY(writer->flush());
        QVERIFY(Fixture::rest(*fixture.reader()) == events);
    }

    void givenFlippedOctets_whenRead_thenNothingBreaks() {
        Fixture fixture;
        fixture.record(history(100));
        std::ostringstream whole;
        whole << std::ifstream{fixture.path, std::ios::binary}.rdbuf();
        const std::string good = whole.str();
        Random random{11};
        for (int round = 0; round < 300; ++round) {
            std::string bad = good;
            for (int flips = 0; flips < 3; ++flips) {
                bad[random.below(bad.size())] = static_cast<char>(random.below(256));
            }
            std::filesystem::remove(indexPath(fixture.path));
            std::ofstream{fixture.path, std::ios::binary | std::ios::trunc} << bad;
            if (const auto reader = fixture.reader()) {
                QVERIFY(Fixture::rest(*reader).size() <= 100);
                (void)reader->seek(WallTime{start + 5'000'000'000});
            }
        }
    }

    void givenNoRecording_whenOpened_thenItIsRefusedWithASentence() {
        Fixture fixture;
        QVERIFY(!RecordingReader::open(fixture.path));
        std::ofstream{fixture.path} << "this is text, and rather long, but no recording at all\n";
        QVERIFY(!RecordingReader::open(fixture.path));
        QVERIFY(!RecordingWriter::open(fixture.path)); // nor is it overwritten
        QVERIFY(!RecordingReader::open(fixture.folder.path().toStdString()));
        QVERIFY(!RecordingWriter::open("/nowhere/at/all"));
    }

    void givenMessagesAndReports_whenOpenedByTshark_thenTheirOwnDissectorsReadThem() {
        Fixture fixture;
        {
            const auto writer = std::move(*RecordingWriter::open(fixture.path));
            wire::Presence presence;
            presence.sender = ServerId{7};
            Event event{.number = 1, .component = componentId(ServerId{7}), .wall = WallTime{start}};
            event.body = MessageSeen{.ppid = wire::asapPpid,
                                     .payload = wire::encode(wire::HandleResolution{.poolHandle = PoolHandle{"Echo"}})};
            writer->write(event);
            event.body = MessageSeen{.ppid = wire::enrpPpid, .payload = wire::encode(presence)};
            writer->write(event);
            wire::CspReport report;
            report.sender = componentId(ServerId{7});
            report.status = "fine";
            event.body = StatusReported{.status = "fine"};
            writer->write(event, wire::encode(report));
            event.body = ComponentFinal{"done"};
            writer->write(event);
        }
        QProcess tshark;
        tshark.start("tshark", {"-r", QString::fromStdString(fixture.path.string()), "-T", "fields", "-e",
                                "frame.protocols", "-e", "frame.interface_name", "-e", "asap.pool_handle_pool_handle",
                                "-e", "enrp.sender_servers_id", "-e",
                                "componentstatusprotocol.componentstatusreport_status", "-e", "_ws.malformed"});
        QVERIFY(tshark.waitForFinished(60'000));
        QVERIFY2(tshark.exitCode() == 0, tshark.readAllStandardError().constData());
        const QString text = QString::fromUtf8(tshark.readAllStandardOutput());
        QVERIFY2(text.contains("json") && text.contains("registrar-0x00000007"), qPrintable(text));
        QVERIFY2(text.contains("0x00000007"), qPrintable(text)); // of ENRP's message
        QVERIFY2(text.contains("fine") && text.contains(QString::fromLatin1(QByteArray("Echo").toHex())),
                 qPrintable(text));
        QVERIFY2(!text.contains("Malformed"), qPrintable(text));
    }
};

QTEST_GUILESS_MAIN(TestRecording)
#include "test_recording.moc"
