// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/services/scripting/runner/checkpoints.h"

#include "core/base/octets.h"
#include "demos/services/scripting/descriptor.h"
#include "demos/services/scripting/sandbox.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <poll.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>

namespace kolam::scripting {

namespace {

bool writeAll(int descriptor, OctetView octets) {
    while (!octets.empty()) {
        const ssize_t written = ::write(descriptor, octets.data(), octets.size());
        if (written < 0 && errno != EINTR) {
            return false; // nobody takes it any more
        }
        octets = octets.subspan(written > 0 ? static_cast<std::size_t>(written) : 0);
    }
    return true;
}

/// The names in a batch of events, the last one being the newest checkpoint.
std::vector<std::string> namesIn(OctetView events) {
    std::vector<std::string> names;
    while (events.size() >= sizeof(inotify_event)) {
        inotify_event event{};
        std::memcpy(&event, events.data(), sizeof event);
        const OctetView name = events.subspan(sizeof event, event.len);
        names.emplace_back(reinterpret_cast<const char*>(name.data())); // it ends with zeros
        events = events.subspan(sizeof event + event.len);
    }
    return names;
}

} // namespace

std::expected<bool, std::string> Checkpoints::unpackLast() {
    struct stat status{};
    if (::fstat(resumeDescriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        return false;
    }
    if (::mkdir(resumeName, 0700) != 0) {
        return std::unexpected("the work package has a file .kolam-resume, where the checkpoint should go");
    }
    const auto unpacked = unpack(resumeDescriptor, resumeName, m_limits);
    ::close(resumeDescriptor);
    if (!unpacked) {
        return std::unexpected("the checkpoint: " + unpacked.error());
    }
    return true;
}

void Checkpoints::watch() {
    if (::mkdir(checkpointsName, 0700) == 0) {
        m_events = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
        ::inotify_add_watch(m_events, checkpointsName, IN_MOVED_TO | IN_ONLYDIR | IN_DONT_FOLLOW);
    }
}

void Checkpoints::handOutUntilEnd(pid_t script) {
    const Descriptor process{static_cast<int>(::syscall(SYS_pidfd_open, script, 0))};
    std::array<pollfd, 2> sources{
        {{.fd = process.get(), .events = POLLIN, .revents = 0}, {.fd = m_events, .events = POLLIN, .revents = 0}}};
    while (process.ok()) {
        if (::poll(sources.data(), sources.size(), -1) < 0 && errno != EINTR) {
            return;
        }
        if (sources[0].revents != 0) {
            return; // whoever has ended needs no checkpoint
        }
        if (sources[1].revents != 0) {
            handOut();
        }
    }
}

/// Of several that have come meanwhile only the last is of use.
void Checkpoints::handOut() {
    alignas(inotify_event) std::array<std::byte, 16'384> octets;
    const ssize_t got = ::read(m_events, octets.data(), octets.size());
    if (got <= 0) {
        return;
    }
    const auto names = namesIn(OctetView{octets}.first(static_cast<std::size_t>(got)));
    for (const std::string& name : names) {
        const std::string path = std::string{checkpointsName} + "/" + name;
        if (name == names.back()) {
            send(path);
        }
        std::error_code error;
        std::filesystem::remove_all(path, error);
    }
}

void Checkpoints::send(const std::string& folder) {
    struct stat status{};
    if (::lstat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) {
        return;
    }
    const Descriptor archive{::memfd_create("kolam-checkpoint", MFD_CLOEXEC)};
    if (!archive.ok() || !pack({.folder = folder}, archive.get(), m_limits)) {
        return;
    }
    if (::fstat(archive.get(), &status) != 0 || static_cast<std::uint64_t>(status.st_size) > m_longest) {
        m_tooLong = true;
        return;
    }
    std::array<std::byte, 8> header{};
    writeBigEndian(std::span<std::byte>{header}, 0, static_cast<std::uint64_t>(status.st_size));
    bool goesOut = writeAll(checkpointDescriptor, header);
    std::array<std::byte, 65'536> octets;
    ::lseek(archive.get(), 0, SEEK_SET);
    for (ssize_t got = 0; goesOut && (got = ::read(archive.get(), octets.data(), octets.size())) > 0;) {
        goesOut = writeAll(checkpointDescriptor, OctetView{octets}.first(static_cast<std::size_t>(got)));
    }
}

} // namespace kolam::scripting
