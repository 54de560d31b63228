// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/users/calcapp/calc_user_results.h"

#include <fmt/format.h>

namespace kolam::calcapp {

namespace {

double atSeconds(TimePoint time) {
    return toSeconds(time.time_since_epoch());
}
double speed(double size, Duration time) {
    return time > Duration{0} ? size / toSeconds(time) : 0.0;
}

} // namespace

std::string jobLine(std::string_view object, std::uint32_t processId, const CalcJob& job) {
    const Duration handling = job.completed - job.queued;
    return fmt::format("{} {} {} {} {:.6f}   {} {:.6f} {:.6f} {:.6f} {:.6f} {:.6f}   {:.6f} {:.6f} {:.6f} {:.6f}",
                       object, processId, job.id, job.size, toSeconds(job.interval), job.queueLength,
                       toSeconds(job.started - job.queued), toSeconds(job.accepted - job.started),
                       toSeconds(job.completed - job.accepted), toSeconds(handling),
                       speed(static_cast<double>(job.size), handling), atSeconds(job.queued), atSeconds(job.started),
                       atSeconds(job.accepted), atSeconds(job.completed));
}

std::string userScalars(std::string_view object, const CalcUser::Statistics& all) {
    const auto line = [&](std::string_view name, const std::string& value) { return scalarLine(object, name, value); };
    const auto time = [](Duration duration) { return fmt::format("{:.6f}", toSeconds(duration)); };
    const auto whole = [](double number) { return fmt::format("{:.0f}", number); };
    const auto count = [](std::uint64_t number) { return fmt::format("{}", number); };
    return std::string{scalarsBegin} + line("CalcAppPU Total Queuing Time", time(all.queuingTime)) +
           line("CalcAppPU Total Startup Time", time(all.startupTime)) +
           line("CalcAppPU Total Processing Time", time(all.processingTime)) +
           line("CalcAppPU Total Handling Time", time(all.handlingTime)) +
           line("CalcAppPU Average Processing Speed", whole(speed(all.sizeCompleted, all.processingTime))) +
           line("CalcAppPU Average Handling Speed", whole(speed(all.sizeCompleted, all.handlingTime))) +
           line("CalcAppPU Total Jobs Queued", count(all.jobsQueued)) +
           line("CalcAppPU Total Jobs Started", count(all.jobsStarted)) +
           line("CalcAppPU Total Jobs Completed", count(all.jobsCompleted)) +
           line("CalcAppPU Total Job Size Queued", whole(all.sizeQueued)) +
           line("CalcAppPU Total Job Size Started", whole(all.sizeStarted)) +
           line("CalcAppPU Total Job Size Completed", whole(all.sizeCompleted)) +
           line("CalcAppPU Total CalcAppRequests", count(all.requests)) +
           line("CalcAppPU Total CalcAppAccepts", count(all.accepts)) +
           line("CalcAppPU Total CalcAppRejects", count(all.rejects)) +
           line("CalcAppPU Total CalcAppCompletes", count(all.completes)) +
           line("CalcAppPU Total CalcAppKeepAlives", count(all.keepAlives)) +
           line("CalcAppPU Total CalcAppKeepAliveAcks", count(all.keepAliveAcks));
}

} // namespace kolam::calcapp
