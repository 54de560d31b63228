// SPDX-License-Identifier: GPL-3.0-or-later
// How the windows look: four themes, each a small set of named colours and sizes from which palette and style sheet
// are made. Widgets that paint themselves ask for the tokens. Next door: element_colours.h, glyphs.h.
#pragma once

#include <QColor>
#include <QFont>
#include <QString>

class QApplication;
class QPalette;

namespace kolam::gui {

/// Presenter is dark with large letters, legible from the last row of a room; Contrast is black, white and few colours.
enum class Theme : quint8 { Dark, Light, Presenter, Contrast };

struct ThemeTokens {
    QColor window;   // behind everything
    QColor surface;  // lists, fields
    QColor raised;   // cards, buttons
    QColor text;     // on all three, at least 7:1
    QColor muted;    // secondary text, at least 4.5:1
    QColor accent;   // selection, focus, progress
    QColor onAccent; // text on accent
    QColor border;
    QColor canvas; // behind pictures: dark in every theme
    QColor onCanvas;
    QColor good;
    QColor warning;
    QColor bad;
    QColor frozen;
    int pointSize = 10; // of ordinary text
    int space = 8;      // pixels between things
};

[[nodiscard]] const ThemeTokens& themeTokens(Theme theme);
[[nodiscard]] QPalette themePalette(const ThemeTokens& tokens);

/// Sets style, palette, font and style sheet of the whole application.
void applyTheme(QApplication& application, Theme theme);
/// The theme applied last; Dark before the first.
[[nodiscard]] Theme currentTheme();
[[nodiscard]] const ThemeTokens& currentTokens();
/// Light or Dark, whichever the desktop's palette suggests; ask before applyTheme().
[[nodiscard]] Theme themeOfDesktop();

/// "dark", "light", "presenter", "contrast": names for settings and command line.
[[nodiscard]] QString themeName(Theme theme);
[[nodiscard]] Theme themeFromName(const QString& name, Theme otherwise);
/// A font with figures of one width, for numbers that change in place.
[[nodiscard]] QFont figureFont(int pointSize);

} // namespace kolam::gui
