// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/feeds/watch_options.h"

#include "core/telemetry/observer_folder.h"
#include "gui/common/language.h"
#include "gui/common/theme.h"
#include "gui/feeds/man_page.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFileInfo>
#include <QRegularExpression>

namespace kolam::gui {

namespace {

struct WatchOptionWords {
    Q_DECLARE_TR_FUNCTIONS(WatchOptions)
};

constexpr quint16 cspPort = 2960;
constexpr quint16 enrpPort = 9901;

QString readSource(const QString& text, WatchOptions& options) {
    const QString kind = text.section(u':', 0, 0);
    const QString rest = text.section(u':', 1);
    if (kind == u"scope" && telemetry::isScope(rest.toStdString())) {
        options.scope = rest;
    } else if (kind == u"csp") {
        options.csp = TransportAddress::parse(
            (rest.contains(u':') ? rest : QStringLiteral("127.0.0.1:") + rest).toStdString(), cspPort);
        if (!options.csp || options.csp->ips.size() != 1) {
            return WatchOptionWords::tr("--source: “%1” is no address and port").arg(rest);
        }
    } else if (kind == u"enrp") {
        const auto registrar = TransportAddress::parse(rest.toStdString(), enrpPort);
        if (!registrar) {
            return WatchOptionWords::tr("--source: “%1” is no address and port").arg(rest);
        }
        options.enrp.push_back(*registrar);
    } else if (kind == u"file" && !rest.isEmpty()) {
        options.replay = rest;
    } else {
        return WatchOptionWords::tr("--source: “%1” is none of scope:NAME, csp:PORT, enrp:ADDRESS, file:RECORDING")
            .arg(text);
    }
    return {};
}

QString readWhen(const QString& text, WatchOptions& options) {
    if (text == u"failover") {
        options.screenshotAfterFailover = true;
        return {};
    }
    bool isNumber = false;
    const double seconds = text.toDouble(&isNumber);
    if (!isNumber || !(seconds >= 0 && seconds <= 3'600)) {
        return WatchOptionWords::tr("--at: “%1” is neither seconds from 0 to 3600, nor “failover”").arg(text);
    }
    options.at = std::chrono::milliseconds{static_cast<std::int64_t>(seconds * 1'000)};
    return {};
}

} // namespace

WatchOptionSet::WatchOptionSet()
    : m_source(QStringLiteral("source"),
               WatchOptionWords::tr(
                   "What to watch: “scope:NAME”, components on this host (scope:default); “csp:[ADDRESS:]PORT”, "
                   "reports of others besides; “enrp:ADDRESS[:PORT]”, a registrar of any make, which is asked every "
                   "few seconds; or “file:RECORDING”. May be repeated."),
               QStringLiteral("SOURCE"))
    , m_replay(QStringLiteral("replay"), WatchOptionWords::tr("Show a recording: the same as --source file:FILE."),
               QStringLiteral("FILE"))
    , m_record(QStringLiteral("record"), WatchOptionWords::tr("Write a recording (NAME.kolam.pcapng)."),
               QStringLiteral("NAME"))
    , m_control(QStringLiteral("control"),
                WatchOptionWords::tr("Socket of a demonstration, whose processes can be killed and frozen."),
                QStringLiteral("SOCKET"))
    , m_theme(QStringLiteral("theme"), WatchOptionWords::tr("dark, light, presenter or contrast."),
              QStringLiteral("NAME"))
    , m_language(QStringLiteral("lang"), languageOptionHelp(), QStringLiteral("CODE"))
    , m_size(QStringLiteral("size"), WatchOptionWords::tr("Size of the window, for example 1600x1000."),
             QStringLiteral("WxH"))
    , m_headless(QStringLiteral("headless"),
                 WatchOptionWords::tr("Without a display, and it ends after the screenshot."))
    , m_screenshot(QStringLiteral("screenshot"), WatchOptionWords::tr("Save a picture of the window."),
                   QStringLiteral("FILE"))
    , m_at(QStringLiteral("at"),
           WatchOptionWords::tr("When the picture is made: seconds after the start (2), or “failover”, a moment "
                                "after the first one."),
           QStringLiteral("WHEN"))
    , m_reset(QStringLiteral("reset-settings"), WatchOptionWords::tr("Forget what earlier runs remembered.")) {}

QList<QCommandLineOption> WatchOptionSet::all() const {
    return {m_source, m_replay,   m_record,     m_control, m_theme, m_language,
            m_size,   m_headless, m_screenshot, m_at,      m_reset};
}

QString WatchOptionSet::readLook(const QCommandLineParser& parser, WatchOptions& options) const {
    if (parser.isSet(m_language) && !languageFromCode(parser.value(m_language))) {
        return languageMistake(parser.value(m_language));
    }
    if (parser.isSet(m_theme)) {
        options.theme = parser.value(m_theme);
        if (themeName(themeFromName(options.theme, Theme::Dark)) != options.theme) {
            return WatchOptionWords::tr("--theme: “%1” is none of dark, light, presenter, contrast").arg(options.theme);
        }
    }
    if (parser.isSet(m_size)) {
        static const QRegularExpression form(QStringLiteral("^([1-9]\\d{2,3})x([1-9]\\d{2,3})$"));
        const QRegularExpressionMatch match = form.match(parser.value(m_size));
        if (!match.hasMatch()) {
            return WatchOptionWords::tr("--size: “%1” is no size such as 1600x1000").arg(parser.value(m_size));
        }
        options.size = QSize(match.captured(1).toInt(), match.captured(2).toInt());
    }
    return {};
}

QString WatchOptionSet::read(const QCommandLineParser& parser, WatchOptions& options) const {
    options.scope = QString::fromUtf8(telemetry::defaultScope);
    for (const QString& source : parser.values(m_source)) {
        if (QString trouble = readSource(source, options); !trouble.isEmpty()) {
            return trouble;
        }
    }
    if (parser.isSet(m_replay)) {
        options.replay = parser.value(m_replay);
    }
    if (!parser.positionalArguments().isEmpty()) { // as desktops open files
        options.replay = parser.positionalArguments().constFirst();
    }
    options.record = parser.value(m_record);
    if (!options.replay.isEmpty() && (!options.record.isEmpty() || options.csp || !options.enrp.empty())) {
        return WatchOptionWords::tr("A recording is shown alone: without --record and other sources");
    }
    if (!options.replay.isEmpty() && !QFileInfo(options.replay).isReadable()) {
        return WatchOptionWords::tr("The recording %1 cannot be read").arg(options.replay);
    }
    if (parser.isSet(m_at)) {
        if (QString trouble = readWhen(parser.value(m_at), options); !trouble.isEmpty()) {
            return trouble;
        }
    }
    options.control = parser.value(m_control);
    options.headless = parser.isSet(m_headless);
    options.screenshot = parser.value(m_screenshot);
    options.resetSettings = parser.isSet(m_reset);
    if (options.headless && options.screenshot.isEmpty() && options.record.isEmpty()) {
        return WatchOptionWords::tr("--headless needs --screenshot or --record: it would do nothing");
    }
    return readLook(parser, options);
}

std::expected<void, WatchCommandLineEnd>
parseArguments(QCommandLineParser& parser, const QList<QCommandLineOption>& options, const QStringList& arguments) {
    const std::pair recording{QStringLiteral("RECORDING"), WatchOptionWords::tr("The same as --replay RECORDING.")};
    parser.addPositionalArgument(recording.first, recording.second, u'[' + recording.first + u']');
    parser.addOptions(options);
    QCommandLineOption man(QStringLiteral("man-page"));
    man.setFlags(QCommandLineOption::HiddenFromHelp);
    parser.addOption(man);
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    if (!parser.parse(arguments)) {
        return std::unexpected(WatchCommandLineEnd{parser.errorText(), true});
    }
    if (parser.isSet(help)) {
        // Before there is an application, the parser does not know what it is called.
        QString text = parser.helpText();
        text.replace(QStringLiteral("<executable_name>"), QCoreApplication::applicationName());
        return std::unexpected(WatchCommandLineEnd{text, false});
    }
    if (parser.isSet(man)) {
        return std::unexpected(
            WatchCommandLineEnd{manPage(parser.applicationDescription(), options, recording), false});
    }
    if (parser.isSet(version)) {
        return std::unexpected(WatchCommandLineEnd{
            QStringLiteral("%1 %2\n").arg(QCoreApplication::applicationName(), QCoreApplication::applicationVersion()),
            false});
    }
    if (parser.positionalArguments().size() > 1) {
        return std::unexpected(WatchCommandLineEnd{
            WatchOptionWords::tr("“%1”: one recording at a time").arg(parser.positionalArguments().constLast()), true});
    }
    return {};
}

} // namespace kolam::gui
