// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/picture_file.h"

#include "demos/users/fractal/fsf_file.h"

#include <QCoreApplication>
#include <QFile>
#include <QImageReader>
#include <QImageWriter>
#include <QSaveFile>
#include <cmath>

namespace kolam::gui {

namespace {

struct PictureFileWords {
    Q_DECLARE_TR_FUNCTIONS(PictureFile)
};

QString exact(double value) {
    return QString::number(value, 'g', 17);
} // reads back bit by bit

} // namespace

std::expected<void, QString> savePng(const QString& path, const QImage& image, const wire::FractalParameter& parameter,
                                     const Colouring& colouring) {
    QSaveFile file(path); // an earlier picture is replaced only by a whole one
    if (!file.open(QIODevice::WriteOnly)) {
        return std::unexpected(PictureFileWords::tr("%1 cannot be written: %2").arg(path, file.errorString()));
    }
    QImageWriter writer(&file, "png");
    const std::pair<const char*, QString> texts[]{
        {"Software", QStringLiteral("kolam-fractal")},
        {"Algorithm", QString::number(static_cast<quint32>(parameter.algorithm))},
        {"MaxIterations", QString::number(parameter.maxIterations)},
        {"C1Real", exact(parameter.c1Real)},
        {"C1Imag", exact(parameter.c1Imag)},
        {"C2Real", exact(parameter.c2Real)},
        {"C2Imag", exact(parameter.c2Imag)},
        {"N", exact(parameter.n)},
        {"Palette", QLatin1String(palettes()[static_cast<std::size_t>(colouring.palette)].key)},
    };
    for (const auto& [key, value] : texts) {
        writer.setText(QLatin1String(key), value);
    }
    if (!writer.write(image)) {
        return std::unexpected(PictureFileWords::tr("%1 cannot be written: %2").arg(path, writer.errorString()));
    }
    if (!file.commit()) {
        return std::unexpected(PictureFileWords::tr("%1 cannot be written: %2").arg(path, file.errorString()));
    }
    return {};
}

std::optional<wire::FractalParameter> parameterOfPng(const QString& path) {
    QImageReader reader(path);
    const QSize size = reader.size();
    bool whole = reader.text(QStringLiteral("Software")) == u"kolam-fractal" && size.isValid();
    const auto number = [&](const char* key) {
        bool isNumber = false;
        const double value = reader.text(QLatin1String(key)).toDouble(&isNumber);
        whole = whole && isNumber && std::isfinite(value);
        return value;
    };
    wire::FractalParameter parameter;
    const double algorithm = number("Algorithm");
    const double iterations = number("MaxIterations");
    parameter.c1Real = number("C1Real");
    parameter.c1Imag = number("C1Imag");
    parameter.c2Real = number("C2Real");
    parameter.c2Imag = number("C2Imag");
    parameter.n = number("N");
    if (!whole || (algorithm != 1 && algorithm != 2) || iterations < 1 ||
        iterations > wire::FractalParameter::maxIterationLimit) {
        return {};
    }
    parameter.algorithm = static_cast<wire::FractalAlgorithm>(static_cast<quint32>(algorithm));
    parameter.maxIterations = static_cast<quint32>(iterations);
    parameter.width = static_cast<quint32>(size.width());
    parameter.height = static_cast<quint32>(size.height());
    return parameter;
}

std::expected<wire::FractalParameter, QString> readParameter(const QString& path) {
    if (path.endsWith(QLatin1String(".png"), Qt::CaseInsensitive)) {
        if (const auto parameter = parameterOfPng(path)) {
            return *parameter;
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
    return parsed->parameter;
}

} // namespace kolam::gui
