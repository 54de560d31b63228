// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/tile_look.h"

#include "gui/common/element_colours.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QHash>
#include <QLocale>
#include <QPainter>
#include <QPixmap>
#include <cmath>

namespace kolam::gui {

using fractal::TileState;

namespace {

constexpr QRgb alarm = 0xffff9a3c;    // a failover, on the dark canvas
constexpr QRgb quiet = 0xff8d99a8;    // nothing happens yet
constexpr QRgb repeated = 0xfff0e442; // computed again

QString translated(const char* text) {
    return QCoreApplication::translate("TileLook", text);
}

QColor stateColour(const TileLook& look) {
    switch (look.state) {
    case TileState::FailingOver: return QColor::fromRgb(alarm);
    case TileState::Recomputing: return QColor::fromRgb(repeated);
    case TileState::Queued:
    case TileState::Waiting: return QColor::fromRgb(quiet);
    case TileState::Computing:
    case TileState::Done: break;
    }
    return look.colour.isValid() ? look.colour : QColor::fromRgb(quiet);
}

void paintLabel(QPainter& painter, const QRectF& rect, const QString& text, QFont font, const QColor& ground) {
    if (text.isEmpty()) {
        return;
    }
    QFontMetricsF metrics(font);
    const double wide = metrics.horizontalAdvance(text) + metrics.height() * 0.7;
    if (wide > rect.width() - 4) {
        font.setPixelSize(std::max(1, static_cast<int>(QFontInfo(font).pixelSize() * (rect.width() - 4) / wide)));
        metrics = QFontMetricsF(font);
    }
    if (font.pixelSize() > 0 && font.pixelSize() < 8) {
        return; // nobody could read it: the pattern and the legend say it
    }
    QRectF box(0, 0, metrics.horizontalAdvance(text) + metrics.height() * 0.7, metrics.height() * 1.1);
    box.moveCenter(rect.center());
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(box, box.height() / 4, box.height() / 4);
    painter.setFont(font);
    painter.setPen(readableOn(ground));
    painter.drawText(box, Qt::AlignCenter, text);
}

} // namespace

QString tileStateName(TileState state) {
    switch (state) {
    case TileState::Queued: return translated(QT_TRANSLATE_NOOP("TileLook", "queued"));
    case TileState::Waiting: return translated(QT_TRANSLATE_NOOP("TileLook", "waiting for an element"));
    case TileState::Computing: return translated(QT_TRANSLATE_NOOP("TileLook", "computing"));
    case TileState::FailingOver: return translated(QT_TRANSLATE_NOOP("TileLook", "failing over"));
    case TileState::Recomputing: return translated(QT_TRANSLATE_NOOP("TileLook", "computing again"));
    case TileState::Done: return translated(QT_TRANSLATE_NOOP("TileLook", "done"));
    }
    return {};
}

QString tileText(const TileLook& look) {
    const int share = static_cast<int>(look.progress * 100);
    const QString percent = look.askedTwice ? QCoreApplication::translate("TileLook", "2× %1 %").arg(share)
                                            : QCoreApplication::translate("TileLook", "%1 %").arg(share);
    switch (look.state) {
    case TileState::Queued:
    case TileState::Done: return {};
    case TileState::Waiting: return QCoreApplication::translate("TileLook", "waits");
    case TileState::Computing: return percent;
    case TileState::FailingOver: return QCoreApplication::translate("TileLook", "failover");
    case TileState::Recomputing: return QCoreApplication::translate("TileLook", "again %1").arg(percent);
    }
    return {};
}

QBrush tilePattern(TileState state, double devicePixelRatio) {
    if (state == TileState::Computing || state == TileState::Done) {
        return {};
    }
    static QHash<int, QBrush> brushes; // by state and resolution; made once
    const int key = static_cast<int>(state) * 1000 + static_cast<int>(devicePixelRatio * 100);
    if (const auto known = brushes.constFind(key); known != brushes.constEnd()) {
        return *known;
    }
    constexpr int side = 12;
    QPixmap pixmap(static_cast<int>(std::lround(side * devicePixelRatio)),
                   static_cast<int>(std::lround(side * devicePixelRatio)));
    pixmap.setDevicePixelRatio(devicePixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor colour = stateColour({.state = state});
    switch (state) {
    case TileState::Queued: // dots
        colour.setAlphaF(0.55F);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawEllipse(QPointF(6, 6), 1.1, 1.1);
        break;
    case TileState::Waiting: // dashes
        painter.setPen(QPen(colour, 1.6));
        painter.drawLine(QPointF(2, 6), QPointF(9, 6));
        break;
    case TileState::FailingOver: // broad stripes
        colour.setAlphaF(0.85F);
        painter.setPen(QPen(colour, 3.4));
        for (const int shift : {-side, 0, side}) {
            painter.drawLine(QPointF(shift - 2, side + 2), QPointF(shift + side + 2, -2));
        }
        break;
    case TileState::Recomputing: // a net
        colour.setAlphaF(0.75F);
        painter.setPen(QPen(colour, 1));
        painter.drawLine(QPointF(-1, -1), QPointF(side + 1, side + 1));
        painter.drawLine(QPointF(-1, side + 1), QPointF(side + 1, -1));
        break;
    case TileState::Computing:
    case TileState::Done: break;
    }
    painter.end();
    return *brushes.insert(key, QBrush(pixmap));
}

void paintLetterChip(QPainter& painter, const QRectF& rect, const QString& letter, const QColor& colour) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(QColor(0, 0, 0, 150), 1));
    painter.setBrush(colour);
    painter.drawRoundedRect(rect, rect.height() * 0.25, rect.height() * 0.25);
    QFont font = painter.font();
    font.setBold(true);
    font.setPixelSize(std::max(1, static_cast<int>(rect.height() * (letter.size() > 1 ? 0.5 : 0.72))));
    painter.setFont(font);
    painter.setPen(readableOn(colour));
    painter.drawText(rect, Qt::AlignCenter, letter);
    painter.restore();
}

