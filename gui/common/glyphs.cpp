// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/common/glyphs.h"

#include "gui/common/theme.h"

#include <QIconEngine>
#include <QPainter>

namespace kolam::gui {

namespace {

void line(QPainterPath& path, std::initializer_list<QPointF> points) {
    bool first = true;
    for (const QPointF& point : points) {
        first ? path.moveTo(point) : path.lineTo(point);
        first = false;
    }
}

void arrowHead(QPainterPath& path, QPointF tip, QPointF one, QPointF other) {
    line(path, {one, tip, other});
}

void magnifier(QPainterPath& path) {
    path.addEllipse(QRectF(0.12, 0.12, 0.52, 0.52));
    line(path, {{0.58, 0.58}, {0.88, 0.88}});
}

class GlyphEngine final : public QIconEngine {
public:
    explicit GlyphEngine(Glyph glyph) : m_glyph(glyph) {}
    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
        const ThemeTokens& tokens = currentTokens();
        QColor colour = mode == QIcon::Selected ? tokens.onAccent : tokens.text;
        if (mode == QIcon::Disabled) {
            colour.setAlphaF(0.35F);
        }
        paintGlyph(*painter, m_glyph, rect, colour);
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }
    QIconEngine* clone() const override { return new GlyphEngine(*this); }

private:
    Glyph m_glyph;
};

} // namespace

