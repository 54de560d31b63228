// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/feeds/watch_program.h"

#include "core/telemetry/observer_folder.h"
#include "gui/common/theme.h"
#include "gui/feeds/core_feed.h"
#include "gui/feeds/recording_feed.h"
#include "programs/common/signals.h"

#include <QApplication>
#include <QSettings>
#include <cstdio>

namespace kolam::gui {

QStringList argumentsOf(int argc, char* argv[]) {
    QStringList arguments;
    for (int index = 0; index < argc; ++index) {
        arguments.append(QString::fromLocal8Bit(argv[index]));
    }
    return arguments;
}

int tellEnd(const WatchCommandLineEnd& end) {
    std::fputs(qPrintable(end.text), end.isError ? stderr : stdout);
    if (end.isError) {
        std::fprintf(stderr, "\n\"%s --help\" lists all options.\n", qPrintable(QCoreApplication::applicationName()));
    }
    return end.isError ? 2 : 0;
}

void prepareProcess(const WatchOptions& options) {
    if (options.replay.isEmpty()) {
        programs::blockSignals(); // before the first thread; the feed takes them
    }
    if (options.headless) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
}

void applyWantedTheme(QApplication& application, const WatchOptions& options, const QSettings& settings) {
    const QString theme = options.theme.isEmpty() && !options.headless
                              ? settings.value(QStringLiteral("theme")).toString()
                              : options.theme;
    applyTheme(application, themeFromName(theme, options.headless ? Theme::Dark : themeOfDesktop()));
}

std::unique_ptr<Feed> makeFeed(const WatchOptions& options) {
    std::unique_ptr<Feed> feed;
    if (!options.replay.isEmpty()) {
        feed = std::make_unique<RecordingFeed>(options.replay);
    } else {
        feed = std::make_unique<CoreFeed>(
            CoreFeed::Config{.folder = telemetry::observerFolder(options.scope.toStdString()),
                             .scope = options.scope,
                             .csp = options.csp,
                             .enrp = options.enrp,
                             .messages = true,
                             .record = options.record.toStdString(),
                             .history = options.history.toStdString(),
                             .historyOctets = options.historyOctets});
    }
    QObject::connect(feed.get(), &Feed::failed, [](const QString& why) {
        std::fprintf(stderr, "%s: %s\n", qPrintable(QCoreApplication::applicationName()), qPrintable(why));
    });
    return feed;
}

} // namespace kolam::gui
