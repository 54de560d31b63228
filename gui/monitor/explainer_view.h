// SPDX-License-Identifier: GPL-3.0-or-later
// One failover explained: its stretches in order, each with its share of the time and its milliseconds; why it
// happened, what was handed over, what was computed again. The words are there for screen readers, too. Next door:
// gui/common/failover.h, the story.
#pragma once

#include "gui/common/failover.h"

#include <QWidget>
#include <optional>

namespace kolam::gui {

class ExplainerView final : public QWidget {
    Q_OBJECT
public:
    explicit ExplainerView(QWidget* parent = nullptr);
    void setFailover(const std::optional<Failover>& failover);
    [[nodiscard]] const std::optional<Failover>& failover() const { return m_failover; }
    /// The explanation as sentences.
    [[nodiscard]] QStringList sentences() const;
    [[nodiscard]] QSize sizeHint() const override { return {360, 300}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, 150}; }

signals:
    /// The moment of a step was asked for.
    void stepChosen(kolam::telemetry::WallTime time);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    [[nodiscard]] double rowHeight() const;
    [[nodiscard]] int headLines(const QString& why) const;
    std::optional<Failover> m_failover;
};

[[nodiscard]] QString stepText(FailoverStep step);

} // namespace kolam::gui
