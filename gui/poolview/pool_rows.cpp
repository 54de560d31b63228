// SPDX-License-Identifier: GPL-3.0-or-later
// Pools and elements. Next door: registrar_rows.cpp, registrars, sessions and what registrars differ about.
#include "gui/poolview/pool_rows.h"

#include "gui/common/sentences.h"
#include "gui/poolview/row_cells.h"

#include <algorithm>
#include <numeric>

namespace kolam::gui {

using telemetry::Role;

namespace {

struct PoolRowWords {
    Q_DECLARE_TR_FUNCTIONS(PoolRows)
};

constexpr Duration anHour = std::chrono::hours{1};

/// What is counted once for all rows, and not for each.
struct Tally {
    std::map<NodeId, std::uint64_t> sessions;
    std::map<NodeId, std::vector<Duration>> failovers; // that the element has caused
    std::map<PoolHandle, std::vector<Duration>> failoversOfPool;
    std::size_t registrars = 0;

    explicit Tally(const Model& model) : registrars(model.tellers().size()) {
        for (const auto& [id, component] : model.components()) {
            for (const auto& [number, session] : component.sessions) {
                if (session.stage == SessionView::Stage::Established) {
                    ++sessions[elementNode(session.pool, session.element)];
                }
            }
        }
        for (const Failover& failover : model.failovers()) {
            if (failover.took) {
                failovers[elementNode(failover.pool, failover.failed)].push_back(*failover.took);
                failoversOfPool[failover.pool].push_back(*failover.took);
            }
        }
    }
};

Cell p95Cell(std::vector<Duration> took) {
    std::ranges::sort(took);
    return took.empty() ? Cell{} : timeCell(percentile(took, 0.95));
}

std::uint64_t sessionsOf(const Tally& tally, const NodeId& node, const ComponentView* own) {
    const auto found = tally.sessions.find(node);
    const std::uint64_t byUsers = found == tally.sessions.end() ? 0 : found->second;
    return std::max(byUsers, own != nullptr && own->load ? own->load->sessions : 0);
}

Row elementRow(const Model& model, const Tally& tally, const NodeId& node, const ElementView& element, WallTime now) {
    const StateStory story = storyOfState(model, node);
    const ComponentView* const own = model.component(node.component);
    const auto failovers = tally.failovers.find(node);
    const bool caused = failovers != tally.failovers.end();
    const double load = own != nullptr && own->load ? own->load->load : element.facts.load;
    const bool isLoadKnown = !element.listedBy.empty() || (own != nullptr && own->load);
    const std::size_t known = element.listedBy.size();
    const auto home = model.homeOf(node, element);
    Row row{
        .key = keyOf(node),
        .cells = {{nameOf(node.component), {}},
                  {textOf(node.pool), {}},
                  stateCell(story.state),
                  {story.inferred ? QStringLiteral("≈ ") + story.reason : story.reason, {}},
                  {story.teller, {}},
                  ageCell(story.since, now),
                  {}, // of a pool
                  {policyName(element.facts.policy), {}},
                  isLoadKnown ? shareCell(load) : Cell{},
                  {}, // of a pool
                  countCell(sessionsOf(tally, node, own)),
                  countCell(caused ? failovers->second.size() : 0),
                  caused ? p95Cell(failovers->second) : Cell{},
                  {home ? nameOf(*home) : QString(), {}},
                  {element.facts.address.port == 0 ? QString() : QString::fromStdString(toText(element.facts.address)),
                   {}},
                  element.facts.lifeMs == 0 ? Cell{} : timeCell(std::chrono::milliseconds{element.facts.lifeMs}),
                  countCell(element.reports),
                  {PoolRowWords::tr("%1 of %2").arg(known).arg(std::max(known, tally.registrars)),
                   QVariant::fromValue<qulonglong>(known)},
                  {differenceText(model, element), {}},
                  {},
                  {},
                  {},
                  {}},
        .node = node,
        .state = story.state,
        .children = {}};
    if (own != nullptr) {
        const std::size_t first = row.cells.size() - 4;
        row.cells[first] = countCell(own->load ? own->load->refused : 0);
        row.cells[first + 1] = {QString::fromStdString(own->introduction.program), {}};
        row.cells[first + 2] = {QString::fromStdString(own->introduction.host), {}};
        row.cells[first + 3] = own->introduction.pid == 0 ? Cell{} : countCell(own->introduction.pid);
    }
    return row;
}

/// Index of the columns that a pool adds up.
enum Sum : std::size_t {
    StateColumn = 2,
    ReasonColumn,
    TellerColumn,
    AgeColumn,
    UpColumn,
    PolicyColumn,
    LoadColumn,
    MaxLoadColumn,
    SessionsColumn,
    FailoversColumn,
    P95Column,
    ReportsColumn = 16
};

/// Whether it serves, for now: what pools are counted by.
bool isWell(ElementState state) {
    return state == ElementState::Up;
}
/// Whether it should be there, and is not well: what has said goodbye is not missed.
bool isTrouble(ElementState state) {
    return state > ElementState::Left;
}

Row poolRow(const PoolHandle& pool, const Tally& tally, std::vector<Row> elements) {
    ElementState worst = ElementState::Up;
    int up = 0;
    int trouble = 0;
    double sum = 0;
    double most = 0;
    int loads = 0;
    qulonglong sessions = 0;
    qulonglong reports = 0;
    for (const Row& element : elements) {
        worst = std::max(worst, *element.state);
        up += isWell(*element.state) ? 1 : 0;
        trouble += isTrouble(*element.state) ? 1 : 0;
        if (isWell(*element.state) && element.cells[LoadColumn].sort.isValid()) {
            const double load = element.cells[LoadColumn].sort.toDouble();
            sum += load;
            most = std::max(most, load);
            ++loads;
        }
        sessions += element.cells[SessionsColumn].sort.toULongLong();
        reports += element.cells[ReportsColumn].sort.toULongLong();
    }
    const int all = static_cast<int>(elements.size());
    Row row{.key = QStringLiteral("pool/") + textOf(pool),
            .cells = std::vector<Cell>(elements.front().cells.size()),
            .node = {},
            .state = worst,
            .children = {}};
    row.cells[0] = {pool.value.empty() ? PoolRowWords::tr("≈ elements that only report") : textOf(pool), {}};
    row.cells[1] = row.cells[0];
    row.cells[StateColumn] = {up == 0        ? PoolRowWords::tr("nobody serves")
                              : trouble == 0 ? PoolRowWords::tr("well")
                                             : PoolRowWords::tr("%n in trouble", nullptr, trouble),
                              static_cast<int>(worst)};
    row.cells[UpColumn] = {PoolRowWords::tr("%1 of %2 up").arg(up).arg(all), up};
    row.cells[PolicyColumn] = elements.front().cells[PolicyColumn];
    if (loads > 0) {
        row.cells[LoadColumn] = shareCell(sum / loads);
        row.cells[MaxLoadColumn] = shareCell(most);
    }
    row.cells[SessionsColumn] = countCell(sessions);
    row.cells[ReportsColumn] = countCell(reports);
    const auto failovers = tally.failoversOfPool.find(pool);
    if (failovers != tally.failoversOfPool.end()) {
        row.cells[FailoversColumn] = countCell(failovers->second.size());
        row.cells[P95Column] = p95Cell(failovers->second);
    } else {
        row.cells[FailoversColumn] = countCell(0);
    }
    row.children = std::move(elements);
    return row;
}

} // namespace

std::vector<Column> elementColumns(bool asTree) {
    return {
        {.key = "name",
         .heading = asTree ? PoolRowWords::tr("Pool, element") : PoolRowWords::tr("Element"),
         .help = PoolRowWords::tr("Pool handle; PE identifier of 32 bits, unique in its pool (RFC 5352)")},
        {.key = "pool",
         .heading = PoolRowWords::tr("Pool"),
         .help = PoolRowWords::tr("Pool handle (RFC 5352)"),
         .shown = !asTree},
        {.key = "state",
         .heading = PoolRowWords::tr("State"),
         .help = PoolRowWords::tr("One of nine; see the chips above")},
        {.key = "reason",
         .heading = PoolRowWords::tr("Why"),
         .help = PoolRowWords::tr("Why it is in this state; ≈: it follows from what others say"),
         .isSentence = true},
        {.key = "teller",
         .heading = PoolRowWords::tr("Says who"),
         .help = PoolRowWords::tr("Whose word that is"),
         .shown = !asTree},
        {.key = "age",
         .heading = PoolRowWords::tr("For"),
         .help = PoolRowWords::tr("How long it has been so"),
         .isNumber = true,
         .isAge = true},
        {.key = "up",
         .heading = PoolRowWords::tr("Up"),
         .help = PoolRowWords::tr("Elements of the pool that serve"),
         .shown = asTree,
         .isNumber = true},
        {.key = "policy",
         .heading = PoolRowWords::tr("Policy"),
         .help = PoolRowWords::tr("How registrars choose an element (RFC 5356)")},
        {.key = "load",
         .heading = PoolRowWords::tr("Load"),
         .help = PoolRowWords::tr(
             "Of an element, by its own word or its registration; of a pool, the mean of those that are up"),
         .isNumber = true,
         .isShare = true},
        {.key = "load_max",
         .heading = PoolRowWords::tr("Most"),
         .help = PoolRowWords::tr("The highest load in the pool"),
         .shown = asTree,
         .isNumber = true,
         .isShare = true},
        {.key = "sessions",
         .heading = PoolRowWords::tr("Sessions"),
         .help = PoolRowWords::tr("That stand, by the word of users and elements"),
         .isNumber = true},
        {.key = "failovers",
         .heading = PoolRowWords::tr("Failovers"),
         .help = PoolRowWords::tr("Sessions that had to leave it, as far back as is remembered"),
         .isNumber = true},
        {.key = "failover_p95",
         .heading = PoolRowWords::tr("Failover p95"),
         .help = PoolRowWords::tr("19 of 20 failovers took no longer"),
         .isNumber = true},
        {.key = "owner",
         .heading = PoolRowWords::tr("Home"),
         .help = PoolRowWords::tr("Its home registrar, which watches it (RFC 5353)")},
        {.key = "address", .heading = PoolRowWords::tr("Address"), .help = PoolRowWords::tr("Where users reach it")},
        {.key = "life",
         .heading = PoolRowWords::tr("Life"),
         .help = PoolRowWords::tr("Registration life: it must register again within it (RFC 5352)"),
         .shown = false,
         .isNumber = true},
        {.key = "reports",
         .heading = PoolRowWords::tr("Reports"),
         .help = PoolRowWords::tr("ASAP_ENDPOINT_UNREACHABLE about it since it was last heard (RFC 5352)"),
         .isNumber = true},
        {.key = "known_to",
         .heading = PoolRowWords::tr("Known to"),
         .help = PoolRowWords::tr("Registrars that have it in their handlespace"),
         .shown = !asTree,
         .isNumber = true},
        {.key = "differs",
         .heading = PoolRowWords::tr("Differs"),
         .help = PoolRowWords::tr("What registrars differ about"),
         .shown = false},
        {.key = "refused",
         .heading = PoolRowWords::tr("Refused"),
         .help = PoolRowWords::tr("Sessions it had no place for"),
         .shown = false,
         .isNumber = true},
        {.key = "program", .heading = PoolRowWords::tr("Program"), .help = {}, .shown = false},
        {.key = "host", .heading = PoolRowWords::tr("Host"), .help = {}, .shown = false},
        {.key = "pid", .heading = PoolRowWords::tr("Process"), .help = {}, .shown = false, .isNumber = true},
    };
}

std::vector<Row> poolRows(const Model& model, WallTime now) {
    const Tally tally(model);
    std::map<PoolHandle, std::vector<Row>> byPool; // elements of a pool in the order of their identifiers
    for (const auto& [node, element] : model.elements()) {
        byPool[node.pool].push_back(elementRow(model, tally, node, element, now));
    }
    std::vector<Row> rows;
    for (auto& [pool, elements] : byPool) {
        rows.push_back(poolRow(pool, tally, std::move(elements)));
    }
    return rows;
}

std::vector<Row> elementRows(const Model& model, WallTime now) {
    const Tally tally(model);
    std::vector<Row> rows;
    rows.reserve(model.elements().size());
    for (const auto& [node, element] : model.elements()) {
        rows.push_back(elementRow(model, tally, node, element, now));
    }
    return rows;
}

PoolCounts countsOf(const Model& model, WallTime now) {
    PoolCounts counts;
    const PoolHandle* last = nullptr;
    std::set<PoolHandle> pools;
    for (const auto& [node, element] : model.elements()) {
        ++counts.states[static_cast<std::size_t>(stateOf(model, node))];
        ++counts.elements;
        if (last == nullptr || *last != node.pool) {
            pools.insert(node.pool);
            last = &node.pool;
        }
    }
    counts.pools = static_cast<int>(pools.size());
    for (const auto& [id, component] : model.components()) {
        counts.registrars += telemetry::roleOf(id) == Role::Registrar && component.presence == Presence::Here ? 1 : 0;
    }
    counts.sessions = model.sessionCount();
    std::vector<Duration> took;
    for (auto failover = model.failovers().rbegin(); failover != model.failovers().rend(); ++failover) {
        const auto detected = failover->at(FailoverStep::Detected);
        if (detected && now.value - detected->value > anHour.count()) {
            break;
        }
        ++counts.failoversLastHour;
        if (failover->took) {
            took.push_back(*failover->took);
        }
    }
    std::ranges::sort(took);
    counts.failoverP95 = percentile(took, 0.95);
    return counts;
}

} // namespace kolam::gui
