// SPDX-License-Identifier: GPL-3.0-or-later
// What the patterns over the picture mean, each with the number of tiles in that state.
// Next door: tile_look.h paints the samples exactly as the overlay does.
#pragma once

#include "demos/users/fractal/fractal_update.h"

#include <QWidget>
#include <array>

namespace kolam::gui {

class FractalRun;

class Legend : public QWidget {
    Q_OBJECT
public:
    explicit Legend(FractalRun& run, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();
    [[nodiscard]] int lineHeight() const;

    FractalRun& m_run;
    std::array<int, 8> m_counts{}; // of tiles by state; then those asked of two elements, and hand-overs
};

} // namespace kolam::gui
