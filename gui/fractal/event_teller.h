// SPDX-License-Identifier: GPL-3.0-or-later
// Turns the engine's batches into sentences: one when an element is lost, one when its tiles have gone on elsewhere.
// Next door: gui/common/event_list_model.h keeps them.
#pragma once

#include "gui/common/element_colours.h"
#include "gui/common/event_list_model.h"
#include "gui/fractal/why.h"

#include <map>
#include <set>

namespace kolam::gui {

class EventTeller {
public:
    EventTeller(EventListModel& events, ElementColours& colours) : m_events(events), m_colours(colours) {}

    void apply(const fractal::FractalUpdate& update);
    void apply(const PoolLink& link);
    /// "Element B (0x0a000002)".
    [[nodiscard]] QString fullName(PeIdentifier element) const;

private:
    struct Loss { // of one element, until everything that it did goes on elsewhere
        FailoverCause cause = FailoverCause::None;
        bool told = false;                // that it is lost
        int pending = 0;                  // sessions that lost it and are still without another
        std::map<quint32, quint32> tiles; // with the points that were there when they lost it
        std::set<quint32> next;           // elements
        Duration longest{};
        bool resumed = true; // all of them, by cookies
    };
    void beginImage(const fractal::FractalUpdate& update);
    void take(const fractal::FailoverEvent& failover);
    void tellLoss(PeIdentifier element, const Loss& loss);
    void tellSettled(const fractal::FractalUpdate& update);
    /// The tile is past what had to be computed again: only then one knows how much that was.
    [[nodiscard]] bool goesOn(quint32 tile, quint32 pointsBefore) const;
    [[nodiscard]] quint64 redoneRows(const Loss& loss) const;

    EventListModel& m_events;
    ElementColours& m_colours;
    PoolLink m_link;
    fractal::ImageState m_state = fractal::ImageState::Idle;
    std::map<quint32, Loss> m_losses; // by element
    std::map<quint32, fractal::TileStatus> m_tiles;
    fractal::TileGrid m_grid;
    std::set<quint32> m_seen; // elements that have worked for us
    WaitReason m_waitReason = WaitReason::None;
};

/// "its process is gone": the middle of a sentence.
[[nodiscard]] QString causeInWords(FailoverCause cause);
/// "12 ms", "1.4 s".
[[nodiscard]] QString durationInWords(Duration duration);

} // namespace kolam::gui
