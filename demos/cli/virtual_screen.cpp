// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/cli/virtual_screen.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <random>
#include <string_view>
#include <unistd.h>

namespace kolam::cli {

namespace {

constexpr const char* xServer = "/usr/bin/Xvfb";
constexpr int numberDescriptor = 3; // in the server

/// Writes a new key as libXau reads it: for every host and display, since only we know the file.
bool writeKey(const std::filesystem::path& file) {
    using namespace std::string_view_literals;
    constexpr std::string_view beginning = "\xff\xff\0\0\0\0"
                                           "\0\x12MIT-MAGIC-COOKIE-1"
                                           "\0\x10"sv;
    std::string entry{beginning};
    std::random_device random;
    for (int octet = 0; octet < 16; ++octet) {
        entry.push_back(static_cast<char>(random() & 0xff));
    }
    std::ofstream out{file, std::ios::binary};
    std::error_code error;
    std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, error);
    out.write(entry.data(), static_cast<std::streamsize>(entry.size()));
    return !error && out.flush().good();
}

} // namespace

VirtualScreen::VirtualScreen(DescriptorDispatcher& dispatcher, const std::filesystem::path& folder,
                             std::function<void(const Environment&)> onReady)
    : m_dispatcher(dispatcher)
    , m_folder(folder)
    , m_onReady(std::move(onReady)) {
    if (!start()) {
        m_later = m_dispatcher.callIn(Duration{}, [this] { ready({{"QT_QPA_PLATFORM", "offscreen"}}); });
    }
}

VirtualScreen::~VirtualScreen() {
    m_dispatcher.cancel(m_later);
    if (m_number >= 0) {
        m_dispatcher.unwatch(m_number);
        ::close(m_number);
    }
}

bool VirtualScreen::start() {
    int ends[2];
    const std::filesystem::path key = m_folder / "Xauthority";
    if (::access(xServer, X_OK) != 0 || !writeKey(key) || ::pipe2(ends, O_CLOEXEC) != 0) {
        return false;
    }
    m_number = ends[0];
    lab::Process::Command command;
    command.program = xServer;
    command.arguments = {
        "-displayfd", std::to_string(numberDescriptor), "-screen", "0", "1920x1200x24", "-nolisten", "tcp", "-auth",
        key.string()};
    command.descriptors = {{ends[1], numberDescriptor}};
    command.log = m_folder / "screen.log";
    auto process = lab::Process::start(m_dispatcher, command, [](const lab::ProcessEnd&) {}); // its windows end, too
    ::close(ends[1]);
    if (!process) {
        return false;
    }
    m_server = std::move(*process);
    m_dispatcher.watch(m_number, Interest::Read, [this](Readiness) { readNumber(); });
    return true;
}

void VirtualScreen::readNumber() {
    std::array<char, 32> buffer{};
    const ssize_t count = ::read(m_number, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) {
        return;
    }
    m_heard.append(buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    const std::size_t end = m_heard.find('\n');
    if (end == std::string::npos && count > 0) {
        return; // the rest of the number comes
    }
    m_dispatcher.unwatch(m_number);
    ::close(std::exchange(m_number, -1));
    if (end == std::string::npos) {
        ready({{"QT_QPA_PLATFORM", "offscreen"}}); // it could not start; its log says why
    } else {
        ready({{"DISPLAY", ":" + m_heard.substr(0, end)},
               {"XAUTHORITY", (m_folder / "Xauthority").string()},
               {"QT_QPA_PLATFORM", "xcb"}});
    }
}

void VirtualScreen::ready(const Environment& environment) {
    m_later = TimerId::None;
    std::exchange(m_onReady, nullptr)(environment);
}

} // namespace kolam::cli
