// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/navigation.h"

#include "demos/services/fractal/smooth_plane.h"

namespace kolam::gui {

bool hasWholePower(wire::FractalAlgorithm algorithm) {
    return algorithm == wire::FractalAlgorithm::Multibrot || algorithm == wire::FractalAlgorithm::Newton;
}

Place homePlace(wire::FractalAlgorithm algorithm) {
    using wire::FractalAlgorithm;
    const bool hasPower = algorithm == FractalAlgorithm::MandelbrotN || hasWholePower(algorithm);
    return {.view = homeView(algorithm),
            .algorithm = algorithm,
            .maxIterations = algorithm == FractalAlgorithm::Newton ? 200U : 1024U,
            .n = hasPower ? 3.0 : 2.0,
            .k = algorithm == FractalAlgorithm::Julia ? QPointF(-0.7269, 0.1889) : QPointF()};
}

Place placeOf(const wire::FractalParameter& parameter) {
    return {viewOf(parameter), parameter.algorithm, parameter.maxIterations, parameter.n,
            QPointF(parameter.kReal, parameter.kImag)};
}

wire::FractalParameter parameterOf(const Place& place, QSize picture) {
    const ViewRect view = place.view.fitted(picture);
    wire::FractalParameter parameter{.width = static_cast<quint32>(picture.width()),
                                     .height = static_cast<quint32>(picture.height()),
                                     .maxIterations = place.maxIterations,
                                     .algorithm = place.algorithm,
                                     .c1Real = view.leftReal.high,
                                     .c1Imag = view.topImag.high,
                                     .c2Real = view.rightReal.high,
                                     .c2Imag = view.bottomImag.high,
                                     .n = place.n,
                                     .kReal = place.k.x(),
                                     .kImag = place.k.y()};
    if (fractal::canBeDeep(place.algorithm) && !view.suitsDoubles(picture)) {
        parameter.c1RealLow = view.leftReal.low;
        parameter.c1ImagLow = view.topImag.low;
        parameter.c2RealLow = view.rightReal.low;
        parameter.c2ImagLow = view.bottomImag.low;
    }
    return parameter;
}

void Navigation::visit(const Place& place) {
    if (place == current()) {
        return;
    }
    m_places.resize(m_at + 1);
    m_places.push_back(place);
    if (m_places.size() > limit) {
        m_places.erase(m_places.begin());
    }
    m_at = m_places.size() - 1;
}

const Place& Navigation::back() {
    m_at -= canGoBack() ? 1U : 0U;
    return current();
}

const Place& Navigation::forward() {
    m_at += canGoForward() ? 1U : 0U;
    return current();
}

} // namespace kolam::gui
