// SPDX-License-Identifier: GPL-3.0-or-later
#include "programs/common/descriptors.h"

#include <sys/resource.h>

namespace kolam::programs {

void allowManyDescriptors() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

} // namespace kolam::programs
