// SPDX-License-Identifier: GPL-3.0-or-later
// Registrars, sessions, and what registrars differ about. Next door: pool_rows.cpp.
#include "gui/common/rows.h"
#include "gui/poolview/pool_rows.h"
#include "gui/poolview/row_cells.h"

#include <algorithm>

namespace kolam::gui {

using telemetry::Role;

namespace {

struct RegistrarRowWords {
    Q_DECLARE_TR_FUNCTIONS(RegistrarRows)
};

/// What registrars know and own, counted in one walk over the elements.
struct Holdings {
    struct Of {
        std::uint64_t known = 0;
        std::uint64_t owned = 0;
        std::uint64_t differs = 0; // elements that it does not have as most others have them
        std::uint64_t words = 0;   // the sum of the checksum
    };
    std::map<ComponentId, Of> all;
};

std::uint64_t wordSumOf(const NodeId& node) {
    // Words of 16 bits in network order; an odd last octet is filled up with zero.
    const auto element = static_cast<std::uint32_t>(telemetry::objectOf(node.component));
    std::uint64_t sum = (element >> 16U) + (element & 0xffffU);
    const std::string& handle = node.pool.value;
    for (std::size_t at = 0; at < handle.size(); ++at) {
        const auto octet = static_cast<std::uint64_t>(static_cast<unsigned char>(handle[at]));
        sum += at % 2 == 0 ? octet << 8U : octet;
    }
    return sum;
}

std::uint16_t folded(std::uint64_t sum) {
    while (sum > 0xffff) {
        sum = (sum & 0xffff) + (sum >> 16U);
    }
    return static_cast<std::uint16_t>(~sum);
}

Holdings holdingsOf(const Model& model) {
    Holdings holdings;
    for (const auto& [node, element] : model.elements()) {
        const std::uint64_t words = wordSumOf(node);
        for (const auto& [registrar, home] : element.listedBy) {
            Holdings::Of& of = holdings.all[registrar];
            ++of.known;
            of.owned += telemetry::componentId(home) == registrar ? 1U : 0U;
            of.words += words;
        }
        if (!element.unequalSince) {
            continue;
        }
        for (const ComponentId teller : model.tellers()) {
            const auto told = element.listedBy.find(teller);
            if (told == element.listedBy.end() || told->second != element.facts.owner) {
                ++holdings.all[teller].differs;
            }
        }
    }
    return holdings;
}

QString hex(std::uint16_t checksum) {
    return QStringLiteral("%1").arg(checksum, 4, 16, QLatin1Char('0'));
}

QString peersText(const ComponentView& registrar) {
    const auto silent = std::ranges::count_if(registrar.peers, [](const auto& peer) { return peer.second; });
    const auto heard = static_cast<std::ptrdiff_t>(registrar.peers.size()) - silent;
    return silent == 0 ? RegistrarRowWords::tr("%n heard", nullptr, static_cast<int>(heard))
                       : RegistrarRowWords::tr("%1 heard, %2 silent").arg(heard).arg(silent);
}

Row registrarRow(const Model& model, ComponentId id, const ComponentView& component, const Holdings& holdings,
                 WallTime now) {
    const NodeId node{id, {}};
    const StateStory story = storyOfState(model, node);
    const auto found = holdings.all.find(id);
    const Holdings::Of of = found == holdings.all.end() ? Holdings::Of{} : found->second;
    const bool tells = model.tellers().contains(id);
    const telemetry::RegistrarCounted counted = component.counted.value_or(telemetry::RegistrarCounted{});
    std::uint64_t takeovers = 0;
    std::optional<Duration> lastTakeover;
    for (const Takeover& takeover : model.takeovers()) {
        if (telemetry::componentId(takeover.by) == id) {
            ++takeovers;
            lastTakeover = takeover.ended ? std::optional{ageOf(takeover.began, *takeover.ended)} : std::nullopt;
        }
    }
    const auto address = component.introduction.addresses.empty()
                             ? QString()
                             : QString::fromStdString(toText(component.introduction.addresses.front()));
    return {.key = keyOf(node),
            .cells = {{nameOf(id), {}},
                      stateCell(story.state),
                      {story.inferred ? QStringLiteral("≈ ") + story.reason : story.reason, {}},
                      {story.teller, {}},
                      ageCell(story.since, now),
                      {peersText(component), QVariant::fromValue<qulonglong>(component.peers.size())},
                      countCell(of.known),
                      countCell(of.owned),
                      tells ? Cell{hex(folded(of.words)), {}} : Cell{},
                      tells ? Cell{of.differs == 0 ? RegistrarRowWords::tr("agrees")
                                                   : RegistrarRowWords::tr("%n element(s) differ", nullptr,
                                                                           static_cast<int>(of.differs)),
                                   QVariant::fromValue<qulonglong>(of.differs)}
                            : Cell{},
                      countCell(counted.registrations),
                      countCell(counted.resolutions),
                      countCell(counted.unreachableReports),
                      countCell(takeovers),
                      lastTakeover ? timeCell(*lastTakeover) : Cell{},
                      {address, {}},
                      {QString::fromStdString(component.introduction.program), {}},
                      {QString::fromStdString(component.introduction.host), {}},
                      component.introduction.pid == 0 ? Cell{} : countCell(component.introduction.pid)},
            .node = node,
            .state = story.state,
            .children = {}};
}

} // namespace

Cell shareCell(double value) {
    return {RegistrarRowWords::tr("%1 %").arg(value * 100, 0, 'f', 0), value};
}

std::uint16_t checksumOf(const Model& model, ComponentId registrar) {
    std::uint64_t sum = 0;
    for (const auto& [node, element] : model.elements()) {
        sum += element.listedBy.contains(registrar) ? wordSumOf(node) : 0;
    }
    return folded(sum);
}

std::vector<Column> registrarColumns() {
    return {
        {.key = "name",
         .heading = RegistrarRowWords::tr("Registrar"),
         .help = RegistrarRowWords::tr("Server identifier of 32 bits (RFC 5353)")},
        {.key = "state",
         .heading = RegistrarRowWords::tr("State"),
         .help = RegistrarRowWords::tr("One of nine; see the chips above")},
        {.key = "reason",
         .heading = RegistrarRowWords::tr("Why"),
         .help = RegistrarRowWords::tr("Why it is in this state; ≈: it follows from what others say"),
         .isSentence = true},
        {.key = "teller",
         .heading = RegistrarRowWords::tr("Says who"),
         .help = RegistrarRowWords::tr("Whose word that is")},
        {.key = "age",
         .heading = RegistrarRowWords::tr("For"),
         .help = RegistrarRowWords::tr("How long it has been so"),
         .isNumber = true,
         .isAge = true},
        {.key = "peers",
         .heading = RegistrarRowWords::tr("Peers"),
         .help = RegistrarRowWords::tr("Other registrars, as it hears their ENRP_PRESENCE (RFC 5353)")},
        {.key = "elements",
         .heading = RegistrarRowWords::tr("Elements"),
         .help = RegistrarRowWords::tr("In its handlespace"),
         .isNumber = true},
        {.key = "owned",
         .heading = RegistrarRowWords::tr("Owns"),
         .help = RegistrarRowWords::tr("Elements whose home it is"),
         .isNumber = true},
        {.key = "checksum",
         .heading = RegistrarRowWords::tr("Checksum"),
         .help = RegistrarRowWords::tr("Over all elements that it knows, computed as the PE checksum of RFC 5353: "
                                       "equal handlespaces have equal ones")},
        {.key = "agreement",
         .heading = RegistrarRowWords::tr("Agreement"),
         .help = RegistrarRowWords::tr("Elements that it does not know, or takes to be another registrar's")},
        {.key = "registrations",
         .heading = RegistrarRowWords::tr("Registrations"),
         .help = RegistrarRowWords::tr("Since it started, repeated ones included"),
         .isNumber = true},
        {.key = "resolutions",
         .heading = RegistrarRowWords::tr("Resolutions"),
         .help = RegistrarRowWords::tr("Questions of users since it started"),
         .isNumber = true},
        {.key = "reports",
         .heading = RegistrarRowWords::tr("Reports"),
         .help = RegistrarRowWords::tr("ASAP_ENDPOINT_UNREACHABLE since it started"),
         .shown = false,
         .isNumber = true},
        {.key = "takeovers",
         .heading = RegistrarRowWords::tr("Takeovers"),
         .help = RegistrarRowWords::tr("Of dead registrars' elements by this one"),
         .isNumber = true},
        {.key = "takeover_time", .heading = RegistrarRowWords::tr("Last one took"), .help = {}, .isNumber = true},
        {.key = "address", .heading = RegistrarRowWords::tr("Address"), .help = {}, .shown = false},
        {.key = "program", .heading = RegistrarRowWords::tr("Program"), .help = {}, .shown = false},
        {.key = "host", .heading = RegistrarRowWords::tr("Host"), .help = {}, .shown = false},
        {.key = "pid", .heading = RegistrarRowWords::tr("Process"), .help = {}, .shown = false, .isNumber = true},
    };
}

std::vector<Row> registrarRows(const Model& model, WallTime now) {
    const Holdings holdings = holdingsOf(model);
    std::vector<Row> rows;
    for (const auto& [id, component] : model.components()) {
        if (telemetry::roleOf(id) == Role::Registrar) {
            rows.push_back(registrarRow(model, id, component, holdings, now));
        }
    }
    return rows;
}

std::vector<Column> sessionColumns() {
    return {
        {.key = "user", .heading = RegistrarRowWords::tr("User"), .help = RegistrarRowWords::tr("Whose session it is")},
        {.key = "session",
         .heading = RegistrarRowWords::tr("Session"),
         .help = RegistrarRowWords::tr("Its number with this user"),
         .isNumber = true},
        {.key = "pool", .heading = RegistrarRowWords::tr("Pool"), .help = {}},
        {.key = "stage", .heading = RegistrarRowWords::tr("State"), .help = {}},
        {.key = "age",
         .heading = RegistrarRowWords::tr("For"),
         .help = RegistrarRowWords::tr("How long it has been so"),
         .isNumber = true,
         .isAge = true},
        {.key = "element",
         .heading = RegistrarRowWords::tr("Element"),
         .help = RegistrarRowWords::tr("Which serves it, is asked to, or was lost")},
        {.key = "failovers",
         .heading = RegistrarRowWords::tr("Failovers"),
         .help = RegistrarRowWords::tr("Of this session"),
         .isNumber = true},
        {.key = "why", .heading = RegistrarRowWords::tr("Why"), .help = RegistrarRowWords::tr("It waits")},
        {.key = "program", .heading = RegistrarRowWords::tr("Program"), .help = {}},
        {.key = "host", .heading = RegistrarRowWords::tr("Host"), .help = {}, .shown = false},
        {.key = "pid", .heading = RegistrarRowWords::tr("Process"), .help = {}, .shown = false, .isNumber = true},
    };
}

std::vector<Row> poolSessionRows(const Model& model, WallTime now) {
    std::vector<Row> rows;
    for (const auto& [id, component] : model.components()) {
        for (const auto& [session, view] : component.sessions) {
            rows.push_back(
                {.key = QStringLiteral("%1/%2").arg(id.value).arg(session),
                 .cells = {{nameOf(id), {}},
                           countCell(session),
                           {textOf(view.pool), {}},
                           {stageText(view.stage), {}},
                           ageCell(view.since, now),
                           {view.element == PeIdentifier{} ? QString() : nameOf(telemetry::componentId(view.element)),
                            {}},
                           countCell(view.failovers),
                           {QString::fromStdString(view.why), {}},
                           {QString::fromStdString(component.introduction.program), {}},
                           {QString::fromStdString(component.introduction.host), {}},
                           component.introduction.pid == 0 ? Cell{} : countCell(component.introduction.pid)},
                 .node = NodeId{id, {}},
                 .state = view.stage == SessionView::Stage::Established   ? ElementState::Up
                          : view.stage == SessionView::Stage::FailingOver ? ElementState::Suspect
                                                                          : ElementState::Registering,
                 .number = session,
                 .children = {}});
        }
    }
    return rows;
}

// ---- Differences ---------------------------------------------------------------------------------------------------

QString differenceText(const Model& model, const ElementView& element) {
    if (!element.unequalSince) {
        return {};
    }
    QStringList missing;
    QStringList homes;
    std::optional<ServerId> home;
    bool differ = false;
    for (const ComponentId teller : model.tellers()) {
        const auto told = element.listedBy.find(teller);
        if (told == element.listedBy.end()) {
            missing.append(nameOf(teller));
            continue;
        }
        differ |= home && *home != told->second;
        home = told->second;
        homes.append(RegistrarRowWords::tr("%1 says %2").arg(nameOf(teller), nameOf(registrarNode(told->second))));
    }
    QStringList sentences;
    if (!missing.isEmpty()) {
        sentences.append(RegistrarRowWords::tr("not known to %1").arg(missing.join(QStringLiteral(", "))));
    }
    if (differ) {
        sentences.append(RegistrarRowWords::tr("home: %1").arg(homes.join(QStringLiteral(", "))));
    }
    return sentences.join(QStringLiteral("; "));
}

std::vector<Column> differenceColumns() {
    return {
        {.key = "element",
         .heading = RegistrarRowWords::tr("Element"),
         .help = RegistrarRowWords::tr("About which registrars differ")},
        {.key = "pool", .heading = RegistrarRowWords::tr("Pool"), .help = {}},
        {.key = "difference",
         .heading = RegistrarRowWords::tr("Difference"),
         .help = RegistrarRowWords::tr("Who does not know it, and whom each takes for its home"),
         .isSentence = true},
        {.key = "age",
         .heading = RegistrarRowWords::tr("For"),
         .help = RegistrarRowWords::tr("How long registrars have differed about it"),
         .isNumber = true,
         .isAge = true},
        {.key = "known_to", .heading = RegistrarRowWords::tr("Known to"), .help = {}},
        {.key = "state", .heading = RegistrarRowWords::tr("State"), .help = {}},
    };
}

std::vector<Row> differenceRows(const Model& model, WallTime now) {
    std::vector<Row> rows;
    for (const auto& [node, element] : model.elements()) {
        if (!element.unequalSince) {
            continue;
        }
        QStringList known;
        for (const auto& [registrar, home] : element.listedBy) {
            known.append(nameOf(registrar));
        }
        const ElementState state = stateOf(model, node);
        rows.push_back({.key = keyOf(node),
                        .cells = {{nameOf(node.component), {}},
                                  {textOf(node.pool), {}},
                                  {differenceText(model, element), {}},
                                  ageCell(*element.unequalSince, now),
                                  {known.join(QStringLiteral(", ")), {}},
                                  stateCell(state)},
                        .node = node,
                        .state = state,
                        .children = {}});
    }
    return rows;
}

} // namespace kolam::gui
