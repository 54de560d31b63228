// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/gallery_model.h"

#include "gui/common/theme.h"
#include "gui/fractal/fitting_colours.h"
#include "gui/fractal/picture_file.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStandardPaths>
#include <array>

namespace kolam::gui {

namespace {

struct GalleryWords {
    Q_DECLARE_TR_FUNCTIONS(Gallery)
};

// The names of the pictures in demos/users/fractal/gallery, for lupdate.
[[maybe_unused]] constexpr std::array pictureNames{
    QT_TRANSLATE_NOOP("Gallery", "Whole set"),     QT_TRANSLATE_NOOP("Gallery", "Seahorse valley"),
    QT_TRANSLATE_NOOP("Gallery", "Seahorse tail"), QT_TRANSLATE_NOOP("Gallery", "Elephant valley"),
    QT_TRANSLATE_NOOP("Gallery", "Double spiral"), QT_TRANSLATE_NOOP("Gallery", "Sceptre"),
    QT_TRANSLATE_NOOP("Gallery", "Ember"),         QT_TRANSLATE_NOOP("Gallery", "Star"),
    QT_TRANSLATE_NOOP("Gallery", "Triple spiral"), QT_TRANSLATE_NOOP("Gallery", "Needle eye"),
    QT_TRANSLATE_NOOP("Gallery", "Lightning"),     QT_TRANSLATE_NOOP("Gallery", "Garland"),
    QT_TRANSLATE_NOOP("Gallery", "Cubic coral"),   QT_TRANSLATE_NOOP("Gallery", "Cubic island"),
    QT_TRANSLATE_NOOP("Gallery", "Sevenfold"),     QT_TRANSLATE_NOOP("Gallery", "Rabbit"),
    QT_TRANSLATE_NOOP("Gallery", "Dragon"),        QT_TRANSLATE_NOOP("Gallery", "Armada"),
    QT_TRANSLATE_NOOP("Gallery", "Five roots"),    QT_TRANSLATE_NOOP("Gallery", "Clover")};

constexpr int detail = 2; // points a device-independent pixel: sharp on screens of high resolution, too

/// "02-seahorse-valley" is shown as "Seahorse valley": the number is for the order only.
QString nameOf(const QString& fileName) {
    static const QRegularExpression order(QStringLiteral("^[0-9]+[-_ ]+"));
    QString name = QString(fileName).remove(order).replace(u'-', u' ').replace(u'_', u' ');
    if (!name.isEmpty()) {
        name[0] = name[0].toUpper();
    }
    return GalleryWords::tr(name.toUtf8().constData()); // names of people's own files are in no translation
}

constexpr int filesATime = 4; // some milliseconds

QFileInfoList parameterFilesIn(const QString& folder) {
    return QDir(folder).entryInfoList({QStringLiteral("*.fsf")}, QDir::Files | QDir::Readable, QDir::Name);
}

} // namespace

GalleryModel::GalleryModel(QObject* parent)
    : QAbstractListModel(parent)
    , m_maker(std::make_unique<ThumbnailMaker>(thumbnailSize * detail)) {
    connect(m_maker.get(), &ThumbnailMaker::made, this, &GalleryModel::take);
    connect(&m_idle, &QTimer::timeout, this, &GalleryModel::readSome); // without an interval: when no event waits
}

void GalleryModel::addFolder(const QString& folder) {
    for (const QFileInfo& file : parameterFilesIn(folder)) {
        add(file);
    }
}

void GalleryModel::addStandardFolders() {
    addFolder(QStringLiteral(":/kolam/gallery"));
    for (const QString& name : {QStringLiteral("kolam/gallery"), QStringLiteral("fgpconfig")}) {
        const QString folder =
            QStandardPaths::locate(QStandardPaths::GenericDataLocation, name, QStandardPaths::LocateDirectory);
        if (!folder.isEmpty()) {
            const QFileInfoList files = parameterFilesIn(folder);
            m_unread.insert(m_unread.end(), files.begin(), files.end());
        }
    }
    m_idle.start();
}

void GalleryModel::add(const QFileInfo& file) {
    if (rowCount() >= fileLimit) {
        return;
    }
    if (const auto picture = readPicture(file.filePath())) {
        beginInsertRows({}, rowCount(), rowCount());
        m_entries.push_back(
            {nameOf(file.completeBaseName()), file.filePath(), picture->parameter, picture->colouring, {}, false});
        endInsertRows();
    }
}

void GalleryModel::readSome() {
    for (int files = 0; files < filesATime && !m_unread.empty(); ++files) {
        add(m_unread.front());
        m_unread.pop_front();
    }
    if (m_unread.empty()) {
        m_idle.stop();
    }
}

int GalleryModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant GalleryModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Entry& entry = m_entries[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole: return entry.name;
    case Qt::ToolTipRole: return tr("%1, at most %2 iterations").arg(entry.name).arg(entry.parameter.maxIterations);
    case Qt::AccessibleTextRole: return tr("Picture %1").arg(entry.name);
    case PathRole: return entry.path;
    case Qt::DecorationRole:
        if (!entry.asked) {
            entry.asked = true;
            m_maker->request(index.row(), entry.parameter, entry.colouring);
        }
        if (entry.thumbnail.isNull()) {
            QImage empty(thumbnailSize, QImage::Format_RGB32);
            empty.fill(currentTokens().canvas);
            return empty;
        }
        return entry.thumbnail;
    default: return {};
    }
}

const wire::FractalParameter& GalleryModel::parameter(int row) const {
    return m_entries[static_cast<std::size_t>(row)].parameter;
}

Colouring GalleryModel::colouring(int row) const {
    const Entry& entry = m_entries[static_cast<std::size_t>(row)];
    return entry.colouring ? *entry.colouring : fittingColours(entry.parameter);
}

void GalleryModel::take(int row, const QImage& thumbnail) {
    QImage& image = m_entries[static_cast<std::size_t>(row)].thumbnail; // rows are only ever added
    image = thumbnail;
    image.setDevicePixelRatio(detail);
    emit dataChanged(index(row), index(row), {Qt::DecorationRole});
}

} // namespace kolam::gui
