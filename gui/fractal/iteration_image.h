// SPDX-License-Identifier: GPL-3.0-or-later
// The picture: iteration counts, and beside them the same points coloured. Points that have not come are transparent.
// Next door: palette.h makes the colour table, fractal_canvas.h shows the picture.
#pragma once

#include "demos/users/fractal/fractal_update.h"
#include "gui/fractal/palette.h"

#include <QImage>
#include <QRegion>
#include <span>
#include <vector>

namespace kolam::gui {

class IterationImage {
public:
    static constexpr quint32 noCount = 0xffffffff; // not here yet
    static constexpr int blockSide = 64;           // pixels, for repainting

    enum class Kind : quint8 { Banded, Smooth }; // whole counts, or counts with fractions
    /// Clears everything for a new picture.
    /// @param roots  of a Newton fractal; see ColourScale
    void begin(QSize size, quint32 maxIterations, Kind kind = Kind::Banded, int roots = 0);
    /// Takes a run of points of one row. What lies outside the picture is dropped. Smooth pictures need a fraction for
    /// every count.
    void write(quint32 x, quint32 y, std::span<const quint32> counts, std::span<const quint32> fractions = {});
    /// Pieces of a batch.
    void write(const fractal::FractalUpdate& update, const std::vector<fractal::RowPiece>& pieces);
    /// Colours every point anew; counts stay.
    void setColouring(const Colouring& colouring);
    [[nodiscard]] const Colouring& colouring() const { return m_colouring; }

    [[nodiscard]] QSize size() const { return m_image.size(); }
    [[nodiscard]] quint32 maxIterations() const { return m_maxIterations; }
    [[nodiscard]] const QImage& image() const { return m_image; }
    [[nodiscard]] const std::vector<quint32>& counts() const { return m_counts; }
    [[nodiscard]] quint32 countAt(QPoint point) const; // noCount outside
    [[nodiscard]] Kind kind() const { return m_kind; }
    [[nodiscard]] const std::vector<quint32>& fractions() const { return m_fractions; } // none when banded

    /// What has changed since the last call, in blocks of the picture: never more rectangles than blocks.
    [[nodiscard]] QRegion takeDirty();

private:
    void prepareColours();
    void colour(std::size_t first, std::size_t length);
    [[nodiscard]] QRgb colourOf(std::size_t index) const;
    [[nodiscard]] int blockColumns() const { return (m_image.width() + blockSide - 1) / blockSide; }

    Colouring m_colouring;
    quint32 m_maxIterations = 0;
    Kind m_kind = Kind::Banded;
    int m_roots = 0;
    bool m_hasColours = false;
    std::vector<quint32> m_counts;    // row by row
    std::vector<quint32> m_fractions; // beside them, in 2^-32; none when banded
    std::vector<QRgb> m_table;        // of a banded picture
    ColourScale m_scale;              // of a smooth one
    QImage m_image;
    std::vector<bool> m_dirtyBlocks; // row by row
};

} // namespace kolam::gui
