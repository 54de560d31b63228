// SPDX-License-Identifier: GPL-3.0-or-later
// Next door: signals.h says what for.
#include "programs/common/signals.h"

#include <cerrno>
#include <csignal>
#include <sys/signalfd.h>
#include <system_error>
#include <unistd.h>

namespace kolam::programs {
namespace {

sigset_t ours() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    return set;
}

} // namespace

void blockSignals() {
    const sigset_t set = ours();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
}

SignalWatch::SignalWatch(DescriptorDispatcher& dispatcher, std::function<void(int)> callback)
    : m_dispatcher(dispatcher) {
    const sigset_t set = ours();
    m_descriptor = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
    if (m_descriptor < 0) {
        throw std::system_error(errno, std::generic_category(), "signalfd");
    }
    m_dispatcher.watch(m_descriptor, Interest::Read, [descriptor = m_descriptor, callback](Readiness) {
        signalfd_siginfo signal{};
        while (read(descriptor, &signal, sizeof signal) == static_cast<ssize_t>(sizeof signal)) {
            callback(static_cast<int>(signal.ssi_signo));
        }
    });
}

SignalWatch::~SignalWatch() {
    m_dispatcher.unwatch(m_descriptor);
    close(m_descriptor);
}

} // namespace kolam::programs
