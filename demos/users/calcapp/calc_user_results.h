// SPDX-License-Identifier: GPL-3.0-or-later
// What a CalcApp user writes down: a line for each job, and sums at the end, in the columns and names of rsplib's.
// Next door: calc_user.h, whose jobs they are; demos/services/calcapp/result_file.h, the files.
#pragma once

#include "demos/services/calcapp/result_file.h"
#include "demos/users/calcapp/calc_user.h"

#include <string>

namespace kolam::calcapp {

/// The names of a vector's columns, without that of the line number.
inline constexpr std::string_view jobColumns =
    "ObjectName PID JobID JobSize JobInterval   QueueLength QueuingDelay StartupDelay ProcessingTime HandlingTime "
    "HandlingSpeed   QueuingTimeStamp StartupTimeStamp AcceptTimeStamp CompleteTimeStamp";

[[nodiscard]] std::string jobLine(std::string_view object, std::uint32_t processId, const CalcJob& job);
[[nodiscard]] std::string userScalars(std::string_view object, const CalcUser::Statistics& statistics);

} // namespace kolam::calcapp
