// SPDX-License-Identifier: GPL-3.0-or-later
// The parameter files that one can choose from, with small pictures computed when they are first looked at.
// Next door: thumbnail_maker.h computes them, main_window.h shows the list.
#pragma once

#include "core/wire/services.h"
#include "gui/fractal/thumbnail_maker.h"

#include <QAbstractListModel>
#include <QFileInfo>
#include <QImage>
#include <QTimer>
#include <deque>
#include <memory>

namespace kolam::gui {

class GalleryModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { PathRole = Qt::UserRole + 1 };
    static constexpr QSize thumbnailSize{104, 66}; // device-independent pixels
    static constexpr int fileLimit = 1000;

    explicit GalleryModel(QObject* parent = nullptr);

    /// Adds the *.fsf files of a folder, by name; files that cannot be read are left out.
    void addFolder(const QString& folder);
    /// The folders of this program and of rsplib's parameter files, where they exist. The latter are read when there is
    /// nothing else to do.
    void addStandardFolders();

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] const wire::FractalParameter& parameter(int row) const;
    /// Those of the file, or fitting ones when it has none.
    [[nodiscard]] Colouring colouring(int row) const;

private:
    struct Entry {
        QString name;
        QString path;
        wire::FractalParameter parameter;
        std::optional<Colouring> colouring; // the file's
        QImage thumbnail;                   // null: not computed yet
        mutable bool asked = false;         // looking at it asks
    };
    void take(int row, const QImage& thumbnail);
    void add(const QFileInfo& file);
    void readSome();

    std::vector<Entry> m_entries;
    std::unique_ptr<ThumbnailMaker> m_maker;
    std::deque<QFileInfo> m_unread;
    QTimer m_idle;
};

} // namespace kolam::gui
