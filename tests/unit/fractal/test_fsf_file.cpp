// SPDX-License-Identifier: GPL-3.0-or-later
// Parameter files: those that other programs wrote, our own, and those that are wrong.
#include "core/base/random.h"
#include "demos/users/fractal/fsf_file.h"

#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <bit>

using namespace kolam;
using namespace kolam::fractal;

namespace {

const std::string good = R"(<!DOCTYPE XMLFractalSave>
<FractalV1>
 <Algorithm>
  <AlgorithmName>MandelbrotN</AlgorithmName>
  <C1Real>2.3507508768668367e-01</C1Real>
  <C1Imag>1.5</C1Imag>
  <C2Real>-.25</C2Real>
  <C2Imag>+3</C2Imag>
  <Useroptions>
   <MaxIterations>1000</MaxIterations>
   <N>3</N>
  </Useroptions>
 </Algorithm>
 <ColorScheme>
  <ColorSchemeName>SimpleHSV</ColorSchemeName>
 </ColorScheme>
 <Resolution>640*480</Resolution>
</FractalV1>
)";

std::string with(std::string_view part, std::string_view replacement) {
    std::string text = good;
    text.replace(text.find(part), part.size(), replacement);
    return text;
}

std::vector<std::filesystem::path> filesIn(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code missing;
    for (const auto& entry : std::filesystem::directory_iterator(folder, missing)) {
        if (entry.path().extension() == ".fsf") {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    return files;
}

/// Reads every file and writes it again: the values stay, bit by bit.
void roundTrip(const std::vector<std::filesystem::path>& files) {
    for (const auto& path : files) {
        const auto file = readFsf(path);
        QVERIFY2(file, file ? "" : (path.string() + ":" + toText(file.error())).c_str());
        const auto again = parseFsf(formatFsf(*file));
        QVERIFY(again);
        QVERIFY2(*again == *file, path.c_str());
    }
}

} // namespace

class TestFsfFile : public QObject {
    Q_OBJECT
private slots:
    void givenGoodFile_whenRead_thenItsValuesAreThere() {
        const auto file = parseFsf(good);
        QVERIFY2(file, file ? "" : toText(file.error()).c_str());
        const wire::FractalParameter& parameter = file->parameter;
        QCOMPARE(parameter.algorithm, wire::FractalAlgorithm::MandelbrotN);
        QCOMPARE(parameter.c1Real, 2.3507508768668367e-01);
        QCOMPARE(parameter.c1Imag, 1.5);
        QCOMPARE(parameter.c2Real, -0.25);
        QCOMPARE(parameter.c2Imag, 3.0);
        QCOMPARE(parameter.maxIterations, 1000u);
        QCOMPARE(parameter.n, 3.0);
        QCOMPARE(parameter.width, 640u);
        QCOMPARE(parameter.height, 480u);
        QCOMPARE(file->colourScheme, std::string("SimpleHSV"));
    }

    void givenFilesOfDebiansPackage_whenRead_thenAllOfThemAreUnderstoodAndSurvive() {
        const auto files = filesIn("/usr/share/fgpconfig");
        if (files.empty()) {
            QSKIP("the package rsplib-fgp-cfgfiles is not installed (./dev test installs it)");
        }
        QCOMPARE(files.size(), std::size_t{250});
        roundTrip(files);
        // Ours differ from theirs in nothing.
        for (const auto& path : files) {
            QFile file(QString::fromStdString(path.string()));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const std::string text = file.readAll().toStdString();
            QCOMPARE(QString::fromStdString(formatFsf(*parseFsf(text))), QString::fromStdString(text));
        }
    }

    void givenOurGallery_whenRead_thenItIsADozenAndAllSurvive() {
        const auto files = filesIn(KOLAM_SOURCE "/demos/users/fractal/gallery");
        QVERIFY(files.size() >= 12);
        roundTrip(files);
    }

    void givenRandomParameters_whenWrittenAndRead_thenEveryBitSurvives() {
        Random random{3};
        for (int i = 0; i < 2'000; ++i) {
            FsfFile file;
            for (double* number : {&file.parameter.c1Real, &file.parameter.c1Imag, &file.parameter.c2Real,
                                   &file.parameter.c2Imag, &file.parameter.n}) {
                do {
                    *number = std::bit_cast<double>(random());
                } while (!std::isfinite(*number));
            }
            file.parameter.algorithm = wire::FractalAlgorithm::MandelbrotN;
            file.parameter.width = static_cast<std::uint32_t>(1 + random.below(65536));
            file.parameter.height = static_cast<std::uint32_t>(1 + random.below(65536));
            file.parameter.maxIterations = static_cast<std::uint32_t>(1 + random.below(1'000'000));
            file.colourScheme = "a<b>&c";
            const auto again = parseFsf(formatFsf(file));
            QVERIFY2(again, again ? "" : toText(again.error()).c_str());
            QVERIFY(*again == file);
        }
    }

    void givenExtendedFractals_whenWritten_thenOtherProgramsFindTheNearestThatTheyKnow() {
        using wire::FractalAlgorithm;
        FsfFile file;
        file.parameter = {.width = 100,
                          .height = 50,
                          .maxIterations = 70,
                          .algorithm = FractalAlgorithm::SmoothMandelbrot,
                          .c1Real = -0.75,
                          .c1Imag = 0.125,
                          .c2Real = -0.5,
                          .c2Imag = 0.0625};
        file.look = FsfLook{.palette = "a<b", .density = 1.0 / 3, .offset = 0.25};
        const std::string text = formatFsf(file);
        QVERIFY(parseFsf(text) == file);
        // Whoever does not know our element, sees this.
        std::string foreign = text;
        foreign.erase(foreign.find(" <kolam:Fractal"),
                      foreign.find("</kolam:Fractal>\n") + 17 - foreign.find(" <kolam:Fractal"));
        const auto classic = parseFsf(foreign);
        QVERIFY2(classic, classic ? "" : toText(classic.error()).c_str());
        QVERIFY(classic->parameter.algorithm == FractalAlgorithm::Mandelbrot);
        QCOMPARE(classic->parameter.c1Real, 0.75); // z^2 - c
        QCOMPARE(classic->parameter.c2Imag, -0.0625);
        QVERIFY(!classic->look);
        file.parameter.algorithm = FractalAlgorithm::Julia;
        file.parameter.kReal = 0.1;
        QVERIFY(parseFsf(formatFsf(file)) == file);
        file.parameter.algorithm = FractalAlgorithm::Multibrot;
        file.parameter.n = 2.5;
        const auto wrong = parseFsf(formatFsf(file));
        QVERIFY(!wrong);
        QVERIFY(toText(wrong.error()).ends_with("the power is no whole number from 2 to 16"));
        std::string unknown = text;
        unknown.replace(unknown.find("SmoothMandelbrot"), 16, "Unknown");
        QVERIFY(toText(parseFsf(unknown).error()).ends_with("there is no algorithm \"Unknown\""));
    }

    void givenFile_whenWrittenToDisk_thenItIsReadBack() {
        const QTemporaryDir folder;
        const std::filesystem::path path = folder.filePath(QStringLiteral("new.fsf")).toStdString();
        FsfFile file;
        file.parameter = {.width = 100, .height = 50, .maxIterations = 7, .c1Real = -1, .c2Real = 2};
        QVERIFY(writeFsf(path, file).has_value());
        QCOMPARE(readFsf(path)->parameter, file.parameter);
        QVERIFY(!writeFsf(path / "no folder" / "x.fsf", file).has_value());
        QVERIFY(!readFsf(path / "no folder").has_value());
    }

    void givenFileWithoutOptions_whenRead_thenDefaultsAreThere() {
        const auto file = parseFsf(with("  <Useroptions>\n   <MaxIterations>1000</MaxIterations>\n   <N>3</N>\n"
                                        "  </Useroptions>\n",
                                        "  <Something new=\"1\">x</Something>\n"));
        QVERIFY(file);
        QCOMPARE(file->parameter.maxIterations, 1024u);
        QCOMPARE(file->parameter.n, 2.0);
        QCOMPARE(parseFsf(with(" <Resolution>640*480</Resolution>\n", ""))->parameter.width, 800u);
    }

    void givenWrongFile_whenRead_thenTheErrorSaysWhatAndWhere_data() {
        QTest::addColumn<QString>("part");
        QTest::addColumn<QString>("replacement");
        QTest::addColumn<QString>("error");
        QTest::newRow("no number") << "1.5" << "1.5x" << "6:4: C1Imag is no number";
        QTest::newRow("infinite") << "1.5" << "inf" << "6:4: C1Imag is no number";
        QTest::newRow("empty number") << "1.5" << "" << "6:4: C1Imag is no number";
        QTest::newRow("missing") << "<C1Imag>1.5</C1Imag>" << "" << "3:3: C1Imag is missing";
        QTest::newRow("algorithm") << "MandelbrotN" << "Julia" << "4:4: there is no algorithm \"Julia\"";
        QTest::newRow("iterations") << ">1000<" << ">1000001<" << "10:5: MaxIterations is not within 1 and 1000000";
        QTest::newRow("no iterations") << ">1000<" << ">0<" << "10:5: MaxIterations is not within 1 and 1000000";
        QTest::newRow("negative") << ">1000<" << ">-5<" << "10:5: MaxIterations is not within 1 and 1000000";
        QTest::newRow("resolution") << "640*480" << "640x480"
                                    << "17:3: Resolution is not of the form WIDTH*HEIGHT";
        QTest::newRow("width") << "640*480" << "65537*480" << "17:3: Resolution is not within 1 and 65536";
        QTest::newRow("root") << "FractalV1" << "FractalV2" << "2:1: ";
    }
    void givenWrongFile_whenRead_thenTheErrorSaysWhatAndWhere() {
        QFETCH(QString, part);
        QFETCH(QString, replacement);
        QFETCH(QString, error);
        const auto file = parseFsf(with(part.toStdString(), replacement.toStdString()));
        QVERIFY(!file);
        if (error != QStringLiteral("2:1: ")) {
            QCOMPARE(QString::fromStdString(toText(file.error())), error);
        }
    }

    void givenEveryTruncationAndRandomChanges_whenRead_thenNothingBadHappens() {
        for (std::size_t length = 0; length < good.size(); ++length) {
            (void)parseFsf(std::string_view{good}.substr(0, length));
        }
        Random random{9};
        for (int i = 0; i < 5'000; ++i) {
            std::string text = good;
            for (std::uint64_t changes = 1 + random.below(4); changes > 0; --changes) {
                text[random.below(text.size())] = static_cast<char>(random.below(256));
            }
            if (const auto file = parseFsf(text)) {
                QVERIFY(file->parameter.width >= 1 && file->parameter.width <= 65536);
            }
        }
        QVERIFY(!parseFsf(std::string(2'000'000, ' ')));
        std::string deep;
        for (int i = 0; i < 100'000; ++i) {
            deep += "<a>";
        }
        QVERIFY(!parseFsf(deep));
    }
};

QTEST_APPLESS_MAIN(TestFsfFile)
#include "test_fsf_file.moc"
