// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/lab/control_server.h"

#include <cerrno>
#include <nlohmann/json.hpp>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <vector>

namespace kolam::lab {

namespace {
constexpr std::size_t maxLine = 4096; // octets; a longer line comes from no window of ours
}

std::expected<std::unique_ptr<ControlServer>, std::error_code>
ControlServer::listen(DescriptorDispatcher& dispatcher, const std::filesystem::path& path,
                      std::function<std::string(const Command&)> onCommand, std::function<std::string()> onConnect) {
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
    std::unique_ptr<ControlServer> server{new ControlServer(dispatcher, descriptor, path)};
    server->m_onCommand = std::move(onCommand);
    server->m_onConnect = std::move(onConnect);
    return server;
}

ControlServer::ControlServer(DescriptorDispatcher& dispatcher, int descriptor, std::filesystem::path path)
    : m_dispatcher(dispatcher)
    , m_descriptor(descriptor)
    , m_path(std::move(path)) {
    m_dispatcher.watch(m_descriptor, Interest::Read, [this](Readiness) { accept(); });
}

ControlServer::~ControlServer() {
    while (!m_clients.empty()) {
        disconnect(m_clients.begin()->first);
    }
    m_dispatcher.unwatch(m_descriptor);
    ::close(m_descriptor);
    ::unlink(m_path.c_str());
}

void ControlServer::broadcast(const std::string& lines) {
    std::vector<int> deaf;
    for (const auto& [descriptor, partial] : m_clients) {
        if (!sendTo(descriptor, lines)) {
            deaf.push_back(descriptor);
        }
    }
    for (const int descriptor : deaf) {
        disconnect(descriptor);
    }
}

void ControlServer::accept() {
    const int client = ::accept4(m_descriptor, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (client < 0) {
        return;
    }
    m_clients.emplace(client, std::string{});
    m_dispatcher.watch(client, Interest::Read, [this, client](Readiness) { readFrom(client); });
    if (!sendTo(client, m_onConnect())) {
        disconnect(client);
    }
}

void ControlServer::readFrom(int descriptor) {
    char buffer[maxLine];
    const ssize_t count = ::recv(descriptor, buffer, sizeof buffer, 0);
    if (count <= 0) {
        if (count == 0 || (errno != EAGAIN && errno != EINTR)) {
            disconnect(descriptor);
        }
        return;
    }
    m_clients[descriptor].append(buffer, static_cast<std::size_t>(count));
    while (true) {
        const auto client = m_clients.find(descriptor); // a command may have disconnected it
        if (client == m_clients.end()) {
            return;
        }
        const std::size_t end = client->second.find('\n');
        if (end == std::string::npos) {
            if (client->second.size() > maxLine) {
                disconnect(descriptor);
            }
            return;
        }
        const std::string line = client->second.substr(0, end);
        client->second.erase(0, end + 1);
        handleLine(descriptor, line);
    }
}

void ControlServer::handleLine(int descriptor, std::string_view line) {
    const auto json = nlohmann::json::parse(line, nullptr, false);
    std::string error;
    if (!json.is_object() || !json.contains("cmd") || !json["cmd"].is_string()) {
        error = "not a command";
    } else {
        Command command;
        command.name = json["cmd"].get<std::string>();
        if (json.contains("element") && json["element"].is_string()) {
            command.element = json["element"].get<std::string>();
        }
        if (json.contains("component") && json["component"].is_string()) {
            command.component = json["component"].get<std::string>();
        }
        if (json.contains("done") && json["done"].is_number()) {
            command.done = json["done"].get<double>();
        }
        error = m_onCommand(command);
    }
    if (!error.empty() && m_clients.contains(descriptor)) {
        static_cast<void>(sendTo(descriptor, nlohmann::json{{"event", "error"}, {"text", error}}.dump() + "\n"));
    }
}

bool ControlServer::sendTo(int descriptor, const std::string& lines) {
    return ::send(descriptor, lines.data(), lines.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(lines.size());
}

void ControlServer::disconnect(int descriptor) {
    m_dispatcher.unwatch(descriptor);
    ::close(descriptor);
    m_clients.erase(descriptor);
}

} // namespace kolam::lab
