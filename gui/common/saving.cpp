// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/common/saving.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QPixmap>
#include <QSaveFile>
#include <QSvgGenerator>
#include <QWidget>
#include <memory>

namespace kolam::gui {

namespace {

struct SavingWords {
    Q_DECLARE_TR_FUNCTIONS(Saving)
};

constexpr double pixelsAPoint = 2;
constexpr int pointsAnInch = 96; // as on a screen

bool endsWith(const QString& path, const char* suffix) {
    return path.endsWith(QLatin1String(suffix), Qt::CaseInsensitive);
}

/// @param make  gives what to paint on
template <typename Make>
QString saveAsWhole(const QString& path, const std::function<void(QPainter&)>& paint, const Make& make) {
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) {
        return cannotWrite(path, file.errorString());
    }
    {
        const auto device = make(file);
        QPainter painter(device.get());
        paint(painter);
    }
    return file.commit() ? QString() : cannotWrite(path, file.errorString());
}

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

QString savePainting(const QString& path, const QString& title, QSize size,
                     const std::function<void(QPainter&)>& paint) {
    if (endsWith(path, ".svg")) {
        return saveAsWhole(path, paint, [&](QIODevice& file) {
            auto generator = std::make_unique<QSvgGenerator>();
            generator->setOutputDevice(&file);
            generator->setSize(size);
            generator->setViewBox(QRect(QPoint(), size));
            generator->setTitle(title);
            return generator;
        });
    }
    if (endsWith(path, ".pdf")) {
        return saveAsWhole(path, paint, [&](QIODevice& file) {
            auto writer = std::make_unique<QPdfWriter>(&file);
            writer->setResolution(pointsAnInch);
            writer->setPageSize(QPageSize(QSizeF(size) / pointsAnInch, QPageSize::Inch, {}, QPageSize::ExactMatch));
            writer->setPageMargins({});
            writer->setTitle(title);
            return writer;
        });
    }
    QImage image(size * pixelsAPoint, QImage::Format_RGB32);
    image.setDevicePixelRatio(pixelsAPoint);
    QPainter painter(&image);
    paint(painter);
    painter.end();
    return image.save(path) ? QString() : cannotWrite(path, {});
}

} // namespace kolam::gui
