// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/monitor/monitor_actions.h"

#include "gui/common/glyphs.h"
#include "gui/common/named_action.h"
#include "gui/monitor/lesson_shelf.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QToolBar>

namespace kolam::gui {

namespace {

struct MonitorActionWords {
    Q_DECLARE_TR_FUNCTIONS(MonitorActions)
};

QKeySequence with(QKeyCombination keys) {
    return QKeySequence(keys);
}

} // namespace

MonitorActions::MonitorActions(QMainWindow& window) : m_window(window) {
    QMenuBar* const bar = window.menuBar();
    QMenu* menu = bar->addMenu(MonitorActionWords::tr("&File"));
    exportMap = add(menu, MonitorActionWords::tr("Save the &map…"), {QKeySequence::Save},
                    MonitorActionWords::tr("As PNG, SVG or PDF"));
    exportTables = add(menu, MonitorActionWords::tr("Save the &tables…"), {with(Qt::CTRL | Qt::Key_T)},
                       MonitorActionWords::tr("Components, sessions and failovers as CSV"));
    exportEvents = add(menu, MonitorActionWords::tr("Save the &events…"), {with(Qt::CTRL | Qt::Key_E)},
                       MonitorActionWords::tr("As CSV"));
    exportModel = add(menu, MonitorActionWords::tr("Save all that is &known…"), {with(Qt::CTRL | Qt::Key_J)},
                      MonitorActionWords::tr("The model of this moment as JSON"));
    exportClip = add(menu, MonitorActionWords::tr("Save a &clip…"), {with(Qt::CTRL | Qt::Key_L)},
                     MonitorActionWords::tr("The marked range of the time line, as a recording of its own"));
    menu->addSeparator();
    compare = add(menu, MonitorActionWords::tr("C&ompare with a recording…"), {with(Qt::CTRL | Qt::Key_R)},
                  MonitorActionWords::tr("How long failovers took, and figures, of both"));
    menu->addSeparator();
    importSetup = add(menu, MonitorActionWords::tr("&Import a setup…"), {with(Qt::CTRL | Qt::Key_I)},
                      MonitorActionWords::tr("Places and components of rserpooldemo (XML)"));
    menu->addSeparator();
    quit = add(menu, MonitorActionWords::tr("&Quit"), {with(Qt::CTRL | Qt::Key_Q)},
               MonitorActionWords::tr("Close the window"));
    makeTime();
    makeMap();
    makeFaults();
    makeLessons();
    makeView();
    menu = bar->addMenu(MonitorActionWords::tr("&Help"));
    palette = add(menu, MonitorActionWords::tr("&Commands…"), {with(Qt::CTRL | Qt::SHIFT | Qt::Key_P)},
                  MonitorActionWords::tr("Find what to do by its name"));
    help = add(menu, MonitorActionWords::tr("&Keys and gestures"),
               {QKeySequence(Qt::Key_Question), QKeySequence(Qt::Key_F1)}, {});
    about = add(menu, MonitorActionWords::tr("&About kolam-monitor"), {}, {});
    makeToolBar();
}

void MonitorActions::makeTime() {
    QMenu* const menu = m_window.menuBar()->addMenu(MonitorActionWords::tr("&Time"));
    pause =
        add(menu, MonitorActionWords::tr("&Pause or play"), {QKeySequence(Qt::Key_Space), QKeySequence(Qt::Key_Period)},
            MonitorActionWords::tr("Stand still, or go on from here"));
    stepBack = add(menu, MonitorActionWords::tr("Event &before"),
                   {QKeySequence(Qt::Key_Comma), QKeySequence(Qt::Key_PageUp)}, {});
    stepForward = add(menu, MonitorActionWords::tr("Event &after"),
                      {QKeySequence(Qt::Key_N), QKeySequence(Qt::Key_PageDown)}, {});
    toBegin = add(menu, MonitorActionWords::tr("To the be&ginning"), {with(Qt::CTRL | Qt::Key_Home)}, {});
    toNow = add(menu, MonitorActionWords::tr("To &now"), {with(Qt::CTRL | Qt::Key_End), QKeySequence(Qt::Key_L)},
                MonitorActionWords::tr("Show what is, as it happens"));
    menu->addSeparator();
    slower = add(menu, MonitorActionWords::tr("&Slower"), {QKeySequence(Qt::Key_BracketLeft)},
                 MonitorActionWords::tr("Down to a thousandth"));
    faster = add(menu, MonitorActionWords::tr("&Faster"), {QKeySequence(Qt::Key_BracketRight)}, {});
    menu->addSeparator();
    lastFailover = add(menu, MonitorActionWords::tr("Go to the last fail&over"), {QKeySequence(Qt::Key_F)},
                       MonitorActionWords::tr("To the moment before it, with its milliseconds on the time line"));
    fork = add(menu, MonitorActionWords::tr("For&k from here"), {with(Qt::CTRL | Qt::Key_K)},
               MonitorActionWords::tr("Only what is simulated can go on differently from a moment in the past; real "
                                      "systems cannot go back"));
    fork->setEnabled(false); // no source that windows have is simulated
    showAllTime = add(menu, MonitorActionWords::tr("Whole &time line"), {with(Qt::CTRL | Qt::Key_0)}, {});
}

void MonitorActions::makeMap() {
    QMenu* const menu = m_window.menuBar()->addMenu(MonitorActionWords::tr("&Map"));
    auto* const group = new QActionGroup(&m_window);
    int key = Qt::Key_F5;
    for (const QString& name :
         {MonitorActionWords::tr("&Layers"), MonitorActionWords::tr("&Rings"), MonitorActionWords::tr("By &host"),
          MonitorActionWords::tr("&Grid"), MonitorActionWords::tr("Over a pi&cture")}) {
        QAction* const action = add(menu, name, {QKeySequence(key++)}, {});
        action->setCheckable(true);
        group->addAction(action);
        layouts.append(action);
    }
    menu->addSeparator();
    zoomIn =
        add(menu, MonitorActionWords::tr("Zoom &in"), {QKeySequence(Qt::Key_Plus), QKeySequence(Qt::Key_Equal)}, {});
    zoomOut = add(menu, MonitorActionWords::tr("Zoom &out"), {QKeySequence(Qt::Key_Minus)}, {});
    fit = add(menu, MonitorActionWords::tr("Show &everything"), {QKeySequence(Qt::Key_0)}, {});
    undo = add(menu, MonitorActionWords::tr("&Undo the last move"), {QKeySequence::Undo}, {});
    redo = add(menu, MonitorActionWords::tr("Re&do it"), {QKeySequence::Redo}, {});
    menu->addSeparator();
    choosePicture = add(menu, MonitorActionWords::tr("Choose the pic&ture…"), {with(Qt::CTRL | Qt::Key_B)},
                        MonitorActionWords::tr("A plan of the building or a map, for example"));
    forgetPlaces = add(menu, MonitorActionWords::tr("Forget m&y places"), {},
                       MonitorActionWords::tr("Everything goes where this layout puts it"));
    menu->addSeparator();
    miniMap = add(menu, MonitorActionWords::tr("Mini ma&p"), {QKeySequence(Qt::Key_M)},
                  MonitorActionWords::tr("When not all is seen"));
    messages = add(menu, MonitorActionWords::tr("&Messages as dots"), {QKeySequence(Qt::Key_D)}, {});
    hulls = add(menu, MonitorActionWords::tr("&Whose elements they are"), {QKeySequence(Qt::Key_H)},
                MonitorActionWords::tr("A ground in the colour of the home registrar"));
    hulls->setCheckable(true);
    hulls->setChecked(true);
    miniMap->setCheckable(true);
    messages->setCheckable(true);
    miniMap->setChecked(true);
    messages->setChecked(true);
    findText = add(menu, MonitorActionWords::tr("&Find…"), {QKeySequence::Find},
                   MonitorActionWords::tr("In components and events"));
}

void MonitorActions::makeFaults() {
    QMenu* const menu = m_window.menuBar()->addMenu(MonitorActionWords::tr("F&aults"));
    const QString onlyLab = MonitorActionWords::tr("Only processes that a demonstration has started");
    kill = add(menu, MonitorActionWords::tr("&Kill"), {QKeySequence(Qt::Key_K)}, onlyLab);
    stop = add(menu, MonitorActionWords::tr("&Stop"), {QKeySequence(Qt::Key_S)},
               MonitorActionWords::tr("Ask it to leave: it deregisters"));
    freeze = add(menu, MonitorActionWords::tr("Free&ze"), {QKeySequence(Qt::Key_Z)}, onlyLab);
    resume = add(menu, MonitorActionWords::tr("&Resume or restart"), {QKeySequence(Qt::Key_R)}, onlyLab);
    slow = add(menu, MonitorActionWords::tr("Slo&w down"), {with(Qt::SHIFT | Qt::Key_S)},
               MonitorActionWords::tr("It runs for a fifth of the time"));
    flap = add(menu, MonitorActionWords::tr("&Flap"), {with(Qt::SHIFT | Qt::Key_F)},
               MonitorActionWords::tr("Frozen for a second, running for a second"));
    overload = add(menu, MonitorActionWords::tr("&Overload"), {with(Qt::SHIFT | Qt::Key_O)},
                   MonitorActionWords::tr("A crowd of users comes to an element, and takes what it can get"));
    menu->addSeparator();
    loss = add(menu, MonitorActionWords::tr("&Lose packets"), {with(Qt::SHIFT | Qt::Key_L)},
               MonitorActionWords::tr("Three of ten, each way"));
    delay = add(menu, MonitorActionWords::tr("&Delay packets"), {with(Qt::SHIFT | Qt::Key_D)},
                MonitorActionWords::tr("200 ms, each way"));
    partition = add(menu, MonitorActionWords::tr("&Cut off"), {QKeySequence(Qt::Key_P)},
                    MonitorActionWords::tr("From everybody else"));
    cutFrom = add(menu, MonitorActionWords::tr("Cut off fro&m…"), {with(Qt::SHIFT | Qt::Key_P)},
                  MonitorActionWords::tr("Some from some others"));
    drain = add(menu, MonitorActionWords::tr("Drai&n"), {with(Qt::SHIFT | Qt::Key_N)},
                MonitorActionWords::tr("No more users; it leaves when the last one has gone"));
    menu->addSeparator();
    healAll = add(menu, MonitorActionWords::tr("&Heal everything"), {QKeySequence(Qt::Key_B)}, {});
    menu->addSeparator();
    QMenu* const sub = menu->addMenu(MonitorActionWords::tr("Select &element"));
    for (int number = 1; number <= 9; ++number) {
        pick.append(
            add(sub, MonitorActionWords::tr("Element &%1").arg(number), {QKeySequence(Qt::Key_0 + number)}, {}));
    }
}

void MonitorActions::makeLessons() {
    QMenu* const menu = m_window.menuBar()->addMenu(MonitorActionWords::tr("&Lessons"));
    int key = Qt::Key_1;
    for (const ShippedLesson& lesson : shippedLessons()) {
        // The tenth is the lab: Ctrl+0 shows the whole time line.
        const QKeySequence own =
            key <= Qt::Key_9 ? with(Qt::CTRL | static_cast<Qt::Key>(key++)) : with(Qt::CTRL | Qt::SHIFT | Qt::Key_L);
        QAction* const action = add(menu, QString(lesson.title).replace(u'&', QStringLiteral("&&")), {own},
                                    MonitorActionWords::tr("A lesson with a pool of its own, in a window of its own"));
        action->setData(lesson.path);
        lessons.append(action);
    }
    openLesson = add(menu, MonitorActionWords::tr("&Open a scenario…"), {QKeySequence::Open},
                     MonitorActionWords::tr("A file with or without a lesson; its pool gets a window of its own"));
    menu->addSeparator();
    lessonNext = add(menu, MonitorActionWords::tr("&Continue"), {with(Qt::CTRL | Qt::Key_Return)},
                     MonitorActionWords::tr("Do, answer or go on: also space and the forward key of a clicker"));
    lessonBack = add(menu, MonitorActionWords::tr("&Back"), {with(Qt::CTRL | Qt::Key_Backspace)}, {});
    lessonSkip = add(menu, MonitorActionWords::tr("&Skip the step"), {with(Qt::CTRL | Qt::SHIFT | Qt::Key_Return)}, {});
    onceMore = add(menu, MonitorActionWords::tr("Once &more, slowly"), {QKeySequence(Qt::Key_O)},
                   MonitorActionWords::tr("The last failover, a thousand times as slow"));
    endLesson = add(menu, MonitorActionWords::tr("&End the lesson"), {with(Qt::CTRL | Qt::SHIFT | Qt::Key_E)}, {});
    setLessonOn(false);
}

void MonitorActions::setLessonOn(bool on) {
    for (QAction* const action : {lessonNext, lessonBack, lessonSkip, endLesson}) {
        action->setEnabled(on);
    }
    // A clicker has two keys and one for black: whoever teaches wants the lesson to have them.
    const QList<QKeySequence> ahead{QKeySequence(Qt::Key_Space), QKeySequence(Qt::Key_PageDown)};
    const QKeySequence behind(Qt::Key_PageUp);
    const auto give = [](QAction* action, const QList<QKeySequence>& keys, bool has) {
        QList<QKeySequence> kept = action->shortcuts();
        for (const QKeySequence& key : keys) {
            if (kept.contains(key) != has) {
                has ? kept.append(key) : static_cast<void>(kept.removeAll(key));
            }
        }
        action->setShortcuts(kept);
    };
    give(lessonNext, ahead, on);
    give(lessonBack, {behind}, on);
    give(pause, {ahead[0]}, !on);
    give(stepForward, {ahead[1]}, !on);
    give(stepBack, {behind}, !on);
}

void MonitorActions::makeView() {
    QMenu* const menu = m_window.menuBar()->addMenu(MonitorActionWords::tr("&View"));
    QMenu* const sub = menu->addMenu(MonitorActionWords::tr("&Theme"));
    auto* const group = new QActionGroup(&m_window);
    int key = Qt::Key_1;
    for (const QString& name : {MonitorActionWords::tr("&Dark"), MonitorActionWords::tr("&Light"),
                                MonitorActionWords::tr("&Presenter"), MonitorActionWords::tr("High &contrast")}) {
        QAction* const action = add(sub, name, {QKeySequence(static_cast<int>(Qt::ALT) | key++)}, {});
        action->setCheckable(true);
        group->addAction(action);
        themes.append(action);
    }
    panels = menu->addMenu(MonitorActionWords::tr("&Panels"));
    presenter = add(menu, MonitorActionWords::tr("P&resent"), {QKeySequence(Qt::Key_F11)},
                    MonitorActionWords::tr("The whole screen, large letters, the map and what explains it"));
    presenter->setCheckable(true);
    leavePresenter = add(menu, MonitorActionWords::tr("Leave the prese&ntation"), {QKeySequence(Qt::Key_Escape)}, {});
    leavePresenter->setEnabled(false);
    resetLayout = add(menu, MonitorActionWords::tr("Panels as at &first"), {}, {});
}

void MonitorActions::makeToolBar() {
    const std::pair<QAction*, Glyph> glyphs[]{
        {exportMap, Glyph::Save},    {pause, Glyph::Pause},
        {stepBack, Glyph::StepBack}, {stepForward, Glyph::StepForward},
        {toNow, Glyph::Start},       {zoomIn, Glyph::ZoomIn},
        {zoomOut, Glyph::ZoomOut},   {fit, Glyph::Home},
        {kill, Glyph::Kill},         {stop, Glyph::Stop},
        {freeze, Glyph::Freeze},     {resume, Glyph::Restart},
        {healAll, Glyph::Done},      {partition, Glyph::Cut},
        {cutFrom, Glyph::Cut},       {lastFailover, Glyph::Overlay},
        {help, Glyph::Help},         {undo, Glyph::Back},
        {redo, Glyph::Forward},
    };
    for (const auto& [action, glyph] : glyphs) {
        action->setIcon(glyphIcon(glyph));
    }
    resume->setIconText(MonitorActionWords::tr("Resume"));
    lastFailover->setIconText(MonitorActionWords::tr("Last failover"));
    // These are known by their signs; the room is for words of what one does in front of a class.
    for (QAction* const action : {zoomOut, zoomIn, fit, exportMap, help}) {
        action->setPriority(QAction::LowPriority);
    }
    auto* const tools = new QToolBar(MonitorActionWords::tr("Tools"), &m_window);
    tools->setObjectName(QStringLiteral("tools"));
    tools->setMovable(false);
    tools->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    for (QAction* const action :
         {kill, stop, freeze, resume, partition, healAll, static_cast<QAction*>(nullptr), lastFailover,
          static_cast<QAction*>(nullptr), zoomOut, zoomIn, fit, static_cast<QAction*>(nullptr), exportMap, help}) {
        action == nullptr ? static_cast<void>(tools->addSeparator()) : tools->addAction(action);
    }
    m_window.addToolBar(tools);
}

QAction* MonitorActions::add(QMenu* menu, const QString& text, const QList<QKeySequence>& keys, const QString& what) {
    QAction* const action = addNamedAction(m_window, *menu, text, keys, what);
    all.append(action);
    return action;
}

} // namespace kolam::gui
