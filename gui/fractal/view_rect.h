// SPDX-License-Identifier: GPL-3.0-or-later
// A part of the complex plane as a picture shows it, and the arithmetic of zooming and panning in it.
// Next door: navigation.h remembers where one has been, fractal_canvas.h turns gestures into these.
#pragma once

#include "core/wire/services.h"

#include <QPointF>
#include <QRectF>
#include <QSizeF>

namespace kolam::gui {

/// From the picture's left upper corner to its right lower one. Either axis may run either way: files have both.
struct ViewRect {
    double leftReal = 0;
    double topImag = 0;
    double rightReal = 0;
    double bottomImag = 0;
    friend bool operator==(const ViewRect&, const ViewRect&) = default;

    [[nodiscard]] double width() const { return rightReal - leftReal; } // negative: the real axis runs to the left
    [[nodiscard]] double height() const { return bottomImag - topImag; }
    /// The number at a place of the picture, (0, 0) its left upper and (1, 1) its right lower corner.
    [[nodiscard]] QPointF at(QPointF place) const;
    /// Where in the picture a number lies; the inverse of at().
    [[nodiscard]] QPointF placeOf(QPointF number) const;
    /// Where another view lies in this one: as a rectangle in this picture's unit square.
    [[nodiscard]] QRectF placeOf(const ViewRect& other) const;

    /// Scaled by `factor` (below 1: closer), so that the number at `place` stays where it is.
    [[nodiscard]] ViewRect zoomed(QPointF place, double factor) const;
    /// Moved by a share of width and height.
    [[nodiscard]] ViewRect panned(QPointF share) const;
    /// What `box`, a rectangle in the unit square, shows; widened to keep this view's proportions.
    [[nodiscard]] ViewRect boxed(const QRectF& box) const;
    /// Widened around the centre, in one direction, so that points are square in a picture of this size.
    [[nodiscard]] ViewRect fitted(QSizeF picture) const;
    /// On the way from this one (0) to another (1): evenly in position, by equal factors in size.
    [[nodiscard]] ViewRect towards(const ViewRect& other, double way) const;

    /// Neighbouring points of a picture this wide are different doubles, and the plane is not left.
    [[nodiscard]] bool isUsable(QSize picture) const;
};

[[nodiscard]] ViewRect viewOf(const wire::FractalParameter& parameter);
/// The whole set, upright as people know it. rsplib computes z^2 - c, so its pictures' real axis runs to the left.
[[nodiscard]] ViewRect homeView(wire::FractalAlgorithm algorithm);
/// How many times closer than the home view.
[[nodiscard]] double zoomOf(const ViewRect& view, wire::FractalAlgorithm algorithm);

} // namespace kolam::gui
