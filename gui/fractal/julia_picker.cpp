// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/julia_picker.h"

#include "gui/common/theme.h"
#include "gui/fractal/navigation.h"
#include "gui/fractal/thumbnail_maker.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <utility>

namespace kolam::gui {

namespace {

constexpr quint32 previewIterations = 150; // some milliseconds for a picture of this size
constexpr double farthest = 4;             // as the form's boxes have it
constexpr double keyStep = 0.01;

} // namespace

JuliaPicker::JuliaPicker(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::CrossCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Julia’s constant"));
    setAccessibleDescription(tr("Arrows move the constant on a small Mandelbrot set; Shift makes smaller steps."));
    setToolTip(tr("Click or drag on the Mandelbrot set: every point of it is the constant of a Julia set"));
}

void JuliaPicker::setConstant(QPointF k) {
    if (k != m_constant) {
        m_constant = k;
        m_preview = {};
        update();
    }
}

void JuliaPicker::setColouring(const Colouring& colouring) {
    if (colouring != m_colouring) {
        m_colouring = colouring;
        m_map = m_preview = {};
        update();
    }
}

QSize JuliaPicker::sizeHint() const {
    return {fontMetrics().averageCharWidth() * 30, fontMetrics().height() * 6};
}

QRect JuliaPicker::mapRect() const {
    return {0, 0, (width() - currentTokens().space / 2) / 2, height()};
}

QRect JuliaPicker::previewRect() const {
    return mapRect().translated(width() - mapRect().width(), 0);
}

QPointF JuliaPicker::numberAt(QPointF position) const {
    const QRectF map = mapRect();
    const ViewRect view = homeView(wire::FractalAlgorithm::SmoothMandelbrot).fitted(map.size());
    const QPointF number =
        view.at({(position.x() - map.left()) / map.width(), (position.y() - map.top()) / map.height()});
    return {std::clamp(number.x(), -farthest, farthest), std::clamp(number.y(), -farthest, farthest)};
}

QPointF JuliaPicker::markPosition() const {
    const QRectF map = mapRect();
    const ViewRect view = homeView(wire::FractalAlgorithm::SmoothMandelbrot).fitted(map.size());
    const QPointF place = view.placeOf(m_constant);
    return {map.left() + place.x() * map.width(), map.top() + place.y() * map.height()};
}

QImage JuliaPicker::computed(wire::FractalAlgorithm algorithm, QSize size) const {
    const double ratio = devicePixelRatioF();
    const QSize points = (QSizeF(size) * ratio).toSize().expandedTo(QSize(1, 1));
    Place place = homePlace(algorithm);
    place.maxIterations = previewIterations;
    place.k = m_constant;
    QImage image = computedAtHome(parameterOf(place, points), m_colouring);
    image.setDevicePixelRatio(ratio);
    return image;
}

void JuliaPicker::paintEvent(QPaintEvent* /*event*/) {
    if (m_map.isNull()) {
        m_map = computed(wire::FractalAlgorithm::SmoothMandelbrot, mapRect().size());
    }
    if (m_preview.isNull()) {
        m_preview = computed(wire::FractalAlgorithm::Julia, previewRect().size());
    }
    QPainter painter(this);
    painter.drawImage(mapRect().topLeft(), m_map);
    painter.drawImage(previewRect().topLeft(), m_preview);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(mapRect());
    const QPointF mark = markPosition();
    const double radius = fontMetrics().height() / 3.0;
    for (const auto& [colour, wide] : {std::pair(Qt::black, 4.0), std::pair(Qt::white, 1.8)}) { // seen on any ground
        painter.setPen(QPen(colour, wide));
        painter.drawEllipse(mark, radius, radius);
        painter.drawLine(mark - QPointF(radius * 2, 0), mark - QPointF(radius, 0));
        painter.drawLine(mark + QPointF(radius, 0), mark + QPointF(radius * 2, 0));
        painter.drawLine(mark - QPointF(0, radius * 2), mark - QPointF(0, radius));
        painter.drawLine(mark + QPointF(0, radius), mark + QPointF(0, radius * 2));
    }
    painter.setClipping(false);
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(QPen(currentTokens().accent, 2));
        painter.drawRect(mapRect().adjusted(1, 1, -1, -1));
    }
}

void JuliaPicker::moveTo(QPointF k) {
    setConstant(k);
    emit moved(m_constant);
}

void JuliaPicker::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && mapRect().contains(event->position().toPoint())) {
        m_dragging = true;
        moveTo(numberAt(event->position()));
    } else {
        event->ignore();
    }
}

void JuliaPicker::mouseMoveEvent(QMouseEvent* event) {
    if (m_dragging) {
        moveTo(numberAt(event->position()));
    }
}

void JuliaPicker::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && std::exchange(m_dragging, false)) {
        emit chosen(m_constant);
    }
}

void JuliaPicker::keyPressEvent(QKeyEvent* event) {
    const double step = event->modifiers().testFlag(Qt::ShiftModifier) ? keyStep / 10 : keyStep;
    QPointF way;
    switch (event->key()) {
    case Qt::Key_Left: way = {-step, 0}; break;
    case Qt::Key_Right: way = {step, 0}; break;
    case Qt::Key_Up: way = {0, step}; break;
    case Qt::Key_Down: way = {0, -step}; break;
    default: QWidget::keyPressEvent(event); return;
    }
    moveTo(m_constant + way);
    emit chosen(m_constant);
}

void JuliaPicker::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_map = m_preview = {};
}

} // namespace kolam::gui
