// SPDX-License-Identifier: GPL-3.0-or-later
// Peers that are named in the configuration: by address, or by a name whose addresses are asked for again and again,
// on a thread of its own, because whoever answers for names may take seconds. Next door: main.cpp, which tells the
// registrar what was found.
#pragma once

#include "core/base/address.h"
#include "core/base/log.h"
#include "core/base/time.h"
#include "core/dispatch/dispatcher.h"

#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kolam {

/// "10.0.0.1:9901" or "registrar1.example.org"; exactly one of address and host is set.
struct PeerName {
    TransportAddress address; // no ips: ask for the name
    std::string host;
    std::uint16_t port = 0;
    /// The error is the end of a sentence.
    [[nodiscard]] static std::expected<PeerName, std::string> parse(std::string_view text, std::uint16_t defaultPort);
};

/// All addresses of a name; the error is a reason. Blocks.
using AskForName = std::function<std::expected<std::vector<IpAddress>, std::string>(const std::string& host)>;
[[nodiscard]] std::expected<std::vector<IpAddress>, std::string> askForName(const std::string& host);

class PeerNames {
public:
    struct Config {
        std::vector<PeerName> peers;
        std::vector<IpAddress> own; // addresses of other families than these, or further away, cannot be reached
        bool loopbackOnly = true;
        Duration interval = std::chrono::seconds{30};
        AskForName ask = askForName;
    };
    using Found = std::function<void(std::vector<TransportAddress>)>;

    /// Calls `found` in turns of the dispatcher: first with the addresses that need no asking, then after each change.
    /// Dispatcher and log must outlive it.
    PeerNames(Dispatcher& dispatcher, Log& log, Config config, Found found);
    ~PeerNames(); // does not wait for who is asking still
    PeerNames(const PeerNames&) = delete;
    PeerNames& operator=(const PeerNames&) = delete;

private:
    using Answer = std::expected<std::vector<IpAddress>, std::string>;
    struct Line; // from the thread to us, until one of us is gone

    void ask();
    void askOnThread(std::vector<std::string> hosts);
    void answered(std::map<std::string, Answer> answers);
    [[nodiscard]] bool reachable(const IpAddress& address) const;
    [[nodiscard]] std::vector<TransportAddress> all() const;

    Dispatcher& m_dispatcher;
    Log& m_log;
    Config m_config;
    Found m_found;
    std::map<std::string, std::vector<IpAddress>> m_known; // kept while nobody answers
    std::map<std::string, std::string> m_trouble;          // told once
    std::vector<TransportAddress> m_told;
    TimerId m_timer = TimerId::None;
    std::shared_ptr<Line> m_line;
};

} // namespace kolam
