// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/overlay_painter.h"

#include "gui/fractal/tile_look.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>

namespace kolam::gui {

namespace {

constexpr double tintStrength = 0.34; // strong enough to tell the colours apart, weak enough to see the picture

QRgb translucent(const QColor& colour, double strength) {
    return qPremultiply(qRgba(colour.red(), colour.green(), colour.blue(), static_cast<int>(strength * 255)));
}

/// From calm blue to hot orange, by lightness too.
QColor heat(double share) {
    const double s = std::clamp(share, 0.0, 1.0);
    return QColor::fromRgbF(static_cast<float>(0.10 + 0.88 * s), static_cast<float>(0.30 + 0.32 * s),
                            static_cast<float>(0.72 - 0.66 * s));
}

} // namespace

QString overlayModeName(OverlayMode mode) {
    switch (mode) {
    case OverlayMode::None: return QCoreApplication::translate("Overlay", "Picture only");
    case OverlayMode::Elements: return QCoreApplication::translate("Overlay", "Elements");
    case OverlayMode::Sessions: return QCoreApplication::translate("Overlay", "Sessions");
    case OverlayMode::Failovers: return QCoreApplication::translate("Overlay", "Failovers");
    case OverlayMode::Times: return QCoreApplication::translate("Overlay", "Tile times");
    }
    return {};
}

QString overlayModeKey(OverlayMode mode) {
    constexpr std::array keys{"none", "elements", "sessions", "failovers", "times"};
    return QLatin1String(keys[static_cast<std::size_t>(mode)]);
}

void OverlayPainter::setMode(OverlayMode mode) {
    if (m_mode != mode) {
        m_mode = mode;
        refresh(QRect(QPoint(), m_book.size()));
    }
}

void OverlayPainter::setElements(const std::vector<fractal::ElementUse>& elements) {
    m_elements.clear();
    for (const fractal::ElementUse& element : elements) {
        m_elements.push_back(element.identifier);
    }
}

void OverlayPainter::refresh(const QRegion& region) {
    if (m_tints.size() != m_book.size()) {
        m_tints = QImage(m_book.size(), QImage::Format_ARGB32_Premultiplied);
        m_tints.fill(Qt::transparent);
    }
    if (m_mode == OverlayMode::None || m_mode == OverlayMode::Times) {
        return;
    }
    const std::vector<PointOrigin>& origins = m_book.origins();
    const auto width = static_cast<std::size_t>(m_book.size().width());
    PointOrigin last;
    QRgb lastTint = tint(last);
    for (const QRect& rect : region& QRect(QPoint(), m_book.size())) {
        for (int y = rect.top(); y <= rect.bottom(); ++y) {
            auto* line = reinterpret_cast<QRgb*>(m_tints.scanLine(y));
            for (int x = rect.left(); x <= rect.right(); ++x) {
                const PointOrigin& origin = origins[static_cast<std::size_t>(y) * width + static_cast<std::size_t>(x)];
                if (origin != last) {
                    last = origin;
                    lastTint = tint(origin);
                }
                line[x] = lastTint;
            }
        }
    }
}

QString OverlayPainter::letterOf(quint16 element) const {
    return element == 0 || element >= m_elements.size() ? QString() : m_colours.letter(m_elements[element]);
}

QColor OverlayPainter::colourOf(quint16 element) const {
    return element == 0 || element >= m_elements.size() ? QColor(Qt::gray) : m_colours.colour(m_elements[element]);
}

QRgb OverlayPainter::tint(const PointOrigin& origin) const {
    if (origin.element == 0) {
        return 0;
    }
    switch (m_mode) {
    case OverlayMode::Elements: return translucent(colourOf(origin.element), tintStrength);
    case OverlayMode::Sessions:
        return translucent(QColor::fromHsv((origin.session * 137) % 360, 200, 255), tintStrength);
    case OverlayMode::Failovers: return translucent(heat(origin.failovers / 3.0), origin.failovers == 0 ? 0.25 : 0.6);
    case OverlayMode::None:
    case OverlayMode::Times: break;
    }
    return 0;
}

void OverlayPainter::paint(QPainter& painter, const QRectF& target, const QRectF& clip, const QFont& font) const {
    if (m_mode == OverlayMode::None || m_book.tiles().empty()) {
        return;
    }
    painter.save();
    painter.setClipRect(clip, Qt::IntersectClip);
    if (m_mode == OverlayMode::Times) {
        paintTimes(painter, target);
    } else {
        painter.drawImage(target, m_tints);
    }
    for (const fractal::TileStatus& tile : m_book.tiles()) {
        const QRect part = m_book.rect(tile.tile);
        const QRectF rect = placed(part, target);
        if (!rect.intersects(clip)) {
            continue;
        }
        TileLook look{.state = tile.state,
                      .letter = letterOf(tile.element),
                      .colour = colourOf(tile.element),
                      .progress = static_cast<double>(tile.points) / std::max(1, part.width() * part.height()),
                      .failovers = tile.failovers,
                      .askedTwice = tile.askedTwice};
        if (m_mode == OverlayMode::Sessions && tile.session != 0) {
            look.letter = QString::number(tile.session);
            look.colour = QColor::fromHsv(static_cast<int>(tile.session * 137 % 360), 200, 255);
        }
        paintTile(painter, rect, look, font);
    }
    paintHandOvers(painter, target, clip, font);
    painter.restore();
}

void OverlayPainter::paintTimes(QPainter& painter, const QRectF& target) const {
    Duration longest{1};
    for (const fractal::TileStatus& tile : m_book.tiles()) {
        longest = std::max(longest, tile.computing);
    }
    for (const fractal::TileStatus& tile : m_book.tiles()) {
        if (tile.computing > Duration{}) {
            QColor colour = heat(static_cast<double>(tile.computing.count()) / static_cast<double>(longest.count()));
            colour.setAlphaF(0.6F);
            painter.fillRect(placed(m_book.rect(tile.tile), target), colour);
        }
    }
}

void OverlayPainter::paintHandOvers(QPainter& painter, const QRectF& target, const QRectF& clip,
                                    const QFont& font) const {
    const double perRow = target.height() / std::max(1, m_book.size().height());
    QFont small = font;
    small.setBold(true);
    const double tileHeight = m_book.tiles().empty() ? 0 : placed(m_book.rect(0), target).height();
    small.setPixelSize(std::clamp(static_cast<int>(tileHeight / 6), 8, std::max(8, QFontInfo(font).pixelSize())));
    const QFontMetricsF metrics(small);
    for (const HandOver& mark : m_book.handOvers()) {
        const QRectF rect = placed(m_book.rect(mark.tile), target);
        if (!rect.intersects(clip)) {
            continue;
        }
        const double y = target.top() + mark.row * perRow;
        const QColor colour = colourOf(mark.element);
        painter.setPen(QPen(QColor(0, 0, 0, 200), 4));
        painter.drawLine(QPointF(rect.left() + 1, y), QPointF(rect.right() - 1, y));
        painter.setPen(QPen(Qt::white, 2, Qt::DashLine));
        painter.drawLine(QPointF(rect.left() + 1, y), QPointF(rect.right() - 1, y));
        const QString text =
            QCoreApplication::translate("Overlay", "F%1 %2").arg(mark.failovers).arg(letterOf(mark.element));
        QRectF box(0, 0, metrics.horizontalAdvance(text) + 8, metrics.height());
        if (box.width() > rect.width() - 4) {
            continue; // too small to read: the line says that there is one
        }
        const bool below = y - rect.top() < rect.height() * 0.5; // the tile's letter and share stand at the top
        box.moveTopRight(QPointF(rect.right() - 2, below ? y + 1 : y - box.height() - 1));
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawRoundedRect(box, 3, 3);
        painter.setPen(readableOn(colour));
        painter.setFont(small);
        painter.drawText(box, Qt::AlignCenter, text);
    }
}

QRectF OverlayPainter::placed(const QRect& part, const QRectF& target) const {
    const double perColumn = target.width() / std::max(1, m_book.size().width());
    const double perRow = target.height() / std::max(1, m_book.size().height());
    return {target.left() + part.x() * perColumn, target.top() + part.y() * perRow, part.width() * perColumn,
            part.height() * perRow};
}

} // namespace kolam::gui
