// SPDX-License-Identifier: GPL-3.0-or-later
// A file descriptor that closes itself. Next door: archive.cpp and script_files.h, which open them.
#pragma once

#include <unistd.h>
#include <utility>

namespace kolam::scripting {

class Descriptor {
public:
    Descriptor() = default; // none
    explicit Descriptor(int value) : m_value(value) {}
    Descriptor(Descriptor&& other) noexcept : m_value(std::exchange(other.m_value, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(m_value, other.m_value);
        return *this;
    }
    ~Descriptor() {
        if (m_value >= 0) {
            ::close(m_value);
        }
    }
    [[nodiscard]] int get() const { return m_value; }
    [[nodiscard]] bool ok() const { return m_value >= 0; }

private:
    int m_value = -1;
};

} // namespace kolam::scripting
