// SPDX-License-Identifier: GPL-3.0-or-later
// A badge for each fault that is on: what, whose, and how many seconds until it ends by itself; pressing it ends it
// now. Next door: fault_book.h.
#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace kolam::gui {

class FaultBook;

class FaultBar final : public QWidget {
    Q_OBJECT
public:
    explicit FaultBar(FaultBook& book, QWidget* parent = nullptr);
    [[nodiscard]] const QList<QPushButton*>& badges() const { return m_badges; }

private:
    void refresh();
    FaultBook& m_book;
    QHBoxLayout* m_row;
    QList<QPushButton*> m_badges;
};

} // namespace kolam::gui
