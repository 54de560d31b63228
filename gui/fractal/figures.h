// SPDX-License-Identifier: GPL-3.0-or-later
// The two numbers that the whole room should see, in large figures: failovers, and how long they took.
#pragma once

#include <QList>
#include <QWidget>

class QLabel;

namespace kolam::gui {

class FractalRun;

class Figures : public QWidget {
    Q_OBJECT
public:
    explicit Figures(FractalRun& run, QWidget* parent = nullptr);

private:
    void refresh();
    QLabel* add(const QString& caption, const QString& help);

    FractalRun& m_run;
    QLabel* m_failovers;
    QLabel* m_failoverTime;
    QList<QLabel*> m_all;
};

/// "1.2 M", "830 k": points a second, short.
[[nodiscard]] QString shortNumber(double number);

} // namespace kolam::gui
