// SPDX-License-Identifier: GPL-3.0-or-later
// Basic Mode of an element without a loop. Next door: registration.cpp, the same with events.
#include "core/api/cpp/loop_thread.h"
#include "core/api/cpp/registration_wait.h"
#include "kolam/blocking.h"

#include <utility>

namespace kolam::api {

struct [[gnu::visibility("hidden")]] BlockingRegistration::Impl {
    explicit Impl(std::shared_ptr<LoopThread> loopThread) : thread(std::move(loopThread)) {}
    ~Impl() {
        thread->call([&] {
            registration.reset();
            instance.reset();
        });
    }
    std::shared_ptr<LoopThread> thread;
    RegistrationWait registered;
    std::unique_ptr<Instance> instance; // this and the registration: on the library's thread only
    std::unique_ptr<Registration> registration;
};

BlockingRegistration::BlockingRegistration(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
BlockingRegistration::~BlockingRegistration() = default;

Result<std::unique_ptr<BlockingRegistration>> BlockingRegistration::start(const RegistrationRequest& request,
                                                                          const Settings& settings) {
    auto thread = LoopThread::shared();
    if (!thread) {
        return std::unexpected(thread.error());
    }
    auto impl = std::make_unique<Impl>(std::move(*thread));
    const auto started = impl->thread->call([&]() -> Result<void> {
        auto instance = Instance::create(impl->thread->loop(), settings);
        if (!instance) {
            return std::unexpected(instance.error());
        }
        impl->instance = std::move(*instance);
        auto made = Registration::start(*impl->instance, request);
        if (!made) {
            return std::unexpected(made.error());
        }
        impl->registration = std::move(*made);
        impl->registration->onStatus(
            [self = impl.get()](const RegistrationStatus& status) { self->registered.tell(status); });
        return {};
    });
    if (!started) {
        return std::unexpected(started.error());
    }
    return std::unique_ptr<BlockingRegistration>{new BlockingRegistration(std::move(impl))};
}

Result<void> BlockingRegistration::waitRegistered(Duration limit) {
    return m_impl->registered.wait(limit);
}

ElementId BlockingRegistration::id() const {
    return m_impl->thread->call([&] { return m_impl->registration->id(); });
}

Result<void> BlockingRegistration::setPolicy(const Policy& policy) {
    return m_impl->thread->call([&] { return m_impl->registration->setPolicy(policy); });
}

void BlockingRegistration::leave() {
    struct {
        std::mutex mutex;
        std::condition_variable changed;
        bool done = false;
    } left;
    m_impl->thread->call([&] {
        m_impl->registration->leave([&] {
            const std::lock_guard guard{left.mutex};
            left.done = true;
            left.changed.notify_all();
        });
    });
    std::unique_lock lock{left.mutex};
    left.changed.wait(lock, [&] { return left.done; });
}

} // namespace kolam::api
