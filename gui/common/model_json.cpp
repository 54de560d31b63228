// SPDX-License-Identifier: GPL-3.0-or-later
// A model as JSON, with the words of events. Next door: core/telemetry/event_fields.h, the words.
#include "core/telemetry/event_fields.h"
#include "gui/common/model.h"

namespace kolam::gui {

using namespace telemetry;
using fields::Json;
using fields::Writer;

namespace {

constexpr std::array presenceWords{"here", "silent", "crashed", "left"};
constexpr std::array stageWords{"opening", "connecting", "established", "waiting", "failing_over"};
constexpr std::array<const char*, failoverSteps> stepWords{"gone",       "detected",   "reported", "heard",  "removed",
                                                           "reselected", "connecting", "cookie",   "resumed"};

Json json(const SessionView& session) {
    return {{"pool", toText(session.pool)},       {"stage", stageWords[static_cast<std::size_t>(session.stage)]},
            {"element", toText(session.element)}, {"why", session.why},
            {"since_ns", session.since.value},    {"failovers", session.failovers}};
}

template <typename Map, typename Make>
Json list(const Map& map, const char* key, Make&& make) {
    Json all = Json::array();
    for (const auto& [number, value] : map) {
        Json item = make(value);
        item[key] = number;
        all.push_back(std::move(item));
    }
    return all;
}

Json json(const ComponentView& component) {
    Json object{{"presence", presenceWords[static_cast<std::size_t>(component.presence)]},
                {"reports_only", component.reportsOnly},
                {"conflicting", component.conflicting},
                {"told", component.told},
                {"status", component.status},
                {"since_ns", component.since.value},
                {"heard_ns", component.heard.value}};
    object["reported"] = Json::array();
    for (const ComponentId other : component.reported) {
        object["reported"].push_back(toText(other));
    }
    object["introduction"] = Writer::json(component.introduction);
    object["state"] = Writer::json(component.state);
    if (component.load) {
        object["load"] = Writer::json(*component.load);
    }
    if (component.counted) {
        object["counted"] = Writer::json(*component.counted);
    }
    object["faults"] = list(component.faults, "fault", [](const auto& fault) { return Writer::json(fault); });
    object["associations"] = list(component.associations, "association",
                                  [](const auto& peer) { return Json{{"peer", Writer::json(peer)}}; });
    object["sessions"] = list(component.sessions, "session", [](const auto& session) { return json(session); });
    Json peers = Json::object();
    for (const auto& [peer, silent] : component.peers) {
        peers[toText(peer)] = silent ? "silent" : "heard";
    }
    object["peers"] = std::move(peers);
    return object;
}

Json json(const ElementView& element) {
    Json object = Writer::json(element.facts);
    Json registrars = Json::array();
    Json homes = Json::object();
    for (const auto& [registrar, home] : element.listedBy) {
        registrars.push_back(toText(registrar));
        homes[toText(registrar)] = toText(home);
    }
    object["listed_by"] = std::move(registrars);
    object["homes"] = std::move(homes);
    object["unequal_since_ns"] = element.unequalSince ? Json(element.unequalSince->value) : Json(nullptr);
    object["reports"] = element.reports;
    object["removed"] = element.removed ? Json(std::string{toText(*element.removed)}) : Json(nullptr);
    object["since_ns"] = element.since.value;
    return object;
}

Json json(const Failover& failover) {
    Json object{{"story", toText(failover.story)},
                {"user", toText(failover.user)},
                {"session", failover.session},
                {"pool", toText(failover.pool)},
                {"failed", toText(failover.failed)},
                {"next", toText(failover.next)},
                {"reason", std::string{toText(failover.reason)}},
                {"how", failover.how ? Json(std::string{toText(*failover.how)}) : Json(nullptr)},
                {"took_ns", failover.took ? Json(failover.took->count()) : Json(nullptr)},
                {"cookie_octets", failover.cookieOctets},
                {"tries", failover.tries},
                {"redone", failover.redone},
                {"unit", failover.unit}};
    Json times = Json::object();
    for (std::size_t step = 0; step < failoverSteps; ++step) {
        if (failover.times[step]) {
            times[stepWords[step]] = failover.times[step]->value;
        }
    }
    object["times_ns"] = std::move(times);
    return object;
}

Json json(const Takeover& takeover) {
    return {{"target", toText(takeover.target)},
            {"by", toText(takeover.by)},
            {"elements", takeover.elements},
            {"acknowledged", takeover.acknowledged},
            {"began_ns", takeover.began.value},
            {"ended_ns", takeover.ended ? Json(takeover.ended->value) : Json(nullptr)}};
}

} // namespace

std::string toJson(const Model& model) {
    Json object{{"now_ns", model.now().value}, {"events", model.events()}, {"lost", model.lost()}};
    const Agreement& agreement = model.agreement();
    object["agreement"] = {{"unequal", agreement.unequal},
                           {"since_ns", agreement.since.value},
                           {"last_ns", agreement.last.count()},
                           {"longest_ns", agreement.longest.count()},
                           {"times", agreement.times}};
    Json components = Json::object();
    for (const auto& [id, component] : model.components()) {
        components[toText(id)] = json(component);
    }
    object["components"] = std::move(components);
    Json elements = Json::array();
    for (const auto& [id, element] : model.elements()) {
        elements.push_back(json(element));
    }
    object["elements"] = std::move(elements);
    object["failovers"] = Json::array();
    for (const Failover& failover : model.failovers()) {
        object["failovers"].push_back(json(failover));
    }
    object["takeovers"] = Json::array();
    for (const Takeover& takeover : model.takeovers()) {
        object["takeovers"].push_back(json(takeover));
    }
    return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::uint64_t hashOf(const Model& model) {
    // FNV-1a: to compare, not to protect.
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char octet : toJson(model)) {
        hash = (hash ^ static_cast<unsigned char>(octet)) * 0x100000001b3;
    }
    return hash;
}

} // namespace kolam::gui
