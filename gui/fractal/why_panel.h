// SPDX-License-Identifier: GPL-3.0-or-later
// The friendly panel over the picture: why nothing moves, what one can do, when the next try comes. While others
// compute, a slim line instead. Next door: why.h finds the words.
#pragma once

#include "gui/fractal/why.h"

#include <QFrame>
#include <QPointer>
#include <QTimer>
#include <functional>

class QLabel;
class QPushButton;

namespace kolam::gui {

class LocalPool;

class WhyPanel : public QFrame {
    Q_OBJECT
public:
    /// @param ask  the reason as of now, asked ten times a second while the panel is seen
    /// @param attempts  a second, of the waiting session that tries most
    WhyPanel(std::function<std::optional<Why>()> ask, std::function<double()> attempts, QWidget* parent);
    /// What it offers when nobody else serves.
    void setLocalPool(LocalPool* pool);
    /// Asks at once.
    void refresh();
    [[nodiscard]] QPushButton& localPoolButton() const { return *m_start; }
    [[nodiscard]] QString text() const; // what is read, for tests

private:
    void place(bool middle);
    void showLocalPool(const Why& why);

    std::function<std::optional<Why>()> m_ask;
    std::function<double()> m_attempts;
    QLabel* m_sign;
    QLabel* m_title;
    QLabel* m_reason;
    QLabel* m_advice;
    QLabel* m_retry;
    QLabel* m_pool; // how far the local pool is
    QPushButton* m_start;
    QPointer<LocalPool> m_localPool;
    QTimer m_tick;
};

} // namespace kolam::gui
