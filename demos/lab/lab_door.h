// SPDX-License-Identifier: GPL-3.0-or-later
// Where windows come to a lab that they have not started: a Unix socket, 0600 in a folder of the user's own, so that
// who can open it could signal the processes anyhow. Next door: lab_service.h, who speaks with those that come.
#pragma once

#include "core/dispatch/dispatcher.h"

#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <system_error>

namespace kolam::lab {

class LabDoor {
public:
    /// @param onVisitor  gets the descriptor of each, which is its own
    static std::expected<std::unique_ptr<LabDoor>, std::error_code>
    open(DescriptorDispatcher& dispatcher, const std::filesystem::path& path, std::function<void(int)> onVisitor);
    ~LabDoor();
    LabDoor(const LabDoor&) = delete;
    LabDoor& operator=(const LabDoor&) = delete;

private:
    LabDoor(DescriptorDispatcher& dispatcher, int descriptor, std::filesystem::path path,
            std::function<void(int)> onVisitor);

    DescriptorDispatcher& m_dispatcher;
    int m_descriptor;
    std::filesystem::path m_path;
    std::function<void(int)> m_onVisitor;
};

} // namespace kolam::lab
