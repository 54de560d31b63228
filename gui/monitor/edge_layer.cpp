// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/monitor/edge_layer.h"

#include "gui/monitor/map_painter.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPointer>
#include <QThreadPool>
#include <cmath>

namespace kolam::gui {

namespace {

constexpr double margin = 0.25; // of the window, on each side: so far it can be moved without white edges
constexpr std::size_t bundlesWithCounts = 400;

} // namespace

void EdgeLayer::setScene(Scene scene) {
    m_scene = std::make_shared<const Scene>(std::move(scene));
    ++m_version;
}

EdgeLayer::Picture EdgeLayer::make(const Scene& scene, const QTransform& toScreen, QSize window, double pixelRatio,
                                   quint64 version) {
    const QPointF origin(-margin * window.width(), -margin * window.height());
    const QSizeF size(window.width() * (1 + 2 * margin), window.height() * (1 + 2 * margin));
    Picture picture{.image = QImage((size * pixelRatio).toSize(), QImage::Format_ARGB32_Premultiplied),
                    .toScreen = toScreen,
                    .origin = origin,
                    .version = version};
    picture.image.setDevicePixelRatio(pixelRatio);
    picture.image.fill(Qt::transparent);
    QPainter painter(&picture.image);
    painter.translate(-origin);
    painter.setTransform(toScreen, true);
    const bool fine = scene.links.size() <= few;
    const auto place = [&](int node) { return scene.places[static_cast<std::size_t>(node)]; };
    for (const TopologyLink& link : scene.links) {
        paintLink(painter, link, place(link.from), place(link.to), scene.tokens, fine);
    }
    if (scene.links.size() <= bundlesWithCounts) {
        for (const TopologyLink& link : scene.links) {
            paintCount(painter, link, place(link.from), place(link.to), scene.tokens);
        }
    }
    return picture;
}

void EdgeLayer::paint(QPainter& painter, const QTransform& toScreen, QSize window, double pixelRatio) {
    const bool right = m_picture.version == m_version && m_picture.toScreen == toScreen && covers(toScreen, window);
    const bool moved =
        m_picture.version == m_version && covers(toScreen, window) && m_picture.toScreen.m11() == toScreen.m11();
    if (!right && !moved && !m_making) {
        if (m_scene->links.size() <= few) {
            take(make(*m_scene, toScreen, window, pixelRatio, m_version));
        } else {
            m_making = true;
            QThreadPool::globalInstance()->start(
                [self = QPointer(this), scene = m_scene, toScreen, window, pixelRatio, version = m_version] {
                    Picture made = make(*scene, toScreen, window, pixelRatio, version);
                    // Whether we are still there, only our own thread can know.
                    QMetaObject::invokeMethod(
                        QCoreApplication::instance(),
                        [self, made = std::move(made)]() mutable {
                            if (EdgeLayer* const layer = self.data(); layer != nullptr) {
                                layer->m_making = false;
                                layer->take(std::move(made));
                                emit layer->improved();
                            }
                        },
                        Qt::QueuedConnection);
                });
        }
    }
    if (m_picture.image.isNull()) {
        return;
    }
    // From the picture's points to the map's, and from there to the window of now.
    const QTransform shift = QTransform::fromTranslate(m_picture.origin.x(), m_picture.origin.y());
    painter.save();
    painter.setTransform(shift * m_picture.toScreen.inverted() * toScreen, true);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.drawImage(QPointF(), m_picture.image);
    painter.restore();
}

void EdgeLayer::take(Picture picture) {
    m_picture = std::move(picture);
    ++m_made;
}

bool EdgeLayer::covers(const QTransform& toScreen, QSize window) const {
    if (m_picture.image.isNull()) {
        return false;
    }
    const QTransform back = QTransform::fromTranslate(m_picture.origin.x(), m_picture.origin.y()) *
                            m_picture.toScreen.inverted() * toScreen;
    const QSizeF size = QSizeF(m_picture.image.size()) / m_picture.image.devicePixelRatio();
    return back.mapRect(QRectF(QPointF(), size)).adjusted(-1, -1, 1, 1).contains(QRectF(QPointF(), QSizeF(window)));
}

} // namespace kolam::gui
