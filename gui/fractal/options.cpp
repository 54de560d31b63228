// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/options.h"

#include "gui/common/language.h"
#include "gui/common/theme.h"
#include "gui/feeds/man_page.h"
#include "gui/fractal/overlay_painter.h"
#include "gui/fractal/palette.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFileInfo>
#include <QRegularExpression>
#include <algorithm>

namespace kolam::gui {

namespace {

struct OptionWords {
    Q_DECLARE_TR_FUNCTIONS(Options)
};

constexpr std::uint16_t asapPort = 3863;
constexpr int maxSessions = 64;
constexpr int largestSide = 16384;   // points: a gigabyte of counts would follow soon
constexpr int largestPoster = 65536; // pixels: what the protocol can say
constexpr int mostFrames = 9999;     // four digits in their names

std::unexpected<CommandLineEnd> mistake(const QString& text) {
    return std::unexpected(CommandLineEnd{text, true});
}

std::optional<QSize> readSize(const QString& text, int smallest, int largest = largestSide) {
    static const QRegularExpression form(QStringLiteral("^(\\d{1,6})[xX×](\\d{1,6})$"));
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch()) {
        return {};
    }
    const QSize size(match.captured(1).toInt(), match.captured(2).toInt());
    const bool fits =
        size.width() >= smallest && size.height() >= smallest && size.width() <= largest && size.height() <= largest;
    return fits ? std::optional(size) : std::nullopt;
}

struct Declared {
    QCommandLineOption registrar{
        QStringLiteral("registrar"),
        OptionWords::tr("A registrar to ask, besides those that announce themselves. May be repeated."),
        QStringLiteral("ADDRESS:PORT")};
    QCommandLineOption pool{QStringLiteral("pool"), OptionWords::tr("Handle of the pool (FractalGeneratorPool)."),
                            QStringLiteral("HANDLE"), QStringLiteral("FractalGeneratorPool")};
    QCommandLineOption profile{QStringLiteral("profile"),
                               OptionWords::tr("Timers: rsplib, rfc, demo or fast (rsplib)."), QStringLiteral("NAME"),
                               QStringLiteral("rsplib")};
    QCommandLineOption transport{QStringLiteral("transport"),
                                 OptionWords::tr("SCTP of the kernel, of this program, or both: "
                                                 "kernel, user or auto (auto)."),
                                 QStringLiteral("NAME"), QStringLiteral("auto")};
    QCommandLineOption insecureLan{QStringLiteral("insecure-lan"),
                                   OptionWords::tr("Also use the local network. Nothing there is authenticated.")};
    QCommandLineOption scope{QStringLiteral("scope"),
                             OptionWords::tr("In which viewers on this host find this program (default)."),
                             QStringLiteral("NAME"), QStringLiteral("default")};
    QCommandLineOption cspServer{QStringLiteral("csp-server"),
                                 OptionWords::tr("A monitor that gets status reports (CSP_SERVER, or none)."),
                                 QStringLiteral("ADDRESS:PORT")};
    QCommandLineOption cspInterval{QStringLiteral("csp-interval"),
                                   OptionWords::tr("Time between two status reports (CSP_INTERVAL, or 1s)."),
                                   QStringLiteral("TIME")};
    QCommandLineOption record{QStringLiteral("record"), OptionWords::tr("Record what happens in NAME.kolam.pcapng."),
                              QStringLiteral("NAME")};
    QCommandLineOption sessions{QStringLiteral("sessions"),
                                OptionWords::tr("Sessions that compute at the same time, 1 to 64 (6)."),
                                QStringLiteral("N")};
    QCommandLineOption size{QStringLiteral("size"), OptionWords::tr("Size of the window in pixels."),
                            QStringLiteral("WxH")};
    QCommandLineOption image{QStringLiteral("image"),
                             OptionWords::tr("Size of the picture in points; by default that of the "
                                             "space in the window."),
                             QStringLiteral("WxH")};
    QCommandLineOption fsf{QStringLiteral("fsf"), OptionWords::tr("Begin with this parameter file."),
                           QStringLiteral("FILE")};
    QCommandLineOption render{
        QStringLiteral("render"),
        OptionWords::tr("Compute this parameter file, or saved picture, into the PNG file that is "
                        "named after it, without a window; --size is the picture’s then."),
        QStringLiteral("FILE")};
    QCommandLineOption antialias{
        QStringLiteral("antialias"),
        OptionWords::tr("With --render: so many points a pixel in each direction, 1 to 4 (1)."), QStringLiteral("N"),
        QStringLiteral("1")};
    QCommandLineOption frames{QStringLiteral("frames"),
                              OptionWords::tr("With --render: so many pictures of the way from the whole set to the "
                                              "place, NAME-0001.png and on, 1 to 9999 (1)."),
                              QStringLiteral("N"), QStringLiteral("1")};
    QCommandLineOption slideShow{QStringLiteral("slideshow"),
                                 OptionWords::tr("Show the gallery, one picture after the other.")};
    QCommandLineOption control{
        QStringLiteral("control"),
        OptionWords::tr("Control socket of “kolam demo”: the window can kill and restart its elements."),
        QStringLiteral("SOCKET")};
    QCommandLineOption theme{QStringLiteral("theme"), OptionWords::tr("dark, light, presenter or contrast."),
                             QStringLiteral("NAME")};
    QCommandLineOption language{QStringLiteral("lang"), languageOptionHelp(), QStringLiteral("CODE")};
    QCommandLineOption palette{QStringLiteral("palette"),
                               OptionWords::tr("Colours, for example doorstep, viridis or hues."),
                               QStringLiteral("NAME")};
    QCommandLineOption overlay{
        QStringLiteral("overlay"),
        OptionWords::tr("What lies over the picture: none, elements, sessions, failovers or times."),
        QStringLiteral("NAME")};
    QCommandLineOption screenshot{QStringLiteral("screenshot"), OptionWords::tr("Save a picture of the window."),
                                  QStringLiteral("FILE")};
    QCommandLineOption at{QStringLiteral("at"), OptionWords::tr("Save the screenshot after so many seconds (1)."),
                          QStringLiteral("SECONDS"), QStringLiteral("1")};
    QCommandLineOption whenComplete{QStringLiteral("when-complete"),
                                    OptionWords::tr("Save the screenshot when the picture is complete, not at once.")};
    QCommandLineOption exportCounts{
        QStringLiteral("export-counts"),
        OptionWords::tr("When complete, save all iteration counts: 32-bit big endian, row by row."),
        QStringLiteral("FILE")};
    QCommandLineOption report{QStringLiteral("report"),
                              OptionWords::tr("When complete, or at the end, save an account as JSON."),
                              QStringLiteral("FILE")};
    QCommandLineOption exitAfter{QStringLiteral("exit-after-complete"),
                                 OptionWords::tr("End when the picture is complete.")};
    QCommandLineOption reset{QStringLiteral("reset-settings"),
                             OptionWords::tr("Forget layout, theme and choices of earlier runs.")};
    QCommandLineOption help{{QStringLiteral("h"), QStringLiteral("help")}, OptionWords::tr("Show this text.")};
    QCommandLineOption version{{QStringLiteral("v"), QStringLiteral("version")}, OptionWords::tr("Show the version.")};

