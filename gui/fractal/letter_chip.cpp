// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/letter_chip.h"

#include "gui/fractal/tile_look.h"

#include <QPainter>

namespace kolam::gui {

LetterChip::LetterChip(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void LetterChip::show(const QString& letter, const QColor& colour) {
    if (letter != m_letter || colour != m_colour) {
        m_letter = letter;
        m_colour = colour;
        update();
    }
}

QSize LetterChip::sizeHint() const {
    const int side = fontMetrics().height() * 2;
    return {side, side};
}

void LetterChip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const double side = std::min(width(), height()) - 1.0;
    paintLetterChip(painter, QRectF(0.5, 0.5, side, side), m_letter, m_colour);
}

} // namespace kolam::gui
