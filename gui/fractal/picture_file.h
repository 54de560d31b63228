// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures as PNG files that remember their parameters: as tEXt chunks, one a value, which every image tool shows, and
// from which the picture can be computed again. Next door: demos/users/fractal/fsf_file.h for parameter files.
#pragma once

#include "gui/fractal/palette.h"

#include <QImage>
#include <QString>
#include <expected>
#include <optional>
#include <utility>
#include <vector>

#include "core/wire/services.h"

namespace kolam::gui {

/// What a file remembers of a picture.
struct RememberedPicture {
    wire::FractalParameter parameter;
    std::optional<Colouring> colouring; // none: somebody else's file, or an old one
};

/// The keys and values that a PNG of ours has.
[[nodiscard]] std::vector<std::pair<QByteArray, QByteArray>> wordsOf(const wire::FractalParameter& parameter,
                                                                     const Colouring& colouring);

/// @return what went wrong, as a sentence
std::expected<void, QString> savePng(const QString& path, const QImage& image, const wire::FractalParameter& parameter,
                                     const Colouring& colouring);
std::expected<void, QString> saveFsf(const QString& path, const wire::FractalParameter& parameter,
                                     const Colouring& colouring);
/// What a PNG of ours remembers; nothing in others.
[[nodiscard]] std::optional<RememberedPicture> pictureOfPng(const QString& path);
/// What is in a .fsf file or in a PNG of ours.
[[nodiscard]] std::expected<RememberedPicture, QString> readPicture(const QString& path);

} // namespace kolam::gui
