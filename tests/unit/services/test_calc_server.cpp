// SPDX-License-Identifier: GPL-3.0-or-later
// The CalcApp server as a machine: who gets how much of the processor, when cookies and keep-alives go out, what a
// hostile user gets. Everything is compared as text.
#include "core/base/random.h"
#include "core/wire/codec.h"
#include "demos/services/calcapp/calc_server.h"

#include <QFile>
#include <QtTest>
#include <fmt/format.h>

using namespace kolam;
using namespace kolam::calcapp;
using wire::CalcAppMessage;
using wire::CalcAppType;

namespace {

constexpr CalcSession anna{1};
constexpr CalcSession bert{2};

double at(TimePoint time) {
    return std::chrono::duration<double>(time.time_since_epoch()).count();
}

std::string_view nameOf(CalcAppType kind) {
    constexpr std::array names{"REQUEST", "ACCEPT", "REJECT", "ABORT", "COMPLETE", "KEEPALIVE", "KEEPALIVE_ACK"};
    return names.at(static_cast<std::size_t>(kind) - 1);
}

std::string toLine(const CalcServer::Action& action) {
    const auto who = [](CalcSession session) { return session == anna ? "anna" : "bert"; };
    return std::visit(
        Overloaded{
            [&](const CalcServer::Send& a) {
                return fmt::format(
                    "{} {} job {}{}\n", nameOf(a.message.kind), who(a.session), a.message.jobId,
                    a.message.completed > 0 ? fmt::format(" {}/{}", a.message.completed, a.message.jobSize) : "");
            },
            [&](const CalcServer::SendCookie& a) {
                return fmt::format("cookie {} job {} {}/{}\n", who(a.session), a.cookie.jobId, a.cookie.completed,
                                   a.cookie.jobSize);
            },
            [&](const CalcServer::AbortSession& a) { return fmt::format("abort {}: {}\n", who(a.session), a.why); },
            [&](const CalcServer::JobCompleted& a) { return fmt::format("completed, {} left\n", a.jobsLeft); },
            [&](const CalcServer::JobDropped& a) {
                return fmt::format("drop {} job {}: {}\n", who(a.session), a.jobId, a.why);
            },
            [&](const CalcServer::ArmTimer&) { return std::string{}; },
        },
        action);
}

/// A server with a clock.
struct Bench {
    explicit Bench(const CalcServerOptions& options) : server(options, now) {}
    std::string say(const CalcServer::Input& input) {
        std::string text;
        for (const CalcServer::Action& action : server.handle(input, now)) {
            if (const auto* timer = std::get_if<CalcServer::ArmTimer>(&action)) {
                deadline = timer->deadline;
            }
            text += toLine(action);
        }
        return text;
    }
    std::string request(CalcSession session, std::uint32_t id, std::uint64_t size) {
        return say(CalcServer::Received{session, {.kind = CalcAppType::Request, .jobId = id, .jobSize = size}});
    }
    std::string tell(CalcSession session, CalcAppType kind, std::uint32_t id) {
        return say(CalcServer::Received{session, {.kind = kind, .jobId = id}});
    }
    /// Lets time pass; whoever is asked for a sign of life gives one, unless `silent`.
    std::string pass(Duration time, bool silent = false) {
        const TimePoint end = now + time;
        std::string text;
        while (deadline <= end) {
            now = deadline;
            const std::string said = say(CalcServer::DeadlineReached{});
            for (const auto& [session, name] : {std::pair{anna, "anna"}, std::pair{bert, "bert"}}) {
                for (std::uint32_t id = 1; id < 10 && !silent; ++id) {
                    if (said.find(fmt::format("KEEPALIVE {} job {}\n", name, id)) != std::string::npos) {
                        say(CalcServer::Received{session, {.kind = CalcAppType::KeepAliveAck, .jobId = id}});
                    }
                }
            }
            if (!said.empty()) {
                text += fmt::format("{:.3f} {}", at(now), said);
            }
        }
        now = end;
        return text;
    }
    TimePoint now{};
    CalcServer server;
    TimePoint deadline = never;
};

/// Nothing but the work.
constexpr CalcServerOptions quiet{
    .capacity = 1000, .cookieMaxTime = 1000h, .cookieMaxCalculations = 1e15, .keepAliveTransmissionInterval = 1000h};

} // namespace

