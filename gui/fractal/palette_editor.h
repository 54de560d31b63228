// SPDX-License-Identifier: GPL-3.0-or-later
// Where one makes a palette of one's own, from the present one: colours around the circle, to be changed, added and
// taken away. The picture shows every change at once; nothing is computed. Next door: palette.h.
#pragma once

#include "gui/fractal/palette.h"

#include <QDialog>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace kolam::gui {

class PaletteEditor : public QDialog {
    Q_OBJECT
public:
    /// Begins with the colours of this colouring's palette.
    explicit PaletteEditor(const Colouring& colouring, QWidget* parent = nullptr);

    [[nodiscard]] const std::vector<QRgb>& stops() const { return m_stops; }
    void setStop(int index, QRgb colour);
    void addStop(); // beside the last one, half way to the first
    void removeStop();
    void reverse();

signals:
    void edited(const std::vector<QRgb>& stops);

private:
    void rebuild();
    void askForColour(int index);

    std::vector<QRgb> m_stops;
    QLabel* m_strip;
    QHBoxLayout* m_row;
    QPushButton* m_add;
    QPushButton* m_remove;
};

} // namespace kolam::gui
