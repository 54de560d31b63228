// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/common/identity.h"

#include <QGuiApplication>
#include <QIcon>

namespace kolam::gui {

QIcon programIcon(const QString& program) {
    const QIcon ours(QStringLiteral(":/kolam/icons/") + program + QStringLiteral(".svg"));
    return QIcon::fromTheme(program, ours);
}

void introduce(const QString& program) {
    QGuiApplication::setDesktopFileName(program);
    QGuiApplication::setWindowIcon(programIcon(program));
}

} // namespace kolam::gui
