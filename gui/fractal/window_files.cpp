// SPDX-License-Identifier: GPL-3.0-or-later
// The part of the window that opens and saves files, and tells people what went wrong. Dialogs are opened, never
// executed, so that the window can close under them. Next door: main_window.cpp.
#include "gui/fractal/fractal_canvas.h"
#include "gui/fractal/main_window.h"
#include "gui/fractal/picture_file.h"

#include <QApplication>
#include <QClipboard>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QMessageBox>
#include <QMimeData>
#include <functional>

namespace kolam::gui {

namespace {

/// Asks for a file; `use` gets it when one is chosen.
void askForFile(QWidget* parent, const QString& title, QFileDialog::AcceptMode mode, const QString& filter,
                const QString& suffix, const std::function<void(const QString&)>& use) {
    auto* dialog = new QFileDialog(parent, title, QString(), filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(mode);
    dialog->setFileMode(mode == QFileDialog::AcceptOpen ? QFileDialog::ExistingFile : QFileDialog::AnyFile);
    dialog->setDefaultSuffix(suffix);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, use);
    dialog->open();
}

} // namespace

void MainWindow::openByDialog() {
    askForFile(this, tr("Open"), QFileDialog::AcceptOpen, tr("Parameter files and pictures (*.fsf *.png)"), {},
               [this](const QString& path) { openFile(path); });
}

void MainWindow::savePicture() {
    askForFile(this, tr("Save picture"), QFileDialog::AcceptSave, tr("PNG pictures (*.png)"), QStringLiteral("png"),
               [this](const QString& path) {
                   const Picture& picture = m_run.picture();
                   const auto saved =
                       savePng(path, picture.image().image(), picture.parameter(), picture.image().colouring());
                   if (saved) {
                       m_run.events().add(Severity::Info, tr("Picture saved as %1.").arg(path));
                   } else {
                       showTrouble(saved.error());
                   }
               });
}

void MainWindow::saveParameters() {
    askForFile(this, tr("Save parameters"), QFileDialog::AcceptSave, tr("Parameter files (*.fsf)"),
               QStringLiteral("fsf"), [this](const QString& path) {
                   const wire::FractalParameter parameter =
                       parameterOf(m_run.navigation().current(), m_run.pictureSize());
                   const auto saved = saveFsf(path, parameter, m_run.picture().image().colouring());
                   if (saved) {
                       m_run.events().add(Severity::Info, tr("Parameters saved as %1.").arg(path));
                   } else {
                       showTrouble(saved.error());
                   }
               });
}

void MainWindow::copyToClipboard(const QString& text) {
    QApplication::clipboard()->setText(text);
}

void MainWindow::showTrouble(const QString& text) {
    m_run.events().add(Severity::Bad, text);
    auto* box =
        new QMessageBox(QMessageBox::Warning, QApplication::applicationDisplayName(), text, QMessageBox::Ok, this);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void MainWindow::showAbout() {
    auto* box = new QMessageBox(this);
    box->setWindowTitle(tr("About"));
    box->setText(tr("kolam-fractal %1").arg(QApplication::applicationVersion()));
    box->setInformativeText(tr("A picture, computed by a pool of servers. Servers may fail; the picture completes.\n\n"
                               "Free software under the GNU General Public License, version 3 or later."));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls()) {
        event->acceptProposedAction();
    }
}

void MainWindow::dropEvent(QDropEvent* event) {
    const QList<QUrl> urls = event->mimeData()->urls();
    if (!urls.isEmpty() && urls.constFirst().isLocalFile()) {
        event->acceptProposedAction();
        openFile(urls.constFirst().toLocalFile());
    }
}

} // namespace kolam::gui
