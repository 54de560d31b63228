// SPDX-License-Identifier: GPL-3.0-or-later
// Where jobs are done: takes a work package, and gives back results and a receipt. Sessions know nothing more of it.
// Next door: script_workshop.h is the real one; tests bring their own.
#pragma once

#include "demos/services/scripting/descriptor.h"
#include "demos/services/scripting/receipt.h"

#include <expected>
#include <functional>
#include <memory>
#include <string>

namespace kolam::scripting {

/// A job that is being done. Destroying it ends it, with all processes that it has made.
class Job {
public:
    virtual ~Job() = default;
};

struct JobOrder {
    Descriptor package;
    std::string environment; // a file; empty: none
    Descriptor checkpoint;   // to go on from; none: from the beginning
};
struct JobResult {
    Receipt receipt;
    Descriptor output; // may be none
};
/// What is told of a job, from later turns, unless it is destroyed before. Not to be destroyed from within.
struct JobEvents {
    std::function<void(JobResult)> done; // once
    std::function<void(Descriptor)> checkpoint;
};

class JobRoom {
public:
    virtual ~JobRoom() = default;
    /// The error is a sentence.
    virtual std::expected<std::unique_ptr<Job>, std::string> start(JobOrder order, JobEvents events) = 0;
};

} // namespace kolam::scripting
