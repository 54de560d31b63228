// SPDX-License-Identifier: GPL-3.0-or-later
// The line at the bottom: where the pointer is, how far the picture is, how long it will take.
#pragma once

#include "gui/fractal/view_rect.h"

#include <QStatusBar>
#include <QTimer>
#include <optional>

class QLabel;

namespace kolam::gui {

class FractalRun;
class ShareBar;

class StatusLine : public QStatusBar {
    Q_OBJECT
public:
    explicit StatusLine(FractalRun& run, QWidget* parent = nullptr);
    void showPoint(const DeepNumber& number, std::optional<quint32> count);
    void showNoPoint();
    /// In place of the point under the pointer, for some seconds.
    void showForAWhile(const QString& text);

private:
    QLabel* add(const QString& name, const QString& widest);
    void refresh();

    FractalRun& m_run;
    QLabel* m_point;
    QLabel* m_zoom;
    ShareBar* m_progress;
    QLabel* m_percent;
    QLabel* m_tiles;
    QLabel* m_remaining;
    QLabel* m_speed;
    QLabel* m_failovers;
    QLabel* m_again;
    QTimer m_notice; // runs while one is shown
};

/// "-0.7436438870 + 0.1318259042i", with as many digits as tell points of this width apart.
[[nodiscard]] QString complexText(const DeepNumber& number, double pointWidth);

} // namespace kolam::gui
