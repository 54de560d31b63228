// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/thumbnail_maker.h"

#include "demos/users/fractal/fractal_reference.h"
#include "gui/fractal/iteration_image.h"

#include <QThread>

namespace kolam::gui {

namespace {

constexpr quint32 thumbnailIterations = 2000; // enough to look right when small

} // namespace

ThumbnailMaker::ThumbnailMaker(QSize size, QObject* parent) : QObject(parent), m_size(size) {
    m_workers.setMaxThreadCount(1); // the cores are the pool's
    m_workers.setThreadPriority(QThread::LowestPriority);
}

ThumbnailMaker::~ThumbnailMaker() {
    m_cancelled = true;
    m_workers.clear();
    m_workers.waitForDone();
}

void ThumbnailMaker::request(int key, const wire::FractalParameter& parameter) {
    wire::FractalParameter small = parameter;
    small.width = static_cast<quint32>(m_size.width());
    small.height = static_cast<quint32>(m_size.height());
    small.maxIterations = std::min(small.maxIterations, thumbnailIterations);
    m_workers.start([this, key, small] { // the destructor waits, so `this` lives
        const std::vector<quint32> counts =
            fractal::computeReference(small, fractal::TileGrid::defaultSide, 1, [this] { return m_cancelled.load(); });
        if (counts.empty()) {
            return;
        }
        IterationImage image;
        image.begin(m_size, small.maxIterations);
        for (quint32 y = 0; y < small.height; ++y) {
            image.write(0, y, std::span(counts).subspan(static_cast<std::size_t>(y) * small.width, small.width));
        }
        emit made(key, image.image()); // queued: the receiver lives in another thread
    });
}

} // namespace kolam::gui
