// SPDX-License-Identifier: GPL-3.0-or-later
// The options that all programs have which watch pools, as values. Errors are sentences that name the option.
// Next door: watch_program.h, what comes of them; the options.h of each window, which adds its own.
#pragma once

#include "core/base/address.h"

#include <QCommandLineOption>
#include <QList>
#include <QSize>
#include <QString>
#include <QStringList>
#include <chrono>
#include <expected>
#include <optional>
#include <vector>

class QCommandLineParser;

namespace kolam::gui {

struct WatchOptions {
    QString scope;                       // of components on this host
    std::optional<TransportAddress> csp; // where reports are taken
    std::vector<TransportAddress> enrp;  // registrars that are asked in their own protocol
    QString replay;                      // a recording
    QString record;                      // a recording to be written
    QString history;                     // folder of a history that stays; of windows that have the option
    quint64 historyOctets = 1'000'000'000;
    QString control; // socket of a demonstration
    QString theme;   // empty: as last time
    std::optional<QSize> size;
    bool headless = false;
    QString screenshot;
    std::chrono::milliseconds at{2'000};  // of the screenshot, after the start
    bool screenshotAfterFailover = false; // of the first one
    bool resetSettings = false;
};

struct WatchCommandLineEnd { // the program ends before it began: --help, --version, or a mistake
    QString text;
    bool isError = false;
};

/// Their names and words, and how they are read.
class WatchOptionSet {
public:
    WatchOptionSet();
    [[nodiscard]] QList<QCommandLineOption> all() const;
    /// @return what is wrong, as a sentence without its full stop; empty: nothing
    [[nodiscard]] QString read(const QCommandLineParser& parser, WatchOptions& options) const;

private:
    QString readLook(const QCommandLineParser& parser, WatchOptions& options) const;

    QCommandLineOption m_source;
    QCommandLineOption m_replay;
    QCommandLineOption m_record;
    QCommandLineOption m_control;
    QCommandLineOption m_theme;
    QCommandLineOption m_language;
    QCommandLineOption m_size;
    QCommandLineOption m_headless;
    QCommandLineOption m_screenshot;
    QCommandLineOption m_at;
    QCommandLineOption m_reset;
};

/// Parses the arguments, with --help and --version.
[[nodiscard]] std::expected<void, WatchCommandLineEnd>
parseArguments(QCommandLineParser& parser, const QList<QCommandLineOption>& options, const QStringList& arguments);

} // namespace kolam::gui
