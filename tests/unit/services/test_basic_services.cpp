// SPDX-License-Identifier: GPL-3.0-or-later
// Echo, discard, daytime and character generator, each alone and with a terminal in the simulated network.
#include "demos/services/basic/chargen_service.h"
#include "demos/services/basic/daytime_service.h"
#include "demos/services/basic/discard_service.h"
#include "demos/services/basic/echo_service.h"
#include "demos/users/terminal/terminal_user.h"
#include "tests/unit/services/fake_link.h"
#include "tests/unit/services/service_world.h"

#include <cstdlib>
#include <ctime>

using namespace kolam;
using namespace kolam::services;
using namespace kolam::testing;
using namespace kolam::users;

namespace {

constexpr std::uint32_t anySlots = 100;

class Screen final : public TerminalListener {
public:
    void onAnswer(PeIdentifier from, std::string_view text) override {
        elements.insert(from);
        answers.emplace_back(text);
        octets += text.size();
    }
    void onFailoverBegin(PeIdentifier, FailoverCause) override { ++failovers; }
    void onEnd(bool well) override {
        ended = true;
        wentWell = well;
    }
    std::set<PeIdentifier> elements;
    std::vector<std::string> answers;
    std::size_t octets = 0;
    int failovers = 0;
    bool ended = false;
    bool wentWell = false;
};

struct Terminal {
    explicit Terminal(ServiceWorld& world)
        : user(world.userDispatcher(), *world.user->user, screen, {.pool = world.poolHandle, .patience = 10s}) {}
    Screen screen;
    TerminalUser user;
};

template <typename Made>
auto makes() {
    return [](Dispatcher&) { return std::make_shared<Made>(anySlots); };
}

} // namespace

class TestBasicServices : public QObject {
    Q_OBJECT
private slots:
    void givenMessage_whenItIsEchoed_thenOctetsAndPpidAreTheSame() {
        EchoService service{anySlots};
        FakeLink link;
        const auto session = service.open(link);
        session->onMessage(0x4b000042, asOctets("hello"));
        QCOMPARE(link.ppids.at(0), 0x4b000042u);
        QCOMPARE(asText(link.messages.at(0)), std::string_view{"hello"});
    }

