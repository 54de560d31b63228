// SPDX-License-Identifier: GPL-3.0-or-later
// Where one chooses Julia's constant: on a small Mandelbrot set, by click, drag or arrow keys, beside which the Julia
// set of the point grows at once. Small pictures are computed here, not by the pool.
// Next door: picture_panel.h, the form it belongs to; thumbnail_maker.h, which computes.
#pragma once

#include "gui/fractal/palette.h"
#include "gui/fractal/view_rect.h"

#include <QImage>
#include <QWidget>

namespace kolam::gui {

class JuliaPicker : public QWidget {
    Q_OBJECT
public:
    explicit JuliaPicker(QWidget* parent = nullptr);

    [[nodiscard]] QPointF constant() const { return m_constant; }
    /// Shows it; emits nothing.
    void setConstant(QPointF k);
    void setColouring(const Colouring& colouring);

    /// Where on the widget the constant's mark is.
    [[nodiscard]] QPointF markPosition() const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

signals:
    /// While it is dragged: another point.
    void moved(QPointF k);
    /// Released, clicked or stepped to: this one.
    void chosen(QPointF k);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    [[nodiscard]] QRect mapRect() const;
    [[nodiscard]] QRect previewRect() const;
    [[nodiscard]] QPointF numberAt(QPointF position) const;
    void moveTo(QPointF k);
    [[nodiscard]] QImage computed(wire::FractalAlgorithm algorithm, QSize size) const;

    QPointF m_constant;
    Colouring m_colouring;
    bool m_dragging = false;
    QImage m_map;     // null: to be computed
    QImage m_preview; // the same
};

} // namespace kolam::gui
