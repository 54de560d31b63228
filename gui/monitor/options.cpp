// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/monitor/options.h"

#include "core/telemetry/observer_folder.h"
#include "gui/common/theme.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFileInfo>
#include <QRegularExpression>

namespace kolam::gui {

namespace {

struct MonitorOptionWords {
    Q_DECLARE_TR_FUNCTIONS(MonitorOptions)
};

constexpr std::uint16_t cspPort = 2960;

std::unexpected<MonitorCommandLineEnd> mistake(const QString& text) {
    return std::unexpected(MonitorCommandLineEnd{text, true});
}

struct Declared {
    QCommandLineOption source{
        QStringLiteral("source"),
        MonitorOptionWords::tr(
            "What to watch: “scope:NAME”, components on this host (scope:default); “csp:[ADDRESS:]PORT”, reports "
            "of others besides; or “file:RECORDING”. May be repeated."),
        QStringLiteral("SOURCE")};
    QCommandLineOption replay{QStringLiteral("replay"),
                              MonitorOptionWords::tr("Show a recording: the same as --source file:FILE."),
                              QStringLiteral("FILE")};
    QCommandLineOption record{QStringLiteral("record"),
                              MonitorOptionWords::tr("Write a recording (NAME.kolam.pcapng)."), QStringLiteral("NAME")};
    QCommandLineOption control{
        QStringLiteral("control"),
        MonitorOptionWords::tr("Socket of a demonstration, whose processes can be killed and frozen."),
        QStringLiteral("SOCKET")};
    QCommandLineOption theme{QStringLiteral("theme"), MonitorOptionWords::tr("dark, light, presenter or contrast."),
                             QStringLiteral("NAME")};
    QCommandLineOption layout{QStringLiteral("layout"), MonitorOptionWords::tr("layered, ring, hosts or grid."),
                              QStringLiteral("NAME")};
    QCommandLineOption size{QStringLiteral("size"),
                            MonitorOptionWords::tr("Size of the window, for example 1600x1000."),
                            QStringLiteral("WxH")};
    QCommandLineOption headless{QStringLiteral("headless"),
                                MonitorOptionWords::tr("Without a display, and it ends after the screenshot.")};
    QCommandLineOption screenshot{QStringLiteral("screenshot"), MonitorOptionWords::tr("Save a picture of the window."),
                                  QStringLiteral("FILE")};
    QCommandLineOption at{
        QStringLiteral("at"),
        MonitorOptionWords::tr("When the picture is made: seconds after the start (2), or “failover”, a moment "
                               "after the first one."),
        QStringLiteral("WHEN")};
    QCommandLineOption reset{QStringLiteral("reset-settings"),
                             MonitorOptionWords::tr("Forget what earlier runs remembered.")};
};

QString readSource(const QString& text, MonitorOptions& options) {
    const QString kind = text.section(u':', 0, 0);
    const QString rest = text.section(u':', 1);
    if (kind == u"scope" && telemetry::isScope(rest.toStdString())) {
        options.scope = rest;
    } else if (kind == u"csp") {
        options.csp = TransportAddress::parse(
            (rest.contains(u':') ? rest : QStringLiteral("127.0.0.1:") + rest).toStdString(), cspPort);
        if (!options.csp || options.csp->ips.size() != 1) {
            return MonitorOptionWords::tr("--source: “%1” is no address and port").arg(rest);
        }
    } else if (kind == u"file" && !rest.isEmpty()) {
        options.replay = rest;
    } else {
        return MonitorOptionWords::tr("--source: “%1” is none of scope:NAME, csp:PORT, file:RECORDING").arg(text);
    }
    return {};
}

QString readWhen(const QString& text, MonitorOptions& options) {
    if (text == u"failover") {
        options.screenshotAfterFailover = true;
        return {};
    }
    bool isNumber = false;
    const double seconds = text.toDouble(&isNumber);
    if (!isNumber || !(seconds >= 0 && seconds <= 3'600)) {
        return MonitorOptionWords::tr("--at: “%1” is neither seconds from 0 to 3600, nor “failover”").arg(text);
    }
    options.at = std::chrono::milliseconds{static_cast<std::int64_t>(seconds * 1'000)};
    return {};
}

QString readLook(const QCommandLineParser& parser, const Declared& declared, MonitorOptions& options) {
    if (parser.isSet(declared.theme)) {
        options.theme = parser.value(declared.theme);
        if (themeName(themeFromName(options.theme, Theme::Dark)) != options.theme) {
            return MonitorOptionWords::tr("--theme: “%1” is none of dark, light, presenter, contrast")
                .arg(options.theme);
        }
    }
    if (parser.isSet(declared.layout)) {
        options.layout = layoutFromKey(parser.value(declared.layout));
        if (!options.layout) {
            return MonitorOptionWords::tr("--layout: “%1” is none of layered, ring, hosts, grid")
                .arg(parser.value(declared.layout));
        }
    }
    if (parser.isSet(declared.size)) {
        static const QRegularExpression form(QStringLiteral("^([1-9]\\d{2,3})x([1-9]\\d{2,3})$"));
        const QRegularExpressionMatch match = form.match(parser.value(declared.size));
        if (!match.hasMatch()) {
            return MonitorOptionWords::tr("--size: “%1” is no size such as 1600x1000").arg(parser.value(declared.size));
        }
        options.size = QSize(match.captured(1).toInt(), match.captured(2).toInt());
    }
    return {};
}

QString readAll(const QCommandLineParser& parser, const Declared& declared, MonitorOptions& options) {
    options.scope = QString::fromUtf8(telemetry::defaultScope);
    for (const QString& source : parser.values(declared.source)) {
        if (QString trouble = readSource(source, options); !trouble.isEmpty()) {
            return trouble;
        }
    }
    if (parser.isSet(declared.replay)) {
        options.replay = parser.value(declared.replay);
    }
    options.record = parser.value(declared.record);
    if (!options.replay.isEmpty() && (!options.record.isEmpty() || options.csp)) {
        return MonitorOptionWords::tr("A recording is shown alone: without --record and other sources");
    }
    if (!options.replay.isEmpty() && !QFileInfo(options.replay).isReadable()) {
        return MonitorOptionWords::tr("--replay: %1 cannot be read").arg(options.replay);
    }
    if (parser.isSet(declared.at)) {
        if (QString trouble = readWhen(parser.value(declared.at), options); !trouble.isEmpty()) {
            return trouble;
        }
    }
    options.control = parser.value(declared.control);
    options.headless = parser.isSet(declared.headless);
    options.screenshot = parser.value(declared.screenshot);
    options.resetSettings = parser.isSet(declared.reset);
    if (options.headless && options.screenshot.isEmpty() && options.record.isEmpty()) {
        return MonitorOptionWords::tr("--headless needs --screenshot or --record: it would do nothing");
    }
    return readLook(parser, declared, options);
}

} // namespace

std::expected<MonitorOptions, MonitorCommandLineEnd> parseMonitorOptions(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(
        MonitorOptionWords::tr("Watches a pool of RSerPool: registrars, elements, users, sessions. "
                               "Rewinds to the milliseconds of a failover."));
    const Declared declared;
    parser.addOptions({declared.source, declared.replay, declared.record, declared.control, declared.theme,
                       declared.layout, declared.size, declared.headless, declared.screenshot, declared.at,
                       declared.reset});
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    if (!parser.parse(arguments)) {
        return mistake(parser.errorText());
    }
    if (parser.isSet(help)) {
        return std::unexpected(MonitorCommandLineEnd{parser.helpText(), false});
    }
    if (parser.isSet(version)) {
        return std::unexpected(MonitorCommandLineEnd{
            QStringLiteral("%1 %2\n").arg(QCoreApplication::applicationName(), QCoreApplication::applicationVersion()),
            false});
    }
    if (!parser.positionalArguments().isEmpty()) {
        return mistake(MonitorOptionWords::tr("“%1” is no option").arg(parser.positionalArguments().constFirst()));
    }
    MonitorOptions options;
    if (const QString trouble = readAll(parser, declared, options); !trouble.isEmpty()) {
        return mistake(trouble + u'.');
    }
    return options;
}

} // namespace kolam::gui
