// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/telemetry/registrar_snapshot.h"

#include "core/telemetry/event_fields.h"

#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace kolam::telemetry {

namespace {

using fields::dump;
using fields::Json;
using nlohmann::json;

// ---- Writing -------------------------------------------------------------------------------------------------------

Json toJson(const RegistrarPeer& peer) {
    Json result{{"id", toText(peer.id)}};
    if (!peer.address.ips.empty()) {
        result["enrp"] = toText(peer.address);
    }
    if (peer.contact) {
        result["state"] = peer.contact->state;
        result["extensions"] = peer.contact->extensions;
        result["connected"] = peer.contact->connected;
        result["in_sync"] = peer.contact->inSync;
        result["silent_ms"] = peer.contact->silentFor / std::chrono::milliseconds{1};
    }
    result["elements"] = peer.elements;
    return result;
}

Json toJson(const RegistrarSummary& summary) {
    Json result{{"kolam", "registrar"}, {"version", snapshotVersion}, {"id", toText(summary.id)}};
    if (summary.pid != 0) {
        result["pid"] = summary.pid;
    }
    if (summary.asap) {
        result["asap"] = toText(*summary.asap);
    }
    if (summary.enrp) {
        result["enrp"] = toText(*summary.enrp);
    }
    result["serving"] = summary.serving;
    result["element_count"] = summary.elements;
    result["pool_count"] = summary.pools;
    result["own_element_count"] = summary.ownElements;
    result["peers"] = Json::array();
    for (const RegistrarPeer& peer : summary.peers) {
        result["peers"].push_back(toJson(peer));
    }
    return result;
}

Json toJson(const wire::Policy& policy) {
    Json result{{"name", wire::toText(policy.type)}, {"type", static_cast<std::uint32_t>(policy.type)}};
    const wire::PolicyWords words = wire::policyWords(policy.type);
    using Word = wire::PolicyWords::Word;
    for (const auto& [word, name, value] :
         {std::tuple{Word::Weight, "weight", policy.weight}, std::tuple{Word::Load, "load", policy.load},
          std::tuple{Word::Degradation, "degradation", policy.degradation},
          std::tuple{Word::PenaltyFactor, "penalty_factor", policy.penaltyFactor},
          std::tuple{Word::PenaltyFactor, "distance", policy.distance}}) {
        if (words.has(word)) {
            result[name] = value;
        }
    }
    return result;
}

Json toJson(const wire::PoolElement& element) {
    const wire::TransportParameter& user = element.userTransport;
    Json result{{"id", toText(element.identifier)},
                {"owner", toText(element.homeRegistrar)},
                {"protocol", toText(user.protocol)},
                {"address", toText(TransportAddress{user.addresses, user.port})},
                {"control_channel", user.use == wire::TransportUse::DataPlusControl},
                {"life_ms", element.life.count()},
                {"policy", toJson(element.policy)}};
    if (element.life == wire::endlessLife) {
        result["life_ms"] = nullptr;
    }
    return result;
}

Json toJson(const wire::PoolEntry& pool) {
    Json result{{"pool", toText(pool.poolHandle)}};
    if (toText(pool.poolHandle) != pool.poolHandle.value) { // for programs: exactly
        std::string octets;
        for (const char octet : pool.poolHandle.value) {
            octets += fmt::format("{:02x}", static_cast<unsigned char>(octet));
        }
        result["octets"] = std::move(octets);
    }
    result["elements"] = Json::array();
    for (const wire::PoolElement& element : pool.elements) {
        result["elements"].push_back(toJson(element));
    }
    return result;
}

// ---- Reading: whatever is wrong is thrown as one exception, and told as one sentence -------------------------------

struct Unreadable {
    std::string what;
};

template <typename Id>
Id readId(const json& value) {
    const auto& text = value.get_ref<const std::string&>();
    std::uint32_t number = 0;
    const bool marked = text.starts_with("0x");
    const char* const end = text.data() + text.size();
    if (!marked || std::from_chars(text.data() + 2, end, number, 16).ptr != end) {
        throw Unreadable{"no identifier such as 0x0000002a"};
    }
    return Id{number};
}

TransportAddress readAddress(const json& value) {
    auto address = TransportAddress::parse(value.get_ref<const std::string&>(), 0);
    if (!address) {
        throw Unreadable{"no address"};
    }
    return std::move(*address);
}

wire::TransportProtocol readProtocol(const json& value) {
    using enum wire::TransportProtocol;
    for (const auto protocol : {Dccp, Sctp, Tcp, Udp, UdpLite, Opaque}) {
        if (toText(protocol) == value.get_ref<const std::string&>()) {
            return protocol;
        }
    }
    throw Unreadable{"no transport protocol"};
}

RegistrarPeer readPeer(const json& from) {
    RegistrarPeer peer;
    peer.id = readId<ServerId>(from.at("id"));
    if (from.contains("enrp")) {
        peer.address = readAddress(from.at("enrp"));
    }
    if (from.contains("state")) {
        peer.contact = {.state = from.at("state").get<std::string>(),
                        .extensions = from.at("extensions").get<bool>(),
                        .connected = from.at("connected").get<bool>(),
                        .inSync = from.at("in_sync").get<bool>(),
                        .silentFor = std::chrono::milliseconds{from.at("silent_ms").get<std::int32_t>()}};
    }
    peer.elements = from.at("elements").get<std::size_t>();
    return peer;
}

RegistrarSummary readSummary(const json& from) {
    if (from.at("kolam").get_ref<const std::string&>() != "registrar") {
        throw Unreadable{"another kind of component"};
    }
    if (const int version = from.at("version").get<int>(); version != snapshotVersion) {
        throw Unreadable{fmt::format("version {} is not known here", version)};
    }
    RegistrarSummary summary;
    summary.id = readId<ServerId>(from.at("id"));
    summary.pid = from.value("pid", std::uint32_t{0});
    if (from.contains("asap")) {
        summary.asap = readAddress(from.at("asap"));
    }
    if (from.contains("enrp")) {
        summary.enrp = readAddress(from.at("enrp"));
    }
    summary.serving = from.at("serving").get<bool>();
    summary.elements = from.at("element_count").get<std::size_t>();
    summary.pools = from.at("pool_count").get<std::size_t>();
    summary.ownElements = from.at("own_element_count").get<std::size_t>();
    for (const json& peer : from.at("peers")) {
        summary.peers.push_back(readPeer(peer));
    }
    return summary;
}

wire::PoolElement readElement(const json& from) {
    wire::PoolElement element;
    element.identifier = readId<PeIdentifier>(from.at("id"));
    element.homeRegistrar = readId<ServerId>(from.at("owner"));
    TransportAddress address = readAddress(from.at("address"));
    element.userTransport.protocol = readProtocol(from.at("protocol"));
    element.userTransport.port = address.port;
    element.userTransport.addresses = std::move(address.ips);
    element.userTransport.use =
        from.at("control_channel").get<bool>() ? wire::TransportUse::DataPlusControl : wire::TransportUse::DataOnly;
    const json& life = from.at("life_ms");
    element.life = life.is_null() ? wire::endlessLife : wire::RegistrationLife{life.get<std::uint32_t>()};
    const json& policy = from.at("policy");
    element.policy.type = static_cast<wire::PolicyType>(policy.at("type").get<std::uint32_t>());
    element.policy.weight = policy.value("weight", 0u);
    element.policy.load = policy.value("load", 0u);
    element.policy.degradation = policy.value("degradation", 0u);
    element.policy.penaltyFactor = policy.value("penalty_factor", 0u);
    element.policy.distance = policy.value("distance", 0u);
    return element;
}

PoolHandle readHandle(const json& from) {
    if (!from.contains("octets")) {
        return PoolHandle{from.at("pool").get<std::string>()};
    }
    const auto& text = from.at("octets").get_ref<const std::string&>();
    PoolHandle handle;
    for (std::size_t at = 0; at + 1 < text.size(); at += 2) {
        unsigned char octet = 0;
        if (std::from_chars(text.data() + at, text.data() + at + 2, octet, 16).ptr != text.data() + at + 2) {
            throw Unreadable{"no pool handle"};
        }
        handle.value += static_cast<char>(octet);
    }
    return handle;
}

struct Reader {
    RegistrarSnapshot snapshot;
    std::size_t elements = 0;
    bool begun = false;
    bool ended = false;

