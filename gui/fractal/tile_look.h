// SPDX-License-Identifier: GPL-3.0-or-later
// How one tile looks: never by colour alone, always a pattern and, where there is room, a word. Shared by the overlay
// and its legend, so that they cannot disagree. Next door: overlay_painter.h.
#pragma once

#include "demos/users/fractal/fractal_update.h"

#include <QBrush>
#include <QColor>
#include <QFont>
#include <QRectF>
#include <QString>

class QPainter;

namespace kolam::gui {

struct TileLook {
    fractal::TileState state = fractal::TileState::Queued;
    QString letter;      // of its element; empty: none yet
    QColor colour;       // of its element
    double progress = 0; // 0 to 1
    int failovers = 0;
    bool askedTwice = false; // two elements work on it; the first answer counts
    bool showDone = true;    // also mark finished tiles
};

/// "failing over": for legends and lists.
[[nodiscard]] QString tileStateName(fractal::TileState state);
/// "62 %": what stands on the tile itself; empty for a finished one.
[[nodiscard]] QString tileText(const TileLook& look);
/// The pattern over a tile in this state; no brush for states without one.
[[nodiscard]] QBrush tilePattern(fractal::TileState state, double devicePixelRatio);
/// Paints frame, pattern, letter, bar and words into `rect`; `font` is the largest that is used.
void paintTile(QPainter& painter, const QRectF& rect, const TileLook& look, const QFont& font);
/// A letter on its colour, in a rounded square.
void paintLetterChip(QPainter& painter, const QRectF& rect, const QString& letter, const QColor& colour);

} // namespace kolam::gui
