// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/users/fractal/hedging.h"

#include <algorithm>

namespace kolam::fractal {
namespace {

using namespace std::chrono_literals;

constexpr Duration unnoticed = 20ms; // nobody sees whether a tile comes so much earlier

/// How long the rest will take, if it goes on like this.
Duration expectedRest(const TileInWork& work) {
    return work.come == 0 ? Duration::max()
                          : std::chrono::duration_cast<Duration>(
                                work.elapsed * (static_cast<double>(work.missing) / static_cast<double>(work.come)));
}

} // namespace

void TileTimes::add(Duration time) {
    m_sorted.insert(std::ranges::upper_bound(m_sorted, time), time);
}

std::optional<Duration> TileTimes::usual() const {
    return m_sorted.empty() ? std::nullopt : std::optional{m_sorted[m_sorted.size() / 2]};
}

std::optional<std::uint32_t> worthAskingTwice(const std::vector<TileInWork>& all, std::uint16_t element,
                                              Duration usual) {
    const Duration limit = std::max(usual, unnoticed);
    const TileInWork* longest = nullptr;
    for (const TileInWork& work : all) {
        const bool askedTwice = std::ranges::count(all, work.tile, &TileInWork::tile) > 1;
        const Duration rest = expectedRest(work);
        if (askedTwice || work.element == element || work.elapsed <= limit || rest <= limit) {
            continue;
        }
        if (longest == nullptr || rest > expectedRest(*longest)) {
            longest = &work;
        }
    }
    return longest == nullptr ? std::nullopt : std::optional{longest->tile};
}

} // namespace kolam::fractal
