// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/services/scripting/script_workshop.h"

#include "core/node/timer.h"
#include "demos/lab/process.h"
#include "demos/services/scripting/checkpoint_stream.h"
#include "demos/services/scripting/script_files.h"
#include "demos/services/scripting/system_calls.h"

#include <array>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <optional>
#include <sys/mman.h>

namespace kolam::scripting {

namespace {

constexpr std::uint32_t couldNotRun = 125;
constexpr std::size_t longestReceipt = 4096;

std::string readAll(int descriptor) {
    std::array<std::byte, longestReceipt> octets;
    const std::int64_t got = readAt(descriptor, 0, octets);
    return got > 0 ? std::string{asText(OctetView{octets}.first(static_cast<std::size_t>(got)))} : std::string{};
}

} // namespace

/// A folder for a job without a box; gone with it.
class ScriptWorkshop::Folder {
public:
    Folder() {
        std::error_code error;
        m_name = (std::filesystem::temp_directory_path(error) / "kolam-job.XXXXXX").string();
        if (::mkdtemp(m_name.data()) == nullptr) {
            m_name.clear();
        }
    }
    ~Folder() {
        std::error_code error;
        if (!m_name.empty()) {
            std::filesystem::remove_all(m_name, error);
        }
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] const std::string& name() const { return m_name; }

private:
    std::string m_name;
};

class ScriptWorkshop::BoxedJob final : public Job {
public:
    BoxedJob(ScriptWorkshop& workshop, Descriptor output, Descriptor receipt, JobEvents events)
        : m_workshop(workshop)
        , m_output(std::move(output))
        , m_receipt(std::move(receipt))
        , m_events(std::move(events))
        , m_clock(workshop.m_dispatcher, [this] { outOfTime(); }) {}

    std::string start(const JobOrder& order, int filter) {
        std::array<int, 2> ends{-1, -1};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
            return "no pipe can be made";
        }
        const Descriptor sends{ends[1]};
        m_checkpoints.emplace(m_workshop.m_dispatcher, Descriptor{ends[0]}, m_workshop.m_limits.checkpoint,
                              [this](Descriptor file) { m_events.checkpoint(std::move(file)); });
        if (m_workshop.m_confinement == Confinement::None) {
            m_folder = std::make_unique<Folder>();
        }
        std::vector<std::string> line = jobCommand(m_workshop.m_confinement, m_workshop.m_runner, m_workshop.m_limits,
                                                   order.environment, m_folder ? m_folder->name() : std::string{});
        lab::Process::Command command;
        command.program = line.front();
        command.arguments.assign(line.begin() + 1, line.end());
        command.log = "/dev/null";
        command.descriptors = {{order.package.get(), packageDescriptor},
                               {m_output.get(), outputDescriptor},
                               {m_receipt.get(), receiptDescriptor},
                               {sends.get(), checkpointDescriptor}};
        if (order.checkpoint.ok()) {
            command.descriptors.emplace_back(order.checkpoint.get(), resumeDescriptor);
        }
        if (filter >= 0) {
            command.descriptors.emplace_back(filter, filterDescriptor);
        }
        auto process =
            lab::Process::start(m_workshop.m_dispatcher, command, [this](const lab::ProcessEnd& end) { ended(end); });
        if (!process) {
            return process.error().message();
        }
        m_process = std::move(*process);
        m_clock.arm(m_workshop.m_dispatcher.now() + m_workshop.m_limits.time);
        return {};
    }

private:
    void outOfTime() {
        m_tooLong = true;
        static_cast<void>(m_process->signal(SIGKILL)); // all others in the box die with it
    }
    void ended(const lab::ProcessEnd& end) {
        m_clock.stop();
        JobResult result{.receipt = {}, .output = std::move(m_output)};
        if (auto receipt = readReceipt(readAll(m_receipt.get()))) {
            result.receipt = *receipt;
        } else {
            result.receipt.error = m_tooLong ? "the job took too long" : "the box has failed: " + lab::toText(end);
        }
        if (m_tooLong) {
            result.receipt.limitsHit += "time ";
        }
        if (!result.receipt.error.empty()) {
            result.receipt.exitStatus = couldNotRun;
        }
        m_events.done(std::move(result));
    }

    ScriptWorkshop& m_workshop;
    Descriptor m_output;
    Descriptor m_receipt;
    JobEvents m_events;
    Timer m_clock;
    bool m_tooLong = false;
    std::optional<CheckpointStream> m_checkpoints;
    std::unique_ptr<Folder> m_folder;
    std::unique_ptr<lab::Process> m_process; // first to go
};

std::expected<std::unique_ptr<Job>, std::string> ScriptWorkshop::start(JobOrder order, JobEvents events) {
    Descriptor filter;
    if (m_confinement == Confinement::Sandbox) {
        auto made = systemCallFilter();
        if (!made) {
            return std::unexpected(made.error());
        }
        filter = Descriptor{*made};
    }
    auto output = anonymousFile();
    if (!output) {
        return std::unexpected(output.error());
    }
    Descriptor receipt{::memfd_create("kolam-receipt", MFD_CLOEXEC)};
    if (!receipt.ok() || ::lseek(order.package.get(), 0, SEEK_SET) != 0 ||
        (order.checkpoint.ok() && ::lseek(order.checkpoint.get(), 0, SEEK_SET) != 0)) {
        return std::unexpected("no receipt can be written");
    }
    auto job = std::make_unique<BoxedJob>(*this, std::move(*output), std::move(receipt), std::move(events));
    if (std::string error = job->start(order, filter.get()); !error.empty()) {
        return std::unexpected(std::move(error));
    }
    return job;
}

} // namespace kolam::scripting
