// SPDX-License-Identifier: GPL-3.0-or-later
// Charts of the moment that is shown and the minute before it, one below the other: load, sessions, failover times and
// the share of them that took no longer, what registrars do, who was there, what was not told. Their data is reduced
// and replaced as a whole, five times a second at most, and only of those that are seen. Next door: samples.h and
// availability_strip.h, the numbers.
#pragma once

#include "gui/common/playback.h"

#include <QTimer>
#include <QWidget>

class QChart;
class QChartView;
class QVBoxLayout;

namespace kolam::gui {

class AvailabilityStrip;
struct Distribution;
struct Line;

class ChartsPanel final : public QWidget {
    Q_OBJECT
public:
    explicit ChartsPanel(const Playback& playback, QWidget* parent = nullptr);
    /// At once, for pictures.
    void refresh();
    [[nodiscard]] QList<QChartView*> charts() const;

protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QChartView* add(const QString& title, int height = 120);
    void refreshSeen();
    void draw(bool all);
    static void clear(QChart& chart);
    static void setLines(QChart& chart, const std::vector<Line>& lines, double least);
    static void setBars(QChart& chart, const Distribution& distribution);
    static void setShares(QChart& chart, const std::vector<Duration>& took);
    static void dress(QChart& chart);

    const Playback& m_playback;
    QChartView* m_load;
    QChartView* m_sessions;
    QChartView* m_resolutions;
    QChartView* m_failovers;
    QChartView* m_shares;
    QChartView* m_registrations;
    QChartView* m_enrp;
    QChartView* m_lost;
    AvailabilityStrip* m_availability;
    QVBoxLayout* m_rows;
    QTimer m_due;
};

} // namespace kolam::gui
