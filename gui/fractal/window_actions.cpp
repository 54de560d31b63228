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

struct WindowActionWords {
    Q_DECLARE_TR_FUNCTIONS(Actions)
};

} // namespace

WindowActions::WindowActions(QMainWindow& window) : m_window(window) {
    QMenuBar* bar = window.menuBar();
    QMenu* menu = bar->addMenu(WindowActionWords::tr("&File"));
    open = add(menu, WindowActionWords::tr("&Open…"), {QKeySequence::Open},
               WindowActionWords::tr("Open a parameter file or a saved picture"));
    savePicture = add(menu, WindowActionWords::tr("&Save picture…"), {QKeySequence::Save},
                      WindowActionWords::tr("Save the picture as PNG, with its parameters"));
    saveParameters =
        add(menu, WindowActionWords::tr("Save &parameters…"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S)},
            WindowActionWords::tr("Save a parameter file (.fsf)"));
    menu->addSeparator();
    quit = add(menu, WindowActionWords::tr("&Quit"), {QKeySequence(Qt::CTRL | Qt::Key_Q)},
               WindowActionWords::tr("Close the window"));

    menu = bar->addMenu(WindowActionWords::tr("&Go"));
    back = add(menu, WindowActionWords::tr("&Back"), {QKeySequence(Qt::ALT | Qt::Key_Left), QKeySequence::Undo},
               WindowActionWords::tr("The place before"));
    forward = add(menu, WindowActionWords::tr("&Forward"),
                  {QKeySequence(Qt::ALT | Qt::Key_Right), QKeySequence(Qt::CTRL | Qt::Key_Y),
                   QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z)},
                  WindowActionWords::tr("The place after"));
    home = add(menu, WindowActionWords::tr("&Whole set"), {QKeySequence(Qt::Key_Home)},
               WindowActionWords::tr("Show the whole set"));
    menu->addSeparator();
    zoomIn = add(menu, WindowActionWords::tr("Zoom &in"), {QKeySequence(Qt::Key_Plus), QKeySequence(Qt::Key_Equal)},
                 WindowActionWords::tr("Closer to the middle"));
    zoomOut = add(menu, WindowActionWords::tr("Zoom &out"), {QKeySequence(Qt::Key_Minus)},
                  WindowActionWords::tr("Away from the middle"));
    boxZoom = add(menu, WindowActionWords::tr("Zoom into a bo&x"), {QKeySequence(Qt::Key_B)},
                  WindowActionWords::tr("The next drag draws a box"));
    boxZoom->setCheckable(true);
    menu->addSeparator();
    left = add(menu, WindowActionWords::tr("Move &left"), {QKeySequence(Qt::Key_Left)}, {});
    right = add(menu, WindowActionWords::tr("Move &right"), {QKeySequence(Qt::Key_Right)}, {});
    up = add(menu, WindowActionWords::tr("Move &up"), {QKeySequence(Qt::Key_Up)}, {});
    down = add(menu, WindowActionWords::tr("Move &down"), {QKeySequence(Qt::Key_Down)}, {});

    menu->addSeparator();
    julia = add(menu, WindowActionWords::tr("&Julia set of this point"), {QKeySequence(Qt::Key_J)},
                WindowActionWords::tr("The point of the Mandelbrot set under the pointer becomes the constant"));
    slideShow = add(menu, WindowActionWords::tr("&Slide show"), {QKeySequence(Qt::Key_S)},
                    WindowActionWords::tr("The pictures of the gallery, one after the other"));
    slideShow->setCheckable(true);

    menu = bar->addMenu(WindowActionWords::tr("&Pool"));
    compute = add(menu, WindowActionWords::tr("&Compute again"), {QKeySequence(Qt::Key_F5)},
                  WindowActionWords::tr("Compute this picture again"));
    stop = add(menu, WindowActionWords::tr("&Stop"), {QKeySequence(Qt::Key_Period)},
               WindowActionWords::tr("Stop computing"));
    moreSessions = add(menu, WindowActionWords::tr("&More sessions"), {QKeySequence(Qt::Key_BracketRight)}, {});
    fewerSessions = add(menu, WindowActionWords::tr("&Fewer sessions"), {QKeySequence(Qt::Key_BracketLeft)}, {});
    menu->addSeparator();
    kill = add(menu, WindowActionWords::tr("&Kill the busiest element"), {QKeySequence(Qt::Key_K)},
               WindowActionWords::tr("Only elements that a demonstration has started"));
    freeze = add(menu, WindowActionWords::tr("Free&ze the busiest element"), {QKeySequence(Qt::Key_Z)},
                 WindowActionWords::tr("Only elements that a demonstration has started"));
    restart = add(menu, WindowActionWords::tr("&Restart all killed elements"), {QKeySequence(Qt::Key_R)}, {});

    menu = bar->addMenu(WindowActionWords::tr("&View"));
    overlay = add(menu, WindowActionWords::tr("&Overlay"), {QKeySequence(Qt::Key_O)},
                  WindowActionWords::tr("Show or hide who computes what"));
    overlay->setCheckable(true);
    QMenu* sub = menu->addMenu(WindowActionWords::tr("Overlay &shows"));
    auto* group = new QActionGroup(&window);
    for (const OverlayMode mode : overlayModes) {
        QAction* action = add(sub, overlayModeName(mode),
                              {QKeySequence(static_cast<int>(Qt::CTRL) | (Qt::Key_0 + static_cast<int>(mode)))}, {});
        action->setCheckable(true);
        group->addAction(action);
        overlays.append(action);
    }
    nextPalette = add(menu, WindowActionWords::tr("&Next palette"), {QKeySequence(Qt::Key_C)}, {});
    previousPalette = add(menu, WindowActionWords::tr("&Previous palette"), {QKeySequence(Qt::SHIFT | Qt::Key_C)}, {});
    editPalette = add(menu, WindowActionWords::tr("E&dit palette…"), {QKeySequence(Qt::Key_E)},
                      WindowActionWords::tr("Make a palette of your own from this one"));
    menu->addSeparator();
    sub = menu->addMenu(WindowActionWords::tr("&Theme"));
    group = new QActionGroup(&window);
    int key = Qt::Key_1;
    for (const QString& name : {WindowActionWords::tr("&Dark"), WindowActionWords::tr("&Light"),
                                WindowActionWords::tr("&Presenter"), WindowActionWords::tr("High &contrast")}) {
        QAction* action = add(sub, name, {QKeySequence(static_cast<int>(Qt::ALT) | key++)}, {});
        action->setCheckable(true);
        group->addAction(action);
        themes.append(action);
    }
    panels = menu->addMenu(WindowActionWords::tr("Pan&els"));
    fullScreen = add(menu, WindowActionWords::tr("&Full screen"), {QKeySequence(Qt::Key_F11)}, {});
    fullScreen->setCheckable(true);
    pictureOnly = add(menu, WindowActionWords::tr("Picture and pool onl&y"), {QKeySequence(Qt::Key_F9)},
                      WindowActionWords::tr("Hide the form and the gallery: more room for the picture"));
    pictureOnly->setCheckable(true);
    copyEvents = add(menu, WindowActionWords::tr("&Copy all events"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)},
                     WindowActionWords::tr("Copy the list of events as text"));

    menu = bar->addMenu(WindowActionWords::tr("&Help"));
    help = add(menu, WindowActionWords::tr("&Keys and gestures"),
               {QKeySequence(Qt::Key_Question), QKeySequence(Qt::Key_F1)}, {});
    about = add(menu, WindowActionWords::tr("&About kolam-fractal"), {}, {});

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
    auto* tools = new QToolBar(WindowActionWords::tr("Tools"), &window);
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
