// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/fractal_canvas.h"

#include "demos/services/fractal/smooth_plane.h"
#include "gui/common/theme.h"
#include "gui/fractal/tile_look.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>
#include <QWheelEvent>
#include <cmath>

namespace kolam::gui {

namespace {

constexpr int glideMilliseconds = 180;
constexpr int settleMilliseconds = 160;
constexpr float veilStrength = 0.5F; // over what is not the picture itself, so that what is computed stands out

} // namespace

FractalCanvas::FractalCanvas(Picture& picture, QWidget* parent) : QWidget(parent), m_picture(picture) {
    setAttribute(Qt::WA_OpaquePaintEvent);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Fractal picture"));
    setAccessibleDescription(tr("The picture that the pool computes. Plus and minus zoom, arrows move, Home shows all. "
                                "The pool list says which element computes what."));
    m_glide.setDuration(glideMilliseconds);
    m_glide.setEasingCurve(QEasingCurve::OutCubic);
    m_glide.setStartValue(0.0);
    m_glide.setEndValue(1.0);
    connect(&m_glide, &QVariantAnimation::valueChanged, this, [this](const QVariant& way) {
        m_camera.proceed(way.toDouble());
        update();
    });
    m_settle.setSingleShot(true);
    m_settle.setInterval(settleMilliseconds);
    connect(&m_settle, &QTimer::timeout, this, [this] { emit viewChosen(m_camera.target()); });
    connect(&m_picture, &Picture::aboutToBegin, this, &FractalCanvas::keepPreview);
    connect(&m_picture, &Picture::begun, this, [this] { update(); });
    connect(&m_picture, &Picture::changed, this, &FractalCanvas::repaintPart);
    updateCursor();
}

void FractalCanvas::setPictureSize(QSize size) {
    m_pictureSize = size;
    m_camera.setGeometry(this->size(), m_pictureSize);
    update();
}

void FractalCanvas::showView(const ViewRect& view) {
    m_settle.stop();
    if (m_picture.isEmpty() || !isVisible()) {
        m_glide.stop();
        m_camera.jumpTo(view);
        update();
    } else {
        glideTo(view);
    }
}

void FractalCanvas::zoomAt(QPointF canvasPoint, double factor) {
    choose(m_camera.target().zoomed(m_camera.unit(canvasPoint), factor), false);
}

void FractalCanvas::panBy(QPointF share) {
    choose(m_camera.target().panned(share), false);
}

void FractalCanvas::zoomToBox(const QRectF& canvasRect) {
    choose(m_camera.shown().boxed(m_camera.unit(canvasRect)), true);
}

void FractalCanvas::setBoxMode(bool on) {
    if (m_boxMode != on) {
        m_boxMode = on;
        updateCursor();
        emit boxModeChanged(on);
    }
}

void FractalCanvas::choose(const ViewRect& view, bool atOnce) {
    if (!view.isUsable(m_pictureSize, fractal::canBeDeep(m_picture.parameter().algorithm))) {
        emit limitReached(); // closer, all points would be the same number
        return;
    }
    glideTo(view);
    if (atOnce) {
        m_settle.stop();
        emit viewChosen(view);
    } else {
        m_settle.start();
    }
}

void FractalCanvas::glideTo(const ViewRect& view) {
    m_glide.stop();
    m_camera.setOut(view);
    const bool motion = style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) > 0;
    if (motion && isVisible() && !window()->isMinimized()) {
        m_glide.start();
    } else {
        m_camera.proceed(1);
    }
    update();
}

void FractalCanvas::keepPreview() {
    const QRectF frame = m_camera.frame();
    if (m_picture.isEmpty() || frame.isEmpty()) {
        return;
    }
    const double ratio = devicePixelRatioF();
    QImage preview((frame.size() * ratio).toSize(), QImage::Format_RGB32);
    preview.setDevicePixelRatio(ratio);
    preview.fill(currentTokens().canvas);
    QPainter painter(&preview);
    painter.translate(-frame.topLeft());
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    if (!m_preview.isNull()) {
        painter.drawImage(m_camera.placed(m_previewView), m_preview);
    }
    const QRectF target = m_camera.placed(m_picture.view());
    painter.drawImage(target, m_picture.coarse().image());
    painter.drawImage(target, m_picture.image().image());
    painter.end();
    m_preview = preview;
    m_previewView = m_camera.shown();
}

void FractalCanvas::repaintPart(const QRegion& region) {
    if (m_glide.state() == QAbstractAnimation::Running) {
        return; // every frame repaints all
    }
    const QRectF target = m_camera.placed(m_picture.view());
    const QSize points = m_picture.image().size();
    const double across = target.width() / points.width();
    const double down = target.height() / points.height();
    QRegion part;
    for (const QRect& rect : region) {
        part += QRectF(target.left() + rect.x() * across, target.top() + rect.y() * down, rect.width() * across,
                       rect.height() * down)
                    .toAlignedRect()
                    .adjusted(-2, -2, 2, 2);
    }
    update(part & rect());
}

