// SPDX-License-Identifier: GPL-3.0-or-later
// The picture of all links. Twenty thousand long lines take a hundred milliseconds and more, so they are painted once,
// in another thread when there are many, a bit larger than the window; while the map moves the picture moves with it,
// and is stretched while it zooms. A new one is made when hands rest, or when the old one shows too little.
// Next door: topology_view.h, which paints nodes over it.
#pragma once

#include "gui/common/theme.h"
#include "gui/monitor/topology.h"

#include <QImage>
#include <QObject>
#include <QPointF>
#include <QTimer>
#include <QTransform>
#include <memory>
#include <vector>

class QPainter;

namespace kolam::gui {

class EdgeLayer final : public QObject {
    Q_OBJECT
public:
    explicit EdgeLayer(QObject* parent = nullptr);

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
    /// As lines and at once, for files that keep them.
    void paintLines(QPainter& painter, const QTransform& toScreen) const { paintLines(painter, *m_scene, toScreen); }
    /// More links than that have one plain stroke each, and are painted in another thread.
    static constexpr std::size_t few = 1'500;

    /// Pictures made so far, and those of them for which the painter had to wait; for tests.
    [[nodiscard]] int made() const { return m_made; }
    [[nodiscard]] int waitedFor() const { return m_waitedFor; }
    /// Whether the picture painted last was not quite right: stretched, or of links that have changed.
    [[nodiscard]] bool isStretched() const { return !m_isRight; }

signals:
    void improved();

private:
    struct Picture {
        QImage image;
        QTransform toScreen; // of its making; its top left point is origin
        QPointF origin;
        quint64 version = 0;
    };
    static void paintLines(QPainter& painter, const Scene& scene, const QTransform& toScreen);
    static Picture make(const Scene& scene, const QTransform& toScreen, QSize window, double pixelRatio,
                        quint64 version);
    void makeElsewhere(const QTransform& toScreen, QSize window, double pixelRatio);
    void take(Picture picture);
    [[nodiscard]] QTransform fromPicture(const QTransform& toScreen) const;
    [[nodiscard]] bool isRight(const QTransform& toScreen, QSize window) const;
    /// Whether it can be shown, stretched, until hands rest.
    [[nodiscard]] bool willDo(const QTransform& toScreen, QSize window) const;

    std::shared_ptr<const Scene> m_scene = std::make_shared<Scene>();
    quint64 m_version = 0;
    Picture m_picture;
    bool m_making = false;
    bool m_isRight = true; // what was painted last
    QTimer m_rest;         // runs while hands move it
    QTransform m_last;
    int m_made = 0;
    int m_waitedFor = 0;
};

} // namespace kolam::gui
