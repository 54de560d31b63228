// SPDX-License-Identifier: GPL-3.0-or-later
// Which colour and which letter stand for a pool element, in every window: Okabe and Ito's colours, which people with
// colour vision deficiencies can tell apart, and always a letter beside the colour. Next door: theme.h.
#pragma once

#include "core/base/ids.h"

#include <QColor>
#include <QHash>
#include <QString>

namespace kolam::gui {

/// Gives letters and colours to elements in the order in which they first appear; an element keeps its own for good.
class ElementColours {
public:
    /// 0 for the first element seen, 1 for the next ...; sees the element when it is new.
    int indexOf(PeIdentifier element);
    /// As indexOf(), but -1 for an element never seen.
    [[nodiscard]] int knownIndexOf(PeIdentifier element) const;
    [[nodiscard]] QString letter(PeIdentifier element) const; // "?" when never seen
    [[nodiscard]] QColor colour(PeIdentifier element) const;
    void clear() { m_indices.clear(); }

    static constexpr int distinctColours = 7;
    /// The colour of the element with this index; after seven the colours repeat, the letters do not.
    [[nodiscard]] static QColor colourAt(int index);
    /// "A" to "Z", then "AA", "AB" ...
    [[nodiscard]] static QString letterAt(int index);

private:
    QHash<quint32, int> m_indices;
};

/// Black or white, whichever reads better on `background`.
[[nodiscard]] QColor readableOn(const QColor& background);
/// WCAG 2 contrast ratio, 1 to 21.
[[nodiscard]] double contrastRatio(const QColor& one, const QColor& other);

} // namespace kolam::gui
