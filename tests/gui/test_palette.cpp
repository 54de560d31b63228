// SPDX-License-Identifier: GPL-3.0-or-later
// Colours for iteration counts, and the picture that keeps counts and colours apart.
#include "gui/common/element_colours.h"
#include "gui/common/theme.h"
#include "gui/fractal/iteration_image.h"
#include "gui/fractal/palette.h"

#include <QtTest>
#include <set>

using namespace kolam;
using namespace kolam::gui;

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
        QVERIFY(palettes().size() >= 8);
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
            QCOMPARE(QColor(table.back()).name(), QStringLiteral("#05060a"));
            std::set<QRgb> different(table.begin(), table.end());
            QVERIFY2(different.size() >= 40, palettes()[static_cast<std::size_t>(index)].key);
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
