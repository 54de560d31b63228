// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/monitor/map_places.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <QSettings>

namespace kolam::gui {

namespace {

QString groupOf(const QString& key) {
    return QStringLiteral("monitor/places/") +
           QString::fromLatin1((key.isEmpty() ? QStringLiteral("any") : key).toUtf8().toPercentEncoding());
}

QString textOfNode(const NodeId& node) {
    return QString::fromStdString(telemetry::toText(node.component)) + u'@' +
           QString::fromLatin1(QByteArray::fromStdString(node.pool.value).toPercentEncoding());
}

std::optional<NodeId> nodeOfText(const QString& text) {
    const auto component = telemetry::readComponentId(text.section(u'@', 0, 0).toStdString());
    if (!component) {
        return std::nullopt;
    }
    return NodeId{*component,
                  PoolHandle{QByteArray::fromPercentEncoding(text.section(u'@', 1).toLatin1()).toStdString()}};
}

} // namespace

void savePlaces(QSettings& settings, const QString& key, const TopologyView& map, const QString& picture) {
    settings.remove(groupOf(key));
    settings.beginGroup(groupOf(key));
    if (!picture.isEmpty()) {
        settings.setValue(QStringLiteral("picture"), picture);
    }
    for (int i = 0; i < layoutCount; ++i) {
        const auto layout = static_cast<Layout>(i);
        for (const auto& [node, place] : map.pins(layout)) {
            settings.setValue(layoutKey(layout) + u'/' + textOfNode(node), place);
        }
    }
    settings.endGroup();
}

QString loadPlaces(QSettings& settings, const QString& key, TopologyView& map) {
    settings.beginGroup(groupOf(key));
    for (int i = 0; i < layoutCount; ++i) {
        const auto layout = static_cast<Layout>(i);
        settings.beginGroup(layoutKey(layout));
        TopologyView::Pins pins;
        for (const QString& text : settings.childKeys()) {
            if (const auto node = nodeOfText(text)) {
                pins[*node] = settings.value(text).toPointF();
            }
        }
        settings.endGroup();
        map.setPins(layout, std::move(pins));
    }
    const QString picture = settings.value(QStringLiteral("picture")).toString();
    settings.endGroup();
    return picture;
}

QString placesKey(const QString& scope, const QString& file) {
    static const QRegularExpression number(QStringLiteral("-\\d+$"));
    return file.isEmpty() ? QString(scope).remove(number) : QFileInfo(file).completeBaseName();
}

} // namespace kolam::gui