    QCommandLineOption man = [] { // for the build
        QCommandLineOption hidden(QStringLiteral("man-page"));
        hidden.setFlags(QCommandLineOption::HiddenFromHelp);
        return hidden;
    }();

    /// Those that say what it does, and not only something about itself.
    [[nodiscard]] QList<QCommandLineOption> all() const {
        return {registrar,    pool,    profile,   transport, insecureLan, sessions,   size,        image,
                fsf,          control, theme,     palette,   overlay,     screenshot, at,          whenComplete,
                exportCounts, report,  exitAfter, reset,     scope,       cspServer,  cspInterval, record,
                language,     render,  antialias, frames,    slideShow};
    }
};

std::expected<void, CommandLineEnd> readComponent(const QCommandLineParser& parser, const Declared& declared,
                                                  Options& options) {
    ComponentOptions& component = options.component;
    const auto scope = programs::readScope(parser.value(declared.scope).toStdString());
    if (!scope) {
        return mistake(
            OptionWords::tr("--scope: “%1” is no name such as default or class-1.").arg(parser.value(declared.scope)));
    }
    component.scope = *scope;
    if (parser.isSet(declared.cspServer)) {
        const auto server = programs::readCspServer(parser.value(declared.cspServer).toStdString());
        if (!server) {
            return mistake(OptionWords::tr("--csp-server: “%1” is no address such as 127.0.0.1:2960.")
                               .arg(parser.value(declared.cspServer)));
        }
        component.cspServer = *server;
    }
    if (parser.isSet(declared.cspInterval)) {
        const auto interval = programs::readCspInterval(parser.value(declared.cspInterval).toStdString());
        if (!interval) {
            return mistake(OptionWords::tr("--csp-interval: “%1” is no time such as 250ms or 1s.")
                               .arg(parser.value(declared.cspInterval)));
        }
        component.cspInterval = *interval;
    }
    component.record = parser.value(declared.record).toStdString();
    if (const auto environment = programs::readEnvironment(component); !environment) {
        return mistake(QString::fromStdString(environment.error()));
    }
    return {};
}

template <typename Keys>
bool isOneOf(const QString& value, const Keys& keys) {
    return std::ranges::any_of(keys, [&value](const auto& key) { return value == key; });
}

std::expected<void, CommandLineEnd> readNetwork(const QCommandLineParser& parser, const Declared& declared,
                                                Options& options) {
    for (const QString& text : parser.values(declared.registrar)) {
        const auto address = TransportAddress::parse(text.toStdString(), asapPort);
        if (!address || address->ips.empty()) {
            return mistake(
                OptionWords::tr("--registrar: “%1” is no address such as 127.0.0.1:3863 or [::1]:3863.").arg(text));
        }
        options.registrars.push_back(*address);
    }
    options.pool = parser.value(declared.pool);
    if (options.pool.isEmpty()) {
        return mistake(OptionWords::tr("--pool: the handle must not be empty."));
    }
    options.profile = findProfile(parser.value(declared.profile).toStdString());
    if (options.profile == nullptr) {
        return mistake(
            OptionWords::tr("--profile: “%1” is none of rsplib, rfc, demo, fast.").arg(parser.value(declared.profile)));
    }
    const auto transport = programs::readTransportChoice(parser.value(declared.transport).toStdString());
    if (!transport) {
        return mistake(
            OptionWords::tr("--transport: “%1” is none of auto, user, kernel.").arg(parser.value(declared.transport)));
    }
    options.transport = *transport;
    options.insecureLan = parser.isSet(declared.insecureLan);
    return {};
}

std::expected<void, CommandLineEnd> readLook(const QCommandLineParser& parser, const Declared& declared,
                                             Options& options) {
    if (parser.isSet(declared.language) && !languageFromCode(parser.value(declared.language))) {
        return mistake(languageMistake(parser.value(declared.language)) + u'.');
    }
    options.theme = parser.value(declared.theme);
    if (parser.isSet(declared.theme) &&
        !isOneOf(options.theme, QStringList{themeName(Theme::Dark), themeName(Theme::Light),
                                            themeName(Theme::Presenter), themeName(Theme::Contrast)})) {
        return mistake(
            OptionWords::tr("--theme: “%1” is none of dark, light, presenter, contrast.").arg(options.theme));
    }
    QStringList keys;
    for (const ColourPalette& palette : palettes()) {
        keys.append(QLatin1String(palette.key));
    }
    options.palette = parser.value(declared.palette);
    if (parser.isSet(declared.palette) && !keys.contains(options.palette)) {
        return mistake(
            OptionWords::tr("--palette: “%1” is none of %2.").arg(options.palette, keys.join(QStringLiteral(", "))));
    }
    keys.clear();
    for (const OverlayMode mode : overlayModes) {
        keys.append(overlayModeKey(mode));
    }
    options.overlay = parser.value(declared.overlay);
    if (parser.isSet(declared.overlay) && !keys.contains(options.overlay)) {
        return mistake(
            OptionWords::tr("--overlay: “%1” is none of %2.").arg(options.overlay, keys.join(QStringLiteral(", "))));
    }
    options.resetSettings = parser.isSet(declared.reset);
    return {};
}

std::expected<void, CommandLineEnd> readPicture(const QCommandLineParser& parser, const Declared& declared,
                                                Options& options) {
    if (parser.isSet(declared.sessions)) {
        bool isNumber = false;
        const int sessions = parser.value(declared.sessions).toInt(&isNumber);
        if (!isNumber || sessions < 1 || sessions > maxSessions) {
            return mistake(
                OptionWords::tr("--sessions: “%1” is no number from 1 to 64.").arg(parser.value(declared.sessions)));
        }
        options.sessions = sessions;
    }
    if (parser.isSet(declared.size)) {
        const bool poster = parser.isSet(declared.render);
        options.windowSize =
            readSize(parser.value(declared.size), poster ? 1 : 200, poster ? largestPoster : largestSide);
        if (!options.windowSize) {
            return mistake(
                OptionWords::tr("--size: “%1” is no size such as 1440x900.").arg(parser.value(declared.size)));
        }
    }
    if (parser.isSet(declared.image)) {
        options.imageSize = readSize(parser.value(declared.image), 1);
        if (!options.imageSize) {
            return mistake(OptionWords::tr("--image: “%1” is no size such as 1920x1080, up to %2 each way.")
                               .arg(parser.value(declared.image))
                               .arg(largestSide));
        }
    }
    options.picture = parser.value(declared.fsf);
    if (parser.isSet(declared.fsf) && !QFileInfo(options.picture).isReadable()) {
        return mistake(OptionWords::tr("--fsf: the file “%1” cannot be read.").arg(options.picture));
    }
    options.control = parser.value(declared.control);
    options.slideShow = parser.isSet(declared.slideShow);
    return {};
}

std::expected<void, CommandLineEnd> readRender(const QCommandLineParser& parser, const Declared& declared,
                                               Options& options) {
    const QStringList files = parser.positionalArguments();
    if (!parser.isSet(declared.render)) {
        return files.isEmpty() ? std::expected<void, CommandLineEnd>{}
                               : mistake(OptionWords::tr("“%1” belongs to no option.").arg(files.constFirst()));
    }
    options.render = parser.value(declared.render);
    if (!QFileInfo(options.render).isReadable()) {
        return mistake(OptionWords::tr("--render: the file “%1” cannot be read.").arg(options.render));
    }
    if (files.size() != 1 || !files.constFirst().endsWith(QLatin1String(".png"), Qt::CaseInsensitive)) {
        return mistake(OptionWords::tr("--render: name one PNG file to write, for example picture.png."));
    }
    options.renderTo = files.constFirst();
    if (!QFileInfo(QFileInfo(options.renderTo).absolutePath()).isDir()) {
        return mistake(OptionWords::tr("--render: there is no folder for “%1”.").arg(options.renderTo));
    }
    bool isNumber = false;
    options.antialias = parser.value(declared.antialias).toInt(&isNumber);
    if (!isNumber || options.antialias < 1 || options.antialias > 4) {
        return mistake(
            OptionWords::tr("--antialias: “%1” is no number from 1 to 4.").arg(parser.value(declared.antialias)));
    }
    options.frames = parser.value(declared.frames).toInt(&isNumber);
    if (!isNumber || options.frames < 1 || options.frames > mostFrames) {
        return mistake(
            OptionWords::tr("--frames: “%1” is no number from 1 to 9999.").arg(parser.value(declared.frames)));
    }
    if (options.windowSize && options.windowSize->width() > largestPoster / options.antialias) {
        return mistake(OptionWords::tr("--antialias: the picture is too wide for so many points."));
    }
    return {};
}

std::expected<void, CommandLineEnd> readOutput(const QCommandLineParser& parser, const Declared& declared,
                                               Options& options) {
    options.screenshot = parser.value(declared.screenshot);
    bool isNumber = false;
    const double seconds = parser.value(declared.at).toDouble(&isNumber);
    if (!isNumber || !(seconds >= 0 && seconds <= 3600)) {
        return mistake(
            OptionWords::tr("--at: “%1” is no number of seconds up to 3600.").arg(parser.value(declared.at)));
    }
    options.screenshotAfter = std::chrono::milliseconds(qRound64(seconds * 1000));
    options.screenshotWhenComplete = parser.isSet(declared.whenComplete);
    options.exportCounts = parser.value(declared.exportCounts);
    options.report = parser.value(declared.report);
    options.exitAfterComplete = parser.isSet(declared.exitAfter);
    for (const QCommandLineOption* file : {&declared.screenshot, &declared.exportCounts, &declared.report}) {
        if (parser.isSet(*file) && !QFileInfo(QFileInfo(parser.value(*file)).absolutePath()).isDir()) {
            return mistake(OptionWords::tr("--%1: there is no folder for “%2”.")
                               .arg(file->names().constFirst(), parser.value(*file)));
        }
    }
    return {};
}

} // namespace

std::expected<Options, CommandLineEnd> parseCommandLine(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(OptionWords::tr("Fractals, computed by a pool of servers that may fail."));
    const Declared declared;
    parser.addOptions(declared.all() << declared.help << declared.version << declared.man);
    if (!parser.parse(arguments)) {
        return mistake(parser.errorText());
    }
    if (parser.isSet(declared.help)) {
        return std::unexpected(CommandLineEnd{parser.helpText()});
    }
    if (parser.isSet(declared.man)) {
        return std::unexpected(CommandLineEnd{manPage(parser.applicationDescription(), declared.all())});
    }
    if (parser.isSet(declared.version)) {
        return std::unexpected(
            CommandLineEnd{QStringLiteral("kolam-fractal %1\n").arg(QCoreApplication::applicationVersion())});
    }
    Options options;
    for (const auto read : {readNetwork, readComponent, readLook, readPicture, readRender, readOutput}) {
        if (auto done = read(parser, declared, options); !done) {
            return std::unexpected(done.error());
        }
    }
    return options;
}

} // namespace kolam::gui
