// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/poolview/heat_map.h"

#include "gui/common/saving.h"
#include "gui/common/sentences.h"
#include "gui/common/theme.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>

namespace kolam::gui {

namespace {

constexpr int columnWidth = 4; // pixels
constexpr int margin = 6;
constexpr int legendWidth = 12;

/// Stops of a scale as Nunez, Anderton and Renslow have found it good for those who see few colours, too.
const std::array<QColor, 5> stops{QColor(0, 34, 78), QColor(65, 77, 107), QColor(124, 123, 120), QColor(188, 175, 111),
                                  QColor(254, 232, 56)};

} // namespace

QColor heatColour(double share) {
    const double at = std::clamp(share, 0.0, 1.0) * (stops.size() - 1);
    const auto below = std::min(static_cast<std::size_t>(at), stops.size() - 2);
    const double part = at - static_cast<double>(below);
    const auto mix = [&](int one, int other) { return static_cast<int>(std::lround(one + part * (other - one))); };
    const QColor& one = stops[below];
    const QColor& other = stops[below + 1];
    return {mix(one.red(), other.red()), mix(one.green(), other.green()), mix(one.blue(), other.blue())};
}

/// Where things are in a picture of some size.
struct HeatMap::Frame {
    QRectF cells;
    double rowHeight = 0;
    double columnStep = 0;
    QRectF legend;
};

HeatMap::HeatMap(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Load of elements over time"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
}

void HeatMap::showLoads(const LoadHistory& history, WallTime end) {
    const Frame frame = frameOf(size());
    m_end = end;
    m_grid = heatOf(history, end, m_span, static_cast<int>(frame.cells.width()) / columnWidth,
                    static_cast<int>(frame.cells.height()) / leastRow);
    if (m_row >= static_cast<int>(m_grid.rows.size()) || m_column >= m_grid.columns) {
        point(-1, -1);
    }
    update();
}

void HeatMap::setSpan(Duration span) {
    m_span = span;
}

void HeatMap::select(const std::optional<NodeId>& node) {
    m_selected = node;
    update();
}

HeatMap::Frame HeatMap::frameOf(const QSize& size) const {
    Frame frame;
    const int names = std::min(fontMetrics().averageCharWidth() * 28, size.width() * 2 / 5);
    const int right = fontMetrics().horizontalAdvance(QStringLiteral("100 %")) + legendWidth + 3 * margin;
    frame.cells = QRectF(names, margin, std::max(size.width() - names - right, 20),
                         std::max(size.height() - fontMetrics().height() - 2 * margin, 20));
    const auto rows = static_cast<double>(std::max<std::size_t>(m_grid.rows.size(), 1));
    frame.rowHeight = std::min(frame.cells.height() / rows, fontMetrics().height() * 1.6);
    frame.columnStep = frame.cells.width() / std::max(m_grid.columns, 1);
    frame.legend = QRectF(frame.cells.right() + margin, frame.cells.top(), legendWidth, frame.cells.height());
    return frame;
}

// ---- Painting ------------------------------------------------------------------------------------------------------

QString HeatMap::save(const QString& path) const {
    return savePainting(path, tr("Load of elements over time"), size(),
                        [this](QPainter& painter) { paint(painter, size()); });
}

void HeatMap::paint(QPainter& painter, const QSize& size) const {
    const ThemeTokens& tokens = currentTokens();
    const Frame frame = frameOf(size);
    painter.fillRect(QRect(QPoint(), size), tokens.canvas);
    if (m_grid.rows.empty()) {
        painter.setPen(tokens.onCanvas);
        painter.drawText(QRect(QPoint(), size), Qt::AlignCenter, tr("No element has told its load in this time."));
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (int row = 0; row < static_cast<int>(m_grid.rows.size()); ++row) {
        const double top = frame.cells.top() + row * frame.rowHeight;
        const double height = std::max(frame.rowHeight - (frame.rowHeight > 8 ? 1 : 0), 1.0);
        for (int first = 0; first < m_grid.columns;) {
            int last = first; // cells of one colour are one rectangle
            const float load = m_grid.at(row, first);
            while (last < m_grid.columns && m_grid.at(row, last) == load) {
                ++last;
            }
            if (load >= 0) {
                painter.fillRect(QRectF(frame.cells.left() + first * frame.columnStep, top,
                                        (last - first) * frame.columnStep, height),
                                 heatColour(load));
            }
            first = last;
        }
    }
    paintLabels(painter, frame);
    paintLegend(painter, frame);
}

void HeatMap::paintLabels(QPainter& painter, const Frame& frame) const {
    const ThemeTokens& tokens = currentTokens();
    const QFontMetrics metrics = painter.fontMetrics();
    const double names = frame.cells.left() - 2 * margin;
    const auto name = [&](double top, const QString& text) {
        painter.setPen(tokens.onCanvas);
        painter.drawText(QRectF(margin, top, names, metrics.height()), Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(text, Qt::ElideRight, static_cast<int>(names)));
    };
    double free = frame.cells.top() - 1; // above this there is a name already
    for (std::size_t row = 0; row < m_grid.rows.size(); ++row) {
        const double top = frame.cells.top() + static_cast<double>(row) * frame.rowHeight;
        const bool firstOfPool = row == 0 || m_grid.rows[row].front().pool != m_grid.rows[row - 1].front().pool;
        if (firstOfPool && row > 0) {
            painter.setPen(tokens.border);
            painter.drawLine(QPointF(margin, top - 0.5), QPointF(frame.cells.right(), top - 0.5));
        }
        const bool selected = m_selected && std::ranges::find(m_grid.rows[row], *m_selected) != m_grid.rows[row].end();
        if (selected) {
            painter.setPen(tokens.accent);
            painter.drawRect(QRectF(frame.cells.left(), top, frame.cells.width(), frame.rowHeight - 1));
        }
        if (top < free) {
            continue;
        }
        if (frame.rowHeight >= metrics.height()) {
            name(top, tr("%1  %2").arg(nameOf(m_grid.rows[row].front().component),
                                       firstOfPool ? textOf(m_grid.rows[row].front().pool) : QString()));
            free = top + metrics.height();
        } else if (firstOfPool) {
            name(top, textOf(m_grid.rows[row].front().pool));
            free = top + metrics.height();
        }
    }
    if (m_row >= 0 && hasFocus()) {
        painter.setPen(QPen(tokens.onCanvas, 2));
        painter.drawRect(QRectF(frame.cells.left() + m_column * frame.columnStep,
                                frame.cells.top() + m_row * frame.rowHeight, frame.columnStep, frame.rowHeight));
    }
    // Times below, as many as fit.
    painter.setPen(tokens.onCanvas);
    const double wide = metrics.horizontalAdvance(QStringLiteral("00:00:00")) * 1.6;
    const int times = std::max(1, static_cast<int>(frame.cells.width() / wide));
    for (int at = 0; at <= times; ++at) {
        const int column = m_grid.columns * at / times;
        const double x = frame.cells.left() + column * frame.columnStep;
        if (at == 0 && frame.cells.width() < 2 * wide) {
            continue; // there is room for one of the two ends
        }
        const int align = at == 0 ? Qt::AlignLeft : at == times ? Qt::AlignRight : Qt::AlignHCenter;
        const QRectF place(at == 0       ? x
                           : at == times ? x - wide
                                         : x - wide / 2,
                           frame.cells.bottom() + 2, wide, metrics.height());
        painter.drawText(place, align, clockText(m_grid.timeOf(column)).left(8));
    }
}

void HeatMap::paintLegend(QPainter& painter, const Frame& frame) const {
    QLinearGradient gradient(frame.legend.bottomLeft(), frame.legend.topLeft());
    for (std::size_t at = 0; at < stops.size(); ++at) {
        gradient.setColorAt(static_cast<double>(at) / (stops.size() - 1), stops[at]);
    }
    painter.fillRect(frame.legend, gradient);
    painter.setPen(currentTokens().onCanvas);
    const int height = painter.fontMetrics().height();
    for (const double share : {0.0, 0.5, 1.0}) {
        const double y = frame.legend.bottom() - share * (frame.legend.height() - height) - height;
        painter.drawText(QRectF(frame.legend.right() + margin, y,
                                painter.fontMetrics().horizontalAdvance(QStringLiteral("100 %")) + margin, height),
                         Qt::AlignLeft | Qt::AlignVCenter, tr("%1 %").arg(share * 100, 0, 'f', 0));
    }
}

void HeatMap::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paint(painter, size());
}

// ---- Pointing ------------------------------------------------------------------------------------------------------

QString HeatMap::sentence() const {
    if (m_row < 0 || m_row >= static_cast<int>(m_grid.rows.size()) || m_column < 0 || m_column >= m_grid.columns) {
        return {};
    }
    const std::vector<NodeId>& nodes = m_grid.rows[static_cast<std::size_t>(m_row)];
    const QString who = nodes.size() == 1
                            ? nameOf(nodes.front().component)
                            : tr("%n element(s) from %1 on, the busiest", nullptr, static_cast<int>(nodes.size()))
                                  .arg(nameOf(nodes.front().component));
    const float load = m_grid.at(m_row, m_column);
    return load < 0 ? tr("%1 of %2 at %3: no load")
                          .arg(who, textOf(nodes.front().pool), clockText(m_grid.timeOf(m_column)).left(8))
                    : tr("%1 of %2 at %3: %4 %")
                          .arg(who, textOf(nodes.front().pool), clockText(m_grid.timeOf(m_column)).left(8))
                          .arg(static_cast<double>(load) * 100, 0, 'f', 0);
}

void HeatMap::point(int row, int column) {
    if (row == m_row && column == m_column) {
        return;
    }
    m_row = row;
    m_column = column;
    const QString words = sentence();
    setAccessibleDescription(words);
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
    emit sentenceChanged(words);
    update();
}

void HeatMap::pointAt(const QPoint& at) {
    const Frame frame = frameOf(size());
    const int row = static_cast<int>(std::floor((at.y() - frame.cells.top()) / frame.rowHeight));
    const int column = static_cast<int>(std::floor((at.x() - frame.cells.left()) / frame.columnStep));
    const bool inside =
        row >= 0 && row < static_cast<int>(m_grid.rows.size()) && column >= 0 && column < m_grid.columns;
    point(inside ? row : -1, inside ? column : -1);
}

void HeatMap::mouseMoveEvent(QMouseEvent* event) {
    pointAt(event->position().toPoint());
}

void HeatMap::mousePressEvent(QMouseEvent* event) {
    pointAt(event->position().toPoint());
    if (m_row >= 0) {
        emit chosen(m_grid.rows[static_cast<std::size_t>(m_row)].front());
    }
}

void HeatMap::mouseDoubleClickEvent(QMouseEvent* event) {
    pointAt(event->position().toPoint());
    if (m_row >= 0) {
        emit momentChosen(m_grid.timeOf(m_column));
    }
}

void HeatMap::leaveEvent(QEvent*) {
    if (!hasFocus()) {
        point(-1, -1);
    }
}

void HeatMap::focusInEvent(QFocusEvent* event) {
    if (m_row < 0 && !m_grid.rows.empty()) {
        point(0, m_grid.columns - 1);
    }
    QWidget::focusInEvent(event);
    update();
}

void HeatMap::keyPressEvent(QKeyEvent* event) {
    const int rows = static_cast<int>(m_grid.rows.size());
    if (rows == 0) {
        return QWidget::keyPressEvent(event);
    }
    const int row = std::clamp(m_row, 0, rows - 1);
    const int column = std::clamp(m_column, 0, m_grid.columns - 1);
    switch (event->key()) {
    case Qt::Key_Up: point(std::max(row - 1, 0), column); break;
    case Qt::Key_Down: point(std::min(row + 1, rows - 1), column); break;
    case Qt::Key_Left: point(row, std::max(column - 1, 0)); break;
    case Qt::Key_Right: point(row, std::min(column + 1, m_grid.columns - 1)); break;
    case Qt::Key_Return:
    case Qt::Key_Enter: emit momentChosen(m_grid.timeOf(column)); return;
    default: return QWidget::keyPressEvent(event);
    }
    emit chosen(m_grid.rows[static_cast<std::size_t>(m_row)].front());
}

} // namespace kolam::gui
