// SPDX-License-Identifier: GPL-3.0-or-later
// Next door: registrar_settings.h says what for.
#include "registrar/registrar_settings.h"

#include "core/wire/asap.h"
#include "core/wire/enrp.h"

#include <algorithm>
#include <fmt/format.h>

namespace kolam {

using namespace std::chrono_literals;
using programs::into;
using programs::readDuration;
using programs::readNumber;
using Times = programs::Settings::Times;

namespace {

constexpr std::uint64_t most32 = 0xffffffff;

/// "on", "off", or GROUP:PORT.
programs::Setter groupReader(MulticastGroup& announce) {
    const TransportAddress usual{{announce.group}, announce.port};
    return [&announce, usual](std::string_view text) -> std::expected<void, std::string> {
        if (const auto yes = programs::readSwitch(text)) {
            announce.enabled = *yes;
            return {};
        }
        const auto group = TransportAddress::parse(text, usual.port);
        if (!group || group->ips.size() != 1 || !group->ips.front().isMulticast() || group->port == 0) {
            return std::unexpected(fmt::format("must be on, off, or a multicast group such as {}", toText(usual)));
        }
        announce = {true, group->ips.front(), group->port};
        return {};
    };
}

/// Where to listen, and whether the port was given or is only the usual one.
template <typename Target>
programs::Setter listenReader(Target& target, bool& portGiven, std::uint16_t usualPort) {
    return [&target, &portGiven, usualPort](std::string_view text) -> std::expected<void, std::string> {
        auto address = programs::readAddress(text, usualPort);
        if (!address) {
            return std::unexpected(std::move(address.error()));
        }
        const auto other = static_cast<std::uint16_t>(usualPort + 1);
        portGiven = TransportAddress::parse(text, other)->port != other || address->port == other;
        target = std::move(*address);
        return {};
    };
}

bool reachesOthers(const std::vector<IpAddress>& addresses) {
    return addresses.empty() || std::ranges::any_of(addresses, [](const IpAddress& address) {
               return address.scope() != AddressScope::Loopback;
           });
}

programs::Setter ruleReader(std::vector<AccessRule>& rules) {
    return [&rules](std::string_view text) -> std::expected<void, std::string> {
        auto rule = AccessRule::parse(text);
        if (!rule) {
            return std::unexpected("must be a rule: " + rule.error());
        }
        rules.push_back(std::move(*rule));
        return {};
    };
}

template <typename Choice>
programs::Setter choiceReader(Choice& target, std::vector<std::pair<std::string_view, Choice>> choices,
                              std::string_view wanted) {
    return [&target, choices, wanted](std::string_view text) -> std::expected<void, std::string> {
        const auto choice = std::ranges::find(choices, text, [](const auto& entry) { return entry.first; });
        if (choice == choices.end()) {
            return std::unexpected(fmt::format("must be {}", wanted));
        }
        target = choice->second;
        return {};
    };
}

} // namespace

RegistrarSettings::RegistrarSettings() {
    node.mesh.emplace().enrp.port = wire::enrpPort;
}

void RegistrarSettings::declare(programs::Settings& settings) {
    asap::RegistrarLimits& limits = node.limits;
    const auto count = [](std::size_t& target) { return into<std::uint64_t>(target, readNumber, 0, most32); };

    settings.add("id", "ID", "identifier of this registrar, not 0; default: random",
                 [this](std::string_view text) -> std::expected<void, std::string> {
                     const auto id = readNumber(text, 1, most32);
                     if (!id) {
                         return std::unexpected(id.error());
                     }
                     node.id = ServerId{static_cast<std::uint32_t>(*id)};
                     return {};
                 });
    settings.add("asap", "ADDRESS:PORT",
                 "where elements and users reach it; default: port 3863, or the next free one, of 127.0.0.1, or of "
                 "all with --insecure-lan",
                 listenReader(m_asap, asapPortGiven, wire::asapPort));
    settings.add("announce", "on|off|GROUP:PORT", "announce itself by multicast; default: 239.0.0.50:3863",
                 groupReader(node.announce));
    settings.add("transport", "auto|user|kernel", "which SCTP carries associations; default: auto",
                 into<programs::TransportChoice>(transport, programs::readTransportChoice));
    settings.addSwitch("insecure-lan", "serve other hosts, although nobody is authenticated", insecureLan);
    settings.add("minimum-scope", "SCOPE", "of elements' addresses: loopback, site-local or global; default: loopback",
                 choiceReader<AddressScope>(node.minimumScope,
                                            {{"loopback", AddressScope::Loopback},
                                             {"site-local", AddressScope::SiteLocal},
                                             {"global", AddressScope::Global}},
                                            "loopback, site-local or global"));

    settings.add("profile", "NAME", "set of timers: rsplib, rfc, demo or fast; default: rsplib",
                 into<Profile>(m_profile, programs::readProfile));
    settings.add("announce-interval", "TIME", "between two announcements",
                 into<Duration>(m_announceInterval, readDuration, 10ms, 1h));
    settings.add("keep-alive-interval", "TIME", "between two questions to an element whether it is alive",
                 into<Duration>(m_keepAliveInterval, readDuration, 10ms, 1h));
    settings.add("keep-alive-timeout", "TIME", "after which a silent element is removed",
                 into<Duration>(m_keepAliveTimeout, readDuration, 10ms, 1h));
    settings.add("max-unreachable-reports", "N", "reporters that shorten the patience with a silent element",
                 into<std::uint64_t>(m_maxUnreachableReports, readNumber, 1, 1000));
    settings.add("default-items", "N", "elements in an answer to a user that names no number; default: 3",
                 into<std::uint64_t>(node.handlespace.defaultItems, readNumber, 1, 128));
    settings.add("max-items", "N", "elements in an answer at most; default: 128",
                 into<std::uint64_t>(node.handlespace.maxItems, readNumber, 1, 128));

    declareMesh(settings);

    settings.add("allow", "RULE", "let only these: \"register,deregister pool=Class/* from=10.0.0.0/8\"",
                 ruleReader(allow), Times::Many);
    settings.add("deny", "RULE", "keep these out; wins over --allow", ruleReader(deny), Times::Many);

    settings.add("max-associations", "N", "connected elements and users; default: 10000; 0 here and below: no limit",
                 count(limits.associations));
    settings.add("max-associations-per-host", "N", "of one address, loopback exempt; default: 64",
                 count(limits.associationsPerHost));
    settings.add("max-elements", "N", "default: 100000", count(limits.elements));
    settings.add("max-elements-per-association", "N", "default: 64", count(limits.elementsPerAssociation));
    settings.add("max-elements-per-pool", "N", "default: 1024", count(limits.elementsPerPool));
    settings.add("max-pools-per-association", "N", "default: 16", count(limits.poolsPerAssociation));
    settings.add("max-registrations", "RATE", "per element and second/burst; default: 20/100",
                 into<RateLimit>(limits.registrations, programs::readRate));
    settings.add("max-resolutions", "RATE", "per association and second/burst; default: 200/1000",
                 into<RateLimit>(limits.resolutions, programs::readRate));
    settings.add("max-unreachable-rate", "RATE", "reports per association and second/burst; default: 10/50",
                 into<RateLimit>(limits.unreachableReports, programs::readRate));

    settings.add("scope", "NAME", "in which viewers on this host find it; default: default",
                 into<std::string>(component.scope, programs::readScope));
    settings.add("csp-server", "ADDRESS:PORT", "a monitor that gets status reports; default: CSP_SERVER, or none",
                 into<TransportAddress>(component.cspServer, programs::readCspServer));
    settings.add("csp-interval", "TIME", "between two status reports; default: CSP_INTERVAL, or 1s",
                 into<Duration>(component.cspInterval, programs::readCspInterval));
    settings.add("record", "NAME", "record what happens in NAME.kolam.pcapng; one that is there goes on",
                 [this](std::string_view text) -> std::expected<void, std::string> {
                     component.record = text;
                     return {};
                 });
    settings.add("log-level", "LEVEL", "debug, info, warning or error; default: info",
                 into<LogLevel>(logLevel, programs::readLogLevel));
    settings.add("log-file", "FILE", "instead of standard error; SIGHUP opens it anew",
                 [this](std::string_view text) -> std::expected<void, std::string> {
                     logFile = text;
                     return {};
                 });
    settings.check([this] { return settle(); });
}

/// What concerns its peers, the other registrars.
void RegistrarSettings::declareMesh(programs::Settings& settings) {
    RegistrarMesh& mesh = *node.mesh;
    const auto time = [&settings](std::string name, std::string help, std::optional<Duration>& target) {
        settings.add(std::move(name), "TIME", std::move(help), into<Duration>(target, readDuration, 10ms, 1h));
    };
    const auto count = [](std::size_t& target) { return into<std::uint64_t>(target, readNumber, 1, most32); };

    settings.add(
        "enrp", "ADDRESS:PORT",
        "where other registrars reach it; default: port 9901, or the next free one, of the addresses of --asap",
        listenReader(mesh.enrp, enrpPortGiven, wire::enrpPort));
    settings.addSwitch("no-enrp", "be alone: no other registrars", m_noEnrp);
    settings.add("enrp-group", "on|off|GROUP:PORT", "meet other registrars by multicast; default: 239.0.0.51:9901",
                 groupReader(mesh.group));
    settings.add(
        "peer", "HOST:PORT", "another registrar that multicast does not reach; names are asked for again",
        [this](std::string_view text) -> std::expected<void, std::string> {
            auto peer = PeerName::parse(text, wire::enrpPort);
            if (!peer) {
                return std::unexpected(std::move(peer.error()));
            }
            peers.push_back(std::move(*peer));
            return {};
        },
        Times::Many);
    settings.add("arbitration", "rfc|rsplib",
                 "of two that take over a third one, the higher or the lower identifier wins; default: rfc",
                 choiceReader<enrp::Arbitration>(
                     mesh.arbitration, {{"rfc", enrp::Arbitration::Rfc}, {"rsplib", enrp::Arbitration::Rsplib}},
                     "rfc or rsplib"));
    settings.addSwitch("suggest-takeovers", "hand new elements to the registrar whose identifier is nearest to theirs",
                       mesh.suggestTakeovers);
    time("peer-heartbeat", "between two presences of this registrar", m_peerHeartbeat);
    time("peer-last-heard", "after which a silent peer is asked whether it lives", m_peerLastHeard);
    time("peer-no-response", "after which a peer that was asked is dead", m_peerNoResponse);
    time("takeover-expiry", "that others have to agree to a takeover", m_takeoverExpiry);
    time("mentor-discovery", "to look for other registrars at the start", m_mentorDiscovery);
    settings.add("max-peers", "N", "other registrars; default: 256", count(mesh.limits.peers));
    settings.add("max-peer-associations", "N", "connected at the ENRP port; default: 1024",
                 count(mesh.limits.associations));
    settings.add("max-known-elements", "N", "with those of all peers; default: 1000000", count(mesh.limits.elements));
}

std::expected<void, std::string> RegistrarSettings::settle() {
    Profile& profile = node.profile;
    profile = m_profile.value_or(rsplibProfile());
    profile.announceInterval = m_announceInterval.value_or(profile.announceInterval);
    profile.elementKeepAliveInterval = m_keepAliveInterval.value_or(profile.elementKeepAliveInterval);
    profile.elementKeepAliveTimeout = m_keepAliveTimeout.value_or(profile.elementKeepAliveTimeout);
    profile.maxUnreachableReports = m_maxUnreachableReports.value_or(profile.maxUnreachableReports);
    profile.peerHeartbeat = m_peerHeartbeat.value_or(profile.peerHeartbeat);
    profile.peerLastHeard = m_peerLastHeard.value_or(profile.peerLastHeard);
    profile.peerNoResponse = m_peerNoResponse.value_or(profile.peerNoResponse);
    profile.takeoverExpiry = m_takeoverExpiry.value_or(profile.takeoverExpiry);
    profile.mentorDiscovery = m_mentorDiscovery.value_or(profile.mentorDiscovery);
    const std::vector<IpAddress> everywhere;
    const std::vector<IpAddress> thisHostOnly{IpAddress::v4(127, 0, 0, 1)};
    node.asap = m_asap.value_or(TransportAddress{insecureLan ? everywhere : thisHostOnly, wire::asapPort});
    if (m_noEnrp && !peers.empty()) {
        return std::unexpected("peer and no-enrp cannot be had together");
    }
    if (auto checked = checkReach(); !checked) {
        return checked;
    }
    if (m_noEnrp) {
        node.mesh.reset();
    }
    return {};
}

/// Nothing beyond this host without --insecure-lan, because nobody is authenticated yet.
std::expected<void, std::string> RegistrarSettings::checkReach() {
    const std::vector<IpAddress>& enrp = node.mesh->enrp.ips.empty() ? node.asap.ips : node.mesh->enrp.ips;
    const bool far = reachesOthers(enrp) && !m_noEnrp;
    node.loopbackOnly = !reachesOthers(node.asap.ips) && !far;
    if (insecureLan) {
        return {};
    }
    const auto refuse = [](std::string_view what, const TransportAddress& address) {
        return std::unexpected(fmt::format("will not {} {}: other hosts reach that address, and nobody is "
                                           "authenticated yet; --insecure-lan does it all the same",
                                           what, toText(address)));
    };
    if (reachesOthers(node.asap.ips)) {
        return refuse("serve at", node.asap);
    }
    if (far) {
        return refuse("meet peers at", node.mesh->enrp);
    }
    for (const PeerName& peer : peers) {
        if (peer.host.empty() && reachesOthers(peer.address.ips)) {
            return refuse("talk to", peer.address);
        }
    }
    return {};
}

} // namespace kolam
