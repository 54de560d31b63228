// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/events_view.h"

#include "gui/common/event_list_model.h"

#include <QHeaderView>

namespace kolam::gui {

EventsView::EventsView(EventListModel& model, QWidget* parent) : QTreeView(parent) {
    setModel(&model);
    setAccessibleName(tr("What happened"));
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setHeaderHidden(true);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    header()->setSectionResizeMode(EventListModel::TimeColumn, QHeaderView::ResizeToContents);
    header()->setStretchLastSection(true);
}

} // namespace kolam::gui
