// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/common/element_colours.h"

#include <array>
#include <cmath>

namespace kolam::gui {

namespace {

// Okabe and Ito 2008, "Color Universal Design", without black; ordered so that the first three differ most.
constexpr std::array<QRgb, ElementColours::distinctColours> okabeIto{0xff56b4e9, 0xffe69f00, 0xff009e73, 0xffcc79a7,
                                                                     0xfff0e442, 0xffd55e00, 0xff0072b2};

double luminance(const QColor& colour) {
    const auto linear = [](double channel) {
        return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

} // namespace

int ElementColours::indexOf(PeIdentifier element) {
    if (const int known = knownIndexOf(element); known >= 0) {
        return known;
    }
    const int next = static_cast<int>(m_indices.size());
    m_indices.insert(element.value, next);
    return next;
}

int ElementColours::knownIndexOf(PeIdentifier element) const {
    return m_indices.value(element.value, -1);
}

QString ElementColours::letter(PeIdentifier element) const {
    const int index = knownIndexOf(element);
    return index < 0 ? QStringLiteral("?") : letterAt(index);
}

QColor ElementColours::colour(PeIdentifier element) const {
    const int index = knownIndexOf(element);
    return index < 0 ? QColor(Qt::gray) : colourAt(index);
}

QColor ElementColours::colourAt(int index) {
    return QColor::fromRgb(okabeIto[static_cast<std::size_t>(index) % okabeIto.size()]);
}

QString ElementColours::letterAt(int index) {
    QString letters;
    for (int rest = index; rest >= 0; rest = rest / 26 - 1) {
        letters.prepend(QChar(u'A' + rest % 26));
    }
    return letters;
}

QColor readableOn(const QColor& background) {
    return contrastRatio(background, Qt::white) >= contrastRatio(background, Qt::black) ? QColor(Qt::white)
                                                                                        : QColor(Qt::black);
}

double contrastRatio(const QColor& one, const QColor& other) {
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

} // namespace kolam::gui
