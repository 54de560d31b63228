// SPDX-License-Identifier: GPL-3.0-or-later
// A slim bar: an element's share of the picture, in its colour. Next door: pool_panel.h.
#pragma once

#include <QColor>
#include <QWidget>

namespace kolam::gui {

class ShareBar : public QWidget {
    Q_OBJECT
public:
    explicit ShareBar(QWidget* parent = nullptr);
    void show(double share, const QColor& colour);
    using QWidget::show;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double m_share = 0; // 0 to 1
    QColor m_colour;
};

} // namespace kolam::gui
