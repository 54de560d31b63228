// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/common/timeline_bar.h"

#include "gui/common/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace kolam::gui {

namespace {

constexpr double edge = 14;
constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t shortest = 20'000;     // nanoseconds: a failover has steps of less than a millisecond
constexpr std::int64_t atLeast = 30 * second; // of everything

struct MarkLook {
    const char* letter;
    QColor ThemeTokens::* colour;
};
MarkLook lookOf(Mark mark) {
    switch (mark) {
    case Mark::Crash: return {"×", &ThemeTokens::bad};
    case Mark::Failover: return {"F", &ThemeTokens::warning};
    case Mark::Takeover: return {"T", &ThemeTokens::accent};
    case Mark::Fault: return {"!", &ThemeTokens::warning};
    case Mark::Registration: return {"+", &ThemeTokens::good};
    case Mark::None: break;
    }
    return {"", &ThemeTokens::muted};
}

} // namespace

TimelineBar::TimelineBar(Playback& playback, QWidget* parent) : QWidget(parent), m_playback(playback) {
    setAccessibleName(tr("Time line"));
    setAccessibleDescription(
        tr("Left and right go to the event before or after; Home and End to the beginning and to now."));
    setFocusPolicy(Qt::StrongFocus);
    setToolTip(tr("× crash, F failover, T takeover, ! fault, + somebody has come. Drag to go there, Shift-drag for a "
                  "range, wheel to zoom."));
    connect(&playback, &Playback::appended, this, &TimelineBar::append);
    connect(&playback, &Playback::shown, this, QOverload<>::of(&QWidget::update));
    append(0);
}

void TimelineBar::append(Position from) {
    const EventHistory& history = m_playback.history();
    while (!m_marks.empty() && (m_marks.back().position >= from || m_marks.front().position < history.begin())) {
        m_marks.back().position >= from ? m_marks.pop_back() : m_marks.pop_front();
    }
    for (Position at = std::max(from, history.begin()); at < history.end(); ++at) {
        if (const Mark mark = markOf(history.at(at)); mark != Mark::None) {
            m_marks.push_back({history.timeAt(at), at, mark});
        }
    }
    update();
}

TimelineBar::Range TimelineBar::shown() const {
    if (m_zoom) {
        return *m_zoom;
    }
    const EventHistory& history = m_playback.history();
    const std::int64_t last = history.timeAt(history.end()).value;
    return {WallTime{std::min(history.timeAt(history.begin()).value, last - atLeast)}, WallTime{last}};
}

WallTime TimelineBar::timeAt(double x) const {
    const Range all = shown();
    const double share = std::clamp((x - edge) / std::max(1.0, width() - 2 * edge), 0.0, 1.0);
    return WallTime{all.from.value +
                    static_cast<std::int64_t>(share * static_cast<double>(all.to.value - all.from.value))};
}

double TimelineBar::xOf(WallTime time) const {
    const Range all = shown();
    const auto length = static_cast<double>(std::max<std::int64_t>(all.to.value - all.from.value, 1));
    return edge + static_cast<double>(time.value - all.from.value) / length * (width() - 2 * edge);
}

void TimelineBar::look(WallTime from, WallTime to) {
    m_zoom = Range{from, WallTime{std::max(to.value, from.value + shortest)}};
    update();
}

void TimelineBar::lookAtAll() {
    m_zoom.reset();
    update();
}

void TimelineBar::setRange(const std::optional<Range>& range) {
    m_range = range;
    emit rangeChanged();
    update();
}

QString TimelineBar::rangeText() const {
    if (!m_range) {
        return {};
    }
    const auto length = Duration{m_range->to.value - m_range->from.value};
    int events = 0;
    std::vector<Duration> took;
    const EventHistory& history = m_playback.history();
    for (Position at = history.positionAt(WallTime{m_range->from.value - 1});
         at < history.end() && history.timeAt(at) <= m_range->to; ++at) {
        ++events;
        if (const auto* const ended = std::get_if<telemetry::FailoverEnded>(&history.at(at).body)) {
            took.push_back(ended->took);
        }
    }
    std::ranges::sort(took);
    const QString general = tr("%1: %2, %3")
                                .arg(textOf(length), tr("%n event(s)", nullptr, events),
                                     tr("%n failover(s)", nullptr, static_cast<int>(took.size())));
    return took.empty()
               ? general
               : tr("%1, median %2, longest %3").arg(general, textOf(percentile(took, 0.5)), textOf(took.back()));
}

// ---- Painting ------------------------------------------------------------------------------------------------------

