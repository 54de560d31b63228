// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/picture_render.h"

#include "demos/users/fractal/compatible.h"
#include "demos/users/fractal/tile_grid.h"
#include "gui/fractal/navigation.h"
#include "gui/fractal/picture.h"

#include <algorithm>
#include <utility>

namespace kolam::gui {

using fractal::ImageState;

namespace {

/// Every pixel the mean of `times` x `times` points.
QImage shrunk(const QImage& image, int times) {
    if (times == 1) {
        return image;
    }
    QImage small(image.width() / times, image.height() / times, QImage::Format_RGB32);
    for (int y = 0; y < small.height(); ++y) {
        auto* row = reinterpret_cast<QRgb*>(small.scanLine(y));
        for (int x = 0; x < small.width(); ++x) {
            int red = 0;
            int green = 0;
            int blue = 0;
            for (int part = 0; part < times * times; ++part) {
                const QRgb colour = reinterpret_cast<const QRgb*>(
                    image.constScanLine(y * times + part / times))[x * times + part % times];
                red += qRed(colour);
                green += qGreen(colour);
                blue += qBlue(colour);
            }
            const int points = times * times;
            row[x] = qRgb((red + points / 2) / points, (green + points / 2) / points, (blue + points / 2) / points);
        }
    }
    return small;
}

} // namespace

PictureRender::PictureRender(FractalBackend& backend, Config config, QObject* parent)
    : QObject(parent)
    , m_backend(backend)
    , m_config(std::move(config))
    , m_whole(parameterOf(place(), m_config.size * m_config.antialias))
    , m_colouring(m_config.picture.colouring.value_or(Colouring{})) {
    connect(&m_backend, &FractalBackend::updated, this, &PictureRender::take);
}

Place PictureRender::place() const {
    Place place = placeOf(m_config.picture.parameter);
    place.view = m_config.view.value_or(place.view);
    return place;
}

void PictureRender::start() {
    m_strip.setColouring(m_colouring);
    begin();
}

void PictureRender::begin() {
    m_stream.reset();
    m_file = std::make_unique<QSaveFile>(m_config.path); // an earlier picture is replaced only by a whole one
    if (!m_file->open(QIODevice::WriteOnly)) {
        return fail(tr("%1 cannot be written: %2").arg(m_config.path, m_file->errorString()));
    }
    const wire::FractalParameter remembered = parameterOf(place(), m_config.size);
    m_stream = std::make_unique<PngStream>(*m_file, m_config.size, wordsOf(remembered, m_colouring));
    m_row = 0;
    nextStrip();
}

wire::FractalParameter PictureRender::stripParameter() const {
    const auto times = static_cast<quint32>(m_config.antialias);
    return fractal::tileParameter(m_whole, {.x = 0,
                                            .y = static_cast<quint32>(m_row) * times,
                                            .width = m_whole.width,
                                            .height = static_cast<quint32>(m_stripRows) * times});
}

void PictureRender::nextStrip() {
    const quint64 pointsOfRow = quint64{m_whole.width} * static_cast<quint64>(m_config.antialias);
    const auto rows = static_cast<int>(std::max<quint64>(1, m_config.strip / pointsOfRow));
    m_stripRows = std::min({rows, m_config.size.height() - m_row, 65536 / m_config.antialias});
    m_backend.start(stripParameter(), fractal::CoarsePass::No);
}

void PictureRender::take(const UpdatePointer& update) {
    if (m_over || update->parameter != stripParameter()) {
        return; // of a strip that nobody wants any more
    }
    if (update->progress.compatible && !m_compatible) {
        // A picture is of one kind: what there is of the other one is begun again.
        m_compatible = true;
        m_whole = fractal::classicOf(m_whole).value_or(m_whole);
        emit becameCompatible();
        return begin();
    }
    if (update->progress.nobodyKnowsIt) {
        return fail(tr("no element of the pool knows this fractal"));
    }
    if (update->progress.state == ImageState::Refused) {
        return fail(
            tr("an element does not compute this picture: %1").arg(QString::fromStdString(update->progress.refusal)));
    }
    if (update->begins) {
        const bool smooth = wire::isExtended(update->computed.algorithm);
        m_strip.begin(QSize(static_cast<int>(update->parameter.width), static_cast<int>(update->parameter.height)),
                      update->parameter.maxIterations,
                      smooth ? IterationImage::Kind::Smooth : IterationImage::Kind::Banded, rootsOf(update->computed));
    }
    m_strip.write(*update, update->pieces);
    if (update->progress.state == ImageState::Complete) {
        finishStrip();
    }
}

void PictureRender::finishStrip() {
    if (!m_stream->write(shrunk(m_strip.image(), m_config.antialias))) {
        return fail(tr("%1 cannot be written: %2").arg(m_config.path, m_file->errorString()));
    }
    m_row += m_stripRows;
    emit progressed(m_row, m_config.size.height());
    if (m_row < m_config.size.height()) {
        return nextStrip();
    }
    if (!m_stream->finish() || !m_file->commit()) {
        return fail(tr("%1 cannot be written: %2").arg(m_config.path, m_file->errorString()));
    }
    m_over = true;
    emit completed();
}

double PictureRender::done(const fractal::FractalUpdate& update) const {
    const bool isOurs = !m_over && update.parameter == stripParameter();
    const double strip = isOurs ? static_cast<double>(update.progress.points) /
                                      static_cast<double>(std::max<quint64>(1, update.progress.pointsTotal))
                                : 0.0;
    return (m_row + strip * m_stripRows) / m_config.size.height();
}

void PictureRender::fail(const QString& why) {
    m_over = true;
    m_backend.cancel();
    m_stream.reset();
    m_file.reset(); // without commit(): nothing has changed
    emit failed(why);
}

} // namespace kolam::gui
