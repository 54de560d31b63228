// SPDX-License-Identifier: GPL-3.0-or-later
// Reports of CSP: ours are those of rsplib, octet for octet; and what a receiver makes of them, and of nonsense.
#include "core/telemetry/csp_reporter.h"
#include "core/telemetry/csp_source.h"
#include "core/wire/codec.h"
#include "tests/unit/registrar/observer_world.h"

#include <QFile>
#include <QtTest>
#include <arpa/inet.h>
#include <set>
#include <sys/socket.h>

using namespace kolam;
using namespace kolam::telemetry;
using namespace std::chrono_literals;

namespace {

/// The payloads of a capture's UDP datagrams to the port of CSP, over IPv4 (Ethernet or raw).
std::vector<Octets> captured() {
    QFile file{QStringLiteral(KOLAM_CAPTURES "/csp.pcap")};
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    const QByteArray data = file.readAll();
    const OctetView octets = std::as_bytes(std::span{data.data(), static_cast<std::size_t>(data.size())});
    std::vector<Octets> found;
    for (std::size_t at = 24; at + 16 <= octets.size();) {
        std::uint32_t length = 0;
        std::memcpy(&length, octets.data() + at + 8, sizeof length); // little endian, as captured
        const OctetView packet = octets.subspan(at + 16, length);
        for (std::size_t udp = 20; udp + 8 <= packet.size() && udp < 64; ++udp) {
            const auto udpLength = readBigEndian<std::uint16_t>(packet, udp + 4);
            if (readBigEndian<std::uint16_t>(packet, udp + 2) == wire::cspPort && udp + udpLength == packet.size()) {
                found.emplace_back(packet.begin() + static_cast<std::ptrdiff_t>(udp) + 8, packet.end());
                break;
            }
        }
        at += 16 + length;
    }
    return found;
}

wire::CspReport decoded(const Octets& datagram) {
    return wire::decode<wire::CspReport>(datagram).value();
}

const TransportAddress loopback{{IpAddress::v4(127, 0, 0, 1)}, 0};

struct Fixture : ObserverWorld {
    std::unique_ptr<CspSource> source(CspSenders::Limits limits = {}) {
        auto opened = CspSource::open(dispatcher, {.local = loopback, .limits = limits},
                                      [this](const Event& event, OctetView) { heard.push_back(event); });
        return opened ? std::move(*opened) : nullptr;
    }
    [[nodiscard]] static TransportAddress addressOf(const CspSource& source) { return {loopback.ips, source.port()}; }
    void send(const CspSource& source, OctetView datagram) const {
        const int descriptor = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        to.sin_port = htons(source.port());
        (void)::sendto(descriptor, datagram.data(), datagram.size(), 0, reinterpret_cast<const sockaddr*>(&to),
                       sizeof to);
        ::close(descriptor);
    }
    std::vector<Event> heard;
};

} // namespace

class TestCsp : public QObject {
    Q_OBJECT
private slots:
    void givenReportsOfRsplib_whenOursSayTheSame_thenEveryOctetIsTheSame() {
        const std::vector<Octets> reports = captured();
        QVERIFY(reports.size() > 20);
        std::size_t finals = 0;
        for (const Octets& datagram : reports) {
            const wire::CspReport theirs = decoded(datagram);
            CspReports ours{theirs.sender, std::chrono::microseconds{theirs.reportInterval}, theirs.location};
            const TimePoint first{1h};
            (void)ours.report({}, first); // the clock begins with the first report
            const TimePoint now = first + std::chrono::microseconds{theirs.timeStamp};
            const Octets mine = theirs.final ? ours.final(now)
                                             : ours.report({theirs.status, theirs.workload, theirs.associations}, now);
            QCOMPARE(toHex(mine), toHex(datagram));
            finals += theirs.final ? 1u : 0u;
        }
        QVERIFY(finals > 0);
    }