void FractalCanvas::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    painter.fillRect(event->rect(), currentTokens().canvas);
    const QRectF frame = m_camera.frame();
    painter.setClipRect(frame, Qt::IntersectClip);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, m_glide.state() != QAbstractAnimation::Running);
    if (!m_picture.isEmpty()) {
        const QRectF target = m_camera.placed(m_picture.view());
        const bool covered = target.contains(frame) && m_picture.isComplete();
        if (!covered) {
            if (!m_preview.isNull()) {
                painter.drawImage(m_camera.placed(m_previewView), m_preview);
            }
            painter.drawImage(target, m_picture.coarse().image());
            QColor veil = currentTokens().canvas;
            veil.setAlphaF(veilStrength);
            painter.fillRect(event->rect(), veil);
        }
        painter.drawImage(target, m_picture.image().image());
        QFont small = font();
        small.setPixelSize(std::max(10, QFontInfo(font()).pixelSize() - 2));
        m_picture.overlay().paint(painter, target, event->rect() & frame.toAlignedRect(), small);
    }
    if (m_drag == Drag::Box) {
        const QRectF box = QRectF(m_dragStart, m_dragNow).normalized();
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.fillRect(box, QColor(255, 255, 255, 40));
        painter.setPen(QPen(Qt::black, 3));
        painter.drawRect(box);
        painter.setPen(QPen(Qt::white, 1, Qt::DashLine));
        painter.drawRect(box);
    }
    if (m_focusByKey && hasFocus()) {
        painter.setPen(QPen(currentTokens().accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(frame.adjusted(1, 1, -1, -1));
    }
}

void FractalCanvas::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_camera.setGeometry(size(), m_pictureSize);
    emit resized();
}

void FractalCanvas::wheelEvent(QWheelEvent* event) {
    // pixelDelta is null with X11 mice; the angle always says how far the wheel turned.
    if (event->angleDelta().y() != 0) {
        zoomAt(event->position(), wheelFactor(event->angleDelta().y()));
    }
    event->accept();
}

void FractalCanvas::mousePressEvent(QMouseEvent* event) {
    const bool box = event->button() == Qt::RightButton || m_boxMode || event->modifiers().testFlag(Qt::ShiftModifier);
    if (event->button() != Qt::LeftButton && event->button() != Qt::RightButton) {
        return;
    }
    m_glide.stop();
    m_drag = box ? Drag::Box : Drag::Pan;
    m_dragStart = m_dragNow = event->position();
    m_dragView = m_camera.shown();
    m_dragMoved = false;
    updateCursor();
}

void FractalCanvas::mouseMoveEvent(QMouseEvent* event) {
    const DeepNumber number = m_camera.exactlyAt(event->position());
    const QPointF place = m_picture.isEmpty() ? QPointF(-1, -1) : m_picture.view().placeOf(number);
    const QSize points = m_picture.image().size();
    const quint32 count = m_picture.image().countAt(QPoint(static_cast<int>(std::floor(place.x() * points.width())),
                                                           static_cast<int>(std::floor(place.y() * points.height()))));
    emit hovered(number, count == IterationImage::noCount ? std::nullopt : std::optional(count));
    if (m_drag == Drag::None) {
        return;
    }
    m_dragNow = event->position();
    const QPointF way = m_dragNow - m_dragStart;
    m_dragMoved = m_dragMoved || way.manhattanLength() >= QApplication::startDragDistance();
    if (m_drag == Drag::Pan && m_dragMoved) {
        const QRectF frame = m_camera.frame();
        m_camera.jumpTo(m_dragView.panned({-way.x() / frame.width(), -way.y() / frame.height()}));
    }
    update();
}

void FractalCanvas::mouseReleaseEvent(QMouseEvent* event) {
    if (m_drag == Drag::None || (event->buttons() & (Qt::LeftButton | Qt::RightButton))) {
        return;
    }
    const Drag drag = m_drag;
    const QRectF box = QRectF(m_dragStart, m_dragNow).normalized();
    endDrag();
    if (!m_dragMoved) {
        return;
    }
    if (drag == Drag::Pan) {
        emit viewChosen(m_camera.target());
    } else if (box.width() > 4 && box.height() > 4) {
        setBoxMode(false);
        zoomToBox(box);
    }
}

void FractalCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) {
        const QPointF off = m_camera.unit(event->position()) - QPointF(0.5, 0.5);
        choose(m_camera.target().panned(off).zoomed({0.5, 0.5}, 0.5), true);
    }
}

void FractalCanvas::leaveEvent(QEvent* event) {
    QWidget::leaveEvent(event);
    emit left();
}

void FractalCanvas::focusInEvent(QFocusEvent* event) {
    // Who came by keys must see where the focus is; who clicked knows, and the picture has no frame.
    m_focusByKey = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    QWidget::focusInEvent(event);
    update();
}

void FractalCanvas::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    update();
}

void FractalCanvas::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && (m_drag != Drag::None || m_boxMode)) {
        if (m_drag == Drag::Pan) {
            m_camera.jumpTo(m_dragView);
        }
        endDrag();
        setBoxMode(false);
        return;
    }
    QWidget::keyPressEvent(event);
}

void FractalCanvas::endDrag() {
    m_drag = Drag::None;
    updateCursor();
    update();
}

void FractalCanvas::updateCursor() {
    if (m_drag == Drag::Pan) {
        setCursor(Qt::ClosedHandCursor);
    } else {
        setCursor(m_boxMode || m_drag == Drag::Box ? Qt::CrossCursor : Qt::OpenHandCursor);
    }
}

} // namespace kolam::gui
