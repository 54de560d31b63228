// SPDX-License-Identifier: GPL-3.0-or-later
// The lab's processes, what is done to them, and the door for windows, with programs that every Debian has.
#include "core/dispatch/epoll_dispatcher.h"
#include "core/dispatch/virtual_dispatcher.h"
#include "demos/lab/fault_list.h"
#include "demos/lab/lab_service.h"
#include "demos/lab/process.h"
#include "demos/lab/pulse.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <csignal>
#include <set>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace kolam;
using namespace kolam::lab;
using namespace std::chrono_literals;

namespace {

/// Turns the dispatcher until `done` holds; false after ten seconds.
bool turnUntil(EpollDispatcher& dispatcher, const std::function<bool()>& done) {
    QDeadlineTimer deadline{10'000};
    while (!done() && !deadline.hasExpired()) {
        const TimerId wake = dispatcher.callIn(20ms, [&] { dispatcher.stop(); });
        dispatcher.post([&] { dispatcher.stop(); });
        dispatcher.run();
        dispatcher.cancel(wake);
        QThread::msleep(1); // other processes need the processor, too
    }
    return done();
}

/// What the kernel calls the state of a process: 'S' sleeps, 'T' is stopped.
char stateOf(pid_t pid) {
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    const QByteArray line = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    const qsizetype end = line.lastIndexOf(')');
    return end < 0 ? '-' : line.at(end + 2);
}

/// A lab whose components are nothing but processes that sleep.
struct SleepyLab {
    QTemporaryDir folder;
    EpollDispatcher dispatcher{1};
    std::vector<std::string> told; // faults
    std::vector<std::string> sentences;
    std::unique_ptr<LabService> service;

    explicit SleepyLab(bool later = false, std::vector<Action> actions = {},
                       std::vector<Expectation> expectations = {}) {
        qputenv("XDG_RUNTIME_DIR", folder.path().toLocal8Bit());
        QDir(folder.path()).mkdir("bin");
        for (const char* const name : {"bin/kolam", "bin/kolam-registrar"}) {
            QFile program(folder.filePath(QString::fromLatin1(name)));
            if (!program.open(QIODevice::WriteOnly) || program.write("#!/bin/sh\nexec sleep 100\n") < 0) {
                qFatal("no program");
            }
            program.close();
            program.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        }
        Scenario scenario;
        scenario.title = "Sleepers";
        scenario.length = 1h;
        scenario.troops = {{.name = "pr", .kind = MemberKind::Registrar, .later = later},
                           {.name = "pe", .kind = MemberKind::Element, .count = 2, .program = "echo", .later = later}};
        scenario.actions = std::move(actions);
        scenario.expectations = std::move(expectations);
        const auto path = folder.path().toStdString();
        service = std::make_unique<LabService>(
            dispatcher, std::move(scenario),
            Director::Config{.programs = path + "/bin", .logs = path, .scope = "sleepers", .endless = true},
            LabService::Listener{.onTold =
                                     [this](const LabLine& line) {
                                         if (const auto* const fault = std::get_if<FaultTold>(&line)) {
                                             told.push_back(std::string{toText(fault->deed)} + " " + fault->who +
                                                            (fault->on ? " on" : " off"));
                                         } else if (const auto* const said = std::get_if<Said>(&line)) {
                                             sentences.push_back(said->text);
                                         }
                                     },
                                 .onProgress = [this](double done) { told.push_back(std::to_string(done)); }});
        const auto opened = service->openDoor(door());
        const auto begun = service->begin();
        if (!opened || !begun) {
            qFatal("no lab: %s", (begun ? opened : begun).error().c_str());
        }
    }
    [[nodiscard]] std::string door() const { return folder.filePath("door").toStdString(); }
    [[nodiscard]] Stage::Member member(std::string_view name) const {
        for (const Stage::Member& one : service->director().members()) {
            if (one.name == name) {
                return one;
            }
        }
        qFatal("nobody");
    }
    [[nodiscard]] char state(std::string_view name) const { return stateOf(member(name).pid); }
    std::string perform(Action action) { return service->director().perform(action); }
    bool until(const std::function<bool()>& done) { return turnUntil(dispatcher, done); }
    /// The states that it is seen in for so long.
    std::set<char> statesFor(std::string_view name, std::chrono::milliseconds time) {
        std::set<char> seen;
        QDeadlineTimer deadline{time};
        until([&] {
            seen.insert(state(name));
            return deadline.hasExpired();
        });
        return seen;
    }
};

class Window { // the other end of the control socket
public:
    explicit Window(const std::string& path) : m_descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.copy(address.sun_path, path.size());
        m_connected = ::connect(m_descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }
    ~Window() { ::close(m_descriptor); }
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;
    [[nodiscard]] bool connected() const { return m_connected; }
    void write(const std::string& text) const {
        QCOMPARE(::send(m_descriptor, text.data(), text.size(), MSG_NOSIGNAL), static_cast<ssize_t>(text.size()));
    }
    /// False: the other end has closed.
    [[nodiscard]] bool trySend(const std::string& text) const {
        return ::send(m_descriptor, text.data(), text.size(), MSG_NOSIGNAL) >= 0 || errno == EAGAIN;
    }
    std::string& received() {
        char buffer[512];
        for (ssize_t n = ::recv(m_descriptor, buffer, sizeof buffer, 0); n > 0;
             n = ::recv(m_descriptor, buffer, sizeof buffer, 0)) {
            m_received.append(buffer, static_cast<std::size_t>(n));
        }
        return m_received;
    }

private:
    int m_descriptor;
    bool m_connected = false;
    std::string m_received;
};

} // namespace

class TestLab : public QObject {
    Q_OBJECT
private slots:
    void givenProcess_whenItEnds_thenItsExitCodeIsTold() {
        EpollDispatcher dispatcher{1};
        std::optional<ProcessEnd> end;
        auto process = Process::start(dispatcher, {.program = "/bin/sh", .arguments = {"-c", "exit 7"}},
                                      [&](const ProcessEnd& e) { end = e; });
        QVERIFY(process);
        QVERIFY(turnUntil(dispatcher, [&] { return end.has_value(); }));
        QCOMPARE(toText(*end), std::string("exit code 7"));
        QVERIFY(!(*process)->running());
        QVERIFY((*process)->signal(SIGTERM)); // nobody is there to be signalled
    }
    void givenProcess_whenKilled_thenTheSignalIsTold() {
        EpollDispatcher dispatcher{1};
        std::optional<ProcessEnd> end;
        auto process = Process::start(dispatcher, {.program = "/bin/sleep", .arguments = {"100"}},
                                      [&](const ProcessEnd& e) { end = e; });
        QVERIFY(process);
        QVERIFY(!(*process)->signal(SIGKILL));
        QVERIFY(turnUntil(dispatcher, [&] { return end.has_value(); }));
        QCOMPARE(toText(*end), std::string("signal 9 (Killed)"));
    }
    void givenRunningProcess_whenItsObjectGoes_thenTheProcessIsGone() {
        EpollDispatcher dispatcher{1};
        auto process = Process::start(dispatcher, {.program = "/bin/sleep", .arguments = {"100"}}, nullptr);
        QVERIFY(process);
        const pid_t pid = (*process)->pid();
        process->reset();
        QCOMPARE(::kill(pid, 0), -1);
    }
    void givenMissingProgram_whenStarted_thenItEndsWithAnError() {
        EpollDispatcher dispatcher{1};
        QTemporaryDir folder;
        const auto log = folder.filePath("log").toStdString();
        std::optional<ProcessEnd> end;
        auto process = Process::start(dispatcher, {.program = "/nonexistent/program", .log = log},
                                      [&](const ProcessEnd& e) { end = e; });
        if (process) { // setpriv could be started and then fails
            QVERIFY(turnUntil(dispatcher, [&] { return end.has_value(); }));
            QVERIFY(end->code != 0);
        }
    }

