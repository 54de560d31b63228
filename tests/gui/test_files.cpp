// SPDX-License-Identifier: GPL-3.0-or-later
// What the window reads and writes: pictures that remember their parameters, parameter files, the gallery, the command
// line, and the line protocol of a demonstration.
#include "demos/users/fractal/fractal_reference.h"
#include "gui/fractal/control_client.h"
#include "gui/fractal/fitting_colours.h"
#include "gui/fractal/gallery_model.h"
#include "gui/fractal/options.h"
#include "gui/fractal/picture_file.h"

#include <QAbstractItemModelTester>
#include <QImageReader>
#include <QLocalServer>
#include <QLocalSocket>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace kolam;
using namespace kolam::gui;

namespace {

const wire::FractalParameter parameter{.width = 30,
                                       .height = 20,
                                       .maxIterations = 1234,
                                       .algorithm = wire::FractalAlgorithm::MandelbrotN,
                                       .c1Real = 0.1 + 0.2,
                                       .c1Imag = -1.0 / 3,
                                       .c2Real = 1e-17,
                                       .c2Imag = 0.5,
                                       .n = 3};

QString errorOf(const QStringList& arguments) {
    const auto options = parseCommandLine(QStringList{QStringLiteral("kolam-fractal")} + arguments);
    return options ? QString() : options.error().text;
}

void writeFile(const QString& path, const QByteArray& content) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

const QByteArray fsf = R"(<!DOCTYPE XMLFractalSave>
<FractalV1>
 <Algorithm>
  <AlgorithmName>MandelbrotN</AlgorithmName>
  <C1Real>0.2</C1Real><C1Imag>1.1</C1Imag><C2Real>0.3</C2Real><C2Imag>1.0</C2Imag>
  <Useroptions><MaxIterations>100</MaxIterations><N>3</N></Useroptions>
 </Algorithm>
 <ColorScheme><ColorSchemeName>SimpleHSV</ColorSchemeName></ColorScheme>
 <Resolution>800*600</Resolution>
</FractalV1>
)";

} // namespace

