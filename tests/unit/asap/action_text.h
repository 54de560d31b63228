// SPDX-License-Identifier: GPL-3.0-or-later
// The actions of a state machine as text, one a line: what tests compare, so that a failure explains itself.
#pragma once

#include "core/base/time.h"

#include <QtTest>
#include <string>

/// So that a failed comparison shows both texts.
template <>
inline char* QTest::toString(const std::string& text) {
    return qstrdup(("\n" + text).c_str());
}

namespace kolam::testing {

using namespace std::chrono_literals;

/// Times in these tests count from here.
inline constexpr TimePoint start{100s};

template <typename Actions>
std::string text(const Actions& actions) {
    std::string lines;
    for (const auto& action : actions) {
        lines += toText(action) + "\n";
    }
    return lines;
}

} // namespace kolam::testing
