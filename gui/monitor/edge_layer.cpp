// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/monitor/edge_layer.h"

#include "gui/monitor/map_painter.h"

#include <QCoreApplication>
#include <QList>
#include <QPainter>
#include <QPointer>
#include <QThreadPool>
#include <map>

namespace kolam::gui {

namespace {

constexpr double margin = 0.25; // of the window, on each side: so far it can be moved without white edges
constexpr std::size_t bundlesWithCounts = 400;
constexpr int restMilliseconds = 120; // without a movement
constexpr double mostStretched = 1.6; // and shrunk as far, while it moves

QPointF placeIn(const EdgeLayer::Scene& scene, int node) {
    return scene.places[static_cast<std::size_t>(node)];
}

void paintFine(QPainter& painter, const EdgeLayer::Scene& scene) {
    for (const TopologyLink& link : scene.links) {
        paintLink(painter, link, placeIn(scene, link.from), placeIn(scene, link.to), scene.tokens);
    }
    if (scene.links.size() <= bundlesWithCounts) {
        for (const TopologyLink& link : scene.links) {
            paintCount(painter, link, placeIn(scene, link.from), placeIn(scene, link.to), scene.tokens);
        }
    }
}

/// One pixel wide, all of one colour together.
void paintPlain(QPainter& painter, const EdgeLayer::Scene& scene) {
    std::map<QRgb, QList<QLineF>> lines;
    for (const TopologyLink& link : scene.links) {
        lines[linkColour(link, scene.tokens).rgb()].emplaceBack(placeIn(scene, link.from), placeIn(scene, link.to));
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (const auto& [colour, ofColour] : lines) {
        painter.setPen(QPen(QColor::fromRgb(colour), 0));
        painter.drawLines(ofColour);
    }
}

} // namespace

EdgeLayer::EdgeLayer(QObject* parent) : QObject(parent) {
    m_rest.setSingleShot(true);
    m_rest.setInterval(restMilliseconds);
    connect(&m_rest, &QTimer::timeout, this, [this] {
        if (!m_isRight) {
            emit improved(); // with the next picture of the window, a better one of links is made
        }
    });
}

void EdgeLayer::setScene(Scene scene) {
    m_scene = std::make_shared<const Scene>(std::move(scene));
    ++m_version;
}

void EdgeLayer::paintLines(QPainter& painter, const Scene& scene, const QTransform& toScreen) {
    painter.save();
    painter.setTransform(toScreen, true);
    scene.links.size() <= few ? paintFine(painter, scene) : paintPlain(painter, scene);
    painter.restore();
}

EdgeLayer::Picture EdgeLayer::make(const Scene& scene, const QTransform& toScreen, QSize window, double pixelRatio,
                                   quint64 version) {
    const QPointF origin(-margin * window.width(), -margin * window.height());
    const QSizeF size(window.width() * (1 + 2 * margin), window.height() * (1 + 2 * margin));
    // Many with their ground, because what is opaque is stretched several times faster; below few, more is to be seen.
    const bool opaque = scene.links.size() > few;
    Picture picture{.image = QImage((size * pixelRatio).toSize(),
                                    opaque ? QImage::Format_RGB32 : QImage::Format_ARGB32_Premultiplied),
                    .toScreen = toScreen,
                    .origin = origin,
                    .version = version};
    picture.image.setDevicePixelRatio(pixelRatio);
    picture.image.fill(opaque ? scene.tokens.window : QColor(Qt::transparent));
    QPainter painter(&picture.image);
    painter.translate(-origin);
    paintLines(painter, scene, toScreen);
    return picture;
}

void EdgeLayer::makeElsewhere(const QTransform& toScreen, QSize window, double pixelRatio) {
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
                        layer->m_rest.start(); // links that change all the time are painted a few times a second
                        emit layer->improved();
                    }
                },
                Qt::QueuedConnection);
        });
}

void EdgeLayer::paint(QPainter& painter, const QTransform& toScreen, QSize window, double pixelRatio) {
    if (toScreen != std::exchange(m_last, toScreen)) {
        m_rest.start();
    }
    m_isRight = isRight(toScreen, window);
    if (m_scene->links.size() <= few) {
        if (!m_isRight) {
            take(make(*m_scene, toScreen, window, pixelRatio, m_version));
            ++m_waitedFor;
        }
    } else if (!m_making && (!willDo(toScreen, window) || (!m_isRight && !m_rest.isActive()))) {
        makeElsewhere(toScreen, window, pixelRatio);
    }
    if (m_picture.image.isNull()) {
        return;
    }
    painter.save();
    painter.setTransform(fromPicture(toScreen), true);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.setCompositionMode(m_picture.image.hasAlphaChannel() ? QPainter::CompositionMode_SourceOver
                                                                 : QPainter::CompositionMode_Source);
    painter.drawImage(QPointF(), m_picture.image);
    painter.restore();
}

void EdgeLayer::take(Picture picture) {
    m_picture = std::move(picture);
    ++m_made;
}

/// From the picture's points to the map's, and from there to the window of now.
QTransform EdgeLayer::fromPicture(const QTransform& toScreen) const {
    return QTransform::fromTranslate(m_picture.origin.x(), m_picture.origin.y()) * m_picture.toScreen.inverted() *
           toScreen;
}

bool EdgeLayer::isRight(const QTransform& toScreen, QSize window) const {
    return m_picture.version == m_version && m_picture.toScreen.m11() == toScreen.m11() && willDo(toScreen, window);
}

bool EdgeLayer::willDo(const QTransform& toScreen, QSize window) const {
    if (m_picture.image.isNull()) {
        return false;
    }
    const double stretched = toScreen.m11() / m_picture.toScreen.m11();
    const QSizeF size = QSizeF(m_picture.image.size()) / m_picture.image.devicePixelRatio();
    return stretched < mostStretched && stretched > 1 / mostStretched &&
           fromPicture(toScreen)
               .mapRect(QRectF(QPointF(), size))
               .adjusted(-1, -1, 1, 1)
               .contains(QRectF(QPointF(), QSizeF(window)));
}

} // namespace kolam::gui
