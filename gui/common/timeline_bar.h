// SPDX-License-Identifier: GPL-3.0-or-later
// The time line: all that is remembered from left to right, with marks for crashes, failovers, takeovers and faults. A
// press or a drag goes to that moment; a drag with Shift marks a range, of which figures are told. The wheel zooms in
// time, down to microseconds. Next door: gui/common/playback.h, the moment.
#pragma once

#include "gui/common/playback.h"
#include "gui/common/sentences.h"

#include <QWidget>
#include <deque>
#include <optional>

namespace kolam::gui {

class TimelineBar final : public QWidget {
    Q_OBJECT
public:
    explicit TimelineBar(Playback& playback, QWidget* parent = nullptr);

    struct Range {
        WallTime from;
        WallTime to;
        friend bool operator==(const Range&, const Range&) = default;
    };
    [[nodiscard]] const std::optional<Range>& range() const { return m_range; }
    void setRange(const std::optional<Range>& range);
    /// What happened in the range, in a sentence.
    [[nodiscard]] QString rangeText() const;
    /// Shows this much around a moment, until everything is shown again.
    void look(WallTime from, WallTime to);
    void lookAtAll();
    [[nodiscard]] QSize sizeHint() const override { return {600, 58}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, 58}; }
    [[nodiscard]] WallTime timeAt(double x) const;
    [[nodiscard]] double xOf(WallTime time) const;
    [[nodiscard]] qsizetype markCount() const { return static_cast<qsizetype>(m_marks.size()); }

signals:
    void rangeChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Marked {
        WallTime time;
        Position position;
        Mark mark;
    };
    void append(Position from);
    [[nodiscard]] Range shown() const;
    void paintTicks(QPainter& painter);
    void paintMarks(QPainter& painter, double line);

    Playback& m_playback;
    std::deque<Marked> m_marks;
    std::optional<Range> m_zoom; // none: everything
    std::optional<Range> m_range;
    double m_pressed = 0;
};

} // namespace kolam::gui
