// SPDX-License-Identifier: GPL-3.0-or-later
// Two runs beside each other: how long failovers took in each, in one chart, and their figures in one table. A is what
// the window remembers, B a recording, read meanwhile. Next door: run_figures.h; gui/feeds/recording_feed.h.
#pragma once

#include "gui/common/event_history.h"
#include "gui/monitor/run_figures.h"

#include <QDialog>
#include <QTimer>

class QChart;
class QTableWidget;

namespace kolam::gui {

class Feed;

class CompareDialog final : public QDialog {
    Q_OBJECT
public:
    /// @param history  of A; outlives the dialog
    /// @param other    B, a recording; becomes the dialog's
    CompareDialog(const EventHistory& history, const QString& name, Feed* other, QWidget* parent);
    [[nodiscard]] const RunFigures& a() const { return m_a; }
    [[nodiscard]] const RunFigures& b() const { return m_b; }
    [[nodiscard]] QTableWidget& table() { return *m_table; }
    [[nodiscard]] QString csv() const;

private:
    void work();
    void refresh();

    const EventHistory& m_history;
    Position m_at = 0;
    RunFigures m_a;
    RunFigures m_b;
    QString m_nameA;
    QString m_nameB;
    QTableWidget* m_table;
    QChart* m_chart;
    QTimer m_turn; // A is read a part at a time
    QTimer m_due;
};

} // namespace kolam::gui
