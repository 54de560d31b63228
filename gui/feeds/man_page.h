// SPDX-License-Identifier: GPL-3.0-or-later
// The man page of a program with windows, made of what it says of its options: so it is never stale. The build asks
// for it with the hidden option --man-page. Next door: watch_options.h.
#pragma once

#include <QCommandLineOption>
#include <QList>
#include <QString>
#include <optional>
#include <utility>

namespace kolam::gui {

/// In troff.
/// @param words  what it does, in sentences
/// @param argument  what may follow the options: its name and what it means
[[nodiscard]] QString manPage(const QString& words, const QList<QCommandLineOption>& options,
                              const std::optional<std::pair<QString, QString>>& argument = std::nullopt);

} // namespace kolam::gui
