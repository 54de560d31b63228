// SPDX-License-Identifier: GPL-3.0-or-later
// The layer over the picture that says who computes what. It is never part of a saved picture.
// Next door: tile_book.h knows, tile_look.h paints one tile, fractal_canvas.h asks.
#pragma once

#include "gui/common/element_colours.h"
#include "gui/fractal/tile_book.h"

#include <QFont>
#include <QImage>
#include <QRegion>

class QPainter;

namespace kolam::gui {

enum class OverlayMode : quint8 {
    None,      // the picture alone
    Elements,  // the element's colour and letter
    Sessions,  // a colour for every session
    Failovers, // the more often a tile failed over, the warmer
    Times,     // the longer a tile took, the warmer
};
inline constexpr std::array overlayModes{OverlayMode::None, OverlayMode::Elements, OverlayMode::Sessions,
                                         OverlayMode::Failovers, OverlayMode::Times};
[[nodiscard]] QString overlayModeName(OverlayMode mode);
[[nodiscard]] QString overlayModeKey(OverlayMode mode); // for settings

class OverlayPainter {
public:
    OverlayPainter(const TileBook& book, const ElementColours& colours) : m_book(book), m_colours(colours) {}

    void setMode(OverlayMode mode);
    [[nodiscard]] OverlayMode mode() const { return m_mode; }
    /// The engine's table of elements, by which tiles name theirs.
    void setElements(const std::vector<fractal::ElementUse>& elements);
    /// Points of the picture whose origin has changed.
    void refresh(const QRegion& region);
    /// Paints what lies in `clip`; the picture fills `target`, both in the painter's coordinates.
    void paint(QPainter& painter, const QRectF& target, const QRectF& clip, const QFont& font) const;

    [[nodiscard]] QString letterOf(quint16 element) const;
    [[nodiscard]] QColor colourOf(quint16 element) const;

private:
    [[nodiscard]] QRgb tint(const PointOrigin& origin) const;
    void paintTimes(QPainter& painter, const QRectF& target) const;
    void paintHandOvers(QPainter& painter, const QRectF& target, const QRectF& clip, const QFont& font) const;
    [[nodiscard]] QRectF placed(const QRect& part, const QRectF& target) const;

    const TileBook& m_book;
    const ElementColours& m_colours;
    std::vector<PeIdentifier> m_elements;
    OverlayMode m_mode = OverlayMode::Elements;
    QImage m_tints; // one translucent colour a point
};

} // namespace kolam::gui
