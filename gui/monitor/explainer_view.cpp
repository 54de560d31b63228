// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/monitor/explainer_view.h"

#include "gui/common/sentences.h"
#include "gui/common/theme.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

namespace kolam::gui {

namespace {

constexpr int sideMargin = 10; // left and right

QColor colourOf(FailoverStep until, const ThemeTokens& t) {
    switch (until) {
    case FailoverStep::Gone:
    case FailoverStep::Detected: return t.bad;
    case FailoverStep::Reported:
    case FailoverStep::Reselected: return t.warning;
    case FailoverStep::Connecting: return t.accent;
    case FailoverStep::Cookie: return t.frozen;
    case FailoverStep::Resumed: return t.good;
    case FailoverStep::Heard:
    case FailoverStep::Removed: break;
    }
    return t.muted;
}

} // namespace

QString stepText(FailoverStep step) {
    switch (step) {
    case FailoverStep::Gone: return ExplainerView::tr("The element is gone");
    case FailoverStep::Detected: return ExplainerView::tr("Detected by the user");
    case FailoverStep::Reported: return ExplainerView::tr("Reported to the registrar");
    case FailoverStep::Heard: return ExplainerView::tr("Heard by a registrar");
    case FailoverStep::Removed: return ExplainerView::tr("Removed from the pool");
    case FailoverStep::Reselected: return ExplainerView::tr("Another element selected");
    case FailoverStep::Connecting: return ExplainerView::tr("Connecting to it");
    case FailoverStep::Cookie: return ExplainerView::tr("Connected, cookie handed over");
    case FailoverStep::Resumed: return ExplainerView::tr("Session resumed");
    }
    return {};
}

ExplainerView::ExplainerView(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Failover explained"));
    setFailover(std::nullopt);
}

void ExplainerView::setFailover(const std::optional<Failover>& failover) {
    m_failover = failover;
    setAccessibleDescription(sentences().join(u'\n'));
    update();
}

QStringList ExplainerView::sentences() const {
    if (!m_failover) {
        return {tr("No session has failed over yet.")};
    }
    const Failover& f = *m_failover;
    QStringList lines;
    const QString failed = nameOf(elementNode(f.pool, f.failed));
    const QString next = nameOf(elementNode(f.pool, f.next));
    lines.append(f.next == PeIdentifier{}
                     ? tr("Session %1 of %2 has lost %3").arg(f.session).arg(nameOf(f.user), failed)
                     : tr("Session %1 of %2: %3 → %4").arg(f.session).arg(nameOf(f.user), failed, next));
    QString why = tr("Why: %1").arg(reasonText(f.reason));
    if (f.how) {
        why += *f.how == telemetry::DownKind::Silent ? tr("; its process is silent") : tr("; its process is gone");
    }
    lines.append(why);
    for (const FailoverStretch& stretch : stretchesOf(f)) {
        lines.append(QStringLiteral("%1: %2").arg(stepText(stretch.until), textOf(stretch.length)));
    }
    if (f.took) {
        lines.append(tr("From detection to resumption: %1").arg(textOf(*f.took)));
    }
    if (f.cookieOctets > 0) {
        lines.append(tr("State handed over: %n octet(s)", nullptr, static_cast<int>(f.cookieOctets)));
    }
    lines.append(f.redone > 0 ? tr("Computed again: %1").arg(amountText(f.redone, f.unit))
                              : tr("Computed again: nothing told"));
    return lines;
}

double ExplainerView::rowHeight() const {
    return fontMetrics().height() + 6;
}

/// The story's line, and why it came about in as many as that needs.
int ExplainerView::headLines(const QString& why) const {
    return fontMetrics().horizontalAdvance(why) > width() - 2 * sideMargin ? 3 : 2;
}

void ExplainerView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ThemeTokens& t = currentTokens();
    painter.fillRect(rect(), t.surface);
    const QStringList lines = sentences();
    const double row = rowHeight();
    const QRectF area = QRectF(rect()).adjusted(sideMargin, 6, -sideMargin, -6);
    const auto lineAt = [&](int line) { return QRectF(area.left(), area.top() + line * row, area.width(), row); };
    const auto write = [&](const QRectF& where, const QString& text, const QColor& colour, int flags = Qt::AlignLeft) {
        painter.setPen(colour);
        painter.drawText(where, flags | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(text, Qt::ElideRight, static_cast<int>(where.width())));
    };
    if (!m_failover) {
        return write(area, lines.front(), t.muted, Qt::AlignHCenter);
    }
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    write(lineAt(0), lines[0], t.text);
    painter.setFont(font());
    const int head = headLines(lines[1]);
    painter.setPen(t.muted);
    painter.drawText(lineAt(1).united(lineAt(head - 1)), Qt::AlignVCenter | Qt::TextWordWrap, lines[1]);
    const std::vector<FailoverStretch> stretches = stretchesOf(*m_failover);
    Duration whole{};
    for (const FailoverStretch& stretch : stretches) {
        whole += stretch.length;
    }
    double label = 0; // as wide as the words need, if that leaves room for the bars
    for (const FailoverStretch& stretch : stretches) {
        label = std::max(label, fontMetrics().horizontalAdvance(stepText(stretch.until)) + 12.0);
    }
    label = std::min(area.width() * 0.6, label);
    const double figure = fontMetrics().horizontalAdvance(QStringLiteral("00000 ms")) + 8;
    const double room = std::max(10.0, area.width() - label - figure);
    double begun = 0;
    int line = head;
    for (const FailoverStretch& stretch : stretches) {
        const QRectF here = lineAt(line++);
        write(QRectF(here.left(), here.top(), label - 6, row), stepText(stretch.until), t.text);
        const double share =
            whole.count() == 0 ? 0 : static_cast<double>(stretch.length.count()) / static_cast<double>(whole.count());
        painter.setPen(Qt::NoPen);
        painter.setBrush(colourOf(stretch.until, t));
        painter.drawRoundedRect(
            QRectF(here.left() + label + begun * room, here.top() + row * 0.2, std::max(share * room, 3.0), row * 0.6),
            2, 2);
        begun += share;
        write(QRectF(here.right() - figure, here.top(), figure, row), textOf(stretch.length), t.text, Qt::AlignRight);
    }
    painter.setFont(bold);
    for (int rest = 2 + static_cast<int>(stretches.size()); rest < lines.size(); ++rest) {
        write(lineAt(line++), lines[rest], t.text);
        painter.setFont(font());
    }
}

void ExplainerView::mousePressEvent(QMouseEvent* event) {
    if (!m_failover) {
        return;
    }
    const int line = static_cast<int>((event->position().y() - 6) / rowHeight()) - headLines(sentences()[1]);
    const std::vector<FailoverStretch> stretches = stretchesOf(*m_failover);
    if (line >= 0 && line < static_cast<int>(stretches.size())) {
        emit stepChosen(*m_failover->at(stretches[static_cast<std::size_t>(line)].until));
    }
}

} // namespace kolam::gui
