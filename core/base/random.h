// SPDX-License-Identifier: GPL-3.0-or-later
// Chance as a parameter: whoever draws was given this generator and its seed.
#pragma once

#include <cassert>
#include <cstdint>

namespace kolam {

/// xoshiro256** seeded by splitmix64 (both by Blackman and Vigna, public domain): small, fast, the same on every
/// machine.
class Random {
public:
    using result_type = std::uint64_t;
    explicit Random(std::uint64_t seed) {
        for (std::uint64_t& word : m_state) {
            seed += 0x9e3779b97f4a7c15;
            std::uint64_t mixed = seed;
            mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
            word = mixed ^ (mixed >> 31);
        }
    }
    static constexpr std::uint64_t min() { return 0; }
    static constexpr std::uint64_t max() { return ~std::uint64_t{0}; }

    std::uint64_t operator()() {
        const std::uint64_t result = rotate(m_state[1] * 5, 7) * 9;
        const std::uint64_t shifted = m_state[1] << 17;
        m_state[2] ^= m_state[0];
        m_state[3] ^= m_state[1];
        m_state[1] ^= m_state[2];
        m_state[0] ^= m_state[3];
        m_state[2] ^= shifted;
        m_state[3] = rotate(m_state[3], 45);
        return result;
    }
    /// Uniform in 0 .. bound-1; bound > 0. Multiplication instead of division (Lemire); bias below 2^-32 for 32-bit
    /// bounds.
    std::uint64_t below(std::uint64_t bound) {
        assert(bound > 0);
        __extension__ using Wide = unsigned __int128;
        return static_cast<std::uint64_t>((static_cast<Wide>((*this)()) * bound) >> 64);
    }
    /// Uniform in [0, 1).
    double unit() { return static_cast<double>((*this)() >> 11) * 0x1.0p-53; }
    /// True with the given probability, 0 to 1.
    bool chance(double probability) { return unit() < probability; }
    /// A random identifier; never 0, which means "none".
    std::uint32_t nonZero32() {
        std::uint32_t value = 0;
        while (value == 0) {
            value = static_cast<std::uint32_t>((*this)() >> 32);
        }
        return value;
    }

private:
    static std::uint64_t rotate(std::uint64_t value, int by) { return (value << by) | (value >> (64 - by)); }
    std::uint64_t m_state[4];
};

} // namespace kolam
