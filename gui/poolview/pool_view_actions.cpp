// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/poolview/pool_view_actions.h"

#include "gui/common/glyphs.h"
#include "gui/common/named_action.h"
#include "gui/common/row_model.h"

#include <QActionGroup>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

namespace kolam::gui {

namespace {

struct PoolViewActionWords {
    Q_DECLARE_TR_FUNCTIONS(PoolViewActions)
};

QKeySequence chord(QKeyCombination keys) {
    return QKeySequence(keys);
}

} // namespace

QStringList viewKeys() {
    return {QStringLiteral("pools"), QStringLiteral("elements"), QStringLiteral("registrars"),
            QStringLiteral("sessions"), QStringLiteral("agreement")};
}

PoolViewActions::PoolViewActions(QMainWindow& window) : m_window(window) {
    QMenuBar* const bar = window.menuBar();
    QMenu* menu = bar->addMenu(PoolViewActionWords::tr("&File"));
    saveTable =
        add(menu, PoolViewActionWords::tr("Save this &table…"), {chord(Qt::CTRL | Qt::Key_E)},
            PoolViewActionWords::tr("The rows that are shown: with all columns as CSV or JSON, as they stand as PDF"));
    saveLoads = add(menu, PoolViewActionWords::tr("Save &load over time…"), {QKeySequence::Save},
                    PoolViewActionWords::tr("As SVG, PNG or PDF"));
    saveAll = add(menu, PoolViewActionWords::tr("Save all that is &known…"), {chord(Qt::CTRL | Qt::Key_J)},
                  PoolViewActionWords::tr("The model of this moment as JSON"));
    copyRows = add(menu, PoolViewActionWords::tr("&Copy rows"), {QKeySequence::Copy},
                   PoolViewActionWords::tr("Those that are selected, or all, for a spreadsheet"));
    menu->addSeparator();
    quit = add(menu, PoolViewActionWords::tr("&Quit"), {chord(Qt::CTRL | Qt::Key_Q)},
               PoolViewActionWords::tr("Close the window"));
    makeShow();
    makeView();
    makeTime();
    makeOperate();
    menu = bar->addMenu(PoolViewActionWords::tr("&Help"));
    palette = add(menu, PoolViewActionWords::tr("&Commands…"), {chord(Qt::CTRL | Qt::SHIFT | Qt::Key_P)},
                  PoolViewActionWords::tr("Find what to do by its name"));
    help = add(menu, PoolViewActionWords::tr("&Keys and gestures"),
               {QKeySequence(Qt::Key_Question), QKeySequence(Qt::Key_F1)}, {});
    about = add(menu, PoolViewActionWords::tr("&About kolam-poolview"), {}, {});
    const std::pair<QAction*, Glyph> glyphs[]{
        {saveTable, Glyph::Save},          {pause, Glyph::Pause}, {stepBack, Glyph::StepBack},
        {stepForward, Glyph::StepForward}, {toNow, Glyph::Start}, {help, Glyph::Help},
    };
    for (const auto& [action, glyph] : glyphs) {
        action->setIcon(glyphIcon(glyph));
    }
}

void PoolViewActions::makeShow() {
    QMenu* const menu = m_window.menuBar()->addMenu(PoolViewActionWords::tr("&Show"));
    findText = add(menu, PoolViewActionWords::tr("&Find…"), {QKeySequence::Find},
                   PoolViewActionWords::tr("Rows with all these words, in any column"));
    findEvents = add(menu, PoolViewActionWords::tr("Find e&vents…"), {chord(Qt::CTRL | Qt::SHIFT | Qt::Key_F)},
                     PoolViewActionWords::tr("By object, kind and time, in all that is kept"));
    menu->addSeparator();
    for (std::size_t at = 0; at < elementStates; ++at) {
        const auto state = static_cast<ElementState>(at);
        QAction* const chip = add(menu, PoolViewActionWords::tr("Only %1").arg(wordOf(state)),
                                  {QKeySequence(static_cast<int>(Qt::Key_1) + static_cast<int>(at))}, meaningOf(state));
        chip->setIcon(stateIcon(state));
        chip->setCheckable(true);
        chips[at] = chip;
    }
    menu->addSeparator();
    showAll = add(menu, PoolViewActionWords::tr("&Everything"), {QKeySequence(Qt::Key_0)},
                  PoolViewActionWords::tr("All states, no words"));
}

void PoolViewActions::makeView() {
    QMenu* const menu = m_window.menuBar()->addMenu(PoolViewActionWords::tr("&View"));
    auto* const tabs = new QActionGroup(&m_window);
    int key = Qt::Key_1;
    for (const QString& name : {PoolViewActionWords::tr("&Pools"), PoolViewActionWords::tr("&Elements"),
                                PoolViewActionWords::tr("&Registrars"), PoolViewActionWords::tr("&Sessions"),
                                PoolViewActionWords::tr("A&greement of registrars")}) {
        QAction* const action = add(menu, name, {QKeySequence(static_cast<int>(Qt::CTRL) | key++)}, {});
        action->setCheckable(true);
        tabs->addAction(action);
        views.append(action);
    }
    menu->addSeparator();
    columns = menu->addMenu(PoolViewActionWords::tr("&Columns"));
    compact = add(menu, PoolViewActionWords::tr("Co&mpact rows"), {chord(Qt::CTRL | Qt::Key_D)},
                  PoolViewActionWords::tr("More of them on the screen"));
    compact->setCheckable(true);
    QMenu* const sub = menu->addMenu(PoolViewActionWords::tr("&Theme"));
    auto* const group = new QActionGroup(&m_window);
    key = Qt::Key_1;
    for (const QString& name : {PoolViewActionWords::tr("&Dark"), PoolViewActionWords::tr("&Light"),
                                PoolViewActionWords::tr("&Presenter"), PoolViewActionWords::tr("High &contrast")}) {
        QAction* const action = add(sub, name, {QKeySequence(static_cast<int>(Qt::ALT) | key++)}, {});
        action->setCheckable(true);
        group->addAction(action);
        themes.append(action);
    }
    panels = menu->addMenu(PoolViewActionWords::tr("P&anels"));
    wall = add(menu, PoolViewActionWords::tr("&Wall"), {QKeySequence(Qt::Key_F11)},
               PoolViewActionWords::tr("The whole screen, large letters, one table after the other, no pointer"));
    wall->setCheckable(true);
    leaveWall = add(menu, PoolViewActionWords::tr("Leave the wa&ll"), {QKeySequence(Qt::Key_Escape)}, {});
    leaveWall->setEnabled(false);
    resetLayout = add(menu, PoolViewActionWords::tr("Everything as at &first"), {},
                      PoolViewActionWords::tr("Panels and columns"));
}

void PoolViewActions::makeTime() {
    QMenu* const menu = m_window.menuBar()->addMenu(PoolViewActionWords::tr("&Time"));
    pause = add(menu, PoolViewActionWords::tr("&Pause or play"), {QKeySequence(Qt::Key_Space)},
                PoolViewActionWords::tr("Stand still, or go on from here"));
    stepBack = add(menu, PoolViewActionWords::tr("Event &before"), {QKeySequence(Qt::Key_Comma)}, {});
    stepForward = add(menu, PoolViewActionWords::tr("Event &after"), {QKeySequence(Qt::Key_N)}, {});
    toBegin = add(menu, PoolViewActionWords::tr("To the be&ginning"), {chord(Qt::CTRL | Qt::SHIFT | Qt::Key_Home)}, {});
    toNow = add(menu, PoolViewActionWords::tr("To &now"),
                {chord(Qt::CTRL | Qt::SHIFT | Qt::Key_End), QKeySequence(Qt::Key_L)},
                PoolViewActionWords::tr("Show what is, as it happens"));
    menu->addSeparator();
    slower = add(menu, PoolViewActionWords::tr("&Slower"), {QKeySequence(Qt::Key_BracketLeft)},
                 PoolViewActionWords::tr("Down to a thousandth"));
    faster = add(menu, PoolViewActionWords::tr("&Faster"), {QKeySequence(Qt::Key_BracketRight)}, {});
    menu->addSeparator();
    showAllTime = add(menu, PoolViewActionWords::tr("Whole &time line"), {chord(Qt::CTRL | Qt::Key_0)}, {});
}

void PoolViewActions::makeOperate() {
    operate = m_window.menuBar()->addMenu(PoolViewActionWords::tr("&Operate"));
    operate->setToolTipsVisible(true); // why something cannot be done
    const std::array<std::pair<QString, QKeyCombination>, operationCount> entries{{
        {PoolViewActionWords::tr("&Drain"), Qt::CTRL | Qt::SHIFT | Qt::Key_D},
        {PoolViewActionWords::tr("&Maintenance"), Qt::CTRL | Qt::SHIFT | Qt::Key_M},
        {PoolViewActionWords::tr("Serve &again"), Qt::CTRL | Qt::SHIFT | Qt::Key_A},
        {PoolViewActionWords::tr("&Close sessions"), Qt::CTRL | Qt::SHIFT | Qt::Key_C},
        {PoolViewActionWords::tr("&Stop"), Qt::CTRL | Qt::SHIFT | Qt::Key_S},
        {PoolViewActionWords::tr("&Restart"), Qt::CTRL | Qt::SHIFT | Qt::Key_R},
    }};
    for (std::size_t at = 0; at < operationCount; ++at) {
        operations[at] =
            add(operate, entries[at].first, {chord(entries[at].second)}, operationMeaning(static_cast<Operation>(at)));
    }
}

QAction* PoolViewActions::add(QMenu* menu, const QString& text, const QList<QKeySequence>& keys, const QString& what) {
    QAction* const action = addNamedAction(m_window, *menu, text, keys, what);
    all.append(action);
    return action;
}

} // namespace kolam::gui
