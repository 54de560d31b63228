// SPDX-License-Identifier: GPL-3.0-or-later
// Starts a lab and talks to it: for the command line and for windows. When the client is destroyed, or its process
// dies, the lab ends everything it has started.
// Next door: lab_lines.h, what is said; lab_service.h, the other end.
#pragma once

#include "demos/lab/lab_lines.h"
#include "demos/lab/line_channel.h"
#include "demos/lab/process.h"

#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace kolam::lab {

class LabClient {
public:
    struct Config {
        std::filesystem::path programs; // the folder of kolam
        std::filesystem::path scenario;
        std::filesystem::path logs; // a folder that is there; the lab's own is lab.log
        std::string scope;
        bool windows = true;
        bool byHand = false; // only what is ordered is done, for as long as somebody watches
        bool endless = false;
    };
    /// @param onLine   what the lab says
    /// @param onEnd    the lab has ended, and with it everything that it has started: 0 when all was as expected
    static std::expected<std::unique_ptr<LabClient>, std::string> start(DescriptorDispatcher& dispatcher,
                                                                        const Config& config,
                                                                        std::function<void(const LabLine&)> onLine,
                                                                        std::function<void(const ProcessEnd&)> onEnd);
    ~LabClient();
    LabClient(const LabClient&) = delete;
    LabClient& operator=(const LabClient&) = delete;

    void order(const LabOrder& order);
    [[nodiscard]] pid_t pid() const { return m_process->pid(); }

private:
    LabClient() = default;

    std::unique_ptr<LineChannel> m_channel;
    std::unique_ptr<Process> m_process;
};

} // namespace kolam::lab
