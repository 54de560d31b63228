// SPDX-License-Identifier: GPL-3.0-or-later
// The picture under the engine's batches: counts, origins, tile states and failover marks.
#include "gui/fractal/picture.h"
#include "gui/fractal/tile_look.h"
#include "tests/gui/fake_backend.h"

#include <QPainter>
#include <QSignalSpy>
#include <QtTest>

using namespace kolam;
using namespace kolam::gui;
using fractal::TileState;

namespace {

constexpr QSize points{330, 210};

struct Studio {
    FakeBackend backend;
    ElementColours colours;
    Picture picture{colours};
    Studio() {
        QObject::connect(&backend, &FakeBackend::updated, &picture,
                         [this](const UpdatePointer& update) { picture.apply(*update); });
        backend.start(parameterOf());
    }
    static wire::FractalParameter parameterOf() {
        return {.width = points.width(),
                .height = points.height(),
                .maxIterations = 60,
                .c1Real = 1.9,
                .c1Imag = -1.1,
                .c2Real = -0.8,
                .c2Imag = 1.1};
    }
    [[nodiscard]] QImage overlayImage(OverlayMode mode) {
        picture.setOverlay(mode);
        QImage image(points, QImage::Format_RGB32);
        image.fill(Qt::black);
        QPainter painter(&image);
        QFont font;
        font.setPixelSize(11);
        picture.overlay().paint(painter, image.rect(), image.rect(), font);
        return image;
    }
};

} // namespace

