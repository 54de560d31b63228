// SPDX-License-Identifier: GPL-3.0-or-later
// A PNG file that is written row by row, so that a poster need not fit into memory.
// Next door: picture_file.h, which says what such a file remembers; picture_render.h, which writes it.
#pragma once

#include <QIODevice>
#include <QImage>
#include <QString>
#include <memory>
#include <utility>
#include <vector>

namespace kolam::gui {

class PngStream {
public:
    using Texts = std::vector<std::pair<QByteArray, QByteArray>>; // keys and values in Latin 1
    /// @param device  open for writing; must outlive it
    PngStream(QIODevice& device, QSize size, const Texts& texts);
    ~PngStream();
    PngStream(const PngStream&) = delete;
    PngStream& operator=(const PngStream&) = delete;

    /// The next rows, all of them as wide as the picture. False: the device takes no more.
    [[nodiscard]] bool write(const QImage& rows);
    /// After the last row.
    [[nodiscard]] bool finish();

private:
    struct Library; // keeps libpng's words in one file
    std::unique_ptr<Library> m_library;
};

} // namespace kolam::gui
