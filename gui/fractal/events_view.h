// SPDX-License-Identifier: GPL-3.0-or-later
// What happened, as a list; the newest line on top, in sight. Next door: gui/common/event_list_model.h.
#pragma once

#include <QTreeView>

namespace kolam::gui {

class EventListModel;

class EventsView : public QTreeView {
    Q_OBJECT
public:
    explicit EventsView(EventListModel& model, QWidget* parent = nullptr);
};

} // namespace kolam::gui
