// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/window_actions.h"

#include "gui/common/glyphs.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QToolBar>

namespace kolam::gui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Actions)
};

} // namespace

WindowActions::WindowActions(QMainWindow& window) : m_window(window) {
    QMenuBar* bar = window.menuBar();
    QMenu* menu = bar->addMenu(Words::tr("&File"));
    open = add(menu, Words::tr("&Open…"), {QKeySequence::Open}, Words::tr("Open a parameter file or a saved picture"));
    savePicture = add(menu, Words::tr("&Save picture…"), {QKeySequence::Save},
                      Words::tr("Save the picture as PNG, with its parameters"));
    saveParameters = add(menu, Words::tr("Save &parameters…"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S)},
                         Words::tr("Save a parameter file (.fsf)"));
    menu->addSeparator();
    quit = add(menu, Words::tr("&Quit"), {QKeySequence(Qt::CTRL | Qt::Key_Q)}, Words::tr("Close the window"));

    menu = bar->addMenu(Words::tr("&Go"));
    back = add(menu, Words::tr("&Back"), {QKeySequence(Qt::ALT | Qt::Key_Left), QKeySequence::Undo},
               Words::tr("The place before"));
    forward = add(menu, Words::tr("&Forward"),
                  {QKeySequence(Qt::ALT | Qt::Key_Right), QKeySequence(Qt::CTRL | Qt::Key_Y),
                   QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z)},
                  Words::tr("The place after"));
    home = add(menu, Words::tr("&Whole set"), {QKeySequence(Qt::Key_Home)}, Words::tr("Show the whole set"));
    menu->addSeparator();
    zoomIn = add(menu, Words::tr("Zoom &in"), {QKeySequence(Qt::Key_Plus), QKeySequence(Qt::Key_Equal)},
                 Words::tr("Closer to the middle"));
    zoomOut = add(menu, Words::tr("Zoom &out"), {QKeySequence(Qt::Key_Minus)}, Words::tr("Away from the middle"));
    boxZoom =
        add(menu, Words::tr("Zoom into a bo&x"), {QKeySequence(Qt::Key_B)}, Words::tr("The next drag draws a box"));
    boxZoom->setCheckable(true);
    menu->addSeparator();
    left = add(menu, Words::tr("Move &left"), {QKeySequence(Qt::Key_Left)}, {});
    right = add(menu, Words::tr("Move &right"), {QKeySequence(Qt::Key_Right)}, {});
    up = add(menu, Words::tr("Move &up"), {QKeySequence(Qt::Key_Up)}, {});
    down = add(menu, Words::tr("Move &down"), {QKeySequence(Qt::Key_Down)}, {});

    menu = bar->addMenu(Words::tr("&Pool"));
    compute =
        add(menu, Words::tr("&Compute again"), {QKeySequence(Qt::Key_F5)}, Words::tr("Compute this picture again"));
    stop = add(menu, Words::tr("&Stop"), {QKeySequence(Qt::Key_Period)}, Words::tr("Stop computing"));
    moreSessions = add(menu, Words::tr("&More sessions"), {QKeySequence(Qt::Key_BracketRight)}, {});
    fewerSessions = add(menu, Words::tr("&Fewer sessions"), {QKeySequence(Qt::Key_BracketLeft)}, {});
    menu->addSeparator();
    kill = add(menu, Words::tr("&Kill the busiest element"), {QKeySequence(Qt::Key_K)},
               Words::tr("Only elements that a demonstration has started"));
    freeze = add(menu, Words::tr("Free&ze the busiest element"), {QKeySequence(Qt::Key_Z)},
                 Words::tr("Only elements that a demonstration has started"));
    restart = add(menu, Words::tr("&Restart all killed elements"), {QKeySequence(Qt::Key_R)}, {});

    menu = bar->addMenu(Words::tr("&View"));
    overlay = add(menu, Words::tr("&Overlay"), {QKeySequence(Qt::Key_O)}, Words::tr("Show or hide who computes what"));
    overlay->setCheckable(true);
    QMenu* sub = menu->addMenu(Words::tr("Overlay &shows"));
    auto* group = new QActionGroup(&window);
    for (const OverlayMode mode : overlayModes) {
        QAction* action = add(sub, overlayModeName(mode),
                              {QKeySequence(static_cast<int>(Qt::CTRL) | (Qt::Key_0 + static_cast<int>(mode)))}, {});
        action->setCheckable(true);
        group->addAction(action);
        overlays.append(action);
    }
    nextPalette = add(menu, Words::tr("&Next palette"), {QKeySequence(Qt::Key_C)}, {});
    previousPalette = add(menu, Words::tr("&Previous palette"), {QKeySequence(Qt::SHIFT | Qt::Key_C)}, {});
    menu->addSeparator();
    sub = menu->addMenu(Words::tr("&Theme"));
    group = new QActionGroup(&window);
    int key = Qt::Key_1;
    for (const QString& name :
         {Words::tr("&Dark"), Words::tr("&Light"), Words::tr("&Presenter"), Words::tr("High &contrast")}) {
        QAction* action = add(sub, name, {QKeySequence(static_cast<int>(Qt::ALT) | key++)}, {});
        action->setCheckable(true);
        group->addAction(action);
        themes.append(action);
    }
    panels = menu->addMenu(Words::tr("&Panels"));
    fullScreen = add(menu, Words::tr("&Full screen"), {QKeySequence(Qt::Key_F11)}, {});
    fullScreen->setCheckable(true);
    pictureOnly = add(menu, Words::tr("Picture and p&ool only"), {QKeySequence(Qt::Key_F9)},
                      Words::tr("Hide the form and the gallery: more room for the picture"));
    pictureOnly->setCheckable(true);
    copyEvents = add(menu, Words::tr("&Copy all events"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)},
                     Words::tr("Copy the list of events as text"));

    menu = bar->addMenu(Words::tr("&Help"));
    help = add(menu, Words::tr("&Keys and gestures"), {QKeySequence(Qt::Key_Question), QKeySequence(Qt::Key_F1)}, {});
    about = add(menu, Words::tr("&About kolam-fractal"), {}, {});

    const std::pair<QAction*, Glyph> glyphs[]{
        {open, Glyph::Open},
        {savePicture, Glyph::Save},
        {back, Glyph::Back},
        {forward, Glyph::Forward},
        {home, Glyph::Home},
        {zoomIn, Glyph::ZoomIn},
        {zoomOut, Glyph::ZoomOut},
        {boxZoom, Glyph::BoxZoom},
        {compute, Glyph::Restart},
        {stop, Glyph::Stop},
        {kill, Glyph::Kill},
        {overlay, Glyph::Overlay},
        {nextPalette, Glyph::Contrast},
        {help, Glyph::Help},
    };
    for (const auto& [action, glyph] : glyphs) {
        action->setIcon(glyphIcon(glyph));
    }
    auto* tools = new QToolBar(Words::tr("Tools"), &window);
    tools->setObjectName(QStringLiteral("tools"));
    tools->setMovable(false);
    for (QAction* action :
         {back, forward, home, static_cast<QAction*>(nullptr), zoomIn, zoomOut, boxZoom, static_cast<QAction*>(nullptr),
          compute, stop, static_cast<QAction*>(nullptr), overlay, nextPalette, static_cast<QAction*>(nullptr), open,
          savePicture, static_cast<QAction*>(nullptr), help}) {
        if (action == nullptr) {
            tools->addSeparator();
        } else {
            tools->addAction(action);
        }
    }
    window.addToolBar(tools);
}

QAction* WindowActions::add(QMenu* menu, const QString& text, const QList<QKeySequence>& keys, const QString& what) {
    auto* action = new QAction(text, &m_window);
    action->setShortcuts(keys);
    QString plain = QString(text).remove(u'&').remove(u'…');
    if (!what.isEmpty()) {
        plain += QStringLiteral(": ") + what;
    }
    if (!keys.isEmpty()) {
        plain += QStringLiteral(" (%1)").arg(keys.constFirst().toString(QKeySequence::NativeText));
    }
    action->setToolTip(plain);
    action->setStatusTip({});
    menu->addAction(action);
    all.append(action);
    return action;
}

} // namespace kolam::gui
