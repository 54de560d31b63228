// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/monitor/charts_panel.h"

#include "gui/common/element_colours.h"
#include "gui/common/sentences.h"
#include "gui/common/theme.h"
#include "gui/monitor/availability_strip.h"
#include "gui/monitor/samples.h"

#include <QBarCategoryAxis>
#include <QBarSeries>
#include <QBarSet>
#include <QChart>
#include <QChartView>
#include <QElapsedTimer>
#include <QEvent>
#include <QGraphicsLayout>
#include <QLineSeries>
#include <QLogValueAxis>
#include <QScatterSeries>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>
#include <QValueAxis>
#include <algorithm>
#include <cmath>

namespace kolam::gui {

namespace {
constexpr int refreshMilliseconds = 200;
constexpr int mostShare = 20; // one part in so many of a processor's time
// Title, axis and names leave half of it to the lines.
constexpr int withNames = 156;
constexpr int mostNamed = 6; // lines: the names of more would be cut
constexpr std::chrono::seconds shownTime{60};
} // namespace

ChartsPanel::ChartsPanel(const Playback& playback, QWidget* parent) : QWidget(parent), m_playback(playback) {
    auto* const outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto* const area = new QScrollArea(this);
    area->setAccessibleName(tr("Charts"));
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    outer->addWidget(area);
    auto* const all = new QWidget;
    m_rows = new QVBoxLayout(all);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(2);
    m_load = add(tr("Load, %"), withNames);
    m_failovers = add(tr("Failover times"));
    m_shares = add(tr("Share of failovers that took no longer, %"));
    m_sessions = add(tr("Sessions"));
    m_availability = new AvailabilityStrip(shownTime);
    m_rows->addWidget(m_availability);
    m_resolutions = add(tr("Resolutions a second"), withNames);
    m_registrations = add(tr("Registrations a second"), withNames);
    m_enrp = add(tr("ENRP messages a second"), withNames);
    m_lost = add(tr("Lost events a second"));
    area->setWidget(all);
    connect(area->verticalScrollBar(), &QScrollBar::valueChanged, this, [this] { m_due.start(); });
    m_due.setSingleShot(true);
    m_due.setInterval(refreshMilliseconds);
    connect(&m_due, &QTimer::timeout, this, &ChartsPanel::refreshSeen);
    connect(&playback, &Playback::shown, this, [this] {
        if (isVisible() && !m_due.isActive()) {
            m_due.start();
        }
    });
}

QList<QChartView*> ChartsPanel::charts() const {
    return {m_load, m_sessions, m_failovers, m_shares, m_resolutions, m_registrations, m_enrp, m_lost};
}

QChartView* ChartsPanel::add(const QString& title, int height) {
    auto* const chart = new QChart;
    chart->setTitle(title);
    chart->setMargins({2, 0, 6, 0});
    chart->setBackgroundRoundness(0);
    chart->layout()->setContentsMargins(0, 0, 0, 0);
    auto* const view = new QChartView(chart);
    view->setRenderHint(QPainter::Antialiasing);
    view->setAccessibleName(title);
    view->viewport()->setFocusPolicy(Qt::NoFocus); // the view has it
    view->setMinimumSize(150, height);
    view->setFrameShape(QFrame::NoFrame);
    dress(*chart); // also while there is nothing to be shown
    m_rows->addWidget(view);
    return view;
}

void ChartsPanel::dress(QChart& chart) {
    const ThemeTokens& t = currentTokens();
    chart.setBackgroundBrush(t.surface);
    chart.setTitleBrush(t.text);
    QFont font;
    font.setPointSize(std::max(7, t.pointSize - 2));
    chart.setTitleFont(font);
    chart.legend()->setVisible(chart.series().size() > 1 && chart.series().size() <= mostNamed);
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

void ChartsPanel::clear(QChart& chart) {
    chart.removeAllSeries();
    for (QAbstractAxis* const axis : chart.axes()) {
        chart.removeAxis(axis);
        delete axis;
    }
}

void ChartsPanel::setLines(QChart& chart, const std::vector<Line>& lines, double least) {
    clear(chart);
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

void ChartsPanel::setBars(QChart& chart, const Distribution& distribution) {
    clear(chart);
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

void ChartsPanel::setShares(QChart& chart, const std::vector<Duration>& took) {
    clear(chart);
    if (took.empty()) {
        return dress(chart);
    }
    const std::vector<QPointF> steps = cumulated(took);
    auto* const line = new QLineSeries(&chart);
    line->setPen(QPen(currentTokens().accent, 2));
    line->replace(QList<QPointF>(steps.begin(), steps.end()));
    auto* const marks = new QScatterSeries(&chart);
    marks->setMarkerSize(8);
    marks->setColor(currentTokens().warning);
    marks->setBorderColor(currentTokens().surface);
    for (const double share : {0.5, 0.95, 0.99}) {
        marks->append(toSeconds(percentile(took, share)) * 1'000, share * 100);
    }
    auto* const x = new QLogValueAxis(&chart);
    const auto decade = [](double value, auto round) {
        return std::pow(10, round(std::log10(std::max(value, 0.001))));
    };
    x->setRange(decade(steps.front().x(), [](double v) { return std::floor(v); }),
                std::max(decade(steps.back().x(), [](double v) { return std::ceil(v); }),
                         10 * decade(steps.front().x(), [](double v) { return std::floor(v); })));
    x->setLabelFormat(tr("%g ms"));
    auto* const y = new QValueAxis(&chart);
    y->setRange(0, 100);
    y->setTickCount(3);
    y->setLabelFormat(QStringLiteral("%.0f"));
    chart.addAxis(x, Qt::AlignBottom);
    chart.addAxis(y, Qt::AlignLeft);
    for (QXYSeries* const series : {static_cast<QXYSeries*>(line), static_cast<QXYSeries*>(marks)}) {
        chart.addSeries(series);
        series->attachAxis(x);
        series->attachAxis(y);
    }
    dress(chart);
    chart.legend()->hide();
}

void ChartsPanel::refresh() {
    draw(true);
    for (const QChartView* const view : charts()) { // else axes and titles have their places after the next turn only
        view->chart()->layout()->activate();
    }
}

void ChartsPanel::refreshSeen() {
    draw(false);
}

void ChartsPanel::draw(bool all) {
    QElapsedTimer clock;
    clock.start();
    const int columns = std::max(m_load->width(), 100);
    const Samples samples =
        samplesOf(m_playback.history(), m_playback.position(), m_playback.time(), shownTime, columns);
    const Distribution distribution = distributionOf(m_playback.model());
    // Each costs milliseconds, and most are below the edge.
    const auto draws = [all](const QWidget* view) { return all || !view->visibleRegion().isEmpty(); };
    const auto lines = [&](QChartView* view, const std::vector<Line>& with, double least) {
        if (draws(view)) {
            setLines(*view->chart(), with, least);
        }
    };
    lines(m_load, samples.load, 100);
    lines(m_sessions, {samples.sessions}, 1);
    lines(m_resolutions, samples.resolutions, 1);
    lines(m_registrations, samples.registrations, 1);
    lines(m_enrp, samples.enrp, 1);
    lines(m_lost, {samples.lost}, 1);
    if (draws(m_failovers)) {
        setBars(*m_failovers->chart(), distribution);
    }
    if (draws(m_shares)) {
        setShares(*m_shares->chart(), distribution.took);
    }
    if (draws(m_availability)) {
        m_availability->setRows(availabilityOf(m_playback.history(), m_playback.time(), shownTime));
    }
    m_due.setInterval(std::max(refreshMilliseconds, mostShare * static_cast<int>(clock.elapsed())));
}

void ChartsPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    m_due.start();
}

void ChartsPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::StyleChange) {
        for (const QChartView* const view : charts()) {
            dress(*view->chart());
        }
        m_due.start();
    }
    QWidget::changeEvent(event);
}

} // namespace kolam::gui
