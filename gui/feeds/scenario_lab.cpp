// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/feeds/scenario_lab.h"

#include <QCoreApplication>
#include <QProcess>
#include <csignal>
#include <sys/socket.h>
#include <unistd.h>

namespace kolam::gui {

std::expected<int, QString> startLab(const ScenarioLab& lab) {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        return std::unexpected(QCoreApplication::translate("ScenarioLab", "A lab cannot be talked to"));
    }
    QStringList arguments{QStringLiteral("lab"),    lab.scenario, QStringLiteral("--scope"),  lab.scope,
                          QStringLiteral("--logs"), lab.logs,     QStringLiteral("--endless")};
    if (lab.byHand) {
        arguments.append(QStringLiteral("--by-hand"));
    }
    if (!lab.windows) {
        arguments.append(QStringLiteral("--no-windows"));
    }
    auto* const process = new QProcess; // it outlives us by the moment that it needs to heal what it has frozen
    QObject::connect(process, &QProcess::finished, process, &QObject::deleteLater);
    process->setStandardOutputFile(lab.logs + QStringLiteral("/lab.log"));
    process->setProcessChannelMode(QProcess::MergedChannels);
    process->setChildProcessModifier([theirs = ends[1]] {
        ::dup2(theirs, STDIN_FILENO);
        ::setpgid(0, 0); // Ctrl+C in the terminal is for us
        sigset_t none;
        sigemptyset(&none);
        ::sigprocmask(SIG_SETMASK, &none, nullptr);
    });
    process->start(lab.programs + QStringLiteral("/kolam"), arguments);
    const bool started = process->waitForStarted();
    ::close(ends[1]);
    if (!started) {
        ::close(ends[0]);
        const QString why = process->errorString();
        delete process;
        return std::unexpected(QCoreApplication::translate("ScenarioLab", "The lab cannot be started: %1").arg(why));
    }
    return ends[0];
}

} // namespace kolam::gui
