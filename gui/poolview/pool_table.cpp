// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/poolview/pool_table.h"

#include <QHash>
#include <algorithm>
#include <limits>
#include <numeric>

namespace kolam::gui {

namespace {

/// By what a row is sorted, taken out of its cell once: nothing first, then numbers, then text.
struct SortKey {
    double number = 0;
    const QString* text = nullptr;
    int row = 0;
};

SortKey sortKeyOf(const Row& row, std::size_t column, int number) {
    SortKey key{.number = -std::numeric_limits<double>::infinity(), .text = nullptr, .row = number};
    if (column < row.cells.size()) {
        const Cell& cell = row.cells[column];
        if (cell.sort.isValid()) {
            key.number = cell.sort.toDouble();
        } else if (!cell.text.isEmpty()) {
            key.number = std::numeric_limits<double>::infinity();
            key.text = &cell.text;
        }
    }
    return key;
}

bool sameRow(const Row& one, const Row& other) {
    return one.cells == other.cells && one.state == other.state && one.node == other.node && one.number == other.number;
}

/// What components say of themselves is never taken for rich text.
QString plainTip(const QString& text) {
    return text.isEmpty() ? text
                          : QStringLiteral("<span>") + text.toHtmlEscaped().replace(u'\n', QStringLiteral("<br>")) +
                                QStringLiteral("</span>");
}

bool sameKeys(const std::vector<Row>& rows, const std::vector<Row>& others) {
    return std::ranges::equal(rows, others, [](const Row& one, const Row& other) {
        return one.key == other.key && sameKeys(one.children, other.children);
    });
}

} // namespace

PoolTable::PoolTable(std::vector<Column> columns, QObject* parent)
    : QAbstractItemModel(parent)
    , m_columns(std::move(columns)) {}

// ---- What is shown, and in which order -----------------------------------------------------------------------------

void PoolTable::setRows(std::vector<Row> rows) {
    if (!sameKeys(m_rows, rows)) {
        rearrange([&] { m_rows = std::move(rows); });
        return;
    }
    if (!updateInPlace(rows)) {
        rearrange([] {});
    }
}

/// Takes the cells of rows that are the same ones. False: by what has changed, they stand elsewhere, or are hidden.
bool PoolTable::updateInPlace(std::vector<Row>& fresh) {
    bool stays = true;
    const bool narrowed = !m_words.isEmpty() || m_filter.states.any();
    const auto column = static_cast<std::size_t>(std::max(m_sortColumn, 0));
    const auto take = [&](Row& old, Row& row) {
        const auto sortedBy = [&](const Row& of) { return column < of.cells.size() ? of.cells[column] : Cell{}; };
        stays &= !narrowed && (m_sortColumn < 0 || sortedBy(old) == sortedBy(row));
        row.children = std::move(old.children);
        old = std::move(row);
    };
    const auto update = [&](std::vector<Row>& olds, std::vector<Row>& news, const Order& order,
                            const QModelIndex& parent) {
        int first = std::numeric_limits<int>::max();
        int last = -1;
        for (std::size_t at = 0; at < olds.size(); ++at) {
            if (sameRow(olds[at], news[at])) {
                continue;
            }
            take(olds[at], news[at]);
            if (order.place[at] >= 0) {
                first = std::min(first, order.place[at]);
                last = std::max(last, order.place[at]);
            }
        }
        if (last >= 0) {
            emit dataChanged(index(first, 0, parent), index(last, columnCount() - 1, parent));
        }
    };
    for (std::size_t group = 0; group < m_rows.size(); ++group) {
        if (!m_rows[group].children.empty()) {
            const QModelIndex parent =
                m_top.place[group] >= 0 ? createIndex(m_top.place[group], 0, quintptr{0}) : QModelIndex();
            update(m_rows[group].children, fresh[group].children, m_children[group], parent);
        }
    }
    update(m_rows, fresh, m_top, {});
    return stays;
}

void PoolTable::setFilter(const RowFilter& filter) {
    if (filter != m_filter) {
        rearrange([&] {
            m_filter = filter;
            m_words = filter.words.split(u' ', Qt::SkipEmptyParts);
        });
    }
}

void PoolTable::sort(int column, Qt::SortOrder order) {
    rearrange([&] {
        m_sortColumn = column;
        m_sortOrder = order;
    });
}

void PoolTable::rearrange(const std::function<void()>& change) {
    emit layoutAboutToBeChanged();
    // Views remember indexes; what these mean afterwards is found by the keys of their rows.
    const QModelIndexList old = persistentIndexList();
    std::vector<std::pair<QString, QString>> keys;
    keys.reserve(static_cast<std::size_t>(old.size()));
    for (const QModelIndex& index : old) {
        const Row* const row = rowAt(index);
        const Row* const group = rowAt(index.parent());
        keys.emplace_back(group != nullptr ? group->key
                          : row != nullptr ? row->key
                                           : QString(),
                          group != nullptr && row != nullptr ? row->key : QString());
    }
    change();
    arrange();
    const auto placesOf = [](const std::vector<Row>& rows) {
        QHash<QString, int> places;
        for (std::size_t at = 0; at < rows.size(); ++at) {
            places.insert(rows[at].key, static_cast<int>(at));
        }
        return places;
    };
    const QHash<QString, int> groups = old.isEmpty() ? QHash<QString, int>() : placesOf(m_rows);
    QHash<int, QHash<QString, int>> children; // of the groups that are asked for
    QModelIndexList fresh;
    fresh.reserve(old.size());
    for (qsizetype at = 0; at < old.size(); ++at) {
        const auto& [groupKey, childKey] = keys[static_cast<std::size_t>(at)];
        const int group = groups.value(groupKey, -1);
        int child = -1;
        if (group >= 0 && !childKey.isEmpty()) {
            if (!children.contains(group)) {
                children.insert(group, placesOf(m_rows[static_cast<std::size_t>(group)].children));
            }
            child = children[group].value(childKey, -2);
        }
        fresh.append(indexOf(group, child, old[at].column()));
    }
    changePersistentIndexList(old, fresh);
    emit layoutChanged();
}

void PoolTable::arrange() {
    std::vector<bool> groupFits(m_rows.size());
    m_children.assign(m_rows.size(), {});
    for (std::size_t at = 0; at < m_rows.size(); ++at) {
        const Row& row = m_rows[at];
        if (row.children.empty()) {
            groupFits[at] = fits(row, {});
            continue;
        }
        std::vector<bool> childFits(row.children.size());
        const QString group = row.cells.empty() ? QString() : row.cells.front().text;
        for (std::size_t child = 0; child < row.children.size(); ++child) {
            childFits[child] = fits(row.children[child], group);
        }
        m_children[at] = orderOf(row.children, childFits);
        groupFits[at] = !m_children[at].shown.empty();
    }
    m_top = orderOf(m_rows, groupFits);
}

PoolTable::Order PoolTable::orderOf(const std::vector<Row>& rows, const std::vector<bool>& fits) const {
    std::vector<SortKey> keys;
    keys.reserve(rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (fits[row]) {
            keys.push_back(m_sortColumn < 0
                               ? SortKey{.number = 0, .text = nullptr, .row = static_cast<int>(row)}
                               : sortKeyOf(rows[row], static_cast<std::size_t>(m_sortColumn), static_cast<int>(row)));
        }
    }
    const bool down = m_sortOrder == Qt::DescendingOrder;
    std::ranges::sort(keys, [down](const SortKey& one, const SortKey& other) {
        if (one.number != other.number) {
            return down ? one.number > other.number : one.number < other.number;
        }
        if (one.text != nullptr && other.text != nullptr) {
            if (const int order = one.text->compare(*other.text, Qt::CaseInsensitive); order != 0) {
                return down ? order > 0 : order < 0;
            }
        }
        return one.row < other.row; // equal ones stand as they came
    });
    Order order;
    order.shown.reserve(keys.size());
    order.place.assign(rows.size(), -1);
    for (const SortKey& key : keys) {
        order.place[static_cast<std::size_t>(key.row)] = static_cast<int>(order.shown.size());
        order.shown.push_back(key.row);
    }
    return order;
}

bool PoolTable::fits(const Row& row, const QString& group) const {
    if (m_filter.states.any() && !(row.state && m_filter.states.test(static_cast<std::size_t>(*row.state)))) {
        return false;
    }
    return std::ranges::all_of(m_words, [&](const QString& word) {
        return group.contains(word, Qt::CaseInsensitive) || std::ranges::any_of(row.cells, [&](const Cell& cell) {
                   return cell.text.contains(word, Qt::CaseInsensitive);
               });
    });
}

// ---- Rows and indexes ----------------------------------------------------------------------------------------------

const Row* PoolTable::rowAt(const QModelIndex& index) const {
    if (!index.isValid() || index.model() != this) {
        return nullptr;
    }
    const auto place = static_cast<std::size_t>(index.row());
    if (index.internalId() == 0) {
        return place < m_top.shown.size() ? &m_rows[static_cast<std::size_t>(m_top.shown[place])] : nullptr;
    }
    const std::size_t group = index.internalId() - 1;
    const std::vector<int>& shown = m_children[group].shown;
    return place < shown.size() ? &m_rows[group].children[static_cast<std::size_t>(shown[place])] : nullptr;
}

/// @param child  -1: the group itself; -2: a row that is gone
QModelIndex PoolTable::indexOf(int group, int child, int column) const {
    if (group < 0 || child < -1) {
        return {};
    }
    const auto at = static_cast<std::size_t>(group);
    const int place = child < 0 ? m_top.place[at] : m_children[at].place[static_cast<std::size_t>(child)];
    return place < 0 ? QModelIndex()
                     : createIndex(place, column, child < 0 ? quintptr{0} : static_cast<quintptr>(group) + 1);
}

QModelIndex PoolTable::find(const NodeId& node) const {
    for (int place = 0; place < rowCount(); ++place) {
        const auto at = static_cast<std::size_t>(m_top.shown[static_cast<std::size_t>(place)]);
        if (m_rows[at].node == node) {
            return index(place, 0);
        }
        const auto found = std::ranges::find(m_rows[at].children, node, &Row::node);
        if (found != m_rows[at].children.end()) {
            const int row = m_children[at].place[static_cast<std::size_t>(found - m_rows[at].children.begin())];
            return row < 0 ? QModelIndex() : index(row, 0, index(place, 0));
        }
    }
    return {};
}

int PoolTable::shownRows() const {
    int count = 0;
    for (const int at : m_top.shown) {
        const auto group = static_cast<std::size_t>(at);
        count += m_rows[group].children.empty() ? 1 : static_cast<int>(m_children[group].shown.size());
    }
    return count;
}

int PoolTable::allRows() const {
    return std::accumulate(m_rows.begin(), m_rows.end(), 0, [](int count, const Row& row) {
        return count + (row.children.empty() ? 1 : static_cast<int>(row.children.size()));
    });
}

QModelIndex PoolTable::index(int row, int column, const QModelIndex& parent) const {
    if (row < 0 || column < 0 || column >= columnCount() || row >= rowCount(parent)) {
        return {};
    }
    // A child carries its group, a group nothing.
    return createIndex(row, column,
                       parent.isValid() ? static_cast<quintptr>(m_top.shown[static_cast<std::size_t>(parent.row())]) + 1
                                        : quintptr{0});
}

QModelIndex PoolTable::parent(const QModelIndex& index) const {
    if (!index.isValid() || index.internalId() == 0) {
        return {};
    }
    const int place = m_top.place[index.internalId() - 1];
    return place < 0 ? QModelIndex() : createIndex(place, 0, quintptr{0});
}

int PoolTable::rowCount(const QModelIndex& parent) const {
    if (!parent.isValid()) {
        return static_cast<int>(m_top.shown.size());
    }
    if (parent.internalId() != 0 || parent.column() != 0 ||
        static_cast<std::size_t>(parent.row()) >= m_top.shown.size()) {
        return 0;
    }
    const auto group = static_cast<std::size_t>(m_top.shown[static_cast<std::size_t>(parent.row())]);
    return static_cast<int>(m_children[group].shown.size());
}

int PoolTable::columnCount(const QModelIndex&) const {
    return static_cast<int>(m_columns.size());
}

QVariant PoolTable::data(const QModelIndex& index, int role) const {
    const Row* const row = rowAt(index);
    const auto at = static_cast<std::size_t>(index.column());
    if (row == nullptr || at >= row->cells.size()) {
        return {};
    }
    const Cell& cell = row->cells[at];
    const Column& column = m_columns[at];
    switch (role) {
    case Qt::DisplayRole: return cell.text;
    case SortRole: return cell.sort.isValid() ? cell.sort : QVariant(cell.text);
    case StateRole: return row->state ? QVariant(static_cast<int>(*row->state)) : QVariant();
    case ShareRole: return column.isShare ? cell.sort : QVariant();
    case Qt::DecorationRole: return at == 0 && row->state ? QVariant(stateIcon(*row->state)) : QVariant();
    case Qt::TextAlignmentRole:
        return column.isNumber ? QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::ToolTipRole:
        return plainTip(row->state && at <= 1 ? cell.text + QStringLiteral("\n") + meaningOf(*row->state) : cell.text);
    case Qt::AccessibleTextRole:
        return at == 0 && row->state ? tr("%1, %2").arg(cell.text, wordOf(*row->state)) : cell.text;
    default: return {};
    }
}

QVariant PoolTable::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) {
        return {};
    }
    const Column& column = m_columns[static_cast<std::size_t>(section)];
    switch (role) {
    case Qt::DisplayRole: return column.heading;
    case Qt::ToolTipRole: return column.help;
    case Qt::TextAlignmentRole:
        return QVariant::fromValue((column.isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default: return {};
    }
}

} // namespace kolam::gui
