// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/common/row_layout.h"

#include <algorithm>

namespace kolam::gui {

QList<std::pair<QLayoutItem*, QRect>> RowLayout::placed(const QRect& rect) const {
    const QRect room = rect.marginsRemoved(contentsMargins());
    const int gap = std::max(spacing(), 0);
    QList<std::pair<QLayoutItem*, QRect>> places;
    QPoint at = room.topLeft();
    int rowHeight = 0;
    for (QLayoutItem* const item : m_items) {
        if (item->isEmpty()) {
            continue; // hidden
        }
        const QSize size = item->sizeHint();
        if (at.x() > room.left() && at.x() + size.width() > room.left() + room.width()) {
            at = QPoint(room.left(), at.y() + rowHeight + gap);
            rowHeight = 0;
        }
        places.append({item, QRect(at, size)});
        at.rx() += size.width() + gap;
        rowHeight = std::max(rowHeight, size.height());
    }
    return places;
}

int RowLayout::heightForWidth(int width) const {
    int lowest = 0;
    for (const auto& [item, place] : placed(QRect(0, 0, width, 0))) {
        lowest = std::max(lowest, place.bottom() + 1);
    }
    return lowest + contentsMargins().bottom();
}

QSize RowLayout::sizeHint() const {
    int width = 0;
    for (const QLayoutItem* const item : m_items) {
        width += item->isEmpty() ? 0 : item->sizeHint().width() + std::max(spacing(), 0);
    }
    width += contentsMargins().left() + contentsMargins().right();
    return {width, heightForWidth(width)};
}

QSize RowLayout::minimumSize() const {
    QSize least;
    for (const QLayoutItem* const item : m_items) {
        least = item->isEmpty() ? least : least.expandedTo(item->sizeHint());
    }
    return least.grownBy(contentsMargins());
}

void RowLayout::setGeometry(const QRect& rect) {
    QLayout::setGeometry(rect);
    for (const auto& [item, place] : placed(rect)) {
        item->setGeometry(place);
    }
}

} // namespace kolam::gui
