// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/zoom_flight.h"

#include "gui/fractal/navigation.h"

#include <QFileInfo>
#include <algorithm>
#include <utility>

namespace kolam::gui {

ZoomFlight::ZoomFlight(FractalBackend& backend, PictureRender::Config last, int frames, QObject* parent)
    : QObject(parent)
    , m_backend(backend)
    , m_last(std::move(last))
    , m_frames(std::max(2, frames)) {}

QString ZoomFlight::pathOf(int frame) const {
    const QFileInfo file(m_last.path);
    return QStringLiteral("%1/%2-%3.png")
        .arg(file.path(), file.completeBaseName())
        .arg(frame + 1, 4, 10, QLatin1Char('0'));
}

ViewRect ZoomFlight::viewOf(int frame) const {
    const ViewRect whole = homeView(m_last.picture.parameter.algorithm).fitted(m_last.size);
    const ViewRect place = placeOf(m_last.picture.parameter).view.fitted(m_last.size);
    return whole.towards(place, static_cast<double>(frame) / (m_frames - 1));
}

void ZoomFlight::next() {
    PictureRender::Config config = m_last;
    config.path = pathOf(m_done);
    config.view = viewOf(m_done);
    m_frame = std::make_unique<PictureRender>(m_backend, std::move(config));
    connect(m_frame.get(), &PictureRender::failed, this, &ZoomFlight::failed);
    connect(m_frame.get(), &PictureRender::becameCompatible, this, [this] {
        if (!std::exchange(m_toldCompatible, true)) {
            emit becameCompatible();
        }
    });
    // Queued: the frame that ends is still on the stack.
    connect(
        m_frame.get(), &PictureRender::completed, this,
        [this] {
            emit progressed(++m_done, m_frames);
            if (m_done < m_frames) {
                next();
            } else {
                emit completed();
            }
        },
        Qt::QueuedConnection);
    m_frame->start();
}

} // namespace kolam::gui
