// SPDX-License-Identifier: GPL-3.0-or-later
// What an operator wants to be told: too few elements, load that stays high, a silent source, registrars that do not
// come together, slow failovers. It remembers since when something is so; what is broken for long enough is an alarm,
// told once, and taken back once. It asks no clock. Next door: rules_panel.h, where limits are set; notifier.h.
#pragma once

#include "gui/common/model.h"

#include <QObject>
#include <QString>
#include <map>
#include <optional>
#include <vector>

class QSettings;

namespace kolam::gui {

struct Rules {
    bool minimumOn = true;
    int minimum = 1;        // elements that are up, of each pool
    QString minimumOfPools; // "Fractal*=3, EchoPool=2": instead of it
    bool loadOn = true;
    int loadPercent = 90; // of an element
    int loadSeconds = 30; // in which it never was lower
    bool staleOn = true;
    int staleSeconds = 5; // without a sign of life from the source
    bool differOn = true;
    int differSeconds = 10; // in which registrars have not come together
    bool failoverOn = false;
    int failoverMilliseconds = 1'000; // p95 of the last hour
    bool notify = true;               // on the desktop, quietly
    friend bool operator==(const Rules&, const Rules&) = default;

    void read(const QSettings& settings);
    void write(QSettings& settings) const;
    /// For this pool; the first pattern that fits counts.
    [[nodiscard]] int minimumOf(const QString& pool) const;
    /// What is wrong with `minimumOfPools`, as a sentence; empty: nothing.
    [[nodiscard]] static QString complaint(const QString& minimumOfPools);
};

struct Alarm {
    QString key; // the same as long as it lasts
    QString sentence;
    WallTime since;             // it is so
    std::optional<NodeId> node; // whom it is about, if it is one
};

class RuleBook final : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    [[nodiscard]] const Rules& rules() const { return m_rules; }
    void setRules(const Rules& rules);
    /// @param silence  of the source; nothing: it is a recording, which is never stale
    void judge(const Model& model, WallTime now, const std::optional<Duration>& silence);
    /// In the order in which they began.
    [[nodiscard]] const std::vector<Alarm>& alarms() const { return m_alarms; }
    /// Another moment is shown: nothing is remembered.
    void forget();

signals:
    void raised(const kolam::gui::Alarm& alarm);
    void ended(const kolam::gui::Alarm& alarm);
    void changed();

private:
    struct Broken {
        QString sentence;
        Duration patience{};           // before it is an alarm
        std::optional<WallTime> since; // known; none: since it was seen first
        std::optional<NodeId> node;
    };
    using AllBroken = std::map<QString, Broken>;
    void judgePools(const Model& model, AllBroken& broken) const;
    void judgeLoads(const Model& model, AllBroken& broken) const;
    void judgeWhole(const Model& model, WallTime now, const std::optional<Duration>& silence, AllBroken& broken) const;

    Rules m_rules;
    std::map<QString, WallTime> m_since; // of what is broken
    std::vector<Alarm> m_alarms;
};

} // namespace kolam::gui
