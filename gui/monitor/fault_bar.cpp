// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/monitor/fault_bar.h"

#include "gui/common/sentences.h"
#include "gui/monitor/fault_book.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace kolam::gui {

FaultBar::FaultBar(FaultBook& book, QWidget* parent) : QWidget(parent), m_book(book), m_row(new QHBoxLayout(this)) {
    setAccessibleName(tr("Faults that are on"));
    m_row->setContentsMargins(8, 4, 8, 4);
    m_row->addStretch();
    connect(&book, &FaultBook::changed, this, &FaultBar::refresh);
    refresh();
}

void FaultBar::refresh() {
    const auto& entries = m_book.entries();
    setVisible(!entries.empty());
    while (m_badges.size() > static_cast<qsizetype>(entries.size())) {
        delete m_badges.takeLast();
    }
    while (m_badges.size() < static_cast<qsizetype>(entries.size())) {
        auto* const badge = new QPushButton(this);
        const qsizetype place = m_badges.size();
        connect(badge, &QPushButton::clicked, this, [this, place] {
            if (place < static_cast<qsizetype>(m_book.entries().size())) {
                m_book.undo(m_book.entries()[static_cast<std::size_t>(place)]);
            }
        });
        m_row->insertWidget(static_cast<int>(place), badge);
        m_badges.append(badge);
    }
    for (qsizetype i = 0; i < m_badges.size(); ++i) {
        const FaultBook::Entry& entry = entries[static_cast<std::size_t>(i)];
        const qint64 seconds = (entry.until.remainingTime() + 999) / 1000;
        m_badges[i]->setText(entry.until.isForever()
                                 ? tr("%1: %2").arg(nameOf(entry.component), faultText(entry.kind))
                                 : tr("%1: %2, %3 s").arg(nameOf(entry.component), faultText(entry.kind)).arg(seconds));
        m_badges[i]->setToolTip(tr("Undo this now"));
        m_badges[i]->setAccessibleName(tr("Undo: %1 %2").arg(nameOf(entry.component), faultText(entry.kind)));
    }
}

} // namespace kolam::gui
