// SPDX-License-Identifier: GPL-3.0-or-later
// CalcApp as a service of a pool: a server that pretends to compute jobs (octet for octet as rsplib's elements do), and
// writes down how busy it was. Next door: calc_server.h decides; demos/users/calcapp sends jobs.
#pragma once

#include "core/base/log.h"
#include "core/node/service.h"
#include "core/node/timer.h"
#include "demos/services/calcapp/calc_server.h"
#include "demos/services/calcapp/result_file.h"

#include <string>
#include <unordered_map>

namespace kolam::calcapp {

struct CalcServiceOptions {
    CalcServerOptions server;
    double cleanShutdownProbability = 1.0; // that users get a last cookie when the element leaves
    std::uint32_t sessions = 1024;         // at a time, with a job or without
    // What is in the files of results, besides numbers.
    std::string object = "scenario.calcapppoolelement[0]";
    std::uint32_t processId = 0;
    std::uint32_t elementId = 0;
};

class CalcService final : public Service {
public:
    /// All must outlive the service, and the service its sessions. `vector`: may be none.
    CalcService(Dispatcher& dispatcher, Log& log, const CalcServiceOptions& options,
                std::unique_ptr<ResultFile> vector = nullptr);
    ~CalcService() override;
    CalcService(const CalcService&) = delete;
    CalcService& operator=(const CalcService&) = delete;

    std::unique_ptr<ServiceSession> open(SessionLink& link) override;
    [[nodiscard]] double load() const override;
    void onLeave() override;

    /// The scalars as of now, ready to be written.
    [[nodiscard]] std::string scalars();
    [[nodiscard]] const CalcServer::Statistics& statistics() const { return m_server.statistics(); }
    [[nodiscard]] const ProcessorSharing& processor() const { return m_server.processor(); }

private:
    class Session;
    void deliver(const CalcServer::Input& input);
    void perform(const CalcServer::Action& action);
    void noteCompletion(std::uint32_t jobsLeft);

    Dispatcher& m_dispatcher;
    Log& m_log;
    CalcServiceOptions m_options;
    TimePoint m_begin;
    CalcServer m_server;
    Timer m_timer;
    VectorFile m_vector;
    std::unordered_map<std::uint64_t, Session*> m_sessions; // by number
    std::uint64_t m_lastSession = 0;
};

} // namespace kolam::calcapp
