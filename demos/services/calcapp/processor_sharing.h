// SPDX-License-Identifier: GPL-3.0-or-later
// A processor that all its jobs share equally: with n jobs, each gets the n-th part of the capacity.
// It computes nothing; it knows how far every job is at any time, and when the next one will be complete.
// Next door: calc_server.h, which lets jobs in.
#pragma once

#include "core/base/time.h"

#include <cstdint>
#include <vector>

namespace kolam::calcapp {

/// Names a job of one server: a number that is never used again.
enum class JobNumber : std::uint64_t {};

class ProcessorSharing {
public:
    /// @param capacity  calculations a second; more than 0
    ProcessorSharing(double capacity, TimePoint now) : m_capacity(capacity), m_begin(now), m_now(now) {}

    /// Sizes and progress are in calculations.
    void add(JobNumber job, double size, double completed, TimePoint now);
    void remove(JobNumber job, TimePoint now);
    /// Lets the jobs run until `now`. Nothing runs on beyond its size: ask nextCompletion() when to come.
    void advance(TimePoint now);

    [[nodiscard]] std::size_t jobs() const { return m_jobs.size(); }
    [[nodiscard]] double completed(JobNumber job) const;
    /// Jobs that have reached their size and wait to be removed.
    [[nodiscard]] std::vector<JobNumber> complete() const;
    /// When a job will be complete if none comes or goes; `never` without jobs.
    [[nodiscard]] TimePoint nextCompletion() const;
    /// When this job will have reached so much, under the same condition.
    [[nodiscard]] TimePoint whenCompleted(JobNumber job, double calculations) const;

    /// Calculations that could have been done since the beginning, and those that were.
    [[nodiscard]] double available() const;
    [[nodiscard]] double used() const { return m_used; }

private:
    struct Job {
        JobNumber number;
        double size;
        double completed;
    };
    [[nodiscard]] const Job& find(JobNumber job) const;
    [[nodiscard]] TimePoint whenDone(double calculations) const;

    double m_capacity;
    TimePoint m_begin;
    TimePoint m_now;
    double m_used = 0;
    std::vector<Job> m_jobs;
};

} // namespace kolam::calcapp