    void givenWordsOfRsplib_whenWeDescribeTheSame_thenWeSayThem() {
        std::set<std::string> theirs;
        for (const Octets& datagram : captured()) {
            theirs.insert(decoded(datagram).status);
            theirs.insert(decoded(datagram).location);
        }
        for (const std::string& ours : {cspRegistrar(0, 0, 0, 0), cspSessions(1), std::string{cspLooking},
                                        cspLocation("rserpool-demo", *TransportAddress::parse("10.255.255.1:3863", 0)),
                                        cspLocation("rserpool-demo", {{IpAddress::v4(10, 255, 255, 1)}, 0})}) {
            QVERIFY2(theirs.contains(ours), ours.c_str());
        }
        QCOMPARE(cspRegistrar(2, 1, 2, 1), std::string("2[1] PEs in 2 Pools, 1 Peer"));
        QCOMPARE(cspRegistrar(1, 1, 1, 0), std::string("1[1] PEs in 1 Pool, 0 Peers"));
        QCOMPARE(cspSessions(0), std::string("0 Sessions"));
        QCOMPARE(cspLocation("h", *TransportAddress::parse("127.0.0.1,10.0.0.1:1", 0)), std::string("h: 10.0.0.1:1"));
        QCOMPARE(int{cspWorkload(0)}, 0);
        QCOMPARE(int{cspWorkload(1)}, 0xfffe);
        QCOMPARE(int{cspWorkload(7)}, 0xfffe);
    }

    void givenAComponentWithoutIdentifier_whenReporting_thenNothingIsSent() {
        CspReports reports{ComponentId{std::uint64_t{3} << 56}, 1s, "here"};
        QVERIFY(reports.report({}, {}).empty() && reports.final({}).empty());
    }

