// SPDX-License-Identifier: GPL-3.0-or-later
// What happened in one life, in a number: equal lives have equal hashes. In words, too, when somebody wants to read it.
// Next door: world.h tells it everything.
#pragma once

#include "core/base/log.h"
#include "core/base/time.h"

#include <cstdint>
#include <fmt/format.h>
#include <string>
#include <vector>

namespace kolam::sim {

class Trace {
public:
    explicit Trace(bool inWords) : m_inWords(inWords) {}

    void note(std::uint64_t value) {
        m_hash = (m_hash ^ value) * 0x9e3779b97f4a7c15;
        m_hash ^= m_hash >> 29;
    }
    template <typename... Arguments>
    void line(TimePoint now, fmt::format_string<Arguments...> text, Arguments&&... arguments) {
        if (m_inWords) {
            m_lines.push_back(fmt::format("{:10.4f} ", std::chrono::duration<double>(now.time_since_epoch()).count()) +
                              fmt::format(text, std::forward<Arguments>(arguments)...));
        }
    }
    [[nodiscard]] bool inWords() const { return m_inWords; }
    [[nodiscard]] std::uint64_t hash() const { return m_hash; }
    [[nodiscard]] const std::vector<std::string>& lines() const { return m_lines; }

private:
    bool m_inWords;
    std::uint64_t m_hash = 0xcbf29ce484222325;
    std::vector<std::string> m_lines;
};

} // namespace kolam::sim
