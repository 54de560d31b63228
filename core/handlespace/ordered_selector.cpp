// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlespace/ordered_selector.h"

namespace kolam {

std::unique_ptr<Selector> makeSumSelector(bool rsplibCompatible) {
    return std::make_unique<OrderedSelector<SumOrder>>(rsplibCompatible);
}

} // namespace kolam
