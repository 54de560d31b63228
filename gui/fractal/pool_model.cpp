// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/pool_model.h"

#include <QLocale>
#include <algorithm>

namespace kolam::gui {

QString elementHealthName(ElementHealth health) {
    switch (health) {
    case ElementHealth::Working: return PoolModel::tr("computing");
    case ElementHealth::Idle: return PoolModel::tr("ready");
    case ElementHealth::Frozen: return PoolModel::tr("frozen");
    case ElementHealth::Lost: return PoolModel::tr("lost");
    case ElementHealth::Killed: return PoolModel::tr("killed");
    }
    return {};
}

PoolModel::PoolModel(ElementColours& colours, QObject* parent) : QAbstractListModel(parent), m_colours(colours) {}

void PoolModel::apply(const fractal::FractalUpdate& update, const TileBook& book) {
    for (const fractal::ElementUse& use : update.elements) {
        if (use.identifier != PeIdentifier{}) {
            rowOf(use.identifier);
        }
    }
    const std::vector<PoolRow> before = m_rows;
    for (std::size_t index = 1; index < update.elements.size(); ++index) {
        const fractal::ElementUse& use = update.elements[index];
        if (use.identifier == PeIdentifier{}) {
            continue;
        }
        PoolRow& row = rowOf(use.identifier);
        row.address = QString::fromStdString(toText(use.address));
        row.isOurs = use.isOurs;
        row.sessions = use.sessions;
        row.points = use.points;
        row.failedAway = use.failedAway;
        row.tilesWorking = book.workingOf(static_cast<quint16>(index));
        row.tilesDone = book.doneOf(static_cast<quint16>(index));
        row.share = update.progress.points == 0
                        ? 0
                        : std::min(1.0, static_cast<double>(use.points) / static_cast<double>(update.progress.points));
        row.health = healthOf(row, use);
        if (row.controlled && m_processes[row.identifier.value] != ProcessState::Running) {
            row.health = m_processes[row.identifier.value] == ProcessState::Killed ? ElementHealth::Killed
                                                                                   : ElementHealth::Frozen;
        }
    }
    changed(before);
}

void PoolModel::apply(const ControlledElement& element) {
    PoolRow& known = rowOf(element.identifier);
    const std::vector<PoolRow> before = m_rows;
    m_processes[element.identifier.value] = element.state;
    known.controlled = true;
    known.pid = element.state == ProcessState::Killed ? 0 : element.pid;
    switch (element.state) {
    case ProcessState::Killed: known.health = ElementHealth::Killed; break;
    case ProcessState::Frozen: known.health = ElementHealth::Frozen; break;
    case ProcessState::Running: known.health = known.sessions > 0 ? ElementHealth::Working : ElementHealth::Idle; break;
    }
    changed(before);
}

void PoolModel::loseControl() {
    const std::vector<PoolRow> before = m_rows;
    for (PoolRow& row : m_rows) {
        row.controlled = false;
        row.pid = 0;
    }
    m_processes.clear();
    changed(before);
}

int PoolModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant PoolModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const PoolRow& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole: return nameOf(row.identifier);
    case Qt::ToolTipRole: return tr("%1 at %2").arg(QString::fromStdString(toText(row.identifier)), row.address);
    case Qt::AccessibleTextRole:
        return tr("%1, %2, %n session(s)", nullptr, static_cast<int>(row.sessions))
            .arg(nameOf(row.identifier), elementHealthName(row.health));
    case IdentifierRole: return row.identifier.value;
    case LetterRole: return m_colours.letter(row.identifier);
    case ColourRole: return m_colours.colour(row.identifier);
    case HealthRole: return static_cast<int>(row.health);
    case CanKillRole: return row.controlled && row.health != ElementHealth::Killed;
    case CanRestartRole:
        return row.controlled && (row.health == ElementHealth::Killed || row.health == ElementHealth::Frozen);
    default: return {};
    }
}

int PoolModel::busiestControlled() const {
    int best = -1;
    for (int index = 0; index < rowCount(); ++index) {
        const PoolRow& candidate = row(index);
        if (candidate.controlled && candidate.health != ElementHealth::Killed &&
            candidate.health != ElementHealth::Frozen &&
            (best < 0 || candidate.tilesWorking > row(best).tilesWorking)) {
            best = index;
        }
    }
    return best;
}

QString PoolModel::nameOf(PeIdentifier element) const {
    return tr("Element %1").arg(m_colours.letter(element));
}

PoolRow& PoolModel::rowOf(PeIdentifier element) {
    const auto known = std::ranges::find(m_rows, element, &PoolRow::identifier);
    if (known != m_rows.end()) {
        return *known;
    }
    m_colours.indexOf(element);
    const int at = rowCount();
    beginInsertRows({}, at, at);
    m_rows.push_back({.identifier = element});
    endInsertRows();
    return m_rows.back();
}

void PoolModel::changed(const std::vector<PoolRow>& before) {
    for (int index = 0; index < rowCount(); ++index) {
        if (row(index) != before[static_cast<std::size_t>(index)]) {
            emit dataChanged(this->index(index), this->index(index));
        }
    }
}

ElementHealth PoolModel::healthOf(const PoolRow& row, const fractal::ElementUse& use) {
    if (use.sessions > 0) {
        return row.tilesWorking > 0 ? ElementHealth::Working : ElementHealth::Idle;
    }
    return use.lost ? ElementHealth::Lost : ElementHealth::Idle;
}

} // namespace kolam::gui
