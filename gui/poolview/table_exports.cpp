// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/poolview/table_exports.h"

#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace kolam::gui {

namespace {

/// Calls `visit` with each row that is shown and is no group.
template <typename Visit>
void walkRows(const PoolTable& table, const QModelIndex& parent, const Visit& visit) {
    for (int row = 0; row < table.rowCount(parent); ++row) {
        const QModelIndex index = table.index(row, 0, parent);
        if (table.rowCount(index) > 0) {
            walkRows(table, index, visit);
        } else {
            visit(index);
        }
    }
}

QJsonValue jsonOf(const Column& column, const Cell& cell, const Row& row) {
    if (column.isAge) {
        return cell.text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(-cell.sort.toLongLong());
    }
    if (QLatin1String(column.key) == QLatin1String("state") && row.state && row.node) {
        return QString::fromLatin1(lookOf(*row.state).key); // the same in every language
    }
    if (column.isNumber || column.isShare) {
        return cell.sort.isValid() ? QJsonValue(cell.sort.toDouble()) : QJsonValue(QJsonValue::Null);
    }
    return cell.text;
}

QJsonArray jsonRows(const PoolTable& table, const QModelIndex& parent) {
    QJsonArray rows;
    for (int at = 0; at < table.rowCount(parent); ++at) {
        const QModelIndex index = table.index(at, 0, parent);
        const Row& row = *table.rowAt(index);
        QJsonObject object;
        for (std::size_t column = 0; column < row.cells.size(); ++column) {
            const Column& of = table.columns()[column];
            object.insert(of.isAge ? QStringLiteral("since_ns") : QString::fromLatin1(of.key),
                          jsonOf(of, row.cells[column], row));
        }
        if (!row.children.empty()) {
            object.insert(QStringLiteral("rows"), jsonRows(table, index));
        }
        rows.append(object);
    }
    return rows;
}

} // namespace

QString toCsv(const PoolTable& table) {
    QStringList lines;
    QStringList line;
    for (const Column& column : table.columns()) {
        line.append(csvField(column.heading));
    }
    lines.append(line.join(u','));
    walkRows(table, {}, [&](const QModelIndex& index) {
        line.clear();
        for (int column = 0; column < table.columnCount(); ++column) {
            line.append(csvField(index.siblingAtColumn(column).data().toString()));
        }
        lines.append(line.join(u','));
    });
    return lines.join(u'\n') + u'\n';
}

QString toJson(const PoolTable& table, const QString& view, WallTime at) {
    const QJsonObject object{{QStringLiteral("kolam"), QStringLiteral("pool view")},
                             {QStringLiteral("version"), 1},
                             {QStringLiteral("view"), view},
                             {QStringLiteral("at_ns"), static_cast<qint64>(at.value)},
                             {QStringLiteral("rows"), jsonRows(table, {})}};
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Indented));
}

QString toTsv(const QTreeView& view) {
    QList<int> columns;
    for (int place = 0; place < view.header()->count(); ++place) {
        const int column = view.header()->logicalIndex(place);
        if (!view.isColumnHidden(column)) {
            columns.append(column);
        }
    }
    QModelIndexList rows;
    for (QModelIndex index = view.model()->index(0, 0); index.isValid(); index = view.indexBelow(index)) {
        if (!view.selectionModel()->hasSelection() || view.selectionModel()->isSelected(index)) {
            rows.append(index);
        }
    }
    QStringList lines;
    QStringList line;
    const auto field = [](QString text) { return text.replace(u'\t', u' ').replace(u'\n', u' '); };
    for (const int column : columns) {
        line.append(field(view.model()->headerData(column, Qt::Horizontal).toString()));
    }
    lines.append(line.join(u'\t'));
    for (const QModelIndex& index : rows) {
        line.clear();
        for (const int column : columns) {
            line.append(field(index.siblingAtColumn(column).data().toString()));
        }
        lines.append(line.join(u'\t'));
    }
    return lines.join(u'\n') + u'\n';
}

} // namespace kolam::gui
