// SPDX-License-Identifier: GPL-3.0-or-later
// The messages that rsplib and our test clients really sent: the rows of tests/captures/vectors-*.tsv.
#pragma once

#include "core/base/octets.h"

#include <string>
#include <vector>

namespace kolam::test {

struct Vector {
    std::string protocol; // ASAP, ENRP, CSP, PPID32 ... PPID35
    std::string message;
    std::string capture;
    int frame = 0;
    std::string origin;      // rsplib, test-client or synthetic
    bool wellFormed = false; // says tshark
    Octets octets;

    /// "asap-errors 142".
    [[nodiscard]] std::string where() const { return capture + ' ' + std::to_string(frame); }
    [[nodiscard]] bool fromRsplib() const { return origin == "rsplib"; }
};

/// All rows of both files; aborts the test program when they cannot be read.
[[nodiscard]] const std::vector<Vector>& vectors();
/// The row of this place; aborts the test program when there is none.
[[nodiscard]] const Vector& vectorAt(std::string_view where);

} // namespace kolam::test
