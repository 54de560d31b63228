// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/cli/key_reader.h"

#include <unistd.h>

namespace kolam::cli {

KeyReader::KeyReader(DescriptorDispatcher& dispatcher, std::function<void(char)> onKey) : m_dispatcher(dispatcher) {
    if (::isatty(STDIN_FILENO) == 0 || ::tcgetpgrp(STDIN_FILENO) != ::getpgrp() ||
        ::tcgetattr(STDIN_FILENO, &m_before) != 0) {
        return;
    }
    termios raw = m_before;
    raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO); // Ctrl+C stays a signal
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    if (::tcsetattr(STDIN_FILENO, TCSANOW, &raw) != 0) {
        return;
    }
    m_active = true;
    m_dispatcher.watch(STDIN_FILENO, Interest::Read, [this, onKey = std::move(onKey)](Readiness) {
        char key = 0;
        if (::read(STDIN_FILENO, &key, 1) == 1) {
            onKey(key);
        } else {
            m_dispatcher.unwatch(STDIN_FILENO); // the terminal is gone
        }
    });
}

KeyReader::~KeyReader() {
    if (m_active) {
        m_dispatcher.unwatch(STDIN_FILENO);
        ::tcsetattr(STDIN_FILENO, TCSANOW, &m_before);
    }
}

} // namespace kolam::cli
