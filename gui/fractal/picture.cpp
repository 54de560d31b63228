// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/picture.h"

#include <tuple>

namespace kolam::gui {

int rootsOf(const wire::FractalParameter& parameter) {
    return parameter.algorithm == wire::FractalAlgorithm::Newton ? static_cast<int>(parameter.n) : 0;
}

Picture::Picture(ElementColours& colours, QObject* parent)
    : QObject(parent)
    , m_colours(colours)
    , m_overlay(m_book, colours) {}

void Picture::apply(const fractal::FractalUpdate& update) {
    if (update.begins) {
        emit aboutToBegin();
        begin(update);
    } else if (update.image != m_id || update.number != m_nextNumber) {
        return;
    }
    ++m_nextNumber;
    for (const fractal::ElementUse& element : update.elements) {
        if (element.identifier != PeIdentifier{}) {
            m_colours.indexOf(element.identifier);
        }
    }
    m_overlay.setElements(update.elements);
    m_book.apply(update);
    m_image.write(update, update.pieces);
    m_coarse.write(update, update.coarsePieces);
    QRegion dirty = m_image.takeDirty();
    if (!m_coarse.takeDirty().isEmpty()) {
        dirty = QRect(QPoint(), m_image.size()); // few batches have any of it
    }
    m_overlay.refresh(dirty);
    for (const fractal::TileStatus& tile : update.tiles) {
        if (tile.tile < m_book.tiles().size()) {
            dirty += m_book.rect(tile.tile);
        }
    }
    if (update.begins) {
        emit begun();
    }
    if (!dirty.isEmpty()) {
        emit changed(dirty);
    }
}

bool Picture::canStandFor(const wire::FractalParameter& other) const {
    constexpr double enough = 0.5; // of its frame
    constexpr double clear = 0.1;  // of this one's width: closer, there are only smudges
    const auto fractalOf = [](const wire::FractalParameter& parameter) {
        return std::tuple{parameter.algorithm, parameter.n, parameter.kReal, parameter.kImag};
    };
    if (isEmpty() || fractalOf(m_parameter) != fractalOf(other)) {
        return false;
    }
    const QRectF place = view().placeOf(viewOf(other)).normalized();
    const QRectF shared = place & QRectF(0, 0, 1, 1);
    return place.width() >= clear && shared.width() * shared.height() >= enough * place.width() * place.height();
}

void Picture::setColouring(const Colouring& colouring) {
    m_image.setColouring(colouring);
    m_coarse.setColouring(colouring);
    if (const QRegion dirty = m_image.takeDirty(); !dirty.isEmpty()) {
        emit changed(dirty);
    }
}

void Picture::setOverlay(OverlayMode mode) {
    if (mode != m_overlay.mode()) {
        m_overlay.setMode(mode);
        emit changed(QRect(QPoint(), m_image.size()));
    }
}

void Picture::begin(const fractal::FractalUpdate& update) {
    m_id = update.image;
    m_nextNumber = update.number;
    m_parameter = update.parameter;
    const auto beginImage = [&update](IterationImage& image, const wire::FractalParameter& size) {
        image.begin(QSize(static_cast<int>(size.width), static_cast<int>(size.height)), update.parameter.maxIterations,
                    wire::isExtended(update.computed.algorithm) ? IterationImage::Kind::Smooth
                                                                : IterationImage::Kind::Banded,
                    rootsOf(update.computed));
    };
    beginImage(m_image, update.parameter);
    beginImage(m_coarse, update.coarse);
}

} // namespace kolam::gui
