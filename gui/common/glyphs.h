// SPDX-License-Identifier: GPL-3.0-or-later
// Icons drawn from paths, in the theme's colours and sharp at every size and resolution; no files, no SVG plug-in.
// Next door: theme.h.
#pragma once

#include <QIcon>
#include <QPainterPath>

namespace kolam::gui {

enum class Glyph : quint8 {
    Back,
    Forward,
    Home,
    Stop,
    Start,
    Save,
    Open,
    Overlay,
    Kill,
    Restart,
    Help,
    ZoomIn,
    ZoomOut,
    BoxZoom,
    Contrast,
    Info,
    Warning,
    Done,
    Picture,
    Pause,
    StepBack,
    StepForward,
    Freeze,
    Cut,
};

/// The glyph as strokes in the unit square.
[[nodiscard]] QPainterPath glyphPath(Glyph glyph);
/// An icon that takes its colours from the palette when it is painted, so that it follows the theme.
[[nodiscard]] QIcon glyphIcon(Glyph glyph);
/// Paints the glyph into `target`.
void paintGlyph(QPainter& painter, Glyph glyph, const QRectF& target, const QColor& colour);

} // namespace kolam::gui
