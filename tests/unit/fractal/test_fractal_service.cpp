// SPDX-License-Identifier: GPL-3.0-or-later
// The fractal service towards one user: data, cookies, resumption, flow control, and what a hostile user gets.
#include "core/base/random.h"
#include "core/dispatch/epoll_dispatcher.h"
#include "core/dispatch/virtual_dispatcher.h"
#include "core/wire/codec.h"
#include "demos/services/fractal/fractal_kernel.h"
#include "demos/services/fractal/fractal_service.h"
#include "demos/services/fractal/simulated_compute_pool.h"
#include "demos/services/fractal/thread_compute_pool.h"

#include <QtTest>
#include <deque>

using namespace kolam;
using namespace kolam::fractal;

namespace {

/// A user who notes everything, and takes as much as the test lets him.
class FakeLink final : public SessionLink {
public:
    std::expected<void, SessionSendError> send(std::uint32_t ppid, OctetView octets) override {
        if (room == 0) {
            return std::unexpected(SessionSendError::WouldBlock);
        }
        --room;
        Q_ASSERT(ppid == wire::fractalPpid);
        if (wire::peekType(octets) == wire::ExtendedFractalRefusal::type) {
            refusals.emplace_back(asText(wire::decode<wire::ExtendedFractalRefusal>(octets).value().reason));
            order += 'R';
            return {};
        }
        if (wire::peekType(octets) == wire::ExtendedFractalData::type) {
            smooth.push_back(wire::decode<wire::ExtendedFractalData>(octets).value());
            order += smooth.back().isEnd() ? 'e' : 'd';
            return {};
        }
        data.push_back(wire::decode<wire::FractalData>(octets).value());
        order += data.back().isEnd() ? 'E' : 'D';
        return {};
    }
    std::expected<void, SessionSendError> sendCookie(OctetView octets) override {
        if (room == 0) {
            return std::unexpected(SessionSendError::WouldBlock);
        }
        --room;
        cookies.emplace_back(octets.begin(), octets.end());
        order += 'C';
        return {};
    }
    void shutdown() override { order += 'S'; }
    void abort(std::string_view reason) override {
        order += 'A';
        why = reason;
    }
    [[nodiscard]] std::string peer() const override { return "test"; }
    [[nodiscard]] const TransportAddress& peerAddress() const override { return address; }
    [[nodiscard]] bool peerHas(std::uint32_t) const override { return false; }
    TransportAddress address;

    std::size_t room = 1'000'000;
    std::vector<wire::FractalData> data;
    std::vector<Octets> cookies;
    std::vector<wire::ExtendedFractalData> smooth;
    std::vector<std::string> refusals;
    std::string order; // Data, Cookie, End, Shutdown, Abort, Refusal; data and end of an extended fractal in small
    std::string why;
};

/// Computes when the test says so.
class ManualPool final : public ComputePool {
public:
    void compute(ComputeJob job, std::weak_ptr<const void> owner, ComputeDone done) override {
        jobs.push_back({std::move(job), std::move(owner), std::move(done)});
    }
    /// Computes the first job, or its first points only.
    void finish(std::uint32_t points = 0xffffffff, Duration took = 1ms) {
        Job job = std::move(jobs.front());
        jobs.pop_front();
        ComputeResult result{.first = job.job.first, .took = took};
        result.counts.resize(std::min(points, job.job.count));
        computeCounts(job.job.plane, job.job.first, result.counts);
        if (!job.owner.expired()) {
            job.done(std::move(result));
        }
    }
    struct Job {
        ComputeJob job;
        std::weak_ptr<const void> owner;
        ComputeDone done;
    };
    std::deque<Job> jobs;
};

constexpr wire::FractalParameter image{
    .width = 100, .height = 40, .maxIterations = 50, .c1Real = -0.5, .c1Imag = 1.2, .c2Real = 2.1, .c2Imag = -1.2};

std::vector<std::uint32_t> countsOf(const wire::FractalParameter& parameter) {
    const Plane plane = Plane::of(parameter);
    std::vector<std::uint32_t> counts(plane.points());
    computeCounts(plane, 0, counts);
    return counts;
}

/// The points that came, from pixel number `first` on without gaps; nothing when there is a gap.
std::vector<std::uint32_t> points(const FakeLink& link, std::uint64_t first, std::uint32_t width) {
    std::vector<std::uint32_t> all;
    for (const wire::FractalData& data : link.data) {
        if (data.isEnd()) {
            continue;
        }
        if (std::uint64_t{data.startY} * width + data.startX != first + all.size()) {
            return {};
        }
        all.insert(all.end(), data.points.begin(), data.points.end());
    }
    return all;
}

struct Bench {
    explicit Bench(FractalServiceOptions options = {}) : service(dispatcher, pool, log, options) {
        session = service.open(link);
    }
    void ask(const wire::FractalParameter& parameter = image) {
        session->onMessage(wire::fractalPpid, wire::encode(parameter));
    }
    VirtualDispatcher dispatcher{1};
    SilentLog log;
    SimulatedComputePool pool{dispatcher, 2, 1us};
    FractalService service;
    FakeLink link;
    std::unique_ptr<ServiceSession> session;
};

struct ManualBench {
    explicit ManualBench(FractalServiceOptions options = {}) : service(dispatcher, pool, log, options) {
        session = service.open(link);
    }
    VirtualDispatcher dispatcher{1};
    SilentLog log;
    ManualPool pool;
    FractalService service;
    FakeLink link;
    std::unique_ptr<ServiceSession> session;
};

} // namespace

