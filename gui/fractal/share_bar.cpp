// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/share_bar.h"

#include "gui/common/theme.h"

#include <QPainter>

namespace kolam::gui {

ShareBar::ShareBar(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ShareBar::show(double share, const QColor& colour) {
    if (share != m_share || colour != m_colour) {
        m_share = share;
        m_colour = colour;
        update();
    }
}

QSize ShareBar::sizeHint() const {
    return {fontMetrics().averageCharWidth() * 16, std::max(6, fontMetrics().height() / 2)};
}

void ShareBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const QRectF all = rect();
    const double round = all.height() / 2;
    painter.setBrush(currentTokens().border);
    painter.drawRoundedRect(all, round, round);
    if (m_share > 0) {
        painter.setBrush(m_colour);
        painter.drawRoundedRect(
            QRectF(all.topLeft(), QSizeF(std::max(all.height(), all.width() * m_share), all.height())), round, round);
    }
}

} // namespace kolam::gui
