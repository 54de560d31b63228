// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures computed into files without a window: strips, antialiasing, one kind of picture, and nothing but whole
// files.
#include "demos/services/fractal/smooth_plane.h"
#include "demos/users/fractal/compatible.h"
#include "demos/users/fractal/tile_grid.h"
#include "gui/fractal/navigation.h"
#include "gui/fractal/picture.h"
#include "gui/fractal/picture_render.h"
#include "gui/fractal/zoom_flight.h"
#include "tests/gui/fake_backend.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>

using namespace kolam;
using namespace kolam::gui;

namespace {

constexpr wire::FractalParameter julia{.width = 64,
                                       .height = 48,
                                       .maxIterations = 70,
                                       .algorithm = wire::FractalAlgorithm::Julia,
                                       .c1Real = -1.6,
                                       .c1Imag = 1.2,
                                       .c2Real = 1.6,
                                       .c2Imag = -1.2,
                                       .kReal = -0.7269,
                                       .kImag = 0.1889};
const Colouring colouring{.palette = 3, .density = 1.5, .offset = 0.25};

/// The rows [from, to) of a picture, computed at home.
QImage rowsOf(const wire::FractalParameter& whole, quint32 from, quint32 to) {
    const wire::FractalParameter part =
        fractal::tileParameter(whole, {.x = 0, .y = from, .width = whole.width, .height = to - from});
    const fractal::Plane plane = fractal::Plane::of(part);
    const bool smooth = wire::isExtended(part.algorithm);
    IterationImage image;
    image.setColouring(colouring);
    image.begin(QSize(static_cast<int>(part.width), static_cast<int>(part.height)), part.maxIterations,
                smooth ? IterationImage::Kind::Smooth : IterationImage::Kind::Banded, rootsOf(part));
    for (quint32 y = 0; y < part.height; ++y) {
        for (quint32 x = 0; x < part.width; ++x) {
            const quint64 count = smooth ? fractal::referenceSmoothCount(plane, x, y)
                                         : quint64{fractal::referenceCount(plane, x, y)} << 32U;
            image.write(x, y, std::vector{static_cast<quint32>(count >> 32U)},
                        std::vector{static_cast<quint32>(count)});
        }
    }
    return image.image().convertToFormat(QImage::Format_RGB32);
}

struct Studio {
    QTemporaryDir folder;
    QString path = folder.filePath(QStringLiteral("out.png"));
    FakeBackend backend;
    std::unique_ptr<PictureRender> render;
    std::unique_ptr<QSignalSpy> completed;
    std::unique_ptr<QSignalSpy> failed;
    std::unique_ptr<QSignalSpy> compatible;

    void start(const wire::FractalParameter& parameter, QSize size, int antialias = 1, quint64 strip = 1'000'000) {
        render = std::make_unique<PictureRender>(
            backend, PictureRender::Config{.picture = {.parameter = parameter, .colouring = colouring},
                                           .size = size,
                                           .path = path,
                                           .antialias = antialias,
                                           .strip = strip});
        completed = std::make_unique<QSignalSpy>(render.get(), &PictureRender::completed);
        failed = std::make_unique<QSignalSpy>(render.get(), &PictureRender::failed);
        compatible = std::make_unique<QSignalSpy>(render.get(), &PictureRender::becameCompatible);
        render->start();
    }
    [[nodiscard]] QImage written() const { return QImage(path).convertToFormat(QImage::Format_RGB32); }
};

} // namespace