class TestFiles : public QObject {
    Q_OBJECT
private slots:
    void givenPicture_whenSaved_thenEveryParameterReadsBackBitByBit() {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a.png"));
        QImage image(30, 20, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::red);
        QVERIFY(savePng(path, image, parameter, {.palette = 4}).has_value());
        const auto read = pictureOfPng(path);
        QVERIFY(read.has_value());
        QVERIFY(read->parameter == parameter);
        QCOMPARE(QImageReader(path).text(QStringLiteral("Palette")), QStringLiteral("viridis"));
        QCOMPARE(QImage(path).pixelColor(3, 3), QColor(Qt::red));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains("tEXtC1Real"));
    }
    void givenEveryFractal_whenSavedAsPictureOrParameters_thenItAndItsColoursReadBackBitByBit() {
        using wire::FractalAlgorithm;
        QTemporaryDir folder;
        const QString png = folder.filePath(QStringLiteral("a.png"));
        const QString text = folder.filePath(QStringLiteral("a.fsf"));
        const Colouring colouring{.palette = 7, .density = 1.3, .offset = 0.1 + 0.2};
        for (const FractalAlgorithm algorithm :
             {FractalAlgorithm::SmoothMandelbrot, FractalAlgorithm::Julia, FractalAlgorithm::BurningShip,
              FractalAlgorithm::Multibrot, FractalAlgorithm::Newton, FractalAlgorithm::Mandelbrot}) {
            wire::FractalParameter all = parameter;
            all.algorithm = algorithm;
            all.n = 5;
            if (algorithm == FractalAlgorithm::Mandelbrot) {
                all.n = 2; // as rsplib's files have it: they do not say
            } else {
                all.kReal = -0.1 / 3;
                all.kImag = 0.7;
            }
            if (algorithm == FractalAlgorithm::Julia) {
                all.c1RealLow = 1e-20 / 3;
                all.c2ImagLow = -1e-22 / 3;
            }
            QVERIFY(savePng(png, QImage(30, 20, QImage::Format_RGB32), all, colouring).has_value());
            QVERIFY(saveFsf(text, all, colouring).has_value());
            for (const QString& path : {png, text}) {
                const auto read = readPicture(path);
                QVERIFY2(read.has_value(), read ? "" : qPrintable(read.error()));
                QVERIFY2(read->parameter == all, qPrintable(path));
                QVERIFY(read->colouring == colouring);
            }
        }
    }
    void givenPaletteOfOnesOwn_whenSavedAsPictureOrParameters_thenItsColoursReadBack() {
        QTemporaryDir folder;
        const Colouring own{.palette = ownPaletteIndex(), .own = {0xff102030, 0xffff8000, 0xff00ff40}};
        const QString png = folder.filePath(QStringLiteral("a.png"));
        const QString text = folder.filePath(QStringLiteral("a.fsf"));
        QVERIFY(savePng(png, QImage(30, 20, QImage::Format_RGB32), parameter, own).has_value());
        QVERIFY(saveFsf(text, parameter, own).has_value());
        for (const QString& path : {png, text}) {
            const auto read = readPicture(path);
            QVERIFY2(read.has_value(), read ? "" : qPrintable(read.error()));
            QVERIFY2(read->colouring == own, qPrintable(path));
        }
    }
    void givenPictureWithSenselessWords_whenOpened_thenItIsNoneOfOurs() {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("c.png"));
        for (const double n : {2.5, 1e300}) {
            wire::FractalParameter wrong = parameter;
            wrong.algorithm = wire::FractalAlgorithm::Multibrot;
            wrong.n = n;
            QVERIFY(savePng(path, QImage(30, 20, QImage::Format_RGB32), wrong, {}).has_value());
            QVERIFY(!pictureOfPng(path).has_value());
            wrong.algorithm = wire::FractalAlgorithm{0x4b0000ff};
            QVERIFY(savePng(path, QImage(30, 20, QImage::Format_RGB32), wrong, {}).has_value());
            QVERIFY(!pictureOfPng(path).has_value());
        }
    }
    void givenForeignPicture_whenOpened_thenThatIsSaid() {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("b.png"));
        QImage(4, 4, QImage::Format_RGB32).save(path);
        QVERIFY(!pictureOfPng(path).has_value());
        QVERIFY(readPicture(path).error().contains(QStringLiteral("no picture that kolam-fractal has saved")));
        QVERIFY(!readPicture(folder.filePath(QStringLiteral("none.png"))).has_value());
    }
    void givenFolderThatIsNotThere_whenSaved_thenTheErrorNamesTheFile() {
        const auto saved =
            savePng(QStringLiteral("/nowhere/at/all.png"), QImage(1, 1, QImage::Format_RGB32), parameter, {});
        QVERIFY(!saved.has_value());
        QVERIFY(saved.error().contains(QStringLiteral("/nowhere/at/all.png")));
    }
    void givenParameterFile_whenOpened_thenItIsRead_whenBroken_thenTheErrorSaysWhere() {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a.fsf"));
        writeFile(path, fsf);
        const auto read = readPicture(path);
        QVERIFY2(read.has_value(), read ? "" : qPrintable(read.error()));
        QCOMPARE(read->parameter.c1Imag, 1.1);
        QCOMPARE(read->parameter.maxIterations, 100U);
        writeFile(path, QByteArray(fsf).replace("<C1Real>0.2", "<C1Real>zero"));
        QVERIFY(readPicture(path).error().contains(QStringLiteral("C1Real")));
        writeFile(path, "no XML at all");
        QVERIFY(!readPicture(path).has_value());
    }
    void givenFolder_whenShownInTheGallery_thenSmallPicturesComeOneByOne() {
        QTemporaryDir folder;
        for (int index = 0; index < 5; ++index) {
            writeFile(folder.filePath(QStringLiteral("0%1-small-picture.fsf").arg(index)), fsf);
        }
        writeFile(folder.filePath(QStringLiteral("broken.fsf")), "?");
        GalleryModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.addFolder(folder.path());
        QCOMPARE(model.rowCount(), 5);
        QCOMPARE(model.index(2).data().toString(), QStringLiteral("Small picture"));
        QCOMPARE(model.parameter(2).n, 3.0);
        const QImage empty = model.index(2).data(Qt::DecorationRole).value<QImage>();
        QTRY_VERIFY(model.index(2).data(Qt::DecorationRole).value<QImage>() != empty);
    }
    void givenFilesInTheGallery_whenTheySayNoColours_thenFittingOnesAreFoundAndElseTheirs() {
        QTemporaryDir folder;
        writeFile(folder.filePath(QStringLiteral("1-bare.fsf")), fsf);
        const Colouring worn{.palette = paletteIndex(QStringLiteral("copper")), .density = 3, .offset = 0.25};
        const auto bare = readPicture(folder.filePath(QStringLiteral("1-bare.fsf")));
        QVERIFY(bare.has_value() && !bare->colouring);
        QVERIFY(saveFsf(folder.filePath(QStringLiteral("2-worn.fsf")), bare->parameter, worn).has_value());
        GalleryModel model;
        model.addFolder(folder.path());
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.colouring(1), worn);
        QVERIFY(model.colouring(0) == fittingColours(bare->parameter));
        QTRY_VERIFY(model.index(0).data(Qt::DecorationRole).value<QImage>().width() > 104); // no empty ones any more
        QTRY_VERIFY(model.index(1).data(Qt::DecorationRole).value<QImage>().width() > 104);
        QVERIFY(model.index(0).data(Qt::DecorationRole).value<QImage>() !=
                model.index(1).data(Qt::DecorationRole).value<QImage>());
        // Wherever the counts of a picture lie, they go around the palette about once.
        for (const double width : {3.0, 1e-2, 1e-5, 1e-9}) {
            wire::FractalParameter place{.width = 64,
                                         .height = 48,
                                         .maxIterations = 4000,
                                         .algorithm = wire::FractalAlgorithm::SmoothMandelbrot};
            place.c1Real = -0.743643887 - width / 2;
            place.c2Real = -0.743643887 + width / 2;
            place.c1Imag = 0.131825904 + width * 3 / 8;
            place.c2Imag = 0.131825904 - width * 3 / 8;
            const Colouring fitting = fittingColours(place);
            QVERIFY(fitting == fittingColours(place)); // not by chance
            std::vector<quint32> counts = fractal::computeReference(place);
            std::erase(counts, place.maxIterations);
            std::ranges::sort(counts);
            const double first = colourRounds(counts[counts.size() / 20]) * fitting.density;
            const double last = colourRounds(counts[counts.size() * 19 / 20]) * fitting.density;
            QVERIFY2(last - first > 0.3 && last - first < 2, qPrintable(QString::number(last - first)));
            const double begin = first + fitting.offset;
            QVERIFY2(std::abs(begin - std::round(begin)) < 0.2, qPrintable(QString::number(begin)));
        }
    }
    void givenGalleryAtWork_whenItGoes_thenNothingIsWaitedFor() {
        QTemporaryDir folder;
        for (int index = 0; index < 40; ++index) {
            writeFile(folder.filePath(QStringLiteral("p%1.fsf").arg(index)),
                      QByteArray(fsf).replace(">100<", ">1000000<"));
        }
        GalleryModel model;
        model.addFolder(folder.path());
        for (int row = 0; row < model.rowCount(); ++row) {
            (void)model.index(row).data(Qt::DecorationRole);
        }
        QVERIFY(model.rowCount() == 40);
    }

    void givenCommandLine_whenRight_thenTheOptionsSaySo() {
        const auto options = parseCommandLine(
            {QStringLiteral("kolam-fractal"), QStringLiteral("--registrar"), QStringLiteral("127.0.0.1:4000"),
             QStringLiteral("--registrar=[::1]"), QStringLiteral("--pool"), QStringLiteral("P"),
             QStringLiteral("--profile"), QStringLiteral("demo"), QStringLiteral("--sessions"), QStringLiteral("64"),
             QStringLiteral("--size"), QStringLiteral("1440x900"), QStringLiteral("--transport"),
             QStringLiteral("user"), QStringLiteral("--insecure-lan"), QStringLiteral("--theme"),
             QStringLiteral("presenter"), QStringLiteral("--exit-after-complete")});
        QVERIFY2(options.has_value(), options ? "" : qPrintable(options.error().text));
        QCOMPARE(options->registrars.size(), std::size_t{2});
        QCOMPARE(options->registrars[1].port, std::uint16_t{3863});
        QCOMPARE(options->pool, QStringLiteral("P"));
        QVERIFY(options->profile == &demoProfile());
        QCOMPARE(options->sessions.value(), 64);
        QCOMPARE(options->windowSize.value(), QSize(1440, 900));
        QVERIFY(options->insecureLan && options->exitAfterComplete && !options->screenshotWhenComplete);
    }
    void givenCommandLine_whenWrong_thenTheErrorNamesTheOption_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* option, const char* value) {
            QTest::newRow(option) << QStringList{QLatin1String(option), QLatin1String(value)}
                                  << QString::fromLatin1(option);
        };
        row("--registrar", "example.org");
        row("--sessions", "65");
        row("--size", "big");
        row("--image", "0x7");
        row("--fsf", "/no/such/file.fsf");
        row("--profile", "hasty");
        row("--transport", "pigeon");
        row("--theme", "pink");
        row("--palette", "pink");
        row("--overlay", "pink");
        row("--pool", "");
        row("--at", "soon");
        row("--report", "/no/such/folder/report.json");
        row("--render", "/no/such/file.fsf");
        QTest::newRow("unknown") << QStringList{QStringLiteral("--colour")} << QStringLiteral("colour");
        QTest::newRow("stray") << QStringList{QStringLiteral("picture.fsf")} << QStringLiteral("picture.fsf");
    }
    void givenCommandLine_whenWrong_thenTheErrorNamesTheOption() {
        QFETCH(QStringList, arguments);
        QFETCH(QString, expected);
        QVERIFY2(errorOf(arguments).contains(expected), qPrintable(errorOf(arguments)));
    }
    void givenRender_whenAsked_thenOneFileToWriteIsNeededAndTheSizeMayBeAPosters() {
        QTemporaryDir folder;
        const QString in = folder.filePath(QStringLiteral("in.fsf"));
        const QString out = folder.filePath(QStringLiteral("out.png"));
        writeFile(in, fsf);
        const QStringList start{QStringLiteral("kolam-fractal"), QStringLiteral("--render"), in};
        const auto options =
            parseCommandLine(start + QStringList{out, QStringLiteral("--size"), QStringLiteral("21000x14850"),
                                                 QStringLiteral("--antialias"), QStringLiteral("3")});
        QVERIFY2(options.has_value(), options ? "" : qPrintable(options.error().text));
        QCOMPARE(options->renderTo, out);
        QCOMPARE(options->windowSize.value(), QSize(21000, 14850));
        QCOMPARE(options->antialias, 3);
        for (const QStringList& wrong :
             {QStringList{}, QStringList{out, out}, QStringList{QStringLiteral("out.jpeg")},
              QStringList{QStringLiteral("/no/such/folder/out.png")},
              QStringList{out, QStringLiteral("--antialias"), QStringLiteral("9")},
              QStringList{out, QStringLiteral("--frames=0")}, QStringList{out, QStringLiteral("--frames=10000")},
              QStringList{out, QStringLiteral("--antialias=4"), QStringLiteral("--size=21000x10")}}) {
            QVERIFY2(!parseCommandLine(start + wrong).has_value(), qPrintable(wrong.join(u' ')));
        }
    }
    void givenHelp_whenAsked_thenItIsNoError() {
        const auto help = parseCommandLine({QStringLiteral("kolam-fractal"), QStringLiteral("--help")});
        QVERIFY(!help.error().isError);
        for (const char* option : {"--registrar", "--control", "--screenshot", "--export-counts", "--report",
                                   "--insecure-lan", "--reset-settings", "--render", "--antialias"}) {
            QVERIFY2(help.error().text.contains(QLatin1String(option)), option);
        }
        QVERIFY(!parseCommandLine({QStringLiteral("kolam-fractal"), QStringLiteral("--version")}).error().isError);
    }
    void givenTheManPage_whenMade_thenItHasEveryOption() {
        const QString page = errorOf({QStringLiteral("--man-page")});
        QVERIFY(page.startsWith(QStringLiteral(".TH")) && !page.contains(QStringLiteral("ARGUMENTS")));
        static const QRegularExpression option(QStringLiteral("--[a-z-]+"));
        const QString help = errorOf({QStringLiteral("--help")});
        auto found = option.globalMatch(help);
        while (found.hasNext()) {
            const QString name = found.next().captured().replace(u'-', QStringLiteral("\\-"));
            QVERIFY2(page.contains(name), qPrintable(name));
        }
    }

    void givenDemonstration_whenItSpeaks_thenElementsAreKnown_whenTheWindowSpeaks_thenItIsHeard() {
        QTemporaryDir folder;
        QLocalServer server;
        QVERIFY(server.listen(folder.filePath(QStringLiteral("control"))));
        ControlClient client(server.fullServerName());
        QSignalSpy elements(&client, &ElementControl::elementChanged);
        QSignalSpy failures(&client, &ElementControl::failed);
        QTRY_VERIFY(server.hasPendingConnections());
        QLocalSocket* lab = server.nextPendingConnection();
        const auto member = [](const char* name, const char* component, const char* state) {
            return QByteArray(R"({"event":"member","kind":"element","pid":4711,"name":")") + name +
                   R"(","component":")" + component + R"(","state":")" + state + "\"}\n";
        };
        lab->write(member("pe-1", "element-0x0a000001", "running") + member("pe-2", "element-0x0a000002", "gone") +
                   member("pr-1", "registrar-0x0b000001", "running") + member("pe-3", "no component", "running") +
                   "not JSON\n{\"event\":\"err");
        lab->flush();
        QTRY_COMPARE(elements.count(), 2);
        lab->write("or\",\"text\":\"no such element\"}\n");
        QTRY_COMPARE(failures.count(), 1);
        QCOMPARE(failures[0][0].toString(), QStringLiteral("no such element"));
        const auto element = elements[0][0].value<ControlledElement>();
        QCOMPARE(element.identifier, PeIdentifier{0x0a000001});
        QCOMPARE(element.pid, 4711);
        QVERIFY(elements[1][0].value<ControlledElement>().state == ProcessState::Killed);
        client.kill(PeIdentifier{0x0a000001});
        client.restart(PeIdentifier{0x0a000002});
        client.reportProgress(0.25);
        client.reportProgress(0.26); // too soon after the other
        client.reportProgress(1);
        QByteArray heard;
        QTRY_VERIFY((heard += lab->readAll()).count('\n') == 4);
        QCOMPARE(heard, QByteArray("{\"do\":\"kill\",\"who\":[\"pe-1\"]}\n{\"do\":\"restart\",\"who\":[\"pe-2\"]}\n"
                                   "{\"do\":\"progress\",\"done\":0.25}\n{\"do\":\"progress\",\"done\":1.0}\n"));
        QSignalSpy gone(&client, &ElementControl::disconnected);
        lab->disconnectFromServer();
        QTRY_COMPARE(gone.count(), 1);
    }
    void givenNoDemonstration_whenConnected_thenThatIsSaid() {
        ControlClient client(QStringLiteral("/no/such/socket"));
        QSignalSpy failures(&client, &ElementControl::failed);
        QSignalSpy gone(&client, &ElementControl::disconnected);
        QTRY_COMPARE(failures.count() + gone.count(), 2);
    }
};

QTEST_MAIN(TestFiles)
#include "test_files.moc"
