// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/common/row_model.h"

#include <QIconEngine>
#include <QPainter>
#include <QSet>
#include <algorithm>

namespace kolam::gui {

namespace {

class StateEngine final : public QIconEngine {
public:
    explicit StateEngine(ElementState state) : m_state(state) {}
    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
        ThemeTokens tokens = currentTokens();
        if (mode == QIcon::Selected) {
            tokens.*lookOf(m_state).colour = tokens.onAccent; // on the selection the shape says it
        }
        paintState(*painter, m_state, QRectF(rect).adjusted(1, 1, -1, -1), tokens);
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }
    QIconEngine* clone() const override { return new StateEngine(*this); }

private:
    ElementState m_state;
};

} // namespace

QString csvField(QString text) {
    if (!text.isEmpty() && QStringLiteral("=+-@").contains(text.front())) {
        text.prepend(u'\'');
    }
    if (text.contains(u',') || text.contains(u'"') || text.contains(u'\n')) {
        return u'"' + text.replace(u'"', QStringLiteral("\"\"")) + u'"';
    }
    return text;
}

QIcon stateIcon(ElementState state) {
    return QIcon(new StateEngine(state));
}

RowModel::RowModel(QStringList headings, QObject* parent)
    : QAbstractItemModel(parent)
    , m_headings(std::move(headings)) {}

void RowModel::setRows(std::vector<Row> rows) {
    merge(m_rows, std::move(rows), {});
}

/// Makes the keys of `old` those of `fresh`, in their order.
void RowModel::arrange(std::vector<Row>& old, const std::vector<Row>& fresh, const QModelIndex& parent) {
    QSet<QString> wanted;
    for (const Row& row : fresh) {
        wanted.insert(row.key);
    }
    QSet<QString> known;
    const auto remove = [&](std::size_t from, std::size_t end) {
        beginRemoveRows(parent, static_cast<int>(from), static_cast<int>(end) - 1);
        old.erase(old.begin() + static_cast<std::ptrdiff_t>(from), old.begin() + static_cast<std::ptrdiff_t>(end));
        endRemoveRows();
    };
    for (std::size_t end = old.size(); end > 0;) {
        std::size_t from = end;
        while (from > 0 && !wanted.contains(old[from - 1].key)) {
            --from;
        }
        if (from < end) {
            remove(from, end);
            end = from;
        } else {
            known.insert(old[--end].key);
        }
    }
    for (std::size_t at = 0; at < fresh.size();) {
        // What stands here, and belongs further down, goes and comes again there.
        while (at < old.size() && old[at].key != fresh[at].key && known.contains(fresh[at].key)) {
            known.remove(old[at].key);
            remove(at, at + 1);
        }
        if (at < old.size() && old[at].key == fresh[at].key) {
            ++at;
            continue;
        }
        std::size_t end = at + 1;
        while (end < fresh.size() && !known.contains(fresh[end].key)) {
            ++end;
        }
        beginInsertRows(parent, static_cast<int>(at), static_cast<int>(end) - 1);
        old.insert(old.begin() + static_cast<std::ptrdiff_t>(at), fresh.begin() + static_cast<std::ptrdiff_t>(at),
                   fresh.begin() + static_cast<std::ptrdiff_t>(end));
        endInsertRows();
        at = end;
    }
}

void RowModel::merge(std::vector<Row>& old, std::vector<Row> fresh, const QModelIndex& parent) {
    if (!std::ranges::equal(old, fresh, {}, &Row::key, &Row::key)) {
        arrange(old, fresh, parent);
    }
    int first = -1; // that differs, and the last one: views search long for each row that they are told of
    int last = -1;
    for (std::size_t at = 0; at < fresh.size(); ++at) {
        const int row = static_cast<int>(at);
        std::vector<Row> children = std::move(fresh[at].children);
        fresh[at].children.clear();
        Row& here = old[at];
        if (here.cells != fresh[at].cells || here.state != fresh[at].state || here.node != fresh[at].node ||
            here.number != fresh[at].number) {
            fresh[at].children = std::move(here.children);
            here = std::move(fresh[at]);
            first = first < 0 ? row : first;
            last = row;
        }
        if (!here.children.empty() || !children.empty()) {
            merge(here.children, std::move(children), index(row, 0, parent));
        }
    }
    if (first >= 0) {
        emit dataChanged(index(first, 0, parent), index(last, columnCount() - 1, parent));
    }
}

