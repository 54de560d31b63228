// SPDX-License-Identifier: GPL-3.0-or-later
// One table of the pool view on the screen: sorted by a press on a heading, its columns chosen from the heading's menu,
// narrow or wide, with shares as bars; it leads to a node, and goes to one. Next door: pool_table.h, the rows.
#pragma once

#include "gui/poolview/pool_table.h"

#include <QSet>
#include <QStyledItemDelegate>
#include <QTreeView>

class QMenu;
class QSettings;

namespace kolam::gui {

enum class Density : quint8 { Comfortable, Compact };

/// Paints shares as bars, and gives rows the height of a density.
class RowDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void setDensity(Density density) { m_density = density; }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;

private:
    Density m_density = Density::Comfortable;
};

class TablePage final : public QTreeView {
    Q_OBJECT
public:
    /// @param key  for settings and for the names of files
    TablePage(const QString& name, const char* key, std::vector<Column> columns, bool isTree,
              QWidget* parent = nullptr);

    [[nodiscard]] PoolTable& table() { return *m_table; }
    [[nodiscard]] const PoolTable& table() const { return *m_table; }
    [[nodiscard]] const QString& key() const { return m_key; }
    /// New rows; the columns get the width of the first ones.
    void show(std::vector<Row> rows);
    void setFilter(const RowFilter& filter);
    void setDensity(Density density);

    [[nodiscard]] std::vector<NodeId> selectedNodes() const;
    /// Selects the row of a node if there is one, without telling it.
    void select(const std::optional<NodeId>& node);

    /// Fills a menu with the columns, each to be shown or hidden.
    void fillColumnMenu(QMenu& menu);
    void setColumnShown(int column, bool shown);
    /// As they were at first.
    void resetColumns();
    void readSettings(const QSettings& settings);
    void writeSettings(QSettings& settings) const;

signals:
    void chosen(const kolam::gui::NodeId& node);

private:
    void fitColumns();
    void openGroups(bool all);

    QString m_key;
    PoolTable* m_table;
    RowDelegate* m_delegate;
    bool m_isTree;
    QSet<QString> m_seen;  // groups
    bool m_fitted = false; // columns were made as wide as the first rows need
    bool m_quiet = false;  // selected by the window, not by a person
};

} // namespace kolam::gui
