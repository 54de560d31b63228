// SPDX-License-Identifier: GPL-3.0-or-later
// The right-hand list of the pool's elements: a card each, with buttons for those that a demonstration started.
// Next door: pool_model.h holds the content, legend.h explains the colours and patterns.
#pragma once

#include <QFrame>
#include <QHash>

class QLabel;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace kolam::gui {

class FractalRun;
class LetterChip;
class ShareBar;

/// One element.
class ElementCard : public QFrame {
    Q_OBJECT
public:
    ElementCard(FractalRun& run, int row, QWidget* parent);
    void refresh();

private:
    FractalRun& m_run;
    int m_row;
    LetterChip* m_chip;
    QLabel* m_name;
    QLabel* m_health;
    ShareBar* m_share;
    QLabel* m_work;
    QPushButton* m_kill;
    QPushButton* m_freeze;
    QPushButton* m_restart;
};

class PoolPanel : public QWidget {
    Q_OBJECT
public:
    explicit PoolPanel(FractalRun& run, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    void addCards();
    void fitWidth();

    FractalRun& m_run;
    QScrollArea* m_scroll = nullptr;
    QVBoxLayout* m_cards;
    QLabel* m_empty;
    QList<ElementCard*> m_cardOfRow;
};

} // namespace kolam::gui
