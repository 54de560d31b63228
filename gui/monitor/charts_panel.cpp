// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/monitor/charts_panel.h"

#include "gui/common/element_colours.h"
#include "gui/common/sentences.h"
#include "gui/common/theme.h"
#include "gui/monitor/samples.h"

#include <QBarCategoryAxis>
#include <QBarSeries>
#include <QBarSet>
#include <QChart>
#include <QChartView>
#include <QElapsedTimer>
#include <QEvent>
#include <QGraphicsLayout>
#include <QGridLayout>
#include <QLineSeries>
#include <QValueAxis>
#include <algorithm>
#include <cmath>

namespace kolam::gui {

namespace {
constexpr int refreshMilliseconds = 200;
constexpr int mostShare = 20; // one part in so many of a processor's time
constexpr std::chrono::seconds shownTime{60};
} // namespace

ChartsPanel::ChartsPanel(const Playback& playback, QWidget* parent) : QWidget(parent), m_playback(playback) {
    auto* const grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(2);
    m_load = add(tr("Load, %"), 0, 0);
    m_sessions = add(tr("Sessions"), 0, 1);
    m_failovers = add(tr("Failover times"), 1, 0, 2);
    m_resolutions = add(tr("Resolutions a second"), 2, 0, 2);
    m_due.setSingleShot(true);
    m_due.setInterval(refreshMilliseconds);
    connect(&m_due, &QTimer::timeout, this, &ChartsPanel::refresh);
    connect(&playback, &Playback::shown, this, [this] {
        if (isVisible() && !m_due.isActive()) {
            m_due.start();
        }
    });
}

QChartView* ChartsPanel::add(const QString& title, int row, int column, int columns) {
    auto* const chart = new QChart;
    chart->setTitle(title);
    chart->setMargins({2, 0, 6, 0});
    chart->setBackgroundRoundness(0);
    chart->layout()->setContentsMargins(0, 0, 0, 0);
    auto* const view = new QChartView(chart, this);
    view->setRenderHint(QPainter::Antialiasing);
    view->setAccessibleName(title);
    view->viewport()->setFocusPolicy(Qt::NoFocus); // the view has it
    view->setMinimumSize(150, 90);
    view->setFrameShape(QFrame::NoFrame);
    static_cast<QGridLayout*>(layout())->addWidget(view, row, column, 1, columns);
    return view;
}

void ChartsPanel::dress(QChart& chart) {
    const ThemeTokens& t = currentTokens();
    chart.setBackgroundBrush(t.surface);
    chart.setTitleBrush(t.text);
    QFont font;
    font.setPointSize(std::max(7, t.pointSize - 2));
    chart.setTitleFont(font);
    chart.legend()->setVisible(chart.series().size() > 1);
    chart.legend()->setAlignment(Qt::AlignBottom);
    chart.legend()->setLabelColor(t.text);
    chart.legend()->setFont(font);
    for (QAbstractAxis* const axis : chart.axes()) {
        axis->setLabelsColor(t.muted);
        axis->setLabelsFont(font);
        axis->setGridLineColor(t.border);
        axis->setLinePen(QPen(t.border));
    }
}

void ChartsPanel::setLines(QChart& chart, const std::vector<Line>& lines, double least) {
    chart.removeAllSeries();
    for (QAbstractAxis* const axis : chart.axes()) {
        chart.removeAxis(axis);
        delete axis;
    }
    auto* const x = new QValueAxis(&chart);
    x->setRange(-static_cast<double>(shownTime.count()), 0);
    x->setTickCount(4);
    x->setLabelFormat(tr("%d s"));
    auto* const y = new QValueAxis(&chart);
    double most = least;
    chart.addAxis(x, Qt::AlignBottom);
    chart.addAxis(y, Qt::AlignLeft);
    for (const Line& line : lines) {
        auto* const series = new QLineSeries(&chart);
        series->setName(line.name);
        series->setPen(QPen(ElementColours::colourAt(line.colour), 2));
        series->replace(QList<QPointF>(line.points.begin(), line.points.end()));
        chart.addSeries(series);
        series->attachAxis(x);
        series->attachAxis(y);
        for (const QPointF& point : line.points) {
            most = std::max(most, point.y());
        }
    }
    y->setRange(0, 2 * std::ceil(most / 2)); // so that its middle has a whole number, too
    y->setTickCount(3);
    y->setLabelFormat(QStringLiteral("%.0f"));
    dress(chart);
}

void ChartsPanel::setBars(QChart& chart) {
    chart.removeAllSeries();
    for (QAbstractAxis* const axis : chart.axes()) {
        chart.removeAxis(axis);
        delete axis;
    }
    const Distribution distribution = distributionOf(m_playback.model());
    auto* const set = new QBarSet(tr("Failovers"));
    set->setColor(currentTokens().accent);
    set->setBorderColor(currentTokens().accent);
    QStringList names;
    int most = 1;
    for (const auto& [name, count] : distribution.bars) {
        names.append(name);
        set->append(count);
        most = std::max(most, count);
    }
    auto* const series = new QBarSeries(&chart);
    series->setBarWidth(0.9);
    series->append(set);
    chart.addSeries(series);
    auto* const x = new QBarCategoryAxis(&chart);
    x->append(names);
    auto* const y = new QValueAxis(&chart);
    y->setRange(0, most);
    y->setTickCount(2);
    y->setLabelFormat(QStringLiteral("%.0f"));
    chart.addAxis(x, Qt::AlignBottom);
    chart.addAxis(y, Qt::AlignLeft);
    series->attachAxis(x);
    series->attachAxis(y);
    const auto of = [&](double share) { return textOf(percentile(distribution.took, share)); };
    chart.setTitle(distribution.took.empty() ? tr("Failover times: none yet")
                                             : tr("%n failover(s) by ms: p50 %1, p95 %2, p99 %3", nullptr,
                                                  static_cast<int>(distribution.took.size()))
                                                   .arg(of(0.5), of(0.95), of(0.99)));
    dress(chart);
}

void ChartsPanel::refresh() {
    QElapsedTimer clock;
    clock.start();
    const int columns = std::max(m_load->width(), 100);
    const Samples samples =
        samplesOf(m_playback.history(), m_playback.position(), m_playback.time(), shownTime, columns);
    setLines(*m_load->chart(), samples.load, 100);
    setLines(*m_sessions->chart(), {samples.sessions}, 1);
    setLines(*m_resolutions->chart(), samples.resolutions, 1);
    setBars(*m_failovers->chart());
    m_due.setInterval(std::max(refreshMilliseconds, mostShare * static_cast<int>(clock.elapsed())));
}

void ChartsPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    m_due.start();
}

void ChartsPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::StyleChange) {
        m_due.start();
    }
    QWidget::changeEvent(event);
}

} // namespace kolam::gui
