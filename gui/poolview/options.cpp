// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/poolview/options.h"

#include "gui/poolview/audit_log.h"
#include "gui/poolview/pool_view_actions.h"

#include <QCommandLineParser>
#include <QCoreApplication>

namespace kolam::gui {

namespace {

struct PoolViewOptionWords {
    Q_DECLARE_TR_FUNCTIONS(PoolViewOptions)
};

} // namespace

std::expected<PoolViewOptions, WatchCommandLineEnd> parsePoolViewOptions(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(
        PoolViewOptionWords::tr("Keeps an eye on pools of RSerPool: are all elements up, do all registrars agree, "
                                "how busy is everybody, and if not, since when and who says so?"));
    const WatchOptionSet common;
    const QCommandLineOption view{
        QStringLiteral("view"),
        PoolViewOptionWords::tr("What is shown first: %1.").arg(viewKeys().join(QStringLiteral(", "))),
        QStringLiteral("NAME")};
    const QCommandLineOption allow{
        QStringLiteral("allow-control"),
        PoolViewOptionWords::tr("Let components be drained, stopped and restarted from here; "
                                "else the window only watches.")};
    const QCommandLineOption log{
        QStringLiteral("audit-log"),
        PoolViewOptionWords::tr("Where operations are written down (%1).").arg(defaultAuditPath()),
        QStringLiteral("FILE")};
    const QCommandLineOption select{
        QStringLiteral("select"),
        PoolViewOptionWords::tr("What is selected when it appears, for example element-0x0a000001."),
        QStringLiteral("COMPONENT")};
    const QCommandLineOption history{
        QStringLiteral("history"),
        PoolViewOptionWords::tr("Keep what happens in this folder, as recordings; the oldest go."),
        QStringLiteral("FOLDER")};
    const QCommandLineOption size{QStringLiteral("history-size"),
                                  PoolViewOptionWords::tr("Megabytes that are kept at most (1000)."),
                                  QStringLiteral("MB"), QStringLiteral("1000")};
    if (const auto parsed =
            parseArguments(parser, common.all() << view << select << allow << log << history << size, arguments);
        !parsed) {
        return std::unexpected(parsed.error());
    }
    PoolViewOptions options;
    QString trouble = common.read(parser, options);
    if (trouble.isEmpty() && parser.isSet(view)) {
        options.view = parser.value(view);
        if (!viewKeys().contains(options.view)) {
            trouble = PoolViewOptionWords::tr("--view: “%1” is none of %2")
                          .arg(options.view, viewKeys().join(QStringLiteral(", ")));
        }
    }
    if (trouble.isEmpty() && parser.isSet(select)) {
        options.select = telemetry::readComponentId(parser.value(select).toStdString());
        if (!options.select) {
            trouble = PoolViewOptionWords::tr("--select: “%1” is no component").arg(parser.value(select));
        }
    }
    options.history = parser.value(history);
    options.historyOctets = parser.value(size).toULongLong() * 1'000'000;
    if (trouble.isEmpty() && (options.historyOctets < 16'000'000 || options.historyOctets > 1'000'000'000'000)) {
        trouble = PoolViewOptionWords::tr("--history-size: “%1” is not from 16 to 1000000").arg(parser.value(size));
    }
    options.allowControl = parser.isSet(allow);
    options.auditLog = parser.isSet(log) ? parser.value(log) : defaultAuditPath();
    if (trouble.isEmpty() && options.allowControl && !options.replay.isEmpty()) {
        trouble = PoolViewOptionWords::tr("--allow-control: a recording cannot be changed");
    }
    if (!trouble.isEmpty()) {
        return std::unexpected(WatchCommandLineEnd{trouble + u'.', true});
    }
    return options;
}

} // namespace kolam::gui
