// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/monitor/options.h"

#include <QCommandLineParser>
#include <QCoreApplication>

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
    const QCommandLineOption layout{QStringLiteral("layout"), MonitorOptionWords::tr("layered, ring, hosts or grid."),
                                    QStringLiteral("NAME")};
    if (const auto parsed = parseArguments(parser, common.all() << layout, arguments); !parsed) {
        return std::unexpected(parsed.error());
    }
    MonitorOptions options;
    QString trouble = common.read(parser, options);
    if (trouble.isEmpty() && parser.isSet(layout)) {
        options.layout = layoutFromKey(parser.value(layout));
        if (!options.layout) {
            trouble = MonitorOptionWords::tr("--layout: “%1” is none of layered, ring, hosts, grid")
                          .arg(parser.value(layout));
        }
    }
    if (!trouble.isEmpty()) {
        return std::unexpected(WatchCommandLineEnd{trouble + u'.', true});
    }
    return options;
}

} // namespace kolam::gui
