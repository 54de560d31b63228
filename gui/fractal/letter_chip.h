// SPDX-License-Identifier: GPL-3.0-or-later
// An element's letter on its colour, as a widget. Next door: tile_look.h paints it.
#pragma once

#include <QColor>
#include <QWidget>

namespace kolam::gui {

class LetterChip : public QWidget {
    Q_OBJECT
public:
    explicit LetterChip(QWidget* parent = nullptr);
    void show(const QString& letter, const QColor& colour);
    using QWidget::show;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_letter;
    QColor m_colour;
};

} // namespace kolam::gui
