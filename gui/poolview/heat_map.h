// SPDX-License-Identifier: GPL-3.0-or-later
// Load as colour: an element a row, time from left to right up to the moment that is shown. The pointer, or the arrow
// keys, say what a cell means; Enter, or a double click, goes to its moment. Its twin for those who do not see it are
// the tables, and the sentence of the cell. Next door: load_history.h, the cells.
#pragma once

#include "gui/poolview/load_history.h"

#include <QWidget>
#include <optional>

namespace kolam::gui {

class HeatMap final : public QWidget {
    Q_OBJECT
public:
    explicit HeatMap(QWidget* parent = nullptr);

    /// @param end  the moment that is shown
    void showLoads(const LoadHistory& history, WallTime end);
    void setSpan(Duration span);
    [[nodiscard]] Duration span() const { return m_span; }
    void select(const std::optional<NodeId>& node);
    [[nodiscard]] const HeatGrid& grid() const { return m_grid; }
    /// What the cell under the pointer, or the cursor, means; empty: there is none.
    [[nodiscard]] QString sentence() const;
    /// The picture, with legend, as large as wanted: for the screen and for files.
    void paint(QPainter& painter, const QSize& size) const;
    /// As a PNG, SVG or PDF, by its name. @return what went wrong, as a sentence; empty: nothing
    [[nodiscard]] QString save(const QString& path) const;

    [[nodiscard]] QSize sizeHint() const override { return {600, 180}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, 100}; }

    static constexpr int leastRow = 3; // pixels; where rows would be lower, elements share one

signals:
    void chosen(const kolam::gui::NodeId& node);
    void momentChosen(kolam::gui::WallTime time);
    void sentenceChanged(const QString& sentence);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    struct Frame;
    [[nodiscard]] Frame frameOf(const QSize& size) const;
    void paintLabels(QPainter& painter, const Frame& frame) const;
    void paintLegend(QPainter& painter, const Frame& frame) const;
    void pointAt(const QPoint& at);
    void point(int row, int column);

    HeatGrid m_grid;
    WallTime m_end;
    Duration m_span = std::chrono::minutes{5};
    std::optional<NodeId> m_selected;
    int m_row = -1; // of the cursor
    int m_column = -1;
};

/// From dark blue over grey to yellow, in which more is also lighter: for all eyes, and on paper.
[[nodiscard]] QColor heatColour(double share);

} // namespace kolam::gui
