// SPDX-License-Identifier: GPL-3.0-or-later
// Next door: registrar_settings.h says what for.
#include "registrar/registrar_settings.h"

#include "core/wire/asap.h"

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
programs::Setter announceReader(RegistrarNode::Announce& announce) {
    return [&announce](std::string_view text) -> std::expected<void, std::string> {
        if (const auto yes = programs::readSwitch(text)) {
            announce.enabled = *yes;
            return {};
        }
        const auto group = TransportAddress::parse(text, wire::asapPort);
        if (!group || group->ips.size() != 1 || !group->ips.front().isMulticast() || group->port == 0) {
            return std::unexpected(std::string{"must be on, off, or a multicast group such as 239.0.0.50:3863"});
        }
        announce = {true, group->ips.front(), group->port};
        return {};
    };
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

RegistrarSettings::RegistrarSettings() = default;

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
                 "where elements and users reach it; default: port 3863 of 127.0.0.1, or of all with --insecure-lan",
                 into<TransportAddress>(m_asap, programs::readAddress, wire::asapPort));
    settings.add("announce", "on|off|GROUP:PORT", "announce itself by multicast; default: 239.0.0.50:3863",
                 announceReader(node.announce));
    settings.add("transport", "auto|user|kernel", "which SCTP carries associations; default: auto",
                 into<programs::TransportChoice>(transport, programs::readTransportChoice));
    settings.addSwitch("insecure-lan", "serve other hosts, although nobody is authenticated", insecureLan);
    settings.add("minimum-scope", "SCOPE", "of elements' addresses: loopback, site-local or global; default: loopback",
                 choiceReader<AddressScope>(node.minimumScope,
                                            {{"loopback", AddressScope::Loopback},
                                             {"site-local", AddressScope::SiteLocal},
                                             {"global", AddressScope::Global}},
                                            "loopback, site-local or global"));

    settings.add("profile", "NAME", "set of timers: rsplib, rfc or demo; default: rsplib",
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

    settings.add("log-level", "LEVEL", "debug, info, warning or error; default: info",
                 into<LogLevel>(logLevel, programs::readLogLevel));
    settings.add("log-file", "FILE", "instead of standard error; SIGHUP opens it anew",
                 [this](std::string_view text) -> std::expected<void, std::string> {
                     logFile = text;
                     return {};
                 });
    settings.check([this] { return settle(); });
}

std::expected<void, std::string> RegistrarSettings::settle() {
    node.profile = m_profile.value_or(rsplibProfile());
    node.profile.announceInterval = m_announceInterval.value_or(node.profile.announceInterval);
    node.profile.elementKeepAliveInterval = m_keepAliveInterval.value_or(node.profile.elementKeepAliveInterval);
    node.profile.elementKeepAliveTimeout = m_keepAliveTimeout.value_or(node.profile.elementKeepAliveTimeout);
    node.profile.maxUnreachableReports = m_maxUnreachableReports.value_or(node.profile.maxUnreachableReports);
    const std::vector<IpAddress> everywhere;
    const std::vector<IpAddress> thisHostOnly{IpAddress::v4(127, 0, 0, 1)};
    node.asap = m_asap.value_or(TransportAddress{insecureLan ? everywhere : thisHostOnly, wire::asapPort});
    const bool reachesOthers =
        node.asap.ips.empty() || std::ranges::any_of(node.asap.ips, [](const IpAddress& address) {
            return address.scope() != AddressScope::Loopback;
        });
    node.loopbackOnly = !reachesOthers;
    if (reachesOthers && !insecureLan) {
        return std::unexpected(fmt::format("will not serve at {}: other hosts reach that address, and nobody is "
                                           "authenticated yet; --insecure-lan does it all the same",
                                           toText(node.asap)));
    }
    return {};
}

} // namespace kolam
