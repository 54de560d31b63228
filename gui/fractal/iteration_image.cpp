// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/iteration_image.h"

#include <algorithm>

namespace kolam::gui {

void IterationImage::begin(QSize size, quint32 maxIterations, Kind kind, int roots) {
    if (size != m_image.size()) {
        m_image = QImage(size, QImage::Format_ARGB32_Premultiplied);
    }
    m_image.fill(Qt::transparent);
    m_counts.assign(static_cast<std::size_t>(size.width()) * static_cast<std::size_t>(size.height()), noCount);
    m_fractions.assign(kind == Kind::Smooth ? m_counts.size() : 0, 0);
    if (kind != m_kind || roots != m_roots || maxIterations != m_maxIterations || !m_hasColours) {
        m_kind = kind;
        m_roots = roots;
        m_maxIterations = maxIterations;
        prepareColours();
    }
    const int rows = (size.height() + blockSide - 1) / blockSide;
    m_dirtyBlocks.assign(static_cast<std::size_t>(blockColumns() * rows), true);
}

void IterationImage::prepareColours() {
    if (m_kind == Kind::Smooth) {
        m_scale = ColourScale(m_colouring, m_maxIterations, m_roots);
        m_table.clear();
    } else {
        m_table = colourTable(m_colouring, m_maxIterations);
    }
    m_hasColours = true;
}

void IterationImage::write(quint32 x, quint32 y, std::span<const quint32> counts, std::span<const quint32> fractions) {
    const auto width = static_cast<quint32>(m_image.width());
    if (y >= static_cast<quint32>(m_image.height()) || x >= width) {
        return;
    }
    const std::size_t length = std::min<std::size_t>(counts.size(), width - x);
    if (length == 0 || (m_kind == Kind::Smooth && fractions.size() < length)) {
        return;
    }
    const std::size_t first = static_cast<std::size_t>(y) * width + x;
    std::copy_n(counts.begin(), length, m_counts.begin() + static_cast<std::ptrdiff_t>(first));
    if (m_kind == Kind::Smooth) {
        std::copy_n(fractions.begin(), length, m_fractions.begin() + static_cast<std::ptrdiff_t>(first));
    }
    colour(first, length);
    const int row = static_cast<int>(y) / blockSide * blockColumns();
    const int last = static_cast<int>(x + length - 1) / blockSide;
    for (int column = static_cast<int>(x) / blockSide; column <= last; ++column) {
        m_dirtyBlocks[static_cast<std::size_t>(row + column)] = true;
    }
}

void IterationImage::write(const fractal::FractalUpdate& update, const std::vector<fractal::RowPiece>& pieces) {
    const bool smooth = update.fractions.size() == update.counts.size();
    for (const fractal::RowPiece& piece : pieces) {
        if (piece.first <= update.counts.size() && piece.length <= update.counts.size() - piece.first) {
            write(piece.x, piece.y, std::span(update.counts).subspan(piece.first, piece.length),
                  smooth ? std::span(update.fractions).subspan(piece.first, piece.length) : std::span<const quint32>());
        }
    }
}

void IterationImage::setColouring(const Colouring& colouring) {
    if (colouring == m_colouring) {
        return;
    }
    m_colouring = colouring;
    prepareColours();
    if (!m_image.isNull()) {
        colour(0, m_counts.size());
        m_dirtyBlocks.assign(m_dirtyBlocks.size(), true);
    }
}

quint32 IterationImage::countAt(QPoint point) const {
    return m_image.valid(point)
               ? m_counts[static_cast<std::size_t>(point.y()) * static_cast<std::size_t>(m_image.width()) +
                          static_cast<std::size_t>(point.x())]
               : noCount;
}

QRegion IterationImage::takeDirty() {
    QRegion dirty;
    const auto columns = static_cast<std::size_t>(blockColumns());
    for (std::size_t block = 0; block < m_dirtyBlocks.size();) {
        std::size_t end = block;
        while (end < m_dirtyBlocks.size() && m_dirtyBlocks[end] && end / columns == block / columns) {
            ++end;
        }
        if (end > block) { // blocks side by side make one rectangle
            dirty += QRect(static_cast<int>(block % columns) * blockSide, static_cast<int>(block / columns) * blockSide,
                           static_cast<int>(end - block) * blockSide, blockSide);
        }
        block = std::max(end, block + 1);
    }
    m_dirtyBlocks.assign(m_dirtyBlocks.size(), false);
    return dirty & m_image.rect();
}

void IterationImage::colour(std::size_t first, std::size_t length) {
    const auto width = static_cast<std::size_t>(m_image.width());
    for (std::size_t index = first; index < first + length;) {
        const std::size_t row = index / width;
        const std::size_t end = std::min(first + length, (row + 1) * width);
        auto* pixels = reinterpret_cast<QRgb*>(m_image.scanLine(static_cast<int>(row)));
        for (; index < end; ++index) {
            pixels[index - row * width] = colourOf(index);
        }
    }
}

QRgb IterationImage::colourOf(std::size_t index) const {
    const quint32 count = m_counts[index];
    if (count == noCount) {
        return 0;
    }
    if (m_kind == Kind::Smooth) {
        return m_scale.colour(count, m_fractions[index]);
    }
    return m_table[std::min(count, m_maxIterations)];
}

} // namespace kolam::gui