const Row* RowModel::rowAt(const QModelIndex& index) const {
    if (!index.isValid() || index.model() != this) {
        return nullptr;
    }
    const auto row = static_cast<std::size_t>(index.row());
    if (index.internalId() == 0) {
        return row < m_rows.size() ? &m_rows[row] : nullptr;
    }
    const Row* const group = rowAt(index.parent());
    return group != nullptr && row < group->children.size() ? &group->children[row] : nullptr;
}

QModelIndex RowModel::find(const NodeId& node) const {
    for (std::size_t group = 0; group < m_rows.size(); ++group) {
        const QModelIndex top = index(static_cast<int>(group), 0);
        if (m_rows[group].node == node) {
            return top;
        }
        const auto& children = m_rows[group].children;
        for (std::size_t child = 0; child < children.size(); ++child) {
            if (children[child].node == node) {
                return index(static_cast<int>(child), 0, top);
            }
        }
    }
    return {};
}

QString RowModel::toCsv() const {
    QStringList lines;
    const auto add = [&](const auto& cells, auto&& text) {
        QStringList line;
        for (const auto& cell : cells) {
            line.append(csvField(text(cell)));
        }
        lines.append(line.join(u','));
    };
    const auto textOfCell = [](const Cell& cell) { return cell.text; };
    add(m_headings, [](const QString& heading) { return heading; });
    for (const Row& row : m_rows) {
        if (row.children.empty()) {
            add(row.cells, textOfCell);
        }
        for (const Row& child : row.children) {
            add(child.cells, textOfCell);
        }
    }
    return lines.join(u'\n') + u'\n';
}

QModelIndex RowModel::index(int row, int column, const QModelIndex& parent) const {
    if (!hasIndex(row, column, parent)) {
        return {};
    }
    // A child carries its group's row, a group nothing.
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : quintptr{0});
}

QModelIndex RowModel::parent(const QModelIndex& index) const {
    return !index.isValid() || index.internalId() == 0 ? QModelIndex()
                                                       : createIndex(static_cast<int>(index.internalId()) - 1, 0);
}

int RowModel::rowCount(const QModelIndex& parent) const {
    if (!parent.isValid()) {
        return static_cast<int>(m_rows.size());
    }
    if (parent.internalId() != 0 || parent.column() != 0) {
        return 0;
    }
    const Row* const row = rowAt(parent);
    return row == nullptr ? 0 : static_cast<int>(row->children.size());
}

int RowModel::columnCount(const QModelIndex&) const {
    return static_cast<int>(m_headings.size());
}

QVariant RowModel::data(const QModelIndex& index, int role) const {
    const Row* const row = rowAt(index);
    if (row == nullptr) {
        return {};
    }
    const auto column = static_cast<std::size_t>(index.column());
    static const Cell none;
    const Cell& cell = column < row->cells.size() ? row->cells[column] : none;
    switch (role) {
    case Qt::DisplayRole: return cell.text;
    case SortRole: return cell.sort.isValid() ? cell.sort : QVariant(cell.text);
    case StateRole: return row->state ? QVariant(static_cast<int>(*row->state)) : QVariant();
    case Qt::DecorationRole: return column == 0 && row->state ? QVariant(stateIcon(*row->state)) : QVariant();
    case Qt::ToolTipRole: return row->state ? cell.text + QStringLiteral("\n") + meaningOf(*row->state) : cell.text;
    case Qt::AccessibleTextRole:
        return column == 0 && row->state ? tr("%1, %2").arg(cell.text, wordOf(*row->state)) : cell.text;
    default: return {};
    }
}

QVariant RowModel::headerData(int section, Qt::Orientation orientation, int role) const {
    return orientation == Qt::Horizontal && role == Qt::DisplayRole && section < m_headings.size()
               ? QVariant(m_headings[section])
               : QVariant();
}

} // namespace kolam::gui
