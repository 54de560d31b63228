// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/navigation.h"

namespace kolam::gui {

Place homePlace(wire::FractalAlgorithm algorithm) {
    return {.view = homeView(algorithm),
            .algorithm = algorithm,
            .n = algorithm == wire::FractalAlgorithm::MandelbrotN ? 3.0 : 2.0};
}

Place placeOf(const wire::FractalParameter& parameter) {
    return {viewOf(parameter), parameter.algorithm, parameter.maxIterations, parameter.n};
}

wire::FractalParameter parameterOf(const Place& place, QSize picture) {
    const ViewRect view = place.view.fitted(picture);
    return {.width = static_cast<quint32>(picture.width()),
            .height = static_cast<quint32>(picture.height()),
            .maxIterations = place.maxIterations,
            .algorithm = place.algorithm,
            .c1Real = view.leftReal,
            .c1Imag = view.topImag,
            .c2Real = view.rightReal,
            .c2Imag = view.bottomImag,
            .n = place.n};
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
