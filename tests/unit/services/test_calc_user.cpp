// SPDX-License-Identifier: GPL-3.0-or-later
// The CalcApp user as a machine: one job after the other, whatever servers do. Everything is compared as text.
#include "demos/services/calcapp/result_file.h"
#include "demos/users/calcapp/calc_user.h"
#include "demos/users/calcapp/calc_user_results.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>
#include <fmt/format.h>

using namespace kolam;
using namespace kolam::calcapp;
using wire::CalcAppType;

namespace {

std::string toLine(const CalcUser::Action& action) {
    constexpr std::array names{"REQUEST", "ACCEPT", "REJECT", "ABORT", "COMPLETE", "KEEPALIVE", "KEEPALIVE_ACK"};
    return std::visit(Overloaded{
                          [](const CalcUser::OpenSession&) { return std::string{"open\n"}; },
                          [](const CalcUser::CloseSession&) { return std::string{"close\n"}; },
                          [&](const CalcUser::Send& a) {
                              return fmt::format("{} job {}\n", names.at(static_cast<std::size_t>(a.message.kind) - 1),
                                                 a.message.jobId);
                          },
                          [](const CalcUser::ForceFailover& a) {
                              return fmt::format("fail over{}: {}\n", a.reportUnreachable ? " and report" : "", a.why);
                          },
                          [](const CalcUser::JobDone& a) { return fmt::format("done job {}\n", a.job.id); },
                          [](const CalcUser::ArmTimer&) { return std::string{}; },
                      },
                      action);
}

struct Bench {
    std::string say(const CalcUser::Input& input) {
        std::string text;
        for (const CalcUser::Action& action : user.handle(input, now)) {
            if (const auto* timer = std::get_if<CalcUser::ArmTimer>(&action)) {
                deadline = timer->deadline;
            } else if (const auto* done = std::get_if<CalcUser::JobDone>(&action)) {
                jobs.push_back(done->job);
            }
            text += toLine(action);
        }
        return text;
    }
    std::string hear(CalcAppType kind, std::uint32_t job = 1) {
        return say(CalcUser::Received{{.kind = kind, .jobId = job}});
    }
    /// Until something happens, at most so long.
    std::string pass(Duration time) {
        const TimePoint end = now + time;
        if (deadline > end) {
            now = end;
            return {};
        }
        now = deadline;
        return say(CalcUser::DeadlineReached{});
    }
    TimePoint now{};
    TimePoint deadline = never;
    CalcUser user{{}};
    std::vector<CalcJob> jobs;
};

/// With job 1 accepted.
struct Busy : Bench {
    Busy() {
        say(CalcUser::NewJob{.size = 1000});
        say(CalcUser::Established{});
        hear(CalcAppType::Accept);
    }
};

QByteArray contents(const QString& name) {
    QFile file{name};
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray{};
}

} // namespace

class TestCalcUser : public QObject {
    Q_OBJECT
private slots:
    void givenJobs_whenServersDoThem_thenEachHasASessionOfItsOwn() {
        Bench bench;
        QCOMPARE(bench.say(CalcUser::NewJob{.size = 1000}), std::string{"open\n"});
        QCOMPARE(bench.say(CalcUser::NewJob{.size = 2000}), std::string{});
        QCOMPARE(bench.say(CalcUser::Established{}), std::string{"REQUEST job 1\n"});
        QCOMPARE(bench.hear(CalcAppType::Accept), std::string{});
        QCOMPARE(bench.hear(CalcAppType::Complete), std::string{"close\ndone job 1\nopen\n"});
        QCOMPARE(bench.say(CalcUser::Established{}), std::string{"REQUEST job 2\n"});
        bench.hear(CalcAppType::Accept, 2);
        QCOMPARE(bench.hear(CalcAppType::Complete, 2), std::string{"close\ndone job 2\n"});
        QVERIFY(bench.user.idle() && bench.deadline == never);
    }

    void givenServerThatIsLost_whenThereIsNoCookie_thenTheJobIsRequestedAgain() {
        Busy bench;
        QCOMPARE(bench.say(CalcUser::ServerLost{}), std::string{});
        QCOMPARE(bench.say(CalcUser::Established{}), std::string{"REQUEST job 1\n"});
    }

    void givenServerThatIsLost_whenTheCookieIsThere_thenItIsTheRequest() {
        Busy bench;
        bench.say(CalcUser::ServerLost{});
        QCOMPARE(bench.say(CalcUser::Established{.resumed = true}), std::string{});
        // rsplib's servers accept when the first keep-alive comes.
        QCOMPARE(bench.pass(5s), std::string{"KEEPALIVE job 1\n"});
        QCOMPARE(bench.hear(CalcAppType::Accept), std::string{});
        QCOMPARE(bench.hear(CalcAppType::KeepAliveAck), std::string{});
        QCOMPARE(bench.hear(CalcAppType::Complete), std::string{"close\ndone job 1\n"});
        QCOMPARE(bench.jobs.at(0).failovers, 1u);
    }

    void givenServerThatAccepts_whenItFallsSilent_thenItIsReportedAndLeft() {
        Busy bench;
        QCOMPARE(bench.pass(5s), std::string{"KEEPALIVE job 1\n"});
        QCOMPARE(bench.hear(CalcAppType::KeepAliveAck), std::string{});
        QCOMPARE(bench.pass(5s), std::string{"KEEPALIVE job 1\n"});
        QCOMPARE(bench.pass(4999ms), std::string{});
        QCOMPARE(bench.pass(1ms), std::string{"fail over and report: the server does not answer\n"});
        QVERIFY(bench.deadline == never); // the session looks for another one
    }

