// SPDX-License-Identifier: GPL-3.0-or-later
// Rows in columns that people sort, narrow and choose: one level, or groups with rows. Sorting and filtering are done
// here, over all rows at once, because a proxy that does it row by row takes ten times as long with 10,000 elements;
// views keep selection, place and what is expanded, because whatever changes is a change of layout in which rows are
// known by their keys. Next door: pool_rows.h, which computes the rows; table_page.h, which shows them.
#pragma once

#include "gui/common/row_model.h"

#include <QAbstractItemModel>
#include <QStringList>
#include <bitset>
#include <functional>
#include <vector>

namespace kolam::gui {

struct Column {
    const char* key = "";  // for exports and settings
    QString heading;       // for people
    QString help;          // what it means, and where that is said
    bool shown = true;     // until somebody chooses
    bool isNumber = false; // aligned right; and in JSON a number
    bool isShare = false;  // 0 to 1, shown as a bar
    bool isSentence = false;
    bool isAge = false; // sorted by when it began, nanoseconds, negative
};

/// What is shown of all rows; all words must be found, in a row or in its group's name.
struct RowFilter {
    QString words;
    std::bitset<elementStates> states; // none: all
    friend bool operator==(const RowFilter&, const RowFilter&) = default;
};

class PoolTable final : public QAbstractItemModel {
    Q_OBJECT
public:
    enum DataRole { SortRole = Qt::UserRole + 1, StateRole, ShareRole };
    explicit PoolTable(std::vector<Column> columns, QObject* parent = nullptr);

    void setRows(std::vector<Row> rows);
    void setFilter(const RowFilter& filter);
    [[nodiscard]] const RowFilter& filter() const { return m_filter; }
    void sort(int column, Qt::SortOrder order) override;

    [[nodiscard]] const std::vector<Column>& columns() const { return m_columns; }
    /// All rows, as they were set.
    [[nodiscard]] const std::vector<Row>& rows() const { return m_rows; }
    /// Null for no index of this model.
    [[nodiscard]] const Row* rowAt(const QModelIndex& index) const;
    /// The first row of this node that is shown; invalid when there is none.
    [[nodiscard]] QModelIndex find(const NodeId& node) const;
    /// Rows that are no groups: how many are shown, and how many there are.
    [[nodiscard]] int shownRows() const;
    [[nodiscard]] int allRows() const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& index) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    /// Which rows are shown, in which order, and the way back.
    struct Order {
        std::vector<int> shown;
        std::vector<int> place; // -1: it is not shown
    };
    void rearrange(const std::function<void()>& change);
    void arrange();
    [[nodiscard]] Order orderOf(const std::vector<Row>& rows, const std::vector<bool>& fits) const;
    [[nodiscard]] bool fits(const Row& row, const QString& group) const;
    /// False: the rows are others, or stand elsewhere.
    bool updateInPlace(std::vector<Row>& fresh);
    [[nodiscard]] QModelIndex indexOf(int group, int child, int column) const;

    std::vector<Column> m_columns;
    RowFilter m_filter;
    QStringList m_words; // of the filter
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    std::vector<Row> m_rows;
    Order m_top;
    std::vector<Order> m_children; // of each group in m_rows
};

} // namespace kolam::gui
