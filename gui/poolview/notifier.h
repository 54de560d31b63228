// SPDX-License-Identifier: GPL-3.0-or-later
// Alarms on the desktop, quietly: one notification whose text changes, of low urgency and without a sound, by the
// notifications of freedesktop.org. Where there are none, nothing happens. Never waits.
// Next door: rule_book.h, the alarms.
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>

namespace kolam::gui {

class Notifier : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    /// Shows these sentences instead of what was shown before; none: takes it away.
    virtual void show(const QStringList& sentences) = 0;
};

class DesktopNotifier final : public Notifier {
    Q_OBJECT
public:
    using Notifier::Notifier;
    void show(const QStringList& sentences) override;
    /// Whether there is a session bus; asks no one.
    [[nodiscard]] static bool isPossible();

private:
    quint32 m_shown = 0; // the desktop's number of it; 0: none
};

} // namespace kolam::gui
