// SPDX-License-Identifier: GPL-3.0-or-later
// A part of the complex plane as a picture shows it, and the arithmetic of zooming and panning in it.
// Next door: navigation.h remembers where one has been, fractal_canvas.h turns gestures into these.
#pragma once

#include "core/base/double_double.h"
#include "core/wire/services.h"

#include <QPointF>
#include <QRectF>
#include <QSizeF>

namespace kolam::gui {

/// A complex number with twice a double's precision.
struct DeepNumber {
    DoubleDouble real;
    DoubleDouble imag;
    friend bool operator==(const DeepNumber&, const DeepNumber&) = default;
    [[nodiscard]] QPointF rounded() const { return {real.toDouble(), imag.toDouble()}; }
};

/// From the picture's left upper corner to its right lower one. Either axis may run either way: files have both.
struct ViewRect {
    DoubleDouble leftReal;
    DoubleDouble topImag;
    DoubleDouble rightReal;
    DoubleDouble bottomImag;
    friend bool operator==(const ViewRect&, const ViewRect&) = default;

    // Negative: the axis runs the other way.
    [[nodiscard]] double width() const { return (rightReal - leftReal).toDouble(); }
    [[nodiscard]] double height() const { return (bottomImag - topImag).toDouble(); }
    /// The number at a place of the picture, (0, 0) its left upper and (1, 1) its right lower corner.
    [[nodiscard]] DeepNumber exactlyAt(QPointF place) const;
    [[nodiscard]] QPointF at(QPointF place) const { return exactlyAt(place).rounded(); }
    /// Where in the picture a number lies; the inverse of exactlyAt().
    [[nodiscard]] QPointF placeOf(const DeepNumber& number) const;
    [[nodiscard]] QPointF placeOf(QPointF number) const { return placeOf(DeepNumber{number.x(), number.y()}); }
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

    /// Neighbouring points of a picture this wide are different doubles.
    [[nodiscard]] bool suitsDoubles(QSize picture) const;
    /// Neighbouring points are different numbers, of twice a double's precision where `deep` says so and the view is
    /// not narrower than 1e-27; and the plane is not left.
    [[nodiscard]] bool isUsable(QSize picture, bool deep = false) const;
};

[[nodiscard]] ViewRect viewOf(const wire::FractalParameter& parameter);
/// The whole set, upright as people know it. rsplib computes z^2 - c, so its pictures' real axis runs to the left.
[[nodiscard]] ViewRect homeView(wire::FractalAlgorithm algorithm);
/// How many times closer than the home view.
[[nodiscard]] double zoomOf(const ViewRect& view, wire::FractalAlgorithm algorithm);

} // namespace kolam::gui
