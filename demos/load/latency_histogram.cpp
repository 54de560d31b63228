// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/load/latency_histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace kolam::load {

std::size_t LatencyHistogram::bucketOf(std::uint64_t nanoseconds) {
    // Of a value's leading ones and zeros, as many as a bucket number holds; the rest is what we do not want to know.
    const auto width = static_cast<unsigned>(std::bit_width(nanoseconds));
    const unsigned shift = width > subBits + 1 ? width - subBits - 1 : 0;
    return std::min((std::size_t{shift} << subBits) + static_cast<std::size_t>(nanoseconds >> shift), buckets - 1);
}

std::uint64_t LatencyHistogram::endOf(std::size_t bucket) {
    constexpr std::size_t exact = std::size_t{2} << subBits; // up to here a bucket is one value
    if (bucket < exact) {
        return bucket;
    }
    const auto shift = static_cast<unsigned>((bucket >> subBits) - 1);
    const std::uint64_t leading = bucket - (std::size_t{shift} << subBits);
    return ((leading + 1) << shift) - 1;
}

void LatencyHistogram::add(Duration duration) {
    const Duration counted = std::max(duration, Duration{});
    ++m_buckets[bucketOf(static_cast<std::uint64_t>(counted.count()))];
    ++m_count;
    m_sum += static_cast<std::uint64_t>(counted.count());
    m_least = std::min(m_least, counted);
    m_longest = std::max(m_longest, counted);
}

void LatencyHistogram::add(const LatencyHistogram& other) {
    for (std::size_t i = 0; i < buckets; ++i) {
        m_buckets[i] += other.m_buckets[i];
    }
    m_count += other.m_count;
    m_sum += other.m_sum;
    m_least = std::min(m_least, other.m_least);
    m_longest = std::max(m_longest, other.m_longest);
}

Duration LatencyHistogram::mean() const {
    return m_count == 0 ? Duration{} : Duration{static_cast<std::int64_t>(m_sum / m_count)};
}

Duration LatencyHistogram::quantile(double share) const {
    const double wanted = std::ceil(std::clamp(share, 0.0, 1.0) * static_cast<double>(m_count));
    std::uint64_t passed = 0;
    for (std::size_t i = 0; i < buckets && m_count != 0; ++i) {
        passed += m_buckets[i];
        if (passed != 0 && static_cast<double>(passed) >= wanted) {
            return std::clamp(Duration{static_cast<std::int64_t>(endOf(i))}, m_least, m_longest);
        }
    }
    return m_longest;
}

} // namespace kolam::load
