// SPDX-License-Identifier: GPL-3.0-or-later
// The narrow way from a node to whoever watches it: nodes tell what happens, and say how things are when asked.
// Nobody listens to most nodes, so wants() is asked before anything is put together.
// Next door: event_hub.h, the one that numbers events and hands them on; events.h, what can be told.
#pragma once

#include "core/telemetry/events.h"

#include <functional>
#include <vector>

namespace kolam::telemetry {

/// Gives how things are as events, in parts that take less than a millisecond each; an empty part is the end.
using SnapshotParts = std::move_only_function<std::vector<EventBody>()>;

/// Who tells: a part of a component.
class TelemetrySubject {
public:
    virtual ~TelemetrySubject() = default;
    /// Not called any more after detach(), and nor is what it has returned.
    [[nodiscard]] virtual SnapshotParts snapshot() = 0;
    /// About once a second, while somebody listens: for what is counted.
    virtual void tick() {}
};

class Telemetry {
public:
    virtual ~Telemetry() = default;
    [[nodiscard]] virtual bool wants(Level level) const = 0;
    virtual void tell(EventBody body, StoryId story = {}) = 0;
    virtual void attach(TelemetrySubject& subject) = 0;
    virtual void detach(TelemetrySubject& subject) = 0;

    /// What costs something to put together is made only when somebody wants it.
    template <typename Make>
        requires std::invocable<Make>
    void tellLazily(Level level, StoryId story, Make&& make) {
        if (wants(level)) {
            tell(make(), story);
        }
    }
};

/// Nobody listens.
class SilentTelemetry final : public Telemetry {
public:
    [[nodiscard]] bool wants(Level) const override { return false; }
    void tell(EventBody, StoryId) override {}
    void attach(TelemetrySubject&) override {}
    void detach(TelemetrySubject&) override {}
};
/// One for all who were not given another.
[[nodiscard]] Telemetry& silentTelemetry();
/// `chosen`, or silence.
[[nodiscard]] inline Telemetry& orSilence(Telemetry* chosen) {
    return chosen != nullptr ? *chosen : silentTelemetry();
}

} // namespace kolam::telemetry