    void line(const json& line) {
        if (line.contains("error")) {
            throw Unreadable{"the component says: " + line.at("error").get<std::string>()};
        }
        if (!begun) {
            snapshot.summary = readSummary(line);
            begun = true;
        } else if (line.contains("pool")) {
            PoolHandle handle = readHandle(line);
            if (snapshot.pools.empty() || snapshot.pools.back().poolHandle != handle) {
                snapshot.pools.emplace_back().poolHandle = std::move(handle);
            }
            for (const json& element : line.at("elements")) {
                snapshot.pools.back().elements.push_back(readElement(element));
                ++elements;
            }
        } else if (line.contains("end")) {
            ended = line.at("elements").get<std::size_t>() == elements;
        }
    }
};

} // namespace

std::string_view toText(wire::TransportProtocol protocol) {
    switch (protocol) {
    case wire::TransportProtocol::Dccp: return "DCCP";
    case wire::TransportProtocol::Sctp: return "SCTP";
    case wire::TransportProtocol::Tcp: return "TCP";
    case wire::TransportProtocol::Udp: return "UDP";
    case wire::TransportProtocol::UdpLite: return "UDP-Lite";
    case wire::TransportProtocol::Opaque: break;
    }
    return "opaque";
}

std::string snapshotQuery(Detail detail) {
    return dump({{"query", detail == Detail::Everything ? "snapshot" : "summary"}, {"version", snapshotVersion}});
}

