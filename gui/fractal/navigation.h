// SPDX-License-Identifier: GPL-3.0-or-later
// Where one has been, like a browser's history: back, forward, home; a new place forgets what was ahead.
#pragma once

#include "gui/fractal/view_rect.h"

#include <QString>
#include <vector>

namespace kolam::gui {

/// What is looked at: all of an image's parameter but its size.
struct Place {
    ViewRect view;
    wire::FractalAlgorithm algorithm = wire::FractalAlgorithm::SmoothMandelbrot;
    quint32 maxIterations = 1024;
    double n = 2;
    QPointF k{}; // Julia's constant
    friend bool operator==(const Place&, const Place&) = default;
};

/// Its power must be a whole number.
[[nodiscard]] bool hasWholePower(wire::FractalAlgorithm algorithm);
[[nodiscard]] Place homePlace(wire::FractalAlgorithm algorithm = wire::FractalAlgorithm::SmoothMandelbrot);
[[nodiscard]] Place placeOf(const wire::FractalParameter& parameter);
/// The parameter of a picture of this size; the view is fitted to it.
[[nodiscard]] wire::FractalParameter parameterOf(const Place& place, QSize picture);

class Navigation {
public:
    static constexpr std::size_t limit = 200; // places remembered
    explicit Navigation(const Place& start) : m_places{start} {}

    [[nodiscard]] const Place& current() const { return m_places[m_at]; }
    /// Goes to a new place; nothing happens when it is the current one.
    void visit(const Place& place);
    [[nodiscard]] bool canGoBack() const { return m_at > 0; }
    [[nodiscard]] bool canGoForward() const { return m_at + 1 < m_places.size(); }
    const Place& back();
    const Place& forward();

private:
    std::vector<Place> m_places;
    std::size_t m_at = 0;
};

} // namespace kolam::gui
