// SPDX-License-Identifier: GPL-3.0-or-later
// The small parts of the user transport, each alone: check sums, the check of packets, the table of paths, the batch.
#include "core/base/random.h"
#include "core/dispatch/epoll_dispatcher.h"
#include "core/transport/crc32c.h"
#include "core/transport/datagram_batch.h"
#include "core/transport/local_addresses.h"
#include "core/transport/packet_check.h"
#include "core/transport/path_table.h"
#include "core/transport/udp_socket.h"

#include <QtTest>
#include <poll.h>
#include <set>

using namespace kolam;
using namespace kolam::transport;

namespace {

/// A packet: ports and tag, then `chunks` in hexadecimal.
Octets packet(std::uint32_t tag, std::string_view chunks) {
    Octets result = fromHex("0f170f170000000000000000");
    writeBigEndian(std::span<std::byte>{result}, 4, tag);
    const Octets rest = fromHex(chunks);
    result.insert(result.end(), rest.begin(), rest.end());
    return result;
}

constexpr std::string_view init = "01000014"
                                  "11223344"
                                  "0001c000"
                                  "000a000a"
                                  "00000001";
constexpr std::string_view initWithLists = "0100002a"
                                           "11223344"
                                           "0001c000"
                                           "000a000a"
                                           "00000001"
                                           "80080008c0c10f80"      // supported extensions
                                           "c0000004"              // forward TSN
                                           "8002000aaabbccddeeff"; // random, its padding cut off
constexpr std::string_view data = "00030012"
                                  "00000001"
                                  "00000000"
                                  "00000000"
                                  "68690000";
constexpr std::string_view sack = "03000018"
                                  "00000001"
                                  "00010000"
                                  "00010001"
                                  "00020003"
                                  "00000009";

SocketAddress host(std::uint32_t number, std::uint16_t port = 5000) {
    IpAddress ip;
    writeBigEndian(std::as_writable_bytes(std::span{ip.octets}), 0, number);
    return {ip, port};
}

void waitForInput(const UdpSocket& socket) {
    pollfd ready{.fd = socket.descriptor(), .events = POLLIN, .revents = 0};
    QVERIFY(::poll(&ready, 1, 10'000) == 1);
}

} // namespace

class TestUserParts : public QObject {
    Q_OBJECT
private slots:
    // --- check sums ---------------------------------------------------------------------------------------------

    void givenKnownOctets_whenSummed_thenBothWaysGiveTheKnownCrc_data() {
        QTest::addColumn<QByteArray>("octets");
        QTest::addColumn<quint32>("crc");
        QByteArray rising;
        for (char i = 0; i < 32; ++i) {
            rising.append(i);
        }
        QTest::newRow("nothing") << QByteArray() << 0U;
        QTest::newRow("digits") << QByteArray("123456789") << 0xe3069283U;
        QTest::newRow("zeros, RFC 3720") << QByteArray(32, '\0') << 0x8a9136aaU;
        QTest::newRow("ones, RFC 3720") << QByteArray(32, '\xff') << 0x62a8ab43U;
        QTest::newRow("rising, RFC 3720") << rising << 0x46dd794eU;
    }
    void givenKnownOctets_whenSummed_thenBothWaysGiveTheKnownCrc() {
        QFETCH(QByteArray, octets);
        QFETCH(quint32, crc);
        const OctetView view = asOctets({octets.data(), static_cast<std::size_t>(octets.size())});
        QCOMPARE(crc32c(view), crc);
        QCOMPARE(crc32cByTable(view), crc);
    }
    void givenArbitraryOctets_whenSummedByInstructionAndByTable_thenBothAgree() {
        Random random{1};
        Octets octets(20'000);
        for (std::byte& octet : octets) {
            octet = static_cast<std::byte>(random() & 0xff);
        }
        for (int i = 0; i < 2'000; ++i) {
            const std::size_t offset = random.below(64);
            const std::size_t size = random.below(i % 2 == 0 ? 200 : octets.size() - 64);
            const OctetView view = OctetView{octets}.subspan(offset, size);
            QCOMPARE(crc32c(view), crc32cByTable(view));
        }
    }
    void givenPacket_whenItsSumIsWritten_thenOnlyTheUnchangedPacketPasses() {
        Octets whole = packet(7, data);
        writePacketChecksum(whole);
        for (std::size_t i = 0; i < whole.size(); ++i) {
            Octets changed = whole;
            changed[i] ^= std::byte{0x10};
            QVERIFY(!takePacketChecksum(changed));
        }
        QVERIFY(takePacketChecksum(whole));
    }

    // --- packets ------------------------------------------------------------------------------------------------

    void givenWholePackets_whenChecked_thenTheyPass() {
        QCOMPARE(checkPacket(packet(0, init)), PacketFault::None);
        QCOMPARE(checkPacket(packet(0, initWithLists)), PacketFault::None);
        QCOMPARE(checkPacket(packet(7, data)), PacketFault::None);
        QCOMPARE(checkPacket(packet(7, sack)), PacketFault::None);
        QCOMPARE(checkPacket(packet(7, std::string{sack} + std::string{data})), PacketFault::None);
        QCOMPARE(checkPacket(packet(7, "06000004")), PacketFault::None);
        QCOMPARE(checkPacket(packet(7, "0600000c"
                                       "000c0008"
                                       "67627965")),
                 PacketFault::None);
        QCOMPARE(checkPacket(packet(7, "0a000008"
                                       "00112233"
                                       "0b000004")),
                 PacketFault::None);
        QCOMPARE(checkPacket(packet(7, "3f000008"
                                       "00112233")),
                 PacketFault::None); // unknown: the stack's business
    }
    void givenBrokenPackets_whenChecked_thenTheFaultIsNamed_data() {
        QTest::addColumn<Octets>("octets");
        QTest::addColumn<QString>("fault");
        const auto row = [](const char* name, const Octets& octets, const char* fault) {
            QTest::newRow(name) << octets << QString{fault};
        };
        row("nothing", {}, "too short");
        row("header only", packet(7, ""), "too short");
        row("chunk of length 0", packet(7, "03000000"), "chunk length");
        row("chunk of length 3", packet(7, "0b000003"), "chunk length");
        row("chunk beyond the packet",
            packet(7, "0a000009"
                      "00112233"),
            "chunk length");
        row("half a second chunk header",
            packet(7, "0b000004"
                      "0b00"),
            "chunk length");
        row("data without data",
            packet(7, "00030010"
                      "00000001"
                      "00000000"
                      "00000000"),
            "chunk length");
        row("SACK with gaps that are not there",
            packet(7, "03000010"
                      "00000001"
                      "00010000"
                      "00010000"),
            "parameter");
        row("INIT with a tag", packet(7, init), "tag of an INIT");
        row("data without a tag", packet(0, data), "tag of an INIT");
        row("INIT with company", packet(0, std::string{init} + "0b000004"), "bundled INIT");
        row("INIT in company", packet(7, "0b000004" + std::string{init}), "bundled INIT");
        row("INIT without streams",
            packet(0, "01000014"
                      "11223344"
                      "0001c000"
                      "0000000a"
                      "00000001"),
            "contents of an INIT");
        row("INIT without a tag of its own",
            packet(0, "01000014"
                      "00000000"
                      "0001c000"
                      "000a000a"
                      "00000001"),
            "contents of an INIT");
        const std::string longer = "01000018"
                                   "11223344"
                                   "0001c000"
                                   "000a000a"
                                   "00000001";
        row("INIT parameter of length 0", packet(0, longer + "80080000"), "parameter"); // usrsctp issue 570
        row("INIT parameter of length 3", packet(0, longer + "80080003"), "parameter");
        row("INIT parameter beyond the chunk", packet(0, longer + "80080005"), "parameter");
        row("INIT address of wrong length", packet(0, longer + "00050004"), "parameter");
        row("ABORT cause of length 0",
            packet(7, "06000008"
                      "000c0000"),
            "parameter");
        row("heartbeat without information", packet(7, "04000004"), "chunk length");
        row("heartbeat information beyond",
            packet(7, "04000008"
                      "00010009"),
            "parameter");
        row("half a forward TSN",
            packet(7, "c000000a"
                      "00000001"
                      "00010000"),
            "parameter");
    }
    void givenBrokenPackets_whenChecked_thenTheFaultIsNamed() {
        QFETCH(Octets, octets);
        QFETCH(QString, fault);
        QCOMPARE(QString::fromStdString(std::string{toText(checkPacket(octets))}), fault);
    }
    void givenEveryCutAndEveryChange_whenChecked_thenNothingOutsideIsRead() {
        for (const std::string_view chunks : {init, initWithLists, data, sack}) {
            const Octets whole = packet(chunks.starts_with("01") ? 0 : 7, chunks);
            for (std::size_t length = 0; length < whole.size(); ++length) {
                const Octets cut{whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length)};
                (void)checkPacket(cut); // the sanitizers watch
            }
            for (std::size_t at = 0; at < whole.size(); ++at) {
                for (int value = 0; value < 256; ++value) {
                    Octets changed = whole;
                    changed[at] = static_cast<std::byte>(value);
                    (void)checkPacket(changed);
                }
            }
        }
    }

    // --- paths --------------------------------------------------------------------------------------------------

    void givenSamePeer_whenObtainedTwice_thenItIsTheSamePath() {
        PathTable table;
        const Path* first = table.obtain(0, host(1), 5000);
        QVERIFY(first != nullptr);
        QVERIFY(first->number != 0);
        QVERIFY(table.obtain(0, host(1), 5000) == first);
        QVERIFY(table.obtain(1, host(1), 5000) != first);       // by another socket
        QVERIFY(table.obtain(0, host(1, 5001), 5000) != first); // from another UDP port
        QVERIFY(table.obtain(0, host(1), 5001) != first);       // of another SCTP port
        QVERIFY(table.obtain(0, host(2), 5000) != first);
        QCOMPARE(table.size(), std::size_t{5});
        QVERIFY(table.find(first->number) == first);
        QVERIFY(table.find(0) == nullptr);
        QVERIFY(table.find(6) == nullptr);
        int seen = 0;
        table.forEach(0, host(1), [&](const Path&) { ++seen; });
        QCOMPARE(seen, 2);
    }
    void givenFloodOfStrangers_whenPathsAreObtained_thenTheOldestIdleAreForgottenAndTheBusyStay() {
        PathTable table;
        Path* busy = table.obtain(0, host(0xffffffff), 1);
        table.assign(*busy, AssocId{1});
        for (std::uint32_t i = 0; i < 200'000; ++i) {
            QVERIFY(table.obtain(0, host(i), 1) != nullptr);
        }
        QCOMPARE(table.size(), PathTable::mostIdle + 1);
        QVERIFY(table.find(busy->number) == busy);
        QVERIFY(table.obtain(0, host(0xffffffff), 1) == busy);
        int seen = 0;
        table.forEach(0, host(0), [&](const Path&) { ++seen; });
        QCOMPARE(seen, 0);
        table.forEach(0, host(199'999), [&](const Path&) { ++seen; });
        QCOMPARE(seen, 1);
    }
    void givenIdlePathInUse_whenStrangersFlood_thenItStays() {
        PathTable table;
        const PathNumber kept = table.obtain(0, host(0xffffffff), 1)->number;
        for (std::uint32_t i = 0; i < 50'000; ++i) {
            (void)table.obtain(0, host(i), 1);
            if (i % 1'000 == 0) {
                QCOMPARE(table.obtain(0, host(0xffffffff), 1)->number, kept);
            }
        }
    }
    void givenAllNumbersBusy_whenAnotherPeerComes_thenThereIsNoPathUntilOneIsIdle() {
        PathTable table;
        std::set<PathNumber> numbers;
        for (std::uint32_t i = 0; i < 65'535; ++i) {
            Path* path = table.obtain(0, host(i), 1);
            QVERIFY(path != nullptr);
            QVERIFY(numbers.insert(path->number).second);
            table.assign(*path, AssocId{i + 1});
        }
        QVERIFY(table.obtain(0, host(70'000), 1) == nullptr);
        table.assign(*table.obtain(0, host(77), 1), AssocId::None);
        QVERIFY(table.obtain(0, host(70'000), 1) != nullptr);
        QVERIFY(table.obtain(0, host(77), 1) != nullptr); // the only idle one is forgotten for it
    }

    // --- sockets ------------------------------------------------------------------------------------------------

    void givenManyDatagramsInABatch_whenFlushed_thenAllArriveWholeAndInOrder() {
        UdpSocket sender = UdpSocket::open({IpAddress::v4(127, 0, 0, 1), 0}).value();
        UdpSocket receiver = UdpSocket::open({IpAddress::v4(127, 0, 0, 1), 0}).value();
        DatagramBatch batch;
        ReceiveBuffers buffers;
        Random random{2};
        std::vector<std::size_t> sizes;
        for (int i = 0; i < 60; ++i) { // runs of equal sizes, so that some leave in one send
            sizes.insert(sizes.end(), random.below(5), 1 + random.below(1'400));
        }
        sizes.push_back(65'000);
        sizes.push_back(0);
        for (std::size_t i = 0; i < sizes.size(); ++i) {
            batch.add(sender, receiver.local(), std::nullopt, Octets(sizes[i], static_cast<std::byte>(i)));
        }
        batch.flush();
        QVERIFY(batch.empty());
        std::size_t next = 0;
        while (next < sizes.size()) {
            waitForInput(receiver);
            receiver.receive(buffers, [&](const Datagram& datagram) {
                QVERIFY(next < sizes.size());
                QCOMPARE(datagram.octets.size(), sizes[next]);
                QVERIFY(datagram.from == sender.local());
                QVERIFY(std::ranges::all_of(datagram.octets,
                                            [&](std::byte octet) { return octet == static_cast<std::byte>(next); }));
                ++next;
            });
        }
        QCOMPARE(batch.takeRefused(), std::uint64_t{0});
    }
    void givenSocketThatCannotSegment_whenFlushed_thenAllArriveAllTheSame() {
        UdpSocket sender = UdpSocket::open({IpAddress::v4(127, 0, 0, 1), 0}).value();
        sender.dontSegment();
        UdpSocket receiver = UdpSocket::open({IpAddress::v4(127, 0, 0, 1), 0}).value();
        DatagramBatch batch;
        ReceiveBuffers buffers;
        for (int i = 0; i < 50; ++i) {
            batch.add(sender, receiver.local(), std::nullopt, Octets(1'000));
        }
        batch.flush();
        int received = 0;
        while (received < 50) {
            waitForInput(receiver);
            receiver.receive(buffers, [&](const Datagram& datagram) {
                QCOMPARE(datagram.octets.size(), std::size_t{1'000});
                ++received;
            });
        }
    }
    void givenNobodyAtThePort_whenSent_thenTheErrorQuotesWhatWasSent() {
        UdpSocket sender = UdpSocket::open({IpAddress::v4(127, 0, 0, 1), 0}).value();
        const SocketAddress nobody = UdpSocket::open({IpAddress::v4(127, 0, 0, 1), 0}).value().local();
        DatagramBatch batch;
        batch.add(sender, nobody, std::nullopt, asOctets("0123456789"));
        batch.flush();
        pollfd ready{.fd = sender.descriptor(), .events = 0, .revents = 0};
        QVERIFY(::poll(&ready, 1, 10'000) == 1);
        int errors = 0;
        sender.receiveErrors([&](const DatagramError& error) {
            ++errors;
            QCOMPARE(error.error, ECONNREFUSED);
            QVERIFY(error.to == nobody);
            QCOMPARE(std::string{asText(error.octets)}, std::string{"0123456789"});
        });
        QCOMPARE(errors, 1);
    }
    void givenPendingErrors_whenABatchIsSent_thenItStillArrives() {
        UdpSocket sender = UdpSocket::open({IpAddress::v4(127, 0, 0, 1), 0}).value();
        UdpSocket receiver = UdpSocket::open({IpAddress::v4(127, 0, 0, 1), 0}).value();
        const SocketAddress nobody = UdpSocket::open({IpAddress::v4(127, 0, 0, 1), 0}).value().local();
        DatagramBatch batch;
        for (int i = 0; i < 20; ++i) {
            batch.add(sender, nobody, std::nullopt, asOctets("x"));
            batch.add(sender, receiver.local(), std::nullopt, asOctets("y"));
        }
        batch.flush();
        ReceiveBuffers buffers;
        int received = 0;
        while (received < 20) {
            waitForInput(receiver);
            receiver.receive(buffers, [&](const Datagram&) { ++received; });
        }
        QCOMPARE(received, 20);
    }
    void givenPortInUse_whenOpenedAgain_thenItIsRefused() {
        const UdpSocket first = UdpSocket::open({IpAddress::v4(127, 0, 0, 1), 0}).value();
        const auto second = UdpSocket::open(first.local());
        QVERIFY(!second);
        QVERIFY(second.error() == std::errc::address_in_use);
    }

    // --- this host ----------------------------------------------------------------------------------------------

    void givenThisHost_whenItsAddressesAreListed_thenLoopbackIsThereAndRoutesKnowIt() {
        const std::vector<IpAddress> addresses = localAddresses();
        QVERIFY(std::ranges::find(addresses, IpAddress::v4(127, 0, 0, 1)) != addresses.end());
        for (const IpAddress& ip : addresses) {
            const auto route = routeTo(ip);
            QVERIFY(route.has_value());
            QVERIFY(route->sameHost);
            QVERIFY(route->mtu >= 1'280);
        }
        const std::vector<Interface> interfaces = multicastInterfaces();
        QVERIFY(std::ranges::any_of(interfaces, &Interface::loopback));
    }
};

QTEST_GUILESS_MAIN(TestUserParts)
#include "test_user_parts.moc"
