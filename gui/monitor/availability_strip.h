// SPDX-License-Identifier: GPL-3.0-or-later
// Who was there, and when: a line for each component, and on it the stretches in which it was up, frozen, gone. Each
// stretch that is not up begins with the shape of its state. Next door: charts_panel.h; samples.h, the other numbers.
#pragma once

#include "gui/common/element_state.h"
#include "gui/common/event_history.h"

#include <QWidget>
#include <vector>

namespace kolam::gui {

struct Availability {
    ComponentId component;
    struct Stretch {
        double from = 0; // seconds before the end, negative
        double to = 0;
        ElementState state = ElementState::Up;
        friend bool operator==(const Stretch&, const Stretch&) = default;
    };
    std::vector<Stretch> stretches; // in order; where there is none, nobody knew of it
    /// The part of the time that it was known in which it was up, 0 to 1.
    [[nodiscard]] double upShare() const;
    friend bool operator==(const Availability&, const Availability&) = default;
};
/// Of the time before `end`: registrars first, then elements, then users.
[[nodiscard]] std::vector<Availability> availabilityOf(const EventHistory& history, WallTime end,
                                                       std::chrono::seconds length);

class AvailabilityStrip final : public QWidget {
    Q_OBJECT
public:
    explicit AvailabilityStrip(std::chrono::seconds length, QWidget* parent = nullptr);
    void setRows(std::vector<Availability> rows);
    [[nodiscard]] const std::vector<Availability>& rows() const { return m_rows; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    static constexpr std::size_t mostRows = 16; // what is more, is said
    [[nodiscard]] int rowHeight() const;

    std::chrono::seconds m_length;
    std::vector<Availability> m_rows;
};

} // namespace kolam::gui
