// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/services/calcapp/processor_sharing.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace kolam::calcapp {

namespace {

constexpr double nearlyNothing = 0.01; // calculations: what rounding may leave of a job

} // namespace

void ProcessorSharing::add(JobNumber job, double size, double completed, TimePoint now) {
    advance(now);
    m_jobs.push_back({job, size, std::min(completed, size)});
}

void ProcessorSharing::remove(JobNumber job, TimePoint now) {
    advance(now);
    std::erase_if(m_jobs, [job](const Job& other) { return other.number == job; });
}

void ProcessorSharing::advance(TimePoint now) {
    if (now <= m_now || m_jobs.empty()) {
        m_now = std::max(m_now, now);
        return;
    }
    const double share = toSeconds(now - m_now) * m_capacity / static_cast<double>(m_jobs.size());
    for (Job& job : m_jobs) {
        const double done = std::min(share, job.size - job.completed);
        job.completed += done;
        m_used += done;
    }
    m_now = now;
}

const ProcessorSharing::Job& ProcessorSharing::find(JobNumber job) const {
    const auto found = std::ranges::find(m_jobs, job, &Job::number);
    assert(found != m_jobs.end());
    return *found;
}

double ProcessorSharing::completed(JobNumber job) const {
    return find(job).completed;
}

std::vector<JobNumber> ProcessorSharing::complete() const {
    std::vector<JobNumber> all;
    for (const Job& job : m_jobs) {
        if (job.size - job.completed <= nearlyNothing) {
            all.push_back(job.number);
        }
    }
    return all;
}

/// When every job will have got so many calculations more, rounded up: who comes then comes in vain never.
TimePoint ProcessorSharing::whenDone(double calculations) const {
    const double wait = std::max(calculations, 0.0) * static_cast<double>(m_jobs.size()) / m_capacity;
    constexpr double longest = 1e9; // seconds; a Duration holds nine times as much
    return m_now + Duration{static_cast<Duration::rep>(std::ceil(std::min(wait, longest) * 1e9))};
}

TimePoint ProcessorSharing::nextCompletion() const {
    if (m_jobs.empty()) {
        return never;
    }
    const auto left = [](const Job& job) { return job.size - job.completed; };
    return whenDone(left(*std::ranges::min_element(m_jobs, {}, left)));
}

TimePoint ProcessorSharing::whenCompleted(JobNumber job, double calculations) const {
    return whenDone(calculations - find(job).completed);
}

double ProcessorSharing::available() const {
    return toSeconds(m_now - m_begin) * m_capacity;
}

} // namespace kolam::calcapp
