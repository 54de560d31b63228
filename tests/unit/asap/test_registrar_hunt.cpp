// SPDX-License-Identifier: GPL-3.0-or-later
// Which registrar an endpoint uses: announcements, fixed lists, back-off, and what happens when one falls silent.
#include "core/asap/registrar_hunt.h"
#include "tests/unit/asap/action_text.h"

#include <QtTest>

using namespace kolam;
using namespace kolam::testing;
using Hunt = asap::RegistrarHunt;

namespace {

constexpr asap::HuntLimits limits{
    .announceTimeout = 5s, .connect = 500ms, .connectMax = 2s, .pauseFirst = 250ms, .listSize = 8};

TransportAddress at(std::uint8_t host, std::uint16_t port = 3863) {
    return {{IpAddress::v4(10, 0, 0, host)}, port};
}

struct Machine {
    explicit Machine(std::vector<TransportAddress> fixed = {}) : hunt(limits, std::move(fixed), random) {}
    std::string tell(const Hunt::Input& input, Duration when = 0s) { return text(hunt.handle(input, start + when)); }
    Random random{1};
    Hunt hunt;
};

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

} // namespace

class TestRegistrarHunt : public QObject {
    Q_OBJECT
private slots:
    void givenNobodyKnown_whenARegistrarIsAnnounced_thenItIsTriedAtOnceAndUsed() {
        Machine machine;
        (void)machine.tell(Hunt::Wanted{});
        QCOMPARE(machine.tell(Hunt::AnnounceHeard{ServerId{7}, at(1), true}, 10ms),
                 std::string("connect attempt 1 to 10.0.0.1:3863\n"
                             "arm timer at 100.510 s\n"));
        QCOMPARE(machine.tell(Hunt::AttemptUp{asap::AttemptId{1}}, 20ms),
                 std::string("use attempt 1: registrar 0x00000007 at 10.0.0.1:3863, one of ours\n"
                             "arm no timer\n"));
        QVERIFY(!machine.hunt.searching());
    }
    void givenFiveRegistrars_whenOneIsWanted_thenThreeAreTriedAndTheFirstIsTaken() {
        Machine machine{{at(1), at(2), at(3), at(4), at(5)}};
        const auto actions = machine.hunt.handle(Hunt::Wanted{}, start);
        QCOMPARE(std::ranges::count_if(actions, [](const auto& a) { return std::holds_alternative<Hunt::Connect>(a); }),
                 std::ptrdiff_t{3});
        const std::string next = machine.tell(Hunt::AttemptFailed{asap::AttemptId{2}}, 1ms);
        QVERIFY2(contains(next, "connect attempt 4"), next.c_str());
        const std::string taken = machine.tell(Hunt::AttemptUp{asap::AttemptId{3}}, 2ms);
        QVERIFY2(contains(taken, "use attempt 3") && contains(taken, "abandon attempt 1") &&
                     contains(taken, "abandon attempt 4"),
                 taken.c_str());
        QCOMPARE(machine.tell(Hunt::AttemptUp{asap::AttemptId{1}}, 3ms), std::string()); // too late
    }
    void givenSilentRegistrar_whenRoundsPass_thenTheirLengthIsDoubledUpToTheLimit() {
        Machine machine{{at(1)}};
        QCOMPARE(machine.tell(Hunt::Wanted{}), std::string("arm timer at 100.500 s\n"
                                                           "connect attempt 1 to 10.0.0.1:3863\n"));
        QCOMPARE(machine.tell(Hunt::DeadlineReached{}, 500ms), std::string("abandon attempt 1\n"
                                                                           "arm timer at 101.500 s\n"
                                                                           "connect attempt 2 to 10.0.0.1:3863\n"));
        QCOMPARE(machine.tell(Hunt::DeadlineReached{}, 1500ms), std::string("abandon attempt 2\n"
                                                                            "arm timer at 103.500 s\n"
                                                                            "connect attempt 3 to 10.0.0.1:3863\n"));
        QCOMPARE(machine.tell(Hunt::DeadlineReached{}, 3500ms), std::string("abandon attempt 3\n"
                                                                            "arm timer at 105.500 s\n"
                                                                            "connect attempt 4 to 10.0.0.1:3863\n"));
    }
    void givenRefusingRegistrar_whenItIsTriedForAMinute_thenPausesGrowAndAttemptsAreFew() {
        Machine machine{{at(1)}};
        int attempts = 0;
        TimePoint now = start;
        TimePoint deadline = never;
        auto actions = machine.hunt.handle(Hunt::Wanted{}, now);
        while (now < start + 60s) {
            std::optional<asap::AttemptId> attempt;
            for (const auto& action : actions) {
                if (const auto* connect = std::get_if<Hunt::Connect>(&action)) {
                    ++attempts;
                    attempt = connect->attempt;
                } else if (const auto* arm = std::get_if<Hunt::ArmTimer>(&action)) {
                    deadline = arm->deadline;
                }
            }
            if (attempt) {
                actions = machine.hunt.handle(Hunt::AttemptFailed{*attempt}, now);
            } else {
                now = deadline;
                actions = machine.hunt.handle(Hunt::DeadlineReached{}, now);
            }
        }
        QVERIFY2(attempts >= 28 && attempts <= 40, std::to_string(attempts).c_str());
    }
    void givenPause_whenTheRegistrarThatHasFailedSpeaks_thenItIsTriedAgainAtOnce() {
        Machine machine;
        (void)machine.tell(Hunt::Wanted{});
        (void)machine.tell(Hunt::AnnounceHeard{ServerId{7}, at(1)}, 10ms);
        (void)machine.tell(Hunt::AttemptFailed{asap::AttemptId{1}}, 11ms);
        QCOMPARE(machine.tell(Hunt::AnnounceHeard{ServerId{7}, at(1)}, 12ms), std::string()); // that was just now
        const std::string again = machine.tell(Hunt::AnnounceHeard{ServerId{7}, at(1)}, 265ms);
        QVERIFY2(contains(again, "connect attempt 2 to 10.0.0.1:3863"), again.c_str());
    }
    void givenLostRegistrar_whenThereAreOthers_thenItIsTriedLast() {
        Machine machine{{at(1), at(2), at(3), at(4)}};
        (void)machine.tell(Hunt::Wanted{});
        (void)machine.tell(Hunt::AttemptUp{asap::AttemptId{1}});
        const std::string lost = "to " + toText(machine.hunt.current()->address);
        const std::string hunt = machine.tell(Hunt::Lost{}, 10s);
        QVERIFY2(!contains(hunt, lost), hunt.c_str());
        QVERIFY2(contains(machine.tell(Hunt::AttemptFailed{asap::AttemptId{4}}, 10s), lost), lost.c_str());
    }
    void givenSilentRegistrar_whenAnotherOneAnswers_thenThatOneIsUsed() {
        Machine machine{{at(1)}};
        (void)machine.tell(Hunt::Wanted{});
        (void)machine.tell(Hunt::AttemptUp{asap::AttemptId{1}});
        (void)machine.tell(Hunt::Silent{}, 1s);
        QVERIFY(machine.hunt.searching());
        QCOMPARE(machine.tell(Hunt::AnnounceHeard{ServerId{8}, at(2)}, 2s),
                 std::string("connect attempt 2 to 10.0.0.2:3863\narm timer at 102.500 s\n"));
        QVERIFY(contains(machine.tell(Hunt::AttemptUp{asap::AttemptId{2}}, 2s), "use attempt 2: registrar 0x00000008"));
    }
    void givenSilentRegistrar_whenItAnswersAgain_thenTheSearchEnds() {
        Machine machine{{at(1), at(2)}};
        (void)machine.tell(Hunt::Wanted{});
        (void)machine.tell(Hunt::AttemptUp{asap::AttemptId{1}});
        (void)machine.tell(Hunt::Silent{}, 1s);
        QCOMPARE(machine.tell(Hunt::Answers{}, 1s), std::string("abandon attempt 3\narm no timer\n"));
        QVERIFY(!machine.hunt.searching());
    }
    void givenAnnouncedRegistrar_whenItIsNotHeardForLong_thenItIsForgotten() {
        Machine machine;
        (void)machine.tell(Hunt::AnnounceHeard{ServerId{7}, at(1)});
        (void)machine.tell(Hunt::AnnounceHeard{ServerId{8}, at(2)}, 4s);
        QCOMPARE(machine.hunt.list().size(), std::size_t{2});
        (void)machine.tell(Hunt::AnnounceHeard{ServerId{8}, at(2)}, 6s);
        QCOMPARE(machine.hunt.list().size(), std::size_t{1});
        QVERIFY(machine.hunt.knows(at(2)));
        QVERIFY(!machine.hunt.knows(at(1)));
    }
    void givenSomebodyInventingRegistrars_whenThousandsAreAnnounced_thenOnlySoManyAreRemembered() {
        Machine machine;
        for (std::uint32_t i = 1; i <= 5000; ++i) {
            (void)machine.tell(Hunt::AnnounceHeard{ServerId{i}, at(9, static_cast<std::uint16_t>(i))}, 1us * i);
        }
        QCOMPARE(machine.hunt.list().size(), limits.listSize);
        QCOMPARE(machine.tell(Hunt::AnnounceHeard{ServerId{0}, at(1)}, 1s), std::string());
        QCOMPARE(machine.tell(Hunt::AnnounceHeard{ServerId{1}, at(1, 0)}, 1s), std::string());
    }
    void givenFixedRegistrar_whenItAnnouncesItself_thenItsIdentifierBecomesKnown() {
        Machine machine{{at(1)}};
        (void)machine.tell(Hunt::Wanted{});
        (void)machine.tell(Hunt::AttemptUp{asap::AttemptId{1}});
        QCOMPARE(machine.hunt.current()->server, ServerId{0});
        (void)machine.tell(Hunt::AnnounceHeard{ServerId{7}, at(1), true}, 1s);
        QCOMPARE(machine.hunt.current()->server, ServerId{7});
        QCOMPARE(machine.hunt.list().size(), std::size_t{1});
    }
    void givenHunt_whenARegistrarAdoptsUs_thenTheHuntEnds() {
        Machine machine{{at(1)}};
        (void)machine.tell(Hunt::Wanted{});
        QCOMPARE(machine.tell(Hunt::Adopted{ServerId{9}, at(5)}, 1ms),
                 std::string("abandon attempt 1\narm no timer\n"));
        QCOMPARE(machine.hunt.current()->server, ServerId{9});
    }
    void givenAnnouncement_whenItNamesTransports_thenTheLastSctpOneCounts() {
        wire::ServerAnnounce announce;
        const TransportAddress from = at(1, 4000);
        QCOMPARE(toText(asap::announcedAddress(announce, from)), std::string("10.0.0.1:4000"));
        announce.transports.push_back({.protocol = wire::TransportProtocol::Tcp, .port = 5, .addresses = at(2).ips});
        QCOMPARE(toText(asap::announcedAddress(announce, from)), std::string("10.0.0.1:4000"));
        announce.transports.push_back({.protocol = wire::TransportProtocol::Sctp, .port = 6, .addresses = at(3).ips});
        QCOMPARE(toText(asap::announcedAddress(announce, from)), std::string("10.0.0.3:6"));
    }
};

QTEST_APPLESS_MAIN(TestRegistrarHunt)
#include "test_registrar_hunt.moc"
