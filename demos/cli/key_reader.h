// SPDX-License-Identifier: GPL-3.0-or-later
// Single key presses from the terminal, without Return; the terminal is put back as it was.
#pragma once

#include "core/dispatch/dispatcher.h"

#include <functional>
#include <termios.h>

namespace kolam::cli {

class KeyReader {
public:
    /// Does nothing when standard input is no terminal, or this program is in its background.
    KeyReader(DescriptorDispatcher& dispatcher, std::function<void(char)> onKey);
    ~KeyReader();
    KeyReader(const KeyReader&) = delete;
    KeyReader& operator=(const KeyReader&) = delete;
    [[nodiscard]] bool active() const { return m_active; }

private:
    DescriptorDispatcher& m_dispatcher;
    bool m_active = false;
    termios m_before{};
};

} // namespace kolam::cli
