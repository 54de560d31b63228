// SPDX-License-Identifier: GPL-3.0-or-later
// The lab's ear for windows: a Unix socket that speaks one JSON object a line.
//   to the lab:    {"cmd":"kill","element":"0x0a000001"}   {"cmd":"restart","element":"0x0a000001"}
//                  {"cmd":"freeze","component":"registrar-0x00000001"}   kill, stop, freeze, restart: of any component
//                  {"cmd":"progress","done":0.42}           (a window says how far its image is)
//   to the window: {"event":"element","id":"0x0a000001","component":"element-0x0a000001","state":"running","pid":4711}
//                  {"event":"registrar","component":"registrar-0x00000001",...}   state: running, frozen, killed
//                  {"event":"error","text":"..."}           (the last command could not be done)
// The socket is 0600 in a directory of the user's own: who can open it could signal the processes anyhow.
#pragma once

#include "core/dispatch/dispatcher.h"

#include <expected>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <system_error>

namespace kolam::lab {

class ControlServer {
public:
    struct Command {
        std::string name;      // kill, stop, freeze, restart, progress
        std::string element;   // "0x0a000001"; empty for progress
        std::string component; // "registrar-0x00000001", instead of an element
        double done = 0;       // progress, 0 to 1
    };
    /// @param onCommand  gets each well-formed command; returns an error text for the window, or an empty one.
    /// @param onConnect  returns the lines that a new window is greeted with (the state of all elements).
    static std::expected<std::unique_ptr<ControlServer>, std::error_code>
    listen(DescriptorDispatcher& dispatcher, const std::filesystem::path& path,
           std::function<std::string(const Command&)> onCommand, std::function<std::string()> onConnect);
    ~ControlServer();
    ControlServer(const ControlServer&) = delete;
    ControlServer& operator=(const ControlServer&) = delete;

    /// Sends whole lines to every window. A window that does not read is disconnected, never waited for.
    void broadcast(const std::string& lines);

private:
    ControlServer(DescriptorDispatcher& dispatcher, int descriptor, std::filesystem::path path);
    void accept();
    void readFrom(int descriptor);
    void handleLine(int descriptor, std::string_view line);
    bool sendTo(int descriptor, const std::string& lines);
    void disconnect(int descriptor);

    DescriptorDispatcher& m_dispatcher;
    int m_descriptor;
    std::filesystem::path m_path;
    std::function<std::string(const Command&)> m_onCommand;
    std::function<std::string()> m_onConnect;
    std::map<int, std::string> m_clients; // what each has sent of an unfinished line
};

} // namespace kolam::lab
