// SPDX-License-Identifier: GPL-3.0-or-later
// The first line of the pool view: do registrars agree, how old is what is shown, and where does it come from; and the
// second one: what there is, counted. Next door: pool_view_window.h.
#pragma once

#include "gui/poolview/pool_rows.h"

#include <QLabel>
#include <QWidget>
#include <optional>

namespace kolam::gui {

class ElidedLabel;

/// In words, and whether there is something to worry about.
struct AgreementText {
    QString text;
    bool worrying = false;
};
[[nodiscard]] AgreementText agreementText(const Model& model, WallTime now);

class HeaderBar final : public QWidget {
    Q_OBJECT
public:
    explicit HeaderBar(const QString& source, QWidget* parent = nullptr);

    void showModel(const Model& model, const PoolCounts& counts, WallTime now);
    /// @param age  of the newest data; nothing: there is none, or it is the past that is shown
    void showAge(const std::optional<Duration>& age, bool stale, const QString& moment);

    /// How many rules are broken.
    void showAlarms(int count);

    [[nodiscard]] QString agreement() const { return m_agreement->text(); }
    [[nodiscard]] QString age() const { return m_age->text(); }
    [[nodiscard]] QString summary() const { return m_summary->text(); }
    [[nodiscard]] QString alarms() const { return m_alarms->text(); }

private:
    QLabel* m_mark;
    QLabel* m_agreement;
    QLabel* m_age;
    QLabel* m_source;
    QLabel* m_summary;
    QLabel* m_alarms;
};

} // namespace kolam::gui
