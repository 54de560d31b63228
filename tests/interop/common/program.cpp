// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/interop/common/program.h"

#include <QFile>
#include <QStandardPaths>
#include <QTest>
#include <csignal>

namespace kolam::interop {

namespace {

QString logFile(const QString& name) {
    static int number = 0;
    const QString base = name.section(QLatin1Char('/'), -1);
    return QStringLiteral("%1/%2-%3.log").arg(qEnvironmentVariable("KOLAM_GUEST"), QString::number(++number), base);
}

} // namespace

Program::Program(const QString& host, const QString& name, const QStringList& arguments) : m_log(logFile(name)) {
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardOutputFile(m_log);
    m_process.setWorkingDirectory(qEnvironmentVariable("TMPDIR")); // where they may write
    if (host.isEmpty()) {
        m_process.start(name, arguments);
    } else {
        m_process.start(QStringLiteral("ip"),
                        QStringList{QStringLiteral("netns"), QStringLiteral("exec"), host, name} + arguments);
    }
    m_process.waitForStarted();
}

Program::~Program() {
    kill();
    if (QTest::currentTestFailed()) {
        qInfo("%s said last: %s", qPrintable(m_log.section(QLatin1Char('/'), -1)), output().right(1'500).constData());
    }
}

bool Program::exists(const QString& name) {
    return !QStandardPaths::findExecutable(name).isEmpty();
}

QByteArray Program::output() const {
    QFile file{m_log};
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray{};
}

void Program::signal(int number) const {
    if (m_process.processId() > 0) {
        ::kill(static_cast<pid_t>(m_process.processId()), number);
    }
}

void Program::kill() {
    signal(SIGCONT);
    m_process.kill();
    m_process.waitForFinished();
}

void Program::interrupt() {
    signal(SIGINT);
    if (!m_process.waitForFinished(10'000)) {
        kill();
    }
}

} // namespace kolam::interop