    void givenServerThatNeverAccepts_whenTheTimeoutPasses_thenItIsReportedAndLeft() {
        Bench bench;
        bench.say(CalcUser::NewJob{.size = 1000});
        bench.say(CalcUser::Established{});
        QCOMPARE(bench.pass(5s), std::string{"fail over and report: the server does not answer\n"});
    }

    void givenReject_whenThereIsNoCookie_thenTheNextRequestWaitsASecond() {
        Bench bench;
        bench.say(CalcUser::NewJob{.size = 1000});
        bench.say(CalcUser::Established{});
        QCOMPARE(bench.hear(CalcAppType::Reject), std::string{"fail over: the server has too many jobs\n"});
        bench.say(CalcUser::ServerLost{});
        bench.pass(100ms);
        QCOMPARE(bench.say(CalcUser::Established{}), std::string{});
        QCOMPARE(bench.pass(899ms), std::string{});
        QCOMPARE(bench.pass(1ms), std::string{"REQUEST job 1\n"});
    }

    void givenServerThatAsks_whenTheJobIsOurs_thenItIsAnswered() {
        Busy bench;
        QCOMPARE(bench.hear(CalcAppType::KeepAlive), std::string{"KEEPALIVE_ACK job 1\n"});
    }

    void givenHostileServer_whenItSpeaks_thenItIsLeft() {
        const auto after = [](auto speak) {
            Busy bench;
            return speak(bench);
        };
        QCOMPARE(after([](Busy& b) { return b.hear(CalcAppType::Complete, 2); }),
                 std::string{"fail over: the server speaks of a job that is not ours\n"});
        QCOMPARE(after([](Busy& b) { return b.hear(CalcAppType::Request); }),
                 std::string{"fail over: the server sends requests\n"});
        QCOMPARE(after([](Busy& b) { return b.hear(CalcAppType::Abort); }),
                 std::string{"fail over: the server has aborted the job\n"});
        QCOMPARE(after([](Busy& b) { return b.say(CalcUser::Garbage{}); }),
                 std::string{"fail over: the server sends what nobody can read\n"});
    }

    void givenServerThatWasLeft_whenItSpeaksOn_thenNobodyListens() {
        Busy bench;
        bench.say(CalcUser::Garbage{});
        QCOMPARE(bench.hear(CalcAppType::Complete), std::string{});
        QVERIFY(bench.jobs.empty());
    }

    void givenJobs_whenTheyAreDone_thenTheVectorHasRsplibsColumns() {
        Bench bench;
        bench.now = TimePoint{10s};
        bench.say(CalcUser::NewJob{.size = 1'000'000, .interval = 2500ms});
        bench.pass(1s);
        bench.say(CalcUser::Established{});
        bench.pass(500ms);
        bench.hear(CalcAppType::Accept);
        bench.pass(4s);
        bench.hear(CalcAppType::Complete);
        QCOMPARE(jobLine("user[0]", 42, bench.jobs.at(0)),
                 std::string{"user[0] 42 1 1000000 2.500000   0 0.000000 1.500000 4.000000 5.500000 181818.181818   "
                             "10.000000 10.000000 11.500000 15.500000"});
        const std::string scalars = userScalars("user[0]", bench.user.statistics());
        QVERIFY2(scalars.starts_with("run 1 \"scenario\"\nscalar "), scalars.c_str());
        for (const char* line : {"scalar \"user[0]\" \"CalcAppPU Total Startup Time\"       1.500000\n",
                                 "scalar \"user[0]\" \"CalcAppPU Average Handling Speed\"   181818\n",
                                 "scalar \"user[0]\" \"CalcAppPU Total Jobs Completed\"     1\n",
                                 "scalar \"user[0]\" \"CalcAppPU Total CalcAppAccepts\"     1\n"}) {
            QVERIFY2(scalars.find(line) != std::string::npos, scalars.c_str());
        }
    }

    void givenFileNames_whenTheyEndInBz2_thenTheResultsAreCompressed() {
        QTemporaryDir folder;
        for (const char* name : {"plain.vec", "small.vec.bz2"}) {
            auto file = ResultFile::create(folder.filePath(name).toStdString());
            QVERIFY(file.has_value());
            VectorFile vector{std::move(*file), "Name Number"};
            vector.line("one 1");
            vector.line("two 2");
            QVERIFY(vector.close());
        }
        const QByteArray expected = "Name Number\n000001 one 1\n000002 two 2\n";
        QCOMPARE(contents(folder.filePath("plain.vec")), expected);
        QCOMPARE(contents(folder.filePath("small.vec.bz2")).left(3), QByteArray{"BZh"});
        QProcess bunzip;
        bunzip.start("bzip2", {"-dc", folder.filePath("small.vec.bz2")});
        QVERIFY(bunzip.waitForFinished());
        QCOMPARE(bunzip.readAllStandardOutput(), expected);
        QVERIFY(!ResultFile::create("/nowhere/at/all.vec").has_value());
    }
};

QTEST_GUILESS_MAIN(TestCalcUser)
#include "test_calc_user.moc"
