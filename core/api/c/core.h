// SPDX-License-Identifier: GPL-3.0-or-later
// What every socket of the C API stands on: the library's thread, one instance, the bell of rsp_poll().
// Next door: library.h, which makes it at rsp_initialize() and gives it up at rsp_cleanup().
#pragma once

#include "core/api/c/bell.h"
#include "core/api/cpp/loop_thread.h"
#include "kolam/instance.h"

#include <chrono>
#include <memory>

namespace kolam::rsp {

/// A timeout as the C API has it: milliseconds; below 0: none.
[[nodiscard]] inline api::Duration limitOf(int milliseconds) {
    return milliseconds < 0 ? api::noLimit : api::Duration{std::chrono::milliseconds{milliseconds}};
}

/// How long a call waits for a registrar's answer, and for a registrar before.
inline constexpr api::Duration poolPatience = std::chrono::seconds{12};

struct Core {
    Core(std::shared_ptr<api::LoopThread> loopThread, std::unique_ptr<api::Instance> itsInstance)
        : thread(std::move(loopThread))
        , instance(std::move(itsInstance)) {}
    ~Core() {
        thread->call([&] { instance.reset(); });
    }
    Core(const Core&) = delete;
    Core& operator=(const Core&) = delete;

    std::shared_ptr<api::LoopThread> thread;
    std::unique_ptr<api::Instance> instance; // on the thread only
    Bell bell;
};

} // namespace kolam::rsp
