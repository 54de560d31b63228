// SPDX-License-Identifier: GPL-3.0-or-later
// The gallery as a list of small pictures with names. Next door: gallery_model.h.
#pragma once

#include <QListView>

namespace kolam::gui {

class GalleryModel;

class GalleryView : public QListView {
    Q_OBJECT
public:
    explicit GalleryView(GalleryModel& model, QWidget* parent = nullptr);

signals:
    void chosen(int row);
};

} // namespace kolam::gui
