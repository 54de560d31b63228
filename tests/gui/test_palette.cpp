// SPDX-License-Identifier: GPL-3.0-or-later
// Colours for iteration counts, and the picture that keeps counts and colours apart.
#include "demos/users/fractal/fractal_reference.h"
#include "gui/common/element_colours.h"
#include "gui/common/theme.h"
#include "gui/fractal/iteration_image.h"
#include "gui/fractal/palette.h"
#include "gui/fractal/thumbnail_maker.h"

#include <QtTest>
#include <set>

using namespace kolam;
using namespace kolam::gui;

namespace {

/// How far two colours are apart, in the channel where they are most.
int distance(QRgb one, QRgb other) {
    return std::max({std::abs(qRed(one) - qRed(other)), std::abs(qGreen(one) - qGreen(other)),
                     std::abs(qBlue(one) - qBlue(other))});
}

} // namespace

class TestPalette : public QObject {
    Q_OBJECT
private slots:
    void givenPalettes_whenListed_thenThereAreManyWithNamesOfTheirOwn() {
        std::set<QString> keys;
        std::set<QString> names;
        int safe = 0;
        for (const ColourPalette& palette : palettes()) {
            keys.insert(QLatin1String(palette.key));
            names.insert(paletteName(palette));
            safe += palette.colourBlindSafe ? 1 : 0;
        }
        QVERIFY(palettes().size() >= 20);
        QCOMPARE(keys.size(), palettes().size());
        QCOMPARE(names.size(), palettes().size());
        QVERIFY(safe >= 3);
        QCOMPARE(paletteIndex(QStringLiteral("viridis")), 4);
        QCOMPARE(paletteIndex(QStringLiteral("no such palette")), 0);
    }
    void givenPalette_whenGoneAround_thenItHasNoSeam() {
        for (const ColourPalette& palette : palettes()) {
            const QColor end(paletteColour(palette, 0.9999));
            const QColor begin(paletteColour(palette, 0));
            QVERIFY2(std::abs(end.red() - begin.red()) < 8 && std::abs(end.green() - begin.green()) < 8 &&
                         std::abs(end.blue() - begin.blue()) < 8,
                     palette.key);
        }
    }
    void givenSafeRamp_whenGoneUp_thenItGetsLighter() {
        for (const ColourPalette& palette : palettes()) {
            if (!palette.colourBlindSafe || !palette.thereAndBack) {
                continue;
            }
            double before = 0;
            for (int step = 0; step <= 10; ++step) { // half the circle is the way up
                const double now = contrastRatio(QColor(paletteColour(palette, step / 20.0)), Qt::black);
                QVERIFY2(now >= before, palette.key);
                before = now;
            }
            QVERIFY2(before > 5, palette.key);
        }
    }
    void givenCounts_whenColoured_thenOnlyTheInteriorIsInteriorColour() {
        for (int index = 0; index < static_cast<int>(palettes().size()); ++index) {
            const std::vector<QRgb> table = colourTable({.palette = index}, 1000);
            QCOMPARE(table.size(), std::size_t{1001});
            QCOMPARE(QColor(table.back()).name(), QStringLiteral("#000000"));
            std::set<QRgb> different(table.begin(), table.end());
            QVERIFY2(different.size() >= 40, palettes()[static_cast<std::size_t>(index)].key);
        }
    }
    void givenTheWayOutOfTheSet_whenColouredSmoothly_thenNoNeighboursDifferByMoreThanTwo() {
        // The stated gradient: 16,000 points of the real axis from 0.3, near the set, to 3; a dozen counts, that is
        // steps of bands, lie on it. Every palette, as it is laid when nobody has moved a slider.
        wire::FractalParameter line{.width = 16'000,
                                    .height = 1,
                                    .maxIterations = 1000,
                                    .algorithm = wire::FractalAlgorithm::SmoothMandelbrot,
                                    .c1Real = 0.3,
                                    .c1Imag = 0,
                                    .c2Real = 3,
                                    .c2Imag = 0};
        std::set<quint32> counts;
        for (int index = 0; index < static_cast<int>(palettes().size()); ++index) {
            const QImage smooth = computedAtHome(line, {.palette = index});
            const ColourScale scale({.palette = index}, line.maxIterations);
            int steepest = 0;
            int bands = 0;
            for (int x = 1; x < smooth.width(); ++x) {
                steepest = std::max(steepest, distance(smooth.pixel(x - 1, 0), smooth.pixel(x, 0)));
            }
            for (const std::uint64_t count : fractal::computeSmoothReference(line)) {
                counts.insert(static_cast<quint32>(count >> 32U));
            }
            for (const quint32 count : counts) {
                bands = std::max(bands, distance(scale.colour(count), scale.colour(count + 1)));
            }
            QVERIFY2(steepest <= 2, qPrintable(QStringLiteral("%1: %2")
                                                   .arg(QLatin1String(palettes()[static_cast<std::size_t>(index)].key))
                                                   .arg(steepest)));
            QVERIFY2(bands > 8, palettes()[static_cast<std::size_t>(index)].key); // without fractions it has steps
        }
        QVERIFY2(counts.size() >= 12, qPrintable(QString::number(counts.size())));
    }
    void givenSmoothPicture_whenColoursTurn_thenCountsAndFractionsStay() {
        IterationImage image;
        image.begin({10, 2}, 50, IterationImage::Kind::Smooth);
        const std::vector<quint32> counts{3, 3, 3, 50, 4};
        const std::vector<quint32> fractions{0, 0x80000000U, 0xffffffffU, 0, 0};
        image.write(0, 0, counts, fractions);
        image.write(0, 1, counts); // without fractions it is none of this picture
        QCOMPARE(image.countAt({0, 1}), IterationImage::noCount);
        QVERIFY(image.image().pixel(0, 0) != image.image().pixel(1, 0));
        QVERIFY(distance(image.image().pixel(2, 0), image.image().pixel(4, 0)) <= 1);
        QCOMPARE(QColor(image.image().pixel(3, 0)), QColor(Qt::black));
        const QRgb before = image.image().pixel(1, 0);
        image.setColouring({.density = 2.5, .offset = 0.3});
        QVERIFY(image.image().pixel(1, 0) != before);
        QCOMPARE(QColor(image.image().pixel(3, 0)), QColor(Qt::black));
        QCOMPARE(image.fractions()[1], 0x80000000U);
        image.setColouring({});
        QCOMPARE(image.image().pixel(1, 0), before);
    }
    void givenNewtonFractal_whenColoured_thenEveryRootHasItsPartOfThePalette() {
        IterationImage image;
        image.begin({3, 1}, 50, IterationImage::Kind::Smooth, 3);
        image.write(0, 0, std::vector<quint32>{7, 7, 7}, std::vector<quint32>{0, 1, 2}); // root in the lowest bits
        QVERIFY(distance(image.image().pixel(0, 0), image.image().pixel(1, 0)) > 20);
        QVERIFY(distance(image.image().pixel(1, 0), image.image().pixel(2, 0)) > 20);
    }
    void givenPaletteOfOnesOwn_whenLaid_thenItsColoursAreThereAndItsWordsReadBack() {
        const std::vector<QRgb> stops{0xff102030, 0xffff8000, 0xff00ff40};
        const Colouring own{.palette = ownPaletteIndex(), .own = stops};
        const ColourScale scale(own, 100);
        QVERIFY(distance(scale.colour(0), stops[0]) <= 1);
        QVERIFY(scale.colour(9) != ColourScale({.palette = ownPaletteIndex()}, 100).colour(9));
        QVERIFY(stopsOf(own) == stops);
        QVERIFY(stopsFromText(stopsAsText(stops)) == stops);
        for (const char* wrong : {"", "#102030", "#102030 nothing", "1 2 3"}) {
            QVERIFY2(stopsFromText(QLatin1String(wrong)).empty(), wrong);
        }
        QVERIFY(stopsFromText(QStringLiteral("#102030 ").repeated(17)).empty());
        for (int index = 0; index < static_cast<int>(palettes().size()); ++index) {
            const std::vector<QRgb> from = stopsOf({.palette = index});
            QVERIFY(from.size() >= fewestStops && from.size() <= mostStops);
            // Made from any palette, it begins as that one.
            const ColourPalette& palette = palettes()[static_cast<std::size_t>(index)];
            QVERIFY(distance(paletteColour({.stops = from}, 0), paletteColour(palette, 0)) <= 1);
        }
    }
    void givenCounts_whenThePaletteChanges_thenColoursDoAndCountsDoNot() {
        IterationImage image;
        image.begin({100, 70}, 50);
        const std::vector<quint32> row{0, 1, 7, 50, 49};
        image.write(3, 2, row);
        const QRgb before = image.image().pixel(5, 2);
        (void)image.takeDirty();
        image.setColouring({.palette = 5});
        QVERIFY(image.image().pixel(5, 2) != before);
        QCOMPARE(image.countAt({5, 2}), 7U);
        QCOMPARE(image.takeDirty(), QRegion(0, 0, 100, 70));
        image.setColouring({});
        QCOMPARE(image.image().pixel(5, 2), before);
    }
    void givenPointsThatHaveNotCome_whenShown_thenTheyAreTransparent() {
        IterationImage image;
        image.begin({4, 4}, 10);
        image.write(1, 1, std::vector<quint32>{3});
        QCOMPARE(qAlpha(image.image().pixel(0, 0)), 0);
        QCOMPARE(qAlpha(image.image().pixel(1, 1)), 255);
        QCOMPARE(image.countAt({0, 0}), IterationImage::noCount);
        QCOMPARE(image.countAt({-1, 7}), IterationImage::noCount);
    }
    void givenRunsOutsideThePicture_whenWritten_thenTheyAreCutOff() {
        IterationImage image;
        image.begin({10, 10}, 10);
        image.write(8, 9, std::vector<quint32>(20, 5));
        image.write(0, 10, std::vector<quint32>(20, 5));
        image.write(10, 0, std::vector<quint32>(20, 5));
        image.write(0, 0, {});
        QCOMPARE(image.countAt({9, 9}), 5U);
        QCOMPARE(std::ranges::count(image.counts(), 5U), 2);
    }
    void givenScatteredRows_whenAskedWhatChanged_thenBlocksComeOnce() {
        IterationImage image;
        image.begin({640, 640}, 10);
        QCOMPARE(image.takeDirty(), QRegion(0, 0, 640, 640));
        for (quint32 y = 70; y < 120; ++y) {
            image.write(10, y, std::vector<quint32>(60, 1));
        }
        QCOMPARE(image.takeDirty(), QRegion(0, 64, 128, 64));
        QVERIFY(image.takeDirty().isEmpty());
    }
    void givenElements_whenNamed_thenLettersNeverRepeatAndColoursReadWell() {
        ElementColours colours;
        QCOMPARE(colours.letter(PeIdentifier{9}), QStringLiteral("?"));
        for (quint32 id = 1; id <= 60; ++id) {
            QCOMPARE(colours.indexOf(PeIdentifier{id}), static_cast<int>(id) - 1);
        }
        QCOMPARE(colours.letter(PeIdentifier{1}), QStringLiteral("A"));
        QCOMPARE(colours.letter(PeIdentifier{26}), QStringLiteral("Z"));
        QCOMPARE(colours.letter(PeIdentifier{27}), QStringLiteral("AA"));
        QCOMPARE(colours.letter(PeIdentifier{60}), QStringLiteral("BH"));
        std::set<QRgb> distinct;
        for (int index = 0; index < ElementColours::distinctColours; ++index) {
            const QColor colour = ElementColours::colourAt(index);
            distinct.insert(colour.rgb());
            QVERIFY(contrastRatio(colour, readableOn(colour)) >= 4.5);
        }
        QCOMPARE(distinct.size(), std::size_t{ElementColours::distinctColours});
    }
    void givenThemes_whenWordsAreRead_thenContrastIsEnough() {
        for (const Theme theme : {Theme::Dark, Theme::Light, Theme::Presenter, Theme::Contrast}) {
            const ThemeTokens& t = themeTokens(theme);
            for (const QColor& ground : {t.window, t.surface, t.raised}) {
                QVERIFY(contrastRatio(t.text, ground) >= 7);
                for (const QColor& words : {t.muted, t.good, t.warning, t.bad}) {
                    QVERIFY2(contrastRatio(words, ground) >= 4.5,
                             qPrintable(themeName(theme) + words.name() + ground.name()));
                }
            }
            QVERIFY(contrastRatio(t.onAccent, t.accent) >= 4.5);
            QVERIFY(contrastRatio(t.onCanvas, t.canvas) >= 7);
            QCOMPARE(themeFromName(themeName(theme), Theme::Light), theme);
        }
    }
};

QTEST_MAIN(TestPalette)
#include "test_palette.moc"
