// SPDX-License-Identifier: GPL-3.0-or-later
// The one library of a process that uses the C API, between rsp_initialize() and rsp_cleanup().
// Next door: core.h and descriptors.h, what it holds; info.cpp, the settings.
#pragma once

#include "core/api/c/core.h"
#include "core/api/c/descriptors.h"
#include "kolam/instance.h"

#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace kolam::rsp {

class Library {
public:
    /// Errors: ENETDOWN, before rsp_initialize() and after rsp_cleanup().
    [[nodiscard]] static Outcome<std::shared_ptr<Library>> get();
    /// Errors: EINVAL, EACCES, EBUSY, and those of the system.
    [[nodiscard]] static Outcome<void> start(const rsp_info* info);
    static void stop();

    [[nodiscard]] const std::shared_ptr<Core>& core() const { return m_core; }
    [[nodiscard]] Descriptors& descriptors() { return m_descriptors; }
    /// Errors: EBADF; ENOTSOCK, a mapped descriptor.
    [[nodiscard]] static Outcome<std::shared_ptr<Socket>> socket(int number);
    /// So that it ends with the library, even when it has no descriptor any more.
    void remember(const std::shared_ptr<ElementRole>& element);
    [[nodiscard]] std::uint64_t cspIdentifier() const { return m_cspIdentifier; }

    /// Basic Mode: what this program has registered, by pool and identifier; on the library's thread only.
    std::map<std::pair<std::string, std::uint32_t>, std::unique_ptr<api::Registration>> registrations;

    explicit Library(std::shared_ptr<Core> core, std::uint64_t cspIdentifier)
        : m_core(std::move(core))
        , m_cspIdentifier(cspIdentifier) {}

private:
    void end();

    std::shared_ptr<Core> m_core;
    std::uint64_t m_cspIdentifier;
    Descriptors m_descriptors;
    std::mutex m_lock; // guards what follows
    std::vector<std::weak_ptr<ElementRole>> m_elements;
};

/// Settings of the C++ API from those of the C API and the environment. Errors: EINVAL.
[[nodiscard]] Outcome<api::Settings> settingsOf(const rsp_info& info);

} // namespace kolam::rsp
