// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/view_rect.h"

#include <QSize>
#include <algorithm>
#include <cmath>
#include <limits>

namespace kolam::gui {

DeepNumber ViewRect::exactlyAt(QPointF place) const {
    return {leftReal + DoubleDouble::productOf(place.x(), width()),
            topImag + DoubleDouble::productOf(place.y(), height())};
}

QPointF ViewRect::placeOf(const DeepNumber& number) const {
    return {(number.real - leftReal).toDouble() / width(), (number.imag - topImag).toDouble() / height()};
}

QRectF ViewRect::placeOf(const ViewRect& other) const {
    return {placeOf(DeepNumber{other.leftReal, other.topImag}), placeOf(DeepNumber{other.rightReal, other.bottomImag})};
}

ViewRect ViewRect::zoomed(QPointF place, double factor) const {
    const DeepNumber fixed = exactlyAt(place);
    return {fixed.real + (leftReal - fixed.real) * factor, fixed.imag + (topImag - fixed.imag) * factor,
            fixed.real + (rightReal - fixed.real) * factor, fixed.imag + (bottomImag - fixed.imag) * factor};
}

ViewRect ViewRect::panned(QPointF share) const {
    const double dx = share.x() * width();
    const double dy = share.y() * height();
    return {leftReal + dx, topImag + dy, rightReal + dx, bottomImag + dy};
}

ViewRect ViewRect::boxed(const QRectF& box) const {
    const double factor = std::max(box.width(), box.height());
    const DeepNumber centre = exactlyAt(box.center());
    const double wide = width() * factor / 2;
    const double high = height() * factor / 2;
    return {centre.real - wide, centre.imag - high, centre.real + wide, centre.imag + high};
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
    const DoubleDouble real = leftReal + width() / 2;
    const DoubleDouble imag = topImag + height() / 2;
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
    const auto axis = [way](const DoubleDouble& fromStart, double fromSize, const DoubleDouble& toStart,
                            double toSize) {
        const double ratio = toSize / fromSize;
        const DoubleDouble apart = toStart - fromStart;
        if (!(ratio > 0) || std::abs(ratio - 1) < 1e-9) {
            return std::pair{fromStart + apart * way, fromSize + way * (toSize - fromSize)};
        }
        const double size = fromSize * std::pow(ratio, way);
        const double share = (size - fromSize) / (toSize - fromSize);
        return std::pair{fromStart + apart * share, size};
    };
    const auto [left, wide] = axis(leftReal, width(), other.leftReal, other.width());
    const auto [top, high] = axis(topImag, height(), other.topImag, other.height());
    return {left, top, left + wide, top + high};
}

namespace {

double largestOf(const DoubleDouble& from, const DoubleDouble& to) {
    return std::max(std::abs(from.high), std::abs(to.high));
}

} // namespace

bool ViewRect::suitsDoubles(QSize picture) const {
    const auto axis = [](const DoubleDouble& from, const DoubleDouble& to, int points) {
        const double step = std::abs((to - from).toDouble()) / std::max(points, 1);
        return step > 4 * std::numeric_limits<double>::epsilon() * largestOf(from, to);
    };
    return axis(leftReal, rightReal, picture.width()) && axis(topImag, bottomImag, picture.height());
}

bool ViewRect::isUsable(QSize picture, bool deep) const {
    constexpr double narrowest = 1e-27;
    const auto axis = [](const DoubleDouble& from, const DoubleDouble& to) {
        const double size = std::abs((to - from).toDouble());
        return std::isfinite(size) && largestOf(from, to) < 1e6 && size > 1e-300;
    };
    const bool isWide = std::min(std::abs(width()), std::abs(height())) >= narrowest;
    return axis(leftReal, rightReal) && axis(topImag, bottomImag) && (suitsDoubles(picture) || (deep && isWide));
}

ViewRect viewOf(const wire::FractalParameter& parameter) {
    return {DoubleDouble{parameter.c1Real, parameter.c1RealLow}, DoubleDouble{parameter.c1Imag, parameter.c1ImagLow},
            DoubleDouble{parameter.c2Real, parameter.c2RealLow}, DoubleDouble{parameter.c2Imag, parameter.c2ImagLow}};
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
