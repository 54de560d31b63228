// SPDX-License-Identifier: GPL-3.0-or-later
// What an Instance is made of: settings in the core's words, and the pool users that its sessions share.
// Next door: instance.cpp, session.cpp, server.cpp, registration.cpp.
#pragma once

#include "core/base/log.h"
#include "core/node/component.h"
#include "core/node/profile.h"
#include "core/node/registrar_line.h"
#include "core/node/user_node.h"
#include "kolam/instance.h"

#include <list>
#include <memory>

namespace kolam::api {

/// The core's log, handed to the application.
class SettingsLog final : public Log {
public:
    explicit SettingsLog(std::function<void(LogLevel, std::string_view)> sink) : m_sink(std::move(sink)) {}
    void write(kolam::LogLevel level, std::string_view line) override {
        if (m_sink) {
            m_sink(static_cast<LogLevel>(level), line);
        }
    }
    [[nodiscard]] bool wants(kolam::LogLevel) const override { return static_cast<bool>(m_sink); }

private:
    std::function<void(LogLevel, std::string_view)> m_sink;
};

struct [[gnu::visibility("hidden")]] Instance::Impl {
    Impl(EventLoop& eventLoop, const Settings& settings) : loop(eventLoop), log(settings.log) {}

    /// The pool user for sessions of this liveness; opened when it is asked for first, so that servers have none.
    Result<UserNode*> user(const Liveness& liveness);
    /// The association to a registrar that all registrations with these addresses share; a process may have many.
    Result<std::shared_ptr<RegistrarLine>> line(const std::vector<IpAddress>& ips);
    /// Makes one more server or user of this program visible; it is to be opened when its node stands.
    [[nodiscard]] std::unique_ptr<Component> component();
    /// "echo_server (libkolam 0.1.0)"
    [[nodiscard]] static std::string program();
    /// What a report of CSP says of all of its pool users together.
    [[nodiscard]] telemetry::CspContent cspContent() const;
    /// The profile with another liveness.
    [[nodiscard]] Profile profileFor(const Liveness& liveness) const;
    /// Own addresses, or those that are asked for. Errors: BadArgument, BeyondLoopback.
    [[nodiscard]] Result<std::vector<IpAddress>> hostsFor(const std::vector<std::string>& hosts) const;

    EventLoop& loop;
    SettingsLog log;
    Profile profile;
    RegistrarSources sources;
    std::vector<IpAddress> hosts;
    std::string scope;
    bool beyondLoopback = false;

private:
    struct User {
        Liveness liveness;
        std::unique_ptr<Component> component; // outlives the node, which tells it what happens
        std::unique_ptr<UserNode> node;
    };
    std::list<User> m_users;
    std::vector<std::pair<std::vector<IpAddress>, std::weak_ptr<RegistrarLine>>> m_lines; // by addresses
};

/// The profile whose registrations last as long as somebody wants; 0: as they are.
[[nodiscard]] Profile withLife(Profile profile, Duration renewal, Duration life);

} // namespace kolam::api