    // ---- What is done, and undone ----
    void givenAPulse_whenTimePasses_thenItIsOnForItsPartOfEachPeriod() {
        VirtualDispatcher dispatcher{1};
        Duration on{};
        Duration off{};
        TimePoint since = dispatcher.now();
        bool was = true;
        auto pulse = std::make_unique<Pulse>(dispatcher, 100ms, 0.25, [&](bool is) {
            (was ? on : off) += dispatcher.now() - since;
            since = dispatcher.now();
            was = is;
        });
        QVERIFY(!was); // it begins with being off
        dispatcher.runUntil(dispatcher.now() + 10s);
        QVERIFY(on >= 2'400ms && on <= 2'600ms);
        QVERIFY(off >= 7'400ms && off <= 7'600ms);
        pulse.reset();
        QVERIFY(!dispatcher.step()); // it leaves no timer behind
    }
    void givenFaults_whenTheyEnd_thenEachIsUndoneOnce() {
        VirtualDispatcher dispatcher{1};
        std::string story;
        FaultList faults{dispatcher, [&](const ProcessFault& fault, bool on) {
                             story += std::string{on ? "+" : "-"} + std::string{toText(fault.deed)} + " ";
                         }};
        const auto undone = [&](const char* what) { return [&story, what] { story += std::string{what} + " "; }; };
        faults.begin({.deed = Deed::Freeze, .who = "pe-1", .lasts = 5s}, undone("thawed"));
        faults.begin({.deed = Deed::Slow, .who = "pe-2"}, undone("fast"));
        faults.begin({.deed = Deed::Kill, .who = "pe-3"}, undone("alive"));
        QCOMPARE(faults.all().size(), std::size_t{3});
        dispatcher.runUntil(dispatcher.now() + 6s);
        faults.drop([](const ProcessFault& fault) { return fault.deed == Deed::Kill; }); // it runs again
        faults.end([](const ProcessFault&) { return true; });
        QCOMPARE(story, std::string("+freeze +slow +kill thawed -freeze -kill fast -slow "));
        faults.begin({.deed = Deed::Freeze, .who = "pe-1", .lasts = 5s}, undone("never"));
        faults.forgetAll();
        dispatcher.runUntil(dispatcher.now() + 6s);
        QVERIFY(!story.ends_with("never ") && faults.all().empty());
    }
    void givenAProcessThatTakesItsTimeToEnd_whenStartedAgain_thenItIsWhenItHasEnded() {
        SleepyLab lab;
        const pid_t first = lab.member("pe-1").pid;
        QCOMPARE(::kill(first, SIGSTOP), 0); // behind the lab's back: it cannot obey now
        QVERIFY(lab.until([&] { return lab.state("pe-1") == 'T'; }));
        QCOMPARE(lab.perform({.deed = Deed::Stop, .who = {"pe-1"}, .lasts = 50ms}), std::string{});
        QVERIFY(lab.until([&] { return lab.told.back() == "stop pe-1 off"; }));
        QCOMPARE(lab.member("pe-1").pid, first);
        QCOMPARE(::kill(first, SIGCONT), 0);
        QVERIFY(lab.until([&] { return lab.member("pe-1").pid != first && lab.member("pe-1").pid != 0; }));
        QVERIFY(lab.member("pe-1").state == MemberState::Running && !lab.member("pe-1").expectedToEnd);
    }
    void givenAnExpectationThatDoesNotHoldYet_whenItsTimeComes_thenTheScenarioWaitsForIt() {
        SleepyLab lab{false,
                      {{.at = 20ms, .say = "And then."}},
                      {{.what = "failed_programs", .atLeast = 1, .atMost = 1, .at = 10ms}}};
        const auto saidThen = [&] { return std::ranges::find(lab.sentences, "And then.") != lab.sentences.end(); };
        const auto soon = lab.dispatcher.now() + 200ms;
        QVERIFY(lab.until([&] { return lab.dispatcher.now() > soon; }));
        QVERIFY(!saidThen());
        QCOMPARE(::kill(lab.member("pe-1").pid, SIGKILL), 0);
        QVERIFY(lab.until(saidThen));
    }
    void givenAProcess_whenSlowedDown_thenItStopsAndGoesOnManyTimes_untilItIsHealed() {
        SleepyLab lab;
        QCOMPARE(lab.perform({.deed = Deed::Slow, .who = {"pe-1"}, .share = 0.5}), std::string{});
        QVERIFY(lab.until([&] { return lab.state("pe-1") == 'T'; }));
        QVERIFY(lab.until([&] { return lab.state("pe-1") == 'S'; }));
        QVERIFY(lab.until([&] { return lab.state("pe-1") == 'T'; }));
        QVERIFY(lab.member("pe-1").state == MemberState::Running); // nobody is told that it is frozen
        QCOMPARE(lab.perform({.deed = Deed::Heal}), std::string{});
        QVERIFY(lab.until([&] { return lab.state("pe-1") != 'T'; }));
        QVERIFY(!lab.statesFor("pe-1", 400ms).contains('T'));
        QCOMPARE(lab.told, (std::vector<std::string>{"slow pe-1 on", "slow pe-1 off"}));
    }
    void givenAProcess_whenItFlaps_thenItIsFrozenInTurns_untilItsTimeIsOver() {
        SleepyLab lab;
        QCOMPARE(lab.perform({.deed = Deed::Flap, .who = {"pe-1"}, .lasts = 900ms, .period = 200ms}), std::string{});
        QVERIFY(lab.until([&] { return lab.member("pe-1").state == MemberState::Frozen; }));
        QVERIFY(lab.until([&] { return lab.member("pe-1").state == MemberState::Running; }));
        QVERIFY(lab.until([&] { return lab.member("pe-1").state == MemberState::Frozen; }));
        QVERIFY(lab.until([&] { return lab.told.back() == "flap pe-1 off"; }));
        QVERIFY(lab.member("pe-1").state == MemberState::Running);
        QVERIFY(lab.until([&] { return lab.state("pe-1") != 'T'; }));
        QVERIFY(!lab.statesFor("pe-1", 400ms).contains('T'));
    }
    void givenASlowProcess_whenFrozen_thenItStaysFrozen_whenKilled_thenItIsDead() {
        SleepyLab lab;
        QCOMPARE(lab.perform({.deed = Deed::Slow, .who = {"pe-1"}}), std::string{});
        QCOMPARE(lab.perform({.deed = Deed::Freeze, .who = {"pe-1"}}), std::string{});
        QVERIFY(lab.until([&] { return lab.state("pe-1") == 'T'; }));
        QCOMPARE(lab.statesFor("pe-1", 300ms), std::set<char>{'T'});
        QCOMPARE(lab.perform({.deed = Deed::Kill, .who = {"pe-1"}}), std::string{});
        QVERIFY(lab.until([&] { return lab.member("pe-1").state == MemberState::Gone; }));
        QVERIFY(!lab.perform({.deed = Deed::Slow, .who = {"pe-1"}}).empty()); // there is nobody
        QVERIFY(!lab.perform({.deed = Deed::Overload, .who = {"pr-1"}}).empty());
        QCOMPARE(lab.perform({.deed = Deed::Heal}), std::string{});
        QVERIFY(lab.member("pe-1").state == MemberState::Running);
        QVERIFY(lab.service->director().faults().empty());
    }
    void givenHinderedProcesses_whenTheLabEnds_thenNobodyIsLeft() {
        SleepyLab lab;
        QCOMPARE(lab.perform({.deed = Deed::Slow, .who = {"pe-1"}, .share = 0.01}), std::string{});
        QCOMPARE(lab.perform({.deed = Deed::Flap, .who = {"pe-2"}, .period = 60s}), std::string{});
        const std::array pids{lab.member("pr-1").pid, lab.member("pe-1").pid, lab.member("pe-2").pid};
        QElapsedTimer clock;
        clock.start();
        lab.service->end();
        QVERIFY(lab.until([&] { return std::ranges::all_of(pids, [](pid_t pid) { return ::kill(pid, 0) != 0; }); }));
        qInfo("ended after %lld ms", static_cast<long long>(clock.elapsed()));
        QVERIFY(clock.elapsed() < 2'500); // all of them heard that they should, nobody had to be killed
    }

    // ---- Windows ----
    void givenWindow_whenItComes_thenItIsGreetedAndItsOrdersAreDoneOrAnswered() {
        SleepyLab lab{true};
        Window window{lab.door()};
        QVERIFY(window.connected());
        QVERIFY(lab.until([&] { return std::ranges::count(window.received(), '\n') == 4; }));
        QVERIFY(window.received().starts_with(R"({"about":"","event":"scenario")"));
        QVERIFY(window.received().find(R"("name":"pe-2")") != std::string::npos);
        window.received().clear();
        window.write("{\"do\":\"start\",\"wh");
        window.write("o\":[\"pe-1\"]}\n{\"do\":\"dance\"}\nnonsense\n{\"do\":\"end\"}\n{\"do\":\"undo\",\"fault\":7}\n"
                     "{\"do\":\"slow\",\"who\":[\"pe-1\"],\"share\":7}\n{\"do\":\"progress\",\"done\":0.5}\n");
        QVERIFY(lab.until([&] { return !lab.told.empty(); }));
        QCOMPARE(lab.told, std::vector{std::to_string(0.5)});
        const auto answered = [&](std::string_view text) { return window.received().find(text) != std::string::npos; };
        QVERIFY(lab.until([&] { return answered("more than 0 and at most 1"); }));
        for (const char* const text : {"\"dance\\\" is nothing", "no JSON object", "only its owner", "over already"}) {
            QVERIFY2(answered(text), window.received().c_str());
        }
        QVERIFY(lab.member("pe-1").state == MemberState::Running);
    }
    void givenWindowThatHasDisturbed_whenItGoes_thenEverythingIsPutRightButWhatItKilled() {
        SleepyLab lab;
        auto window = std::make_unique<Window>(lab.door());
        window->write("{\"do\":\"freeze\",\"who\":[\"pe-1\"]}\n{\"do\":\"kill\",\"who\":[\"pe-2\"]}\n");
        QVERIFY(lab.until([&] { return lab.member("pe-2").state == MemberState::Gone; }));
        QVERIFY(lab.member("pe-1").state == MemberState::Frozen);
        window.reset(); // as its process does when it is killed
        QVERIFY(lab.until([&] { return lab.member("pe-1").state == MemberState::Running; }));
        QVERIFY(lab.member("pe-2").state == MemberState::Gone);
    }
    void givenAnOwner_whenItGoes_thenTheLabEndsAlsoWhatIsHindered() {
        SleepyLab lab;
        int ends[2];
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
        lab.service->addOwner(ends[1]);
        const std::string orders = "{\"do\":\"slow\",\"who\":[\"pe-1\"]}\n{\"do\":\"freeze\",\"who\":[\"pe-2\"]}\n";
        QCOMPARE(::send(ends[0], orders.data(), orders.size(), 0), static_cast<ssize_t>(orders.size()));
        QVERIFY(lab.until([&] { return lab.told.size() == 2; }));
        ::close(ends[0]);
        QVERIFY(lab.until([&] {
            return lab.member("pr-1").state == MemberState::Gone && lab.member("pe-1").state == MemberState::Gone &&
                   lab.member("pe-2").state == MemberState::Gone;
        }));
    }
    void givenWindowThatSendsAnEndlessLine_whenItGetsTooLong_thenItIsDisconnected() {
        SleepyLab lab{true};
        Window flood{lab.door()};
        std::string part(16'000, 'x');
        QVERIFY(lab.until([&] { return !flood.trySend(part); }));
    }
};

QTEST_APPLESS_MAIN(TestLab)
#include "test_lab.moc"
