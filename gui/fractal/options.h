// SPDX-License-Identifier: GPL-3.0-or-later
// The command line of kolam-fractal as values. Errors are sentences that name the option. Next door: main.cpp.
#pragma once

#include "core/base/address.h"
#include "core/node/profile.h"
#include "programs/common/component_options.h"
#include "programs/common/transport_choice.h"

#include <QSize>
#include <QString>
#include <QStringList>
#include <chrono>
#include <expected>
#include <optional>

namespace kolam::gui {

struct Options {
    std::vector<TransportAddress> registrars; // besides announcements
    QString pool = QStringLiteral("FractalGeneratorPool");
    const Profile* profile = nullptr; // never null after parsing
    programs::TransportChoice transport = programs::TransportChoice::Auto;
    bool insecureLan = false;
    ComponentOptions component;      // for whoever watches
    std::optional<int> sessions;     // 1 to 64
    std::optional<QSize> windowSize; // pixels; of the picture when rendering
    std::optional<QSize> imageSize;  // points; none: the canvas's own
    QString picture;                 // .fsf file
    QString render;                  // file to compute without a window; empty: open one
    QString renderTo;                // PNG
    int antialias = 1;               // points a pixel in each direction, when rendering
    int frames = 1;                  // more than one: a flight from the whole set to the place
    bool slideShow = false;          // begin with it
    QString control;                 // socket of a demonstration
    QString theme;                   // dark, light, presenter; empty: as last time
    QString palette;                 // key; empty: as last time
    QString overlay;                 // key; empty: as last time
    QString screenshot;              // file
    bool screenshotWhenComplete = false;
    std::chrono::milliseconds screenshotAfter{1000};
    QString exportCounts; // file
    QString report;       // file
    bool exitAfterComplete = false;
    bool resetSettings = false;
};

struct CommandLineEnd { // the program ends before it began: --help, --version, or a mistake
    QString text;
    bool isError = false;
};

[[nodiscard]] std::expected<Options, CommandLineEnd> parseCommandLine(const QStringList& arguments);

} // namespace kolam::gui
