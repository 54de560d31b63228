// SPDX-License-Identifier: GPL-3.0-or-later
// Basic Mode of a user without a loop: what a pool has, and what could not be reached.
// Next door: instance.cpp, the same with events.
#include "core/api/cpp/loop_thread.h"
#include "core/api/cpp/mailbox.h"
#include "kolam/blocking.h"

namespace kolam::api {

namespace {

using Elements = Result<std::vector<Element>>;
using Answered = std::function<void(const Elements&)>;

/// Has an instance of its own ask, and waits for the answer.
Elements askAndWait(const Settings& settings, Duration limit, const std::function<void(Instance&, Answered)>& ask) {
    auto thread = LoopThread::shared();
    if (!thread) {
        return std::unexpected(thread.error());
    }
    std::unique_ptr<Instance> instance;
    Mailbox answered;
    Elements elements = std::unexpected(Error{Errc::TimedOut});
    answered.setRoom(false);
    const auto asked = (*thread)->call([&]() -> Result<void> {
        auto made = Instance::create((*thread)->loop(), settings);
        if (!made) {
            return std::unexpected(made.error());
        }
        instance = std::move(*made);
        ask(*instance, [&](const Elements& answer) {
            elements = answer;
            answered.setRoom(true);
        });
        return {};
    });
    if (!asked) {
        return std::unexpected(asked.error());
    }
    (void)answered.waitRoom(Deadline{limit});
    (*thread)->call([&] { instance.reset(); }); // from now on nobody answers any more
    return elements;
}

/// An answer of a registrar, even if it is that there is no such pool.
bool isFromRegistrar(const Elements& answer) {
    return answer || answer.error().code == Errc::UnknownPool || answer.error().code == Errc::Refused;
}

} // namespace

Elements resolve(std::string_view pool, std::uint32_t items, const Settings& settings, Duration limit) {
    return askAndWait(settings, limit,
                      [&](Instance& instance, Answered done) { instance.resolve(pool, items, std::move(done)); });
}

Result<void> reportFailure(std::string_view pool, ElementId element, const Settings& settings, Duration limit) {
    // There is no answer to a report; but the registrar that answers the question after it has heard it.
    const auto told =
        askAndWait(settings, limit, [pool = std::string{pool}, element](Instance& instance, Answered done) {
            instance.resolve(pool, 1, [&instance, pool, element, done = std::move(done)](const Elements& answer) {
                if (!isFromRegistrar(answer)) {
                    return done(answer);
                }
                instance.reportFailure(pool, element);
                instance.resolve(pool, 1, done);
            });
        });
    return isFromRegistrar(told) ? Result<void>{} : std::unexpected(told.error());
}

} // namespace kolam::api
