// SPDX-License-Identifier: GPL-3.0-or-later
// Does jobs in boxes, one process tree each. Next door: sandbox.h, the box; script_service.h, whose jobs they are.
#pragma once

#include "core/dispatch/dispatcher.h"
#include "demos/services/scripting/job_room.h"
#include "demos/services/scripting/sandbox.h"

#include <string>

namespace kolam::scripting {

class ScriptWorkshop final : public JobRoom {
public:
    /// The dispatcher must outlive it. Whether a box can be made here is asked of checkSandbox().
    ScriptWorkshop(DescriptorDispatcher& dispatcher, Confinement confinement, std::string runner,
                   const JobLimits& limits)
        : m_dispatcher(dispatcher)
        , m_confinement(confinement)
        , m_runner(std::move(runner))
        , m_limits(limits) {}

    std::expected<std::unique_ptr<Job>, std::string> start(JobOrder order, JobEvents events) override;

private:
    class Folder;
    class BoxedJob;
    DescriptorDispatcher& m_dispatcher;
    Confinement m_confinement;
    std::string m_runner;
    JobLimits m_limits;
};

} // namespace kolam::scripting
