// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/poolview/audit_log.h"

#include "gui/common/saving.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QStandardPaths>
#include <QSysInfo>
#include <unistd.h>

namespace kolam::gui {

namespace {

QString userName() {
    const QString name = qEnvironmentVariable("USER");
    return name.isEmpty() ? QString::number(::getuid()) : name;
}

} // namespace

QString AuditLog::write(QJsonObject entry) {
    if (!m_file.isOpen()) {
        QDir().mkpath(QFileInfo(m_file.fileName()).absolutePath());
        if (!m_file.open(QIODevice::WriteOnly | QIODevice::Append)) {
            return cannotWrite(m_file.fileName(), m_file.errorString());
        }
        m_file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    }
    entry.insert(QStringLiteral("at"), QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs));
    entry.insert(QStringLiteral("user"), userName());
    entry.insert(QStringLiteral("host"), QSysInfo::machineHostName());
    entry.insert(QStringLiteral("pid"), static_cast<qint64>(QCoreApplication::applicationPid()));
    const QByteArray line = QJsonDocument(entry).toJson(QJsonDocument::Compact) + '\n';
    return m_file.write(line) == line.size() && m_file.flush() ? QString()
                                                               : cannotWrite(m_file.fileName(), m_file.errorString());
}

QString defaultAuditPath() {
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/audit.jsonl");
}

} // namespace kolam::gui