void paintTile(QPainter& painter, const QRectF& rect, const TileLook& look, const QFont& font) {
    const bool done = look.state == TileState::Done;
    if (done && !look.showDone) {
        return;
    }
    const double ratio = painter.device()->devicePixelRatioF();
    const QColor colour = stateColour(look);
    const QBrush pattern = tilePattern(look.state, ratio);
    if (pattern.style() != Qt::NoBrush) {
        painter.fillRect(rect, pattern);
    }
    const bool busy = look.state != TileState::Queued && !done;
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(busy ? colour : QColor(0, 0, 0, 90), busy ? 2 : 1));
    painter.drawRect(busy ? rect.adjusted(1, 1, -1, -1) : rect.adjusted(0, 0, -1, -1));
    if (busy && look.askedTwice) { // two work on it: two frames
        painter.setPen(QPen(colour, 1));
        painter.drawRect(rect.adjusted(4, 4, -4, -4));
    }
    painter.setRenderHint(QPainter::Antialiasing);

    const double letterSide = std::min(QFontMetricsF(font).height() * (busy ? 1.35 : 1.1), rect.height() / 3);
    const QRectF chip(rect.topLeft() + QPointF(4, 4), QSizeF(letterSide, letterSide));
    if (!look.letter.isEmpty() && letterSide >= 9) {
        paintLetterChip(painter, chip, look.letter, look.colour);
    }
    if (!busy) {
        return;
    }
    if (look.state == TileState::Computing || look.state == TileState::Recomputing) {
        const double high = std::max(3.0, rect.height() / 18);
        const QRectF bar(rect.left() + 4, rect.bottom() - high - 4, rect.width() - 8, high);
        painter.fillRect(bar, QColor(0, 0, 0, 130));
        painter.fillRect(QRectF(bar.topLeft(), QSizeF(bar.width() * look.progress, high)), colour);
    }
    // The share stands beside the letter, trouble in the middle, where nobody overlooks it.
    const bool alarming = look.state != TileState::Computing;
    const QRectF beside(QPointF(chip.right() + 2, chip.top()), QPointF(rect.right() - 3, chip.bottom()));
    paintLabel(painter, alarming ? rect.adjusted(2, rect.height() * 0.4, -2, -rect.height() * 0.2) : beside,
               tileText(look), font, look.state == TileState::Waiting || !alarming ? QColor(8, 10, 14, 190) : colour);
}

} // namespace kolam::gui
