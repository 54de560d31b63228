// SPDX-License-Identifier: GPL-3.0-or-later
// Scripting as a service of a pool: users upload work packages, have them run, and download the results (octet for
// octet the protocol of rsplib's elements). Next door: script_session.h serves one user; job_room.h, where the work is
// done.
#pragma once

#include "core/base/authorizer.h"
#include "core/base/log.h"
#include "core/dispatch/dispatcher.h"
#include "core/node/service.h"
#include "demos/services/common/slots.h"
#include "demos/services/scripting/environment_cache.h"
#include "demos/services/scripting/job_room.h"

#include <cstdint>
#include <string>

namespace kolam::scripting {

using namespace std::chrono_literals;

/// The names are those of rsplib's options.
struct ScriptServiceOptions {
    std::uint32_t capacity = 1;           // jobs at a time; more are told so
    Duration transmitTimeout = 30s;       // a user that neither sends nor takes anything for so long loses its session
    Duration keepAliveInterval = 15s;     // while its job runs, it is asked for a sign of life after so long
    Duration keepAliveTimeout = 10s;      // and its job ends when it has not answered for so long
    std::uint64_t maxUpload = 64U << 20U; // octets of a work package or an environment
    std::uint64_t maxCheckpoint = 16U << 20U; // octets of one that a user brings along
    std::string host;                         // said to users
    PoolHandle pool;                          // whose work it does
};

class ScriptService final : public Service {
public:
    /// All must outlive the service, and the service its sessions.
    ScriptService(Dispatcher& dispatcher, Log& log, JobRoom& jobs, EnvironmentCache& environments,
                  Authorizer& authorizer, const ScriptServiceOptions& options);

    std::unique_ptr<ServiceSession> open(SessionLink& link) override;
    [[nodiscard]] double load() const override { return m_slots.load(); }
    [[nodiscard]] std::uint32_t features() const override;

    struct Statistics {
        std::uint64_t jobs = 0; // started
        std::uint64_t done = 0;
        std::uint64_t checkpoints = 0; // handed to users
        std::uint64_t turnedAway = 0;  // because there was no room
        std::uint64_t denied = 0;      // because they may not have work done here
        std::uint64_t aborted = 0;     // because of what their users sent, or did not take
    };
    [[nodiscard]] const Statistics& statistics() const { return m_statistics; }

private:
    friend class ScriptSession;
    Dispatcher& m_dispatcher;
    Log& m_log;
    JobRoom& m_jobs;
    EnvironmentCache& m_environments;
    Authorizer& m_authorizer;
    ScriptServiceOptions m_options;
    services::Slots m_slots;
    Statistics m_statistics;
};

} // namespace kolam::scripting
