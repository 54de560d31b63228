// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/services/fractal/thread_compute_pool.h"

#include "demos/services/fractal/fractal_kernel.h"

#include <algorithm>
#include <csignal>
#include <sys/resource.h>
#include <unistd.h>

namespace kolam::fractal {
namespace {

using namespace std::chrono_literals;
constexpr Duration longEnough = 100ms; // a job that takes longer is given back in part
constexpr int niceness = 10;

/// Signals are the main thread's business: the threads inherit a mask that blocks them all.
class SignalsBlocked {
public:
    SignalsBlocked() {
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &m_before);
    }
    ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &m_before, nullptr); }
    SignalsBlocked(const SignalsBlocked&) = delete;
    SignalsBlocked& operator=(const SignalsBlocked&) = delete;

private:
    sigset_t m_before{};
};

} // namespace

std::uint32_t sliceOf(const Plane& plane) {
    // Iterations a tenth of a second is worth: of squares with the slowest vectors, of whole powers, of general ones.
    const std::uint64_t budget = [&plane]() -> std::uint64_t {
        if (plane.isDeep) {
            return 1'000'000;
        }
        switch (plane.algorithm) {
        case wire::FractalAlgorithm::Mandelbrot:
        case wire::FractalAlgorithm::SmoothMandelbrot:
        case wire::FractalAlgorithm::Julia:
        case wire::FractalAlgorithm::BurningShip: return 100'000'000;
        case wire::FractalAlgorithm::Multibrot:
        case wire::FractalAlgorithm::Newton: return 2'000'000;
        case wire::FractalAlgorithm::MandelbrotN: break;
        }
        return 1'000'000;
    }();
    const std::uint64_t points = budget / std::max<std::uint64_t>(plane.maxIterations, 1);
    return static_cast<std::uint32_t>(std::clamp<std::uint64_t>(points, 1, 8192));
}

void computeNext(const ComputeJob& job, std::uint32_t count, ComputeResult& result) {
    const std::size_t before = result.size();
    if (wire::isExtended(job.plane.algorithm)) {
        result.smooth.resize(before + count);
        computeSmoothCounts(job.plane, job.first + before, std::span{result.smooth}.subspan(before));
    } else {
        result.counts.resize(before + count);
        computeCounts(job.plane, job.first + before, std::span{result.counts}.subspan(before));
    }
}

ThreadComputePool::ThreadComputePool(Dispatcher& dispatcher, unsigned threads) : m_dispatcher(dispatcher) {
    const SignalsBlocked blocked;
    for (unsigned i = 0; i < std::max(threads, 1u); ++i) {
        m_threads.emplace_back([this](const std::stop_token& stop) { run(stop); });
    }
}

ThreadComputePool::~ThreadComputePool() {
    for (std::jthread& thread : m_threads) {
        thread.request_stop();
    }
}

void ThreadComputePool::compute(ComputeJob job, std::weak_ptr<const void> owner, ComputeDone done) {
    {
        const std::scoped_lock lock{m_lock};
        m_queue.push_back({std::move(job), std::move(owner), std::move(done)});
    }
    m_wanted.notify_one();
}

void ThreadComputePool::run(const std::stop_token& stop) {
    setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), niceness); // Linux: of this thread alone
    m_dispatcher.dropDescriptorsOfThisThread();
    for (;;) {
        std::unique_lock lock{m_lock};
        if (!m_wanted.wait(lock, stop, [this] { return !m_queue.empty(); })) {
            return;
        }
        Work work = std::move(m_queue.front());
        m_queue.pop_front();
        lock.unlock();
        perform(std::move(work), stop);
    }
}

void ThreadComputePool::perform(Work work, const std::stop_token& stop) {
    // Not protocol time: how long the arithmetic took, to find a good size for the next job.
    const auto begin = std::chrono::steady_clock::now();
    const auto elapsed = [&] { return std::chrono::steady_clock::now() - begin; };
    ComputeResult result{.first = work.job.first, .counts = std::move(work.job.memory), .smooth = {}};
    result.counts.clear();
    (wire::isExtended(work.job.plane.algorithm) ? result.smooth.reserve(work.job.count)
                                                : result.counts.reserve(work.job.count));
    const std::uint32_t slice = sliceOf(work.job.plane);
    std::uint32_t done = 0;
    while (done < work.job.count && (done == 0 || elapsed() < longEnough)) {
        if (stop.stop_requested() || work.owner.expired()) {
            return;
        }
        const std::uint32_t length = std::min(slice, work.job.count - done);
        computeNext(work.job, length, result);
        done += length;
    }
    result.took = elapsed();
    m_dispatcher.post(
        [owner = std::move(work.owner), done = std::move(work.done), result = std::move(result)]() mutable {
            if (!owner.expired()) { // the owner lives on this thread, so it stays while we call it
                done(std::move(result));
            }
        });
}

} // namespace kolam::fractal
