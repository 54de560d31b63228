// SPDX-License-Identifier: GPL-3.0-or-later
// The part of the window that is remembered from one start to the next. Next door: main_window.cpp.
#include "gui/fractal/main_window.h"
#include "gui/fractal/window_actions.h"

#include <QSettings>

namespace kolam::gui {

namespace {

constexpr int layoutVersion = 2; // of docks and tool bars: older layouts are not restored

} // namespace

void MainWindow::readSettings(const Config& config) {
    QSettings settings;
    if (config.useSettings) {
        restoreGeometry(settings.value(QStringLiteral("fractal/geometry")).toByteArray());
        m_arranged = restoreState(settings.value(QStringLiteral("fractal/layout")).toByteArray(), layoutVersion);
    }
    const auto word = [&](const QString& given, const char* key) {
        return !given.isEmpty() || !config.useSettings ? given : settings.value(QLatin1String(key)).toString();
    };
    Colouring colouring;
    colouring.palette = paletteIndex(word(config.palette, "fractal/palette"));
    if (config.useSettings) {
        colouring.own = stopsFromText(settings.value(QStringLiteral("fractal/ownPalette")).toString());
    }
    setColouring(colouring);
    const QString overlay = word(config.overlay, "fractal/overlay");
    OverlayMode shown = OverlayMode::Elements;
    for (const OverlayMode mode : overlayModes) {
        if (overlayModeKey(mode) == overlay) {
            shown = mode;
        }
    }
    setOverlay(shown);
    m_actions->themes[static_cast<int>(currentTheme())]->setChecked(true);
    m_actions->pictureOnly->setChecked(currentTheme() == Theme::Presenter);
}

void MainWindow::writeSettings(QSettings& settings) const {
    settings.setValue(QStringLiteral("fractal/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("fractal/layout"), saveState(layoutVersion));
    settings.setValue(
        QStringLiteral("fractal/palette"),
        QLatin1String(palettes()[static_cast<std::size_t>(m_run.picture().image().colouring().palette)].key));
    settings.setValue(QStringLiteral("fractal/ownPalette"), stopsAsText(m_run.picture().image().colouring().own));
    settings.setValue(QStringLiteral("fractal/overlay"), overlayModeKey(m_run.picture().overlay().mode()));
    settings.setValue(QStringLiteral("fractal/sessions"), m_run.sessions());
    settings.setValue(QStringLiteral("theme"), themeName(currentTheme()));
}

} // namespace kolam::gui
