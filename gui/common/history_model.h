// SPDX-License-Identifier: GPL-3.0-or-later
// The history of events as a list for people, oldest first: only what can be said in words, narrowed to one node or to
// words that are sought. Rows know their position, so that the list leads to the moment. Next door: playback.h.
#pragma once

#include "gui/common/playback.h"

#include <QAbstractTableModel>
#include <deque>
#include <optional>

namespace kolam::gui {

class HistoryModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { TimeColumn, TextColumn, ColumnCount };
    explicit HistoryModel(const Playback& playback, QObject* parent = nullptr);

    void setNode(std::optional<NodeId> node);
    void setWords(const QString& words);
    [[nodiscard]] Position positionOf(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    /// The last row that has happened at the moment that is shown; -1 when there is none.
    [[nodiscard]] int currentRow() const;
    [[nodiscard]] QString toCsv() const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void append(Position from);
    void forget();
    void rebuild();
    [[nodiscard]] bool fits(Position position) const;

    const Playback& m_playback;
    std::optional<NodeId> m_node;
    QString m_words;
    std::deque<Position> m_rows;
    Position m_shown = 0;
};

} // namespace kolam::gui
