// SPDX-License-Identifier: GPL-3.0-or-later
// Rows that are computed anew whenever something has changed, shown by views that keep selection and place: what is new
// is inserted, what is gone removed, what differs updated. One level of rows, or groups with rows.
// Next door: rows.h, which computes them from a model.
#pragma once

#include "gui/common/element_state.h"

#include <QAbstractItemModel>
#include <QIcon>
#include <QVariant>
#include <optional>
#include <vector>

namespace kolam::gui {

struct Cell {
    QString text;
    QVariant sort; // by which it is ordered, where that is not the text
    friend bool operator==(const Cell&, const Cell&) = default;
};

struct Row {
    QString key;             // the same row has the same key, and its neighbours have others
    std::vector<Cell> cells; // the first one has the icon
    std::optional<NodeId> node;
    std::optional<ElementState> state;
    quint64 number = 0; // of a failover, a session; for whoever asks
    std::vector<Row> children;
    friend bool operator==(const Row&, const Row&) = default;
};

class RowModel final : public QAbstractItemModel {
    Q_OBJECT
public:
    enum DataRole { SortRole = Qt::UserRole + 1, StateRole };
    explicit RowModel(QStringList headings, QObject* parent = nullptr);

    void setRows(std::vector<Row> rows);
    [[nodiscard]] const std::vector<Row>& rows() const { return m_rows; }
    /// Null for no index of this model.
    [[nodiscard]] const Row* rowAt(const QModelIndex& index) const;
    /// The first row of this node; invalid when there is none.
    [[nodiscard]] QModelIndex find(const NodeId& node) const;
    /// All cells with headings, as comma separated values.
    [[nodiscard]] QString toCsv() const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& index) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void arrange(std::vector<Row>& old, const std::vector<Row>& fresh, const QModelIndex& parent);
    void merge(std::vector<Row>& old, std::vector<Row> fresh, const QModelIndex& parent);
    QStringList m_headings;
    std::vector<Row> m_rows;
};

/// A cell as CSV: quoted where it must be; what a spreadsheet would take for a formula is not one.
[[nodiscard]] QString csvField(QString text);
/// The icon of a state, in the colours of the current theme.
[[nodiscard]] QIcon stateIcon(ElementState state);

} // namespace kolam::gui
