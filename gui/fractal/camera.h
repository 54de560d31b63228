// SPDX-License-Identifier: GPL-3.0-or-later
// What part of the plane is on screen, where in the window, and how it glides to another part. No widget: arithmetic.
// Next door: fractal_canvas.h moves it by mouse and keys.
#pragma once

#include "gui/fractal/view_rect.h"

#include <QSize>

namespace kolam::gui {

class Camera {
public:
    /// The canvas in its own coordinates, and the proportions of the picture in it.
    void setGeometry(QSizeF canvas, QSizeF picture);
    /// Where the picture lies in the canvas: as large as it fits, in the middle.
    [[nodiscard]] QRectF frame() const { return m_frame; }

    /// Where the way leads; target and shown are the same when nothing moves.
    [[nodiscard]] const ViewRect& target() const { return m_target; }
    [[nodiscard]] const ViewRect& shown() const { return m_shown; }
    void jumpTo(const ViewRect& view);
    /// Begins a way from what is shown now.
    void setOut(const ViewRect& view);
    /// How far on the way, 0 to 1.
    void proceed(double way) { m_shown = m_start.towards(m_target, way); }

    /// Where a picture of `view` lies in the canvas now.
    [[nodiscard]] QRectF placed(const ViewRect& view) const;
    /// The place in the frame's unit square of a point of the canvas.
    [[nodiscard]] QPointF unit(QPointF canvasPoint) const;
    [[nodiscard]] QRectF unit(const QRectF& canvasRect) const {
        return {unit(canvasRect.topLeft()), unit(canvasRect.bottomRight())};
    }
    /// The number under a point of the canvas.
    [[nodiscard]] DeepNumber exactlyAt(QPointF canvasPoint) const { return m_shown.exactlyAt(unit(canvasPoint)); }
    [[nodiscard]] QPointF numberAt(QPointF canvasPoint) const { return exactlyAt(canvasPoint).rounded(); }

private:
    QRectF m_frame{0, 0, 1, 1};
    ViewRect m_start{0, 0, 1, 1};
    ViewRect m_target{0, 0, 1, 1};
    ViewRect m_shown{0, 0, 1, 1};
};

/// How much closer one turn of the wheel goes; angleDelta's eighths of a degree, 120 a notch.
[[nodiscard]] double wheelFactor(int angleDelta);

} // namespace kolam::gui