class TestPicture : public QObject {
    Q_OBJECT
private slots:
    void givenPool_whenItHasFinished_thenEveryCountIsTheRightOne() {
        Studio studio;
        studio.backend.finish();
        QCOMPARE(studio.picture.image().counts(), studio.backend.expectedCounts());
        QVERIFY(studio.picture.isComplete());
        QCOMPARE(studio.picture.book().countOf(TileState::Done),
                 static_cast<int>(studio.picture.book().tiles().size()));
    }
    void givenEveryExtendedFractal_whenItHasFinished_thenFractionsAreThereAndCompatiblePicturesHaveNone() {
        using wire::FractalAlgorithm;
        Studio studio;
        for (const FractalAlgorithm algorithm : {FractalAlgorithm::SmoothMandelbrot, FractalAlgorithm::Julia,
                                                 FractalAlgorithm::BurningShip, FractalAlgorithm::Newton}) {
            wire::FractalParameter image = Studio::parameterOf();
            image.algorithm = algorithm;
            image.n = 3;
            image.kReal = -0.7;
            studio.backend.start(image);
            studio.backend.finish();
            QCOMPARE(studio.picture.image().counts(), studio.backend.expectedCounts());
            QVERIFY(std::ranges::count(studio.picture.image().fractions(), 0U) <
                    points.width() * points.height() * 9 / 10);
        }
        wire::FractalParameter image = Studio::parameterOf();
        image.algorithm = FractalAlgorithm::SmoothMandelbrot;
        studio.backend.setCompatible(true);
        studio.backend.start(image);
        studio.backend.finish();
        QVERIFY(studio.picture.image().kind() == IterationImage::Kind::Banded);
        QVERIFY(studio.picture.image().fractions().empty());
        QCOMPARE(studio.picture.view(), viewOf(image)); // where the window thinks it is
    }
    void givenKilledElement_whenThePictureCompletes_thenCountsAreTheSameAndMarksSayWhere() {
        Studio studio;
        for (int step = 0; step < 3; ++step) {
            studio.backend.step(5);
        }
        studio.backend.kill(studio.backend.element(1));
        QVERIFY(studio.picture.book().countOf(TileState::FailingOver) > 0);
        studio.backend.finish();
        QCOMPARE(studio.picture.image().counts(), studio.backend.expectedCounts());
        QVERIFY(!studio.picture.book().handOvers().empty());
        const HandOver& mark = studio.picture.book().handOvers().front();
        const QRect tile = studio.picture.book().rect(mark.tile);
        QVERIFY(static_cast<int>(mark.row) >= tile.top() && static_cast<int>(mark.row) <= tile.bottom());
        QVERIFY(mark.failovers >= 1);
        const PointOrigin above = studio.picture.book().originAt({tile.left(), tile.top()});
        const PointOrigin below = studio.picture.book().originAt({tile.left(), tile.bottom()});
        QVERIFY(above.element != below.element);
        QVERIFY(below.failovers > above.failovers);
    }
    void givenEveryPoint_whenItsTileIsAskedFor_thenItLiesInIt() {
        Studio studio;
        for (int y = 0; y < points.height(); y += 3) {
            for (int x = 0; x < points.width(); x += 3) {
                const auto tile = studio.picture.book().tileAt({x, y});
                QVERIFY(tile.has_value());
                QVERIFY(studio.picture.book().rect(*tile).contains(x, y));
            }
        }
        QVERIFY(!studio.picture.book().tileAt({points.width(), 0}).has_value());
        QVERIFY(!studio.picture.book().tileAt({0, -1}).has_value());
    }
    void givenBatches_whenOneIsMissingOrForeign_thenTheRestIsDropped() {
        Studio studio;
        fractal::FractalUpdate foreign;
        foreign.image = fractal::ImageId{77};
        foreign.number = 1;
        foreign.counts.assign(10, 3);
        foreign.pieces.push_back({.x = 0, .y = 0, .length = 10});
        studio.picture.apply(foreign);
        QCOMPARE(studio.picture.image().countAt({0, 0}), IterationImage::noCount);
    }
    void givenLyingBatch_whenApplied_thenNothingOutsideIsTouched() {
        Studio studio;
        fractal::FractalUpdate update;
        update.image = fractal::ImageId{1};
        update.number = 1;
        update.counts.assign(4, 1);
        update.pieces.push_back({.x = 0, .y = 0, .length = 400, .first = 2});
        update.pieces.push_back({.x = 5000, .y = 5000, .length = 4});
        update.tiles.push_back({.tile = 12345});
        studio.picture.apply(update);
        QCOMPARE(studio.picture.image().countAt({0, 0}), IterationImage::noCount);
    }
    void givenOverlayModes_whenPainted_thenTheyDifferAndNoneIsNothing() {
        Studio studio;
        studio.backend.step(8);
        studio.backend.kill(studio.backend.element(0));
        for (int step = 0; step < 8; ++step) {
            studio.backend.step(10);
        }
        QImage black(points, QImage::Format_RGB32);
        black.fill(Qt::black);
        QCOMPARE(studio.overlayImage(OverlayMode::None), black);
        QList<QImage> images;
        for (const OverlayMode mode : overlayModes) {
            const QImage image = studio.overlayImage(mode);
            QVERIFY(!images.contains(image));
            QCOMPARE(studio.overlayImage(mode), image); // the same again
            images.append(image);
        }
    }
    void givenTileStates_whenPaintedWithoutColour_thenTheyCanStillBeToldApart() {
        QList<QImage> images;
        const auto paint = [&](TileState state, bool askedTwice) {
            QImage image(90, 90, QImage::Format_RGB32);
            image.fill(Qt::black);
            QPainter painter(&image);
            QFont font;
            font.setPixelSize(12);
            paintTile(painter, image.rect(),
                      {.state = state,
                       .letter = QStringLiteral("A"),
                       .colour = Qt::cyan,
                       .progress = 0.5,
                       .askedTwice = askedTwice},
                      font);
            painter.end();
            const QImage grey = image.convertToFormat(QImage::Format_Grayscale8);
            QVERIFY(!images.contains(grey));
            images.append(grey);
            QVERIFY(!tileStateName(state).isEmpty());
        };
        for (const TileState state : {TileState::Queued, TileState::Waiting, TileState::Computing,
                                      TileState::FailingOver, TileState::Recomputing, TileState::Done}) {
            paint(state, false);
        }
        paint(TileState::Computing, true); // two elements work on it
    }
    void givenCoarseImage_whenItComes_thenItIsShownUnderThePictureAndTakesNoPartInIt() {
        Studio studio;
        QVERIFY(studio.picture.coarse().size().isEmpty());
        fractal::FractalUpdate begin;
        begin.image = fractal::ImageId{7};
        begin.begins = true;
        begin.parameter = begin.computed = Studio::parameterOf();
        begin.coarse = *fractal::coarseOf(begin.parameter);
        begin.grid = fractal::TileGrid(begin.parameter.width, begin.parameter.height);
        studio.picture.apply(begin);
        fractal::FractalUpdate update = begin;
        update.begins = false;
        update.number = 1;
        update.counts = {5, 6, 7};
        update.coarsePieces.push_back({.x = 2, .y = 3, .length = 3});
        QSignalSpy changed(&studio.picture, &Picture::changed);
        studio.picture.apply(update);
        QCOMPARE(studio.picture.coarse().size(), QSize(points.width() / 8, points.height() / 8));
        QCOMPARE(studio.picture.coarse().countAt({3, 3}), 6U);
        QCOMPARE(changed.count(), 1);
        QVERIFY(changed.front().front().value<QRegion>().contains(QPoint(3 * 8, 3 * 8)));
        QCOMPARE(studio.picture.image().countAt({3, 3}), IterationImage::noCount);
        QCOMPARE(studio.picture.book().originAt({3, 3}).element, quint16{0});
        // It gets the colours of the picture.
        const QImage before = studio.picture.coarse().image().copy();
        studio.picture.setColouring({.palette = 3});
        QVERIFY(studio.picture.coarse().image() != before);
    }
    void givenPicture_whenAnotherIsWanted_thenItStandsForWhatItShowsMuchOf() {
        Studio studio;
        const wire::FractalParameter here = Studio::parameterOf();
        QVERIFY(studio.picture.canStandFor(here));
        const auto moved = [&](double factor, QPointF by) {
            const ViewRect view = viewOf(here).zoomed({0.5, 0.5}, factor).panned(by);
            wire::FractalParameter other = here;
            other.c1Real = view.leftReal.toDouble();
            other.c1Imag = view.topImag.toDouble();
            other.c2Real = view.rightReal.toDouble();
            other.c2Imag = view.bottomImag.toDouble();
            return other;
        };
        QVERIFY(studio.picture.canStandFor(moved(0.5, {0, 0})));   // closer: large points
        QVERIFY(!studio.picture.canStandFor(moved(0.05, {0, 0}))); // much closer: smudges
        QVERIFY(studio.picture.canStandFor(moved(1.2, {0, 0})));
        QVERIFY(!studio.picture.canStandFor(moved(3, {0, 0}))); // a stamp in the middle
        QVERIFY(studio.picture.canStandFor(moved(1, {0.2, 0})));
        QVERIFY(!studio.picture.canStandFor(moved(1, {0.6, 0.2})));
        wire::FractalParameter other = here;
        other.algorithm = wire::FractalAlgorithm::BurningShip;
        QVERIFY(!studio.picture.canStandFor(other));
        other = here;
        other.maxIterations *= 2;
        QVERIFY(studio.picture.canStandFor(other));
    }
    void givenNewImage_whenItBegins_thenTheOldOneIsStillThereToBeCopied() {
        Studio studio;
        studio.backend.finish();
        quint32 before = 0;
        connect(&studio.picture, &Picture::aboutToBegin, this,
                [&] { before = studio.picture.image().countAt({10, 10}); });
        QSignalSpy begun(&studio.picture, &Picture::begun);
        studio.backend.start(Studio::parameterOf());
        QVERIFY(before != IterationImage::noCount && before != 0xffffffff);
        QCOMPARE(begun.count(), 1);
        QCOMPARE(studio.picture.image().countAt({10, 10}), IterationImage::noCount);
        QVERIFY(studio.picture.book().handOvers().empty());
    }
};

QTEST_MAIN(TestPicture)
#include "test_picture.moc"
