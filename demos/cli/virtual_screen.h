// SPDX-License-Identifier: GPL-3.0-or-later
// An X server without a screen, for windows that nobody watches. It is a child like the windows themselves, so that
// both go with us, however we go: the script xvfb-run would leave them behind. Next door: demo.cpp.
#pragma once

#include "core/dispatch/dispatcher.h"
#include "demos/lab/process.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace kolam::cli {

class VirtualScreen {
public:
    /// What a window's process needs to find it.
    using Environment = std::vector<std::pair<std::string, std::string>>;
    /// @param folder   the user's own, for its log and its key
    /// @param onReady  called once; without an X server on this host windows draw to nowhere, by Qt's own means
    VirtualScreen(DescriptorDispatcher& dispatcher, const std::filesystem::path& folder,
                  std::function<void(const Environment&)> onReady);
    ~VirtualScreen();
    VirtualScreen(const VirtualScreen&) = delete;
    VirtualScreen& operator=(const VirtualScreen&) = delete;

private:
    [[nodiscard]] bool start();
    void readNumber();
    void ready(const Environment& environment);

    DescriptorDispatcher& m_dispatcher;
    std::filesystem::path m_folder;
    std::function<void(const Environment&)> m_onReady;
    std::unique_ptr<lab::Process> m_server;
    int m_number = -1; // the end of a pipe at which it says which display it is
    std::string m_heard;
    TimerId m_later = TimerId::None;
};

} // namespace kolam::cli
