// SPDX-License-Identifier: GPL-3.0-or-later
// The form on the left: what is computed and how it is coloured. It says what a person has changed, nothing else.
#pragma once

#include "gui/fractal/navigation.h"
#include "gui/fractal/overlay_painter.h"
#include "gui/fractal/palette.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QSlider;
class QSpinBox;

namespace kolam::gui {

class JuliaPicker;

class PicturePanel : public QWidget {
    Q_OBJECT
public:
    explicit PicturePanel(QWidget* parent = nullptr);

    // Show what is so; none of these emits a signal.
    void showPlace(const Place& place);
    void showColouring(const Colouring& colouring);
    void showOverlay(OverlayMode mode);
    void showSessions(int sessions);
    [[nodiscard]] JuliaPicker& juliaPicker() { return *m_julia; }

signals:
    /// Another algorithm, iteration limit, exponent or constant; the view stays, but for another algorithm.
    void placeEdited(const kolam::gui::Place& place);
    void colouringEdited(const kolam::gui::Colouring& colouring);
    void overlayEdited(kolam::gui::OverlayMode mode);
    void sessionsEdited(int sessions);

private:
    template <typename Widget>
    Widget* add(QFormLayout* form, Widget* widget, const QString& name, const QString& help);
    void editPlace();
    void showConstant(QPointF k);
    void editColouring();

    Place m_place;
    std::vector<QRgb> m_own; // the colours of the last palette
    QComboBox* m_algorithm;
    QSpinBox* m_iterations;
    QDoubleSpinBox* m_exponent;
    QDoubleSpinBox* m_kReal;
    QDoubleSpinBox* m_kImag;
    JuliaPicker* m_julia;
    QFormLayout* m_form;
    QSpinBox* m_sessions;
    QComboBox* m_palette;
    QSlider* m_density;
    QSlider* m_offset;
    QComboBox* m_overlay;
};

} // namespace kolam::gui
