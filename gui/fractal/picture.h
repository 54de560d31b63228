// SPDX-License-Identifier: GPL-3.0-or-later
// The picture as a whole: counts, colours, and who computed what, fed by the engine's batches. Says which part to
// repaint. Next door: fractal_canvas.h shows it, pool_model.h lists the elements.
#pragma once

#include "gui/fractal/iteration_image.h"
#include "gui/fractal/overlay_painter.h"
#include "gui/fractal/tile_book.h"
#include "gui/fractal/view_rect.h"

#include <QObject>

namespace kolam::gui {

/// How many roots a Newton fractal has; 0 of every other one.
[[nodiscard]] int rootsOf(const wire::FractalParameter& parameter);

class Picture : public QObject {
    Q_OBJECT
public:
    explicit Picture(ElementColours& colours, QObject* parent = nullptr);

    /// Takes one batch; those of an image that is not the current one, or out of order, are dropped.
    void apply(const fractal::FractalUpdate& update);
    void setColouring(const Colouring& colouring);
    void setOverlay(OverlayMode mode);

    [[nodiscard]] const IterationImage& image() const { return m_image; }
    /// The same view with few points, which came first; may be empty.
    [[nodiscard]] const IterationImage& coarse() const { return m_coarse; }
    /// Whether this picture, scaled and moved, shows enough of another one until that comes.
    [[nodiscard]] bool canStandFor(const wire::FractalParameter& other) const;
    [[nodiscard]] const TileBook& book() const { return m_book; }
    [[nodiscard]] const OverlayPainter& overlay() const { return m_overlay; }
    [[nodiscard]] const wire::FractalParameter& parameter() const { return m_parameter; }
    [[nodiscard]] ViewRect view() const { return viewOf(m_parameter); }
    [[nodiscard]] bool isEmpty() const { return m_image.size().isEmpty(); }
    [[nodiscard]] bool isComplete() const {
        return m_book.countOf(fractal::TileState::Done) == static_cast<int>(m_book.tiles().size());
    }

signals:
    /// A new picture is about to replace the present one, which is still there to be copied.
    void aboutToBegin();
    void begun();
    /// Points or tiles that look different now.
    void changed(const QRegion& region);

private:
    void begin(const fractal::FractalUpdate& update);

    ElementColours& m_colours;
    IterationImage m_image;
    IterationImage m_coarse;
    TileBook m_book;
    OverlayPainter m_overlay;
    wire::FractalParameter m_parameter;
    fractal::ImageId m_id = fractal::ImageId::None;
    quint64 m_nextNumber = 0;
};

} // namespace kolam::gui
