// SPDX-License-Identifier: GPL-3.0-or-later
// Alarms that stand, and the limits from which they come. Next door: rule_book.h, which judges.
#pragma once

#include "gui/poolview/rule_book.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;
class QSpinBox;
class QTableView;

namespace kolam::gui {

class RowModel;

class RulesPanel final : public QWidget {
    Q_OBJECT
public:
    explicit RulesPanel(RuleBook& book, QWidget* parent = nullptr);
    void showAlarms(WallTime now);
    [[nodiscard]] const RowModel& alarms() const { return *m_alarms; }

signals:
    void chosen(const kolam::gui::NodeId& node);

private:
    void showRules();
    void takeRules();

    RuleBook& m_book;
    RowModel* m_alarms;
    QLabel* m_none;
    QTableView* m_table;
    QCheckBox* m_minimumOn;
    QSpinBox* m_minimum;
    QLineEdit* m_minimumOfPools;
    QCheckBox* m_loadOn;
    QSpinBox* m_loadPercent;
    QSpinBox* m_loadSeconds;
    QCheckBox* m_staleOn;
    QSpinBox* m_staleSeconds;
    QCheckBox* m_differOn;
    QSpinBox* m_differSeconds;
    QCheckBox* m_failoverOn;
    QSpinBox* m_failoverMilliseconds;
    QCheckBox* m_notify;
    QLabel* m_complaint;
};

} // namespace kolam::gui