    void givenUserWhoTakesNothing_whenItSendsOn_thenEchoesWaitInOrderAndNotForEver() {
        EchoService service{anySlots};
        FakeLink link;
        const auto session = service.open(link);
        link.room = 0;
        session->onMessage(1, asOctets("one"));
        session->onMessage(2, asOctets("two"));
        link.room = 10;
        session->onWritable();
        QCOMPARE(link.ppids, (std::vector<std::uint32_t>{1, 2}));
        link.room = 0;
        const std::string large(60'000, 'x');
        for (int i = 0; i < 20; ++i) {
            session->onMessage(0, asOctets(large));
        }
        QVERIFY(link.order.find('A') != std::string::npos);
    }

    void givenTime_whenItIsTold_thenItHasTheFormatOfTheCapture() {
        ::setenv("TZ", "UTC", 1);
        ::tzset();
        // 4d6f6e6461792c2032332d4e... of service-daytime.pcap, frame 13
        const WallTime time{std::chrono::microseconds{1'795'408'284'906'715}};
        QCOMPARE(daytimeText(time), std::string{"Monday, 23-November-2026 04:31:24.906715\n"});
    }

    void givenUser_whenItAsksForDaytime_thenItIsToldOnceAndTheSessionEnds() {
        DaytimeService service{[] { return WallTime{}; }};
        FakeLink link;
        const auto session = service.open(link);
        QCOMPARE(link.order, std::string{"MS"});
        QCOMPARE(link.ppids.at(0), 0u);
        QCOMPARE(asText(link.messages.at(0)), std::string_view{"Thursday, 01-January-1970 00:00:00.000000\n"});
    }

    void givenUserOfChargen_whenItTakesBlocks_thenTheyAreRsplibsAndStopWhenThereIsNoRoom() {
        VirtualDispatcher dispatcher{1};
        ChargenService service{dispatcher, 1};
        FakeLink link;
        FakeLink other;
        const auto session = service.open(link);
        QVERIFY(!service.open(other)); // its slots are few: it never ends a session
        link.room = 100;
        dispatcher.runFor(1s);
        QCOMPARE(link.messages.size(), std::size_t{100});
        QCOMPARE(link.messages.front().size(), std::size_t{1024});
        for (std::size_t i = 0; i < 1024; ++i) {
            QCOMPARE(std::to_integer<std::size_t>(link.messages.front()[i]), 30 + i % 98);
        }
        link.room = 3;
        session->onWritable();
        dispatcher.runFor(1s);
        QCOMPARE(link.messages.size(), std::size_t{103});
    }

    void givenTerminal_whenTheElementIsKilledBetweenLines_thenTheNextOneAnswers() {
        ServiceWorld world{PoolHandle{"EchoPool"}};
        world.addElement(1, makes<EchoService>());
        world.addElement(2, makes<EchoService>());
        Terminal terminal{world};
        terminal.user.line("one");
        QVERIFY(world.until([&] { return terminal.screen.answers.size() == 1; }));
        world.at(*terminal.screen.elements.begin()).kill();
        QVERIFY(world.until([&] { return terminal.screen.failovers == 1; }));
        terminal.user.line("two");
        QVERIFY(world.until([&] { return terminal.screen.answers.size() == 2; }));
        QCOMPARE(terminal.screen.answers, (std::vector<std::string>{"one", "two"}));
        QCOMPARE(terminal.screen.elements.size(), std::size_t{2});
        terminal.user.endOfInput();
        QVERIFY(world.until([&] { return terminal.screen.ended; }));
        QVERIFY(terminal.screen.wentWell);
    }

    void givenNoElement_whenTheInputEnds_thenTheTerminalFailsAfterItsPatience() {
        ServiceWorld world{PoolHandle{"EchoPool"}};
        Terminal terminal{world};
        terminal.user.line("hello");
        terminal.user.endOfInput();
        world.dispatcher.runFor(9s);
        QVERIFY(!terminal.screen.ended);
        world.dispatcher.runFor(2s);
        QVERIFY(terminal.screen.ended && !terminal.screen.wentWell);
    }

    void givenNoElementAtFirst_whenOneComes_thenTheWaitingLinesAreSent() {
        ServiceWorld world{PoolHandle{"EchoPool"}};
        Terminal terminal{world};
        terminal.user.line("early");
        terminal.user.line("bird");
        world.dispatcher.runFor(2s);
        world.addElement(1, makes<EchoService>());
        QVERIFY(world.until([&] { return terminal.screen.answers.size() == 2; }));
        QCOMPARE(terminal.screen.answers, (std::vector<std::string>{"early", "bird"}));
    }

    void givenDiscard_whenLinesCome_thenTheyAreCountedAndNothingIsSaid() {
        ServiceWorld world{PoolHandle{"DiscardPool"}};
        auto& element = world.addElement(1, makes<DiscardService>());
        const auto& service = static_cast<const DiscardService&>(*element.service);
        Terminal terminal{world};
        terminal.user.line("hello");
        terminal.user.line("world!");
        terminal.user.endOfInput();
        QVERIFY(world.until([&] { return terminal.screen.ended; }));
        QVERIFY(terminal.screen.wentWell && terminal.screen.answers.empty());
        QCOMPARE(service.messages(), std::uint64_t{2});
        QCOMPARE(service.octets(), std::uint64_t{11});
    }

    void givenDaytime_whenTheSessionEndsAgainAndAgain_thenTheTerminalIsToldByAllAndDoesNotHurry() {
        ServiceWorld world{PoolHandle{"DaytimePool"}};
        const auto make = [](Dispatcher&) { return std::make_shared<DaytimeService>([] { return WallTime{}; }); };
        world.addElement(1, make);
        world.addElement(2, make);
        Terminal terminal{world};
        world.dispatcher.runFor(20s);
        QCOMPARE(terminal.screen.elements.size(), std::size_t{2});
        QVERIFY(terminal.screen.answers.size() >= 10);
        QVERIFY(terminal.screen.answers.size() <= 40); // an element that ends sessions at once is not stormed
    }

    void givenChargen_whenItsElementFreezes_thenTheTerminalReadsOnElsewhere() {
        ServiceWorld world{PoolHandle{"CharGenPool"}};
        world.network.setLink({.latency = 1ms});
        const auto make = [](Dispatcher& dispatcher) { return std::make_shared<ChargenService>(dispatcher, 4); };
        world.addElement(1, make);
        world.addElement(2, make);
        Terminal terminal{world};
        QVERIFY(world.until([&] { return terminal.screen.octets >= 100'000; }));
        world.at(*terminal.screen.elements.begin()).process->freeze();
        QVERIFY(world.until([&] { return terminal.screen.elements.size() == 2; }));
        const std::size_t before = terminal.screen.octets;
        QVERIFY(world.until([&] { return terminal.screen.octets >= before + 100'000; }));
    }

    void givenHostileAnswer_whenItIsShown_thenTheTerminalIsSafe() {
        QCOMPARE(printable("\x1b[2Jh\xc3\xa9llo\a"), std::string{"\\x1b[2Jh\xc3\xa9llo\\x07"});
    }
};

QTEST_GUILESS_MAIN(TestBasicServices)
#include "test_basic_services.moc"
