// SPDX-License-Identifier: GPL-3.0-or-later
// Real threads that compute, at a lower priority than the rest of the program: whoever answers keep-alives goes first.
#pragma once

#include "core/dispatch/dispatcher.h"
#include "demos/services/fractal/compute_pool.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <stop_token>
#include <thread>

namespace kolam::fractal {

class ThreadComputePool final : public ComputePool {
public:
    /// The dispatcher must outlive the pool. @param threads  at least 1
    ThreadComputePool(Dispatcher& dispatcher, unsigned threads);
    /// Stops and joins the threads: a slice later at most.
    ~ThreadComputePool() override;
    ThreadComputePool(const ThreadComputePool&) = delete;
    ThreadComputePool& operator=(const ThreadComputePool&) = delete;

    void compute(ComputeJob job, std::weak_ptr<const void> owner, ComputeDone done) override;

private:
    struct Work {
        ComputeJob job;
        std::weak_ptr<const void> owner;
        ComputeDone done;
    };
    void run(const std::stop_token& stop);
    void perform(Work work, const std::stop_token& stop);

    Dispatcher& m_dispatcher;
    std::mutex m_lock; // guards m_queue
    std::condition_variable_any m_wanted;
    std::deque<Work> m_queue;
    std::vector<std::jthread> m_threads; // last: they end before the rest
};

} // namespace kolam::fractal
