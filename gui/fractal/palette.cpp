// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/palette.h"

#include <QCoreApplication>
#include <array>
#include <cmath>

namespace kolam::gui {

namespace {

constexpr QRgb interior = 0xff000000; // the set itself
constexpr int finest = 16384;         // steps around a palette; more cannot be told apart

constexpr std::array<QRgb, 8> doorstep{0xff0b1026, 0xff1d3f72, 0xff1f8a8c, 0xffbfe3c0,
                                       0xfffff6dc, 0xfff2a541, 0xffb23a48, 0xff4a1942};
constexpr std::array<QRgb, 8> midnight{0xff000764, 0xff206bcb, 0xffa8d8f5, 0xffedffff,
                                       0xffffd27a, 0xffff9a00, 0xff7a3300, 0xff100a1c};
constexpr std::array<QRgb, 6> ocean{0xff03121f, 0xff07375c, 0xff0c6f8f, 0xff3db8b0, 0xffc9f2dc, 0xfff7fff8};
constexpr std::array<QRgb, 6> fire{0xff120302, 0xff5a0c06, 0xffb92d0b, 0xfff07818, 0xffffc857, 0xfffff7da};
constexpr std::array<QRgb, 9> viridis{0xff440154, 0xff472d7b, 0xff3b528b, 0xff2c728e, 0xff21918c,
                                      0xff28ae80, 0xff5ec962, 0xffaddc30, 0xfffde725};
constexpr std::array<QRgb, 7> cividis{0xff00224e, 0xff213d6b, 0xff4c566d, 0xff777776,
                                      0xffa39a73, 0xffcfc063, 0xfffee838};
constexpr std::array<QRgb, 7> magma{0xff0a0722, 0xff2f1163, 0xff6a1c81, 0xffae347b, 0xffeb5760, 0xfffd9a6a, 0xfffcfdbf};
constexpr std::array<QRgb, 6> forest{0xff07140d, 0xff12402a, 0xff3c7d3f, 0xff9dbf5a, 0xfff1e9b0, 0xffb07a3c};
constexpr std::array<QRgb, 8> twilight{0xffe2d9e2, 0xff9ebbc9, 0xff6785be, 0xff5e43a5,
                                       0xff2f1436, 0xff7a2350, 0xffb35b5b, 0xffd3ac9c};
constexpr std::array<QRgb, 6> iceAndAmber{0xff0a1a2a, 0xff2f6690, 0xffd9ecf5, 0xfffff3dd, 0xffe08e2b, 0xff4f2307};
constexpr std::array<QRgb, 6> orchid{0xff140a24, 0xff4a1d6e, 0xff9b3fa0, 0xffe58bb8, 0xfffde9ee, 0xff7d6bb5};
constexpr std::array<QRgb, 4> graphite{0xff111316, 0xff4a5058, 0xffa4abb3, 0xfff6f7f8};
constexpr std::array<QRgb, 7> okabeIto{0xff000000, 0xff0072b2, 0xff56b4e9, 0xff009e73,
                                       0xfff0e442, 0xffe69f00, 0xffd55e00};
constexpr std::array<QRgb, 8> sunset{0xff1b1040, 0xff4b1d6b, 0xff93327a, 0xffd4556a,
                                     0xfff58b54, 0xffffc86b, 0xffa8577e, 0xff3a1a58};
constexpr std::array<QRgb, 8> aurora{0xff04121c, 0xff0b3b44, 0xff11806a, 0xff5fd38a,
                                     0xffd6f7c1, 0xff7fb0e0, 0xff5a4fa8, 0xff1a1440};
constexpr std::array<QRgb, 8> peacock{0xff06222e, 0xff0a5568, 0xff1391a0, 0xff7ad0b8,
                                      0xfff2e8a0, 0xffc99a2e, 0xff6b4a1e, 0xff16303a};
constexpr std::array<QRgb, 6> roseGold{0xff23121a, 0xff6a2b40, 0xffb8606b, 0xffe8aa97, 0xfffdeedd, 0xffc08a86};
constexpr std::array<QRgb, 6> copper{0xff0c0806, 0xff3d2415, 0xff7c4a28, 0xffbd7c45, 0xffe9b682, 0xfffff0d8};
constexpr std::array<QRgb, 8> neon{0xff05010f, 0xff2b0a6b, 0xff7a12d1, 0xffe01fb2,
                                   0xffff6f61, 0xffffe74c, 0xff3df5c5, 0xff0b5fa5};

const std::array<ColourPalette, 21> all{{
    {"doorstep", QT_TRANSLATE_NOOP("Palette", "Doorstep"), false, false, doorstep},
    {"midnight", QT_TRANSLATE_NOOP("Palette", "Midnight sun"), false, false, midnight},
    {"ocean", QT_TRANSLATE_NOOP("Palette", "Ocean"), true, true, ocean},
    {"fire", QT_TRANSLATE_NOOP("Palette", "Fire"), true, true, fire},
    {"viridis", QT_TRANSLATE_NOOP("Palette", "Viridis"), true, true, viridis},
    {"cividis", QT_TRANSLATE_NOOP("Palette", "Cividis"), true, true, cividis},
    {"magma", QT_TRANSLATE_NOOP("Palette", "Magma"), true, true, magma},
    {"forest", QT_TRANSLATE_NOOP("Palette", "Forest"), false, false, forest},
    {"twilight", QT_TRANSLATE_NOOP("Palette", "Twilight"), false, false, twilight},
    {"ice", QT_TRANSLATE_NOOP("Palette", "Ice and amber"), true, false, iceAndAmber},
    {"orchid", QT_TRANSLATE_NOOP("Palette", "Orchid"), false, false, orchid},
    {"graphite", QT_TRANSLATE_NOOP("Palette", "Graphite"), true, true, graphite},
    {"okabe-ito", QT_TRANSLATE_NOOP("Palette", "Okabe-Ito"), true, false, okabeIto},
    {"sunset", QT_TRANSLATE_NOOP("Palette", "Sunset"), false, false, sunset},
    {"aurora", QT_TRANSLATE_NOOP("Palette", "Aurora"), false, false, aurora},
    {"peacock", QT_TRANSLATE_NOOP("Palette", "Peacock"), false, false, peacock},
    {"rose-gold", QT_TRANSLATE_NOOP("Palette", "Rose gold"), false, false, roseGold},
    {"copper", QT_TRANSLATE_NOOP("Palette", "Copper"), true, true, copper},
    {"neon", QT_TRANSLATE_NOOP("Palette", "Neon"), false, false, neon},
    {"hues", QT_TRANSLATE_NOOP("Palette", "Classic hues"), false, false, {}},
    {"own", QT_TRANSLATE_NOOP("Palette", "Of your own"), false, false, doorstep},
}};

struct Lab {
    double lightness, a, b;
};

Lab toLab(QRgb colour) { // OKLab, B. Ottosson 2020
    const auto linear = [](int channel) {
        const double value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    const double r = linear(qRed(colour));
    const double g = linear(qGreen(colour));
    const double b = linear(qBlue(colour));
    const double l = std::cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    const double m = std::cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    const double s = std::cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

QRgb fromLab(const Lab& lab) {
    const auto cube = [](double value) { return value * value * value; };
    const double l = cube(lab.lightness + 0.3963377774 * lab.a + 0.2158037573 * lab.b);
    const double m = cube(lab.lightness - 0.1055613458 * lab.a - 0.0638541728 * lab.b);
    const double s = cube(lab.lightness - 0.0894841775 * lab.a - 1.2914855480 * lab.b);
    const auto channel = [](double value) {
        const double coded = value <= 0.0031308 ? 12.92 * value : 1.055 * std::pow(value, 1 / 2.4) - 0.055;
        return static_cast<int>(std::lround(std::clamp(coded, 0.0, 1.0) * 255));
    };
    return qRgb(channel(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
                channel(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
                channel(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s));
}

} // namespace

std::span<const ColourPalette> palettes() {
    return all;
}

QString paletteName(const ColourPalette& palette) {
    return QCoreApplication::translate("Palette", palette.name);
}

int paletteIndex(const QString& key) {
    for (std::size_t index = 0; index < all.size(); ++index) {
        if (key == QLatin1String(all[index].key)) {
            return static_cast<int>(index);
        }
    }
    return 0;
}

int ownPaletteIndex() {
    return static_cast<int>(all.size()) - 1;
}

std::vector<QRgb> stopsOf(const Colouring& colouring) {
    const ColourPalette& palette = all[static_cast<std::size_t>(colouring.palette) % all.size()];
    if (colouring.palette == ownPaletteIndex() && colouring.own.size() >= fewestStops) {
        return colouring.own;
    }
    std::vector<QRgb> stops(palette.stops.begin(), palette.stops.end());
    if (stops.empty()) {
        for (int step = 0; step < 6; ++step) { // the pure hues
            stops.push_back(paletteColour(palette, step / 6.0));
        }
    }
    for (std::size_t back = stops.size(); palette.thereAndBack && back > 2 && stops.size() < mostStops; --back) {
        stops.push_back(stops[back - 2]); // the way back without the ends
    }
    return stops;
}

QString stopsAsText(const std::vector<QRgb>& stops) {
    QStringList names;
    for (const QRgb stop : stops) {
        names.append(QColor(stop).name());
    }
    return names.join(u' ');
}

std::vector<QRgb> stopsFromText(const QString& text) {
    std::vector<QRgb> stops;
    for (const QString& name : text.split(u' ', Qt::SkipEmptyParts)) {
        const QColor colour(name);
        if (!colour.isValid() || stops.size() == mostStops) {
            return {};
        }
        stops.push_back(colour.rgb());
    }
    return stops.size() < fewestStops ? std::vector<QRgb>{} : stops;
}

QRgb paletteColour(const ColourPalette& palette, double position) {
    double turn = position - std::floor(position);
    if (palette.stops.empty()) {
        return QColor::fromHsvF(static_cast<float>(turn), 1.0F, 1.0F).rgb();
    }
    const std::size_t count = palette.stops.size();
    double place = turn * static_cast<double>(count);
    std::size_t next = 0;
    if (palette.thereAndBack) {
        turn = turn < 0.5 ? 2 * turn : 2 - 2 * turn;
        place = turn * static_cast<double>(count - 1);
        next = std::min(static_cast<std::size_t>(place) + 1, count - 1);
    } else {
        next = (static_cast<std::size_t>(place) + 1) % count;
    }
    const std::size_t here = std::min(static_cast<std::size_t>(place), count - 1);
    const double share = place - std::floor(place);
    const Lab one = toLab(palette.stops[here]);
    const Lab other = toLab(palette.stops[next]);
    return fromLab({one.lightness + share * (other.lightness - one.lightness), one.a + share * (other.a - one.a),
                    one.b + share * (other.b - one.b)});
}

double colourRounds(double count) {
    // Counts crowd near the border of the set; by their logarithm every doubling gets an equal share of colours, but
    // for the lowest ones, whose wide areas are to differ gently.
    return std::log2(1.0 + count / 4.0) / 4.0;
}

ColourScale::ColourScale(const Colouring& colouring, quint32 maxIterations, int roots)
    : m_circle(finest)
    , m_turns(static_cast<std::size_t>(maxIterations) + 1)
    , m_roots(roots) {
    ColourPalette palette = all[static_cast<std::size_t>(colouring.palette) % all.size()];
    if (colouring.palette == ownPaletteIndex() && colouring.own.size() >= fewestStops) {
        palette.stops = colouring.own;
    }
    for (int step = 0; step < finest; ++step) {
        m_circle[static_cast<std::size_t>(step)] = paletteColour(palette, static_cast<double>(step) / finest);
    }
    for (quint32 count = 0; count <= maxIterations; ++count) {
        // The classic hues are told apart count by count instead, as rsplib's client does: 72 of them.
        const double turn = palette.stops.empty() ? count / 72.0 : colouring.density * colourRounds(count);
        m_turns[count] = turn + colouring.offset;
    }
}

QRgb ColourScale::at(double turn) const {
    const double whole = turn - std::floor(turn);
    return m_circle[std::min(static_cast<std::size_t>(whole * finest), std::size_t{finest - 1})];
}

QRgb ColourScale::colour(quint32 count) const {
    return count >= m_turns.size() - 1 ? interior : at(m_turns[count]);
}

QRgb ColourScale::colour(quint32 count, quint32 fraction) const {
    if (count >= m_turns.size() - 1) {
        return interior;
    }
    double turn = m_turns[count] + (m_turns[count + 1] - m_turns[count]) * (fraction * 0x1p-32);
    if (m_roots > 0) {
        turn += static_cast<double>(fraction & 0xfU) / m_roots; // a third of the palette for each of three roots
    }
    return at(turn);
}

std::vector<QRgb> colourTable(const Colouring& colouring, quint32 maxIterations) {
    const ColourScale scale(colouring, maxIterations);
    std::vector<QRgb> table(static_cast<std::size_t>(maxIterations) + 1);
    for (quint32 count = 0; count <= maxIterations; ++count) {
        table[count] = scale.colour(count);
    }
    return table;
}

QImage paletteStrip(const ColourPalette& palette, QSize size) {
    QImage strip(size, QImage::Format_RGB32);
    for (int x = 0; x < size.width(); ++x) {
        const QRgb colour = paletteColour(palette, (x + 0.5) / size.width());
        for (int y = 0; y < size.height(); ++y) {
            strip.setPixel(x, y, colour);
        }
    }
    return strip;
}

} // namespace kolam::gui
