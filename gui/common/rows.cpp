// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/common/rows.h"

#include "gui/common/sentences.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>

namespace kolam::gui {

using telemetry::Role;

namespace {

struct RowWords {
    Q_DECLARE_TR_FUNCTIONS(Rows)
};

QString percent(double share) {
    return RowWords::tr("%1 %").arg(share * 100, 0, 'f', 0);
}
Cell number(quint64 value) {
    return {QString::number(value), QVariant(value)};
}
QString keyOf(const NodeId& node) {
    return QString::fromStdString(telemetry::toText(node.component)) + u'/' + textOf(node.pool);
}
QString plain(const std::string& words) {
    return QString::fromStdString(words);
}

/// What is counted, and put into words, once for all rows and not for each: there may be ten thousand.
struct Counted {
    std::map<NodeId, std::uint64_t> sessions;
    std::map<ComponentId, std::uint64_t> owned;
    std::array<QString, elementStates> states;
    mutable std::map<std::pair<QString, quint64>, QString> works; // by load and sessions

    explicit Counted(const Model& model) : owned(model.ownedElements()) {
        for (std::size_t state = 0; state < elementStates; ++state) {
            states[state] = wordOf(static_cast<ElementState>(state));
        }
        for (const auto& [id, component] : model.components()) {
            for (const auto& [session, view] : component.sessions) {
                ++sessions[elementNode(view.pool, view.element)];
            }
        }
    }
    [[nodiscard]] const QString& stateWord(ElementState state) const { return states[static_cast<std::size_t>(state)]; }
    [[nodiscard]] const QString& work(double load, quint64 served) const {
        const auto [place, isNew] = works.try_emplace({percent(load), served});
        if (isNew) {
            place->second =
                RowWords::tr("%1, %n session(s)", nullptr, static_cast<int>(served)).arg(place->first.first);
        }
        return place->second;
    }
};
template <typename Key>
quint64 valueAt(const std::map<Key, std::uint64_t>& map, const Key& key) {
    const auto found = map.find(key);
    return found == map.end() ? 0 : found->second;
}

/// Sessions of a user: by its word, or else as many elements as it reports associations with.
std::size_t sessionsOf(const ComponentView& user) {
    return user.sessions.empty()
               ? static_cast<std::size_t>(std::ranges::count(user.reported, Role::Element, &telemetry::roleOf))
               : user.sessions.size();
}

/// What is said of a node in one word more than its state.
QString figureOf(const Model& model, const NodeId& node, const Counted& counted) {
    const ComponentView* const own = model.component(node.component);
    switch (telemetry::roleOf(node.component)) {
    case Role::Registrar: return RowWords::tr("owns %1").arg(valueAt(counted.owned, node.component));
    case Role::Element: {
        const ElementView* const element = model.element(node);
        const double load = own != nullptr && own->load ? own->load->load
                            : element != nullptr        ? element->facts.load
                                                        : 0;
        return counted.work(load, valueAt(counted.sessions, node));
    }
    case Role::User:
        return RowWords::tr("%n session(s)", nullptr, own != nullptr ? static_cast<int>(sessionsOf(*own)) : 0);
    case Role::Director:
    case Role::None: break;
    }
    return {};
}

Row componentRow(const Model& model, const NodeId& node, const Counted& counted) {
    const ElementState state = stateOf(model, node);
    return {.key = keyOf(node),
            .cells = {{nameOf(node), {}},
                      {counted.stateWord(state), static_cast<int>(state)},
                      {figureOf(model, node, counted), {}}},
            .node = node,
            .state = state,
            .children = {}};
}

void closeGroup(std::vector<Row>& rows, const QString& key, const QString& name, std::vector<Row> children) {
    if (children.empty()) {
        return;
    }
    ElementState worst = ElementState::Up;
    quint64 up = 0;
    for (const Row& child : children) {
        worst = std::max(worst, *child.state);
        up += *child.state == ElementState::Up ? 1U : 0U;
    }
    rows.push_back({.key = key,
                    .cells = {{name, {}}, {RowWords::tr("%1 of %2 up").arg(up).arg(children.size()), {}}, {}},
                    .node = {},
                    .state = worst,
                    .children = std::move(children)});
}

} // namespace

QStringList componentHeadings() {
    return {RowWords::tr("Component"), RowWords::tr("State"), RowWords::tr("Does")};
}

std::vector<Row> componentRows(const Model& model) {
    const Counted counted(model);
    const auto of = [&](const NodeId& node) { return componentRow(model, node, counted); };
    std::vector<Row> rows;
    std::vector<Row> group;
    std::vector<Row> users;
    for (const auto& [id, component] : model.components()) {
        if (telemetry::roleOf(id) == Role::Registrar) {
            group.push_back(of({id, {}}));
        } else if (telemetry::roleOf(id) == Role::User && component.presence != Presence::Left) {
            users.push_back(of({id, {}}));
        }
    }
    closeGroup(rows, QStringLiteral("registrars"), RowWords::tr("Registrars"), std::exchange(group, {}));
    std::map<PoolHandle, std::vector<Row>> pools;
    for (const auto& [id, element] : model.elements()) {
        pools[id.pool].push_back(of(id));
    }
    for (auto& [pool, elements] : pools) {
        const QString name =
            pool.value.empty() ? RowWords::tr("Elements, by reports alone") : RowWords::tr("Pool %1").arg(textOf(pool));
        closeGroup(rows, QStringLiteral("pool/") + textOf(pool), name, std::move(elements));
    }
    closeGroup(rows, QStringLiteral("users"), RowWords::tr("Pool users"), std::move(users));
    return rows;
}

QString stageText(SessionView::Stage stage) {
    switch (stage) {
    case SessionView::Stage::Opening: return RowWords::tr("looks for an element");
    case SessionView::Stage::Connecting: return RowWords::tr("connects");
    case SessionView::Stage::Established: return RowWords::tr("stands");
    case SessionView::Stage::Waiting: return RowWords::tr("waits");
    case SessionView::Stage::FailingOver: return RowWords::tr("fails over");
    }
    return {};
}

QStringList sessionHeadings() {
    return {RowWords::tr("User"),  RowWords::tr("Session"), RowWords::tr("Pool"),
            RowWords::tr("State"), RowWords::tr("Element"), RowWords::tr("Failovers")};
}

std::vector<Row> sessionRows(const Model& model) {
    std::vector<Row> rows;
    for (const auto& [id, component] : model.components()) {
        for (const auto& [session, view] : component.sessions) {
            const QString stage = stageText(view.stage);
            rows.push_back(
                {.key = QStringLiteral("%1/%2").arg(id.value).arg(session),
                 .cells = {{nameOf(id), {}},
                           number(session),
                           {textOf(view.pool), {}},
                           {view.why.empty() ? stage : stage + QStringLiteral(": ") + toldText(view.why), {}},
                           {view.element == PeIdentifier{} ? QString() : nameOf(telemetry::componentId(view.element)),
                            {}},
                           number(view.failovers)},
                 .node = NodeId{id, {}},
                 .state = view.stage == SessionView::Stage::Established   ? ElementState::Up
                          : view.stage == SessionView::Stage::FailingOver ? ElementState::Crashed
                                                                          : ElementState::Registering,
                 .number = session,
                 .children = {}});
        }
    }
    return rows;
}

QStringList failoverHeadings() {
    return {RowWords::tr("When"), RowWords::tr("User"), RowWords::tr("Session"), RowWords::tr("From"),
            RowWords::tr("To"),   RowWords::tr("Took"), RowWords::tr("Redone"),  RowWords::tr("Why")};
}

std::vector<Row> failoverRows(const Model& model) {
    std::vector<Row> rows;
    const auto& failovers = model.failovers();
    for (std::size_t i = failovers.size(); i-- > 0;) {
        const Failover& failover = failovers[i];
        const auto detected = failover.at(FailoverStep::Detected);
        const NodeId failed = elementNode(failover.pool, failover.failed);
        rows.push_back(
            {.key = QStringLiteral("%1/%2/%3").arg(failover.user.value).arg(failover.session).arg(detected->value),
             .cells = {{clockText(*detected), QVariant::fromValue<qint64>(detected->value)},
                       {nameOf(failover.user), {}},
                       number(failover.session),
                       {nameOf(failed), {}},
                       {failover.next == PeIdentifier{} ? QString() : nameOf(telemetry::componentId(failover.next)),
                        {}},
                       failover.took ? Cell{textOf(*failover.took), QVariant::fromValue<qint64>(failover.took->count())}
                                     : Cell{RowWords::tr("under way"), QVariant::fromValue<qint64>(-1)},
                       {failover.redone == 0 ? QString() : amountText(failover.redone, failover.unit),
                        QVariant::fromValue<quint64>(failover.redone)},
                       {reasonText(failover.reason), {}}},
             .node = failed,
             .state = failover.took ? ElementState::Up : ElementState::Suspect,
             .number = i,
             .children = {}});
    }
    return rows;
}

QStringList inspectorHeadings() {
    return {RowWords::tr("What"), RowWords::tr("Value")};
}

std::vector<Row> inspectorRows(const Model& model, const NodeId& node) {
    std::vector<Row> rows;
    const auto add = [&](const QString& name, const QString& value) {
        if (!value.isEmpty()) {
            rows.push_back({.key = name, .cells = {{name, {}}, {value, {}}}, .node = {}, .state = {}, .children = {}});
        }
    };
    const ElementState state = stateOf(model, node);
    rows.push_back({.key = QStringLiteral("state"),
                    .cells = {{RowWords::tr("State"), {}}, {wordOf(state), {}}},
                    .node = {},
                    .state = state,
                    .children = {}});
    add(RowWords::tr("Role"), roleName(telemetry::roleOf(node.component)));
    add(RowWords::tr("Pool"), textOf(node.pool));
    if (const ElementView* const element = model.element(node)) {
        add(RowWords::tr("Home registrar"),
            element->facts.owner == ServerId{} ? QString() : nameOf(registrarNode(element->facts.owner)));
        add(RowWords::tr("Known to"),
            element->listedBy.empty()
                ? QString()
                : RowWords::tr("%n registrar(s)", nullptr, static_cast<int>(element->listedBy.size())));
        add(RowWords::tr("Policy"), plain(element->facts.policy));
        add(RowWords::tr("Registration life"),
            element->facts.lifeMs == 0 ? QString() : textOf(std::chrono::milliseconds{element->facts.lifeMs}));
        add(RowWords::tr("Address"),
            element->facts.address.port == 0 ? QString() : plain(toText(element->facts.address)));
        add(RowWords::tr("Reported unreachable"),
            element->reports == 0 ? QString()
                                  : RowWords::tr("%n time(s)", nullptr, static_cast<int>(element->reports)));
    }
    const ComponentView* const own = model.component(node.component);
    if (own == nullptr) {
        add(RowWords::tr("Source"), RowWords::tr("≈ known by registrars only"));
        return rows;
    }
    if (own->load) {
        add(RowWords::tr("Load"), percent(own->load->load));
        add(RowWords::tr("Sessions it serves"), QString::number(own->load->sessions));
        add(RowWords::tr("Refused"), QString::number(own->load->refused));
    }
    if (telemetry::roleOf(node.component) != Role::Registrar) {
        const auto registrar = model.registrarOf(*own);
        add(RowWords::tr("Registrar"), registrar ? nameOf(*registrar) : QString());
    }
    if (own->counted) {
        add(RowWords::tr("Elements"),
            RowWords::tr("%1, of which it owns %2").arg(own->counted->elements).arg(own->counted->ownElements));
        add(RowWords::tr("Registrations"), QString::number(own->counted->registrations));
        add(RowWords::tr("Resolutions"), QString::number(own->counted->resolutions));
    }
    for (const auto& [peer, silent] : own->peers) {
        add(RowWords::tr("Peer %1").arg(nameOf(registrarNode(peer))),
            silent ? RowWords::tr("silent") : RowWords::tr("heard"));
    }
    for (const auto& [session, view] : own->sessions) {
        add(RowWords::tr("Session %1").arg(session),
            view.element == PeIdentifier{}
                ? stageText(view.stage)
                : RowWords::tr("%1, %2").arg(stageText(view.stage), nameOf(telemetry::componentId(view.element))));
    }
    for (const auto& [fault, begun] : own->faults) {
        add(RowWords::tr("Fault %1").arg(fault), faultText(begun.kind));
    }
    add(RowWords::tr("Associations"), QString::number(own->associations.size()));
    add(RowWords::tr("Program"), plain(own->introduction.program));
    add(RowWords::tr("Process"), own->introduction.pid == 0 ? QString() : QString::number(own->introduction.pid));
    add(RowWords::tr("Host"), plain(own->introduction.host));
    add(RowWords::tr("Says"), plain(own->state.detail.empty() ? own->status : own->state.detail));
    add(RowWords::tr("In this state since"), clockText(own->since));
    add(RowWords::tr("Source"),
        own->reportsOnly ? RowWords::tr("≈ its reports (CSP)") : RowWords::tr("its stream of events"));
    return rows;
}

} // namespace kolam::gui