class TestCalcServer : public QObject {
    Q_OBJECT
private slots:
    void givenOneJob_whenItRuns_thenItTakesSizeByCapacity() {
        Bench bench{quiet};
        QCOMPARE(bench.request(anna, 1, 5000), std::string{"ACCEPT anna job 1\n"});
        QCOMPARE(bench.pass(4999ms), std::string{});
        QCOMPARE(bench.pass(10s), std::string{"5.000 COMPLETE anna job 1 5000/5000\ncompleted, 0 left\n"});
        QCOMPARE(bench.server.processor().used(), 5000.0);
        QVERIFY(bench.deadline == never);
    }

    void givenTwoJobs_whenTheyRun_thenTheyShareTheProcessor() {
        Bench bench{quiet};
        bench.request(anna, 1, 5000);
        bench.pass(2s); // 3000 left
        bench.request(bert, 1, 1000);
        // Both at half speed: bert's is done after 2 s; anna's, with 2000 left then, 2 s later.
        QCOMPARE(bench.pass(10s), std::string{"4.000 COMPLETE bert job 1 1000/1000\ncompleted, 1 left\n"
                                              "6.000 COMPLETE anna job 1 5000/5000\ncompleted, 0 left\n"});
    }

    void givenRandomJobs_whenAllAreDone_thenNothingWasDoneTwiceOrTooFast() {
        for (std::uint64_t seed = 1; seed <= 200; ++seed) {
            Random chance{seed};
            Bench bench{quiet};
            double asked = 0;
            for (std::uint32_t id = 1; id <= 8; ++id) {
                const std::uint64_t size = 1 + chance.below(20'000);
                asked += static_cast<double>(size);
                bench.request(chance.chance(0.5) ? anna : bert, id, size);
                bench.pass(1ms * static_cast<std::int64_t>(chance.below(5'000)));
            }
            bench.pass(1000s);
            const ProcessorSharing& processor = bench.server.processor();
            const std::string what = fmt::format("seed {}: {} of {}", seed, processor.used(), asked);
            QVERIFY2(std::abs(processor.used() - asked) < 1.0, what.c_str());
            QCOMPARE(bench.server.statistics().completed, std::uint64_t{8});
            QVERIFY(processor.used() <= processor.available());
        }
    }

    void givenFullServer_whenAJobComes_thenItIsRejectedUntilThereIsRoom() {
        CalcServerOptions options = quiet;
        options.maxJobs = 2;
        Bench bench{options};
        bench.request(anna, 1, 1000);
        bench.request(anna, 2, 9000);
        QCOMPARE(bench.request(bert, 1, 10), std::string{"REJECT bert job 1\n"});
        bench.pass(3s);
        QCOMPARE(bench.request(bert, 1, 10), std::string{"ACCEPT bert job 1\n"});
        QCOMPARE(bench.server.statistics().rejected, std::uint64_t{1});
    }

    void givenRunningJob_whenTimePasses_thenCookiesFollowByTime() {
        CalcServerOptions options = quiet;
        options.cookieMaxTime = 5s;
        Bench bench{options};
        bench.request(anna, 1, 12'000);
        QCOMPARE(bench.pass(20s), std::string{"5.000 cookie anna job 1 5000/12000\n"
                                              "10.000 cookie anna job 1 10000/12000\n"
                                              "12.000 COMPLETE anna job 1 12000/12000\ncompleted, 0 left\n"});
    }

    void givenRunningJob_whenItComputes_thenCookiesFollowByCalculations() {
        CalcServerOptions options = quiet;
        options.cookieMaxCalculations = 4000;
        Bench bench{options};
        bench.request(anna, 1, 9'000);
        bench.pass(1s);
        bench.request(bert, 1, 1'000);
        QCOMPARE(bench.pass(20s), std::string{"3.000 COMPLETE bert job 1 1000/1000\ncompleted, 1 left\n"
                                              "5.000 cookie anna job 1 4000/9000\n"
                                              "9.000 cookie anna job 1 8000/9000\n"
                                              "10.000 COMPLETE anna job 1 9000/9000\ncompleted, 0 left\n"});
    }

    void givenUserWhoDoesNotAnswer_whenTheTimeoutPasses_thenTheJobIsDropped() {
        CalcServerOptions options = quiet;
        options.keepAliveTransmissionInterval = 2500ms;
        options.keepAliveTimeoutInterval = 1s;
        Bench bench{options};
        bench.request(anna, 1, 100'000);
        bench.request(bert, 1, 100'000);
        QCOMPARE(bench.pass(2600ms), std::string{"2.500 KEEPALIVE bert job 1\nKEEPALIVE anna job 1\n"});
        QCOMPARE(bench.pass(3s, true), // from now on nobody answers
                 std::string{"5.000 KEEPALIVE bert job 1\nKEEPALIVE anna job 1\n"});
        QCOMPARE(bench.tell(anna, CalcAppType::KeepAliveAck, 1), std::string{});
        QCOMPARE(bench.pass(500ms, true), std::string{"6.000 drop bert job 1: its user does not answer\n"});
        QCOMPARE(bench.server.jobs(), std::size_t{1});
    }

    void givenCookieOfAnotherServer_whenItIsEchoed_thenTheJobGoesOnFromThere() {
        Bench bench{quiet};
        QCOMPARE(bench.say(CalcServer::CookieEchoed{anna, {.jobId = 7, .jobSize = 5000, .completed = 4000}}),
                 std::string{"ACCEPT anna job 7\n"});
        QCOMPARE(bench.pass(2s), std::string{"1.000 COMPLETE anna job 7 5000/5000\ncompleted, 0 left\n"});
        QCOMPARE(bench.server.processor().used(), 1000.0); // the rest was done elsewhere
        QCOMPARE(bench.server.statistics().resumed, std::uint64_t{1});
    }

    void givenRunningJobs_whenTheServerLeavesInGoodOrder_thenEveryUserGetsACookie() {
        Bench bench{quiet};
        bench.request(anna, 1, 5000);
        bench.request(bert, 4, 5000);
        bench.pass(2s);
        QCOMPARE(bench.say(CalcServer::Leaving{}),
                 std::string{"cookie anna job 1 1000/5000\ncookie bert job 4 1000/5000\n"});
    }

    void givenUserWhoGoes_whenItHadJobs_thenTheyGoWithIt() {
        Bench bench{quiet};
        bench.request(anna, 1, 5000);
        bench.request(bert, 1, 1000);
        bench.request(anna, 2, 5000);
        QCOMPARE(bench.say(CalcServer::SessionClosed{anna}),
                 std::string{"drop anna job 2: its user is gone\ndrop anna job 1: its user is gone\n"});
        QCOMPARE(bench.pass(5s), std::string{"1.000 COMPLETE bert job 1 1000/1000\ncompleted, 0 left\n"});
    }

    void givenRequestsThatAreRepeated_whenTheyDiffer_thenTheSessionIsAborted() {
        Bench bench{quiet};
        bench.request(anna, 1, 5000);
        QCOMPARE(bench.request(anna, 1, 5000), std::string{"ACCEPT anna job 1\n"});
        QCOMPARE(bench.server.jobs(), std::size_t{1});
        QCOMPARE(bench.request(anna, 1, 6000), std::string{"abort anna: two jobs with one identifier\n"});
    }

    void givenHostileUser_whenItSaysWhatOnlyServersSay_thenItsSessionIsAborted() {
        Bench bench{quiet};
        const std::string aborted = "abort anna: a message that only servers send\n";
        QCOMPARE(bench.tell(anna, CalcAppType::Accept, 1), aborted);
        QCOMPARE(bench.tell(anna, CalcAppType::Reject, 1), aborted);
        QCOMPARE(bench.tell(anna, CalcAppType::Complete, 1), aborted);
        QCOMPARE(bench.say(CalcServer::CookieEchoed{anna, {.jobId = 1, .jobSize = 5, .completed = 6}}),
                 std::string{"abort anna: a cookie of a job that is more than complete\n"});
        bench.request(anna, 1, 5000);
        QCOMPARE(bench.say(CalcServer::CookieEchoed{anna, {.jobId = 1, .jobSize = 5000, .completed = 6}}),
                 std::string{"abort anna: a cookie of a job that is here\n"});
    }

    void givenUnknownJob_whenItsKeepAliveComes_thenThereIsNoAnswer() {
        Bench bench{quiet};
        bench.request(anna, 1, 5000);
        QCOMPARE(bench.tell(anna, CalcAppType::KeepAlive, 1), std::string{"KEEPALIVE_ACK anna job 1\n"});
        QCOMPARE(bench.tell(bert, CalcAppType::KeepAlive, 1), std::string{});
        QCOMPARE(bench.tell(anna, CalcAppType::KeepAliveAck, 9), std::string{});
    }

    void givenSizesAtTheEdge_whenTheyAreRequested_thenTheServerStandsThem() {
        Bench bench{quiet};
        QCOMPARE(bench.request(anna, 1, 0), std::string{"ACCEPT anna job 1\n"});
        QCOMPARE(bench.pass(1ms), std::string{"0.000 COMPLETE anna job 1\ncompleted, 0 left\n"});
        QCOMPARE(bench.request(anna, 2, ~std::uint64_t{0}), std::string{"ACCEPT anna job 2\n"});
        QCOMPARE(bench.pass(100h), std::string{});
        QCOMPARE(bench.say(CalcServer::CookieEchoed{
                     bert, {.jobId = 1, .jobSize = ~std::uint64_t{0}, .completed = ~std::uint64_t{0}}}),
                 std::string{"ACCEPT bert job 1\n"});
        QVERIFY(bench.pass(1ms).starts_with("360000.001 COMPLETE bert job 1 "));
    }

    void givenRsplibsClientInACapture_whenItsRequestsAreServed_thenTheAnswersAreRsplibsOctetForOctet() {
        QFile file{QStringLiteral(KOLAM_CAPTURES "/vectors-services.tsv")};
        QVERIFY(file.open(QIODevice::ReadOnly));
        std::vector<Octets> theirs;
        std::vector<CalcAppMessage> requests;
        for (const QByteArray& line : file.readAll().split('\n')) {
            const QList<QByteArray> fields = line.split('\t');
            if (fields.size() >= 10 && fields[0] == "PPID34") {
                const Octets octets = fromHex(fields[9].toStdString());
                const auto message = wire::decode<CalcAppMessage>(octets);
                QVERIFY(message.has_value());
                (message->kind == CalcAppType::Request ? requests.push_back(*message) : theirs.push_back(octets));
            }
        }
        std::size_t found = 0;
        CalcServer server{quiet, TimePoint{}};
        for (const CalcAppMessage& request : requests) {
            for (const auto& action : server.handle(CalcServer::Received{anna, request}, TimePoint{})) {
                const auto* send = std::get_if<CalcServer::Send>(&action);
                found += send != nullptr && std::ranges::find(theirs, wire::encode(send->message)) != theirs.end();
            }
        }
        QVERIFY2(found >= 3, qPrintable(QString::number(found)));
    }
};

QTEST_GUILESS_MAIN(TestCalcServer)
#include "test_calc_server.moc"
