// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/gallery_view.h"

#include "gui/common/theme.h"
#include "gui/fractal/gallery_model.h"

namespace kolam::gui {

GalleryView::GalleryView(GalleryModel& model, QWidget* parent) : QListView(parent) {
    setModel(&model);
    setAccessibleName(tr("Gallery"));
    setViewMode(QListView::IconMode);
    setMovement(QListView::Static);
    setResizeMode(QListView::Adjust);
    setUniformItemSizes(true);
    setIconSize(GalleryModel::thumbnailSize);
    setSpacing(currentTokens().space / 2);
    setTextElideMode(Qt::ElideRight);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    connect(this, &QListView::clicked, this, [this](const QModelIndex& index) { emit chosen(index.row()); });
    connect(this, &QListView::activated, this, [this](const QModelIndex& index) { emit chosen(index.row()); });
}

} // namespace kolam::gui