    void givenAReporter_whenItLives_thenReportsComeAtOnceAndEachIntervalAndTheLastIsFinal() {
        Fixture fixture;
        const auto source = fixture.source();
        std::size_t sessions = 0;
        auto reporter = std::make_unique<CspReporter>(fixture.dispatcher,
                                                      CspReporter::Config{.server = Fixture::addressOf(*source),
                                                                          .interval = 20ms,
                                                                          .sender = componentId(PeIdentifier{5}),
                                                                          .location = "host: 127.0.0.1"},
                                                      [&] { return CspContent{.status = cspSessions(sessions++)}; });
        QVERIFY(fixture.until([&] { return fixture.heard.size() >= 3; }));
        reporter.reset();
        QVERIFY(fixture.until([&] { return std::get<StatusReported>(fixture.heard.back().body).final; }));
        const auto first = std::get<StatusReported>(fixture.heard.front().body);
        QCOMPARE(first.status, std::string("0 Sessions"));
        QCOMPARE(first.intervalUs, 20'000u);
        QCOMPARE(first.uptimeUs, std::uint64_t{0});
        QVERIFY(!first.conflicting);
        QVERIFY(fixture.heard.front().component == componentId(PeIdentifier{5}));
        QCOMPARE(source->counters().malformed, std::uint64_t{0});
    }

    void givenNonsense_whenReceived_thenItIsCountedAndNothingElse() {
        Fixture fixture;
        const auto source = fixture.source();
        Octets good = captured().front();
        std::vector<Octets> bad{{}, Octets(10'000, std::byte{0xff}), fromHex("0100")};
        Octets cut = good;
        cut.resize(cut.size() - 1);
        Octets anonymous = good;
        std::fill_n(anonymous.begin() + 8, 8, std::byte{0});
        Octets crowded = good;
        crowded[286] = std::byte{9}; // more associations than there is room for
        bad.insert(bad.end(), {cut, anonymous, crowded});
        for (const Octets& datagram : bad) {
            fixture.send(*source, datagram);
        }
        fixture.send(*source, good);
        QVERIFY(fixture.until([&] { return source->counters().reports == 1; }));
        QCOMPARE(source->counters().malformed, std::uint64_t{bad.size()});
        QCOMPARE(fixture.heard.size(), std::size_t{1});
    }

    void givenOneIdentifierAtTwoPlaces_whenBothReport_thenTheyConflictUntilOneIsAlone() {
        CspSenders senders;
        wire::CspReport report;
        report.sender = componentId(PeIdentifier{5});
        report.reportInterval = 1'000'000;
        report.location = "a";
        TimePoint now{1h};
        const TransportAddress here{{IpAddress::v4(10, 0, 0, 1)}, 1000};
        const TransportAddress there{{IpAddress::v4(10, 0, 0, 2)}, 1000};
        QVERIFY(!senders.take(report, here, now)->conflicting);
        QVERIFY(senders.take(report, there, now + 500ms)->conflicting);
        QVERIFY(senders.take(report, here, now + 1s)->conflicting);
        for (int i = 2; i < 20; ++i) {
            (void)senders.take(report, here, now + i * 1s);
        }
        QVERIFY(!senders.take(report, here, now + 20s)->conflicting);
        // Another port of the same host is no conflict: rsplib has a fresh one for each report.
        QVERIFY(!senders.take(report, {here.ips, 2000}, now + 21s)->conflicting);
        report.location = "b";
        QVERIFY(senders.take(report, here, now + 22s)->conflicting);
    }

    void givenASender_whenAReportIsMissing_thenItIsSilentOnce_untilItReportsAgain_orIsForgotten() {
        CspSenders senders;
        wire::CspReport report;
        report.sender = componentId(PeIdentifier{5});
        report.reportInterval = 250'000;
        const TimePoint now{1h};
        (void)senders.take(report, loopback, now);
        QVERIFY(senders.silent(now + 375ms).empty());
        QVERIFY(senders.silent(now + 376ms) == std::vector{report.sender}); // less than two intervals
        QVERIFY(senders.silent(now + 450ms).empty());
        (void)senders.take(report, loopback, now + 500ms);
        QVERIFY(senders.silent(now + 600ms).empty());
        QVERIFY(senders.silent(now + 900ms) == std::vector{report.sender});
        QVERIFY(senders.silent(now + 2'999ms).empty());
        QCOMPARE(senders.count(), std::size_t{1});
        QVERIFY(senders.silent(now + 3s).empty());
        QCOMPARE(senders.count(), std::size_t{0}); // after ten intervals
        report.reportInterval = 60'000'000;
        (void)senders.take(report, loopback, now);
        (void)senders.silent(now + 30s);
        QCOMPARE(senders.count(), std::size_t{0});
    }

    void givenMoreSendersThanMayBe_whenTheyReport_thenTheFirstOnesStay() {
        CspSenders senders{{.senders = 2}};
        wire::CspReport report;
        for (std::uint32_t id = 1; id <= 3; ++id) {
            report.sender = componentId(PeIdentifier{id});
            QCOMPARE(senders.take(report, loopback, TimePoint{1s}).has_value(), id <= 2);
        }
        report.sender = componentId(PeIdentifier{1});
        QVERIFY(senders.take(report, loopback, TimePoint{1s}).has_value());
    }

    void givenThousandSendersAtFourHertz_whenAllReport_thenNothingIsDropped() {
        Fixture fixture;
        const auto source = fixture.source();
        wire::CspReport report;
        report.reportInterval = 250'000;
        // Two rounds in one burst, in parts that any receive buffer holds: worse than what a second brings.
        for (std::uint32_t i = 0; i < 2'000; ++i) {
            report.sender = componentId(PeIdentifier{1 + i % 1'000});
            fixture.send(*source, wire::encode(report));
            if (i % 100 == 99) {
                QVERIFY(fixture.until([&] { return source->counters().reports == i + 1; }));
            }
        }
        QCOMPARE(source->counters().dropped, std::uint64_t{0});
    }

    void givenAFullReceiveBuffer_whenReportsAreLost_thenTheyAreCounted() {
        Fixture fixture;
        const auto source = fixture.source();
        wire::CspReport report;
        report.sender = componentId(PeIdentifier{1});
        const Octets datagram = wire::encode(report);
        std::uint64_t sent = 0;
        for (; sent < 100'000; ++sent) { // nobody reads meanwhile: more than eight million octets do not fit
            fixture.send(*source, datagram);
        }
        for (int i = 0; i < 1'000; ++i) {
            fixture.dispatcher.turn();
        }
        fixture.send(*source, datagram); // it brings the count of those before it
        QVERIFY(fixture.until([&] { return source->counters().reports + source->counters().dropped == sent + 1; }));
        QVERIFY(source->counters().dropped > 0);
        std::uint64_t told = 0;
        for (const Event& event : fixture.heard) {
            if (const auto* const dropped = std::get_if<EventsDropped>(&event.body)) {
                QCOMPARE(event.component, noComponent);
                told += dropped->count;
            }
        }
        QCOMPARE(told, source->counters().dropped);
    }

    void givenAPortThatIsTaken_whenOpened_thenTheErrorSaysSo() {
        Fixture fixture;
        const auto source = fixture.source();
        const auto second = CspSource::open(fixture.dispatcher, {.local = Fixture::addressOf(*source), .limits = {}},
                                            [](const Event&, OctetView) {});
        QVERIFY(!second && second.error().find("another port") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestCsp)
#include "test_csp.moc"
