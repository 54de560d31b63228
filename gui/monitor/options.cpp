// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/monitor/options.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFileInfo>
#include <utility>

namespace kolam::gui {

namespace {

struct MonitorOptionWords {
    Q_DECLARE_TR_FUNCTIONS(MonitorOptions)
};

} // namespace

std::expected<MonitorOptions, WatchCommandLineEnd> parseMonitorOptions(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(
        MonitorOptionWords::tr("Watches a pool of RSerPool: registrars, elements, users, sessions. "
                               "Rewinds to the milliseconds of a failover."));
    const WatchOptionSet common;
    const QCommandLineOption layout{QStringLiteral("layout"),
                                    MonitorOptionWords::tr("layered, ring, hosts, grid or picture."),
                                    QStringLiteral("NAME")};
    const QCommandLineOption scenario{
        QStringLiteral("scenario"),
        MonitorOptionWords::tr("Play a scenario (*.rsdemo); if it has a lesson, teach that."), QStringLiteral("FILE")};
    if (const auto parsed = parseArguments(parser, common.all() << layout << scenario, arguments); !parsed) {
        return std::unexpected(parsed.error());
    }
    MonitorOptions options;
    QString trouble = common.read(parser, options);
    if (trouble.isEmpty() && parser.isSet(layout)) {
        options.layout = layoutFromKey(parser.value(layout));
        if (!options.layout) {
            trouble = MonitorOptionWords::tr("--layout: “%1” is none of layered, ring, hosts, grid, picture")
                          .arg(parser.value(layout));
        }
    }
    options.scenario = parser.value(scenario);
    if (options.replay.endsWith(QStringLiteral(".rsdemo"))) { // as desktops open files
        options.scenario = std::exchange(options.replay, {});
    }
    if (trouble.isEmpty() && !options.scenario.isEmpty()) {
        if (!options.replay.isEmpty() || !options.control.isEmpty()) {
            trouble = MonitorOptionWords::tr("A scenario has a pool of its own: without --replay and --control");
        } else if (!QFileInfo(options.scenario).isReadable()) {
            trouble = MonitorOptionWords::tr("The scenario %1 cannot be read").arg(options.scenario);
        }
    }
    if (!trouble.isEmpty()) {
        return std::unexpected(WatchCommandLineEnd{trouble + u'.', true});
    }
    return options;
}

} // namespace kolam::gui
