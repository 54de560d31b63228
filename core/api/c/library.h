// SPDX-License-Identifier: GPL-3.0-or-later
// The one library of a process that uses the C API, between rsp_initialize() and rsp_cleanup().
// Next door: core.h and descriptors.h, what it holds; info.cpp, the settings.
#pragma once

#include "core/api/c/core.h"
#include "core/api/c/descriptors.h"
#include "core/base/address.h"
#include "core/telemetry/csp_reporter.h"
#include "kolam/instance.h"

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
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
    /// Under which this program reports its status, when it reports; 0: it has not become anything yet.
    [[nodiscard]] std::uint64_t cspIdentifier() const { return m_cspIdentifier; }
    /// It has become an element or a user: if settings say so, it reports its status from now on. The first call
    /// counts.
    void report(std::uint64_t group, std::uint64_t object);

    /// Basic Mode: what this program has registered, by pool and identifier; on the library's thread only.
    std::map<std::pair<std::string, std::uint32_t>, std::unique_ptr<api::Registration>> registrations;

    struct Reporting {
        std::uint64_t identifier = 0;            // 0: as it becomes
        std::optional<TransportAddress> monitor; // none: does not report
        Duration interval{};
    };
    Library(std::shared_ptr<Core> core, Reporting reporting)
        : m_core(std::move(core))
        , m_reporting(std::move(reporting))
        , m_cspIdentifier(m_reporting.identifier) {}

private:
    void end();

    std::shared_ptr<Core> m_core;
    Reporting m_reporting;
    std::atomic<std::uint64_t> m_cspIdentifier;
    std::unique_ptr<telemetry::CspReporter> m_reporter; // on the library's thread only
    bool m_reports = false;                             // the same
    Descriptors m_descriptors;
    std::mutex m_lock; // guards what follows
    std::vector<std::weak_ptr<ElementRole>> m_elements;
};

/// Settings of the C++ API from those of the C API and the environment. Errors: EINVAL.
[[nodiscard]] Outcome<api::Settings> settingsOf(const rsp_info& info);
/// Errors: EINVAL.
[[nodiscard]] Outcome<Library::Reporting> reportingOf(const rsp_info& info);
/// What a program tells of itself now: the text that was set last, or else what its sockets are about.
[[nodiscard]] telemetry::CspContent cspContent(Library& library);

} // namespace kolam::rsp
