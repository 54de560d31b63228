// SPDX-License-Identifier: GPL-3.0-or-later
// A lab as a process of its own: plays a scenario, tells whoever has started it what happens, does what he asks for.
// When he is gone, everything is healed, thawed and ended: nothing that a demonstration has started outlives it.
// Next door: lab_lines.h, what is said; director.h, who plays; lab_client.h, the other end.
#pragma once

#include "demos/lab/director.h"
#include "demos/lab/lab_lines.h"
#include "demos/lab/line_channel.h"

#include <expected>
#include <string>
#include <string_view>

namespace kolam::lab {

class LabService {
public:
    /// @param control  one end of a socket pair; taken over
    LabService(DescriptorDispatcher& dispatcher, int control, Scenario scenario, Director::Config config);

    /// Stops the dispatcher when everything has ended. The error is a sentence.
    std::expected<void, std::string> begin();
    void end() { m_director.end(); }
    /// Whether the verdict has been reached, and all that was expected has come.
    [[nodiscard]] bool passed() const { return m_passed; }

private:
    void obey(std::string_view line);
    void tell(const LabLine& line);
    void tellMember(const Stage::Member& member);

    DescriptorDispatcher& m_dispatcher;
    Director::Config m_config;
    TimePoint m_begun{};
    bool m_passed = false;
    LineChannel m_channel;
    Director m_director;
};

} // namespace kolam::lab
