// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/monitor/exports.h"

#include "gui/common/saving.h"
#include "gui/monitor/topology_view.h"

#include <QCoreApplication>
#include <QPainter>
#include <QSaveFile>
#include <QSvgGenerator>

namespace kolam::gui {

namespace {

struct ExportWords {
    Q_DECLARE_TR_FUNCTIONS(Exports)
};

constexpr double fineness = 2; // pixels a point

} // namespace

QString saveMap(TopologyView& map, const QString& path) {
    if (path.endsWith(QStringLiteral(".svg"), Qt::CaseInsensitive)) {
        QSaveFile file(path);
        if (!file.open(QIODevice::WriteOnly)) {
            return cannotWrite(path, file.errorString());
        }
        QSvgGenerator generator;
        generator.setOutputDevice(&file);
        generator.setSize(map.size());
        generator.setViewBox(map.rect());
        generator.setTitle(ExportWords::tr("Map of the pool"));
        QPainter painter(&generator);
        map.paintMap(painter, map.size());
        painter.end();
        return file.commit() ? QString() : cannotWrite(path, file.errorString());
    }
    QImage image(map.size() * fineness, QImage::Format_RGB32);
    image.setDevicePixelRatio(fineness);
    QPainter painter(&image);
    map.paintMap(painter, map.size());
    painter.end();
    return image.save(path) ? QString() : cannotWrite(path, {});
}

} // namespace kolam::gui
