// SPDX-License-Identifier: GPL-3.0-or-later
#include "registrar/peer_names.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <mutex>
#include <netdb.h>
#include <netinet/in.h>
#include <ranges>
#include <thread>
#include <utility>

namespace kolam {

namespace {

constexpr std::size_t longestName = 253;  // RFC 1035
constexpr std::size_t mostAddresses = 16; // of one name

bool isHostName(std::string_view text) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
               c == '_';
    };
    const bool letters = std::ranges::any_of(text, [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; });
    return !text.empty() && text.size() <= longestName && std::ranges::all_of(text, fits) && letters;
}

std::optional<std::uint16_t> readPort(std::string_view text) {
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    return error == std::errc{} && end == text.data() + text.size() && port != 0 ? std::optional{port} : std::nullopt;
}

IpAddress fromSystem(const sockaddr& address) {
    IpAddress ip;
    if (address.sa_family == AF_INET6) {
        ip.v6 = true;
        std::memcpy(ip.octets.data(), &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr, 16);
    } else {
        std::memcpy(ip.octets.data(), &reinterpret_cast<const sockaddr_in&>(address).sin_addr, 4);
    }
    return ip;
}

} // namespace

std::expected<PeerName, std::string> PeerName::parse(std::string_view text, std::uint16_t defaultPort) {
    if (auto address = TransportAddress::parse(text, defaultPort);
        address && !address->ips.empty() && address->port != 0) {
        return PeerName{std::move(*address), {}, 0};
    }
    const std::size_t colon = std::min(text.find(':'), text.size());
    const auto port = colon == text.size() ? std::optional{defaultPort} : readPort(text.substr(colon + 1));
    if (!port || !isHostName(text.substr(0, colon))) {
        return std::unexpected("must be a registrar such as 10.0.0.1:9901, [2001:db8::1]:9901 or "
                               "registrar.example.org:9901");
    }
    return PeerName{{}, std::string{text.substr(0, colon)}, *port};
}

std::expected<std::vector<IpAddress>, std::string> askForName(const std::string& host) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_DGRAM; // else every address comes once for each type
    addrinfo* list = nullptr;
    if (const int error = ::getaddrinfo(host.c_str(), nullptr, &hints, &list); error != 0) {
        return std::unexpected(error == EAI_SYSTEM ? std::strerror(errno) : ::gai_strerror(error));
    }
    std::vector<IpAddress> addresses;
    for (const addrinfo* entry = list; entry != nullptr; entry = entry->ai_next) {
        if (entry->ai_family == AF_INET || entry->ai_family == AF_INET6) {
            addresses.push_back(fromSystem(*entry->ai_addr));
        }
    }
    ::freeaddrinfo(list);
    return addresses;
}

struct PeerNames::Line {
    std::mutex mutex;
    PeerNames* owner = nullptr; // nothing: nobody listens any more
};

PeerNames::PeerNames(Dispatcher& dispatcher, Log& log, Config config, Found found)
    : m_dispatcher(dispatcher)
    , m_log(log)
    , m_config(std::move(config))
    , m_found(std::move(found))
    , m_line(std::make_shared<Line>()) {
    m_line->owner = this;
    m_timer = dispatcher.callIn({}, [this] {
        answered({});
        ask();
    });
}

PeerNames::~PeerNames() {
    m_dispatcher.cancel(m_timer);
    const std::scoped_lock lock{m_line->mutex};
    m_line->owner = nullptr;
}

void PeerNames::ask() {
    std::vector<std::string> hosts;
    for (const PeerName& peer : m_config.peers) {
        if (!peer.host.empty()) {
            hosts.push_back(peer.host);
        }
    }
    if (hosts.empty()) {
        return;
    }
    try {
        askOnThread(std::move(hosts));
    } catch (const std::system_error& error) {
        m_log.warning("cannot ask for the names of peers: {}", error.code().message());
        m_timer = m_dispatcher.callIn(m_config.interval, [this] { ask(); });
    }
}

void PeerNames::askOnThread(std::vector<std::string> hosts) {
    // Detached: nobody can end a question for a name, and nobody should wait for its answer when the program ends.
    std::thread{[line = m_line, ask = m_config.ask, hosts = std::move(hosts)] {
        std::map<std::string, Answer> answers;
        for (const std::string& host : hosts) {
            answers.emplace(host, ask(host));
        }
        const std::scoped_lock lock{line->mutex};
        if (line->owner != nullptr) {
            line->owner->m_dispatcher.post([line, answers = std::move(answers)]() mutable {
                if (PeerNames* const owner = line->owner) { // its own thread writes it, so no lock
                    owner->answered(std::move(answers));
                    owner->m_timer = owner->m_dispatcher.callIn(owner->m_config.interval, [owner] { owner->ask(); });
                }
            });
        }
    }}.detach();
}

void PeerNames::answered(std::map<std::string, Answer> answers) {
    for (auto& [host, answer] : answers) {
        if (answer) {
            std::erase_if(*answer, [this](const IpAddress& address) { return !reachable(address); });
            std::ranges::sort(*answer); // servers of names give another order each time
            answer->resize(std::min(answer->size(), mostAddresses));
        }
        const std::string trouble = !answer           ? answer.error()
                                    : answer->empty() ? std::string{"none of its addresses can be reached from here"}
                                                      : std::string{};
        if (trouble.empty()) {
            m_known[host] = std::move(*answer);
            m_trouble.erase(host);
        } else if (std::exchange(m_trouble[host], trouble) != trouble) {
            m_log.warning("peer {}: {}; asks again every {} s", host, trouble,
                          m_config.interval / std::chrono::seconds{1});
        }
    }
    if (std::vector<TransportAddress> now = all(); now != m_told) {
        m_told = now;
        m_found(std::move(now));
    }
}

bool PeerNames::reachable(const IpAddress& address) const {
    return (!m_config.loopbackOnly || address.scope() == AddressScope::Loopback) &&
           std::ranges::any_of(m_config.own, [&](const IpAddress& own) { return own.v6 == address.v6; });
}

std::vector<TransportAddress> PeerNames::all() const {
    std::vector<TransportAddress> addresses;
    for (const PeerName& peer : m_config.peers) {
        if (peer.host.empty()) {
            addresses.push_back(peer.address);
        } else if (const auto known = m_known.find(peer.host); known != m_known.end()) {
            // One name may stand for several registrars, so each address is a peer; two of one registrar do no harm.
            for (const IpAddress& ip : known->second) {
                addresses.push_back({{ip}, peer.port});
            }
        }
    }
    return addresses;
}

} // namespace kolam
