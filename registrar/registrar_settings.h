// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that can be set about kolam-registrar, with its defaults. Next door: main.cpp, which acts on it;
// programs/common/settings.h, which reads options and files.
#pragma once

#include "core/node/access.h"
#include "core/node/registrar_node.h"
#include "programs/common/component_options.h"
#include "programs/common/settings.h"
#include "programs/common/transport_choice.h"
#include "registrar/peer_names.h"

#include <optional>
#include <string>
#include <vector>

namespace kolam {

struct RegistrarSettings {
    RegistrarNode::Config node;
    bool asapPortGiven = false; // else the next free one will do
    bool enrpPortGiven = false;
    std::vector<PeerName> peers;
    std::vector<AccessRule> allow;
    std::vector<AccessRule> deny;
    programs::TransportChoice transport = programs::TransportChoice::Auto;
    bool insecureLan = false;
    ComponentOptions component; // for whoever watches
    LogLevel logLevel = LogLevel::Info;
    std::string logFile; // empty: standard error

    RegistrarSettings();
    RegistrarSettings(const RegistrarSettings&) = delete; // the readers point into it
    RegistrarSettings& operator=(const RegistrarSettings&) = delete;

    /// Declares the settings; they are stored here when they are read.
    void declare(programs::Settings& settings);
    /// What is left to settle after reading: the profile with its single overrides, and who may reach us.
    [[nodiscard]] std::expected<void, std::string> settle();

private:
    void declareMesh(programs::Settings& settings);
    [[nodiscard]] std::expected<void, std::string> checkReach();

    std::optional<Profile> m_profile;
    std::optional<Duration> m_announceInterval;
    std::optional<Duration> m_keepAliveInterval;
    std::optional<Duration> m_keepAliveTimeout;
    std::optional<std::uint16_t> m_maxUnreachableReports;
    std::optional<TransportAddress> m_asap;
    bool m_noEnrp = false;
    std::optional<Duration> m_peerHeartbeat;
    std::optional<Duration> m_peerLastHeard;
    std::optional<Duration> m_peerNoResponse;
    std::optional<Duration> m_takeoverExpiry;
    std::optional<Duration> m_mentorDiscovery;
};

} // namespace kolam
