// SPDX-License-Identifier: GPL-3.0-or-later
// Programs of a test as children: a registrar of their own, servers and clients; typed at, listened to, killed.
// Next door: the tests of libkolam, which all speak to real processes over the loopback interface.
#pragma once

#include <QElapsedTimer>
#include <QProcess>
#include <QStringList>
#include <QTest>
#include <arpa/inet.h>
#include <csignal>
#include <memory>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace kolam::testing {

/// One process, killed with its object. What it says goes to one stream.
class Child {
public:
    explicit Child(const QString& program, const QStringList& arguments = {}) {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("KOLAM_TRANSPORT", "user");
        environment.insert("KOLAM_PROFILE", "demo");
        m_process.setProcessEnvironment(environment);
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        m_process.start(program, arguments);
        m_process.waitForStarted();
    }
    ~Child() { end(SIGKILL); }
    void type(const QByteArray& line) { m_process.write(line); }
    void closeInput() { m_process.closeWriteChannel(); }
    void signal(int number) const {
        if (m_process.processId() > 0) { // never a group, and never everybody
            ::kill(static_cast<pid_t>(m_process.processId()), number);
        }
    }
    void end(int number) {
        signal(number);
        m_process.waitForFinished(20'000);
    }
    /// All that it has said until now.
    const QByteArray& said() {
        m_process.waitForReadyRead(1);
        m_said += m_process.readAll();
        return m_said;
    }
    [[nodiscard]] bool running() const { return m_process.state() == QProcess::Running; }
    /// The exit code; -1: ended by a signal, or not at all.
    [[nodiscard]] int result(int patience = 30'000) {
        const bool ended = !running() || m_process.waitForFinished(patience);
        m_said += m_process.readAll();
        return ended && m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
    }

private:
    QProcess m_process;
    QByteArray m_said;
};

/// A UDP port of the loopback interface that was free a moment ago.
inline std::uint16_t freePort() {
    const int descriptor = ::socket(AF_INET, SOCK_DGRAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    ::bind(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address);
    ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &length);
    ::close(descriptor);
    return ntohs(address.sin_port);
}

/// A registrar that only those know who are told.
class RegistrarChild {
public:
    RegistrarChild()
        : m_address(QString("127.0.0.1:%1").arg(freePort()))
        , m_child(KOLAM_REGISTRAR, {"--asap", m_address, "--announce", "off", "--no-enrp", "--profile", "demo",
                                    "--transport", "user", "--scope", QString("test-%1").arg(::getpid())}) {}
    [[nodiscard]] const QString& address() const { return m_address; }
    [[nodiscard]] Child& child() { return m_child; }

private:
    QString m_address;
    Child m_child;
};

/// Waits for what must come; the limit is for tests that fail, not for slow machines.
template <typename Condition>
[[nodiscard]] bool waitFor(Condition condition, int limit = 60'000) {
    QElapsedTimer timer;
    timer.start();
    while (!condition()) {
        if (timer.elapsed() > limit) {
            return false;
        }
        QTest::qWait(5);
    }
    return true;
}

} // namespace kolam::testing
