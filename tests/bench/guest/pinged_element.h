// SPDX-License-Identifier: GPL-3.0-or-later
// An element as a process of its own, to be killed and frozen: sends back what it gets. Next door: failures.h.
#pragma once

#include <CLI/App.hpp>
#include <cstdint>
#include <string>

namespace kolam::guest {

class PingedElement {
public:
    void declare(CLI::App& command);
    /// Serves until it is killed; the exit code.
    [[nodiscard]] int run() const;

private:
    std::string m_registrar;
    std::string m_address;
    std::string m_profile = "rsplib";
    std::uint32_t m_identifier = 1;
    std::uint32_t m_priority = 1;
};

} // namespace kolam::guest
