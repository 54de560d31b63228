// SPDX-License-Identifier: GPL-3.0-or-later
// The thread of the library beneath all calls that wait, of the C++ API and of the C API: one in a process, because the
// user-space SCTP stack is. It runs as long as somebody holds it.
// Next door: mailbox.h, where those wait who are called back.
#pragma once

#include "core/api/cpp/event_loop_impl.h"
#include "kolam/event_loop.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>

namespace kolam::api {

class LoopThread {
public:
    /// The process's; started when nobody has it yet. The environment's KOLAM_TRANSPORT (auto, user, kernel) says with
    /// which transport. Errors: BadArgument, TransportInUse, System.
    [[nodiscard]] static Result<std::shared_ptr<LoopThread>> shared();
    /// Let go of it on another thread than its own.
    ~LoopThread();
    LoopThread(const LoopThread&) = delete;
    LoopThread& operator=(const LoopThread&) = delete;

    [[nodiscard]] EventLoop& loop() { return *m_loop; }
    /// Does something on the thread, and waits until it is done.
    template <typename Function>
    auto call(Function&& function) -> std::invoke_result_t<Function> {
        using Value = std::invoke_result_t<Function>;
        if (std::this_thread::get_id() == m_thread.get_id()) {
            return function();
        }
        if constexpr (std::is_void_v<Value>) {
            callAndWait([&] { function(); });
        } else {
            std::optional<Value> value;
            callAndWait([&] { value.emplace(function()); });
            return std::move(*value);
        }
    }

private:
    explicit LoopThread(std::unique_ptr<EventLoop> loop);
    void callAndWait(const std::function<void()>& function);

    std::unique_ptr<EventLoop> m_loop;
    std::mutex m_lock; // guards the done flags of calls that wait
    std::condition_variable m_done;
    std::thread m_thread;
};

} // namespace kolam::api
