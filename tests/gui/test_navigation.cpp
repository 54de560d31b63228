// SPDX-License-Identifier: GPL-3.0-or-later
// The arithmetic of zooming, panning and gliding, and the memory of where one has been.
#include "gui/fractal/camera.h"
#include "gui/fractal/navigation.h"

#include <QtTest>
#include <cmath>

using namespace kolam;
using namespace kolam::gui;

namespace {

constexpr ViewRect upright{2, -1, -1, 1}; // the real axis runs to the left, as in files for rsplib

bool near(QPointF one, QPointF other) {
    return std::hypot(one.x() - other.x(), one.y() - other.y()) < 1e-12;
}
bool near(const ViewRect& one, const ViewRect& other) {
    return near(one.at({0, 0}), other.at({0, 0})) && near(one.at({1, 1}), other.at({1, 1}));
}

} // namespace

class TestNavigation : public QObject {
    Q_OBJECT
private slots:
    void givenPlace_whenZoomedThere_thenItsNumberStaysUnderIt() {
        for (const QPointF place : {QPointF(0, 0), QPointF(0.3, 0.9), QPointF(1, 0.5)}) {
            const ViewRect closer = upright.zoomed(place, 0.1);
            QVERIFY(near(closer.at(place), upright.at(place)));
            QVERIFY(std::abs(closer.width() - upright.width() * 0.1) < 1e-12);
        }
        QVERIFY(near(upright.zoomed({0.2, 0.7}, 0.5).zoomed({0.2, 0.7}, 2), upright));
    }
    void givenNumber_whenLookedFor_thenItIsWhereItWas() {
        const QPointF place(0.123, 0.77);
        QVERIFY(near(upright.placeOf(upright.at(place)), place));
        QCOMPARE(upright.placeOf(upright), QRectF(0, 0, 1, 1));
        const QRectF inside = upright.placeOf(upright.zoomed({0.5, 0.5}, 0.5));
        QVERIFY(near(inside.topLeft(), {0.25, 0.25}));
        QVERIFY(near(inside.bottomRight(), {0.75, 0.75}));
    }
    void givenPan_whenGoneBack_thenTheViewIsTheSame() {
        QVERIFY(near(upright.panned({0.25, -0.5}).at({0, 0}), upright.at({0.25, -0.5})));
        QVERIFY(near(upright.panned({0.25, -0.5}).panned({-0.25, 0.5}), upright));
    }
    void givenBox_whenZoomedInto_thenAllOfItIsSeenInTheOldProportions() {
        const ViewRect boxed = upright.boxed(QRectF(0.1, 0.2, 0.4, 0.1));
        QVERIFY(near(boxed.at({0.5, 0.5}), upright.at({0.3, 0.25})));
        QVERIFY(std::abs(boxed.width() / upright.width() - 0.4) < 1e-12);
        QVERIFY(std::abs(boxed.height() / upright.height() - 0.4) < 1e-12);
    }
    void givenPictureOfOtherProportions_whenFitted_thenPointsAreSquareAndNothingIsLost() {
        for (const QSizeF picture : {QSizeF(1600, 400), QSizeF(300, 900)}) {
            const ViewRect fitted = upright.fitted(picture);
            QVERIFY(std::abs(std::abs(fitted.width()) / picture.width() - fitted.height() / picture.height()) < 1e-12);
            QVERIFY(fitted.placeOf(upright).intersected(QRectF(0, 0, 1, 1)) == fitted.placeOf(upright));
            QVERIFY(fitted.width() < 0 && fitted.height() > 0);
        }
    }
    void givenPictureOfTheSameProportions_whenFitted_thenNotABitChanges() {
        const ViewRect odd{0.1, 0.2, 0.4 + 1e-14, 0.5};
        QCOMPARE(odd.fitted(QSizeF(300, 300)), odd);
    }
    void givenTwoViews_whenGliding_thenTheWayBeginsAndEndsThereAndTheFixedPointStays() {
        const ViewRect close = upright.zoomed({0.8, 0.3}, 1e-3);
        QCOMPARE(upright.towards(close, 0), upright);
        QCOMPARE(upright.towards(close, 1), close);
        const ViewRect half = upright.towards(close, 0.5);
        QVERIFY(std::abs(half.width() / upright.width() - std::sqrt(1e-3)) < 1e-9);
        QVERIFY(near(half.at({0.8, 0.3}), upright.at({0.8, 0.3})));
        const ViewRect beside = upright.panned({0.5, 0});
        QVERIFY(near(upright.towards(beside, 0.5), upright.panned({0.25, 0})));
    }
    void givenMirroredTarget_whenGliding_thenNothingBreaks() {
        const ViewRect mirrored{-1, -1, 2, 1};
        const ViewRect half = upright.towards(mirrored, 0.5);
        QVERIFY(std::isfinite(half.leftReal.high) && std::isfinite(half.rightReal.high));
    }
    void givenDepth_whenDoublesEnd_thenTheViewIsNotUsable() {
        ViewRect view = upright;
        int steps = 0;
        while (view.zoomed({0.4, 0.6}, 0.5).isUsable({1000, 700}) && steps < 200) {
            view = view.zoomed({0.4, 0.6}, 0.5);
            ++steps;
        }
        QVERIFY2(steps > 30 && steps < 50, qPrintable(QString::number(steps)));
        QVERIFY(!upright.zoomed({0.5, 0.5}, 1e9).isUsable({1000, 700}));
        QVERIFY(!(ViewRect{0, 0, 0, 0}).isUsable({10, 10}));
    }
    void givenFractalThatCanBeDeep_whenZoomedOn_thenItGoesToTheTwentySeventhDecimalAndEndsThere() {
        ViewRect view = homeView(wire::FractalAlgorithm::SmoothMandelbrot);
        const QPointF place(0.4, 0.6);
        while (view.zoomed(place, 0.5).isUsable({1000, 700}, true)) {
            const DeepNumber fixed = view.exactlyAt(place);
            const ViewRect closer = view.zoomed(place, 0.5);
            QVERIFY(std::abs(closer.width() / view.width() - 0.5) < 1e-4);
            const QPointF off = closer.placeOf(fixed) - place; // it is still where it was
            QVERIFY(std::hypot(off.x(), off.y()) < 1e-3);
            const QPointF corner = closer.placeOf(view).topLeft() - QPointF(-0.4, -0.6);
            QVERIFY(std::hypot(corner.x(), corner.y()) < 1e-3);
            view = closer;
        }
        QVERIFY(view.height() < 3e-27 || view.width() < 3e-27);
        QVERIFY(!view.suitsDoubles({1000, 700}));
        const Place deep{.view = view, .algorithm = wire::FractalAlgorithm::SmoothMandelbrot};
        const wire::FractalParameter parameter = parameterOf(deep, {1000, 700});
        QVERIFY(parameter.isDeep());
        QCOMPARE(placeOf(parameter).view, view.fitted(QSizeF(1000, 700)));
        const ViewRect nearly = homeView(wire::FractalAlgorithm::SmoothMandelbrot).towards(view, 0.99);
        const QPointF middle = nearly.placeOf(view.exactlyAt({0.5, 0.5}));
        QVERIFY(QRectF(0, 0, 1, 1).contains(middle)); // the way there does not lead past it
        // Fractals that cannot, and views that need not, are asked for in doubles.
        QVERIFY(
            !parameterOf({.view = view, .algorithm = wire::FractalAlgorithm::Newton, .n = 3}, {1000, 700}).isDeep());
        QVERIFY(!parameterOf({.view = upright.zoomed({0.3, 0.3}, 0.1)}, {1000, 700}).isDeep());
    }
    void givenPlaces_whenGoingBackAndForward_thenTheyComeInOrder() {
        Navigation navigation(homePlace());
        QVERIFY(!navigation.canGoBack() && !navigation.canGoForward());
        Place second = homePlace();
        second.maxIterations = 7;
        navigation.visit(second);
        navigation.visit(second); // again: nothing new
        QVERIFY(navigation.canGoBack());
        QCOMPARE(navigation.back(), homePlace());
        QVERIFY(!navigation.canGoBack());
        QCOMPARE(navigation.forward(), second);
        navigation.back();
        Place third = homePlace();
        third.n = 4;
        navigation.visit(third);
        QVERIFY(!navigation.canGoForward());
        QCOMPARE(navigation.back(), homePlace());
        QCOMPARE(navigation.back(), homePlace());
    }
    void givenVeryManyPlaces_whenVisited_thenTheOldestAreForgotten() {
        Navigation navigation(homePlace());
        for (quint32 iterations = 1; iterations <= 500; ++iterations) {
            Place place = homePlace();
            place.maxIterations = iterations;
            navigation.visit(place);
        }
        std::size_t back = 0;
        while (navigation.canGoBack()) {
            navigation.back();
            ++back;
        }
        QCOMPARE(back, Navigation::limit - 1);
    }
    void givenPlace_whenMadeAParameter_thenItReadsBack() {
        const Place place{
            .view = upright, .algorithm = wire::FractalAlgorithm::MandelbrotN, .maxIterations = 99, .n = 3};
        const wire::FractalParameter parameter = parameterOf(place, {300, 200});
        QCOMPARE(parameter.width, 300U);
        QCOMPARE(parameter.height, 200U);
        QCOMPARE(placeOf(parameter), place);
    }
    void givenCanvas_whenThePictureHasOtherProportions_thenItLiesInTheMiddle() {
        Camera camera;
        camera.setGeometry({1000, 500}, {100, 100});
        QCOMPARE(camera.frame(), QRectF(250, 0, 500, 500));
        camera.setGeometry({1000, 500}, {});
        QCOMPARE(camera.frame(), QRectF(0, 0, 1000, 500));
    }
    void givenCamera_whenItGlides_thenPicturesLieWhereTheirNumbersAre() {
        Camera camera;
        camera.setGeometry({600, 400}, {600, 400});
        camera.jumpTo(upright);
        QCOMPARE(camera.placed(upright), QRectF(0, 0, 600, 400));
        camera.setOut(upright.zoomed({0.5, 0.5}, 0.5));
        QCOMPARE(camera.shown(), upright);
        camera.proceed(1);
        QCOMPARE(camera.placed(upright), QRectF(-300, -200, 1200, 800));
        QVERIFY(near(camera.numberAt({300, 200}), upright.at({0.5, 0.5})));
    }
    void givenWheel_whenTurned_thenBackAndForthCancel() {
        QVERIFY(wheelFactor(120) < 1);
        QVERIFY(std::abs(wheelFactor(120) * wheelFactor(-120) - 1) < 1e-12);
        QVERIFY(std::abs(wheelFactor(60) * wheelFactor(60) - wheelFactor(120)) < 1e-12);
        QCOMPARE(wheelFactor(0), 1.0);
    }
};

QTEST_APPLESS_MAIN(TestNavigation)
#include "test_navigation.moc"
