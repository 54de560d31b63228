// SPDX-License-Identifier: GPL-3.0-or-later
// Four charts of the moment that is shown and the minute before it: load, sessions, resolutions, failover times. Their
// data is reduced and replaced as a whole, five times a second at most. Next door: samples.h, the numbers.
#pragma once

#include "gui/common/playback.h"

#include <QTimer>
#include <QWidget>

class QChart;
class QChartView;
class QLabel;

namespace kolam::gui {

struct Line;

class ChartsPanel final : public QWidget {
    Q_OBJECT
public:
    explicit ChartsPanel(const Playback& playback, QWidget* parent = nullptr);
    /// At once, for pictures.
    void refresh();

protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QChartView* add(const QString& title, int row, int column, int columns = 1);
    void setLines(QChart& chart, const std::vector<Line>& lines, double least);
    void setBars(QChart& chart);
    static void dress(QChart& chart);

    const Playback& m_playback;
    QChartView* m_load;
    QChartView* m_sessions;
    QChartView* m_resolutions;
    QChartView* m_failovers;
    QTimer m_due;
};

} // namespace kolam::gui
