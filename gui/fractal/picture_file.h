// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures as PNG files that remember their parameters: as tEXt chunks, one a value, which every image tool shows, and
// from which the picture can be computed again. Next door: demos/users/fractal/fsf_file.h for parameter files.
#pragma once

#include "gui/fractal/palette.h"

#include <QImage>
#include <QString>
#include <expected>
#include <optional>

#include "core/wire/services.h"

namespace kolam::gui {

/// @return what went wrong, as a sentence
std::expected<void, QString> savePng(const QString& path, const QImage& image, const wire::FractalParameter& parameter,
                                     const Colouring& colouring);
/// The parameter that a PNG of ours remembers; nothing in others.
[[nodiscard]] std::optional<wire::FractalParameter> parameterOfPng(const QString& path);
/// The parameter in a .fsf file or in a PNG of ours.
[[nodiscard]] std::expected<wire::FractalParameter, QString> readParameter(const QString& path);

} // namespace kolam::gui
