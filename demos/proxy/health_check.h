// SPDX-License-Identifier: GPL-3.0-or-later
// Asks a TCP server again and again whether it is well: by a connection alone, or by an HTTP request.
// Next door: element_proxy.h, which wants to know.
#pragma once

#include "demos/proxy/tcp.h"

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace kolam::proxy {

using namespace std::chrono_literals;

struct HealthOptions {
    TransportAddress server;
    std::string path;       // of an HTTP request; empty: a connection is enough
    Duration interval = 1s; // between two questions
    Duration timeout = 1s;  // for an answer
    std::uint32_t fall = 2; // so many bad answers in a row, and it is ill
};

/// "http://127.0.0.1:8080/health" as an address and a path; nothing when it is something else.
struct HttpPlace {
    TransportAddress server;
    std::string path;
};
[[nodiscard]] std::optional<HttpPlace> readHttpPlace(std::string_view text);

class HealthCheck {
public:
    /// `changed` is told the first answer, and each change from then on.
    HealthCheck(DescriptorDispatcher& dispatcher, const HealthOptions& options, std::function<void(bool well)> changed);
    ~HealthCheck();
    HealthCheck(const HealthCheck&) = delete;
    HealthCheck& operator=(const HealthCheck&) = delete;

    [[nodiscard]] std::optional<bool> well() const { return m_well; }

private:
    void ask();
    void request(Socket server);
    void read();
    void answered(bool good);

    DescriptorDispatcher& m_dispatcher;
    HealthOptions m_options;
    std::function<void(bool)> m_changed;
    std::optional<bool> m_well; // nothing: not known yet
    std::uint32_t m_bad = 0;    // answers in a row
    std::unique_ptr<Connecting> m_connecting;
    Socket m_server;
    std::string m_answer;
    Timer m_next;
    Timer m_limit;
};

} // namespace kolam::proxy
