// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/camera.h"

#include <cmath>

namespace kolam::gui {

void Camera::setGeometry(QSizeF canvas, QSizeF picture) {
    const QSizeF size = picture.isEmpty() ? canvas : picture.scaled(canvas, Qt::KeepAspectRatio);
    m_frame = QRectF(QPointF((canvas.width() - size.width()) / 2, (canvas.height() - size.height()) / 2), size);
}

void Camera::jumpTo(const ViewRect& view) {
    m_start = m_target = m_shown = view;
}

void Camera::setOut(const ViewRect& view) {
    m_start = m_shown;
    m_target = view;
}

QRectF Camera::placed(const ViewRect& view) const {
    const QRectF place = m_shown.placeOf(view);
    return {m_frame.left() + place.x() * m_frame.width(), m_frame.top() + place.y() * m_frame.height(),
            place.width() * m_frame.width(), place.height() * m_frame.height()};
}

QPointF Camera::unit(QPointF canvasPoint) const {
    return {(canvasPoint.x() - m_frame.left()) / m_frame.width(), (canvasPoint.y() - m_frame.top()) / m_frame.height()};
}

double wheelFactor(int angleDelta) {
    return std::pow(0.75, angleDelta / 120.0);
}

} // namespace kolam::gui