class TestFractalService : public QObject {
    Q_OBJECT
private slots:
    void givenParameter_whenComputed_thenCookieDataAndEndComeInOrder() {
        Bench bench;
        bench.ask();
        QCOMPARE(bench.link.order, std::string("C")); // at once: who dies now has lost nothing
        bench.dispatcher.runFor(900ms);
        QCOMPARE(bench.link.order, std::string("CDDDDDDDDDDCDDDE"));
        QCOMPARE(points(bench.link, 0, 100), countsOf(image));
        for (std::size_t i = 0; i + 2 < bench.link.data.size(); ++i) {
            QCOMPARE(bench.link.data[i].points.size(), std::size_t{324});
        }
        QCOMPARE(bench.link.cookies[0].size(), std::size_t{76});
        const auto first = wire::decode<wire::FractalCookie>(bench.link.cookies[0]);
        QCOMPARE(first->parameter, image);
        QVERIFY(first->currentX == 0 && first->currentY == 0);
        const auto second = wire::decode<wire::FractalCookie>(bench.link.cookies[1]);
        QCOMPARE(second->currentX, 3240u % 100); // the next pixel after ten messages
        QCOMPARE(second->currentY, 3240u / 100);
        QCOMPARE(bench.service.statistics().points, std::uint64_t{4000});
        QCOMPARE(bench.service.statistics().images, std::uint64_t{1});
    }

    void givenFinishedImage_whenTheUserAsksAgain_thenTheNextOneIsComputed() {
        Bench bench;
        bench.ask();
        bench.dispatcher.runFor(500ms);
        bench.link.data.clear();
        wire::FractalParameter next = image;
        next.width = 7;
        next.height = 3;
        bench.ask(next);
        bench.dispatcher.runFor(500ms);
        QCOMPARE(points(bench.link, 0, 7), countsOf(next));
        QVERIFY(bench.link.data.back().isEnd());
    }

    void givenEveryCookie_whenEchoedToAnotherElement_thenItGoesOnExactlyThere() {
        FractalServiceOptions options;
        options.cookieMaxPackets = 1;
        Bench bench{options};
        bench.ask();
        bench.dispatcher.runFor(500ms);
        QCOMPARE(bench.link.cookies.size(), std::size_t{13}); // the first, and one after each message but the last
        const auto whole = countsOf(image);
        for (const Octets& octets : bench.link.cookies) {
            Bench next;
            next.session->onCookieEcho(octets);
            next.dispatcher.runFor(500ms);
            const auto cookie = wire::decode<wire::FractalCookie>(octets);
            const std::uint64_t first = std::uint64_t{cookie->currentY} * 100 + cookie->currentX;
            QCOMPARE(points(next.link, first, 100),
                     std::vector(whole.begin() + static_cast<std::ptrdiff_t>(first), whole.end()));
            QVERIFY(next.link.data.back().isEnd());
            QCOMPARE(next.service.statistics().resumed, std::uint64_t{1});
        }
    }

