// SPDX-License-Identifier: GPL-3.0-or-later
// The job's checkpoints, inside the box. The script renames a complete folder into the folder of checkpoints (a rename
// is done wholly or not at all); what is in it is packed and handed out, and the folder is gone. A job that goes on
// finds what was in the last one.
// Next door: main.cpp, which runs the script; checkpoint_stream.h, the other end of the pipe.
#pragma once

#include "demos/services/scripting/archive.h"

#include <cstdint>
#include <expected>
#include <string>
#include <sys/types.h>

namespace kolam::scripting {

/// In the script's folder; their paths are its variables KOLAM_CHECKPOINTS and KOLAM_RESUME.
inline constexpr const char* checkpointsName = ".kolam-checkpoints";
inline constexpr const char* resumeName = ".kolam-resume";

class Checkpoints {
public:
    /// For the present working folder. `longest`: octets of a checkpoint, packed.
    Checkpoints(const ArchiveLimits& limits, std::uint64_t longest) : m_limits(limits), m_longest(longest) {}

    /// Whether there is one to go on from; the error is a sentence.
    std::expected<bool, std::string> unpackLast();
    /// Makes the folder, and sees what comes into it from now on.
    void watch();
    /// Returns when the process has ended, which can then be waited for.
    void handOutUntilEnd(pid_t script);
    /// Whether one was too long, and not handed out.
    [[nodiscard]] bool tooLong() const { return m_tooLong; }

private:
    void handOut();
    void send(const std::string& folder);

    ArchiveLimits m_limits;
    std::uint64_t m_longest;
    int m_events = -1; // inotify; -1: there are no checkpoints
    bool m_tooLong = false;
};

} // namespace kolam::scripting
