// SPDX-License-Identifier: GPL-3.0-or-later
// What a window shows, as files. Each returns what went wrong, as a sentence; empty: nothing.
#pragma once

#include <QSize>
#include <QString>
#include <functional>

class QPainter;
class QWidget;

namespace kolam::gui {

/// A file that exists is replaced as a whole, or not at all.
[[nodiscard]] QString saveText(const QString& path, const QString& text);
[[nodiscard]] QString saveScreenshot(QWidget& window, const QString& path);
/// SVG or PDF, which keep lines and letters, if the name ends so; else a picture with two pixels a point.
/// @param paint  paints it on points from 0, 0 to `size`
[[nodiscard]] QString savePainting(const QString& path, const QString& title, QSize size,
                                   const std::function<void(QPainter&)>& paint);
/// Asks where, without waiting for it; then saves, and calls `done` with what to say about it.
/// @param filter  "Pictures (*.png *.svg)"; the first suffix is that of names without one
void saveBy(QWidget& window, const QString& title, const QString& filter,
            const std::function<QString(const QString& path)>& save,
            const std::function<void(const QString& sentence)>& done);
/// The sentence for a file that cannot be written; `why` may be empty.
[[nodiscard]] QString cannotWrite(const QString& path, const QString& why);

} // namespace kolam::gui