std::expected<Detail, std::string> readSnapshotQuery(std::string_view line) {
    const json query = json::parse(line, nullptr, false);
    const auto text = [&](const char* key) {
        return query.is_object() && query.contains(key) && query.at(key).is_string() ? query.at(key).get<std::string>()
                                                                                     : std::string{};
    };
    if (!query.is_object() || query.value("version", json{}) != snapshotVersion) {
        return std::unexpected(fmt::format("a query is one line such as {}, of version {}",
                                           snapshotQuery(Detail::Everything), snapshotVersion));
    }
    if (text("query") == "snapshot") {
        return Detail::Everything;
    }
    if (text("query") == "summary") {
        return Detail::Summary;
    }
    return std::unexpected("the queries are snapshot and summary");
}

std::string summaryLine(const RegistrarSummary& summary) {
    return dump(toJson(summary));
}

std::string poolLine(const wire::PoolEntry& part) {
    return dump(toJson(part));
}

std::string endLine(std::size_t elements) {
    return dump({{"end", true}, {"elements", elements}});
}

std::expected<RegistrarSnapshot, std::string> readSnapshot(std::string_view lines) {
    Reader reader;
    std::size_t number = 0;
    try {
        while (!lines.empty()) {
            ++number;
            const std::size_t end = std::min(lines.find('\n'), lines.size());
            reader.line(json::parse(lines.substr(0, end)));
            lines.remove_prefix(std::min(end + 1, lines.size()));
        }
    } catch (const json::exception&) {
        return std::unexpected(fmt::format("line {} of the answer cannot be read", number));
    } catch (const Unreadable& unreadable) {
        return std::unexpected(fmt::format("line {} of the answer: {}", number, unreadable.what));
    }
    if (!reader.ended) {
        return std::unexpected("the answer is not complete");
    }
    return std::move(reader.snapshot);
}

std::string toJson(const RegistrarSnapshot& snapshot) {
    Json document = toJson(snapshot.summary);
    document["pools"] = Json::array();
    for (const wire::PoolEntry& pool : snapshot.pools) {
        document["pools"].push_back(toJson(pool));
    }
    return dump(document);
}

std::string toJson(const std::vector<RegistrarSummary>& summaries) {
    Json document{{"version", snapshotVersion}, {"registrars", Json::array()}};
    for (const RegistrarSummary& summary : summaries) {
        document["registrars"].push_back(toJson(summary));
    }
    return dump(document);
}

} // namespace kolam::telemetry