void TimelineBar::paintTicks(QPainter& painter) {
    const ThemeTokens& t = currentTokens();
    const Range all = shown();
    const auto length = static_cast<double>(all.to.value - all.from.value);
    const double raw = length / std::max(1.0, width() / 130.0);
    const double power = std::pow(10, std::floor(std::log10(std::max(raw, 1.0))));
    const double step = power * (raw / power > 5 ? 10 : raw / power > 2 ? 5 : 2);
    painter.setPen(t.muted);
    for (double at = std::ceil(static_cast<double>(all.from.value) / step) * step;
         at <= static_cast<double>(all.to.value); at += step) {
        const WallTime time{static_cast<std::int64_t>(at)};
        const double x = xOf(time);
        painter.drawLine(QPointF(x, height() - 20), QPointF(x, height() - 15));
        painter.drawText(QRectF(x - 70, height() - 17, 140, 17), Qt::AlignCenter,
                         step >= second ? clockText(time).left(8) : clockText(time, step < 1e6));
    }
}

/// One mark a pixel: where there are more, the one that matters most.
void TimelineBar::paintMarks(QPainter& painter, double line) {
    const Range all = shown();
    double last = -100;
    auto mark = std::ranges::lower_bound(m_marks, all.from, {}, &Marked::time);
    while (mark != m_marks.end() && mark->time <= all.to) {
        const double x = xOf(mark->time);
        const WallTime next = timeAt(x + 1);
        Mark most = mark->mark;
        for (++mark; mark != m_marks.end() && mark->time < next; ++mark) {
            most = std::min(most, mark->mark);
        }
        const MarkLook look = lookOf(most);
        painter.setPen(QPen(currentTokens().*look.colour, 2));
        painter.drawLine(QPointF(x, line - 8), QPointF(x, line + 4));
        if (x - last > 11) { // letters that would cover each other are left out
            painter.drawText(QRectF(x - 10, 0, 20, line - 8), Qt::AlignHCenter | Qt::AlignBottom,
                             QString::fromUtf8(look.letter));
            last = x;
        }
    }
}

void TimelineBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ThemeTokens& t = currentTokens();
    painter.fillRect(rect(), t.surface);
    const double line = height() - 26;
    painter.setPen(QPen(t.border, 4, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(edge, line), QPointF(width() - edge, line));
    if (m_range) {
        QColor colour = t.accent;
        colour.setAlphaF(0.3F);
        painter.fillRect(QRectF(QPointF(xOf(m_range->from), 2), QPointF(xOf(m_range->to), line + 6)), colour);
    }
    if (m_playback.history().empty()) {
        return; // there is no time yet
    }
    paintTicks(painter);
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    paintMarks(painter, line);
    const double x = std::clamp(xOf(m_playback.time()), edge, width() - edge);
    const bool live = m_playback.mode() == Playback::Mode::Live;
    painter.setPen(QPen(live ? t.good : t.accent, 2));
    painter.drawLine(QPointF(x, 3), QPointF(x, line + 6));
    painter.setBrush(live ? t.good : t.accent);
    painter.drawEllipse(QPointF(x, line), 6, 6);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(t.accent, 1, Qt::DotLine));
        painter.drawRect(rect().adjusted(1, 1, -2, -2));
    }
}

// ---- Hands ---------------------------------------------------------------------------------------------------------

void TimelineBar::mousePressEvent(QMouseEvent* event) {
    m_pressed = event->position().x();
    if (event->modifiers().testFlag(Qt::ShiftModifier)) {
        setRange(std::nullopt);
    } else {
        m_playback.seek(timeAt(m_pressed));
    }
}

void TimelineBar::mouseMoveEvent(QMouseEvent* event) {
    if (!event->buttons().testFlag(Qt::LeftButton)) {
        return;
    }
    const double x = event->position().x();
    if (event->modifiers().testFlag(Qt::ShiftModifier)) {
        setRange(Range{timeAt(std::min(x, m_pressed)), timeAt(std::max(x, m_pressed))});
    } else {
        m_playback.seek(timeAt(x));
    }
}

void TimelineBar::wheelEvent(QWheelEvent* event) {
    const Range all = shown();
    const WallTime here = timeAt(event->position().x());
    const double factor = std::pow(1.0015, -event->angleDelta().y());
    const auto from = static_cast<double>(all.from.value - here.value) * factor;
    const auto to = static_cast<double>(all.to.value - here.value) * factor;
    m_zoom.reset();
    const Range everything = shown();
    const Range next{WallTime{here.value + static_cast<std::int64_t>(from)},
                     WallTime{here.value + static_cast<std::int64_t>(to)}};
    if (next.to.value - next.from.value < everything.to.value - everything.from.value) {
        look(next.from, next.to);
    }
    update();
    event->accept();
}

void TimelineBar::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Left: return m_playback.step(-1);
    case Qt::Key_Right: return m_playback.step(1);
    case Qt::Key_Home: return m_playback.seekPosition(m_playback.history().begin());
    case Qt::Key_End: return m_playback.goLive();
    default: QWidget::keyPressEvent(event);
    }
}

} // namespace kolam::gui
