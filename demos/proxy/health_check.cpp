// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/proxy/health_check.h"

#include <cctype>
#include <cerrno>
#include <fmt/format.h>
#include <sys/socket.h>

namespace kolam::proxy {

namespace {
constexpr std::size_t statusLine = 12; // "HTTP/1.1 200"
}

std::optional<HttpPlace> readHttpPlace(std::string_view text) {
    constexpr std::string_view scheme = "http://";
    if (!text.starts_with(scheme)) {
        return std::nullopt;
    }
    text.remove_prefix(scheme.size());
    const std::size_t slash = std::min(text.find('/'), text.size());
    const auto server = TransportAddress::parse(text.substr(0, slash), 80);
    std::string path{text.substr(slash)};
    for (const char character : path) {
        if (static_cast<unsigned char>(character) <= 0x20) {
            return std::nullopt; // a request has no second line of somebody else
        }
    }
    if (!server || server->ips.size() != 1) {
        return std::nullopt;
    }
    return HttpPlace{*server, path.empty() ? "/" : path};
}

HealthCheck::HealthCheck(DescriptorDispatcher& dispatcher, const HealthOptions& options,
                         std::function<void(bool)> changed)
    : m_dispatcher(dispatcher)
    , m_options(options)
    , m_changed(std::move(changed))
    , m_next(dispatcher, [this] { ask(); })
    , m_limit(dispatcher, [this] { answered(false); }) {
    m_next.arm(dispatcher.now());
}

HealthCheck::~HealthCheck() {
    if (m_server.ok()) {
        m_dispatcher.unwatch(m_server.get());
    }
}

void HealthCheck::ask() {
    m_limit.arm(m_dispatcher.now() + m_options.timeout);
    m_connecting = std::make_unique<Connecting>(m_dispatcher, m_options.server, m_options.timeout,
                                                [this](std::expected<Socket, std::error_code> server) {
                                                    const auto over = std::move(m_connecting); // it is calling us
                                                    if (!server || m_options.path.empty()) {
                                                        answered(server.has_value());
                                                    } else {
                                                        request(std::move(*server));
                                                    }
                                                });
}

void HealthCheck::request(Socket server) {
    const std::string text =
        fmt::format("GET {} HTTP/1.0\r\nHost: {}\r\nUser-Agent: kolam\r\nConnection: close\r\n\r\n", m_options.path,
                    toText(m_options.server));
    if (::send(server.get(), text.data(), text.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(text.size())) {
        return answered(false);
    }
    m_answer.clear();
    m_server = std::move(server);
    m_dispatcher.watch(m_server.get(), Interest::Read, [this](Readiness) { read(); });
}

void HealthCheck::read() {
    std::array<char, 512> octets;
    const ssize_t got = ::recv(m_server.get(), octets.data(), octets.size(), 0);
    if (got < 0 && errno == EAGAIN) {
        return;
    }
    if (got > 0) {
        m_answer.append(octets.data(), static_cast<std::size_t>(got));
    }
    if (m_answer.size() >= statusLine || got <= 0) {
        const bool good = m_answer.size() >= statusLine && m_answer.starts_with("HTTP/1.") &&
                          (m_answer[9] == '2' || m_answer[9] == '3');
        answered(good);
    }
}

void HealthCheck::answered(bool good) {
    m_limit.stop();
    m_next.arm(m_dispatcher.now() + m_options.interval); // never two questions at a time
    m_connecting.reset();
    if (m_server.ok()) {
        m_dispatcher.unwatch(m_server.get());
        m_server = Socket{};
    }
    m_bad = good ? 0 : m_bad + 1;
    const bool well = good || (m_well.value_or(false) && m_bad < m_options.fall);
    if (m_well != well) {
        m_well = well;
        m_changed(well);
    }
}

} // namespace kolam::proxy
