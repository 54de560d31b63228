// SPDX-License-Identifier: GPL-3.0-or-later
// The picture on screen, and the gestures on it: wheel, drag, box, double click. Shows a scaled preview at once; the
// window lets the pool compute what was chosen. Next door: camera.h is the arithmetic, picture.h the content.
#pragma once

#include "gui/fractal/camera.h"
#include "gui/fractal/picture.h"

#include <QTimer>
#include <QVariantAnimation>
#include <QWidget>
#include <optional>

namespace kolam::gui {

class FractalCanvas : public QWidget {
    Q_OBJECT
public:
    explicit FractalCanvas(Picture& picture, QWidget* parent = nullptr);

    /// The size of the pictures to come, in their own points; it sets the frame's proportions.
    void setPictureSize(QSize size);
    /// Shows another part; glides there unless the desktop wants no motion.
    void showView(const ViewRect& view);
    [[nodiscard]] const Camera& camera() const { return m_camera; }

    // What the gestures do, for actions and keys as well. Each ends in viewChosen().
    void zoomAt(QPointF canvasPoint, double factor);
    void zoomCentre(double factor) { zoomAt(m_camera.frame().center(), factor); }
    void panBy(QPointF share);
    void zoomToBox(const QRectF& canvasRect);
    /// The next drag with the left button draws a box.
    void setBoxMode(bool on);
    [[nodiscard]] bool boxMode() const { return m_boxMode; }
    /// Large enough letters for the room: the theme's size.
    [[nodiscard]] QSize sizeHint() const override { return {1000, 640}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, 160}; }

signals:
    /// A part of the plane that the user wants to see computed; a little after the last step of a wheel.
    void viewChosen(const kolam::gui::ViewRect& view);
    void boxModeChanged(bool on);
    /// Somebody wanted to go where neighbouring points would be the same number, or out of the plane.
    void limitReached();
    /// The number under the pointer, and its count where it is known.
    void hovered(const kolam::gui::DeepNumber& number, std::optional<quint32> count);
    void left();
    void resized();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    enum class Drag { None, Pan, Box };
    void choose(const ViewRect& view, bool atOnce);
    void glideTo(const ViewRect& view);
    void keepPreview();
    void repaintPart(const QRegion& region);
    void endDrag();
    void updateCursor();

    Picture& m_picture;
    Camera m_camera;
    QSize m_pictureSize;
    QVariantAnimation m_glide;
    QTimer m_settle;  // a turning wheel asks the pool once, when it rests
    QImage m_preview; // what was on screen when the present picture began
    ViewRect m_previewView;
    Drag m_drag = Drag::None;
    bool m_boxMode = false;
    QPointF m_dragStart;
    QPointF m_dragNow;
    ViewRect m_dragView;
    bool m_dragMoved = false;
    bool m_focusByKey = false;
};

} // namespace kolam::gui
