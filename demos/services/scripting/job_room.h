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
};
struct JobResult {
    Receipt receipt;
    Descriptor output; // may be none
};

class JobRoom {
public:
    virtual ~JobRoom() = default;
    /// `done` is called once, from a later turn, unless the job is destroyed before. The error is a sentence.
    virtual std::expected<std::unique_ptr<Job>, std::string> start(JobOrder order,
                                                                   std::function<void(JobResult)> done) = 0;
};

} // namespace kolam::scripting
