// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/monitor/availability_strip.h"

#include "core/base/strong.h"
#include "gui/common/sentences.h"

#include <QPainter>
#include <algorithm>
#include <map>

namespace kolam::gui {

using namespace telemetry;

double Availability::upShare() const {
    double up = 0;
    double known = 0;
    for (const Stretch& stretch : stretches) {
        known += stretch.to - stretch.from;
        up += stretch.state == ElementState::Up ? stretch.to - stretch.from : 0;
    }
    return known > 0 ? up / known : 0;
}

std::vector<Availability> availabilityOf(const EventHistory& history, WallTime end, std::chrono::seconds length) {
    const std::int64_t from = end.value - Duration{length}.count();
    const Position first = history.positionAt(WallTime{from});
    std::map<ComponentId, Availability> rows;
    const auto change = [&](ComponentId id, double here, ElementState state) {
        auto& stretches = rows.try_emplace(id, Availability{.component = id, .stretches = {}}).first->second.stretches;
        if (!stretches.empty()) {
            stretches.back().to = here;
            if (stretches.back().state == state) {
                return;
            }
        }
        stretches.push_back({here, 0, state});
    };
    const Model start = history.modelAt(first);
    const auto left = -static_cast<double>(length.count());
    for (const auto& [id, component] : start.components()) {
        switch (component.presence) {
        case Presence::Here: change(id, left, ElementState::Up); break;
        case Presence::Silent: change(id, left, ElementState::Frozen); break;
        case Presence::Crashed: change(id, left, ElementState::Crashed); break;
        case Presence::Left: change(id, left, ElementState::Left); break;
        }
    }
    for (Position at = first; at < history.end() && history.timeAt(at) <= end; ++at) {
        const Event& event = history.at(at);
        const double here = static_cast<double>(history.timeAt(at).value - end.value) / 1e9;
        const auto become = [&](ElementState state) { change(event.component, here, state); };
        std::visit(Overloaded{
                       [&](const ComponentUp&) { become(ElementState::Up); },
                       [&](const ComponentHeard&) { become(ElementState::Up); },
                       [&](const StateChanged&) { become(ElementState::Up); },
                       [&](const StatusReported& e) { become(e.final ? ElementState::Left : ElementState::Up); },
                       [&](const ComponentFinal&) { become(ElementState::Left); },
                       [&](const ComponentDown& e) {
                           const auto row = rows.find(event.component);
                           const bool left_ =
                               row != rows.end() && row->second.stretches.back().state == ElementState::Left;
                           if (!left_) { // whoever has said goodbye has not crashed
                               become(e.how == DownKind::Silent ? ElementState::Frozen : ElementState::Crashed);
                           }
                       },
                       [](const auto&) {},
                   },
                   event.body);
    }
    std::vector<Availability> all;
    for (const Role role : {Role::Registrar, Role::Element, Role::User}) {
        for (auto& [id, row] : rows) {
            if (roleOf(id) == role) {
                row.stretches.back().to = 0;
                all.push_back(std::move(row));
            }
        }
    }
    return all;
}

AvailabilityStrip::AvailabilityStrip(std::chrono::seconds length, QWidget* parent) : QWidget(parent), m_length(length) {
    setAccessibleName(tr("Availability"));
}

void AvailabilityStrip::setRows(std::vector<Availability> rows) {
    if (rows == m_rows) {
        return;
    }
    const bool sameSize = rows.size() == m_rows.size();
    m_rows = std::move(rows);
    if (!sameSize) {
        updateGeometry();
    }
    QStringList words;
    for (const Availability& row : m_rows) {
        words.append(tr("%1: up %2 % of the time").arg(nameOf(row.component)).arg(row.upShare() * 100, 0, 'f', 1));
    }
    setAccessibleDescription(words.join(u'\n'));
    setToolTip(words.mid(0, static_cast<qsizetype>(mostRows)).join(u'\n'));
    update();
}

int AvailabilityStrip::rowHeight() const {
    return fontMetrics().height() + 3;
}

QSize AvailabilityStrip::sizeHint() const {
    const std::size_t rows = std::min(m_rows.size(), mostRows) + (m_rows.size() > mostRows ? 1 : 0);
    return {150, static_cast<int>(1 + std::max<std::size_t>(rows, 1)) * rowHeight() + 8};
}

void AvailabilityStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ThemeTokens& t = currentTokens();
    painter.fillRect(rect(), t.surface);
    const int high = rowHeight();
    painter.setPen(t.text);
    painter.drawText(QRect(0, 2, width(), high), Qt::AlignCenter, accessibleName());
    int label = 0;
    for (std::size_t i = 0; i < std::min(m_rows.size(), mostRows); ++i) {
        label = std::max(label, fontMetrics().horizontalAdvance(nameOf(m_rows[i].component)));
    }
    label = std::min(label + 16, width() / 2);
    const double room = width() - label - 10;
    const auto x = [&](double seconds) { return label + (1 + seconds / static_cast<double>(m_length.count())) * room; };
    double y = high + 4;
    for (std::size_t i = 0; i < std::min(m_rows.size(), mostRows); ++i, y += high) {
        painter.setPen(t.muted);
        painter.drawText(QRectF(6, y, label - 10, high), Qt::AlignVCenter | Qt::AlignLeft,
                         fontMetrics().elidedText(nameOf(m_rows[i].component), Qt::ElideRight, label - 12));
        for (const Availability::Stretch& stretch : m_rows[i].stretches) {
            const QRectF bar(x(stretch.from), y + high * 0.25, std::max(x(stretch.to) - x(stretch.from), 1.0),
                             high * 0.5);
            QColor colour = colourOf(stretch.state, t);
            painter.fillRect(bar, colour);
            if (stretch.state != ElementState::Up && bar.width() >= 3) {
                const double side = high * 0.85;
                const QRectF sign(bar.left(), bar.center().y() - side / 2, side, side);
                painter.setPen(Qt::NoPen);
                painter.setBrush(t.surface);
                painter.drawEllipse(sign);
                paintState(painter, stretch.state, sign.adjusted(2, 2, -2, -2), t);
            }
        }
    }
    if (m_rows.size() > mostRows) {
        painter.setPen(t.warning);
        painter.drawText(QRectF(6, y, width() - 12, high), Qt::AlignVCenter | Qt::AlignLeft,
                         tr("%n component(s) more", nullptr, static_cast<int>(m_rows.size() - mostRows)));
    }
}

} // namespace kolam::gui
