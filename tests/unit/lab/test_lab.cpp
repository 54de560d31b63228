// SPDX-License-Identifier: GPL-3.0-or-later
// The lab's processes and its control socket, with programs that every Debian has.
#include "core/dispatch/epoll_dispatcher.h"
#include "demos/lab/control_server.h"
#include "demos/lab/process.h"

#include <QTemporaryDir>
#include <QtTest>
#include <csignal>
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
    void givenWindow_whenItSpeaks_thenCommandsArriveAndNonsenseIsAnswered() {
        EpollDispatcher dispatcher{1};
        QTemporaryDir folder;
        const std::string path = folder.filePath("control.sock").toStdString();
        std::vector<std::string> commands;
        auto server = ControlServer::listen(
            dispatcher, path,
            [&](const ControlServer::Command& command) {
                commands.push_back(command.name + " " + command.element);
                return command.name == "kill" ? std::string{} : std::string{"no"};
            },
            [] { return std::string{"hello\n"}; });
        QVERIFY(server);
        Window window{path};
        QVERIFY(window.connected());
        QVERIFY(turnUntil(dispatcher, [&] { return window.received() == "hello\n"; }));
        window.write("{\"cmd\":\"kill\",\"ele");
        window.write("ment\":\"0x0a000001\"}\n{\"cmd\":\"dance\"}\nnonsense\n[]\n{\"cmd\":7}\n");
        const std::string no = R"({"event":"error","text":"no"})";
        const std::string nonsense = R"({"event":"error","text":"not a command"})";
        const std::string expected = "hello\n" + no + "\n" + nonsense + "\n" + nonsense + "\n" + nonsense + "\n";
        QVERIFY(turnUntil(dispatcher, [&] { return window.received() == expected; }));
        QCOMPARE(commands, (std::vector<std::string>{"kill 0x0a000001", "dance "}));
        (*server)->broadcast("news\n");
        QVERIFY(turnUntil(dispatcher, [&] { return window.received() == expected + "news\n"; }));
    }
    void givenWindowThatSendsAnEndlessLine_whenItGetsTooLong_thenItIsDisconnected() {
        EpollDispatcher dispatcher{1};
        QTemporaryDir folder;
        const std::string path = folder.filePath("control.sock").toStdString();
        auto server = ControlServer::listen(
            dispatcher, path, [](const auto&) { return std::string{}; }, [] { return std::string{"hello\n"}; });
        QVERIFY(server);
        Window flood{path};
        flood.write(std::string(6000, 'x'));
        QVERIFY(turnUntil(dispatcher, [&] {
            (*server)->broadcast("still here\n");
            const std::size_t before = flood.received().size();
            (*server)->broadcast("still here\n");
            return flood.received().size() == before;
        }));
    }
};

QTEST_APPLESS_MAIN(TestLab)
#include "test_lab.moc"
