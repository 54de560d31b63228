// SPDX-License-Identifier: GPL-3.0-or-later
// The monitor's window around what it shows: themes, presentation, help, files, and what it remembers.
// Next door: monitor_window.cpp.
#include "gui/common/command_palette.h"
#include "gui/common/saving.h"
#include "gui/common/shortcut_sheet.h"
#include "gui/common/timeline_bar.h"
#include "gui/feeds/recording_feed.h"
#include "gui/monitor/clip_writer.h"
#include "gui/monitor/compare_dialog.h"
#include "gui/monitor/fault_book.h"
#include "gui/monitor/lesson_view.h"
#include "gui/monitor/map_places.h"
#include "gui/monitor/monitor_actions.h"
#include "gui/monitor/monitor_window.h"
#include "gui/monitor/topology_view.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QFileDialog>
#include <QFileInfo>
#include <QImageReader>
#include <QMenuBar>
#include <QMessageBox>
#include <QSettings>
#include <QStatusBar>

namespace kolam::gui {

// ---- View and help -------------------------------------------------------------------------------------------------

void MonitorWindow::connectView() {
    for (int i = 0; i < m_actions->themes.size(); ++i) {
        connect(m_actions->themes[i], &QAction::triggered, this, [this, i] { setTheme(static_cast<Theme>(i)); });
    }
    connect(m_actions->presenter, &QAction::toggled, this, &MonitorWindow::present);
    connect(m_actions->leavePresenter, &QAction::triggered, this, [this] { m_actions->presenter->setChecked(false); });
    connect(m_actions->resetLayout, &QAction::triggered, this, [this] { restoreState(m_firstState, settingsVersion); });
    connect(m_actions->help, &QAction::triggered, this, &MonitorWindow::showSheet);
    connect(m_actions->palette, &QAction::triggered, this, [this] {
        auto* const palette = new CommandPalette(m_actions->all, this);
        palette->setAttribute(Qt::WA_DeleteOnClose);
        palette->open();
    });
    connect(m_actions->about, &QAction::triggered, this, [this] {
        auto* const box = new QMessageBox(QMessageBox::NoIcon, tr("About kolam-monitor"),
                                          tr("kolam-monitor %1\nWatches pools of RSerPool (RFC 5351 to 5356).\n"
                                             "GPL-3.0-or-later.")
                                              .arg(QCoreApplication::applicationVersion()),
                                          QMessageBox::Close, this);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->open();
    });
}

void MonitorWindow::setTheme(Theme theme) {
    applyTheme(*static_cast<QApplication*>(QCoreApplication::instance()), theme);
    m_actions->themes[static_cast<int>(theme)]->setChecked(true);
}

void MonitorWindow::present(bool on) {
    m_actions->leavePresenter->setEnabled(on);
    if (on) {
        m_stateBefore = saveState(settingsVersion);
        m_themeBefore = currentTheme();
        for (QDockWidget* const dock : m_docks) {
            dock->setVisible(dock->objectName() == QStringLiteral("explainer"));
        }
        setTheme(Theme::Presenter);
        showFullScreen();
    } else {
        showNormal();
        setTheme(m_themeBefore);
        restoreState(m_stateBefore, settingsVersion);
    }
    menuBar()->setVisible(!on);
    statusBar()->setVisible(!on);
}

void MonitorWindow::showSheet() {
    const QList<Gesture> gestures{{tr("Move the map"), tr("drag the ground")},
                                  {tr("Zoom"), tr("wheel")},
                                  {tr("Place a component"), tr("drag it")},
                                  {tr("Go from component to component"), tr("arrow keys on the map")},
                                  {tr("Events of one component"), tr("double click it, or Enter")},
                                  {tr("Go to a moment"), tr("press on the time line, or Enter on an event")},
                                  {tr("Figures of a range"), tr("Shift-drag on the time line")},
                                  {tr("Zoom in time"), tr("wheel on the time line")}};
    auto* const sheet = new ShortcutSheet(m_actions->all, gestures, this);
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    sheet->open();
}

// ---- Files ---------------------------------------------------------------------------------------------------------

void MonitorWindow::connectFiles() {
    const auto on = [this](QAction* action, const QString& title, const QString& filter, auto save) {
        connect(action, &QAction::triggered, this, [this, title, filter, save] {
            saveBy(*this, title, filter, save, [this](const QString& sentence) { say(sentence); });
        });
    };
    on(m_actions->exportMap, tr("Save the map"), tr("Pictures (*.png *.svg *.pdf)"),
       [this](const QString& path) { return m_map->save(path); });
    on(m_actions->exportTables, tr("Save the tables"), tr("Comma separated values (*.csv)"),
       [this](const QString& path) {
           return saveText(path, m_components->toCsv() + u'\n' + m_sessions->toCsv() + u'\n' + m_failovers->toCsv());
       });
    on(m_actions->exportEvents, tr("Save the events"), tr("Comma separated values (*.csv)"),
       [this](const QString& path) { return saveText(path, m_events->toCsv()); });
    on(m_actions->exportModel, tr("Save all that is known"), tr("JSON (*.json)"), [this](const QString& path) {
        return saveText(path, QString::fromStdString(toJson(m_playback.model())) + u'\n');
    });
    connect(m_actions->importSetup, &QAction::triggered, this, &MonitorWindow::chooseSetup);
    connect(m_actions->exportClip, &QAction::triggered, this, &MonitorWindow::saveClip);
    connect(m_actions->compare, &QAction::triggered, this, &MonitorWindow::compareWithRecording);
    connect(m_actions->quit, &QAction::triggered, this, &QWidget::close);
}

void MonitorWindow::saveClip() {
    const auto range = m_timeline->range();
    if (!range) {
        return say(tr("Mark a range first: Shift-drag on the time line."));
    }
    saveBy(
        *this, tr("Save the clip"), tr("Recordings (*.kolam.pcapng)"),
        [this, range](const QString& path) {
            auto* const writer = new ClipWriter(m_playback.history(), range->from, range->to, path, this);
            connect(writer, &ClipWriter::done, this, [this, path](const QString& trouble, quint64 events) {
                say(trouble.isEmpty() ? tr("%n event(s) are in %1.", nullptr, static_cast<int>(events))
                                            .arg(QFileInfo(path).fileName())
                                      : trouble + u'.');
            });
            return QString();
        },
        [](const QString&) {}); // it is said when it is whole
}

void MonitorWindow::compareWithRecording() {
    auto* const chooser = new QFileDialog(this, tr("Compare with a recording"), {}, tr("Recordings (*.kolam.pcapng)"));
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setFileMode(QFileDialog::ExistingFile);
    connect(chooser, &QFileDialog::fileSelected, this, &MonitorWindow::compareWith);
    chooser->open();
}

void MonitorWindow::compareWith(const QString& recording) {
    auto* const other = new RecordingFeed(recording);
    connect(other, &Feed::failed, this, &MonitorWindow::say);
    auto* const dialog = new CompareDialog(m_playback.history(), m_feed.name(), other, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MonitorWindow::choosePicture() {
    auto* const dialog = new QFileDialog(this, tr("Choose the picture behind the map"), {},
                                         tr("Pictures (*.png *.jpg *.jpeg *.svg *.webp)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        setMapPicture(path);
        m_actions->layouts[static_cast<int>(Layout::Picture)]->trigger();
    });
    dialog->open();
}

void MonitorWindow::setMapPicture(const QString& path) {
    QImageReader reader(path);
    reader.setAutoTransform(true); // as the camera was held
    const QImage picture = path.isEmpty() ? QImage() : reader.read();
    if (!path.isEmpty() && picture.isNull()) {
        return say(tr("The picture %1 cannot be read: %2").arg(path, reader.errorString()));
    }
    m_picturePath = path;
    m_map->setPicture(picture);
}

// ---- Settings ------------------------------------------------------------------------------------------------------

void MonitorWindow::readSettings() {
    if (!m_config.useSettings) {
        return;
    }
    QSettings settings;
    restoreGeometry(settings.value(QStringLiteral("monitor/geometry")).toByteArray());
    restoreState(settings.value(QStringLiteral("monitor/panels")).toByteArray(), settingsVersion);
    if (const auto layout = layoutFromKey(settings.value(QStringLiteral("monitor/layout")).toString())) {
        m_actions->layouts[static_cast<int>(*layout)]->trigger();
    }
    setMapPicture(loadPlaces(settings, m_config.placesKey, *m_map));
    m_actions->miniMap->setChecked(settings.value(QStringLiteral("monitor/miniMap"), true).toBool());
    m_actions->messages->setChecked(settings.value(QStringLiteral("monitor/messages"), true).toBool());
    m_actions->hulls->setChecked(settings.value(QStringLiteral("monitor/hulls"), true).toBool());
}

void MonitorWindow::writeSettings() const {
    if (!m_config.useSettings) {
        return;
    }
    QSettings settings;
    if (!m_actions->presenter->isChecked() && !m_lesson->isOn()) {
        settings.setValue(QStringLiteral("monitor/geometry"), saveGeometry());
        settings.setValue(QStringLiteral("monitor/panels"), saveState(settingsVersion));
        settings.setValue(QStringLiteral("theme"), themeName(currentTheme()));
    }
    savePlaces(settings, m_config.placesKey, *m_map, m_picturePath);
    settings.setValue(QStringLiteral("monitor/layout"), layoutKey(m_map->layout()));
    settings.setValue(QStringLiteral("monitor/miniMap"), m_actions->miniMap->isChecked());
    settings.setValue(QStringLiteral("monitor/messages"), m_actions->messages->isChecked());
    settings.setValue(QStringLiteral("monitor/hulls"), m_actions->hulls->isChecked());
}

void MonitorWindow::closeEvent(QCloseEvent* event) {
    m_faults->undoOurs(); // nobody stays cut off because a window was closed; what others have broken is theirs
    writeSettings();
    event->accept();
    emit closed();
}

} // namespace kolam::gui
