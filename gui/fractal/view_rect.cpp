// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/view_rect.h"

#include <QSize>
#include <algorithm>
#include <cmath>
#include <limits>

namespace kolam::gui {

QPointF ViewRect::at(QPointF place) const {
    return {leftReal + place.x() * width(), topImag + place.y() * height()};
}

QPointF ViewRect::placeOf(QPointF number) const {
    return {(number.x() - leftReal) / width(), (number.y() - topImag) / height()};
}

QRectF ViewRect::placeOf(const ViewRect& other) const {
    return {placeOf(QPointF(other.leftReal, other.topImag)), placeOf(QPointF(other.rightReal, other.bottomImag))};
}

ViewRect ViewRect::zoomed(QPointF place, double factor) const {
    const QPointF fixed = at(place);
    return {fixed.x() + (leftReal - fixed.x()) * factor, fixed.y() + (topImag - fixed.y()) * factor,
            fixed.x() + (rightReal - fixed.x()) * factor, fixed.y() + (bottomImag - fixed.y()) * factor};
}

ViewRect ViewRect::panned(QPointF share) const {
    const double dx = share.x() * width();
    const double dy = share.y() * height();
    return {leftReal + dx, topImag + dy, rightReal + dx, bottomImag + dy};
}

ViewRect ViewRect::boxed(const QRectF& box) const {
    const double factor = std::max(box.width(), box.height());
    const QPointF centre = at(box.center());
    return {centre.x() - width() * factor / 2, centre.y() - height() * factor / 2, centre.x() + width() * factor / 2,
            centre.y() + height() * factor / 2};
}

ViewRect ViewRect::fitted(QSizeF picture) const {
    const double across = std::abs(width()) / picture.width();
    const double down = std::abs(height()) / picture.height();
    const double perPoint = std::max(across, down);
    if (std::abs(across - down) <= perPoint * 1e-9) {
        return *this; // fits already: not a bit is changed
    }
    const double halfWidth = std::copysign(perPoint * picture.width() / 2, width());
    const double halfHeight = std::copysign(perPoint * picture.height() / 2, height());
    const double real = leftReal + width() / 2;
    const double imag = topImag + height() / 2;
    return {real - halfWidth, imag - halfHeight, real + halfWidth, imag + halfHeight};
}

ViewRect ViewRect::towards(const ViewRect& other, double way) const {
    if (way <= 0) {
        return *this;
    }
    if (way >= 1) {
        return other;
    }
    // Sizes go by equal factors. The number that both views show at the same place stays there, so that a zoom at the
    // cursor looks like one all the way; a pure move has no such number and goes evenly.
    const auto axis = [way](double fromStart, double fromSize, double toStart, double toSize) {
        const double ratio = toSize / fromSize;
        if (!(ratio > 0) || std::abs(ratio - 1) < 1e-9) {
            return std::pair{fromStart + way * (toStart - fromStart), fromSize + way * (toSize - fromSize)};
        }
        const double size = fromSize * std::pow(ratio, way);
        const double share = (size - fromSize) / (toSize - fromSize);
        return std::pair{fromStart + share * (toStart - fromStart), size};
    };
    const auto [left, wide] = axis(leftReal, width(), other.leftReal, other.width());
    const auto [top, high] = axis(topImag, height(), other.topImag, other.height());
    return {left, top, left + wide, top + high};
}

bool ViewRect::isUsable(QSize picture) const {
    const auto axis = [](double from, double to, int points) {
        const double step = std::abs(to - from) / std::max(points, 1);
        const double largest = std::max(std::abs(from), std::abs(to));
        return std::isfinite(step) && largest < 1e6 && step > 4 * std::numeric_limits<double>::epsilon() * largest &&
               step > 1e-300;
    };
    return axis(leftReal, rightReal, picture.width()) && axis(topImag, bottomImag, picture.height());
}

ViewRect viewOf(const wire::FractalParameter& parameter) {
    return {parameter.c1Real, parameter.c1Imag, parameter.c2Real, parameter.c2Imag};
}

ViewRect homeView(wire::FractalAlgorithm algorithm) {
    switch (algorithm) {
    case wire::FractalAlgorithm::MandelbrotN: return {1.6, -1.2, -1.6, 1.2};
    case wire::FractalAlgorithm::SmoothMandelbrot: return {-2.1, 1.15, 0.7, -1.15};
    case wire::FractalAlgorithm::Julia: return {-1.7, 1.2, 1.7, -1.2};
    case wire::FractalAlgorithm::BurningShip: return {-2.3, -2.0, 1.5, 1.0}; // its masts upwards
    case wire::FractalAlgorithm::Multibrot: return {-1.6, 1.3, 1.6, -1.3};
    case wire::FractalAlgorithm::Newton: return {-2.4, 1.8, 2.4, -1.8};
    case wire::FractalAlgorithm::Mandelbrot: break;
    }
    return {1.95, -1.15, -0.85, 1.15};
}

double zoomOf(const ViewRect& view, wire::FractalAlgorithm algorithm) {
    return std::abs(homeView(algorithm).width() / view.width());
}

} // namespace kolam::gui
