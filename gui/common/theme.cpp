// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/common/theme.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPalette>
#include <QStyleFactory>

namespace kolam::gui {

namespace {

Theme theCurrentTheme = Theme::Dark; // a style is the application's, so is its memory

const ThemeTokens dark{.window = 0x15181d,
                       .surface = 0x1b1f26,
                       .raised = 0x252b34,
                       .text = 0xe9edf2,
                       .muted = 0xa3aebb,
                       .accent = 0x56b4e9,
                       .onAccent = 0x0a1016,
                       .border = 0x343c48,
                       .canvas = 0x0b0d10,
                       .onCanvas = 0xe9edf2,
                       .good = 0x4cc38a,
                       .warning = 0xf0b429,
                       .bad = 0xff7a66,
                       .frozen = 0x9db8ff,
                       .pointSize = 10,
                       .space = 8};
const ThemeTokens light{.window = 0xf3f5f8,
                        .surface = 0xffffff,
                        .raised = 0xffffff,
                        .text = 0x1a2027,
                        .muted = 0x55606d,
                        .accent = 0x0a66ad,
                        .onAccent = 0xffffff,
                        .border = 0xcdd4dd,
                        .canvas = 0x14171c,
                        .onCanvas = 0xe9edf2,
                        .good = 0x0b7a4b,
                        .warning = 0x8a5a00,
                        .bad = 0xb3261e,
                        .frozen = 0x3355c4,
                        .pointSize = 10,
                        .space = 8};
const ThemeTokens presenter{.window = 0x0e1013,
                            .surface = 0x15181d,
                            .raised = 0x20262e,
                            .text = 0xffffff,
                            .muted = 0xc6cfd9,
                            .accent = 0x6cc4f5,
                            .onAccent = 0x05080b,
                            .border = 0x4a5563,
                            .canvas = 0x07080a,
                            .onCanvas = 0xffffff,
                            .good = 0x5fd69b,
                            .warning = 0xffc940,
                            .bad = 0xff8f7d,
                            .frozen = 0xb4c8ff,
                            .pointSize = 16,
                            .space = 10};

const ThemeTokens contrast{.window = Qt::black,
                           .surface = Qt::black,
                           .raised = Qt::black,
                           .text = 0xffffff,
                           .muted = 0xffffff,
                           .accent = 0xffff00,
                           .onAccent = Qt::black,
                           .border = 0xffffff,
                           .canvas = Qt::black,
                           .onCanvas = 0xffffff,
                           .good = 0x00ff66,
                           .warning = 0xffff00,
                           .bad = 0xff8080,
                           .frozen = 0x80d0ff,
                           .pointSize = 12,
                           .space = 8};

QString styleSheet(const ThemeTokens& t) {
    QString sheet = QStringLiteral(R"(
QToolTip { color: @text; background: @raised; border: 1px solid @border; padding: 4px; }
QMainWindow::separator { background: @window; width: @gap; height: @gap; }
QMainWindow::separator:hover { background: @accent; }
QToolBar { background: @window; border: 0; border-bottom: 1px solid @border; padding: @half; spacing: @half; }
QToolBar::separator { background: @border; width: 1px; margin: 4px @half; }
QToolButton { border: 1px solid transparent; border-radius: 6px; padding: 5px; color: @text; }
QToolButton:hover { background: @raised; border-color: @border; }
QToolButton:checked { background: @raised; border-color: @accent; }
QToolButton:pressed { background: @border; }
QToolButton:focus, QPushButton:focus { border-color: @accent; }
QToolButton:disabled { color: @border; }
QPushButton { background: @raised; color: @text; border: 1px solid @border; border-radius: 6px; padding: 4px @gap; }
QPushButton:hover { border-color: @accent; }
QPushButton:pressed { background: @border; }
QPushButton:disabled { color: @muted; background: @window; }
QMenuBar { background: @window; color: @text; }
QMenuBar::item { padding: 4px @gap; background: transparent; border-radius: 4px; }
QMenuBar::item:selected { background: @raised; }
QMenu { background: @surface; color: @text; border: 1px solid @border; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 24px; border-radius: 4px; }
QMenu::item:selected { background: @accent; color: @onaccent; }
QMenu::item:disabled { color: @muted; }
QMenu::separator { height: 1px; background: @border; margin: 4px; }
QStatusBar { background: @window; border-top: 1px solid @border; }
QStatusBar::item { border: 0; }
QDockWidget { color: @muted; font-weight: bold; }
QDockWidget::title { background: @window; padding: @half @gap; text-align: left; }
QListView, QTreeView, QTableView { background: @surface; border: 0; outline: 0; }
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected { background: @accent; color: @onaccent; }
QHeaderView::section { background: @window; color: @muted; border: 0; padding: 4px; }
QScrollArea { border: 0; background: @window; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: @border; border-radius: 4px; min-height: 24px; margin: 1px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle:horizontal { background: @border; border-radius: 4px; min-width: 24px; margin: 1px; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: @raised; border: 0; border-radius: 4px; text-align: center; color: @text; }
QProgressBar::chunk { background: @accent; border-radius: 4px; }
QFrame[card="true"] { background: @raised; border: 1px solid @border; border-radius: 8px; }
QLabel[role="muted"] { color: @muted; }
QLabel[role="title"] { font-weight: bold; }
QLabel[role="warning"] { color: @warning; font-weight: bold; }
QLabel[role="banner"] { background: @warning; color: @onwarning; font-weight: bold; padding: @half @gap; }
)");
    const std::pair<const char*, QString> words[]{
        {"@onaccent", t.onAccent.name()},
        {"@onwarning", t.window.lightness() < 128 ? t.window.name() : t.surface.name()},
        {"@window", t.window.name()},
        {"@surface", t.surface.name()},
        {"@raised", t.raised.name()},
        {"@text", t.text.name()},
        {"@muted", t.muted.name()},
        {"@accent", t.accent.name()},
        {"@border", t.border.name()},
        {"@warning", t.warning.name()},
        {"@half", QStringLiteral("%1px").arg(t.space / 2)},
        {"@gap", QStringLiteral("%1px").arg(t.space)},
    };
    for (const auto& [word, value] : words) {
        sheet.replace(QLatin1String(word), value);
    }
    return sheet;
}

} // namespace

const ThemeTokens& themeTokens(Theme theme) {
    switch (theme) {
    case Theme::Light: return light;
    case Theme::Presenter: return presenter;
    case Theme::Contrast: return contrast;
    case Theme::Dark: break;
    }
    return dark;
}

QPalette themePalette(const ThemeTokens& t) {
    QPalette palette;
    palette.setColor(QPalette::Window, t.window);
    palette.setColor(QPalette::WindowText, t.text);
    palette.setColor(QPalette::Base, t.surface);
    palette.setColor(QPalette::AlternateBase, t.raised);
    palette.setColor(QPalette::Text, t.text);
    palette.setColor(QPalette::PlaceholderText, t.muted);
    palette.setColor(QPalette::Button, t.raised);
    palette.setColor(QPalette::ButtonText, t.text);
    palette.setColor(QPalette::BrightText, t.bad);
    palette.setColor(QPalette::ToolTipBase, t.raised);
    palette.setColor(QPalette::ToolTipText, t.text);
    palette.setColor(QPalette::Highlight, t.accent);
    palette.setColor(QPalette::HighlightedText, t.onAccent);
    palette.setColor(QPalette::Link, t.accent);
    palette.setColor(QPalette::LinkVisited, t.accent);
    palette.setColor(QPalette::Light, t.border);
    palette.setColor(QPalette::Midlight, t.border);
    palette.setColor(QPalette::Mid, t.border);
    palette.setColor(QPalette::Dark, t.border);
    palette.setColor(QPalette::Shadow, t.canvas);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(QPalette::Disabled, role, t.muted);
    }
    return palette;
}

void applyTheme(QApplication& application, Theme theme) {
    theCurrentTheme = theme;
    const ThemeTokens& tokens = themeTokens(theme);
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setPalette(themePalette(tokens));
    QFont font = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    font.setPointSize(tokens.pointSize);
    QApplication::setFont(font);
    application.setStyleSheet(styleSheet(tokens));
}

Theme currentTheme() {
    return theCurrentTheme;
}
const ThemeTokens& currentTokens() {
    return themeTokens(theCurrentTheme);
}

Theme themeOfDesktop() {
    // QStyleHints::colorScheme() came with Qt 6.5; the palette's lightness says the same.
    return QPalette().color(QPalette::Window).lightness() < 128 ? Theme::Dark : Theme::Light;
}

QString themeName(Theme theme) {
    switch (theme) {
    case Theme::Light: return QStringLiteral("light");
    case Theme::Presenter: return QStringLiteral("presenter");
    case Theme::Contrast: return QStringLiteral("contrast");
    case Theme::Dark: break;
    }
    return QStringLiteral("dark");
}

Theme themeFromName(const QString& name, Theme otherwise) {
    for (const Theme theme : {Theme::Dark, Theme::Light, Theme::Presenter, Theme::Contrast}) {
        if (themeName(theme) == name) {
            return theme;
        }
    }
    return otherwise;
}

QFont figureFont(int pointSize) {
    QFont font = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    font.setPointSize(pointSize);
    font.setStyleHint(QFont::SansSerif);
    return font; // DejaVu Sans and Noto Sans have figures of one width
}

} // namespace kolam::gui
