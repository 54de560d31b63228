// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/status_line.h"

#include "gui/common/theme.h"
#include "gui/fractal/figures.h"
#include "gui/fractal/fractal_run.h"
#include "gui/fractal/share_bar.h"

#include <QLabel>
#include <QLocale>
#include <cmath>

namespace kolam::gui {

using fractal::ImageState;

namespace {
constexpr int noticeMilliseconds = 4000;
}

namespace {

/// A number's absolute value with so many decimals. What it is rounded by, is added before: digits are then cut off.
QString decimals(DoubleDouble number, int digits) {
    if (number.high < 0) {
        number = -number;
    }
    number = number + DoubleDouble{0.5 * std::pow(10.0, -digits)};
    const double whole = std::floor(number.toDouble());
    QString text = QString::number(whole, 'f', 0) + QLatin1Char('.');
    number = number - DoubleDouble{whole};
    for (int digit = 0; digit < digits; ++digit) {
        number = number * DoubleDouble{10.0};
        const double next = std::clamp(std::floor(number.toDouble()), 0.0, 9.0);
        text += QLatin1Char(static_cast<char>('0' + static_cast<int>(next)));
        number = number - DoubleDouble{next};
    }
    return text;
}

} // namespace

QString complexText(const DeepNumber& number, double pointWidth) {
    const int digits =
        std::clamp(static_cast<int>(std::ceil(-std::log10(std::max(std::abs(pointWidth), 1e-30)))) + 1, 3, 31);
    const QChar minus(u'−');
    QString real = decimals(number.real, digits);
    if (number.real.high < 0) {
        real.prepend(minus);
    }
    return QStringLiteral("%1 %2 %3i")
        .arg(real, number.imag.high < 0 ? minus : QChar(u'+'), decimals(number.imag, digits));
}

StatusLine::StatusLine(FractalRun& run, QWidget* parent)
    : QStatusBar(parent)
    , m_run(run)
    , m_point(add(tr("Point under the pointer"), {}))
    , m_zoom(add(tr("Zoom"), QStringLiteral("zoom 1.2e10")))
    , m_progress(new ShareBar(this))
    , m_percent(add(tr("Done"), QStringLiteral("100 %")))
    , m_tiles(add(tr("Tiles done"), tr("%1/%2 tiles").arg(1000).arg(1000)))
    , m_remaining(add(tr("Time left"), tr("%1 left").arg(QStringLiteral("12.3 s"))))
    , m_speed(add(tr("Speed"), tr("%1 points/s").arg(QStringLiteral("1.2 M"))))
    , m_failovers(add(tr("Failovers"), tr("%n failover(s)", nullptr, 100)))
    , m_again(add(tr("Computed again"), tr("%1 % again").arg(QStringLiteral("0.00")))) {
    setSizeGripEnabled(false);
    setContentsMargins(currentTokens().space, 0, currentTokens().space, 0);
    m_progress->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_point->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // the window may be narrow
    addWidget(m_point, 1);
    addPermanentWidget(m_zoom);
    addPermanentWidget(m_progress);
    for (QLabel* label : {m_percent, m_tiles, m_remaining, m_speed, m_failovers, m_again}) {
        addPermanentWidget(label);
    }
    m_notice.setSingleShot(true);
    m_notice.setInterval(noticeMilliseconds);
    connect(&m_notice, &QTimer::timeout, this, &StatusLine::showNoPoint);
    connect(&run, &FractalRun::changed, this, &StatusLine::refresh);
    connect(&run, &FractalRun::placeChanged, this, &StatusLine::showNoPoint); // it may have another limit
    connect(&run, &FractalRun::placeChanged, this, &StatusLine::refresh);
    refresh();
}

QLabel* StatusLine::add(const QString& name, const QString& widest) {
    auto* label = new QLabel(this);
    label->setTextFormat(Qt::PlainText);
    label->setAccessibleName(name);
    label->setToolTip(name);
    label->setAlignment(Qt::AlignVCenter | (widest.isEmpty() ? Qt::AlignLeft : Qt::AlignRight));
    if (!widest.isEmpty()) { // numbers change in place: nothing beside them moves
        label->setMinimumWidth(fontMetrics().horizontalAdvance(widest) + currentTokens().space);
    }
    return label;
}

void StatusLine::showForAWhile(const QString& text) {
    m_point->setText(text);
    m_notice.start();
}

void StatusLine::showPoint(const DeepNumber& number, std::optional<quint32> count) {
    if (m_notice.isActive()) {
        return;
    }
    const double pointWidth = m_run.navigation().current().view.width() / std::max(1, m_run.pictureSize().width());
    QString text = complexText(number, pointWidth);
    if (count) {
        const bool inside = *count >= m_run.picture().image().maxIterations();
        text += QStringLiteral("   ") + (inside ? tr("inside") : tr("iterations %1").arg(QLocale().toString(*count)));
    }
    m_point->setText(text);
}

void StatusLine::showNoPoint() {
    if (m_notice.isActive()) {
        return;
    }
    m_point->setText(tr("at most %1 iterations").arg(QLocale().toString(m_run.navigation().current().maxIterations)));
}

void StatusLine::refresh() {
    const Place& place = m_run.navigation().current();
    const double zoom = zoomOf(place.view, place.algorithm);
    m_zoom->setText(tr("zoom %1").arg(zoom < 1e5 ? QLocale().toString(zoom, 'f', zoom < 10 ? 1 : 0)
                                                 : QLocale().toString(zoom, 'e', 1)));
    if (m_point->text().isEmpty()) {
        showNoPoint();
    }
    const std::optional<fractal::ImageProgress>& progress = m_run.progress();
    if (!progress) {
        return;
    }
    const double total = static_cast<double>(std::max<std::uint64_t>(1, progress->pointsTotal));
    const double done = static_cast<double>(progress->points) / total;
    m_progress->show(done, progress->state == ImageState::Complete ? currentTokens().good : currentTokens().accent);
    m_percent->setText(tr("%1 %").arg(static_cast<int>(done * 100)));
    m_tiles->setText(tr("%1/%2 tiles").arg(progress->tilesDone).arg(progress->tilesTotal));
    switch (progress->state) {
    case ImageState::Complete:
        m_remaining->setText(tr("in %1").arg(durationInWords(progress->updated - progress->started)));
        break;
    case ImageState::Cancelled: m_remaining->setText(tr("stopped")); break;
    case ImageState::Refused: m_remaining->setText(tr("refused")); break;
    case ImageState::Computing:
        m_remaining->setText(progress->remaining ? tr("%1 left").arg(durationInWords(*progress->remaining))
                                                 : QString());
        break;
    case ImageState::Idle: m_remaining->clear(); break;
    }
    m_speed->setText(tr("%1 points/s").arg(shortNumber(progress->pointsPerSecond)));
    m_failovers->setText(tr("%n failover(s)", nullptr, static_cast<int>(progress->failovers)));
    const double again = 100 * static_cast<double>(progress->redonePoints) / total;
    m_again->setText(tr("%1 % again").arg(QLocale().toString(again, 'f', again > 0 ? 2 : 0)));
}

} // namespace kolam::gui