    void givenRsplibsCookie_whenEchoed_thenTheLastPixelIsSentAgain() {
        Bench bench;
        bench.session->onCookieEcho(fromHex("3c46472d5444313e01000004000000c80000004a000003e8000000023fce16f0c2dbfc5a"
                                            "3ff29eed90d681913fce16f21be333cf3ff29eed707dd45f40080000000000000000008f"
                                            "00000009"));
        bench.dispatcher.runFor(500ms);
        QCOMPARE(bench.link.data.front().startX, 143u);
        QCOMPARE(bench.link.data.front().startY, 9u);
        QCOMPARE(points(bench.link, 1943, 200).size(), std::size_t{14'800 - 1943});
    }

    void givenCookieAtTheVeryEnd_whenEchoed_thenTheEndComes() {
        Bench bench;
        bench.session->onCookieEcho(wire::encode(wire::FractalCookie{image, 0, 40}));
        bench.dispatcher.runFor(500ms);
        QCOMPARE(bench.link.order, std::string("E"));
    }

    void givenSlowPixels_whenASecondHasPassed_thenWhatThereIsGoesOut() {
        ManualBench bench;
        bench.session->onMessage(wire::fractalPpid, wire::encode(image));
        bench.pool.finish(100); // of the first 324
        QCOMPARE(bench.link.order, std::string("C"));
        bench.dispatcher.runFor(1050ms);
        QCOMPARE(bench.link.order, std::string("CDC"));
        QCOMPARE(bench.link.data[0].points.size(), std::size_t{100});
        while (!bench.pool.jobs.empty()) {
            bench.pool.finish(50); // every job comes in pieces, and out of order
        }
        QCOMPARE(points(bench.link, 0, 100), countsOf(image));
        QVERIFY(bench.link.data.back().isEnd());
    }

    void givenLittleProgress_whenASecondHasPassed_thenACookieSaysWhere() {
        ManualBench bench;
        bench.session->onMessage(wire::fractalPpid, wire::encode(image));
        bench.pool.finish();
        QCOMPARE(bench.link.order, std::string("CD"));
        bench.dispatcher.runFor(1050ms);
        QCOMPARE(bench.link.order, std::string("CDC"));
        bench.dispatcher.runFor(5s);
        QCOMPARE(bench.link.order, std::string("CDC")); // nothing new, no new cookie
    }

    void givenUserWhoTakesNothing_whenComputing_thenOnlyAFewRunsAreOrderedAndLaterTheSessionEnds() {
        Bench bench;
        wire::FractalParameter large = image;
        large.width = large.height = 2000;
        bench.link.room = 5;
        bench.ask(large);
        bench.dispatcher.runFor(5s);
        QCOMPARE(bench.link.order, std::string("CDDDD"));
        const std::uint64_t steps = bench.dispatcher.steps();
        bench.dispatcher.runFor(4s);
        QVERIFY(bench.dispatcher.steps() - steps < 50); // ticks, no computing
        bench.dispatcher.runFor(2s);
        QCOMPARE(bench.link.order, std::string("CDDDDA"));
        QCOMPARE(bench.link.why, std::string("the user takes no data"));
    }

    void givenNarrowUser_whenHeTakesAgain_thenNothingIsLost() {
        Bench bench;
        bench.link.room = 0;
        bench.ask();
        for (int i = 0; i < 200 && (bench.link.data.empty() || !bench.link.data.back().isEnd()); ++i) {
            bench.dispatcher.runFor(20ms);
            bench.link.room = static_cast<std::size_t>(i % 3);
            bench.session->onWritable();
        }
        QCOMPARE(points(bench.link, 0, 100), countsOf(image));
        QCOMPARE(bench.link.order, std::string("CDDDDDDDDDDCDDDE"));
    }

    void givenFailureAfter_whenSoManyMessagesWereSent_thenACookieAndShutdownFollow() {
        FractalServiceOptions options;
        options.failureAfter = 6;
        Bench bench{options};
        bench.ask();
        bench.dispatcher.runFor(500ms);
        QCOMPARE(bench.link.order, std::string("CDDDDDDCS"));
        const auto cookie = wire::decode<wire::FractalCookie>(bench.link.cookies.back());
        QCOMPARE(std::uint64_t{cookie->currentY} * 100 + cookie->currentX, std::uint64_t{6 * 324});
    }

    void givenAllSlotsTaken_whenAUserComes_thenItIsRefusedUntilOneGoes() {
        FractalServiceOptions options;
        options.capacity = 2;
        Bench bench{options};
        QCOMPARE(bench.service.load(), 0.5);
        FakeLink secondLink;
        auto second = bench.service.open(secondLink);
        QVERIFY(second != nullptr);
        QCOMPARE(bench.service.load(), 1.0);
        FakeLink third;
        QVERIFY(bench.service.open(third) == nullptr);
        QCOMPARE(bench.service.statistics().refused, std::uint64_t{1});
        second->onClosed();
        second.reset();
        QCOMPARE(bench.service.load(), 0.5);
        QVERIFY(bench.service.open(third) != nullptr);
    }

    void givenRunningComputation_whenTheSessionCloses_thenItsWorkIsDropped() {
        ManualBench bench;
        bench.session->onMessage(wire::fractalPpid, wire::encode(image));
        QVERIFY(!bench.pool.jobs.empty());
        bench.session->onClosed();
        QVERIFY(bench.pool.jobs.front().owner.expired());
        bench.session.reset();
        while (!bench.pool.jobs.empty()) {
            bench.pool.finish();
        }
        QCOMPARE(bench.link.order, std::string("C"));
    }

    void givenSilentUser_whenAMinutePasses_thenTheSlotIsFreed() {
        Bench bench;
        bench.dispatcher.runFor(59s);
        QCOMPARE(bench.link.order, std::string());
        bench.dispatcher.runFor(2s);
        QCOMPARE(bench.link.order, std::string("S"));
        bench.session->onClosed();
        bench.session.reset();
        bench.dispatcher.runFor(1s);
        QVERIFY(bench.dispatcher.idle()); // no session, no ticks
    }

    void givenTestMode_whenAsked_thenThePatternComes() {
        FractalServiceOptions options;
        options.testMode = true;
        Bench bench{options};
        bench.ask();
        bench.dispatcher.runFor(500ms);
        const auto all = points(bench.link, 0, 100);
        QCOMPARE(all.size(), std::size_t{4000});
        QCOMPARE(all[39 * 100 + 99], 39u * 99 % 256);
    }

    void givenEmptyImage_whenAsked_thenOnlyTheEndComes() {
        Bench bench;
        wire::FractalParameter none = image;
        none.width = 0;
        bench.ask(none);
        QCOMPARE(bench.link.order, std::string("E"));
    }

    void givenHostileMessages_whenReceived_thenTheSessionIsAbortedAndNothingElse_data() {
        QTest::addColumn<QByteArray>("octets");
        QTest::addColumn<quint32>("ppid");
        const auto row = [](const char* name, const Octets& octets, std::uint32_t ppid = wire::fractalPpid) {
            QTest::newRow(name) << QByteArray(reinterpret_cast<const char*>(octets.data()), qsizetype(octets.size()))
                                << quint32{ppid};
        };
        const auto with = [](auto change) {
            wire::FractalParameter parameter = image;
            change(parameter);
            return wire::encode(parameter);
        };
        row("nothing", {});
        row("one octet", fromHex("01"));
        Octets cut = wire::encode(image);
        cut.resize(59);
        row("truncated", cut);
        row("data instead", wire::encode(wire::FractalData{.points = {1, 2, 3}}));
        row("another protocol", wire::encode(image), wire::pingPongPpid);
        row("too wide", with([](auto& p) { p.width = 65537; }));
        row("too high", with([](auto& p) { p.height = 0xffffffff; }));
        row("too deep", with([](auto& p) { p.maxIterations = 1'000'001; }));
    }
    void givenHostileMessages_whenReceived_thenTheSessionIsAbortedAndNothingElse() {
        QFETCH(QByteArray, octets);
        QFETCH(quint32, ppid);
        Bench bench;
        bench.session->onMessage(ppid, asOctets({octets.data(), static_cast<std::size_t>(octets.size())}));
        QCOMPARE(bench.link.order, std::string("A"));
        bench.session->onMessage(ppid, wire::encode(image)); // too late
        bench.dispatcher.runFor(500ms);
        QCOMPARE(bench.link.order, std::string("A"));
        QCOMPARE(bench.service.statistics().aborted, std::uint64_t{1});
    }

    void givenExtendedParameter_whenComputed_thenPointsWithFractionsComeFromItsFirstPixelOnAndNoCookie() {
        wire::ExtendedFractalParameter request{.parameter = image, .startX = 30, .startY = 20};
        request.parameter.algorithm = wire::FractalAlgorithm::Julia;
        const Plane plane = Plane::of(request.parameter);
        std::vector<std::uint64_t> expected(plane.points() - 2030);
        computeSmoothCounts(plane, 2030, expected);
        Bench bench;
        QCOMPARE(bench.service.features(), wire::Features::extendedFractals);
        bench.session->onMessage(wire::fractalPpid, wire::encode(request));
        bench.dispatcher.runFor(900ms);
        QCOMPARE(bench.link.order, std::string(13, 'd') + "e"); // 1970 of them, 162 a message
        std::vector<std::uint64_t> all;
        for (const wire::ExtendedFractalData& data : bench.link.smooth) {
            QVERIFY(data.isEnd() || std::uint64_t{data.startY} * 100 + data.startX == 2030 + all.size());
            all.insert(all.end(), data.points.begin(), data.points.end());
        }
        QVERIFY(all == expected);
        bench.link.order.clear();
        bench.ask(); // and one of rsplib's after it
        bench.dispatcher.runFor(900ms);
        QCOMPARE(bench.link.order, std::string("CDDDDDDDDDDCDDDE"));
        QCOMPARE(points(bench.link, 0, 100), countsOf(image));
    }

    void givenSenselessExtendedParameters_whenReceived_thenTheReasonIsToldAndTheSessionGoesOn() {
        Bench bench;
        wire::ExtendedFractalParameter request{.parameter = image};
        request.parameter.algorithm = wire::FractalAlgorithm::Multibrot;
        request.parameter.n = 2.5;
        bench.session->onMessage(wire::fractalPpid, wire::encode(request));
        request.parameter.n = 3;
        request.startX = 100;
        bench.session->onMessage(wire::fractalPpid, wire::encode(request));
        Octets cut = wire::encode(request);
        cut.resize(60);
        bench.session->onMessage(wire::fractalPpid, cut);
        QCOMPARE(bench.link.order, std::string("RRR"));
        QCOMPARE(bench.link.refusals,
                 (std::vector<std::string>{"the power is no whole number from 2 to 16",
                                           "the first pixel lies outside of the image", "malformed parameter"}));
        QCOMPARE(bench.service.statistics().declined, std::uint64_t{3});
        QCOMPARE(bench.service.statistics().aborted, std::uint64_t{0});
        request.startX = 0;
        bench.session->onMessage(wire::fractalPpid, wire::encode(request));
        bench.dispatcher.runFor(900ms);
        QVERIFY(!bench.link.smooth.empty() && bench.link.smooth.back().isEnd());
    }

    void givenRandomOctetsAsExtendedParameters_whenReceived_thenEachIsAnsweredOrEndsItsSession() {
        Random random{77};
        for (int round = 0; round < 3000; ++round) {
            Bench bench;
            Octets octets(116);
            for (std::byte& octet : octets) {
                octet = static_cast<std::byte>(random.below(256));
            }
            octets[0] = std::byte{wire::ExtendedFractalParameter::type};
            octets[2] = std::byte{0};
            octets[3] = std::byte{116};
            bench.session->onMessage(wire::fractalPpid, octets);
            QCOMPARE(bench.link.order, std::string("R"));
        }
    }

    void givenClassicService_whenAnExtendedParameterComes_thenItKnowsNothingOfIt() {
        FractalServiceOptions options;
        options.classic = true;
        Bench bench{options};
        QCOMPARE(bench.service.features(), 0U);
        bench.session->onMessage(wire::fractalPpid, wire::encode(wire::ExtendedFractalParameter{.parameter = image}));
        QCOMPARE(bench.link.order, std::string("A"));
    }

    void givenSecondParameterOrLateEcho_whenReceivedMeanwhile_thenTheSessionIsAborted() {
        Bench bench;
        bench.ask();
        bench.ask();
        QCOMPARE(bench.link.why, std::string("parameter before the end of the image"));
        Bench other;
        other.ask();
        other.session->onCookieEcho(wire::encode(wire::FractalCookie{image, 0, 0}));
        QCOMPARE(other.link.why, std::string("cookie echo after the beginning"));
        Bench third;
        const Octets cookie = wire::encode(wire::FractalCookie{image, 0, 0});
        third.session->onCookieEcho(cookie);
        third.session->onCookieEcho(cookie);
        QCOMPARE(third.link.order.back(), 'A');
    }

    void givenHostileCookies_whenEchoed_thenTheSessionIsAborted() {
        const Octets good = wire::encode(wire::FractalCookie{image, 5, 7});
        std::vector<Octets> cookies;
        for (std::size_t length = 0; length < good.size(); ++length) {
            cookies.emplace_back(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(length));
        }
        cookies.push_back(good);
        cookies.back().push_back(std::byte{0});
        for (const std::size_t constant : {0u, 7u, 8u}) { // identifier and type
            cookies.push_back(good);
            cookies.back()[constant] ^= std::byte{1};
        }
        cookies.push_back(wire::encode(wire::FractalCookie{image, 101, 0}));
        cookies.push_back(wire::encode(wire::FractalCookie{image, 1, 40}));
        cookies.push_back(wire::encode(wire::FractalCookie{image, 0, 41}));
        cookies.push_back(wire::encode(wire::FractalCookie{image, 0xffffffff, 0xffffffff}));
        wire::FractalParameter large = image;
        large.height = 100'000;
        cookies.push_back(wire::encode(wire::FractalCookie{large, 0, 0}));
        for (const Octets& cookie : cookies) {
            Bench bench;
            bench.session->onCookieEcho(cookie);
            QVERIFY2(bench.link.order == "A", toHex(cookie).c_str());
        }
    }

    void givenRandomOctets_whenReceived_thenNothingBadHappens() {
        Random random{17};
        for (int i = 0; i < 3'000; ++i) {
            Octets octets = wire::encode(image);
            const Octets cookie = wire::encode(wire::FractalCookie{image, 5, 7});
            Bench bench;
            if (random.chance(0.5)) {
                octets[4 + random.below(octets.size() - 4)] = static_cast<std::byte>(random.below(256));
                octets[4] = octets[8] = std::byte{}; // not gigantic: the pool of this test computes everything
                octets[5] = octets[9] = std::byte{};
                octets[6] = octets[10] = std::byte{};
                bench.session->onMessage(wire::fractalPpid, octets);
            } else {
                Octets changed = cookie;
                changed[68 + random.below(8)] = static_cast<std::byte>(random.below(256));
                bench.session->onCookieEcho(changed);
            }
            bench.dispatcher.runFor(100ms);
        }
    }

    void givenRealThreads_whenManySessionsCompute_thenEveryPointIsRight() {
        EpollDispatcher dispatcher{1};
        SilentLog log;
        auto pool = std::make_unique<ThreadComputePool>(dispatcher, 3);
        FractalServiceOptions options;
        options.capacity = 8;
        FractalService service{dispatcher, *pool, log, options};
        std::vector<FakeLink> links(8);
        std::vector<std::unique_ptr<ServiceSession>> sessions;
        wire::FractalParameter large = image;
        large.width = 640;
        large.height = 480;
        for (FakeLink& link : links) {
            sessions.push_back(service.open(link));
            sessions.back()->onMessage(wire::fractalPpid, wire::encode(large));
        }
        sessions[7].reset(); // one user goes while threads compute for it
        const auto finished = [](const FakeLink& link) { return !link.data.empty() && link.data.back().isEnd(); };
        QTRY_VERIFY_WITH_TIMEOUT((dispatcher.turn(), std::all_of(links.begin(), links.begin() + 7, finished)), 60'000);
        for (std::size_t i = 0; i < 7; ++i) {
            QCOMPARE(points(links[i], 0, 640), countsOf(large));
        }
        QVERIFY(!finished(links[7]));
        // A thread that is busy with something long ends soon when the pool goes.
        wire::FractalParameter endless = large;
        endless.algorithm = wire::FractalAlgorithm::MandelbrotN;
        endless.n = 3;
        endless.maxIterations = 1'000'000;
        endless.c1Real = endless.c1Imag = -0.38;
        endless.c2Real = endless.c2Imag = 0.38;
        sessions[0]->onMessage(wire::fractalPpid, wire::encode(endless));
        sessions.clear();
        pool.reset();
    }
};

QTEST_GUILESS_MAIN(TestFractalService)
#include "test_fractal_service.moc"