class TestRender : public QObject {
    Q_OBJECT
private slots:
    void givenParameters_whenRendered_thenTheFileHasThePictureAndRemembersIt() {
        Studio studio;
        studio.start(julia, {64, 48});
        studio.backend.step(3);
        QVERIFY(!QFile::exists(studio.path)); // only a whole one
        studio.backend.finish();
        QCOMPARE(studio.completed->count(), 1);
        QCOMPARE(studio.written(), rowsOf(julia, 0, 48));
        const auto remembered = pictureOfPng(studio.path);
        QVERIFY(remembered.has_value());
        QVERIFY(remembered->parameter == julia);
        QVERIFY(remembered->colouring == colouring);
    }
    void givenPoster_whenRenderedInStrips_thenEveryStripIsThere() {
        Studio studio;
        studio.start(julia, {160, 120}, 1, 160 * 17);
        studio.backend.finish();
        QCOMPARE(studio.completed->count(), 1);
        QCOMPARE(studio.backend.starts(), 8); // seven of 17 rows and one of one
        const wire::FractalParameter whole = parameterOf(placeOf(julia), {160, 120});
        for (quint32 from = 0; from < 120; from += 17) {
            const quint32 to = std::min(from + 17, 120U);
            QCOMPARE(studio.written().copy(0, static_cast<int>(from), 160, static_cast<int>(to - from)),
                     rowsOf(whole, from, to));
        }
    }
    void givenAntialiasing_whenRendered_thenEveryPixelIsTheMeanOfItsPoints() {
        Studio studio;
        studio.start(julia, {32, 24}, 2, 64 * 2 * 5);
        studio.backend.finish();
        const wire::FractalParameter whole = parameterOf(placeOf(julia), {64, 48});
        const QImage fine = rowsOf(whole, 0, 10); // of the first strip: five rows of pixels
        const QImage image = studio.written();
        QCOMPARE(image.size(), QSize(32, 24));
        for (int y = 0; y < 5; ++y) {
            for (int x = 0; x < 32; ++x) {
                int green = 0;
                for (const QPoint part : {QPoint(0, 0), QPoint(1, 0), QPoint(0, 1), QPoint(1, 1)}) {
                    green += qGreen(fine.pixel(QPoint(2 * x, 2 * y) + part));
                }
                QCOMPARE(qGreen(image.pixel(x, y)), (green + 2) / 4);
            }
        }
        QCOMPARE(pictureOfPng(studio.path)->parameter.width, 32U);
    }
    void givenElementsThatKnowIt_whenTheyGoMidway_thenTheWholePictureIsOfTheOtherKind() {
        wire::FractalParameter image = julia;
        image.algorithm = wire::FractalAlgorithm::SmoothMandelbrot;
        Studio studio;
        studio.start(image, {64, 48}, 1, 64 * 20);
        while (studio.render->rowsDone() < 20) {
            studio.backend.step(5);
        }
        studio.backend.setCompatible(true);
        studio.backend.finish();
        QCOMPARE(studio.compatible->count(), 1);
        QCOMPARE(studio.completed->count(), 1);
        const wire::FractalParameter classic = *fractal::classicOf(image);
        QCOMPARE(studio.written().copy(0, 0, 64, 20), rowsOf(classic, 0, 20)); // not what was there before
        QCOMPARE(studio.written().copy(0, 40, 64, 8), rowsOf(classic, 40, 48));
        QVERIFY(pictureOfPng(studio.path)->parameter == image); // what was asked for
    }
    void givenFlight_whenRendered_thenItBeginsAtTheWholeSetAndEndsAtThePlaceAndEveryStepIsTheSameFactor() {
        Studio studio;
        wire::FractalParameter close = julia;
        close.c1Real = 0.1;
        close.c1Imag = 0.3;
        close.c2Real = 0.12;
        close.c2Imag = 0.285;
        ZoomFlight flight(studio.backend,
                          {.picture = {.parameter = close, .colouring = colouring},
                           .size = {64, 48},
                           .path = studio.folder.filePath(QStringLiteral("way.png"))},
                          5);
        QSignalSpy done(&flight, &ZoomFlight::completed);
        flight.start();
        while (done.isEmpty()) {
            studio.backend.finish();
            QCoreApplication::processEvents(); // the next frame begins
        }
        QCOMPARE(QDir(studio.folder.path()).entryList(QDir::Files).join(u' '),
                 QStringLiteral("way-0001.png way-0002.png way-0003.png way-0004.png way-0005.png"));
        const ViewRect whole = homeView(wire::FractalAlgorithm::Julia).fitted(QSizeF(64, 48));
        QCOMPARE(flight.viewOf(0), whole);
        QCOMPARE(viewOf(pictureOfPng(flight.pathOf(4))->parameter), viewOf(close));
        for (int frame = 1; frame < 5; ++frame) {
            const double factor = flight.viewOf(frame).width() / flight.viewOf(frame - 1).width();
            QVERIFY(std::abs(factor - std::pow(0.02 / whole.width(), 0.25)) < 1e-6);
        }
        QCOMPARE(QImage(flight.pathOf(4)).convertToFormat(QImage::Format_RGB32), rowsOf(close, 0, 48));
    }
    void givenTrouble_whenRendering_thenItSaysSoAndAnEarlierFileIsAsItWas() {
        Studio studio;
        QFile earlier(studio.path);
        QVERIFY(earlier.open(QIODevice::WriteOnly));
        earlier.write("earlier");
        earlier.close();
        const auto isAsItWas = [&] {
            QFile file(studio.path);
            return file.open(QIODevice::ReadOnly) && file.readAll() == "earlier";
        };
        studio.start(julia, {64, 48});
        studio.backend.step(3);
        studio.backend.refuse(QStringLiteral("too deep"));
        QCOMPARE(studio.failed->count(), 1);
        QVERIFY(studio.failed->front().front().toString().contains(QStringLiteral("too deep")));
        QVERIFY(isAsItWas());
        studio.start(julia, {64, 48});
        studio.backend.knowNothing();
        QCOMPARE(studio.failed->count(), 1);
        QVERIFY(isAsItWas());
        studio.path = QStringLiteral("/no/such/folder/out.png");
        studio.start(julia, {64, 48});
        QCOMPARE(studio.failed->count(), 1);
        QVERIFY(studio.failed->front().front().toString().contains(studio.path));
    }
    void givenDeviceThatIsFull_whenWrittenTo_thenThatIsNoticed() {
        class Full final : public QIODevice {
        public:
            Full() { open(QIODevice::WriteOnly | QIODevice::Unbuffered); }
            qint64 readData(char*, qint64) override { return -1; }
            qint64 writeData(const char*, qint64 length) override {
                room -= length;
                return room < 0 ? -1 : length;
            }
            qint64 room = 5000;
        };
        Full device;
        PngStream stream(device, {500, 500}, {{"Software", "test"}});
        QImage noise(500, 500, QImage::Format_RGB32);
        for (int y = 0; y < 500; ++y) {
            for (int x = 0; x < 500; ++x) {
                noise.setPixel(x, y, static_cast<uint>(qHash(x * 1000 + y)));
            }
        }
        QVERIFY(!(stream.write(noise) && stream.finish()));
        QVERIFY(!stream.finish());
    }
};

QTEST_GUILESS_MAIN(TestRender)
#include "test_render.moc"