QPainterPath glyphPath(Glyph glyph) {
    QPainterPath path;
    switch (glyph) {
    case Glyph::Back:
        line(path, {{0.86, 0.5}, {0.16, 0.5}});
        arrowHead(path, {0.14, 0.5}, {0.44, 0.2}, {0.44, 0.8});
        break;
    case Glyph::Forward:
        line(path, {{0.14, 0.5}, {0.84, 0.5}});
        arrowHead(path, {0.86, 0.5}, {0.56, 0.2}, {0.56, 0.8});
        break;
    case Glyph::Home:
        line(path, {{0.1, 0.52}, {0.5, 0.14}, {0.9, 0.52}});
        line(path, {{0.22, 0.46}, {0.22, 0.86}, {0.78, 0.86}, {0.78, 0.46}});
        break;
    case Glyph::Stop: path.addRoundedRect(QRectF(0.2, 0.2, 0.6, 0.6), 0.06, 0.06); break;
    case Glyph::Start:
        line(path, {{0.26, 0.14}, {0.84, 0.5}, {0.26, 0.86}});
        path.closeSubpath();
        break;
    case Glyph::Save:
        line(path, {{0.5, 0.1}, {0.5, 0.62}});
        arrowHead(path, {0.5, 0.64}, {0.28, 0.42}, {0.72, 0.42});
        line(path, {{0.12, 0.66}, {0.12, 0.88}, {0.88, 0.88}, {0.88, 0.66}});
        break;
    case Glyph::Open:
        line(path, {{0.1, 0.82}, {0.1, 0.2}, {0.4, 0.2}, {0.5, 0.32}, {0.88, 0.32}, {0.88, 0.82}});
        path.closeSubpath();
        break;
    case Glyph::Overlay:
        path.addRect(QRectF(0.12, 0.12, 0.76, 0.76));
        line(path, {{0.5, 0.12}, {0.5, 0.88}});
        line(path, {{0.12, 0.5}, {0.88, 0.5}});
        break;
    case Glyph::Kill:
        path.addEllipse(QRectF(0.12, 0.12, 0.76, 0.76));
        line(path, {{0.36, 0.36}, {0.64, 0.64}});
        line(path, {{0.64, 0.36}, {0.36, 0.64}});
        break;
    case Glyph::Restart:
        path.arcMoveTo(QRectF(0.14, 0.14, 0.72, 0.72), 60);
        path.arcTo(QRectF(0.14, 0.14, 0.72, 0.72), 60, -300);
        arrowHead(path, {0.32, 0.19}, {0.34, 0.44}, {0.1, 0.2});
        break;
    case Glyph::Help:
        path.arcMoveTo(QRectF(0.28, 0.12, 0.44, 0.42), 180);
        path.arcTo(QRectF(0.28, 0.12, 0.44, 0.42), 180, -250);
        path.lineTo(0.5, 0.66);
        line(path, {{0.5, 0.86}, {0.5, 0.88}});
        break;
    case Glyph::ZoomIn:
        magnifier(path);
        line(path, {{0.26, 0.38}, {0.5, 0.38}});
        line(path, {{0.38, 0.26}, {0.38, 0.5}});
        break;
    case Glyph::ZoomOut:
        magnifier(path);
        line(path, {{0.26, 0.38}, {0.5, 0.38}});
        break;
    case Glyph::BoxZoom:
        for (const auto& [x, y] : {std::pair{0.12, 0.12}, {0.88, 0.12}, {0.12, 0.88}, {0.88, 0.88}}) {
            const double dx = x < 0.5 ? 0.22 : -0.22;
            const double dy = y < 0.5 ? 0.22 : -0.22;
            line(path, {{x + dx, y}, {x, y}, {x, y + dy}});
        }
        path.addRect(QRectF(0.36, 0.36, 0.28, 0.28));
        break;
    case Glyph::Contrast:
        path.addEllipse(QRectF(0.12, 0.12, 0.76, 0.76));
        line(path, {{0.5, 0.12}, {0.5, 0.88}});
        line(path, {{0.64, 0.17}, {0.64, 0.83}});
        line(path, {{0.76, 0.24}, {0.76, 0.76}});
        break;
    case Glyph::Info:
        path.addEllipse(QRectF(0.12, 0.12, 0.76, 0.76));
        line(path, {{0.5, 0.46}, {0.5, 0.7}});
        line(path, {{0.5, 0.3}, {0.5, 0.31}});
        break;
    case Glyph::Warning:
        line(path, {{0.5, 0.12}, {0.92, 0.86}, {0.08, 0.86}});
        path.closeSubpath();
        line(path, {{0.5, 0.38}, {0.5, 0.62}});
        line(path, {{0.5, 0.73}, {0.5, 0.74}});
        break;
    case Glyph::Done: line(path, {{0.14, 0.54}, {0.4, 0.8}, {0.88, 0.24}}); break;
    case Glyph::Picture:
        path.addRect(QRectF(0.1, 0.16, 0.8, 0.68));
        line(path, {{0.1, 0.7}, {0.36, 0.44}, {0.56, 0.64}, {0.7, 0.52}, {0.9, 0.7}});
        break;
    case Glyph::Pause:
        line(path, {{0.34, 0.16}, {0.34, 0.84}});
        line(path, {{0.66, 0.16}, {0.66, 0.84}});
        break;
    case Glyph::StepBack:
        line(path, {{0.24, 0.16}, {0.24, 0.84}});
        line(path, {{0.8, 0.16}, {0.36, 0.5}, {0.8, 0.84}});
        break;
    case Glyph::StepForward:
        line(path, {{0.76, 0.16}, {0.76, 0.84}});
        line(path, {{0.2, 0.16}, {0.64, 0.5}, {0.2, 0.84}});
        break;
    case Glyph::Freeze:
        for (const auto& [x, y] : {std::pair{0.4, 0.0}, {0.2, 0.35}, {0.2, -0.35}}) {
            line(path, {{0.5 - x, 0.5 - y}, {0.5 + x, 0.5 + y}});
        }
        break;
    case Glyph::Cut:
        line(path, {{0.08, 0.5}, {0.34, 0.5}});
        line(path, {{0.66, 0.5}, {0.92, 0.5}});
        line(path, {{0.42, 0.2}, {0.58, 0.8}});
        break;
    }
    return path;
}

QIcon glyphIcon(Glyph glyph) {
    return QIcon(new GlyphEngine(glyph));
}

void paintGlyph(QPainter& painter, Glyph glyph, const QRectF& target, const QColor& colour) {
    const double side = std::min(target.width(), target.height());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(target.center() - QPointF(side / 2, side / 2));
    painter.scale(side, side);
    painter.setPen(QPen(colour, 0.09, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(glyphPath(glyph));
    painter.restore();
}

} // namespace kolam::gui
