// SPDX-License-Identifier: GPL-3.0-or-later
// Who has done what to whom, when, and what came of it: one line of JSON each, appended and handed to the system before
// anything is done. Also what was refused. Nothing is done that cannot be written down. Next door: operations.h.
#pragma once

#include <QFile>
#include <QJsonObject>
#include <QString>

namespace kolam::gui {

class AuditLog final {
public:
    /// Makes the file, which only its owner can read, when something is written for the first time.
    explicit AuditLog(const QString& path) : m_file(path) {}

    /// Adds time, user, host and process to the entry.
    /// @return what went wrong, as a sentence; empty: it is written
    [[nodiscard]] QString write(QJsonObject entry);
    [[nodiscard]] QString path() const { return m_file.fileName(); }

private:
    QFile m_file;
};

/// In the user's folder for what programs keep: kolam/kolam-poolview/audit.jsonl.
[[nodiscard]] QString defaultAuditPath();

} // namespace kolam::gui
