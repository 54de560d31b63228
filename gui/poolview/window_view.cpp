// SPDX-License-Identifier: GPL-3.0-or-later
// The pool view's window around what it shows: tabs, themes, the wall, help, and what it remembers.
// Next door: pool_view_window.cpp.
#include "gui/common/command_palette.h"
#include "gui/common/saving.h"
#include "gui/common/sentences.h"
#include "gui/common/shortcut_sheet.h"
#include "gui/poolview/event_finder.h"
#include "gui/poolview/pool_view_actions.h"
#include "gui/poolview/pool_view_window.h"
#include "gui/poolview/rule_book.h"
#include "gui/poolview/table_exports.h"
#include "gui/poolview/table_page.h"
#include "gui/poolview/table_sheets.h"

#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QDockWidget>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QSettings>
#include <QStatusBar>
#include <QTabWidget>

namespace kolam::gui {

namespace {
constexpr int panelsVersion = 1;
} // namespace

// ---- View and help -------------------------------------------------------------------------------------------------

void PoolViewWindow::connectView() {
    for (int i = 0; i < m_actions->views.size(); ++i) {
        connect(m_actions->views[i], &QAction::triggered, m_tabs, [this, i] { m_tabs->setCurrentIndex(i); });
    }
    connect(m_tabs, &QTabWidget::currentChanged, this, [this](int index) {
        m_actions->views[index]->setChecked(true);
        showRows();
    });
    connect(m_actions->columns, &QMenu::aboutToShow, this, [this] {
        m_actions->columns->clear();
        page().fillColumnMenu(*m_actions->columns);
    });
    m_actions->columns->setToolTipsVisible(true);
    connect(m_actions->compact, &QAction::toggled, this, [this](bool on) {
        for (TablePage* const each : m_pages) {
            each->setDensity(on ? Density::Compact : Density::Comfortable);
        }
    });
    for (int i = 0; i < m_actions->themes.size(); ++i) {
        connect(m_actions->themes[i], &QAction::triggered, this, [this, i] { setTheme(static_cast<Theme>(i)); });
    }
    connect(m_actions->wall, &QAction::toggled, this, &PoolViewWindow::putOnWall);
    connect(m_actions->leaveWall, &QAction::triggered, this, [this] { m_actions->wall->setChecked(false); });
    m_wallClock.setInterval(m_config.wallMilliseconds);
    connect(&m_wallClock, &QTimer::timeout, this, &PoolViewWindow::showNextView);
    connect(m_actions->resetLayout, &QAction::triggered, this, &PoolViewWindow::resetLayout);
    connect(m_actions->quit, &QAction::triggered, this, &QWidget::close);
    connect(m_actions->help, &QAction::triggered, this, &PoolViewWindow::showSheet);
    connect(m_actions->palette, &QAction::triggered, this, [this] {
        auto* const palette = new CommandPalette(m_actions->all, this);
        palette->setAttribute(Qt::WA_DeleteOnClose);
        palette->open();
    });
    connect(m_actions->about, &QAction::triggered, this, [this] {
        auto* const box =
            new QMessageBox(QMessageBox::NoIcon, tr("About kolam-poolview"),
                            tr("kolam-poolview %1\nKeeps an eye on pools of RSerPool (RFC 5351 to 5356).\n"
                               "GPL-3.0-or-later.")
                                .arg(QCoreApplication::applicationVersion()),
                            QMessageBox::Close, this);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->open();
    });
}

void PoolViewWindow::showView(const QString& key) {
    const auto at = static_cast<int>(viewKeys().indexOf(key));
    if (at >= 0) {
        m_tabs->setCurrentIndex(at);
    }
}

void PoolViewWindow::setTheme(Theme theme) {
    applyTheme(*static_cast<QApplication*>(QCoreApplication::instance()), theme);
    m_actions->themes[static_cast<int>(theme)]->setChecked(true);
    refresh();
}

void PoolViewWindow::showSheet() {
    const QList<Gesture> gestures{
        {tr("Sort"), tr("press on a heading; once more for the other direction")},
        {tr("Move a column"), tr("drag its heading")},
        {tr("Choose columns"), tr("right button on a heading, or the button Columns")},
        {tr("Go to a moment"), tr("press on the time line, or Enter on an event or on a cell of load")},
        {tr("Load of an element at a time"), tr("point at it, or arrow keys in “Load over time”")},
        {tr("Zoom in time"), tr("wheel on the time line")},
    };
    auto* const sheet = new ShortcutSheet(m_actions->all, gestures, this);
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    sheet->open();
}

// ---- The wall ------------------------------------------------------------------------------------------------------

void PoolViewWindow::putOnWall(bool on) {
    m_actions->leaveWall->setEnabled(on);
    menuBar()->setVisible(!on);
    statusBar()->setVisible(!on);
    if (on) {
        m_stateBefore = saveState(panelsVersion);
        m_themeBefore = currentTheme();
        for (QDockWidget* const dock : m_docks) {
            dock->setVisible(dock->objectName() == QStringLiteral("heat"));
        }
        setTheme(Theme::Presenter);
        showFullScreen();
        QApplication::setOverrideCursor(Qt::BlankCursor);
        m_wallClock.start();
    } else {
        m_wallClock.stop();
        QApplication::restoreOverrideCursor();
        showNormal();
        setTheme(m_themeBefore);
        restoreState(m_stateBefore, panelsVersion);
    }
}

void PoolViewWindow::showNextView() {
    // Tables without rows have nothing to say to a wall.
    for (int step = 1; step <= m_tabs->count(); ++step) {
        m_tabs->setCurrentIndex((m_tabs->currentIndex() + 1) % m_tabs->count());
        if (page().table().allRows() > 0 || m_tabs->currentIndex() == 0) {
            return;
        }
    }
}

// ---- Files ---------------------------------------------------------------------------------------------------------

void PoolViewWindow::connectFiles() {
    const auto on = [this](QAction* action, const QString& title, const QString& filter, auto save) {
        connect(action, &QAction::triggered, this, [this, title, filter, save] {
            saveBy(*this, title, filter, save, [this](const QString& sentence) { say(sentence); });
        });
    };
    on(m_actions->saveTable, tr("Save this table"), tr("Tables (*.csv *.json *.pdf)"), [this](const QString& path) {
        if (path.endsWith(QStringLiteral(".pdf"), Qt::CaseInsensitive)) {
            return saveSheets(page(), tr("%1 at %2").arg(windowTitle(), clockText(now())), path);
        }
        const bool isJson = path.endsWith(QStringLiteral(".json"), Qt::CaseInsensitive);
        return saveText(path, isJson ? toJson(page().table(), page().key(), now()) : toCsv(page().table()));
    });
    on(m_actions->saveLoads, tr("Save load over time"), tr("Pictures (*.svg *.png *.pdf)"),
       [this](const QString& path) { return m_heat->save(path); });
    on(m_actions->saveAll, tr("Save all that is known"), tr("JSON (*.json)"), [this](const QString& path) {
        return saveText(path, QString::fromStdString(toJson(m_playback.model())) + u'\n');
    });
    connect(m_actions->findEvents, &QAction::triggered, this, &PoolViewWindow::findEvents);
    connect(m_actions->copyRows, &QAction::triggered, this, [this] {
        const QString text = toTsv(page());
        QGuiApplication::clipboard()->setText(text);
        say(tr("%n row(s) copied.", nullptr, static_cast<int>(text.count(u'\n')) - 1));
    });
}

void PoolViewWindow::findEvents() {
    auto* const dialog = new EventFinder(m_feed, m_playback, m_selected, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &EventFinder::momentChosen, this, [this](WallTime time) {
        if (time < m_playback.history().timeAt(m_playback.history().begin())) {
            say(tr("That was before what this window remembers. Show its recording with --replay."));
        } else {
            m_playback.seek(time);
        }
    });
    dialog->show();
}

// ---- Settings ------------------------------------------------------------------------------------------------------

void PoolViewWindow::resetLayout() {
    restoreState(m_firstState, panelsVersion);
    for (TablePage* const each : m_pages) {
        each->resetColumns();
    }
}

void PoolViewWindow::readSettings() {
    if (!m_config.useSettings) {
        return;
    }
    const QSettings settings;
    restoreGeometry(settings.value(QStringLiteral("poolview/geometry")).toByteArray());
    restoreState(settings.value(QStringLiteral("poolview/panels")).toByteArray(), panelsVersion);
    m_actions->compact->setChecked(settings.value(QStringLiteral("poolview/compact"), false).toBool());
    for (TablePage* const each : m_pages) {
        each->readSettings(settings);
    }
    showView(settings.value(QStringLiteral("poolview/view")).toString());
    Rules rules;
    rules.read(settings);
    m_rules->setRules(rules);
}

void PoolViewWindow::writeSettings() const {
    if (!m_config.useSettings) {
        return;
    }
    QSettings settings;
    if (!m_actions->wall->isChecked()) {
        settings.setValue(QStringLiteral("poolview/geometry"), saveGeometry());
        settings.setValue(QStringLiteral("poolview/panels"), saveState(panelsVersion));
        settings.setValue(QStringLiteral("theme"), themeName(currentTheme()));
    }
    settings.setValue(QStringLiteral("poolview/compact"), m_actions->compact->isChecked());
    settings.setValue(QStringLiteral("poolview/view"), page().key());
    m_rules->rules().write(settings);
    for (const TablePage* const each : m_pages) {
        each->writeSettings(settings);
    }
}

void PoolViewWindow::closeEvent(QCloseEvent* event) {
    writeSettings();
    if (m_actions->wall->isChecked()) {
        QApplication::restoreOverrideCursor();
    }
    event->accept();
    emit closed();
}

} // namespace kolam::gui
