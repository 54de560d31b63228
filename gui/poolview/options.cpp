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
    parser.addOptions(common.all());
    parser.addOptions({view, allow, log});
    if (const auto parsed = parseArguments(parser, arguments); !parsed) {
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
