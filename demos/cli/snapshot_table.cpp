// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/cli/snapshot_table.h"

#include "core/base/counted.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

namespace kolam::cli {

using telemetry::RegistrarPeer;
using telemetry::RegistrarSnapshot;
using telemetry::RegistrarSummary;

namespace {

using Row = std::vector<std::string>;

/// Columns as wide as their longest cell; all but the last one padded.
std::string align(const std::vector<Row>& rows) {
    std::vector<std::size_t> widths;
    for (const Row& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], row[i].size());
        }
    }
    std::string text;
    for (const Row& row : rows) {
        for (std::size_t i = 0; i + 1 < row.size(); ++i) {
            fmt::format_to(std::back_inserter(text), "{:<{}}  ", row[i], widths[i]);
        }
        text += row.back() + '\n';
    }
    return text;
}

std::string orDash(const std::optional<TransportAddress>& address) {
    return address && !(address->ips.empty() && address->port == 0) ? toText(*address) : "-";
}

std::string yesNo(bool yes) {
    return yes ? "yes" : "no";
}

double percent(std::uint32_t fraction) {
    return 100.0 * fraction / 0xffffffff;
}

std::string policyText(const wire::Policy& policy) {
    using Word = wire::PolicyWords::Word;
    const wire::PolicyWords words = wire::policyWords(policy.type);
    std::string text = wire::toText(policy.type);
    if (words.has(Word::Weight)) {
        text += fmt::format(":{}", policy.weight);
    }
    if (words.has(Word::Degradation)) {
        text += fmt::format(":{:.1f}%", percent(policy.degradation));
    }
    return text;
}

std::string loadText(const wire::Policy& policy) {
    if (policy.type == wire::PolicyType::LeastSessions) {
        return counted(policy.load, "session");
    }
    return wire::policyWords(policy.type).has(wire::PolicyWords::Load) ? fmt::format("{:.1f}%", percent(policy.load))
                                                                       : "-";
}

std::string lifeText(wire::RegistrationLife life) {
    return life == wire::endlessLife ? "for ever" : fmt::format("{:.1f}s", life.count() / 1000.0);
}

std::string peersTable(const std::vector<RegistrarPeer>& peers) {
    std::vector<Row> rows{{"PEER", "ENRP", "STATE", "HEARD", "CONNECTED", "IN SYNC", "ELEMENTS"}};
    for (const RegistrarPeer& peer : peers) {
        const auto& contact = peer.contact;
        rows.push_back({toText(peer.id), orDash(peer.address), contact ? contact->state : "-",
                        contact ? fmt::format("{}ms ago", contact->silentFor / std::chrono::milliseconds{1}) : "-",
                        contact ? yesNo(contact->connected) : "-", contact ? yesNo(contact->inSync) : "-",
                        std::to_string(peer.elements)});
    }
    return align(rows);
}

std::string poolsTable(const std::vector<wire::PoolEntry>& pools) {
    std::vector<Row> rows{{"POOL", "POLICY", "ELEMENT", "OWNER", "ADDRESS", "LIFE", "LOAD"}};
    for (const wire::PoolEntry& pool : pools) {
        for (const wire::PoolElement& element : pool.elements) {
            const wire::TransportParameter& user = element.userTransport;
            const std::string address = toText(TransportAddress{user.addresses, user.port});
            rows.push_back({toText(pool.poolHandle), policyText(element.policy), toText(element.identifier),
                            toText(element.homeRegistrar),
                            user.protocol == wire::TransportProtocol::Sctp
                                ? address
                                : fmt::format("{} {}", telemetry::toText(user.protocol), address),
                            lifeText(element.life), loadText(element.policy)});
        }
    }
    return align(rows);
}

} // namespace

std::string toTable(const std::vector<RegistrarSummary>& registrars) {
    std::vector<Row> rows{{"REGISTRAR", "PROCESS", "ASAP", "ENRP", "STATE", "PEERS", "POOLS", "ELEMENTS", "ITS OWN"}};
    for (const RegistrarSummary& one : registrars) {
        rows.push_back({toText(one.id), std::to_string(one.pid), orDash(one.asap), orDash(one.enrp),
                        one.serving ? "serving" : "starting", std::to_string(one.peers.size()),
                        std::to_string(one.pools), std::to_string(one.elements), std::to_string(one.ownElements)});
    }
    return align(rows);
}

std::string toTable(const RegistrarSnapshot& snapshot) {
    const RegistrarSummary& summary = snapshot.summary;
    std::string text = fmt::format("registrar {}", toText(summary.id));
    text += summary.pid != 0 ? fmt::format(", process {}", summary.pid) : "";
    text += summary.asap ? fmt::format(", ASAP {}", toText(*summary.asap)) : "";
    text += summary.enrp ? fmt::format(", ENRP {}", toText(*summary.enrp)) : "";
    text += fmt::format(", {}\n{} in {}, {} of them its own; {}\n", summary.serving ? "serving" : "starting",
                        counted(summary.elements, "element"), counted(summary.pools, "pool"), summary.ownElements,
                        counted(summary.peers.size(), "peer"));
    if (!summary.peers.empty()) {
        text += '\n';
        text += peersTable(summary.peers);
    }
    if (!snapshot.pools.empty()) {
        text += '\n';
        text += poolsTable(snapshot.pools);
    }
    return text;
}

} // namespace kolam::cli
