// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/thumbnail_maker.h"

#include "demos/users/fractal/fractal_reference.h"
#include "gui/fractal/fitting_colours.h"
#include "gui/fractal/iteration_image.h"
#include "gui/fractal/picture.h"

#include <QThread>
#include <utility>

namespace kolam::gui {

namespace {

constexpr quint32 thumbnailIterations = 2000; // enough to look right when small

} // namespace

QImage computedAtHome(const wire::FractalParameter& parameter, const Colouring& colouring,
                      const std::function<bool()>& cancelled) {
    IterationImage image;
    image.setColouring(colouring);
    const QSize size(static_cast<int>(parameter.width), static_cast<int>(parameter.height));
    std::vector<quint32> counts;
    std::vector<quint32> fractions;
    if (wire::isExtended(parameter.algorithm)) {
        image.begin(size, parameter.maxIterations, IterationImage::Kind::Smooth, rootsOf(parameter));
        for (const std::uint64_t count :
             fractal::computeSmoothReference(parameter, fractal::TileGrid::defaultSide, 1, cancelled)) {
            counts.push_back(static_cast<quint32>(count >> 32U));
            fractions.push_back(static_cast<quint32>(count));
        }
    } else {
        image.begin(size, parameter.maxIterations);
        counts = fractal::computeReference(parameter, fractal::TileGrid::defaultSide, 1, cancelled);
    }
    if (counts.empty()) {
        return {};
    }
    for (quint32 y = 0; y < parameter.height; ++y) {
        const std::size_t first = static_cast<std::size_t>(y) * parameter.width;
        image.write(0, y, std::span(counts).subspan(first, parameter.width),
                    fractions.empty() ? std::span<const quint32>()
                                      : std::span(std::as_const(fractions)).subspan(first, parameter.width));
    }
    return image.image();
}

ThumbnailMaker::ThumbnailMaker(QSize size, QObject* parent) : QObject(parent), m_size(size) {
    m_workers.setMaxThreadCount(1); // the cores are the pool's
    m_workers.setThreadPriority(QThread::LowestPriority);
}

ThumbnailMaker::~ThumbnailMaker() {
    m_cancelled = true;
    m_workers.clear();
    m_workers.waitForDone();
}

void ThumbnailMaker::request(int key, const wire::FractalParameter& parameter,
                             const std::optional<Colouring>& colouring) {
    wire::FractalParameter small = parameter;
    small.width = static_cast<quint32>(m_size.width());
    small.height = static_cast<quint32>(m_size.height());
    small.maxIterations = std::min(small.maxIterations, thumbnailIterations);
    m_workers.start([this, key, parameter, small, colouring] { // the destructor waits, so `this` lives
        const auto cancelled = [this] { return m_cancelled.load(); };
        const QImage image =
            computedAtHome(small, colouring ? *colouring : fittingColours(parameter, cancelled), cancelled);
        if (!image.isNull()) {
            emit made(key, image); // queued: the receiver lives in another thread
        }
    });
}

} // namespace kolam::gui
