// SPDX-License-Identifier: GPL-3.0-or-later
// From iteration counts to colours. Counts are kept apart from colours, so another palette shows at once and nothing is
// computed again. Next door: iteration_image.h, which applies it.
#pragma once

#include <QColor>
#include <QImage>
#include <QString>
#include <span>
#include <vector>

namespace kolam::gui {

struct ColourPalette {
    const char* key = "";          // for settings and files; never translated
    const char* name = "";         // English; shown through paletteName()
    bool colourBlindSafe = false;  // its order is one of lightness, or its colours are Okabe and Ito's
    bool thereAndBack = false;     // a ramp: runs up and down, so that it has no seam
    std::span<const QRgb> stops{}; // evenly spaced around the circle; empty: the hues of rsplib's client
};

[[nodiscard]] std::span<const ColourPalette> palettes();
[[nodiscard]] QString paletteName(const ColourPalette& palette);
/// The palette with this key; the first one when there is none.
[[nodiscard]] int paletteIndex(const QString& key);

/// How far around the palette a count lies, at a density of 1 and without offset.
[[nodiscard]] double colourRounds(double count);
inline constexpr double lowestDensity = 0.05;
inline constexpr double highestDensity = 20;

/// How a palette is laid over the counts.
struct Colouring {
    int palette = 0;
    double density = 1;      // rounds of the palette per four doublings of a large count
    double offset = 0;       // 0 to 1: turns the palette
    std::vector<QRgb> own{}; // the colours of the palette of one's own; none: it has those of the first one
    friend bool operator==(const Colouring&, const Colouring&) = default;
};

inline constexpr std::size_t fewestStops = 2;
inline constexpr std::size_t mostStops = 16;
/// The last of the palettes(): the one that people make.
[[nodiscard]] int ownPaletteIndex();
/// The colours around the circle of a colouring's palette, at least two.
[[nodiscard]] std::vector<QRgb> stopsOf(const Colouring& colouring);
/// "#1b1040 #4b1d6b", and back; nothing when it is no such list of 2 to 16 colours.
[[nodiscard]] QString stopsAsText(const std::vector<QRgb>& stops);
[[nodiscard]] std::vector<QRgb> stopsFromText(const QString& text);

/// The colour at `position` of the palette's circle (0 to 1, and on around). Mixed in OKLab: no muddy middles.
[[nodiscard]] QRgb paletteColour(const ColourPalette& palette, double position);

/// A colouring made ready for counts from 0 to maxIterations, of which the last, never having escaped, is the interior.
class ColourScale {
public:
    ColourScale() = default;
    /// @param roots  of a Newton fractal: each has its part of the palette; 0: another fractal
    ColourScale(const Colouring& colouring, quint32 maxIterations, int roots = 0);

    [[nodiscard]] QRgb colour(quint32 count) const;
    /// Between two counts the colour glides: `fraction` is in 2^-32.
    [[nodiscard]] QRgb colour(quint32 count, quint32 fraction) const;

private:
    [[nodiscard]] QRgb at(double turn) const;

    std::vector<QRgb> m_circle;
    std::vector<double> m_turns{0.0}; // of every count
    int m_roots = 0;
};

/// The colour of every count from 0 to maxIterations; the last one, never having escaped, is the interior.
[[nodiscard]] std::vector<QRgb> colourTable(const Colouring& colouring, quint32 maxIterations);

/// The palette as a strip, for lists.
[[nodiscard]] QImage paletteStrip(const ColourPalette& palette, QSize size);

} // namespace kolam::gui
