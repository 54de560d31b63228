// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/common/saving.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QPixmap>
#include <QSaveFile>
#include <QWidget>

namespace kolam::gui {

namespace {

struct SavingWords {
    Q_DECLARE_TR_FUNCTIONS(Saving)
};

} // namespace

QString cannotWrite(const QString& path, const QString& why) {
    return why.isEmpty() ? SavingWords::tr("%1 cannot be written").arg(path)
                         : SavingWords::tr("%1 cannot be written: %2").arg(path, why);
}

void saveBy(QWidget& window, const QString& title, const QString& filter,
            const std::function<QString(const QString&)>& save, const std::function<void(const QString&)>& done) {
    auto* const dialog = new QFileDialog(&window, title, {}, filter);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setDefaultSuffix(filter.section(QStringLiteral("*."), 1, 1).section(u' ', 0, 0).section(u')', 0, 0));
    QObject::connect(dialog, &QFileDialog::fileSelected, &window, [save, done](const QString& path) {
        const QString trouble = save(path);
        done(trouble.isEmpty() ? SavingWords::tr("Saved as %1.").arg(path) : trouble);
    });
    dialog->open();
}

QString saveText(const QString& path, const QString& text) {
    QSaveFile file(path);
    const QByteArray octets = text.toUtf8();
    return file.open(QIODevice::WriteOnly) && file.write(octets) == octets.size() && file.commit()
               ? QString()
               : cannotWrite(path, file.errorString());
}

QString saveScreenshot(QWidget& window, const QString& path) {
    return window.grab().save(path) ? QString() : cannotWrite(path, {});
}

} // namespace kolam::gui
