// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/picture_file.h"

#include "demos/services/fractal/smooth_plane.h"
#include "demos/users/fractal/fsf_file.h"

#include <QCoreApplication>
#include <QFile>
#include <QImageReader>
#include <QImageWriter>
#include <QSaveFile>
#include <algorithm>
#include <cmath>
#include <utility>

namespace kolam::gui {

namespace {

struct PictureFileWords {
    Q_DECLARE_TR_FUNCTIONS(PictureFile)
};

QByteArray exact(double value) {
    return QByteArray::number(value, 'g', 17);
} // reads back bit by bit

/// A colouring as a file says it: numbers that make no sense are the usual ones.
std::optional<Colouring> colouringOf(const QString& palette, double density, double offset, const QString& own) {
    if (palette.isEmpty()) {
        return {};
    }
    return Colouring{.palette = paletteIndex(palette),
                     .density = std::clamp(density, lowestDensity, highestDensity),
                     .offset = std::clamp(offset, 0.0, 1.0),
                     .own = stopsFromText(own)};
}

} // namespace

std::vector<std::pair<QByteArray, QByteArray>> wordsOf(const wire::FractalParameter& parameter,
                                                       const Colouring& colouring) {
    std::vector<std::pair<QByteArray, QByteArray>> words{
        {"Software", "kolam-fractal"},
        {"Algorithm", QByteArray::number(static_cast<quint32>(parameter.algorithm))},
        {"MaxIterations", QByteArray::number(parameter.maxIterations)},
        {"C1Real", exact(parameter.c1Real)},
        {"C1Imag", exact(parameter.c1Imag)},
        {"C2Real", exact(parameter.c2Real)},
        {"C2Imag", exact(parameter.c2Imag)},
        {"N", exact(parameter.n)},
        {"KReal", exact(parameter.kReal)},
        {"KImag", exact(parameter.kImag)},
        {"Palette", palettes()[static_cast<std::size_t>(colouring.palette)].key},
        {"Density", exact(colouring.density)},
        {"Offset", exact(colouring.offset)},
    };
    if (colouring.palette == ownPaletteIndex()) {
        words.emplace_back("Colours", stopsAsText(stopsOf(colouring)).toLatin1());
    }
    if (parameter.isDeep()) {
        words.insert(words.end(), {{"C1RealLow", exact(parameter.c1RealLow)},
                                   {"C1ImagLow", exact(parameter.c1ImagLow)},
                                   {"C2RealLow", exact(parameter.c2RealLow)},
                                   {"C2ImagLow", exact(parameter.c2ImagLow)}});
    }
    return words;
}

std::expected<void, QString> savePng(const QString& path, const QImage& image, const wire::FractalParameter& parameter,
                                     const Colouring& colouring) {
    QSaveFile file(path); // an earlier picture is replaced only by a whole one
    if (!file.open(QIODevice::WriteOnly)) {
        return std::unexpected(PictureFileWords::tr("%1 cannot be written: %2").arg(path, file.errorString()));
    }
    QImageWriter writer(&file, "png");
    for (const auto& [key, value] : wordsOf(parameter, colouring)) {
        writer.setText(QLatin1String(key), QLatin1String(value));
    }
    if (!writer.write(image)) {
        return std::unexpected(PictureFileWords::tr("%1 cannot be written: %2").arg(path, writer.errorString()));
    }
    if (!file.commit()) {
        return std::unexpected(PictureFileWords::tr("%1 cannot be written: %2").arg(path, file.errorString()));
    }
    return {};
}

std::expected<void, QString> saveFsf(const QString& path, const wire::FractalParameter& parameter,
                                     const Colouring& colouring) {
    fractal::FsfLook look{.palette = palettes()[static_cast<std::size_t>(colouring.palette)].key,
                          .density = colouring.density,
                          .offset = colouring.offset,
                          .stops = {}};
    if (colouring.palette == ownPaletteIndex()) {
        look.stops = stopsAsText(stopsOf(colouring)).toStdString();
    }
    const fractal::FsfFile file{.parameter = parameter, .look = std::move(look)};
    const auto saved = fractal::writeFsf(path.toStdString(), file);
    return saved ? std::expected<void, QString>{}
                 : std::unexpected(QStringLiteral("%1: %2").arg(path, QString::fromStdString(saved.error().message)));
}

std::optional<RememberedPicture> pictureOfPng(const QString& path) {
    QImageReader reader(path);
    const QSize size = reader.size();
    bool whole = reader.text(QStringLiteral("Software")) == u"kolam-fractal" && size.isValid();
    const auto number = [&](const char* key, std::optional<double> otherwise = {}) {
        const QString text = reader.text(QLatin1String(key));
        if (text.isEmpty() && otherwise) {
            return *otherwise; // an older picture
        }
        bool isNumber = false;
        const double value = text.toDouble(&isNumber);
        whole = whole && isNumber && std::isfinite(value);
        return value;
    };
    RememberedPicture picture;
    wire::FractalParameter& parameter = picture.parameter;
    const double algorithm = number("Algorithm");
    const double iterations = number("MaxIterations");
    parameter.c1Real = number("C1Real");
    parameter.c1Imag = number("C1Imag");
    parameter.c2Real = number("C2Real");
    parameter.c2Imag = number("C2Imag");
    parameter.n = number("N");
    parameter.kReal = number("KReal", 0.0);
    parameter.kImag = number("KImag", 0.0);
    parameter.c1RealLow = number("C1RealLow", 0.0);
    parameter.c1ImagLow = number("C1ImagLow", 0.0);
    parameter.c2RealLow = number("C2RealLow", 0.0);
    parameter.c2ImagLow = number("C2ImagLow", 0.0);
    const double density = number("Density", 1.0);
    const double offset = number("Offset", 0.0);
    if (!whole || algorithm < 1 || algorithm > 0xffffffff || iterations < 1 ||
        iterations > wire::FractalParameter::maxIterationLimit) {
        return {};
    }
    parameter.algorithm = static_cast<wire::FractalAlgorithm>(static_cast<quint32>(algorithm));
    parameter.maxIterations = static_cast<quint32>(iterations);
    parameter.width = static_cast<quint32>(size.width());
    parameter.height = static_cast<quint32>(size.height());
    const bool known = wire::isExtended(parameter.algorithm)
                           ? fractal::objection({.parameter = parameter}).empty()
                           : parameter.algorithm == wire::FractalAlgorithm::Mandelbrot ||
                                 parameter.algorithm == wire::FractalAlgorithm::MandelbrotN;
    if (!known) {
        return {};
    }
    picture.colouring =
        colouringOf(reader.text(QStringLiteral("Palette")), density, offset, reader.text(QStringLiteral("Colours")));
    return picture;
}

std::expected<RememberedPicture, QString> readPicture(const QString& path) {
    if (path.endsWith(QLatin1String(".png"), Qt::CaseInsensitive)) {
        if (const auto picture = pictureOfPng(path)) {
            return *picture;
        }
        return std::unexpected(PictureFileWords::tr("%1 is no picture that kolam-fractal has saved.").arg(path));
    }
    QFile file(path);
    constexpr qint64 largest = 1024 * 1024; // octets; parameter files have a thousand
    if (!file.open(QIODevice::ReadOnly)) {
        return std::unexpected(PictureFileWords::tr("%1 cannot be read: %2").arg(path, file.errorString()));
    }
    const QByteArray text = file.read(largest);
    const auto parsed = fractal::parseFsf({text.constData(), static_cast<std::size_t>(text.size())});
    if (!parsed) {
        return std::unexpected(QStringLiteral("%1: %2").arg(path, QString::fromStdString(toText(parsed.error()))));
    }
    RememberedPicture picture{.parameter = parsed->parameter, .colouring = {}};
    if (parsed->look) {
        picture.colouring = colouringOf(QString::fromStdString(parsed->look->palette), parsed->look->density,
                                        parsed->look->offset, QString::fromStdString(parsed->look->stops));
    }
    return picture;
}

} // namespace kolam::gui
