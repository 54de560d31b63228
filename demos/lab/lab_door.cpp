// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/lab/lab_door.h"

#include <cerrno>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace kolam::lab {

std::expected<std::unique_ptr<LabDoor>, std::error_code>
LabDoor::open(DescriptorDispatcher& dispatcher, const std::filesystem::path& path, std::function<void(int)> onVisitor) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.native().size() >= sizeof address.sun_path) {
        return std::unexpected(std::make_error_code(std::errc::filename_too_long));
    }
    path.native().copy(address.sun_path, path.native().size());
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    ::unlink(path.c_str());
    const mode_t mask = ::umask(0177);
    const bool bound = ::bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::umask(mask);
    if (!bound || ::listen(descriptor, 8) != 0) {
        const std::error_code reason{errno, std::generic_category()};
        ::close(descriptor);
        return std::unexpected(reason);
    }
    return std::unique_ptr<LabDoor>{new LabDoor(dispatcher, descriptor, path, std::move(onVisitor))};
}

LabDoor::LabDoor(DescriptorDispatcher& dispatcher, int descriptor, std::filesystem::path path,
                 std::function<void(int)> onVisitor)
    : m_dispatcher(dispatcher)
    , m_descriptor(descriptor)
    , m_path(std::move(path))
    , m_onVisitor(std::move(onVisitor)) {
    m_dispatcher.watch(m_descriptor, Interest::Read, [this](Readiness) {
        const int visitor = ::accept4(m_descriptor, nullptr, nullptr, SOCK_CLOEXEC);
        if (visitor >= 0) {
            m_onVisitor(visitor);
        }
    });
}

LabDoor::~LabDoor() {
    m_dispatcher.unwatch(m_descriptor);
    ::close(m_descriptor);
    ::unlink(m_path.c_str());
}

} // namespace kolam::lab
