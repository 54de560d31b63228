// SPDX-License-Identifier: GPL-3.0-or-later
// kolam-script-runner: the only program of ours inside the box. It unpacks the work package, runs its "ssrun" within
// its limits, hands out what that has left as its output, and writes a receipt. Started by the scripting service only.
// Next door: sandbox.h, which names its descriptors and arguments; receipt.h, what it writes.
#include "demos/services/scripting/archive.h"
#include "demos/services/scripting/receipt.h"
#include "demos/services/scripting/runner/checkpoints.h"
#include "demos/services/scripting/sandbox.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <optional>
#include <string>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace kolam::scripting;

namespace {

constexpr int couldNotRun = 125;
constexpr const char* outputName = "output"; // the script's first argument

struct Order {
    std::string folder;
    std::string environment;
    JobLimits limits;
};

std::optional<Order> readOrder(int count, char** texts) {
    if (count != 11) {
        return std::nullopt;
    }
    Order order{.folder = texts[1], .environment = texts[2], .limits = {}};
    std::array<std::uint64_t, 8> numbers{};
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const std::string_view text{texts[3 + i]};
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), numbers[i]);
        if (error != std::errc{} || end != text.data() + text.size()) {
            return std::nullopt;
        }
    }
    order.limits.cpuSeconds = numbers[0];
    order.limits.memory = numbers[1];
    order.limits.disk = numbers[2];
    order.limits.output = numbers[3];
    order.limits.processes = static_cast<std::uint32_t>(numbers[4]);
    order.limits.openFiles = static_cast<std::uint32_t>(numbers[5]);
    order.limits.entries = static_cast<std::uint32_t>(numbers[6]);
    order.limits.checkpoint = numbers[7];
    return order;
}

void limit(__rlimit_resource resource, std::uint64_t most) {
    const rlimit value{.rlim_cur = most, .rlim_max = most};
    ::setrlimit(resource, &value);
}

/// In the child: never returns.
[[noreturn]] void runScript(const Order& order, bool resumed) {
    const JobLimits& limits = order.limits;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL); // for those who have no box that takes everything with it
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_CPU, limits.cpuSeconds);
    limit(RLIMIT_AS, limits.memory);
    limit(RLIMIT_FSIZE, limits.disk);
    limit(RLIMIT_NOFILE, limits.openFiles);
    limit(RLIMIT_NPROC, limits.processes);
    // The script says nothing to the server's terminal: what is worth reading it puts into its output.
    const int nothing = ::open("/dev/null", O_RDWR);
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        ::dup2(nothing, descriptor);
    }
    ::close_range(3, ~0U, 0);
    ::setenv("KOLAM_CHECKPOINTS", (order.folder + "/" + checkpointsName).c_str(), 1);
    if (resumed) {
        ::setenv("KOLAM_RESUME", (order.folder + "/" + resumeName).c_str(), 1);
    }
    ::execl("./ssrun", "./ssrun", outputName, order.environment.c_str(), "", "", static_cast<char*>(nullptr));
    ::_exit(126);
}

/// What the script has left as its output, if it is a file and not too long.
std::string copyOutput(std::uint64_t most, Receipt& receipt) {
    const int file = ::open(outputName, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (file < 0) {
        return {}; // none: the user gets an empty file
    }
    struct stat status{};
    if (::fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
        ::close(file);
        return "output is not a file";
    }
    if (static_cast<std::uint64_t>(status.st_size) > most) {
        ::close(file);
        return "output is too long";
    }
    std::array<char, 65'536> octets;
    for (ssize_t got = 0; (got = ::read(file, octets.data(), octets.size())) > 0 && receipt.outputOctets < most;) {
        if (::write(outputDescriptor, octets.data(), static_cast<std::size_t>(got)) != got) {
            break;
        }
        receipt.outputOctets += static_cast<std::uint64_t>(got);
    }
    ::close(file);
    return {};
}

void noteEnd(int status, const rusage& usage, Receipt& receipt) {
    receipt.exitStatus = WIFEXITED(status) ? static_cast<std::uint32_t>(WEXITSTATUS(status))
                                           : 128U + static_cast<std::uint32_t>(WTERMSIG(status));
    const auto microseconds = [](const timeval& time) {
        return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000 + static_cast<std::uint64_t>(time.tv_usec);
    };
    receipt.cpuMilliseconds = (microseconds(usage.ru_utime) + microseconds(usage.ru_stime)) / 1000;
    receipt.memoryKilobytes = static_cast<std::uint64_t>(usage.ru_maxrss);
    if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL)) {
        receipt.limitsHit += WTERMSIG(status) == SIGXCPU ? "cpu " : "killed ";
    }
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXFSZ) {
        receipt.limitsHit += "file-size ";
    }
    struct statvfs disk{};
    if (::statvfs(".", &disk) == 0 && disk.f_bavail == 0) {
        receipt.limitsHit += "disk ";
    }
}

std::string run(const Order& order, Receipt& receipt) {
    const auto unpacked =
        unpack(packageDescriptor, order.folder, {.octets = order.limits.disk, .entries = order.limits.entries});
    if (!unpacked) {
        return unpacked.error();
    }
    receipt.packageOctets = unpacked->octets;
    if (::chdir(order.folder.c_str()) != 0 || ::access("./ssrun", X_OK) != 0) {
        return "the work package has no executable file ssrun";
    }
    Checkpoints checkpoints{{.octets = order.limits.disk, .entries = order.limits.entries}, order.limits.checkpoint};
    const auto resumed = checkpoints.unpackLast();
    if (!resumed) {
        return resumed.error();
    }
    checkpoints.watch();
    const pid_t script = ::fork();
    if (script == 0) {
        runScript(order, *resumed);
    }
    if (script < 0) {
        return fmt::format("no process can be made: {}", std::strerror(errno));
    }
    checkpoints.handOutUntilEnd(script);
    int status = 0;
    rusage usage{};
    while (::wait4(script, &status, 0, &usage) < 0 && errno == EINTR) {
    }
    noteEnd(status, usage, receipt);
    if (checkpoints.tooLong()) {
        receipt.limitsHit += "checkpoint ";
    }
    return copyOutput(order.limits.output, receipt);
}

} // namespace

int main(int count, char** texts) {
    ::prctl(PR_SET_DUMPABLE, 0); // the script must not look into us, or borrow our descriptors
    const std::optional<Order> order = readOrder(count, texts);
    if (!order) {
        fmt::print(stderr, "kolam-script-runner is started by kolam serve script only\n");
        return 2;
    }
    Receipt receipt;
    receipt.error = run(*order, receipt);
    const std::string text = toText(receipt);
    const bool written = ::write(receiptDescriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    return written && receipt.error.empty() ? 0 : couldNotRun;
}
