// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/monitor/compare_dialog.h"

#include "gui/common/element_colours.h"
#include "gui/common/saving.h"
#include "gui/common/theme.h"
#include "gui/feeds/feed.h"
#include "gui/monitor/samples.h"

#include <QChart>
#include <QChartView>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLineSeries>
#include <QLogValueAxis>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>
#include <QValueAxis>
#include <algorithm>
#include <cmath>

namespace kolam::gui {

namespace {
constexpr int eventsAtATime = 5'000;
constexpr int compareMilliseconds = 200;
constexpr int colourOfA = 0;
constexpr int colourOfB = 1;
} // namespace

CompareDialog::CompareDialog(const EventHistory& history, const QString& name, Feed* other, QWidget* parent)
    : QDialog(parent)
    , m_history(history)
    , m_nameA(tr("A: %1").arg(name))
    , m_nameB(tr("B: %1").arg(other->name())) {
    setWindowTitle(tr("Compare two runs"));
    other->setParent(this);
    auto* const rows = new QVBoxLayout(this);
    m_chart = new QChart;
    auto* const view = new QChartView(m_chart, this);
    view->setRenderHint(QPainter::Antialiasing);
    view->setAccessibleName(tr("Share of failovers that took no longer, %"));
    view->setMinimumSize(560, 260);
    rows->addWidget(view);
    m_table = new QTableWidget(0, 4, this);
    m_table->setAccessibleName(tr("Figures of both runs"));
    m_table->setHorizontalHeaderLabels({tr("Figure"), QStringLiteral("A"), QStringLiteral("B"), tr("B to A")});
    m_table->verticalHeader()->hide();
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setStretchLastSection(true);
    rows->addWidget(m_table);
    auto* const buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    QPushButton* const save = buttons->addButton(tr("Save as CSV…"), QDialogButtonBox::ActionRole);
    connect(save, &QPushButton::clicked, this, [this] {
        saveBy(
            *this, tr("Save the comparison"), tr("Comma separated values (*.csv)"),
            [this](const QString& path) { return saveText(path, csv()); }, [](const QString&) {});
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    rows->addWidget(buttons);
    resize(720, 760);
    m_due.setSingleShot(true);
    m_due.setInterval(compareMilliseconds);
    connect(&m_due, &QTimer::timeout, this, &CompareDialog::refresh);
    connect(other, &Feed::heard, this, [this](const std::vector<telemetry::Event>& events) {
        for (const telemetry::Event& event : events) {
            m_b.take(event);
        }
        if (!m_due.isActive()) {
            m_due.start();
        }
    });
    connect(&m_turn, &QTimer::timeout, this, &CompareDialog::work);
    m_turn.start(0);
    refresh();
}

void CompareDialog::work() {
    m_at = std::max(m_at, m_history.begin());
    for (int i = 0; i < eventsAtATime && m_at < m_history.end(); ++i, ++m_at) {
        m_a.take(m_history.at(m_at));
    }
    if (m_at == m_history.end()) { // what comes after that is another run
        m_turn.stop();
        refresh();
    }
}

QString CompareDialog::csv() const {
    QString text = QStringLiteral("figure,a,b\n");
    for (const Figure& figure : compare(m_a, m_b)) {
        text += QStringLiteral("\"%1\",\"%2\",\"%3\"\n").arg(figure.name, figure.a, figure.b);
    }
    return text;
}

void CompareDialog::refresh() {
    const std::vector<Figure> figures = compare(m_a, m_b);
    m_table->setRowCount(static_cast<int>(figures.size()));
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const Figure& figure = figures[static_cast<std::size_t>(row)];
        int column = 0;
        for (const QString& text : {figure.name, figure.a, figure.b, figure.difference}) {
            auto* const item = new QTableWidgetItem(text);
            if (column > 0) {
                item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            }
            m_table->setItem(row, column++, item);
        }
    }
    m_chart->removeAllSeries();
    for (QAbstractAxis* const axis : m_chart->axes()) {
        m_chart->removeAxis(axis);
        delete axis;
    }
    const ThemeTokens& t = currentTokens();
    auto* const x = new QLogValueAxis(m_chart);
    auto* const y = new QValueAxis(m_chart);
    double least = 1;
    double most = 10;
    m_chart->addAxis(x, Qt::AlignBottom);
    m_chart->addAxis(y, Qt::AlignLeft);
    for (const auto& [run, name, colour] :
         {std::tuple{&m_a, m_nameA, colourOfA}, std::tuple{&m_b, m_nameB, colourOfB}}) {
        const std::vector<QPointF> steps = cumulated(run->failovers());
        auto* const line = new QLineSeries(m_chart);
        line->setName(name);
        line->setPen(QPen(ElementColours::colourAt(colour), 2.5, colour == colourOfA ? Qt::SolidLine : Qt::DashLine));
        line->replace(QList<QPointF>(steps.begin(), steps.end()));
        m_chart->addSeries(line);
        line->attachAxis(x);
        line->attachAxis(y);
        if (!steps.empty()) {
            least = std::min(least, steps.front().x());
            most = std::max(most, steps.back().x());
        }
    }
    x->setRange(std::pow(10, std::floor(std::log10(std::max(least, 0.001)))),
                std::pow(10, std::ceil(std::log10(most))));
    x->setLabelFormat(tr("%g ms"));
    y->setRange(0, 100);
    m_chart->setTitle(tr("Share of failovers that took no longer, %"));
    m_chart->setBackgroundBrush(t.surface);
    m_chart->setTitleBrush(t.text);
    m_chart->legend()->setLabelColor(t.text);
    m_chart->legend()->setAlignment(Qt::AlignBottom);
    for (QAbstractAxis* const axis : m_chart->axes()) {
        axis->setLabelsColor(t.muted);
        axis->setGridLineColor(t.border);
        axis->setLinePen(QPen(t.border));
    }
}

} // namespace kolam::gui
