// SPDX-License-Identifier: GPL-3.0-or-later
// Finds events by object, kind and time: in the history that is kept on disk, or in what the window remembers when
// there is none. Never waits: what is found comes when it is there. Next door: core/telemetry/recording_store.h.
#pragma once

#include "gui/common/playback.h"
#include "gui/feeds/feed.h"

#include <QDialog>
#include <QElapsedTimer>

class QCheckBox;
class QComboBox;
class QDateTimeEdit;
class QLabel;
class QTableView;

namespace kolam::gui {

class RowModel;

/// The last events of a history that fit, and how many fit.
struct FoundEvents {
    std::vector<telemetry::Event> events;
    quint64 all = 0;
};
[[nodiscard]] FoundEvents findIn(const EventHistory& history, const telemetry::EventQuery& query);

class EventFinder final : public QDialog {
    Q_OBJECT
public:
    /// @param node  what is looked for at first; none: everything
    EventFinder(Feed& feed, const Playback& playback, const std::optional<NodeId>& node, QWidget* parent);

    /// What the fields ask for; nothing: there is no such object.
    [[nodiscard]] std::optional<telemetry::EventQuery> query() const;
    void find();
    [[nodiscard]] const RowModel& rows() const { return *m_rows; }
    [[nodiscard]] QString says() const;
    [[nodiscard]] QComboBox& object() { return *m_object; }
    [[nodiscard]] QComboBox& kind() { return *m_kind; }

signals:
    void momentChosen(kolam::gui::WallTime time);

private:
    void showFound(const std::vector<telemetry::Event>& events, quint64 all);

    Feed& m_feed;
    const Playback& m_playback;
    QComboBox* m_object;
    QComboBox* m_kind;
    QCheckBox* m_hasFrom;
    QDateTimeEdit* m_from;
    QCheckBox* m_hasTo;
    QDateTimeEdit* m_to;
    RowModel* m_rows;
    QTableView* m_table;
    QLabel* m_says;
    QElapsedTimer m_asked; // invalid: nothing is asked
};

} // namespace kolam::gui
