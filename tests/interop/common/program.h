// SPDX-License-Identifier: GPL-3.0-or-later
// Another process of a test: rsplib's programs, or ours. Next door: guest_test.h, which starts them.
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QString>
#include <QStringList>

namespace kolam::interop {

/// Runs as long as its object; what it writes goes to a file that is kept.
class Program {
public:
    /// With a namespace: on that host.
    Program(const QString& host, const QString& name, const QStringList& arguments);
    ~Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    /// Whether it can be found at all.
    [[nodiscard]] static bool exists(const QString& name);
    /// Everything it has written until now.
    [[nodiscard]] QByteArray output() const;
    [[nodiscard]] bool said(const char* text) const { return output().contains(text); }
    [[nodiscard]] int countOf(const char* text) const { return static_cast<int>(output().count(text)); }
    [[nodiscard]] bool running() const { return m_process.state() == QProcess::Running; }
    void type(const char* line) { m_process.write(line); }
    void signal(int number) const;
    /// At once, without a word to anybody.
    void kill();
    /// Asks it to end, and waits.
    void interrupt();

private:
    QString m_log;
    QProcess m_process;
};

} // namespace kolam::interop
