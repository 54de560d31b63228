// SPDX-License-Identifier: GPL-3.0-or-later
// How long things took, millions of them, in a few kilobytes: buckets that are a constant share of their value wide, as
// HDR histograms have them, so that every quantile is right to less than one percent. Next door: who counts in it.
#pragma once

#include "core/base/time.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace kolam::load {

class LatencyHistogram {
public:
    /// A negative duration counts as 0, one of more than half an hour as that.
    void add(Duration duration);
    void add(const LatencyHistogram& other);

    [[nodiscard]] std::uint64_t count() const { return m_count; }
    [[nodiscard]] Duration least() const { return m_count == 0 ? Duration{} : m_least; }
    [[nodiscard]] Duration longest() const { return m_longest; }
    [[nodiscard]] Duration mean() const;
    /// The duration that this share of all, 0 to 1, did not exceed; 0 when there is none.
    [[nodiscard]] Duration quantile(double share) const;

private:
    static constexpr unsigned subBits = 7; // 128 buckets from each power of two to the next
    static constexpr unsigned powers = 34; // up to 2^(7 + 34) ns
    static constexpr std::size_t buckets = (std::size_t{powers} + 1) << subBits;
    [[nodiscard]] static std::size_t bucketOf(std::uint64_t nanoseconds);
    [[nodiscard]] static std::uint64_t endOf(std::size_t bucket); // the largest value in it

    std::array<std::uint32_t, buckets> m_buckets{};
    std::uint64_t m_count = 0;
    std::uint64_t m_sum = 0; // nanoseconds
    Duration m_least = Duration::max();
    Duration m_longest{};
};

} // namespace kolam::load
