// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/poolview/notifier.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QFileInfo>
#include <QVariantMap>

namespace kolam::gui {

namespace {

constexpr int forAsLongAsTheDesktopLikes = -1;

QDBusMessage callOf(const char* method) {
    return QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.Notifications"),
                                          QStringLiteral("/org/freedesktop/Notifications"),
                                          QStringLiteral("org.freedesktop.Notifications"), QString::fromLatin1(method));
}

} // namespace

bool DesktopNotifier::isPossible() {
    // Without these, the library would start a bus of its own, and wait for it.
    return qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS") ||
           QFileInfo::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + QStringLiteral("/bus"));
}

void DesktopNotifier::show(const QStringList& sentences) {
    if (!isPossible() || (sentences.isEmpty() && m_shown == 0)) {
        return;
    }
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        return;
    }
    if (sentences.isEmpty()) {
        QDBusMessage close = callOf("CloseNotification");
        close << m_shown;
        bus.asyncCall(close);
        m_shown = 0;
        return;
    }
    QStringList lines;
    for (const QString& sentence : sentences) {
        lines.append(sentence.toHtmlEscaped()); // bodies may have markup
    }
    QDBusMessage call = callOf("Notify");
    call << QStringLiteral("kolam-poolview") << m_shown << QString() << tr("Pool view") << lines.join(u'\n')
         << QStringList()
         << QVariantMap{{QStringLiteral("urgency"), QVariant::fromValue<uchar>(0)},
                        {QStringLiteral("suppress-sound"), true}}
         << forAsLongAsTheDesktopLikes;
    auto* const watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<quint32> reply = *watcher;
        m_shown = reply.isError() ? 0 : reply.value();
        watcher->deleteLater();
    });
}

} // namespace kolam::gui
