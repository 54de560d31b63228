// SPDX-License-Identifier: GPL-3.0-or-later
// The picture of all links. Twenty thousand long lines take a hundred milliseconds and more, so they are painted once,
// in another thread when there are many, a bit larger than the window; while the map moves the picture moves with it,
// and is stretched while it zooms, until a new one has come. Next door: topology_view.h, which paints nodes over it.
#pragma once

#include "gui/common/theme.h"
#include "gui/monitor/topology.h"

#include <QImage>
#include <QObject>
#include <QPointF>
#include <QTransform>
#include <memory>
#include <vector>

class QPainter;

namespace kolam::gui {

class EdgeLayer final : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    struct Scene {
        std::vector<TopologyLink> links;
        std::vector<QPointF> places;
        ThemeTokens tokens;
    };
    /// What is to be seen: links are others, or elsewhere.
    void setScene(Scene scene);
    /// Paints the picture that there is, as if it were right, and has a better one made if it is not.
    /// @param toScreen  from the map to the window's points
    void paint(QPainter& painter, const QTransform& toScreen, QSize window, double pixelRatio);
    /// Links that one stroke each is enough for; more are painted in another thread.
    static constexpr std::size_t few = 1'500;

    /// Pictures made so far, for tests.
    [[nodiscard]] int made() const { return m_made; }

signals:
    void improved();

private:
    struct Picture {
        QImage image;
        QTransform toScreen; // of its making; its top left point is origin
        QPointF origin;
        quint64 version = 0;
    };
    static Picture make(const Scene& scene, const QTransform& toScreen, QSize window, double pixelRatio,
                        quint64 version);
    void take(Picture picture);
    [[nodiscard]] bool covers(const QTransform& toScreen, QSize window) const;

    std::shared_ptr<const Scene> m_scene = std::make_shared<Scene>();
    quint64 m_version = 0;
    Picture m_picture;
    bool m_making = false;
    int m_made = 0;
};

} // namespace kolam::gui
